//! What became of an operation. Stored with it, so that a replay gets the same answer.
//! Verdicts hold codes and ids only: they are replayed after access may have ended.

use crate::{Kind, RecordId};
use serde::{Deserialize, Serialize};

/// The answer to one operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "camelCase")]
pub enum Verdict {
    /// Written as it was meant.
    Applied,
    /// Written, together with what others had written since.
    Merged {
        /// The fields in which both are now.
        fields: Vec<Place>,
    },
    /// Both sides are kept and a person chooses.
    Conflict {
        /// Where.
        fields: Vec<Place>,
    },
    /// Not written. What depends on it waits with it; the person edits and sends again.
    Rejected {
        /// Why, as a code.
        code: Code,
        /// Which part of the operation.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        field: Option<String>,
    },
}

impl Verdict {
    /// A rejection that concerns no particular field.
    pub fn rejected(code: Code) -> Self {
        Self::Rejected { code, field: None }
    }

    /// Whether the operation is in the record. A conflict is: both sides are kept.
    pub fn is_success(&self) -> bool {
        !matches!(self, Self::Rejected { .. })
    }
}

/// A field of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The record's kind.
    pub kind: Kind,
    /// The record.
    pub id: RecordId,
    /// The field.
    pub field: String,
}

/// Why an operation was rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Code {
    /// No such thing, or none that this person may see.
    NotFound,
    /// A field is missing, too long or makes no sense.
    Invalid,
    /// The record is final; a correction is a new record.
    Frozen,
    /// A record with this id is there already.
    Exists,
    /// An unknown intention within a known wire version.
    UnknownOperation,
    /// A member of its all-or-nothing group was rejected.
    Group,
    /// A field still waits for a choice.
    Unresolved,
    /// It builds on the author's own operation that was rejected.
    Dependency,
    /// What was signed is not the document that is current; the person is asked again.
    DocumentChanged,
}
