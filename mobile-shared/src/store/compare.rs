//! Scopes that are here but not to be trusted: after a restore of the server, where a sum did
//! not match, or after an absence so long that the server has forgotten what went. They are
//! compared, by their sums first and then row by row; only what differs comes again, and the
//! outbox has no part in it.

use super::tables::{Key, record, scope, visible};
use crate::error::Result;
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{BigInt, Binary},
};
use sync::{
    Kind, Micros, RecordId, Scope,
    page::{Held, MAX_HELD, Sum},
};

/// By its sum alone: perhaps nothing is wrong.
const SUM: &str = "sum";
/// Row by row: something is.
const ROWS: &str = "rows";

const A_DAY: i64 = 86_400_000_000;

/// Compares everything that is here.
pub(crate) fn all(db: &mut SqliteConnection) -> Result<()> {
    diesel::update(scope::table).set(scope::compare.eq(SUM)).execute(db)?;
    // What the server has now may be older than what is here.
    diesel::update(record::table).set(record::version.eq(0)).execute(db)?;
    Ok(())
}

/// The server compared what it was asked to; of these it wants to know, or to be told again,
/// every row.
pub(crate) fn compared(db: &mut SqliteConnection, differs: &[Scope]) -> Result<()> {
    diesel::update(scope::table.filter(scope::compare.is_not_null()))
        .set(scope::compare.eq(None::<String>))
        .execute(db)?;
    differs.iter().try_for_each(|scope| mark(db, scope))
}

/// A scope whose sum does not match. One that is too large to be told row by row begins anew,
/// and not more than once a day: a server that only counts otherwise would send it for ever.
pub(crate) fn doubt(db: &mut SqliteConnection, of: &Scope, now: Micros) -> Result<()> {
    let one = scope::table.filter(scope::agency.eq(Key::of(of.agency))).filter(scope::path.eq(&of.path));
    let anew_at: Option<i64> = one.select(scope::anew_at).first(db).optional()?.flatten();
    let lately = anew_at.is_some_and(|at| (at..at.saturating_add(A_DAY)).contains(&now.0));
    let here: i64 = one.select(scope::here_live).first(db).optional()?.unwrap_or_default();
    if lately && usize::try_from(here).is_ok_and(|here| here > MAX_HELD) {
        return Ok(());
    }
    mark(db, of)
}

/// Has a scope told row by row.
fn mark(db: &mut SqliteConnection, of: &Scope) -> Result<()> {
    let one = scope::table.filter(scope::agency.eq(Key::of(of.agency))).filter(scope::path.eq(&of.path));
    let key: Option<i64> = one.select(scope::key).first(db).optional()?;
    let Some(key) = key else { return Ok(()) };
    diesel::update(scope::table.find(key)).set(scope::compare.eq(ROWS)).execute(db)?;
    distrust(db, of, key)
}

/// What comes of this scope may be older than what is here, and stands all the same.
pub(super) fn distrust(db: &mut SqliteConnection, of: &Scope, key: i64) -> Result<()> {
    sql_query(
        "UPDATE record SET version = 0 WHERE agency = ?1 AND EXISTS (
             SELECT 1 FROM visible WHERE scope = ?2 AND visible.kind = record.kind AND visible.id = record.id)",
    )
    .bind::<Binary, _>(Key::of(of.agency))
    .bind::<BigInt, _>(key)
    .execute(db)?;
    Ok(())
}

/// Whether anything waits to be compared.
pub(crate) fn is_wanted(db: &mut SqliteConnection) -> Result<bool> {
    let some = scope::table.filter(scope::compare.is_not_null());
    Ok(diesel::select(diesel::dsl::exists(some)).get_result(db)?)
}

/// What the next pull says of what is here. A scope too large to be told row by row is told by
/// its sum alone: where that differs, the server begins it anew.
pub(crate) fn held(db: &mut SqliteConnection) -> Result<Vec<Held>> {
    let scopes: Vec<(i64, Key, String, Option<String>)> = scope::table
        .filter(scope::compare.is_not_null())
        .order(scope::key)
        .select((scope::key, scope::agency, scope::path, scope::compare))
        .load(db)?;
    let mut all = Vec::with_capacity(scopes.len());
    let mut room = MAX_HELD;
    for (key, agency, path, how) in scopes {
        let rows = rows_of(db, key)?;
        let sum = carry_on(db, key, &rows)?;
        let row_by_row = how.as_deref() == Some(ROWS);
        // What finds no room in this pull is asked for again.
        let rows = (row_by_row && rows.len() <= room).then_some(rows);
        room -= rows.as_ref().map_or(0, Vec::len);
        all.push(Held { scope: Scope::new(agency.to(), path), sum, rows });
    }
    Ok(all)
}

/// What the rows of a scope come to, each of them looked at.
pub(crate) fn sum_of(db: &mut SqliteConnection, key: i64) -> Result<Sum> {
    let rows = rows_of(db, key)?;
    carry_on(db, key, &rows)
}

/// Sums up what is here; what comes to it is added to that.
fn carry_on(db: &mut SqliteConnection, key: i64, rows: &[(Kind, RecordId, i64)]) -> Result<Sum> {
    let here = rows.iter().fold(Sum::default(), |sum, (kind, id, version)| sum.with(kind, *id, *version));
    diesel::update(scope::table.find(key))
        .set((scope::here_live.eq(here.live), scope::here_sum.eq(here.sum)))
        .execute(db)?;
    Ok(here)
}

/// The rows of a scope that are here.
pub(crate) fn rows_of(db: &mut SqliteConnection, scope: i64) -> Result<Vec<(Kind, RecordId, i64)>> {
    let rows: Vec<(String, Key, i64)> = visible::table
        .filter(visible::scope.eq(scope))
        .select((visible::kind, visible::id, visible::version))
        .load(db)?;
    Ok(rows.into_iter().map(|(kind, id, version)| (Kind::from(kind), id.to(), version)).collect())
}
