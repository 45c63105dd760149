//! Rows of pages, written one by one with statements that stay prepared, and what a scope's rows
//! come to carried on with each: a change costs the same however many rows the scope has.

use super::tables::{Key, record, scope, staged, visible};
use crate::error::Result;
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Binary, Text},
};
use serde::Deserialize;
use sync::{AgencyId, Kind, RecordId, page::Sum};
use uuid::Uuid;

/// One record in one scope.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) kind: &'a str,
    pub(super) id: RecordId,
    pub(super) version: i64,
    /// None: the record leaves the scope.
    pub(super) body: Option<&'a str>,
}

/// A record that left a scope, and perhaps the phone.
pub(super) struct Left {
    agency: AgencyId,
    kind: String,
    id: RecordId,
}

/// Writes rows of one scope.
pub(super) fn put<'a>(
    db: &mut SqliteConnection,
    (agency, key): (AgencyId, i64),
    lines: impl Iterator<Item = Line<'a>>,
    left: &mut Vec<Left>,
) -> Result<()> {
    let one = scope::table.find(key);
    let (live, sum) = one.select((scope::here_live, scope::here_sum)).first(db)?;
    let mut here = Sum { live, sum };
    for line in lines {
        let kind = Kind::from(line.kind.to_owned());
        if let Some(body) = line.body {
            here = show(db, key, line, here, &kind)?;
            keep(db, agency, line, body)?;
            continue;
        }
        if let Some(before) = version_of(db, key, line)? {
            diesel::delete(visible::table.find((key, line.kind, Key::of(line.id)))).execute(db)?;
            here = here.without(&kind, line.id, before);
        }
        left.push(Left { agency, kind: line.kind.to_owned(), id: line.id });
    }
    diesel::update(one).set((scope::here_live.eq(here.live), scope::here_sum.eq(here.sum))).execute(db)?;
    Ok(())
}

/// Notes that a record lies in a scope. Most come for the first time.
fn show(db: &mut SqliteConnection, key: i64, line: Line<'_>, here: Sum, kind: &Kind) -> Result<Sum> {
    let here = here.with(kind, line.id, line.version);
    let is_new = diesel::insert_into(visible::table)
        .values((
            visible::scope.eq(key),
            visible::kind.eq(line.kind),
            visible::id.eq(Key::of(line.id)),
            visible::version.eq(line.version),
        ))
        .on_conflict_do_nothing()
        .execute(db)?;
    if is_new == 1 {
        return Ok(here);
    }
    let before = version_of(db, key, line)?.unwrap_or(line.version);
    diesel::update(visible::table.find((key, line.kind, Key::of(line.id))))
        .set(visible::version.eq(line.version))
        .execute(db)?;
    Ok(here.without(kind, line.id, before))
}

fn version_of(db: &mut SqliteConnection, key: i64, line: Line<'_>) -> Result<Option<i64>> {
    let one = visible::table.find((key, line.kind, Key::of(line.id)));
    Ok(one.select(visible::version).first(db).optional()?)
}

/// Keeps a record, unless a newer one is here. Most come for the first time, and an `INSERT` alone
/// stays prepared, which one that may update does not.
fn keep(db: &mut SqliteConnection, agency: AgencyId, line: Line<'_>, body: &str) -> Result<()> {
    let subject = subject_of(body).map(Key);
    let is_new = diesel::insert_into(record::table)
        .values((
            record::agency.eq(Key::of(agency)),
            record::kind.eq(line.kind),
            record::id.eq(Key::of(line.id)),
            record::subject.eq(subject),
            record::version.eq(line.version),
            record::body.eq(body),
        ))
        .on_conflict_do_nothing()
        .execute(db)?;
    if is_new == 0 {
        let older =
            record::table.find((Key::of(agency), line.kind, Key::of(line.id))).filter(record::version.le(line.version));
        diesel::update(older)
            .set((record::subject.eq(subject), record::version.eq(line.version), record::body.eq(body)))
            .execute(db)?;
    }
    Ok(())
}

/// What a record is about, whatever else it holds.
fn subject_of(body: &str) -> Option<Uuid> {
    #[derive(Deserialize)]
    struct About {
        s: Option<Uuid>,
    }
    serde_json::from_str(body).ok().and_then(|about: About| about.s)
}

/// Keeps a row aside until its round is complete. The newest word about it counts.
pub(super) fn stage(db: &mut SqliteConnection, key: i64, line: Line<'_>) -> Result<()> {
    diesel::replace_into(staged::table)
        .values((
            staged::scope.eq(key),
            staged::kind.eq(line.kind),
            staged::id.eq(Key::of(line.id)),
            staged::version.eq(line.version),
            staged::body.eq(line.body),
        ))
        .execute(db)?;
    Ok(())
}

/// The records of which something is kept aside.
pub(super) fn staged(db: &mut SqliteConnection) -> Result<Vec<(Kind, RecordId)>> {
    let rows: Vec<(String, Key)> = staged::table.select((staged::kind, staged::id)).load(db)?;
    Ok(rows.into_iter().map(|(kind, id)| (kind.into(), id.to())).collect())
}

/// Writes what was kept aside, scope by scope.
pub(super) fn put_staged(db: &mut SqliteConnection, left: &mut Vec<Left>) -> Result<()> {
    let scopes: Vec<(i64, Key)> = scope::table
        .filter(scope::key.eq_any(staged::table.select(staged::scope)))
        .select((scope::key, scope::agency))
        .load(db)?;
    for (key, agency) in scopes {
        let rows: Vec<(String, Key, i64, Option<String>)> = staged::table
            .filter(staged::scope.eq(key))
            .select((staged::kind, staged::id, staged::version, staged::body))
            .load(db)?;
        let lines = rows.iter().map(|(kind, id, version, body)| Line {
            kind,
            id: id.to(),
            version: *version,
            body: body.as_deref(),
        });
        put(db, (agency.to(), key), lines, left)?;
    }
    diesel::delete(staged::table).execute(db)?;
    Ok(())
}

/// Deletes a record that lies in no scope any more.
pub(super) fn drop_orphan(db: &mut SqliteConnection, gone: &Left) -> Result<()> {
    sql_query(
        "DELETE FROM record WHERE agency = ?1 AND kind = ?2 AND id = ?3
         AND NOT EXISTS (SELECT 1 FROM visible JOIN scope ON scope.key = visible.scope
            WHERE visible.kind = record.kind AND visible.id = record.id AND scope.agency = record.agency)",
    )
    .bind::<Binary, _>(Key::of(gone.agency))
    .bind::<Text, _>(&gone.kind)
    .bind::<Binary, _>(Key::of(gone.id))
    .execute(db)?;
    Ok(())
}

/// How many rows a scope has.
pub(super) fn count(db: &mut SqliteConnection, key: i64) -> Result<i64> {
    Ok(visible::table.filter(visible::scope.eq(key)).count().get_result(db)?)
}
