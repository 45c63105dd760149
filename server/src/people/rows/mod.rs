//! The tables of people. Imports and the office fill them; the areas read them.

mod links;
mod of_age;
mod places;
mod tables;
mod who;

use diesel::prelude::*;
use sync::{AgencyId, PersonId, RecordId};
use uuid::Uuid;

pub use links::{Assignment, EducationalRight, Relationship, Restriction};
pub(crate) use links::{
    assignments_between, end_assignment, end_right, lift_restriction, relationships_between, restrictions_between,
    rights_between, verify_relationship,
};
pub use of_age::{Majority, MajorityLaw};
pub(crate) use of_age::{has_majority_law, link_student, majority_law, majority_of, withdraw_majority};
pub use places::{Agency, Class, Enrollment, Org};
pub(crate) use places::{agencies, agency, with_those_above};
use tables::majority_law;
pub(crate) use tables::{
    agency, assignment, class, educational_right, enrollment, majority, org, person, relationship, restriction, student,
};
#[cfg(feature = "testing")]
pub(crate) use who::student_leaves;
pub use who::{Person, Student};
pub(crate) use who::{account_of, give_role, link_account, locale_of, people_of, students_who_left};

use crate::db::types::Id;
use crate::db::{BATCH, Db};
use crate::error::Result;
use crate::on;

macro_rules! inserts {
    ($($(#[$doc:meta])* $name:ident: $row:ty => $table:ident;)+) => {$(
        $(#[$doc])*
        #[cfg_attr(not(test), allow(dead_code, reason = "one function a table; not every writer needs each"))]
        pub(crate) fn $name(db: &mut Db, new: &[$row]) -> Result<()> {
            for some in new.chunks(BATCH) {
                on!(db => diesel::insert_into($table::table).values(some).execute(db))?;
            }
            Ok(())
        }
    )+};
}

inserts! {
    /// Adds agencies.
    insert_agencies: Agency => agency;
    /// Adds schools and other organisations.
    insert_orgs: Org => org;
    /// Adds people.
    insert_people: Person => person;
    /// Adds students.
    insert_students: Student => student;
    /// Adds class sections.
    insert_classes: Class => class;
    /// Puts students and teachers into classes.
    insert_enrollments: Enrollment => enrollment;
    /// Adds contacts, which are not rights.
    insert_relationships: Relationship => relationship;
    /// Grants rights.
    insert_rights: EducationalRight => educational_right;
    /// Writes orders down that keep somebody away.
    insert_restrictions: Restriction => restriction;
    /// Writes down from which age on somebody is of age.
    insert_majority_laws: MajorityLaw => majority_law;
    /// Writes down when students come of age.
    insert_majorities: Majority => majority;
    /// Assigns staff.
    insert_assignments: Assignment => assignment;
}

macro_rules! finds {
    ($($(#[$doc:meta])* $name:ident: $id:ty => $table:ident as $row:ty;)+) => {$(
        $(#[$doc])*
        pub(crate) fn $name(db: &mut Db, agency: AgencyId, id: $id) -> Result<Option<$row>> {
            Ok(on!(db => $table::table
                .find((Id(agency), Id(id)))
                .select(<$row>::as_select())
                .first(db)
                .optional())?)
        }
    )+};
}

finds! {
    /// One person.
    person: PersonId => person as Person;
    /// One student.
    student: RecordId => student as Student;
    /// One contact.
    relationship: Uuid => relationship as Relationship;
    /// One right.
    right: Uuid => educational_right as EducationalRight;
    /// One restriction.
    restriction: Uuid => restriction as Restriction;
    /// When a student comes of age, withdrawn or not.
    majority: Uuid => majority as Majority;
    /// One assignment.
    assignment: Uuid => assignment as Assignment;
}

macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident by $column:ident: $id:ty => $table:ident as $row:ty;)+) => {$(
        $(#[$doc])*
        pub(crate) fn $name(db: &mut Db, agency: AgencyId, ids: &[$id]) -> Result<Vec<$row>> {
            let mut found = Vec::new();
            for some in ids.chunks(BATCH) {
                let some: Vec<_> = some.iter().map(|id| Id(*id)).collect();
                let rows: Vec<$row> = on!(db => $table::table
                    .filter($table::agency.eq(Id(agency)))
                    .filter($table::$column.eq_any(&some))
                    .order($table::id)
                    .select(<$row>::as_select())
                    .load(db))?;
                found.extend(rows);
            }
            Ok(found)
        }
    )+};
}

lists! {
    /// Some people, by id.
    people by id: PersonId => person as Person;
    /// Some students, by id.
    students by id: RecordId => student as Student;
    /// Some organisations, by id.
    orgs by id: RecordId => org as Org;
    /// Contacts of some students, the ended ones too.
    relationships_of by student: RecordId => relationship as Relationship;
    /// Rights for some students, the ended ones too.
    rights_for by student: RecordId => educational_right as EducationalRight;
    /// Who is kept away from some students, the lifted ones too.
    restrictions_for by student: RecordId => restriction as Restriction;
    /// When some students come of age, the withdrawn facts too.
    majorities_of by student: RecordId => majority as Majority;
    /// Assignments to some students, the ended ones too.
    assignments_to by student: RecordId => assignment as Assignment;
}
