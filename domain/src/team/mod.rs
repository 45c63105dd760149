//! The people around a student, as a list that family and staff see: a copy of dated
//! facts, never a right by itself.

use crate::kinds;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sync::{Base, Change, Micros, PersonId, RecordId, id::derived};

/// What somebody is to a student.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TeamRole {
    /// Runs the process for this student.
    CaseManager,
    /// Gives a related service.
    Provider,
    /// Teaches the student.
    Teacher,
    /// Holds educational rights: a guardian, or the student who is of age.
    Guardian,
    /// Held them until the student came of age, and is still sent notices (34 CFR 300.520). Stands
    /// on no team list.
    Notified,
}

/// Puts a person on a student's team list, or ends their place in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PlaceMember {
    /// The student.
    pub student: RecordId,
    /// The person.
    pub person: PersonId,
    /// The name to show.
    pub name: String,
    /// What they are to the student.
    pub role: TeamRole,
    /// The service that a provider gives.
    #[serde(default)]
    pub service: Option<String>,
    /// When their place begins, where that is to come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Micros>,
    /// When their place ended or will end.
    #[serde(default)]
    pub until: Option<Micros>,
}

impl PlaceMember {
    /// The record of this person in this role.
    pub fn record(&self) -> RecordId {
        let service = self.service.as_deref().unwrap_or("");
        derived(self.student.0, &format!("member/{}/{:?}/{service}", self.person, self.role))
    }

    /// One edit for each field.
    pub fn changes(&self) -> Vec<Change> {
        let service = self.service.as_ref().map_or(Value::Null, |service| json!(service));
        [
            ("person", json!(self.person)),
            ("name", json!(self.name)),
            ("role", json!(self.role)),
            ("service", service),
            ("until", self.until.map_or(Value::Null, |until| json!(until))),
        ]
        .into_iter()
        .chain(self.from.map(|from| ("from", json!(from))))
        .map(|(field, value)| Change::Edit {
            kind: kinds::MEMBER,
            id: self.record(),
            subject: Some(self.student.0),
            field: field.to_owned(),
            base: Base::Unknown,
            value,
        })
        .collect()
    }
}
