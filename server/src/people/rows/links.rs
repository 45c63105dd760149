//! What somebody is to a student: contacts, rights and assignments, dated and with evidence.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use sync::{AgencyId, PersonId, RecordId};
use uuid::Uuid;

use super::tables::{assignment, educational_right, relationship, restriction};
use crate::db::Db;
use crate::db::types::{At, Id};
use crate::error::Result;
use crate::on;

/// A contact of a student, which is not a right.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = relationship, treat_none_as_default_value = false)]
pub struct Relationship {
    /// Where.
    pub agency: Id<AgencyId>,
    /// The contact.
    pub id: Id,
    /// Who.
    pub person: Id<PersonId>,
    /// Whose.
    pub student: Id<RecordId>,
    /// What they say they are: `mother`, `grandparent`, …
    pub relation: String,
    /// Whether they live together; says nothing about rights.
    pub lives_with: Option<bool>,
    /// Where it is known from.
    pub source: String,
    /// When somebody confirmed it.
    pub verified_at: Option<At>,
    /// Who.
    pub verified_by: Option<Id<PersonId>>,
    /// When it left the roster.
    pub ended_at: Option<At>,
}

/// Educational rights of one person for one student.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = educational_right, treat_none_as_default_value = false)]
pub struct EducationalRight {
    /// Where.
    pub agency: Id<AgencyId>,
    /// The right.
    pub id: Id,
    /// Who holds it.
    pub person: Id<PersonId>,
    /// For whom.
    pub student: Id<RecordId>,
    /// Why: a word of `domain::facts::RightsBasis`.
    pub basis: String,
    /// What was seen that shows it.
    pub evidence: String,
    /// From when.
    pub starts_at: At,
    /// Up to when.
    pub ends_at: Option<At>,
    /// Who granted it.
    pub granted_by: Id<PersonId>,
    /// When.
    pub granted_at: At,
    /// Who ended it.
    pub ended_by: Option<Id<PersonId>>,
}

/// What keeps a person from a student's record.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = restriction, treat_none_as_default_value = false)]
pub struct Restriction {
    /// Where.
    pub agency: Id<AgencyId>,
    /// The restriction.
    pub id: Id,
    /// Who is kept away.
    pub person: Id<PersonId>,
    /// From whom.
    pub student: Id<RecordId>,
    /// Which order or law, and who has seen it.
    pub court_order: String,
    /// From when.
    pub starts_at: At,
    /// Who wrote it down.
    pub recorded_by: Id<PersonId>,
    /// When.
    pub recorded_at: At,
    /// When it was lifted.
    pub lifted_at: Option<At>,
    /// By whom.
    pub lifted_by: Option<Id<PersonId>>,
    /// What was seen that ends it.
    pub lifted_evidence: Option<String>,
}

/// Staff assigned to a student or a class.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = assignment, treat_none_as_default_value = false)]
pub struct Assignment {
    /// Where.
    pub agency: Id<AgencyId>,
    /// The assignment.
    pub id: Id,
    /// Who.
    pub person: Id<PersonId>,
    /// As what: a word of `domain::team::TeamRole`.
    pub role: String,
    /// For a provider: which service.
    pub service: Option<String>,
    /// To whom, or
    pub student: Option<Id<RecordId>>,
    /// to which class, or
    pub class: Option<Id>,
    /// to which organisation.
    pub org: Option<Id<RecordId>>,
    /// `office` or the roster's name.
    pub source: String,
    /// From when.
    pub starts_at: At,
    /// Up to when.
    pub ends_at: Option<At>,
    /// Who ended it.
    pub ended_by: Option<Id<PersonId>>,
}

