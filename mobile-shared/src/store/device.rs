//! The accounts that have a copy on this phone, and whose is open.

use super::{
    files::Files,
    tables::{Key, account},
};
use crate::error::Result;
use diesel::prelude::*;
use diesel_migrations::{EmbeddedMigrations, embed_migrations};
use sync::{AccountId, StoreId};

const DEVICE: EmbeddedMigrations = embed_migrations!("migrations/device");

/// An account with a copy here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Kept {
    /// The account.
    pub(crate) id: AccountId,
    /// What they sign in with.
    pub(crate) login: String,
    /// What they are called.
    pub(crate) name: String,
    /// Their copy.
    pub(crate) store: StoreId,
    /// Whether it is open.
    pub(crate) is_open: bool,
}

/// Opens the list, or makes it.
pub(crate) fn open(files: &Files) -> Result<SqliteConnection> {
    files.open("device.db", DEVICE)
}

/// All accounts with a copy here, by name.
pub(crate) fn all(db: &mut SqliteConnection) -> Result<Vec<Kept>> {
    let rows: Vec<(Key, String, String, Key, bool)> = account::table.order((account::name, account::id)).load(db)?;
    Ok(rows
        .into_iter()
        .map(|(id, login, name, store, is_open)| Kept { id: id.to(), login, name, store: store.to(), is_open })
        .collect())
}

/// Lists an account, or brings its line up to date; its copy is the open one now.
pub(crate) fn opened(db: &mut SqliteConnection, id: AccountId, login: &str, name: &str, store: StoreId) -> Result<()> {
    db.transaction(|db| {
        closed(db)?;
        diesel::replace_into(account::table)
            .values((
                account::id.eq(Key::of(id)),
                account::login.eq(login),
                account::name.eq(name),
                account::store.eq(Key::of(store)),
                account::is_open.eq(true),
            ))
            .execute(db)?;
        Ok(())
    })
}

/// No copy is open now.
pub(crate) fn closed(db: &mut SqliteConnection) -> Result<()> {
    diesel::update(account::table).set(account::is_open.eq(false)).execute(db)?;
    Ok(())
}

/// The account has no copy here any more.
pub(crate) fn forget(db: &mut SqliteConnection, id: AccountId) -> Result<()> {
    diesel::delete(account::table.find(Key::of(id))).execute(db)?;
    Ok(())
}
