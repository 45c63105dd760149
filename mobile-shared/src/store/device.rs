//! The accounts that have a copy on this phone, whose is open, and what there is to tell at
//! the door.

use super::{
    files::Files,
    tables::{Key, account, notice},
};
use crate::error::{Error, Result};
use diesel::prelude::*;
use diesel_migrations::{EmbeddedMigrations, embed_migrations};
use serde::{Deserialize, Serialize};
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
    /// Whether it is open, or opens next.
    pub(crate) is_open: bool,
    /// In which of its files the copy lies: [`super::open`].
    pub(crate) generation: i32,
    /// The copy as the server knows it. Of one that is not encrypted it stands in the copy itself.
    pub(crate) store: Option<StoreId>,
}

/// Opens the list, or makes it.
pub(crate) fn open(files: &Files) -> Result<SqliteConnection> {
    files.open("device.db", None, DEVICE)
}

/// All accounts with a copy here, by name.
pub(crate) fn all(db: &mut SqliteConnection) -> Result<Vec<Kept>> {
    type Row = (Key, String, String, bool, i32, Option<Key>);
    let rows: Vec<Row> = account::table.order((account::name, account::id)).load(db)?;
    let kept = rows.into_iter().map(|(id, login, name, is_open, generation, store)| Kept {
        id: id.to(),
        login,
        name,
        is_open,
        generation,
        store: store.map(Key::to),
    });
    Ok(kept.collect())
}

/// The line of one account.
pub(crate) fn find(db: &mut SqliteConnection, id: AccountId) -> Result<Option<Kept>> {
    Ok(all(db)?.into_iter().find(|kept| kept.id == id))
}

/// Lists an account, or brings its line up to date; its copy is the open one now.
pub(crate) fn opened(db: &mut SqliteConnection, kept: &Kept) -> Result<()> {
    db.transaction(|db| {
        closed(db)?;
        diesel::replace_into(account::table)
            .values((
                account::id.eq(Key::of(kept.id)),
                account::login.eq(&kept.login),
                account::name.eq(&kept.name),
                account::is_open.eq(true),
                account::generation.eq(kept.generation),
                account::store.eq(kept.store.map(Key::of)),
            ))
            .execute(db)?;
        Ok(())
    })
}

/// The copy lies in this of its files from now on.
pub(crate) fn moved(db: &mut SqliteConnection, id: AccountId, generation: i32) -> Result<()> {
    diesel::update(account::table.find(Key::of(id))).set(account::generation.eq(generation)).execute(db)?;
    Ok(())
}

/// The server knows the copy by another name from now on.
pub(crate) fn renamed(db: &mut SqliteConnection, id: AccountId, store: StoreId) -> Result<()> {
    diesel::update(account::table.find(Key::of(id))).set(account::store.eq(Key::of(store))).execute(db)?;
    Ok(())
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

/// What has to be told at the door.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Notice {
    /// Why.
    pub(crate) code: String,
    /// Which part of what was typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) field: Option<String>,
    /// What was destroyed before the server had it: what was intended and when, epoch ms.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) lost: Vec<Lost>,
}

/// Something that the server never received.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Lost {
    pub(crate) name: String,
    pub(crate) at: i64,
    /// The child's initials, for their owner's eyes: never written down.
    #[serde(skip)]
    pub(crate) initials: String,
}

/// What has to be told, if anything.
pub(crate) fn find_notice(db: &mut SqliteConnection) -> Result<Option<Notice>> {
    let value: Option<String> = notice::table.select(notice::value).first(db).optional()?;
    value.map(|text| serde_json::from_str(&text)).transpose().map_err(Error::Damaged)
}

/// Tells this from now on, or nothing any more.
pub(crate) fn tell(db: &mut SqliteConnection, told: Option<&Notice>) -> Result<()> {
    match told {
        None => diesel::delete(notice::table).execute(db)?,
        Some(told) => {
            let value = serde_json::to_string(told).map_err(Error::Damaged)?;
            diesel::replace_into(notice::table).values((notice::id.eq(1), notice::value.eq(value))).execute(db)?
        }
    };
    Ok(())
}
