//! Ids from names, so that a story can say "ana" wherever an id is wanted.

use sync::id::derived;
use sync::{AccountId, AgencyId, PersonId, RecordId};
use uuid::Uuid;

/// The one agency of every test.
pub const AGENCY: AgencyId = AgencyId(Uuid::from_u128(0xa9e));

/// What everybody signs in with.
pub const PASSWORD: &str = "a sentence that nobody guesses";

/// A student.
pub fn student(name: &str) -> RecordId {
    derived(AGENCY.0, &format!("student/{name}"))
}

/// A goal, by its title.
pub fn goal(title: &str) -> RecordId {
    derived(AGENCY.0, &format!("goal/{title}"))
}

/// A meeting, by its purpose.
pub fn meeting(purpose: &str) -> RecordId {
    derived(AGENCY.0, &format!("meeting/{purpose}"))
}

/// An adult.
pub fn person(name: &str) -> PersonId {
    derived(AGENCY.0, &format!("person/{name}"))
}

/// What an adult signs in as.
pub fn account(name: &str) -> AccountId {
    derived(AGENCY.0, &format!("account/{name}"))
}

/// What an adult signs in with.
pub fn login(name: &str) -> String {
    format!("{name}@example.org")
}

/// What somebody is to a student, as a roster says it.
pub fn contact(person: &str, student: &str) -> Uuid {
    derived(AGENCY.0, &format!("contact/{person}/{student}"))
}

/// A guardian's rights for a student.
pub fn right(guardian: &str, student: &str) -> Uuid {
    derived(AGENCY.0, &format!("right/{guardian}/{student}"))
}

/// A staff member's assignment to a student.
pub fn assignment(staff: &str, student: &str) -> Uuid {
    derived(AGENCY.0, &format!("assignment/{staff}/{student}"))
}

/// The global id of something in the agency, by the prefix of its type.
pub fn node(prefix: &str, id: impl Into<Uuid>) -> String {
    format!("{prefix}_{}_{}", AGENCY.0.simple(), id.into().simple())
}
