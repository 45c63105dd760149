//! The key of a person's copy. Whoever holds the core makes it, keeps it wrapped, and hands it
//! in; here it lives for as long as the copy takes to open.

use crate::error::{Error, Result};
use diesel::{RunQueryDsl as _, SqliteConnection, connection::SimpleConnection, sql_query};
use std::{array::TryFromSliceError, fmt};
use zeroize::Zeroizing;

/// 32 random bytes. They are overwritten when they are let go, and printed nowhere.
pub struct StoreKey(Zeroizing<[u8; 32]>);

impl StoreKey {
    /// Lets this connection read and write its file. It must be the first thing that is said to it.
    pub(super) fn open(&self, db: &mut SqliteConnection) -> Result<()> {
        db.batch_execute(&Zeroizing::new(format!("PRAGMA key = \"{}\"", *self.spelled())))?;
        match sql_query("SELECT count(*) FROM sqlite_schema").execute(db) {
            Err(error) if error.to_string().contains("not a database") => Err(Error::WrongKey),
            other => Ok(other.map(drop)?),
        }
    }

    /// Lays another file under this key beside the one that is open, as `anew`.
    pub(super) fn attach(&self, db: &mut SqliteConnection, address: &str) -> Result<()> {
        let address = address.replace('\'', "''");
        let key = Zeroizing::new(self.spelled().replace('\'', "''"));
        let words = Zeroizing::new(format!("ATTACH DATABASE '{address}' AS anew KEY '{}'", *key));
        db.batch_execute(&words)?;
        Ok(db.batch_execute("PRAGMA anew.synchronous = FULL")?)
    }

    /// The key itself, as both SQLCipher and SQLite3MultipleCiphers read one; no password that
    /// would be stretched first.
    fn spelled(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(67));
        text.push_str("x'");
        for byte in self.0.iter() {
            for half in [byte >> 4, byte & 15] {
                text.extend(char::from_digit(u32::from(half), 16));
            }
        }
        text.push('\'');
        text
    }
}

impl TryFrom<&[u8]> for StoreKey {
    type Error = TryFromSliceError;

    fn try_from(bytes: &[u8]) -> Result<Self, TryFromSliceError> {
        Ok(Self(Zeroizing::new(bytes.try_into()?)))
    }
}

impl fmt::Debug for StoreKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StoreKey")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_spelled_in_full_and_printed_nowhere() {
        let bytes: Vec<u8> = (0..32).map(|n| n * 8).collect();
        let key = StoreKey::try_from(bytes.as_slice()).expect("32 bytes");
        assert_eq!(*key.spelled(), "x'0008101820283038404850586068707880889098a0a8b0b8c0c8d0d8e0e8f0f8'");
        assert_eq!(format!("{key:?}"), "StoreKey");
        assert!(StoreKey::try_from(&bytes[1..]).is_err());
    }
}
