//! The tables of passkeys: those there are, and what is being asked of one.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use sync::AccountId;
use uuid::Uuid;

use crate::db::Db;
use crate::db::types::{At, Id};
use crate::error::Result;
use crate::on;

/// Questions that may be open at once. Beyond it all are dropped: whoever was in the middle of
/// one tries again, and a flood fills nothing.
const MOST_CHALLENGES: i64 = 10_000;

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

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;
    passkey_challenge (id) {
        id -> Uid,
        account -> Nullable<Uid>,
        state -> Text,
        expires_at -> Instant,
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

/// What was asked and not answered yet.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = passkey_challenge)]
pub(super) struct ChallengeRow {
    /// The question.
    pub(super) id: Id,
    /// Whose answer alone counts; nobody's in particular at the door.
    pub(super) account: Option<Id<AccountId>>,
    /// What the answer is judged by, as the library writes it.
    pub(super) state: String,
    /// Until when.
    pub(super) expires_at: At,
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

/// Keeps a question. What is too old goes, and what the same account was asked before.
pub(super) fn insert_challenge(db: &mut Db, new: &ChallengeRow, now: DateTime<Utc>) -> Result<()> {
    on!(db => diesel::delete(passkey_challenge::table)
        .filter(passkey_challenge::expires_at.le(At(now)))
        .execute(db))?;
    if let Some(account) = new.account {
        on!(db => diesel::delete(passkey_challenge::table)
            .filter(passkey_challenge::account.eq(account))
            .execute(db))?;
    }
    let open: i64 = on!(db => passkey_challenge::table.count().get_result(db))?;
    if open >= MOST_CHALLENGES {
        on!(db => diesel::delete(passkey_challenge::table).execute(db))?;
    }
    on!(db => diesel::insert_into(passkey_challenge::table).values(new).execute(db))?;
    Ok(())
}

/// Takes a question to an account back, so that it is answered once; `None` if it is too late.
pub(super) fn take_challenge(
    db: &mut Db,
    id: Uuid,
    account: Option<AccountId>,
    now: DateTime<Utc>,
) -> Result<Option<String>> {
    let question = passkey_challenge::table.find(Id(id));
    let kept: Option<(Option<Id<AccountId>>, String)> = on!(db => question
        .filter(passkey_challenge::expires_at.gt(At(now)))
        .select((passkey_challenge::account, passkey_challenge::state))
        .first(db)
        .optional())?;
    let Some((_, state)) = kept.filter(|(whose, _)| *whose == account.map(Id)) else { return Ok(None) };
    // Of several answers at once, one is judged.
    let rows = on!(db => diesel::delete(question).execute(db))?;
    Ok((rows == 1).then_some(state))
}
