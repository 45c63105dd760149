//! People: agencies and their organisations, adults, students, and the dated facts between
//! them. A contact is not a right: rights are granted by a person, with evidence and dates
//! (34 CFR 99.4; domain.md, trap 6).
//!
//! [`facts_of`] turns the rows into what `access` judges by. Facts are written through the
//! one door, which calls [`write()`].

mod days;
pub mod directory;
pub mod graphql;
mod known;
pub(crate) mod load;
mod majority;
pub(crate) mod rows;
#[cfg(test)]
mod tests;
pub(crate) mod words;
mod write;

pub(crate) use days::{today, zone};
pub(crate) use known::facts_of_person;
pub use known::{case_managers_of, facts_in, facts_of};
pub(crate) use majority::right;
pub use rows::{
    Agency, Assignment, Class, EducationalRight, Enrollment, Majority, MajorityLaw, Org, Person, Relationship,
    Restriction, Student,
};
// The tables, for imports and the sample district: they write whole tables at once.
pub(crate) use rows::{account_of, link_account, locale_of, people_of};
// For a copy of a whole record.
pub(crate) use rows::{
    agencies, agency, assignment, class, educational_right, enrollment, give_role, insert_agencies, insert_classes,
    insert_enrollments, insert_orgs, insert_people, insert_relationships, insert_students, org, person, relationship,
    student,
};
pub(crate) use rows::{assignments_to, majorities_of, orgs, people, relationships_of, restrictions_for, rights_for};
// For the keeping of records.
pub(crate) use rows::{students_who_left, with_those_above};
pub use write::write;
