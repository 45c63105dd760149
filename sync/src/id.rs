//! Ids are types, minted anywhere, sortable by time, never a bare uuid by accident.

use crate::time::Micros;
use sha2::{Digest, Sha256};

/// Declares an id: a UUID (version 7 when minted, version 5 when derived) with a type of its own.
#[macro_export]
macro_rules! id {
    ($($(#[$doc:meta])* $name:ident)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub uuid::Uuid);

        impl From<uuid::Uuid> for $name {
            fn from(id: uuid::Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for uuid::Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

id! {
    /// A tenant. Everything about a child is keyed by it first.
    AgencyId
    /// Somebody who can sign in; may be a person in several agencies.
    AccountId
    /// An adult or adult student as one agency knows them.
    PersonId
    /// One place where an account is signed in.
    DeviceId
    /// One phone's copy for one account. Made at first sign-in, never restored from a
    /// phone backup, new after a reinstall.
    StoreId
    /// One thing a person did. It is the same operation if id and bytes are the same.
    OperationId
    /// One replicated record, of any kind.
    RecordId
}

/// Ids for one event, all derived from its time and 16 random bytes, so that a test can
/// repeat them.
#[derive(Clone, Debug)]
pub struct IdSource {
    now: Micros,
    entropy: [u8; 16],
    minted: u32,
}

impl IdSource {
    /// A source for one event at `now`; `entropy` must be fresh for each event.
    pub fn new(now: Micros, entropy: [u8; 16]) -> Self {
        Self { now, entropy, minted: 0 }
    }

    /// The next id: version 7, so that ids sort by the time they were minted.
    pub fn mint<T: From<uuid::Uuid>>(&mut self) -> T {
        let digest = Sha256::new().chain_update(self.entropy).chain_update(self.minted.to_be_bytes()).finalize();
        self.minted += 1;
        let mut random = [0; 10];
        random.copy_from_slice(&digest[..10]);
        uuid::Builder::from_unix_timestamp_millis(self.now.millis().max(0).unsigned_abs(), &random).into_uuid().into()
    }
}

/// An id that everybody derives alike from another and a name, such as the one family
/// statement of a student.
pub fn derived<T: From<uuid::Uuid>>(of: uuid::Uuid, name: &str) -> T {
    uuid::Uuid::new_v5(&of, name.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_repeat_for_the_same_event_and_differ_within_it() {
        let mut one = IdSource::new(Micros(1_790_000_000_000_000), [7; 16]);
        let mut two = one.clone();
        let first: OperationId = one.mint();
        assert_eq!(first, two.mint());
        assert_ne!(first, one.mint());
        assert_eq!(first.0.get_version_num(), 7);
    }
}
