//! Meetings of the team, and what each invited person answered.
//!
//! Every answer is a record of its own that names the meeting's revision and the answer it
//! replaces: an answer to an old time shows as that, and nothing is overwritten.

mod time;

pub use time::{MeetingTime, keep_numbers, numbered};

pub(crate) use time::check_choice;

use crate::{
    check::{self, Fault},
    kinds,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use sync::{Base, Change, Micros, PersonId, Record, RecordId, value::ValueHash};

/// Calls a meeting (34 CFR 300.322(a): notice early enough, at an agreed time and place).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallMeeting {
    /// The new meeting's id.
    pub meeting: RecordId,
    /// About whom.
    pub student: RecordId,
    /// What for.
    pub purpose: String,
    /// When and where.
    #[serde(flatten)]
    pub time: MeetingTime,
    /// Who is invited.
    pub invited: Vec<PersonId>,
}

impl CallMeeting {
    /// Names the field that makes no sense.
    pub fn check(&self) -> Result<(), Fault> {
        check::line("purpose", &self.purpose)?;
        check::holds("revision", self.time.revision == 1)?;
        check::holds("invited", self.invited.len() <= 50)?;
        self.time.check()
    }

    /// A new meeting.
    pub fn changes(&self) -> Vec<Change> {
        let mut fields = Map::new();
        fields.insert("purpose".into(), json!(self.purpose));
        fields.insert("time".into(), json!(self.time));
        fields.insert("invited".into(), json!(self.invited));
        vec![Change::Create {
            kind: kinds::MEETING,
            id: self.meeting,
            subject: Some(self.student.0),
            parent: None,
            fields,
        }]
    }
}

/// Moves a meeting to another time or place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MoveMeeting {
    /// The meeting.
    pub meeting: RecordId,
    /// About whom.
    pub student: RecordId,
    /// The hash of the time that was shown.
    pub seen: ValueHash,
    /// When it begins now.
    pub starts_at: Micros,
    /// When it ends now.
    pub ends_at: Micros,
    /// Where it is now.
    pub place: String,
}

impl MoveMeeting {
    /// Names the field that makes no sense.
    pub fn check(&self) -> Result<(), Fault> {
        time::check(self.starts_at, self.ends_at, &self.place)
    }

    /// One edit of one value; the door gives the time its number ([`numbered`]).
    pub fn changes(&self) -> Vec<Change> {
        vec![Change::Edit {
            kind: kinds::MEETING,
            id: self.meeting,
            subject: Some(self.student.0),
            field: "time".into(),
            base: Base::Seen { seen: self.seen, text: None },
            value: json!({"startsAt": self.starts_at, "endsAt": self.ends_at, "place": self.place}),
        }]
    }
}

/// What somebody answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Reply {
    /// Comes.
    Yes,
    /// Does not come.
    No,
    /// Asks for another time.
    OtherTime,
}

/// The most answers that one replaces: a person has no more devices.
pub const MOST_REPLACED: usize = 20;

/// Answers an invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerMeeting {
    /// The new answer's id.
    pub id: RecordId,
    /// The meeting.
    pub meeting: RecordId,
    /// About whom.
    pub student: RecordId,
    /// The revision that was shown.
    pub revision: u32,
    /// The hash of the time that was shown, where it is known: a server that was restored may give
    /// the number of a time that it lost to another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<ValueHash>,
    /// The person's earlier answers that this one replaces: one, or those between which they were
    /// asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaces: Vec<RecordId>,
    /// The answer.
    pub answer: Reply,
    /// Their words, such as times that would suit.
    #[serde(default)]
    pub note: String,
}

impl AnswerMeeting {
    /// Names the field that makes no sense.
    pub fn check(&self) -> Result<(), Fault> {
        check::holds("revision", self.revision >= 1)?;
        check::holds("replaces", self.replaces.len() <= MOST_REPLACED)?;
        check::text("note", &self.note)
    }

    /// A new answer.
    pub fn changes(&self) -> Vec<Change> {
        let mut fields = Map::new();
        fields.insert("revision".into(), json!(self.revision));
        if let Some(seen) = self.seen {
            fields.insert("seen".into(), json!(seen));
        }
        fields.insert("answer".into(), json!(self.answer));
        fields.insert("note".into(), json!(self.note));
        if !self.replaces.is_empty() {
            fields.insert("replaces".into(), json!(self.replaces));
        }
        vec![Change::Create {
            kind: kinds::ANSWER,
            id: self.id,
            subject: Some(self.student.0),
            parent: Some(self.meeting.0),
            fields,
        }]
    }
}

/// Whether an answer is to the time that stands now.
pub fn is_to_this_time(answer: &Record, meeting: &Record) -> bool {
    let of = |time: MeetingTime| answer.field("revision").as_u64() == Some(u64::from(time.revision));
    let seen = answer.field("seen").as_str();
    MeetingTime::of(meeting).is_some_and(of) && seen.is_none_or(|seen| seen == meeting.hash_of("time").to_string())
}

/// One person's answers to one meeting, told apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Answers<'a> {
    /// The answers that no later one replaces. More than one: two devices answered without
    /// knowing of each other, and the person is asked.
    pub standing: Vec<(RecordId, &'a Record)>,
}

/// Which of one person's answers stand, oldest first.
pub fn standing<'a>(answers: &[(RecordId, &'a Record)]) -> Answers<'a> {
    let replaced: Vec<&str> = answers
        .iter()
        .flat_map(|(_, answer)| answer.field("replaces").as_array().into_iter().flatten())
        .filter_map(Value::as_str)
        .collect();
    let mut standing: Vec<_> =
        answers.iter().filter(|(id, _)| !replaced.contains(&id.to_string().as_str())).copied().collect();
    standing.sort_by_key(|(id, answer)| (answer.made.at, *id));
    Answers { standing }
}