/// What a person is to a student, as far as it has not ended.
pub(crate) fn relationships_between(
    db: &mut Db,
    agency: AgencyId,
    student: RecordId,
    person: PersonId,
) -> Result<Vec<Relationship>> {
    Ok(on!(db => relationship::table
        .filter(relationship::agency.eq(Id(agency)))
        .filter(relationship::student.eq(Id(student)))
        .filter(relationship::person.eq(Id(person)))
        .filter(relationship::ended_at.is_null())
        .order(relationship::id)
        .select(Relationship::as_select())
        .load(db))?)
}

/// A person's rights for a student, ended ones too.
pub(crate) fn rights_between(
    db: &mut Db,
    agency: AgencyId,
    student: RecordId,
    person: PersonId,
) -> Result<Vec<EducationalRight>> {
    Ok(on!(db => educational_right::table
        .filter(educational_right::agency.eq(Id(agency)))
        .filter(educational_right::student.eq(Id(student)))
        .filter(educational_right::person.eq(Id(person)))
        .order(educational_right::id)
        .select(EducationalRight::as_select())
        .load(db))?)
}

/// What keeps a person from a student, lifted ones too.
pub(crate) fn restrictions_between(
    db: &mut Db,
    agency: AgencyId,
    student: RecordId,
    person: PersonId,
) -> Result<Vec<Restriction>> {
    Ok(on!(db => restriction::table
        .filter(restriction::agency.eq(Id(agency)))
        .filter(restriction::student.eq(Id(student)))
        .filter(restriction::person.eq(Id(person)))
        .order(restriction::id)
        .select(Restriction::as_select())
        .load(db))?)
}

/// A person's assignments to a student, ended ones too.
pub(crate) fn assignments_between(
    db: &mut Db,
    agency: AgencyId,
    student: RecordId,
    person: PersonId,
) -> Result<Vec<Assignment>> {
    Ok(on!(db => assignment::table
        .filter(assignment::agency.eq(Id(agency)))
        .filter(assignment::student.eq(Id(student)))
        .filter(assignment::person.eq(Id(person)))
        .order(assignment::id)
        .select(Assignment::as_select())
        .load(db))?)
}

/// Confirms a contact, or takes that back.
pub(crate) fn verify_relationship(
    db: &mut Db,
    agency: AgencyId,
    id: Uuid,
    verified: Option<(DateTime<Utc>, PersonId)>,
) -> Result<()> {
    let (at, by) = verified.map(|(at, by)| (At(at), Id(by))).unzip();
    on!(db => diesel::update(relationship::table.find((Id(agency), Id(id))))
        .set((relationship::verified_at.eq(at), relationship::verified_by.eq(by)))
        .execute(db))?;
    Ok(())
}

/// Ends a right.
pub(crate) fn end_right(db: &mut Db, agency: AgencyId, id: Uuid, at: DateTime<Utc>, by: PersonId) -> Result<()> {
    on!(db => diesel::update(educational_right::table.find((Id(agency), Id(id))))
        .set((educational_right::ends_at.eq(At(at)), educational_right::ended_by.eq(Id(by))))
        .execute(db))?;
    Ok(())
}

/// Lifts a restriction.
pub(crate) fn lift_restriction(
    db: &mut Db,
    agency: AgencyId,
    id: Uuid,
    at: DateTime<Utc>,
    by: PersonId,
    evidence: &str,
) -> Result<()> {
    on!(db => diesel::update(restriction::table.find((Id(agency), Id(id))))
        .set((
            restriction::lifted_at.eq(At(at)),
            restriction::lifted_by.eq(Id(by)),
            restriction::lifted_evidence.eq(evidence),
        ))
        .execute(db))?;
    Ok(())
}

/// Ends an assignment.
pub(crate) fn end_assignment(db: &mut Db, agency: AgencyId, id: Uuid, at: DateTime<Utc>, by: PersonId) -> Result<()> {
    on!(db => diesel::update(assignment::table.find((Id(agency), Id(id))))
        .set((assignment::ends_at.eq(At(at)), assignment::ended_by.eq(Id(by))))
        .execute(db))?;
    Ok(())
}
