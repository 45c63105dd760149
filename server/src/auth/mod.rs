//! Sign-in: accounts with passwords and passkeys, an agency's own sign-in for its staff, codes that
//! people hand out, short access tokens and refresh tokens that rotate and are bound to a device.
//!
//! Nothing secret is kept: passwords as argon2id hashes, tokens and codes as keyed hashes, of
//! passkeys the public half. Every way to sign in ends alike: with an account and a device.

pub mod access_token;
mod answer;
pub mod caller;
mod challenge;
pub mod code;
pub mod command;
pub mod cookie;
pub(crate) mod invite;
pub mod keys;
pub mod login;
pub mod oidc;
pub mod passkey;
pub mod password;
pub mod refresh;
pub mod routes;
pub(crate) mod rows;
pub mod sign_in;
pub mod throttle;
mod ways;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use chrono::TimeDelta;

use self::cookie::Cookies;
use self::keys::Keys;
use self::login::Login;
use self::oidc::Issuers;
use self::passkey::party::Party;
use self::password::Hasher;
use self::throttle::{Limit, Throttle};
use crate::door::address::Network;

pub use self::caller::Caller;
#[cfg(feature = "testing")]
pub(crate) use self::passkey::add_passkey;
pub(crate) use self::passkey::passkeys_of;
#[cfg(test)]
pub(crate) use self::rows::account_by_login;
pub(crate) use self::rows::insert_account;
pub use self::rows::{Account, Invitation};
pub(crate) use self::rows::{account_of, invitations_of};
pub(crate) use self::ways::ways_of;

/// What sign-in needs beside the database; one for a process.
#[derive(Clone)]
pub struct Auth {
    /// Derived from the installation's secret.
    pub keys: Keys,
    /// Where passwords are hashed.
    pub hasher: Hasher,
    /// How cookies are written.
    pub cookies: Cookies,
    /// Where passkeys are made and taken; nowhere while the server does not know its address.
    pub passkeys: Option<Party>,
    /// The agencies' own sign-ins.
    pub issuers: Issuers,
    sign_ins: Arc<Throttle<(Option<Login>, Network)>>,
    codes: Arc<Throttle<Network>>,
    passkey_tries: Arc<Throttle<Network>>,
    issuer_tries: Arc<Throttle<Network>>,
}

impl Auth {
    /// Sign-in with the installation's secret; `secure` where browsers come by https.
    pub fn new(secret: [u8; 32], secure: bool) -> Self {
        let limit = |attempts| Limit { attempts, within: TimeDelta::minutes(15) };
        Self {
            keys: Keys::new(secret),
            hasher: Hasher::new(2),
            cookies: Cookies { secure },
            passkeys: None,
            issuers: Issuers::default(),
            sign_ins: Arc::new(Throttle::new(limit(10))),
            // A whole school evening may sit behind one address, and codes are mistyped.
            codes: Arc::new(Throttle::new(limit(30))),
            passkey_tries: Arc::new(Throttle::new(limit(30))),
            issuer_tries: Arc::new(Throttle::new(limit(30))),
        }
    }

    /// The same, with passkeys at the address where browsers reach this server.
    pub fn with_passkeys(self, passkeys: Option<Party>) -> Self {
        Self { passkeys, ..self }
    }

    /// The same, with agencies' own sign-ins.
    pub fn with_issuers(self, issuers: Issuers) -> Self {
        Self { issuers, ..self }
    }
}
