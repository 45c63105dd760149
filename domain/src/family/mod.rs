//! What a family writes: one statement that all guardians share, and each guardian's own
//! input before the plan is drafted.

use crate::{
    check::{self, Fault},
    kinds, meeting,
    review::Finding,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sync::{Base, Change, Micros, PersonId, Record, RecordId, id::derived, operation::Shown, verdict::Code};

/// The parts of the family statement.
pub const STATEMENT_FIELDS: [&str; 3] = ["strengths", "concerns", "vision"];
/// The parts of a guardian's input.
pub const INPUT_FIELDS: [&str; 3] = ["strengths", "concerns", "hopes"];

/// The one family statement of a student: every guardian's phone derives the same id.
pub fn statement_of(student: RecordId) -> RecordId {
    derived(student.0, "statement")
}

/// A guardian's input about a student, after `handed_in` earlier ones: all phones of one
/// guardian derive the same id, so input begun on two of them is one.
pub fn input_of(student: RecordId, guardian: PersonId, handed_in: u32) -> RecordId {
    derived(student.0, &format!("input/{guardian}/{handed_in}"))
}

/// Whether a guardian's input was handed to the team; it stays as it was then.
pub fn is_handed_in(input: &Record) -> bool {
    !input.field("submittedAt").is_null()
}

/// How many inputs one guardian hands in for one child at the most.
pub const MOST_INPUTS: u32 = 400;

/// Which of a guardian's inputs is being written: the first that was not handed in. One whose
/// handing in was refused is written on, even if another was begun after it.
pub fn input_to_write<E>(
    student: RecordId,
    guardian: PersonId,
    mut is_handed_in: impl FnMut(RecordId) -> Result<bool, E>,
) -> Result<u32, E> {
    for nth in 0..MOST_INPUTS {
        if !is_handed_in(input_of(student, guardian, nth))? {
            return Ok(nth);
        }
    }
    Ok(MOST_INPUTS)
}

/// Edits one part of the shared family statement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EditStatement {
    /// Whose family it is.
    pub student: RecordId,
    /// One of [`STATEMENT_FIELDS`].
    pub field: String,
    /// What the guardian saw.
    #[serde(default)]
    pub base: Base,
    /// What they wrote.
    pub value: String,
}

impl EditStatement {
    /// Names the field that makes no sense.
    pub fn check(&self) -> Result<(), Fault> {
        check::holds("field", STATEMENT_FIELDS.contains(&self.field.as_str()))?;
        check::text("value", &self.value)
    }

    /// One edit.
    pub fn changes(&self) -> Vec<Change> {
        vec![Change::Edit {
            kind: kinds::STATEMENT,
            id: statement_of(self.student),
            subject: Some(self.student.0),
            field: self.field.clone(),
            base: self.base.clone(),
            value: json!(self.value),
        }]
    }
}

/// Edits one part of a guardian's own input; the first edit begins it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EditInput {
    /// The input.
    pub input: RecordId,
    /// Whom it is about.
    pub student: RecordId,
    /// One of [`INPUT_FIELDS`].
    pub field: String,
    /// What the guardian saw.
    #[serde(default)]
    pub base: Base,
    /// What they wrote.
    pub value: String,
}

impl EditInput {
    /// Names the field that makes no sense.
    pub fn check(&self) -> Result<(), Fault> {
        check::holds("field", INPUT_FIELDS.contains(&self.field.as_str()))?;
        check::text("value", &self.value)
    }

    /// One edit.
    pub fn changes(&self) -> Vec<Change> {
        vec![Change::Edit {
            kind: kinds::INPUT,
            id: self.input,
            subject: Some(self.student.0),
            field: self.field.clone(),
            base: self.base.clone(),
            value: json!(self.value),
        }]
    }
}

/// Hands a guardian's input to the team; from then on it is final.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubmitInput {
    /// The input.
    pub input: RecordId,
    /// Whom it is about.
    pub student: RecordId,
}

impl SubmitInput {
    /// One edit, at the moment it was done.
    pub fn changes(&self, at: Micros) -> Vec<Change> {
        vec![Change::Edit {
            kind: kinds::INPUT,
            id: self.input,
            subject: Some(self.student.0),
            field: "submittedAt".into(),
            base: Base::Unknown,
            value: json!(at),
        }]
    }

    /// Why it cannot be submitted as it stands: empty, or still in two versions.
    pub fn objection(&self, present: Option<&Record>) -> Option<Code> {
        match present {
            None => Some(Code::NotFound),
            Some(input) if !input.open.is_empty() => Some(Code::Unresolved),
            Some(_) => None,
        }
    }
}

/// Chooses between the versions of one field, or writes a new text instead of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolve {
    /// The record's kind.
    pub kind: String,
    /// The record.
    pub record: RecordId,
    /// The student it is about.
    pub student: RecordId,
    /// The field.
    pub field: String,
    /// The versions that were shown.
    pub saw: Vec<Shown>,
    /// What was chosen.
    pub value: serde_json::Value,
}

impl Resolve {
    /// Only fields that can hold two versions; a text stays a text.
    pub fn check(&self) -> Result<(), Fault> {
        let text = match (self.kind.as_str(), self.field.as_str()) {
            ("statement", field) => STATEMENT_FIELDS.contains(&field),
            ("input", field) => INPUT_FIELDS.contains(&field),
            ("visit" | "attempt", "reviewed") => {
                return check::holds("value", serde_json::from_value::<Finding>(self.value.clone()).is_ok());
            }
            ("meeting", "time") => return meeting::check_choice(&self.value),
            _ => false,
        };
        check::holds("field", text)?;
        check::holds("saw", self.saw.len() <= 50)?;
        let value = self.value.as_str().ok_or_else(|| Fault::invalid("value"))?;
        check::text("value", value)
    }

    /// One choice.
    pub fn changes(&self) -> Vec<Change> {
        vec![Change::Resolve {
            kind: self.kind.clone().into(),
            id: self.record,
            field: self.field.clone(),
            saw: self.saw.clone(),
            value: self.value.clone(),
        }]
    }
}
