//! Which id a row of a roster gets. An id follows from the agency and the source system's id, so
//! that the same row is the same thing in every import, and planning needs no source of ids.

use sync::{AgencyId, PersonId, RecordId, id::derived};
use uuid::Uuid;

/// A school or another organisation.
pub(crate) fn org(agency: AgencyId, source: &str) -> RecordId {
    derived(agency.0, &format!("org/{source}"))
}

/// A member of staff or a contact.
pub(crate) fn person(agency: AgencyId, source: &str) -> PersonId {
    derived(agency.0, &format!("person/{source}"))
}

/// A student, and the student's card.
pub(crate) fn student(agency: AgencyId, source: &str) -> RecordId {
    derived(agency.0, &format!("student/{source}"))
}

/// A class section.
pub(crate) fn class(agency: AgencyId, source: &str) -> Uuid {
    derived(agency.0, &format!("class/{source}"))
}

/// A seat in a class.
pub(crate) fn enrollment(agency: AgencyId, source: &str) -> Uuid {
    derived(agency.0, &format!("enrollment/{source}"))
}

/// An edge from a student to a contact: one for each pair, whatever it is called.
pub(crate) fn contact(agency: AgencyId, student: &str, person: &str) -> Uuid {
    let (student, person) = (self::student(agency, student), self::person(agency, person));
    derived(agency.0, &format!("contact/{student}/{person}"))
}
