//! Reading records as a person sees them: the server's rows, with their own pending work
//! laid over them.

use super::tables::{Key, preview, record};
use crate::error::{Error, Result};
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{BigInt, Binary, Text},
};
use std::collections::BTreeMap;
use sync::{AgencyId, Kind, Micros, Record, RecordId};

/// A record's key inside this copy.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Place {
    pub(crate) agency: AgencyId,
    pub(crate) kind: Kind,
    pub(crate) id: RecordId,
}

/// One record as the server last said it.
pub(crate) fn row(db: &mut SqliteConnection, place: &Place) -> Result<Option<Record>> {
    let key = (Key::of(place.agency), place.kind.name(), Key::of(place.id));
    let body: Option<String> = record::table.find(key).select(record::body).first(db).optional()?;
    body.map(|body| read(&body)).transpose()
}

/// One record as the person sees it.
pub(crate) fn shown(db: &mut SqliteConnection, place: &Place) -> Result<Option<Record>> {
    let key = (Key::of(place.agency), place.kind.name(), Key::of(place.id));
    let body: Option<String> = preview::table.find(key).select(preview::body).first(db).optional()?;
    match body {
        Some(body) => read(&body).map(Some),
        None => row(db, place),
    }
}

/// All records of a kind, as the person sees them, by agency and id.
pub(crate) fn of_kind(db: &mut SqliteConnection, kind: &Kind) -> Result<BTreeMap<(AgencyId, RecordId), Record>> {
    let mut all = BTreeMap::new();
    let rows = record::table.filter(record::kind.eq(kind.name())).select((record::agency, record::id, record::body));
    collect(rows.load(db)?, &mut all)?;
    let previews =
        preview::table.filter(preview::kind.eq(kind.name())).select((preview::agency, preview::id, preview::body));
    collect(previews.load(db)?, &mut all)?;
    Ok(all)
}

fn collect(rows: Vec<(Key, Key, String)>, into: &mut BTreeMap<(AgencyId, RecordId), Record>) -> Result<()> {
    for (agency, id, body) in rows {
        into.insert((agency.to(), id.to()), read(&body)?);
    }
    Ok(())
}

/// Everything about one subject, as the person sees it, by kind and id.
pub(crate) fn about(
    db: &mut SqliteConnection,
    agency: AgencyId,
    subject: RecordId,
) -> Result<BTreeMap<(Kind, RecordId), Record>> {
    let (agency, subject) = (Key::of(agency), Some(Key::of(subject)));
    let rows = record::table.filter(record::agency.eq(agency)).filter(record::subject.eq(subject)).select((
        record::kind,
        record::id,
        record::body,
    ));
    let previews = preview::table.filter(preview::agency.eq(agency)).filter(preview::subject.eq(subject)).select((
        preview::kind,
        preview::id,
        preview::body,
    ));
    let mut all = BTreeMap::new();
    let found: Vec<(String, Key, String)> = rows.load(db)?;
    let laid: Vec<(String, Key, String)> = previews.load(db)?;
    for (kind, id, body) in found.into_iter().chain(laid) {
        all.insert((Kind::from(kind), id.to()), read(&body)?);
    }
    Ok(all)
}

/// Reads a stored record.
pub(crate) fn read(body: &str) -> Result<Record> {
    serde_json::from_str(body).map_err(Error::Damaged)
}

/// How many records there are.
pub(crate) fn count(db: &mut SqliteConnection) -> Result<i64> {
    Ok(record::table.count().get_result(db)?)
}

/// The latest moment that a field of a kind of record holds, by subject.
pub(crate) fn latest(
    db: &mut SqliteConnection,
    kind: &Kind,
    field: &str,
) -> Result<BTreeMap<(AgencyId, RecordId), Micros>> {
    #[derive(QueryableByName)]
    struct Latest {
        #[diesel(sql_type = Binary)]
        agency: Key,
        #[diesel(sql_type = Binary)]
        subject: Key,
        #[diesel(sql_type = BigInt)]
        at: i64,
    }
    let rows: Vec<Latest> = sql_query(
        "SELECT agency, subject, max(body ->> ?2) AS at
         FROM (SELECT agency, kind, subject, body FROM record UNION ALL
               SELECT agency, kind, subject, body FROM preview)
         WHERE kind = ?1 AND subject IS NOT NULL AND body ->> ?2 IS NOT NULL
         GROUP BY agency, subject",
    )
    .bind::<Text, _>(kind.name())
    .bind::<Text, _>(format!("$.f.{field}"))
    .load(db)?;
    Ok(rows.into_iter().map(|row| ((row.agency.to(), row.subject.to()), Micros(row.at))).collect())
}
