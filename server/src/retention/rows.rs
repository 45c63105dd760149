//! The tables of keeping: the schedule, holds, and that families were told.

use chrono::NaiveDate;
use diesel::prelude::*;
use sync::{AgencyId, PersonId, RecordId};
use uuid::Uuid;

use crate::db::Db;
use crate::db::types::{At, Id};
use crate::error::Result;
use crate::on;

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;
    retention_rule (agency, id) {
        agency -> Uid,
        id -> Uid,
        years -> Nullable<Integer>,
        law -> Text,
        recorded_by -> Uid,
        recorded_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;
    retention_hold (agency, id) {
        agency -> Uid,
        id -> Uid,
        student -> Uid,
        reason -> Text,
        placed_by -> Uid,
        placed_at -> Instant,
        lifted_by -> Nullable<Uid>,
        lifted_at -> Nullable<Instant>,
        lifted_why -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;
    retention_notice (agency, id) {
        agency -> Uid,
        id -> Uid,
        student -> Uid,
        day -> Date,
        told -> Text,
        recorded_by -> Uid,
        recorded_at -> Instant,
    }
}

/// For how long records are kept.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = retention_rule, treat_none_as_default_value = false)]
pub struct Rule {
    /// Where.
    pub agency: Id<AgencyId>,
    /// This word on it.
    pub id: Id,
    /// For how many years after the student left; for ever without.
    pub years: Option<i32>,
    /// Which law or policy says so.
    pub law: String,
    /// Who wrote it down.
    pub recorded_by: Id<PersonId>,
    /// When.
    pub recorded_at: At,
}

impl Rule {
    /// For how many years; nothing where it is for ever.
    pub fn for_years(&self) -> Option<u32> {
        self.years.and_then(|years| u32::try_from(years).ok())
    }
}

/// What keeps a record from being destroyed.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = retention_hold, treat_none_as_default_value = false)]
pub struct Hold {
    /// Where.
    pub agency: Id<AgencyId>,
    /// The hold.
    pub id: Id,
    /// Whose record.
    pub student: Id<RecordId>,
    /// What for.
    pub reason: String,
    /// Who placed it.
    pub placed_by: Id<PersonId>,
    /// When.
    pub placed_at: At,
    /// Who lifted it.
    pub lifted_by: Option<Id<PersonId>>,
    /// When.
    pub lifted_at: Option<At>,
    /// Why it is over.
    pub lifted_why: Option<String>,
}

/// That a family was told that the record is no longer needed.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = retention_notice)]
pub struct Notice {
    /// Where.
    pub agency: Id<AgencyId>,
    /// The entry.
    pub id: Id,
    /// Whose record.
    pub student: Id<RecordId>,
    /// On which day, where the agency is.
    pub day: NaiveDate,
    /// Who was told, and how.
    pub told: String,
    /// Who wrote it down.
    pub recorded_by: Id<PersonId>,
    /// When.
    pub recorded_at: At,
}

/// An agency's own newest word.
pub(super) fn rule(db: &mut Db, agency: AgencyId) -> Result<Option<Rule>> {
    Ok(on!(db => retention_rule::table
        .filter(retention_rule::agency.eq(Id(agency)))
        .order((retention_rule::recorded_at.desc(), retention_rule::id.desc()))
        .select(Rule::as_select())
        .first(db)
        .optional())?)
}

/// Writes a word down, unless it was.
pub(super) fn insert_rule(db: &mut Db, new: &Rule) -> Result<()> {
    on!(db => diesel::insert_into(retention_rule::table).values(new).on_conflict_do_nothing().execute(db))?;
    Ok(())
}

pub(super) fn insert_hold(db: &mut Db, new: &Hold) -> Result<()> {
    on!(db => diesel::insert_into(retention_hold::table).values(new).execute(db))?;
    Ok(())
}

pub(super) fn insert_notice(db: &mut Db, new: &Notice) -> Result<()> {
    on!(db => diesel::insert_into(retention_notice::table).values(new).execute(db))?;
    Ok(())
}

pub(super) fn hold(db: &mut Db, agency: AgencyId, id: Uuid) -> Result<Option<Hold>> {
    Ok(on!(db => retention_hold::table
        .find((Id(agency), Id(id)))
        .select(Hold::as_select())
        .first(db)
        .optional())?)
}

pub(super) fn notice(db: &mut Db, agency: AgencyId, id: Uuid) -> Result<Option<Notice>> {
    Ok(on!(db => retention_notice::table
        .find((Id(agency), Id(id)))
        .select(Notice::as_select())
        .first(db)
        .optional())?)
}

pub(super) fn lift(db: &mut Db, agency: AgencyId, id: Uuid, (by, at): (PersonId, At), why: &str) -> Result<()> {
    on!(db => diesel::update(retention_hold::table.find((Id(agency), Id(id))))
        .set((
            retention_hold::lifted_by.eq(Id(by)),
            retention_hold::lifted_at.eq(at),
            retention_hold::lifted_why.eq(why),
        ))
        .execute(db))?;
    Ok(())
}

/// Holds on a record, lifted ones too, the oldest first.
pub(super) fn holds(db: &mut Db, agency: AgencyId, student: RecordId) -> Result<Vec<Hold>> {
    Ok(on!(db => retention_hold::table
        .filter(retention_hold::agency.eq(Id(agency)).and(retention_hold::student.eq(Id(student))))
        .order((retention_hold::placed_at, retention_hold::id))
        .select(Hold::as_select())
        .load(db))?)
}

/// When a family was told, the oldest first.
pub(super) fn notices(db: &mut Db, agency: AgencyId, student: RecordId) -> Result<Vec<Notice>> {
    Ok(on!(db => retention_notice::table
        .filter(retention_notice::agency.eq(Id(agency)).and(retention_notice::student.eq(Id(student))))
        .order((retention_notice::day, retention_notice::id))
        .select(Notice::as_select())
        .load(db))?)
}
