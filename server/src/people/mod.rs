//! People: agencies and their organisations, adults, students, and the dated facts between
//! them. A contact is not a right: rights are granted by a person, with evidence and dates
//! (34 CFR 99.4; domain.md, trap 6).
//!
//! [`facts_of`] turns the rows into what `access` judges by. Facts are written through the
//! one door, by [`facts`]'s functions.

mod known;
pub(crate) mod rows;
#[cfg(test)]
mod tests;

pub use known::{facts_in, facts_of};
pub use rows::{Agency, Assignment, Class, EducationalRight, Enrollment, Org, Person, Relationship, Student};

/// Facts cannot be written yet: the functions that do land next, in `write.rs`.
pub fn write(
    _: &mut crate::apply::ApplyTx<'_>,
    _: sync::PersonId,
    _: &domain::Intent,
) -> crate::error::Result<sync::Verdict> {
    Ok(sync::Verdict::rejected(sync::verdict::Code::UnknownOperation))
}
