//! Push: numbered operations of one stream, and what became of each.

use crate::{AgencyId, Micros, OperationId, Scope, StoreId, operation::Digest, verdict::Verdict};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// The most operations in one push.
pub const MAX_OPERATIONS: usize = 1_000;

/// What a phone sends: the next operations of its stream in one agency. It may be empty:
/// a contact always begins with a push attempt.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PushRequest {
    /// The sender's wire version.
    pub wire: u16,
    /// The sender's store.
    pub store: StoreId,
    /// Whose data the operations are about.
    pub agency: AgencyId,
    /// The number of the first operation; they are numbered without gaps, from 1.
    pub first: u64,
    /// The numbers from this one up to `first` will never come: the server lost them in a
    /// restore, and the phone did not keep them that long.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skip: Option<u64>,
    /// The operations as they were first written.
    pub operations: Vec<Box<RawValue>>,
    /// Scopes whose data the phone was told to forget and has forgotten.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forgotten: Vec<Scope>,
}

/// What the server answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushReply {
    /// The server's clock, by which the phone learns its own error.
    pub server_time: Micros,
    /// What became of the push.
    #[serde(flatten)]
    pub answer: PushAnswer,
}

/// What became of a push as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "camelCase")]
pub enum PushAnswer {
    /// One verdict for each operation, in order; fewer if `retry_after` says to wait.
    Taken {
        /// The verdicts.
        verdicts: Vec<Judged>,
        /// Milliseconds to wait before the rest is sent again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after: Option<u64>,
    },
    /// There is a gap; nothing was stored. Send from this number on.
    Expected {
        /// The number the stream goes on with.
        number: u64,
    },
    /// A known number came with another id or other bytes; nothing was stored. The phone
    /// takes a new store id and renumbers what is pending.
    Forked,
    /// Nothing was stored; send the same again later.
    Deferred {
        /// Milliseconds to wait.
        retry_after: u64,
    },
    /// The sender's wire version is no longer understood.
    TooOld {
        /// The oldest that is.
        oldest: u16,
    },
}

/// The verdict on one operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged {
    /// The operation.
    pub id: OperationId,
    /// What became of it.
    pub verdict: Verdict,
}

/// What to do with one numbered operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It is the next one.
    Judge,
    /// It was judged before; its stored verdict is the answer.
    Replay,
    /// It is not the next one.
    Gap {
        /// The one that is.
        expected: u64,
    },
    /// Something else was judged under this number.
    Forked,
}

/// Decides by the stream's last number and, for a number up to it, what was judged there.
pub fn step(last: u64, number: u64, known: Option<(OperationId, Digest)>, id: OperationId, digest: Digest) -> Step {
    match known {
        _ if number == last + 1 => Step::Judge,
        _ if number > last || number == 0 => Step::Gap { expected: last + 1 },
        Some(judged) if judged == (id, digest) => Step::Replay,
        _ => Step::Forked,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn gaps_repeats_and_forks_are_told_apart() {
        let (a, b) = (OperationId(Uuid::from_u128(1)), OperationId(Uuid::from_u128(2)));
        let (x, y) = (Digest([1; 32]), Digest([2; 32]));
        assert_eq!(step(4, 5, None, a, x), Step::Judge);
        assert_eq!(step(4, 6, None, a, x), Step::Gap { expected: 5 });
        assert_eq!(step(4, 0, None, a, x), Step::Gap { expected: 5 });
        assert_eq!(step(4, 3, Some((a, x)), a, x), Step::Replay);
        assert_eq!(step(4, 3, Some((a, x)), a, y), Step::Forked);
        assert_eq!(step(4, 3, Some((a, x)), b, x), Step::Forked);
        assert_eq!(step(4, 3, None, a, x), Step::Forked);
    }
}
