//! A replicated record: fields, who wrote them, and the alternatives of a field on which
//! people disagree. A conflict is a state of the field, not a second truth.

use crate::{Micros, OperationId, PersonId, value::ValueHash};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::{borrow::Cow, collections::BTreeMap, fmt};

/// What a record is, as the domain names it. Unknown kinds are kept as they came.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Kind(Cow<'static, str>);

impl Kind {
    /// A kind the domain knows.
    pub const fn known(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.0
    }
}

impl From<String> for Kind {
    fn from(name: String) -> Self {
        Self(Cow::Owned(name))
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Which operation wrote something, who did it and when (by the device's corrected clock).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// The operation.
    pub op: OperationId,
    /// Its author.
    pub by: PersonId,
    /// When it was done.
    pub at: Micros,
}

/// One of the values between which a person has to choose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alternative {
    /// Who wrote it, in which operation, when. The operation's id is the alternative's id.
    #[serde(flatten)]
    pub stamp: Stamp,
    /// What they wrote.
    pub value: Value,
    /// What they had seen when they wrote it, where that is known and was another value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub saw: Option<Value>,
}

/// One record. Its kind and id stand outside of it, as its key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// What it is about: a student, in most kinds. Reads by subject find it.
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<uuid::Uuid>,
    /// What it belongs to, such as a data point's goal.
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<uuid::Uuid>,
    /// Who made it.
    #[serde(rename = "m")]
    pub made: Stamp,
    /// The values. A field that is not there reads as null.
    #[serde(rename = "f")]
    pub fields: Map<String, Value>,
    /// Who last wrote a field, where it was not the maker.
    #[serde(rename = "w", default, skip_serializing_if = "BTreeMap::is_empty")]
    pub wrote: BTreeMap<String, Stamp>,
    /// Fields that wait for a person: at least two alternatives each.
    #[serde(rename = "o", default, skip_serializing_if = "BTreeMap::is_empty")]
    pub open: BTreeMap<String, Vec<Alternative>>,
    /// What a newer version wrote beside these, kept untouched.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl Record {
    /// A record that `made` makes.
    pub fn new(made: Stamp, subject: Option<uuid::Uuid>, parent: Option<uuid::Uuid>) -> Self {
        Self {
            subject,
            parent,
            made,
            fields: Map::new(),
            wrote: BTreeMap::new(),
            open: BTreeMap::new(),
            unknown: Map::new(),
        }
    }

    /// The value of a field; null when it was never written.
    pub fn field(&self, name: &str) -> &Value {
        self.fields.get(name).unwrap_or(&Value::Null)
    }

    /// A text field; empty when it was never written.
    pub fn text(&self, name: &str) -> &str {
        self.field(name).as_str().unwrap_or("")
    }

    /// The hash that an edit of this field has to carry as its base.
    pub fn hash_of(&self, name: &str) -> ValueHash {
        ValueHash::of(self.field(name))
    }

    /// Who wrote the present value of a field.
    pub fn stamp_of(&self, name: &str) -> Stamp {
        self.wrote.get(name).copied().unwrap_or(self.made)
    }

    /// Sets a field without asking: the decision was made elsewhere.
    pub fn set(&mut self, name: &str, value: Value, stamp: Stamp) {
        self.fields.insert(name.to_owned(), value);
        if stamp != self.made {
            self.wrote.insert(name.to_owned(), stamp);
        }
    }
}
