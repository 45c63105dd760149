//! By what an account gets in.

use sync::AccountId;

use super::oidc::{self, Issuers};
use super::{account_of, passkeys_of};
use crate::db::Db;
use crate::error::Result;

/// The ways in that an account has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ways {
    /// A password.
    pub(crate) password: bool,
    /// So many passkeys.
    pub(crate) passkeys: usize,
    /// An agency's own sign-in, one that this server still asks.
    pub(crate) issuer: bool,
}

impl Ways {
    /// Whether there is one.
    pub(crate) fn any(&self) -> bool {
        self.password || self.passkeys > 0 || self.issuer
    }
}

/// The ways in that an account has.
pub(crate) fn ways_of(db: &mut Db, account: AccountId, issuers: &Issuers) -> Result<Ways> {
    let issued = oidc::issuers_of(db, account)?;
    Ok(Ways {
        password: account_of(db, account)?.is_some_and(|account| account.password_hash.is_some()),
        passkeys: passkeys_of(db, account)?.len(),
        issuer: issued.iter().any(|url| issuers.has(url)),
    })
}
