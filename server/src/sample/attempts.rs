//! How the case manager tried to reach guardians who had not answered an invitation: by telephone
//! first, then in writing (34 CFR 300.322(d)).

use domain::contact::{Channel, LogAttempt, Reached};
use sync::{Micros, PersonId, RecordId};

use super::history::Diary;
use super::plans::Served;

const MINUTE: i64 = 60_000_000;

/// Two or three days after the invitation, and again when that was in vain.
pub(super) fn tries(diary: &mut Diary<'_>, child: &Served<'_>, meeting: RecordId, whom: PersonId, called: Micros) {
    let reached =
        *diary.chance.weighted(&[(45, Reached::LeftWord), (40, Reached::Nobody), (15, Reached::WrongAddress)]);
    let first = called.plus_days(diary.chance.between(2, 3)).plus(diary.chance.between(5, 90) * MINUTE);
    let note = match reached {
        Reached::LeftWord => "Left a message with the date and my number.",
        Reached::WrongAddress => "The number is out of service. Asked the office for another.",
        Reached::Nobody | Reached::Yes => "",
    };
    let mut write = |at, channel, reached, note: &str| {
        let attempt = LogAttempt {
            attempt: diary.mint(at),
            student: child.student,
            person: whom,
            at,
            channel,
            language: child.pupil.language.to_owned(),
            reached,
            meeting: Some(meeting),
            note: note.to_owned(),
            amends: None,
        };
        diary.write(at, child.manager, attempt);
    };
    write(first, Channel::Call, reached, note);
    if reached != Reached::LeftWord {
        write(first.plus_days(1), Channel::Letter, Reached::LeftWord, "Sent the invitation again by mail.");
    }
}
