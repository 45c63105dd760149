//! The table of passkeys.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use sync::AccountId;
use uuid::Uuid;

use crate::db::Db;
use crate::db::types::{At, Id};
use crate::error::Result;
use crate::on;

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;
    passkey (id) {
        id -> Uid,
        account -> Uid,
        credential_id -> Binary,
        credential -> Text,
        name -> Text,
        created_at -> Instant,
        last_used_at -> Nullable<Instant>,
    }
}

/// A passkey of an account.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = passkey)]
pub(crate) struct PasskeyRow {
    /// The passkey.
    pub(crate) id: Id,
    /// Whose.
    pub(crate) account: Id<AccountId>,
    /// What its authenticator calls it.
    pub(crate) credential_id: Vec<u8>,
    /// Its public half and its counter, as the library writes them.
    pub(crate) credential: String,
    /// What its owner calls it.
    pub(crate) name: String,
    /// When it was made.
    pub(crate) created_at: At,
    /// When somebody last signed in with it.
    pub(crate) last_used_at: Option<At>,
}

/// An account's passkeys, in the order in which they were made.
pub(crate) fn passkeys_of(db: &mut Db, account: AccountId) -> Result<Vec<PasskeyRow>> {
    Ok(on!(db => passkey::table
        .filter(passkey::account.eq(Id(account)))
        .order((passkey::created_at, passkey::id))
        .select(PasskeyRow::as_select())
        .load(db))?)
}

/// The passkey that its authenticator calls so.
pub(super) fn passkey_by_credential(db: &mut Db, credential_id: &[u8]) -> Result<Option<PasskeyRow>> {
    Ok(on!(db => passkey::table
        .filter(passkey::credential_id.eq(credential_id))
        .select(PasskeyRow::as_select())
        .first(db)
        .optional())?)
}

/// Keeps a new passkey; says no when it is known already, whosever it is.
pub(super) fn insert_passkey(db: &mut Db, new: &PasskeyRow) -> Result<bool> {
    let rows = on!(db => diesel::insert_into(passkey::table)
        .values(new)
        .on_conflict(passkey::credential_id)
        .do_nothing()
        .execute(db))?;
    Ok(rows == 1)
}

/// Somebody signed in with it.
pub(super) fn used(db: &mut Db, id: Uuid, credential: &str, now: DateTime<Utc>) -> Result<()> {
    on!(db => diesel::update(passkey::table.find(Id(id)))
        .set((passkey::credential.eq(credential), passkey::last_used_at.eq(At(now))))
        .execute(db))?;
    Ok(())
}

/// Calls one of an account's passkeys something else; says no when it has none such.
pub(super) fn rename(db: &mut Db, account: AccountId, id: Uuid, name: &str) -> Result<bool> {
    let rows = on!(db => diesel::update(passkey::table.find(Id(id)))
        .filter(passkey::account.eq(Id(account)))
        .set(passkey::name.eq(name))
        .execute(db))?;
    Ok(rows == 1)
}

/// Forgets one of an account's passkeys.
pub(super) fn remove(db: &mut Db, account: AccountId, id: Uuid) -> Result<()> {
    on!(db => diesel::delete(passkey::table.find(Id(id))).filter(passkey::account.eq(Id(account))).execute(db))?;
    Ok(())
}

/// Forgets all passkeys of an account.
pub(in crate::auth) fn remove_all(db: &mut Db, account: AccountId) -> Result<()> {
    on!(db => diesel::delete(passkey::table).filter(passkey::account.eq(Id(account))).execute(db))?;
    Ok(())
}

/// Adds a passkey that nobody holds.
#[cfg(feature = "testing")]
pub(crate) fn add_passkey(db: &mut Db, account: AccountId, id: Uuid, name: &str, now: DateTime<Utc>) -> Result<()> {
    let row = PasskeyRow {
        id: Id(id),
        account: Id(account),
        credential_id: id.as_bytes().to_vec(),
        credential: "{}".to_owned(),
        name: name.to_owned(),
        created_at: At(now),
        last_used_at: None,
    };
    insert_passkey(db, &row)?;
    Ok(())
}
