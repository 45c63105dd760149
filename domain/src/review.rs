//! Evidence that waits for a look: a visit or an attempt to reach a family that came late, or by
//! a clock that was off. The door marks it (`review`); whoever manages the case says whether it
//! counts (`reviewed`), beside what its author wrote, which stays as it is.

use crate::kinds;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sync::{Base, Change, Kind, Record, RecordId, verdict::Code};

/// What is said of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Finding {
    /// It counts.
    Accepted,
    /// It does not count; it stays to be seen.
    Refused,
}

/// Settles a visit that waits for a look.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReviewVisit {
    /// The visit.
    pub visit: RecordId,
    /// Whom it is about.
    pub student: RecordId,
    /// What the reviewer saw.
    #[serde(default)]
    pub base: Base,
    /// What they say.
    pub finding: Finding,
}

/// Settles an attempt to reach a family that waits for a look.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReviewAttempt {
    /// The attempt.
    pub attempt: RecordId,
    /// Whom it is about.
    pub student: RecordId,
    /// What the reviewer saw.
    #[serde(default)]
    pub base: Base,
    /// What they say.
    pub finding: Finding,
}

impl ReviewVisit {
    /// One edit.
    pub fn changes(&self) -> Vec<Change> {
        vec![word(kinds::VISIT, self.visit, self.student, &self.base, self.finding)]
    }
}

impl ReviewAttempt {
    /// One edit.
    pub fn changes(&self) -> Vec<Change> {
        vec![word(kinds::ATTEMPT, self.attempt, self.student, &self.base, self.finding)]
    }
}

fn word(kind: Kind, id: RecordId, student: RecordId, base: &Base, finding: Finding) -> Change {
    let (subject, field) = (Some(student.0), "reviewed".into());
    Change::Edit { kind, id, subject, field, base: base.clone(), value: json!(finding) }
}

/// Only what waits for a look can be settled.
pub fn objection(present: Option<&Record>) -> Option<Code> {
    match present {
        None => Some(Code::NotFound),
        Some(evidence) if evidence.field("review").is_null() => Some(Code::Invalid),
        Some(_) => None,
    }
}
