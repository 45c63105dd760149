//! The tables of sign-in: accounts, refresh tokens, invitations.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use sync::{AccountId, AgencyId, DeviceId, PersonId};
use uuid::Uuid;

use crate::db::Db;
use crate::db::types::{At, Id};
use crate::error::Result;
use crate::on;

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;
    account (id) {
        id -> Uid,
        login -> Text,
        password_hash -> Nullable<Text>,
        locale -> Text,
        created_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;
    refresh_token (hash) {
        hash -> Binary,
        device -> Uid,
        family -> Uid,
        issued_at -> Instant,
        expires_at -> Instant,
        used_at -> Nullable<Instant>,
        ended_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;
    invitation (agency, id) {
        agency -> Uid,
        id -> Uid,
        code_hash -> Binary,
        person -> Uid,
        ends_sign_ins -> Bool,
        made_by -> Nullable<Uid>,
        made_at -> Instant,
        expires_at -> Instant,
        used_at -> Nullable<Instant>,
        ended_at -> Nullable<Instant>,
    }
}

/// Somebody who can sign in.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = account)]
pub struct Account {
    /// The account.
    pub id: Id<AccountId>,
    /// What they sign in with, in the one spelling of `Login`.
    pub login: String,
    /// argon2id with its parameters; none where they sign in in other ways alone.
    pub password_hash: Option<String>,
    /// The language they read.
    pub locale: String,
    /// When it was made.
    pub created_at: At,
}

/// One refresh token, by its hash.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = refresh_token)]
pub(crate) struct RefreshRow {
    /// What is kept in the token's place.
    pub hash: Vec<u8>,
    /// Where it was given.
    pub device: Id<DeviceId>,
    /// The sign-in it belongs to.
    pub family: Id,
    /// When it was given.
    pub issued_at: At,
    /// When it stops being taken.
    pub expires_at: At,
    /// When it was first used.
    pub used_at: Option<At>,
    /// When its family was ended.
    pub ended_at: Option<At>,
}

/// A single-use code with which somebody signs in as a person from then on.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = invitation)]
pub struct Invitation {
    /// Where.
    pub agency: Id<AgencyId>,
    /// The invitation.
    pub id: Id,
    /// What is kept in the code's place.
    pub code_hash: Vec<u8>,
    /// Whom it makes the account.
    pub person: Id<PersonId>,
    /// Whether whoever was signed in as them until then is signed out.
    pub ends_sign_ins: bool,
    /// Who handed it out; nobody when it was made at the server's own terminal.
    pub made_by: Option<Id<PersonId>>,
    /// When.
    pub made_at: At,
    /// When it stops being taken.
    pub expires_at: At,
    /// When it was redeemed.
    pub used_at: Option<At>,
    /// When a newer one took its place.
    pub ended_at: Option<At>,
}

impl Invitation {
    /// Whether it can be redeemed.
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        self.used_at.is_none() && self.ended_at.is_none() && now < self.expires_at.0
    }
}

/// The account with that login.
pub(crate) fn account_by_login(db: &mut Db, login: &str) -> Result<Option<Account>> {
    Ok(on!(db => account::table
        .filter(account::login.eq(login))
        .select(Account::as_select())
        .first(db)
        .optional())?)
}

/// One account.
pub(crate) fn account_of(db: &mut Db, id: AccountId) -> Result<Option<Account>> {
    Ok(on!(db => account::table.find(Id(id)).select(Account::as_select()).first(db).optional())?)
}

/// Makes an account; says no when somebody has the login.
pub(crate) fn insert_account(db: &mut Db, new: &Account) -> Result<bool> {
    let rows = on!(db => diesel::insert_into(account::table)
        .values(new)
        .on_conflict(account::login)
        .do_nothing()
        .execute(db))?;
    Ok(rows == 1)
}

/// Gives an account another login and another password; says no when somebody has the login.
pub(crate) fn change_account(db: &mut Db, id: AccountId, login: &str, password_hash: &str) -> Result<bool> {
    if account_by_login(db, login)?.is_some_and(|other| other.id.0 != id) {
        return Ok(false);
    }
    on!(db => diesel::update(account::table.find(Id(id)))
        .set((account::login.eq(login), account::password_hash.eq(password_hash)))
        .execute(db))?;
    Ok(true)
}

