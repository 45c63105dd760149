//! Writes a page down: purge, fill, rows, and a completed round's changes at once.

use super::{
    compare,
    meta::{Account, Contact},
    previews,
    purge::{purge, sweep},
    rows::{self, Left, Line},
    settle,
    tables::{Key, scope, staged, visible},
};
use crate::error::Result;
use diesel::prelude::*;
use std::collections::BTreeSet;
use sync::{
    AgencyId, Kind, Micros, RecordId, Scope,
    faults::{self, Fault},
    page::Sum,
    replica::round::{Plan, Put},
};

/// What a page did to the copy.
#[derive(Debug, Default)]
pub(crate) struct Written {
    /// Something left: the journal has to be emptied, the server told.
    pub(crate) purged: bool,
    /// Screens may look different.
    pub(crate) changed: bool,
}

/// The scopes that are being filled or put right: what comes for them is written at once.
pub(crate) fn filling(db: &mut SqliteConnection) -> Result<BTreeSet<Scope>> {
    let rows: Vec<(Key, String)> = scope::table
        .filter(scope::filling.eq(true).or(scope::compare.is_not_null()))
        .select((scope::agency, scope::path))
        .load(db)?;
    Ok(rows.into_iter().map(|(agency, path)| Scope::new(agency.to(), path)).collect())
}

/// The paths of an agency's scopes that are here.
pub(crate) fn held(db: &mut SqliteConnection, agency: AgencyId) -> Result<BTreeSet<String>> {
    let paths: Vec<String> = scope::table.filter(scope::agency.eq(Key::of(agency))).select(scope::path).load(db)?;
    Ok(paths.into_iter().collect())
}

/// Writes a page. The caller holds the transaction and keeps `contact`. With `doubt`, scopes that
/// changed are counted row by row and all pending work is laid again.
pub(crate) fn write(
    db: &mut SqliteConnection,
    account: &Account,
    contact: &mut Contact,
    plan: &Plan,
    (now, doubt): (Micros, bool),
) -> Result<Written> {
    if !plan.purge.is_empty() && !faults::is(Fault::SkipPurge) {
        purge(db, account, &plan.purge)?;
    }
    for scope in &plan.fill {
        begin_filling(db, scope, contact.server(now))?;
    }
    compare::compared(db, &plan.differs)?;
    let keys = plan.scopes.iter().map(|scope| key_of(db, scope)).collect::<Result<Vec<_>>>()?;
    for row in &plan.staged {
        rows::stage(db, keys[row.scope], line(row))?;
    }
    for (scope, sum) in &plan.sums {
        expect(db, scope, *sum)?;
    }
    let pending = previews::touched(db)?;
    // What may look different: a row of it was written, or work on it came to be shown.
    let mut news: BTreeSet<(Kind, RecordId)> = plan.direct.iter().map(|row| (row.kind.clone(), row.id)).collect();
    if plan.publish && !pending.is_empty() {
        news.extend(rows::staged(db)?);
        news.extend(previews::received(db)?.into_iter().map(|place| (place.kind, place.id)));
    }
    let mut left = Vec::new();
    if plan.publish {
        rows::put_staged(db, &mut left)?;
    }
    for rows in plan.direct.chunk_by(|one, next| one.scope == next.scope) {
        let [first, ..] = rows else { continue };
        let agency = plan.scopes[first.scope].agency;
        rows::put(db, (agency, keys[first.scope]), rows.iter().map(line), &mut left)?;
    }
    // What lies in another scope by now stays.
    left.iter().try_for_each(|gone: &Left| rows::drop_orphan(db, gone))?;
    contact.cursor = Some(plan.cursor.clone());
    contact.next_change = plan.next_change;
    let purged = !plan.purge.is_empty();
    let swept = plan.publish && complete(db, contact, now, doubt)?;
    let all = plan.publish && (doubt || swept);
    let again = pending.into_iter().filter(|place| all || news.contains(&(place.kind.clone(), place.id)));
    if !faults::is(Fault::SkipRebase) {
        previews::lay_all(db, account, &again.collect())?;
    }
    let changed = purged || plan.publish || !plan.fill.is_empty() || !plan.direct.is_empty();
    Ok(Written { purged, changed })
}

fn line(row: &Put) -> Line<'_> {
    Line { kind: row.kind.name(), id: row.id, version: row.version, body: row.body.as_deref() }
}

