//! The cursor: how far a person's copy has come in each scope. Opaque to phones,
//! authenticated, bound to the account, and complete in itself: the server keeps nothing.

use crate::{AccountId, Scope};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::{
    collections::BTreeMap,
    io::{Read, Write},
};
use uuid::Uuid;

const TAG: usize = 16;
const MAX_OPEN: u64 = 256 * 1024;

/// How far a copy has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// The database it was made by; a restore makes a new one.
    pub epoch: Uuid,
    /// The layout of scopes that it was made under; another one has other records in them.
    pub layout: u16,
    /// The version up to which each scope is known.
    pub scopes: BTreeMap<Scope, i64>,
    /// Of scopes that came from nothing and are not all here yet: the scope's version as that
    /// began. What had gone by then was never sent, so nobody has to remember that it went.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub filling: BTreeMap<Scope, i64>,
}

/// The text is not a cursor that this server made for this account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a cursor of this server for this account")]
pub struct Foreign;

impl Cursor {
    /// Makes the text that a phone keeps.
    pub fn seal(&self, key: &[u8], account: AccountId) -> String {
        let json = serde_json::to_vec(self).expect("a cursor has string keys");
        let mut packed = DeflateEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(&json).expect("writing to memory does not fail");
        let packed = packed.finish().expect("writing to memory does not fail");
        let mut sealed = tag(key, account, &packed).finalize().into_bytes()[..TAG].to_vec();
        sealed.extend(packed);
        URL_SAFE_NO_PAD.encode(sealed)
    }

    /// Reads what [`Cursor::seal`] made; anything else is foreign.
    pub fn open(text: &str, key: &[u8], account: AccountId) -> Result<Self, Foreign> {
        let sealed = URL_SAFE_NO_PAD.decode(text).map_err(|_| Foreign)?;
        let (mac, packed) = sealed.split_at_checked(TAG).ok_or(Foreign)?;
        tag(key, account, packed).verify_truncated_left(mac).map_err(|_| Foreign)?;
        let mut json = Vec::new();
        DeflateDecoder::new(packed).take(MAX_OPEN).read_to_end(&mut json).map_err(|_| Foreign)?;
        serde_json::from_slice(&json).map_err(|_| Foreign)
    }
}

fn tag(key: &[u8], account: AccountId, packed: &[u8]) -> Hmac<Sha256> {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("any length of key will do");
    mac.update(b"aimline cursor 1");
    mac.update(account.0.as_bytes());
    mac.update(packed);
    mac
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::AgencyId;

    #[test]
    fn a_cursor_opens_for_its_account_only_and_not_after_tampering() {
        let account = AccountId(Uuid::from_u128(1));
        let scope = Scope::new(AgencyId(Uuid::from_u128(2)), "reference");
        let (scopes, filling) = (BTreeMap::from([(scope.clone(), 42)]), BTreeMap::from([(scope, 90)]));
        let cursor = Cursor { epoch: Uuid::from_u128(3), layout: 1, scopes, filling };
        let text = cursor.seal(b"key", account);
        assert_eq!(Cursor::open(&text, b"key", account), Ok(cursor));
        assert_eq!(Cursor::open(&text, b"key", AccountId(Uuid::from_u128(9))), Err(Foreign));
        assert_eq!(Cursor::open(&text, b"other", account), Err(Foreign));
        let mut torn = text.clone();
        torn.replace_range(30..31, if &text[30..31] == "A" { "B" } else { "A" });
        assert_eq!(Cursor::open(&torn, b"key", account), Err(Foreign));
        assert_eq!(Cursor::open("", b"key", account), Err(Foreign));
    }
}
