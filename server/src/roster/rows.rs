//! What an import reads of an agency and writes back, in a few statements for each table.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use sync::{AgencyId, PersonId, RecordId};

use super::compare::Changes;
use super::plan::Known;
use crate::db::types::{At, Id};
use crate::db::{BATCH, Db};
use crate::error::Result;
use crate::on;
use crate::people::{
    self, agency, assignment, class, educational_right, enrollment, org, person, relationship, student,
};
use crate::people::{Agency, Assignment, Class, Enrollment, Org, Person, Relationship, Student};

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;
    roster_import (agency, id) {
        agency -> Uid,
        id -> Uid,
        digest -> Binary,
        source -> Text,
        report -> Text,
        imported_at -> Instant,
    }
}

/// An import that changed something.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = roster_import)]
pub struct Import {
    /// Where.
    pub agency: Id<AgencyId>,
    /// The import.
    pub id: Id,
    /// SHA-256 of the export's files.
    pub digest: Vec<u8>,
    /// The format and what the export calls its system.
    pub source: String,
    /// A [`Report`](super::Report) as JSON.
    pub report: String,
    /// When.
    pub imported_at: At,
}

/// The agencies of that name.
pub(super) fn agencies_called(db: &mut Db, name: &str) -> Result<Vec<Agency>> {
    Ok(on!(db => agency::table.filter(agency::name.eq(name)).select(Agency::as_select()).load(db))?)
}

/// Everything that a roster may touch.
pub(super) fn known(db: &mut Db, agency: AgencyId, now: DateTime<Utc>) -> Result<Known> {
    let here = Id(agency);
    Ok(on!(db => Known {
        orgs: org::table.filter(org::agency.eq(here)).select(Org::as_select()).load(db)?,
        students: student::table.filter(student::agency.eq(here)).select(Student::as_select()).load(db)?,
        people: person::table.filter(person::agency.eq(here)).select(Person::as_select()).load(db)?,
        contacts: relationship::table
            .filter(relationship::agency.eq(here))
            .select(Relationship::as_select())
            .load(db)?,
        classes: class::table.filter(class::agency.eq(here)).select(Class::as_select()).load(db)?,
        enrollments: enrollment::table.filter(enrollment::agency.eq(here)).select(Enrollment::as_select()).load(db)?,
        assignments: assignment::table
            .filter(assignment::agency.eq(here))
            .filter(assignment::ends_at.is_null().or(assignment::ends_at.gt(At(now))))
            .order(assignment::id)
            .select(Assignment::as_select())
            .load(db)?,
        rights: educational_right::table
            .filter(educational_right::agency.eq(here))
            .filter(educational_right::ends_at.is_null().or(educational_right::ends_at.gt(At(now))))
            .select((educational_right::person, educational_right::student))
            .load::<(Id<PersonId>, Id<RecordId>)>(db)?
            .into_iter()
            .map(|(person, student)| (person.0, student.0))
            .collect(),
    }))
}

/// Keeps an import and what became of it.
pub(super) fn remember(db: &mut Db, import: &Import) -> Result<()> {
    on!(db => diesel::insert_into(roster_import::table).values(import).execute(db))?;
    Ok(())
}

/// The newest imports of an agency first.
pub fn imports(db: &mut Db, agency: AgencyId, limit: i64) -> Result<Vec<Import>> {
    Ok(on!(db => roster_import::table
        .filter(roster_import::agency.eq(Id(agency)))
        .order((roster_import::imported_at.desc(), roster_import::id.desc()))
        .limit(limit)
        .select(Import::as_select())
        .load(db))?)
}

/// Adds new rows in batches and writes changed ones over what they were. The transaction is asked
/// for so that nobody but the door comes here.
macro_rules! writers {
    ($($name:ident($insert:ident, $row:ident => $table:ident), |$changed:ident| $set:expr;)+) => {$(
        pub(super) fn $name(db: &mut Db, changes: &Changes<$row>, done: &mut dyn FnMut(usize)) -> Result<()> {
                    for some in changes.created.chunks(BATCH) {
                people::$insert(db, some)?;
                done(some.len());
            }
            for $changed in changes.updated.iter().chain(&changes.ended) {
                let row = $table::table.find(($changed.agency, $changed.id));
                on!(db => diesel::update(row).set($set).execute(db))?;
                done(1);
            }
            Ok(())
        }
    )+};
}

writers! {
    put_orgs(insert_orgs, Org => org), |row| (
        org::name.eq(&row.name),
        org::kind.eq(&row.kind),
        org::parent.eq(row.parent),
        org::ended_at.eq(row.ended_at),
    );

    put_students(insert_students, Student => student), |row| (
        student::given_name.eq(&row.given_name),
        student::family_name.eq(&row.family_name),
        student::preferred_name.eq(&row.preferred_name),
        student::birth_date.eq(row.birth_date),
        student::grade.eq(&row.grade),
        student::school.eq(row.school),
        student::home_language.eq(&row.home_language),
        student::plan.eq(&row.plan),
        student::ended_at.eq(row.ended_at),
    );

    put_people(insert_people, Person => person), |row| (
        person::given_name.eq(&row.given_name),
        person::family_name.eq(&row.family_name),
        person::preferred_name.eq(&row.preferred_name),
        person::email.eq(&row.email),
        person::phone.eq(&row.phone),
        person::language.eq(&row.language),
        person::staff_role.eq(&row.staff_role),
        person::ended_at.eq(row.ended_at),
    );

    put_contacts(insert_relationships, Relationship => relationship), |row| (
        relationship::relation.eq(&row.relation),
        relationship::lives_with.eq(row.lives_with),
        relationship::ended_at.eq(row.ended_at),
    );

    put_classes(insert_classes, Class => class), |row| (
        class::title.eq(&row.title),
        class::school.eq(row.school),
        class::ended_at.eq(row.ended_at),
    );

    put_enrollments(insert_enrollments, Enrollment => enrollment), |row| (
        enrollment::class.eq(row.class),
        enrollment::student.eq(row.student),
        enrollment::teacher.eq(row.teacher),
        enrollment::starts_at.eq(row.starts_at),
        enrollment::ends_at.eq(row.ends_at),
    );
}
