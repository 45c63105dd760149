//! What lies on this phone: one SQLite file for each person who signed in here, and one
//! small file that lists them.
//!
//! Plain functions over a connection. They decide nothing: `sync::replica` and `domain`
//! do, and whoever calls holds the transaction, so that one event is kept whole or not at
//! all.

pub(crate) mod compare;
pub(crate) mod device;
pub(crate) mod draft;
pub(crate) mod files;
pub(crate) mod meta;
pub(crate) mod outbox;
pub(crate) mod previews;
pub(crate) mod purge;
pub(crate) mod records;
pub(crate) mod rounds;
mod rows;
pub(crate) mod settle;
pub(crate) mod tables;
pub(crate) mod withdraw;

pub use files::Files;

use crate::error::Result;
use diesel::SqliteConnection;
use diesel_migrations::{EmbeddedMigrations, embed_migrations};
use sync::AccountId;

const PERSON: EmbeddedMigrations = embed_migrations!("migrations/person");

/// Opens one person's copy, or makes it.
pub(crate) fn open(files: &Files, account: AccountId) -> Result<SqliteConnection> {
    files.open(&name_of(account), PERSON)
}

/// Destroys one person's copy, which nobody has open.
pub(crate) fn destroy(files: &Files, account: AccountId) -> Result<()> {
    files.remove(&name_of(account))
}

fn name_of(account: AccountId) -> String {
    format!("{}.db", account.0.simple())
}
