//! When students come of age, and by which law.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use sync::{AgencyId, PersonId, RecordId};
use uuid::Uuid;

use super::tables::{majority, majority_law, student};
use crate::db::Db;
use crate::db::types::{At, Id};
use crate::error::Result;
use crate::on;

/// From which age on somebody is of age.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = majority_law)]
pub struct MajorityLaw {
    /// Where.
    pub agency: Id<AgencyId>,
    /// This word on it.
    pub id: Id,
    /// In years.
    pub age: i32,
    /// Which law says so.
    pub law: String,
    /// Who wrote it down.
    pub recorded_by: Id<PersonId>,
    /// When.
    pub recorded_at: At,
}

/// When a student comes of age.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = majority, treat_none_as_default_value = false)]
pub struct Majority {
    /// Where.
    pub agency: Id<AgencyId>,
    /// The fact.
    pub id: Id,
    /// Who.
    pub student: Id<RecordId>,
    /// From when on.
    pub starts_at: At,
    /// The age, in years.
    pub age: i32,
    /// Which law says so.
    pub law: String,
    /// When student and parents were told.
    pub told_at: At,
    /// How.
    pub told: String,
    /// Who wrote it down.
    pub recorded_by: Id<PersonId>,
    /// When.
    pub recorded_at: At,
    /// When it was taken back.
    pub withdrawn_at: Option<At>,
    /// By whom.
    pub withdrawn_by: Option<Id<PersonId>>,
    /// What was seen that shows it was wrong.
    pub withdrawn_evidence: Option<String>,
}

/// The law that an agency follows: its own newest word, or that of the nearest agency above it.
pub(crate) fn majority_law(db: &mut Db, agency: AgencyId) -> Result<Option<MajorityLaw>> {
    for at in super::with_those_above(db, agency)? {
        let found: Option<MajorityLaw> = on!(db => majority_law::table
            .filter(majority_law::agency.eq(Id(at)))
            .order((majority_law::recorded_at.desc(), majority_law::id.desc()))
            .select(MajorityLaw::as_select())
            .first(db)
            .optional())?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// Whether an agency's word on it was written down already.
pub(crate) fn has_majority_law(db: &mut Db, agency: AgencyId, id: Uuid) -> Result<bool> {
    let found: i64 = on!(db => majority_law::table.find((Id(agency), Id(id))).count().get_result(db))?;
    Ok(found > 0)
}

/// The fact that stands for a student now.
pub(crate) fn majority_of(db: &mut Db, agency: AgencyId, who: RecordId) -> Result<Option<Majority>> {
    Ok(on!(db => majority::table
        .filter(majority::agency.eq(Id(agency)))
        .filter(majority::student.eq(Id(who)))
        .filter(majority::withdrawn_at.is_null())
        .select(Majority::as_select())
        .first(db)
        .optional())?)
}

/// Takes a fact back.
pub(crate) fn withdraw_majority(
    db: &mut Db,
    agency: AgencyId,
    id: Uuid,
    at: DateTime<Utc>,
    by: PersonId,
    evidence: &str,
) -> Result<()> {
    on!(db => diesel::update(majority::table.find((Id(agency), Id(id))))
        .set((
            majority::withdrawn_at.eq(At(at)),
            majority::withdrawn_by.eq(Id(by)),
            majority::withdrawn_evidence.eq(evidence),
        ))
        .execute(db))?;
    Ok(())
}

/// Makes a person the one that a student is as an adult.
pub(crate) fn link_student(db: &mut Db, agency: AgencyId, who: RecordId, person: PersonId) -> Result<()> {
    on!(db => diesel::update(student::table.find((Id(agency), Id(who))))
        .set(student::person.eq(Id(person)))
        .execute(db))?;
    Ok(())
}
