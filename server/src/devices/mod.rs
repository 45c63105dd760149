//! Devices: the places where an account is signed in, and signing one out from elsewhere.
//!
//! A device's row is what takes an access token back before its time: it is looked up with
//! every request. How one signs in is `auth`'s matter.

pub mod graphql;
pub(crate) mod rows;

use crate::db::Db;
use crate::error::Result;
use chrono::{DateTime, Utc};
use sync::{AccountId, DeviceId, StoreId};
use uuid::Uuid;

pub use self::rows::Arrival;
pub(crate) use self::rows::{arrive, device_of, devices_of, seen, sign_out, sign_out_all};

/// The longest name of a device.
pub(crate) const LONGEST_NAME: usize = 100;

/// What kind of place it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DeviceKind {
    /// A phone's store: works offline, for months.
    Phone,
    /// A browser session.
    Web,
}

/// How a device stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Signed in.
    SignedIn,
    /// Signed out on it, or its sign-in was ended.
    SignedOut,
    /// Signed out from elsewhere: its copy has to go.
    Revoked,
}

/// A place where an account is or was signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// The device.
    pub id: DeviceId,
    /// Whose it is.
    pub account: AccountId,
    /// Phone or browser.
    pub kind: DeviceKind,
    /// What its owner would call it.
    pub name: String,
    /// The phone's copy; a browser has none.
    pub store: Option<StoreId>,
    /// The sign-in that is current on it.
    pub family: Uuid,
    /// When it first signed in.
    pub created_at: DateTime<Utc>,
    /// When somebody last showed there who they are.
    pub signed_in_at: DateTime<Utc>,
    /// When it last signed in or refreshed.
    pub last_seen_at: DateTime<Utc>,
    /// When it was signed out.
    pub signed_out_at: Option<DateTime<Utc>>,
    /// When it was signed out from elsewhere.
    pub revoked_at: Option<DateTime<Utc>>,
}

impl Device {
    /// How it stands.
    pub fn standing(&self) -> Standing {
        match (self.revoked_at, self.signed_out_at) {
            (Some(_), _) => Standing::Revoked,
            (None, Some(_)) => Standing::SignedOut,
            (None, None) => Standing::SignedIn,
        }
    }

    /// Whether tokens of that sign-in count on it.
    pub fn is_signed_in(&self, family: Uuid) -> bool {
        self.standing() == Standing::SignedIn && self.family == family
    }
}

/// How many phones have signed in to this database, on any account.
pub fn phones(db: &mut Db) -> Result<i64> {
    rows::phones(db)
}
