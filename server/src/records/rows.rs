//! The table `record`.

use super::Stored;
use crate::{
    db::{
        BATCH, Db,
        types::{At, Id},
    },
    error::{Error, Result},
    on,
};
use anyhow::Context as _;
use diesel::prelude::*;
use sync::{AgencyId, Kind, Micros, Record, RecordId};
use uuid::Uuid;

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::{Instant, Uid};

    /// Every replicated record.
    record (agency, kind, id) {
        agency -> Uid,
        kind -> Text,
        id -> Uid,
        subject -> Nullable<Uid>,
        parent -> Nullable<Uid>,
        body -> Text,
        changed_at -> Instant,
    }
}

/// One row of it.
#[derive(Queryable, Selectable, Insertable, Clone, Debug)]
#[diesel(table_name = record, treat_none_as_default_value = false)]
pub(crate) struct Row {
    pub(crate) agency: Id,
    pub(crate) kind: String,
    pub(crate) id: Id,
    pub(crate) subject: Option<Id>,
    pub(crate) parent: Option<Id>,
    pub(crate) body: String,
    pub(crate) changed_at: At,
}

impl Row {
    /// As it is stored.
    pub(crate) fn of(agency: AgencyId, kind: &Kind, id: RecordId, record: &Record, now: At) -> Result<Self> {
        Ok(Self {
            agency: Id(agency.0),
            kind: kind.name().to_owned(),
            id: Id(id.0),
            subject: record.subject.map(Id),
            parent: record.parent.map(Id),
            body: serde_json::to_string(record).map_err(Error::internal)?,
            changed_at: now,
        })
    }

    fn read(self) -> Result<Stored> {
        let record = serde_json::from_str(&self.body)
            .with_context(|| format!("the stored {} {} cannot be read", self.kind, self.id.0))
            .map_err(Error::internal)?;
        Ok(Stored {
            kind: self.kind.into(),
            id: RecordId(self.id.0),
            record,
            changed_at: Micros(self.changed_at.micros()),
        })
    }
}

pub(super) fn by_ids(db: &mut Db, agency: AgencyId, kind: &Kind, ids: &[RecordId]) -> Result<Vec<Stored>> {
    let mut found = Vec::new();
    for some in ids.chunks(BATCH) {
        let some: Vec<Id> = some.iter().map(|id| Id(id.0)).collect();
        let rows: Vec<Row> = on!(db => record::table
            .filter(record::agency.eq(Id(agency.0)).and(record::kind.eq(kind.name())).and(record::id.eq_any(&some)))
            .select(Row::as_select())
            .load(db))?;
        found.extend(rows);
    }
    found.into_iter().map(Row::read).collect()
}

pub(super) fn of_kind(db: &mut Db, agency: AgencyId, kind: &Kind) -> Result<Vec<Stored>> {
    let rows: Vec<Row> = on!(db => record::table
        .filter(record::agency.eq(Id(agency.0)).and(record::kind.eq(kind.name())))
        .order(record::id)
        .select(Row::as_select())
        .load(db))?;
    rows.into_iter().map(Row::read).collect()
}

pub(super) fn by_subjects(db: &mut Db, agency: AgencyId, kind: &Kind, subjects: &[RecordId]) -> Result<Vec<Stored>> {
    let mut found = Vec::new();
    for some in subjects.chunks(BATCH) {
        let some: Vec<Option<Id>> = some.iter().map(|id| Some(Id(id.0))).collect();
        let rows: Vec<Row> = on!(db => record::table
            .filter(record::agency.eq(Id(agency.0)).and(record::subject.eq_any(&some)).and(record::kind.eq(kind.name())))
            .order((record::subject, record::id))
            .select(Row::as_select())
            .load(db))?;
        found.extend(rows);
    }
    found.into_iter().map(Row::read).collect()
}

pub(super) fn by_parents(db: &mut Db, agency: AgencyId, kind: &Kind, parents: &[Uuid]) -> Result<Vec<Stored>> {
    let mut found = Vec::new();
    for some in parents.chunks(BATCH) {
        let some: Vec<Option<Id>> = some.iter().map(|id| Some(Id(*id))).collect();
        let rows: Vec<Row> = on!(db => record::table
            .filter(record::agency.eq(Id(agency.0)).and(record::parent.eq_any(&some)).and(record::kind.eq(kind.name())))
            .order((record::parent, record::id))
            .select(Row::as_select())
            .load(db))?;
        found.extend(rows);
    }
    found.into_iter().map(Row::read).collect()
}

/// The stored texts of some records, for pages: no need to read what is only sent on.
pub(crate) fn bodies(db: &mut Db, agency: Uuid, kind: &str, ids: &[Uuid]) -> QueryResult<Vec<(Uuid, String)>> {
    let mut found = Vec::with_capacity(ids.len());
    for some in ids.chunks(BATCH) {
        let some: Vec<Id> = some.iter().copied().map(Id).collect();
        let rows: Vec<(Id, String)> = on!(db => record::table
            .filter(record::agency.eq(Id(agency)).and(record::kind.eq(kind)).and(record::id.eq_any(&some)))
            .select((record::id, record::body))
            .load(db))?;
        found.extend(rows.into_iter().map(|(id, body)| (id.0, body)));
    }
    Ok(found)
}

/// Writes new records, and changed ones over what they were. Only the door calls it; under
/// its lock nobody else can have made one of the new ones.
pub(crate) fn put(db: &mut Db, new: &[Row], changed: &[Row]) -> QueryResult<()> {
    for some in new.chunks(BATCH) {
        on!(db => diesel::insert_into(record::table).values(some).execute(db))?;
    }
    for row in changed {
        on!(db => diesel::update(record::table.find((row.agency, &row.kind, row.id)))
            .set((record::body.eq(&row.body), record::changed_at.eq(row.changed_at)))
            .execute(db))?;
    }
    Ok(())
}