/// The round is complete: what it filled is there, and the sums must agree. Says whether rows went
/// that no page named.
fn complete(db: &mut SqliteConnection, contact: &mut Contact, now: Micros, doubt: bool) -> Result<bool> {
    let filled = scope::table.filter(scope::filling.eq(true));
    diesel::update(filled).set(scope::filling.eq(false)).execute(db)?;
    let refilled = scope::table.filter(scope::refilled.eq(true));
    let swept = diesel::update(refilled).set(scope::refilled.eq(false)).execute(db)? > 0;
    if swept {
        sweep(db)?;
    }
    // By the server's clock: this phone's may be set ahead by weeks.
    let now = contact.server(now);
    mismatches(db, doubt)?.iter().try_for_each(|scope| compare::doubt(db, scope, now))?;
    contact.last = Some(now);
    settle::rows_show_what_was_received(db, now)?;
    Ok(swept)
}

/// The cursor is worth nothing any more: what is here is compared with what the server has.
pub(crate) fn begin_again(db: &mut SqliteConnection, contact: &mut Contact) -> Result<()> {
    contact.cursor = None;
    diesel::delete(staged::table).execute(db)?;
    compare::all(db)
}

/// The key of a scope, which is made if it is new.
fn key_of(db: &mut SqliteConnection, of: &Scope) -> Result<i64> {
    let found = scope::table
        .filter(scope::agency.eq(Key::of(of.agency)))
        .filter(scope::path.eq(&of.path))
        .select(scope::key)
        .first(db)
        .optional()?;
    match found {
        Some(key) => Ok(key),
        None => Ok(diesel::insert_into(scope::table)
            .values((scope::agency.eq(Key::of(of.agency)), scope::path.eq(&of.path)))
            .returning(scope::key)
            .get_result(db)?),
    }
}

/// Empties a scope that comes again from nothing. Its records stay on the screens until
/// the round is complete, unless something else takes them.
fn begin_filling(db: &mut SqliteConnection, of: &Scope, now: Micros) -> Result<()> {
    let key = key_of(db, of)?;
    // In doubt, and not new: it begins anew.
    let doubted = diesel::update(scope::table.find(key).filter(scope::compare.is_not_null()))
        .set(scope::anew_at.eq(now.0))
        .execute(db)?;
    if doubted > 0 {
        compare::distrust(db, of, key)?;
    }
    let emptied = diesel::delete(visible::table.filter(visible::scope.eq(key))).execute(db)?;
    diesel::delete(staged::table.filter(staged::scope.eq(key))).execute(db)?;
    let one = scope::table.find(key);
    diesel::update(one)
        .set((
            scope::filling.eq(true),
            scope::compare.eq(None::<String>),
            scope::here_live.eq(0),
            scope::here_sum.eq(0),
        ))
        .execute(db)?;
    if emptied > 0 {
        diesel::update(one).set(scope::refilled.eq(true)).execute(db)?;
    }
    Ok(())
}

/// Notes what a scope must come to when the round is complete.
fn expect(db: &mut SqliteConnection, of: &Scope, sum: Sum) -> Result<()> {
    diesel::update(scope::table.find(key_of(db, of)?))
        .set((scope::live.eq(sum.live), scope::sum.eq(sum.sum)))
        .execute(db)?;
    Ok(())
}

/// What a scope must come to, and what its rows came to as they were written.
#[derive(Queryable, Selectable)]
#[diesel(table_name = scope)]
struct Expected {
    key: i64,
    agency: Key,
    path: String,
    live: Option<i64>,
    sum: Option<i64>,
    here_live: i64,
    here_sum: i64,
}

/// The scopes that did not come to what the server said; each is said once. Rows that were lost
/// since they were written are missed by their number, and in doubt each is looked at.
fn mismatches(db: &mut SqliteConnection, doubt: bool) -> Result<Vec<Scope>> {
    let expected = scope::table.filter(scope::live.is_not_null()).select(Expected::as_select()).load(db)?;
    let mut wrong = Vec::new();
    for scope in expected {
        let carried = Sum { live: scope.here_live, sum: scope.here_sum };
        let is_whole = !doubt && rows::count(db, scope.key)? == carried.live;
        let here = if is_whole { carried } else { compare::sum_of(db, scope.key)? };
        if (Some(here.live), Some(here.sum)) != (scope.live, scope.sum) {
            wrong.push(Scope::new(scope.agency.to(), scope.path));
        }
    }
    let told = scope::table.filter(scope::live.is_not_null());
    diesel::update(told).set((scope::live.eq(None::<i64>), scope::sum.eq(None::<i64>))).execute(db)?;
    Ok(wrong)
}
