//! What some families asked of the record, and what the director answered (34 CFR 300.613, 300.618).

use chrono::Days;
use domain::record_request::{AnswerRequest, AskOfRecord, Asks, Stage, StateDisagreement};
use sync::{Micros, RecordId};

use super::history::Diary;
use super::plans::Served;

/// One family in eleven wants to see the record, one in seventeen to have it corrected. What was
/// asked within the last week waits. The child whom guests look at has none: that is theirs to do.
pub(super) fn asks(diary: &mut Diary<'_>, child: &Served<'_>, n: usize) {
    if child.pupil.is_known {
        return;
    }
    if n % 11 == 3 {
        let days = diary.chance.between(1, 40);
        ask(diary, child, Asks::See, "", days);
    }
    if n % 17 == 5 {
        let days = diary.chance.between(12, 60);
        let wrong = "The report says that we did not come to the meeting in spring. We were there.";
        ask(diary, child, Asks::Correct, wrong, days);
    }
}

fn ask(diary: &mut Diary<'_>, child: &Served<'_>, asks: Asks, words: &str, days: i64) {
    let Some(guardian) = child.guardians.first().map(|guardian| guardian.person) else { return };
    let minute = diary.chance.between(0, 59).unsigned_abs() as u32;
    let day = diary.ground.today - Days::new(days.unsigned_abs());
    let at = diary.ground.calendar.at(day, 20, minute);
    if at <= child.first_moment(diary.ground) {
        return;
    }
    let (request, student): (RecordId, _) = (diary.mint(at), child.student);
    let asked = AskOfRecord { request, student, asks, words: words.into(), instead: String::new(), contests: None };
    diary.write(at, guardian, asked);
    if days < 8 {
        return;
    }
    let answered: Micros = at.plus_days(6);
    let (granted, said) = match asks {
        Asks::See => (true, "Shown at school on paper, with copies to take home."),
        Asks::Correct => (false, "The sign-in sheet of that meeting does not have your names."),
    };
    let answer = AnswerRequest { request, student, stage: Stage::Answer, granted, words: said.into() };
    diary.answers(answered, answer);
    if !granted {
        let disagreement = diary.mint(answered);
        let words = "We came late and nobody asked us to sign. The teacher can say that we were there.".into();
        let stated = StateDisagreement { disagreement, request, student, words };
        diary.write(answered.plus_days(2), guardian, stated);
    }
}
