//! Contact attempts: how a family was tried to be reached, and what came of it.
//!
//! 34 CFR 300.322(d): a meeting without a parent is lawful only with a record of the calls
//! made, the letters sent and the visits paid, with their results. So it is append-only: an
//! attempt that was written down wrongly is amended by another one, about the same person.

use crate::{
    check::{self, Fault},
    kinds,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, json};
use sync::{Change, Micros, PersonId, Record, RecordId, verdict::Code};

/// How somebody was tried to be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Channel {
    /// A call.
    Call,
    /// A text message.
    Text,
    /// Electronic mail.
    Email,
    /// A letter.
    Letter,
    /// A visit at home or at work.
    HomeVisit,
    /// In person, at school.
    InPerson,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Reached {
    /// They talked.
    Yes,
    /// A message was left, a letter sent.
    LeftWord,
    /// Nobody was there.
    Nobody,
    /// The number or address is not theirs.
    WrongAddress,
}

/// Writes down one attempt to reach somebody of a student's family.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LogAttempt {
    /// The new attempt's id.
    pub attempt: RecordId,
    /// About whom.
    pub student: RecordId,
    /// Whom it was to reach.
    pub person: PersonId,
    /// When.
    pub at: Micros,
    /// How.
    pub channel: Channel,
    /// In which language, as BCP 47 writes it.
    pub language: String,
    /// What came of it.
    pub reached: Reached,
    /// The meeting that it was about, if it was about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting: Option<RecordId>,
    /// What was said.
    #[serde(default)]
    pub note: String,
    /// The attempt that was written down wrongly and reads like this instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amends: Option<RecordId>,
}

impl LogAttempt {
    /// Names the field that makes no sense.
    pub fn check(&self) -> Result<(), Fault> {
        check::holds("language", (2..=35).contains(&self.language.len()))?;
        check::holds("amends", self.amends != Some(self.attempt))?;
        check::text("note", &self.note)
    }

    /// A correction is read by whoever read what it corrects, and by nobody else of the family:
    /// it names the same person.
    pub fn objection(&self, amended: Option<&Record>) -> Option<Code> {
        let same = |amended: &Record| amended.text("person").parse().ok() == Some(self.person);
        amended.filter(|amended| !same(amended)).map(|_| Code::Invalid)
    }

    /// A new attempt.
    pub fn changes(&self) -> Vec<Change> {
        let mut fields = Map::new();
        fields.insert("person".into(), json!(self.person));
        fields.insert("at".into(), json!(self.at));
        fields.insert("channel".into(), json!(self.channel));
        fields.insert("language".into(), json!(self.language));
        fields.insert("reached".into(), json!(self.reached));
        if !self.note.is_empty() {
            fields.insert("note".into(), json!(self.note));
        }
        if let Some(amended) = self.amends {
            fields.insert("amends".into(), json!(amended));
        }
        vec![Change::Create {
            kind: kinds::ATTEMPT,
            id: self.attempt,
            subject: Some(self.student.0),
            parent: self.meeting.map(|meeting| meeting.0),
            fields,
        }]
    }
}
