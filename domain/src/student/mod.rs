//! A student's card: what everybody who works with the student sees first.

use crate::kinds;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sync::{Base, Change, RecordId};

/// Puts a student's card beside the roster's facts, or brings it up to date. Made by
/// imports and the office, never by phones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PlaceStudent {
    /// The student.
    pub student: RecordId,
    /// The name to show: preferred first, then family name.
    pub name: String,
    /// The first name to show.
    pub given_name: String,
    /// Grade, as the roster writes it.
    #[serde(default)]
    pub grade: Option<String>,
    /// The school's name.
    #[serde(default)]
    pub school: Option<String>,
}

impl PlaceStudent {
    /// One edit for each field: the newest roster counts.
    pub fn changes(&self) -> Vec<Change> {
        let text = |value: &Option<String>| value.as_ref().map_or(Value::Null, |text| json!(text));
        [
            ("name", json!(self.name)),
            ("givenName", json!(self.given_name)),
            ("grade", text(&self.grade)),
            ("school", text(&self.school)),
        ]
        .into_iter()
        .map(|(field, value)| Change::Edit {
            kind: kinds::STUDENT,
            id: self.student,
            subject: Some(self.student.0),
            field: field.to_owned(),
            base: Base::Unknown,
            value,
        })
        .collect()
    }
}
