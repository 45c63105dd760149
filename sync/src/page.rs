//! Pull: pages of changes after a cursor, and the sum by which a phone checks its copy.

pub use crate::columns::closed;

use crate::{Kind, Micros, RecordId, Scope};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

/// The most JSON in one page, in bytes (design §3).
pub const MAX_PAGE: usize = 512 * 1024;

/// What a phone asks for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PullRequest {
    /// The asker's wire version.
    pub wire: u16,
    /// The cursor of the last page it stored; none at first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Scopes that are here but not to be trusted: the server compares and brings what
    /// differs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub compare: Vec<Held>,
}

/// What a phone holds of one scope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The scope.
    pub scope: Scope,
    /// What its rows come to.
    #[serde(flatten)]
    pub sum: Sum,
    /// The rows themselves, once the sum was found to differ.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<Vec<(Kind, RecordId, i64)>>,
}

/// The most rows of one scope that are compared: a larger one is told by its sum alone, and begins
/// anew where that differs.
pub const MAX_HELD: usize = 20_000;

/// What the server answers to a pull; on the wire `{"page": …}` or the like. (A tag inside
/// would make the reader copy every row before it knew what it reads.)
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(clippy::large_enum_variant, reason = "nearly every answer is a page; on 32 bits it is small")]
pub enum PullReply {
    /// A page.
    Page(Page),
    /// The cursor is not one of ours, or of another person: begin from nothing.
    UnknownCursor,
    /// The database was restored: begin from nothing and send again what it may have lost.
    NewEpoch,
    /// The asker's wire version is no longer understood. Pushing still works.
    TooOld {
        /// The oldest that is.
        oldest: u16,
    },
    /// Come back later.
    Deferred {
        /// Milliseconds to wait.
        retry_after: u64,
    },
}

/// Changes, read in one snapshot.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Page {
    /// The server's clock.
    pub server_time: Micros,
    /// The scopes that `rows`, `fill` and `sums` number, from 0.
    pub scopes: Vec<Scope>,
    /// Scopes to forget: purge them before the rows are stored.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub purge: Vec<Scope>,
    /// Scopes that begin from nothing with this page: drop what is kept of them first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fill: Vec<u32>,
    /// What changed, by scope. On the wire: by columns.
    #[serde(with = "crate::columns")]
    pub rows: Vec<Row>,
    /// Scopes in which what is held differs from what must be, or may: compare them (again),
    /// row by row.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub differs: Vec<Scope>,
    /// Where to go on.
    pub cursor: String,
    /// Whether this page reaches the head of its snapshot for all scopes. Screens see a
    /// round only when it is complete.
    pub complete: bool,
    /// Sums of scopes that this page completes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sums: Vec<ScopeSum>,
    /// When a dated fact changes what this person may see: pull again then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_change: Option<Micros>,
    /// For how many microseconds from now the copy may be read without another page; for ever, if a
    /// server does not say (`replica::lease`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lease: Option<i64>,
}

/// One record in one scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Index into the page's scopes.
    pub scope: u32,
    /// Its version there.
    pub version: i64,
    /// Its kind.
    pub kind: Kind,
    /// Its id.
    pub id: RecordId,
    /// Its content.
    pub body: Body,
}

/// The content of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// The record, as the JSON that is stored.
    Here(String),
    /// The record stands earlier in this page, in another scope.
    Above,
    /// The record is no longer in this scope.
    Gone,
}

/// Count and sum of the live rows of one scope; on the wire `[scope, live, sum]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScopeSum {
    /// Index into the page's scopes.
    pub scope: u32,
    /// What the phone must come to.
    pub sum: Sum,
}

impl Serialize for ScopeSum {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        (self.scope, self.sum.live, self.sum.sum).serialize(to)
    }
}

impl<'de> Deserialize<'de> for ScopeSum {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let (scope, live, sum) = Deserialize::deserialize(from)?;
        Ok(Self { scope, sum: Sum { live, sum } })
    }
}

/// An order-free sum over (kind, id, version) of live rows: adding and taking away a row
/// costs the same however many there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum {
    /// How many rows.
    pub live: i64,
    /// The wrapping sum of their fingerprints.
    pub sum: i64,
}

impl Sum {
    /// With one more row.
    #[must_use]
    pub fn with(self, kind: &Kind, id: RecordId, version: i64) -> Self {
        Self { live: self.live + 1, sum: self.sum.wrapping_add(fingerprint(kind, id, version)) }
    }

    /// With one row less.
    #[must_use]
    pub fn without(self, kind: &Kind, id: RecordId, version: i64) -> Self {
        Self { live: self.live - 1, sum: self.sum.wrapping_sub(fingerprint(kind, id, version)) }
    }
}

fn fingerprint(kind: &Kind, id: RecordId, version: i64) -> i64 {
    let digest = Sha256::new()
        .chain_update(id.0.as_bytes())
        .chain_update(version.to_be_bytes())
        .chain_update(kind.name().as_bytes())
        .finalize();
    let mut first = [0; 8];
    first.copy_from_slice(&digest[..8]);
    i64::from_be_bytes(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn sums_do_not_depend_on_order_and_undo_themselves() {
        let kind = Kind::known("visit");
        let (a, b) = (RecordId(Uuid::from_u128(1)), RecordId(Uuid::from_u128(2)));
        let sum = Sum::default().with(&kind, a, 1).with(&kind, b, 2);
        assert_eq!(sum, Sum::default().with(&kind, b, 2).with(&kind, a, 1));
        assert_eq!(sum.without(&kind, a, 1).without(&kind, b, 2), Sum::default());
        assert_ne!(sum, Sum::default().with(&kind, a, 2).with(&kind, b, 1));
    }
}
