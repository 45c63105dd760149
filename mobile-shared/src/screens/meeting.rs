//! A meeting as an invitation, with the reader's own answer to it.
//!
//! ```json
//! {"agency","meeting","student","studentName","purpose","startsAt","endsAt","timeZone","place",
//!  "revision","answer":{"answer":"yes"|"no"|"otherTime","note","revision","pending",
//!  "toOldTime"},"asked":bool,"otherTimes":[{"startsAt","endsAt","place"}]}
//! ```
//! `toOldTime`: the meeting was moved since. `asked`: two answers of theirs differ, given on two
//! devices that did not know of each other. Either way the person is asked again. `otherTimes`: two
//! at the school moved the meeting at once, and have yet to say which time is right.

use crate::store::meta::Person;
use domain::meeting::{MeetingTime, Reply, is_to_this_time, standing};
use serde::Serialize;
use std::collections::BTreeSet;
use sync::{AgencyId, OperationId, PersonId, Record, RecordId};

/// A meeting to which the reader is invited.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Invitation {
    /// In which agency.
    pub agency: AgencyId,
    /// The meeting.
    pub meeting: RecordId,
    /// About whom.
    pub student: RecordId,
    /// Their name.
    pub student_name: String,
    /// What for.
    pub purpose: String,
    /// The beginning, epoch ms.
    pub starts_at: i64,
    /// The end, epoch ms.
    pub ends_at: i64,
    /// In which zone the agency's clocks go: whoever travels still reads when to be at the school.
    pub time_zone: String,
    /// A room, or how to join.
    pub place: String,
    /// Which time it is: 1, and one more with each move.
    pub revision: u32,
    /// What the reader answered last.
    pub answer: Option<MyAnswer>,
    /// Another answer of theirs to this time says otherwise: which one holds is for them to say.
    pub asked: bool,
    /// What it was moved to as well, while the school has not chosen.
    pub other_times: Vec<OtherTime>,
}

/// A time beside the one that stands first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OtherTime {
    /// The beginning, epoch ms.
    pub starts_at: i64,
    /// The end, epoch ms.
    pub ends_at: i64,
    /// A room, or how to join.
    pub place: String,
}

/// What the reader answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MyAnswer {
    /// The answer.
    pub answer: Reply,
    /// Their words.
    pub note: String,
    /// The revision it answers.
    pub revision: u32,
    /// The server does not have it yet.
    pub pending: bool,
    /// It answers a time that does not hold any more.
    pub to_old_time: bool,
}

/// What is needed to show a meeting.
pub(crate) struct Reader<'a> {
    pub(crate) me: &'a Person,
    pub(crate) student: RecordId,
    pub(crate) student_name: &'a str,
    pub(crate) pending: &'a BTreeSet<OperationId>,
}

impl Reader<'_> {
    /// The meeting, if it has a time; `answers` are the reader's own to it.
    pub(crate) fn show(&self, id: RecordId, meeting: &Record, answers: &[(RecordId, &Record)]) -> Option<Invitation> {
        let time = MeetingTime::of(meeting)?;
        let mine: Vec<_> = answers.iter().filter(|(_, answer)| answer.made.by == self.me.person).copied().collect();
        let stand = standing(&mine).standing.into_iter();
        let mut stand: Vec<MyAnswer> = stand.filter_map(|(_, answer)| self.answer(answer, meeting)).collect();
        let last = stand.pop();
        let differs = |last: &MyAnswer| stand.iter().any(|one| !one.to_old_time && one.answer != last.answer);
        let asked = last.as_ref().is_some_and(differs);
        Some(Invitation {
            agency: self.me.agency.id,
            meeting: id,
            student: self.student,
            student_name: self.student_name.to_owned(),
            purpose: meeting.text("purpose").to_owned(),
            starts_at: time.starts_at.millis(),
            ends_at: time.ends_at.millis(),
            time_zone: self.me.agency.time_zone.clone(),
            place: time.place.clone(),
            revision: time.revision,
            answer: last,
            asked,
            other_times: other_times(meeting, &time),
        })
    }

    fn answer(&self, answer: &Record, meeting: &Record) -> Option<MyAnswer> {
        Some(MyAnswer {
            answer: serde_json::from_value(answer.field("answer").clone()).ok()?,
            note: answer.text("note").to_owned(),
            revision: u32::try_from(answer.field("revision").as_u64()?).ok()?,
            pending: self.pending.contains(&answer.made.op),
            to_old_time: !is_to_this_time(answer, meeting),
        })
    }
}

fn other_times(meeting: &Record, stands: &MeetingTime) -> Vec<OtherTime> {
    let voices = meeting.open.get("time").into_iter().flatten();
    voices
        .filter_map(|voice| serde_json::from_value::<MeetingTime>(voice.value.clone()).ok())
        .filter(|time| time.revision != stands.revision)
        .map(|MeetingTime { starts_at, ends_at, place, .. }| OtherTime {
            starts_at: starts_at.millis(),
            ends_at: ends_at.millis(),
            place,
        })
        .collect()
}

/// Whether somebody is invited.
pub(crate) fn invites(meeting: &Record, person: PersonId) -> bool {
    let invited = meeting.field("invited").as_array();
    invited.into_iter().flatten().any(|id| id.as_str() == Some(&person.to_string()))
}
