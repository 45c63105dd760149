//! An operation at the door: read once, for all that is asked of it there.

use super::tx::Key;
use domain::{Intent, check::Fault};
use sync::{
    Change, Micros, OperationId,
    operation::{Digest, Sent},
};

/// What was sent, what makes it recognisable, what it means, and which records it looks at.
#[derive(Debug)]
pub struct Asked {
    pub(super) sent: Sent,
    pub(super) digest: Digest,
    pub(super) intent: Result<Intent, Fault>,
    pub(super) keys: Vec<Key>,
}

impl Asked {
    /// Which one.
    pub fn id(&self) -> OperationId {
        self.sent.operation.id
    }

    /// Its digest.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// The operation, and the bytes in which it was written.
    pub fn sent(&self) -> &Sent {
        &self.sent
    }

    /// Every record that it reads or writes; none if it cannot be read.
    pub fn keys(&self) -> impl Iterator<Item = Key> {
        self.keys.iter().cloned()
    }
}

impl From<Sent> for Asked {
    fn from(sent: Sent) -> Self {
        let intent = Intent::read(&sent.operation);
        let keys = intent.as_ref().map(keys_of).unwrap_or_default();
        Self { digest: sent.digest(), intent, keys, sent }
    }
}

fn keys_of(intent: &Intent) -> Vec<Key> {
    let mut keys = intent.refers();
    keys.extend(intent.changes(Micros::default()).iter().map(Change::key).map(|(kind, id)| (kind.clone(), id)));
    keys
}
