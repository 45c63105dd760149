//! What a copy knows of itself: whose it is, its sign-in, and how far the contact came.

use super::tables::meta;
use crate::error::{Error, Result};
use diesel::prelude::*;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::collections::BTreeSet;
use sync::{AccountId, AgencyId, Micros, PersonId, StoreId, replica::lease::Lease};

/// Something kept as JSON under a name of its own.
pub(crate) trait Meta: Serialize + DeserializeOwned {
    /// The name.
    const NAME: &'static str;

    /// What is kept, if anything is.
    fn find(db: &mut SqliteConnection) -> Result<Option<Self>> {
        let value: Option<String> = meta::table.find(Self::NAME).select(meta::value).first(db).optional()?;
        value.map(|text| serde_json::from_str(&text)).transpose().map_err(Error::Damaged)
    }

    /// Keeps it.
    fn keep(&self, db: &mut SqliteConnection) -> Result<()> {
        let value = serde_json::to_string(self).map_err(Error::Damaged)?;
        diesel::replace_into(meta::table).values((meta::name.eq(Self::NAME), meta::value.eq(value))).execute(db)?;
        Ok(())
    }

    /// Forgets it.
    fn remove(db: &mut SqliteConnection) -> Result<()> {
        diesel::delete(meta::table.find(Self::NAME)).execute(db)?;
        Ok(())
    }
}

/// Whose copy this is, as the server said at the last sign-in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Account {
    pub(crate) id: AccountId,
    pub(crate) login: String,
    pub(crate) locale: String,
    /// Who they are in each agency.
    pub(crate) people: Vec<Person>,
}

/// Who an account is in one agency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Person {
    pub(crate) agency: Agency,
    pub(crate) person: PersonId,
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) staff_role: Option<String>,
}

/// An agency, as far as screens name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Agency {
    pub(crate) id: AgencyId,
    pub(crate) name: String,
    pub(crate) time_zone: String,
}

impl Account {
    /// Who the account is in an agency.
    pub(crate) fn in_agency(&self, agency: AgencyId) -> Option<&Person> {
        self.people.iter().find(|person| person.agency.id == agency)
    }

    /// What to call them on this phone.
    pub(crate) fn name(&self) -> &str {
        self.people.first().map_or(&self.login, |person| &person.name)
    }
}

impl Meta for Account {
    const NAME: &'static str = "account";
}

/// The sign-in. Not there: signed out, the copy is locked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SignIn {
    pub(crate) access: String,
    /// By the server's clock.
    pub(crate) access_until: Micros,
    pub(crate) refresh: String,
    /// The server refused to go on: reading goes on, sending waits for a new sign-in.
    pub(crate) expired: bool,
}

impl Meta for SignIn {
    const NAME: &'static str = "signIn";
}

/// How far the contact with the server came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Contact {
    /// This copy, as the server knows it.
    pub(crate) store: StoreId,
    /// After the last page that was stored.
    #[serde(default)]
    pub(crate) cursor: Option<String>,
    /// Agencies to be asked how far their stream came: the server was restored.
    #[serde(default)]
    pub(crate) probe: BTreeSet<AgencyId>,
    /// Server minus device, in microseconds.
    #[serde(default)]
    pub(crate) offset: i64,
    /// When the last round was completed, by the server's clock.
    #[serde(default)]
    pub(crate) last: Option<Micros>,
    /// When a dated fact changes what may be seen, by the server's clock.
    #[serde(default)]
    pub(crate) next_change: Option<Micros>,
    /// This build is too old to read what the server sends.
    #[serde(default)]
    pub(crate) too_old: bool,
}

impl Meta for Contact {
    const NAME: &'static str = "contact";
}

/// For how much longer the copy may be read. Not there: for ever, as far as its server said.
impl Meta for Lease {
    const NAME: &'static str = "lease";
}

impl Contact {
    /// Of a copy that was just made.
    pub(crate) fn new(store: StoreId) -> Self {
        Self { store, cursor: None, probe: BTreeSet::new(), offset: 0, last: None, next_change: None, too_old: false }
    }

    /// The server's reading of a moment on this phone.
    pub(crate) fn server(&self, now: Micros) -> Micros {
        now.plus(self.offset)
    }

    /// This phone's reading of a moment on the server.
    pub(crate) fn device(&self, moment: Micros) -> Micros {
        moment.plus(-self.offset)
    }
}
