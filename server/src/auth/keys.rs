//! Every key of sign-in, derived from the one secret of the installation.
//!
//! Each use has its own key, so that what one part signs means nothing to another.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// What a signature is for. The text is part of the key: changing one signs everybody out
/// of that use.
#[derive(Clone, Copy, Debug)]
pub enum Use {
    /// Access tokens.
    Access,
    /// The next refresh token after a used one.
    Successor,
    /// The kept form of refresh tokens.
    Refresh,
    /// Invitation codes, drawn from what asked for them.
    Code,
    /// The kept form of invitation codes, which are short enough to be tried one by one by
    /// whoever holds the table but not the secret.
    Invitation,
    /// Replication cursors.
    Cursor,
}

impl Use {
    const fn label(self) -> &'static [u8] {
        match self {
            Self::Access => b"aimline access token 1",
            Self::Successor => b"aimline refresh successor 1",
            Self::Refresh => b"aimline refresh hash 1",
            Self::Code => b"aimline invitation code 1",
            Self::Invitation => b"aimline invitation hash 1",
            Self::Cursor => b"aimline sync cursor 1",
        }
    }
}

/// The keys of one installation.
#[derive(Clone)]
pub struct Keys {
    root: [u8; 32],
}

impl Keys {
    /// Keys from the installation's secret, which never leaves this process.
    pub fn new(secret: [u8; 32]) -> Self {
        Self { root: secret }
    }

    /// The signature of `message` for one use.
    pub fn sign(&self, purpose: Use, message: &[u8]) -> [u8; 32] {
        let key = mac(&self.root, purpose.label()).finalize().into_bytes();
        mac(&key, message).finalize().into_bytes().into()
    }

    /// Whether `signature` is that of `message`, taking the same time for every wrong one.
    pub fn verifies(&self, purpose: Use, message: &[u8], signature: &[u8]) -> bool {
        let key = mac(&self.root, purpose.label()).finalize().into_bytes();
        mac(&key, message).verify_slice(signature).is_ok()
    }
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(…)")
    }
}

fn mac(key: &[u8], message: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(message);
    mac
}
