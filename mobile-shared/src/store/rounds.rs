//! Writes a page down: purge, fill, rows, and a completed round's changes at once.

use super::{
    compare,
    meta::{Account, Contact},
    previews,
    purge::{purge, sweep},
    settle,
    tables::{Key, scope, staged, visible},
};
use crate::error::Result;
use diesel::{prelude::*, sql_query, sql_types::Text};
use std::{collections::BTreeSet, fmt::Write as _};
use sync::{
    AgencyId, Micros, Scope,
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

/// Writes a page. The caller holds the transaction and keeps `contact`.
pub(crate) fn write(
    db: &mut SqliteConnection,
    account: &Account,
    contact: &mut Contact,
    plan: &Plan,
    now: Micros,
) -> Result<Written> {
    if !plan.purge.is_empty() {
        purge(db, account, &plan.purge)?;
    }
    compare::compared(db, &plan.differs)?;
    for scope in &plan.fill {
        begin_filling(db, scope)?;
    }
    let keys = plan.scopes.iter().map(|scope| key_of(db, scope)).collect::<Result<Vec<_>>>()?;
    if !plan.staged.is_empty() {
        stage(db, &page(plan, &plan.staged, &keys))?;
    }
    for (scope, sum) in &plan.sums {
        expect(db, scope, *sum)?;
    }
    if plan.publish {
        put(db, STAGED, "", true)?;
        diesel::delete(staged::table).execute(db)?;
    }
    if !plan.direct.is_empty() {
        let leaves = plan.direct.iter().any(|row| row.body.is_none());
        put(db, PAGE, &page(plan, &plan.direct, &keys), leaves)?;
    }
    contact.cursor = Some(plan.cursor.clone());
    contact.next_change = plan.next_change;
    let purged = !plan.purge.is_empty();
    if plan.publish {
        complete(db, contact, now)?;
        previews::hide_shown(db)?;
    }
    let mut touched = previews::touched(db)?;
    if !plan.publish {
        let written: BTreeSet<_> = plan.direct.iter().map(|row| (&row.kind, row.id)).collect();
        touched.retain(|place| written.contains(&(&place.kind, place.id)));
    }
    previews::lay_all(db, account, &touched)?;
    let changed = purged || plan.publish || !plan.fill.is_empty() || !plan.direct.is_empty();
    Ok(Written { purged, changed })
}

/// The round is complete: what it filled is there, and the sums must agree.
fn complete(db: &mut SqliteConnection, contact: &mut Contact, now: Micros) -> Result<()> {
    if diesel::update(scope::table.filter(scope::filling.eq(true))).set(scope::filling.eq(false)).execute(db)? > 0 {
        sweep(db)?;
    }
    mismatches(db)?.iter().try_for_each(|scope| compare::mark(db, scope))?;
    contact.last = Some(contact.server(now));
    settle::rows_show_what_was_received(db, now)
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
fn begin_filling(db: &mut SqliteConnection, of: &Scope) -> Result<()> {
    let key = key_of(db, of)?;
    diesel::delete(visible::table.filter(visible::scope.eq(key))).execute(db)?;
    diesel::delete(staged::table.filter(staged::scope.eq(key))).execute(db)?;
    diesel::update(scope::table.find(key))
        .set((scope::filling.eq(true), scope::compare.eq(None::<String>)))
        .execute(db)?;
    Ok(())
}

/// Notes what a scope must come to when the round is complete.
fn expect(db: &mut SqliteConnection, of: &Scope, sum: Sum) -> Result<()> {
    diesel::update(scope::table.find(key_of(db, of)?))
        .set((scope::live.eq(sum.live), scope::sum.eq(sum.sum)))
        .execute(db)?;
    Ok(())
}

/// What a scope must come to.
#[derive(Queryable, Selectable)]
#[diesel(table_name = scope)]
struct Expected {
    key: i64,
    agency: Key,
    path: String,
    live: Option<i64>,
    sum: Option<i64>,
}

/// The scopes that did not come to what the server said; each is said once.
fn mismatches(db: &mut SqliteConnection) -> Result<Vec<Scope>> {
    let expected = scope::table.filter(scope::live.is_not_null()).select(Expected::as_select()).load(db)?;
    let mut wrong = Vec::new();
    for scope in expected {
        let rows = compare::rows_of(db, scope.key)?;
        let here = rows.iter().fold(Sum::default(), |sum, (kind, id, version)| sum.with(kind, *id, *version));
        if (Some(here.live), Some(here.sum)) != (scope.live, scope.sum) {
            wrong.push(Scope::new(scope.agency.to(), scope.path));
        }
    }
    diesel::update(scope::table).set((scope::live.eq(None::<i64>), scope::sum.eq(None::<i64>))).execute(db)?;
    Ok(wrong)
}

/// Rows as one JSON array of `[agency, kind, id, version, scope, body]`, ids as plain hex:
/// a page is one statement with one parameter, however many rows it has.
fn page(plan: &Plan, rows: &[Put], keys: &[i64]) -> String {
    let mut json = String::from("[");
    for row in rows {
        let agency = plan.scopes[row.scope].agency.0.simple();
        let kind = serde_json::Value::from(row.kind.name());
        let body = row.body.as_ref().map_or("null", |body| body.get());
        let comma = if json.len() > 1 { "," } else { "" };
        let (id, version, key) = (row.id.0.simple(), row.version, keys[row.scope]);
        write!(json, "{comma}[\"{agency}\",{kind},\"{id}\",{version},{key},{body}]")
            .expect("writing to a string does not fail");
    }
    json.push(']');
    json
}

/// Rows of a page, with `?1` as [`page`] writes it.
const PAGE: &str = "SELECT unhex(value ->> 0) AS agency, value ->> 1 AS kind, unhex(value ->> 2) AS id,
        value ->> 3 AS version, value ->> 4 AS scope, nullif(value -> 5, 'null') AS body
    FROM json_each(?1)";

/// Rows that waited for their round; `?1` is not read.
const STAGED: &str = "SELECT scope.agency, staged.kind, staged.id, staged.version, staged.scope, staged.body
    FROM staged JOIN scope ON scope.key = staged.scope WHERE ?1 IS NOT NULL";

/// Keeps rows aside until their round is complete. The newest word about a row counts.
fn stage(db: &mut SqliteConnection, page: &str) -> Result<()> {
    run(
        db,
        &format!(
            "INSERT OR REPLACE INTO staged (scope, kind, id, version, body)
        SELECT scope, kind, id, version, body FROM ({PAGE})"
        ),
        page,
    )
}

/// Writes rows from `source`: what is here or comes in, then what goes, if anything `leaves`.
fn put(db: &mut SqliteConnection, source: &str, page: &str, leaves: bool) -> Result<()> {
    run(
        db,
        &format!(
            "INSERT OR REPLACE INTO visible (scope, kind, id, version)
        SELECT scope, kind, id, version FROM ({source}) WHERE body IS NOT NULL"
        ),
        page,
    )?;
    run(
        db,
        &format!(
            "INSERT INTO record (agency, kind, id, subject, version, body)
        SELECT agency, kind, id, unhex(replace(body ->> 's', '-', '')), version, body
        FROM ({source}) WHERE body IS NOT NULL
        ON CONFLICT (agency, kind, id) DO UPDATE
        SET subject = excluded.subject, version = excluded.version, body = excluded.body
        WHERE excluded.version >= record.version"
        ),
        page,
    )?;
    if !leaves {
        return Ok(());
    }
    run(
        db,
        &format!(
            "DELETE FROM visible WHERE (scope, kind, id) IN
        (SELECT scope, kind, id FROM ({source}) WHERE body IS NULL)"
        ),
        page,
    )?;
    run(
        db,
        &format!(
            "DELETE FROM record WHERE (agency, kind, id) IN
            (SELECT agency, kind, id FROM ({source}) WHERE body IS NULL)
        AND NOT EXISTS (SELECT 1 FROM visible JOIN scope ON scope.key = visible.scope
            WHERE visible.kind = record.kind AND visible.id = record.id AND scope.agency = record.agency)"
        ),
        page,
    )
}

fn run(db: &mut SqliteConnection, statement: &str, page: &str) -> Result<()> {
    sql_query(statement).bind::<Text, _>(page).execute(db)?;
    Ok(())
}
