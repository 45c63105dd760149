//! What of some records was given to parties outside, so that the page that tells a family has something
//! to tell (34 CFR 99.32, 300.614).

use chrono::Days;
use domain::disclosure::{Act, Basis, RecordDisclosure};

use super::history::Diary;
use super::plans::Served;

/// One child in nine has been to a clinic to which the family sent the school's papers, and one in
/// thirteen was looked at when the state evaluated the program. Of the child whom guests look at a copy
/// went to the clinic, and somebody asked who was given nothing.
pub(super) fn goes_out(diary: &mut Diary<'_>, child: &Served<'_>, n: usize) {
    let known = child.pupil.is_known;
    if known || n % 9 == 4 {
        let days = diary.chance.between(9, 50);
        write(diary, child, days, |entry| {
            entry.party = "Children's Hearing and Speech Clinic".into();
            entry.interest = "To plan therapy beside what the school gives".into();
            entry.basis = Some(Basis::Consent);
            entry.paper = Some("Consent of a parent, signed the week before, in the file".into());
            entry.what = "Goals and progress of the last six months, on paper".into();
        });
    }
    if n % 13 == 6 {
        let days = diary.chance.between(20, 70);
        write(diary, child, days, |entry| {
            entry.party = "State department of education, special education monitoring".into();
            entry.interest = "To see whether plans are carried out as written".into();
            entry.basis = Some(Basis::Evaluation);
            entry.paper = Some("Letter of the department that names its monitors".into());
            entry.what = "The plan and the log of visits, read at the district office".into();
        });
    }
    if known {
        let days = diary.chance.between(3, 8);
        write(diary, child, days, |entry| {
            entry.act = Act::Requested;
            entry.party = "A company that sells tutoring".into();
            entry.interest = "To offer lessons to children who read below their grade".into();
            entry.what = "Names and reading scores. They were given nothing.".into();
        });
    }
}

fn write(diary: &mut Diary<'_>, child: &Served<'_>, days: i64, say: impl FnOnce(&mut RecordDisclosure)) {
    let day = diary.ground.today - Days::new(days.unsigned_abs());
    let at = diary.ground.calendar.at(day, 11, 20);
    if at <= child.first_moment(diary.ground) {
        return;
    }
    let mut entry = RecordDisclosure {
        disclosure: diary.mint(at),
        student: child.student,
        act: Act::Disclosed,
        on: day,
        party: String::new(),
        interest: String::new(),
        basis: None,
        paper: None,
        threat: None,
        what: String::new(),
        copied: false,
        corrects: None,
    };
    say(&mut entry);
    diary.answers(at, entry);
}
