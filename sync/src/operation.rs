//! A named, versioned intention, and the changes it means.
//!
//! The bytes of an operation are kept as they were first written: they are what is sent
//! and hashed, for as long as the operation lives. Readers of a newer version lift them.

use crate::{Kind, OperationId, RecordId, time::Occurred, value::ValueHash};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, value::RawValue};
use sha2::{Digest as _, Sha256};

/// The largest operation that is taken, in bytes: far above what a person types in a field.
pub const MAX_BYTES: usize = 256 * 1024;

/// The most operations in one all-or-nothing group (design §3).
pub const MAX_GROUP: u32 = 100;

/// The most bytes in one such group.
pub const MAX_GROUP_BYTES: usize = 256 * 1024;

/// What a person did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Operation {
    /// Minted where it was done. A replay has the same id.
    pub id: OperationId,
    /// What was intended, such as `LogVisit`.
    pub name: String,
    /// The version of that intention's body.
    pub v: u16,
    /// When, by the device's clock and what is known of its error.
    pub at: Occurred,
    /// The parked operation that this one is sent instead of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<OperationId>,
    /// Set when it succeeds or fails together with its neighbours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
    /// What the domain reads.
    pub body: Map<String, Value>,
}

/// A run of operations in one stream that is taken whole or not at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// The group.
    pub id: OperationId,
    /// The place of this operation in it, from 0.
    pub index: u32,
    /// How many there are.
    pub count: u32,
}

/// The SHA-256 of an operation's bytes as sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digest(pub [u8; 32]);

/// An operation together with the bytes in which it was written.
#[derive(Clone, Debug)]
pub struct Sent {
    /// What the bytes say.
    pub operation: Operation,
    /// What is sent, hashed and kept.
    pub bytes: Box<RawValue>,
}

/// Why bytes are not an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// Larger than [`MAX_BYTES`].
    #[error("the operation is larger than {MAX_BYTES} bytes")]
    TooLarge,
    /// Not the JSON of an operation.
    #[error("the operation cannot be read")]
    Unreadable,
}

impl Sent {
    /// Writes an operation down, once.
    pub fn write(operation: Operation) -> Result<Self, Malformed> {
        let bytes = serde_json::value::to_raw_value(&operation).map_err(|_| Malformed::Unreadable)?;
        if bytes.get().len() > MAX_BYTES {
            return Err(Malformed::TooLarge);
        }
        Ok(Self { operation, bytes })
    }

    /// Reads what somebody else wrote.
    pub fn read(bytes: Box<RawValue>) -> Result<Self, Malformed> {
        if bytes.get().len() > MAX_BYTES {
            return Err(Malformed::TooLarge);
        }
        let operation = serde_json::from_str(bytes.get()).map_err(|_| Malformed::Unreadable)?;
        Ok(Self { operation, bytes })
    }

    /// What makes a replay recognisable.
    pub fn digest(&self) -> Digest {
        Digest(Sha256::digest(self.bytes.get().as_bytes()).into())
    }
}

/// What the person saw when they edited a field.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Base {
    /// The value with this hash; for free text also the text, so that it can be merged.
    Seen {
        /// Hash of the value they saw.
        seen: ValueHash,
        /// The text they saw.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
    },
    /// Their own earlier edit, whose verdict they did not know yet.
    After {
        /// That edit.
        after: OperationId,
    },
    /// Not known: both sides are kept.
    #[default]
    Unknown,
}

/// A version that was shown to whoever chooses: which operation wrote it, and what it said then.
/// Words of others may be merged into what that operation wrote before the choice arrives; that is
/// another version, which nobody saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// The operation that wrote it.
    pub op: OperationId,
    /// Hash of what was shown.
    pub seen: ValueHash,
}

impl Shown {
    /// Whether what stands there is what was shown. A field that was never written is shown as an
    /// empty text.
    pub fn is(&self, op: OperationId, value: &Value) -> bool {
        let reads_empty = value.is_null() && self.seen == ValueHash::of_text("");
        self.op == op && (self.seen == ValueHash::of(value) || reads_empty)
    }
}

/// What an operation does to records, as the domain reads it.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Makes a record; its id must be new.
    Create {
        /// Its kind.
        kind: Kind,
        /// Its id.
        id: RecordId,
        /// What it is about.
        subject: Option<uuid::Uuid>,
        /// What it belongs to.
        parent: Option<uuid::Uuid>,
        /// Its first values.
        fields: Map<String, Value>,
    },
    /// Writes one field under that field's policy; makes the record if it is not there.
    Edit {
        /// Its kind.
        kind: Kind,
        /// Its id.
        id: RecordId,
        /// What it is about, if the record has yet to be made.
        subject: Option<uuid::Uuid>,
        /// The field.
        field: String,
        /// What the person saw.
        base: Base,
        /// What they wrote.
        value: Value,
    },
    /// Chooses between alternatives; only those that were seen go.
    Resolve {
        /// The record's kind.
        kind: Kind,
        /// The record's id.
        id: RecordId,
        /// The field.
        field: String,
        /// The alternatives that were shown.
        saw: Vec<Shown>,
        /// What was chosen or newly written.
        value: Value,
    },
}

impl Change {
    /// The record it touches.
    pub fn key(&self) -> (&Kind, RecordId) {
        match self {
            Self::Create { kind, id, .. } | Self::Edit { kind, id, .. } | Self::Resolve { kind, id, .. } => (kind, *id),
        }
    }
}
