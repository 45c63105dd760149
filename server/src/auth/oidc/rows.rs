//! The table of who is called what by an issuer.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use sync::AccountId;

use super::issuer::Who;
use crate::db::Db;
use crate::db::types::{At, Id};
use crate::error::Result;
use crate::on;

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;
    issued_subject (issuer, subject) {
        issuer -> Text,
        subject -> Text,
        account -> Uid,
        linked_at -> Instant,
        last_used_at -> Nullable<Instant>,
    }
}

/// Whom an issuer calls so.
pub(super) fn account_called(db: &mut Db, who: &Who) -> Result<Option<AccountId>> {
    let account: Option<Id<AccountId>> = on!(db => issued_subject::table
        .find((&who.issuer, &who.subject))
        .select(issued_subject::account)
        .first(db)
        .optional())?;
    Ok(account.map(|account| account.0))
}

/// The issuers that know an account.
pub(in crate::auth) fn issuers_of(db: &mut Db, account: AccountId) -> Result<Vec<String>> {
    Ok(on!(db => issued_subject::table
        .filter(issued_subject::account.eq(Id(account)))
        .order(issued_subject::issuer)
        .select(issued_subject::issuer)
        .load(db))?)
}

/// From now on an issuer calls an account so; says no when it calls it otherwise already, or calls
/// another so.
pub(super) fn link(db: &mut Db, who: &Who, account: AccountId, now: DateTime<Utc>) -> Result<bool> {
    let row = (
        issued_subject::issuer.eq(&who.issuer),
        issued_subject::subject.eq(&who.subject),
        issued_subject::account.eq(Id(account)),
        issued_subject::linked_at.eq(At(now)),
    );
    let rows = on!(db => diesel::insert_into(issued_subject::table).values(row).on_conflict_do_nothing().execute(db))?;
    Ok(rows == 1)
}

/// Somebody came from there.
pub(super) fn used(db: &mut Db, who: &Who, now: DateTime<Utc>) -> Result<()> {
    on!(db => diesel::update(issued_subject::table.find((&who.issuer, &who.subject)))
        .set(issued_subject::last_used_at.eq(At(now)))
        .execute(db))?;
    Ok(())
}