/// The refresh token with that hash.
pub(crate) fn refresh_token(db: &mut Db, hash: &[u8]) -> Result<Option<RefreshRow>> {
    Ok(on!(db => refresh_token::table
        .find(hash)
        .select(RefreshRow::as_select())
        .first(db)
        .optional())?)
}

/// Keeps a new token.
pub(crate) fn insert_refresh(db: &mut Db, new: &RefreshRow) -> Result<()> {
    on!(db => diesel::insert_into(refresh_token::table).values(new).execute(db))?;
    Ok(())
}

/// Marks a token used; says no when another request was faster.
pub(crate) fn use_refresh(db: &mut Db, hash: &[u8], now: DateTime<Utc>) -> Result<bool> {
    let rows = on!(db => diesel::update(refresh_token::table.find(hash))
        .filter(refresh_token::used_at.is_null())
        .set(refresh_token::used_at.eq(At(now)))
        .execute(db))?;
    Ok(rows == 1)
}

/// Ends every token of a sign-in.
pub(crate) fn end_family(db: &mut Db, family: Uuid, device: DeviceId, now: DateTime<Utc>) -> Result<()> {
    on!(db => diesel::update(refresh_token::table)
        .filter(refresh_token::device.eq(Id(device)))
        .filter(refresh_token::family.eq(Id(family)))
        .filter(refresh_token::ended_at.is_null())
        .set(refresh_token::ended_at.eq(At(now)))
        .execute(db))?;
    Ok(())
}

/// Forgets what a device no longer needs: tokens of earlier sign-ins, and used ones that are
/// so old that whoever presents them is refused without further ado.
pub(crate) fn forget_refresh(db: &mut Db, device: DeviceId, current: Uuid, used_before: DateTime<Utc>) -> Result<()> {
    on!(db => diesel::delete(refresh_token::table)
        .filter(refresh_token::device.eq(Id(device)))
        .filter(refresh_token::family.ne(Id(current)).or(refresh_token::used_at.lt(At(used_before))))
        .execute(db))?;
    Ok(())
}

/// The invitation with that code.
pub(crate) fn invitation_by_code(db: &mut Db, code_hash: &[u8]) -> Result<Option<Invitation>> {
    Ok(on!(db => invitation::table
        .filter(invitation::code_hash.eq(code_hash))
        .select(Invitation::as_select())
        .first(db)
        .optional())?)
}

/// Uses an invitation up; says no when it is not, or no longer, to be had.
pub(crate) fn use_invitation(db: &mut Db, agency: AgencyId, id: Uuid, now: DateTime<Utc>) -> Result<bool> {
    let rows = on!(db => diesel::update(invitation::table.find((Id(agency), Id(id))))
        .filter(invitation::used_at.is_null())
        .filter(invitation::ended_at.is_null())
        .filter(invitation::expires_at.gt(At(now)))
        .set(invitation::used_at.eq(At(now)))
        .execute(db))?;
    Ok(rows == 1)
}

/// Keeps a new invitation; earlier ones for the same person end.
pub(crate) fn insert_invitation(db: &mut Db, new: &Invitation) -> Result<()> {
    on!(db => diesel::update(invitation::table)
        .filter(invitation::agency.eq(new.agency))
        .filter(invitation::person.eq(new.person))
        .filter(invitation::used_at.is_null())
        .filter(invitation::ended_at.is_null())
        .set(invitation::ended_at.eq(new.made_at))
        .execute(db))?;
    on!(db => diesel::insert_into(invitation::table).values(new).execute(db))?;
    Ok(())
}

/// Invitations of some people, oldest first.
pub(crate) fn invitations_of(db: &mut Db, agency: AgencyId, people: &[PersonId]) -> Result<Vec<Invitation>> {
    let people: Vec<_> = people.iter().map(|person| Id(*person)).collect();
    Ok(on!(db => invitation::table
        .filter(invitation::agency.eq(Id(agency)))
        .filter(invitation::person.eq_any(&people))
        .order((invitation::made_at, invitation::id))
        .select(Invitation::as_select())
        .load(db))?)
}
