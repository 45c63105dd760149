//! Who may see and do what: relationship, role, purpose and date, as pure functions over facts.
//!
//! [`Facts`] are what is known of one person in one agency. From them follow the scopes that
//! the person's phone holds ([`scopes()`]) and every single answer ([`may`]). Reads are judged
//! now; evidence, such as a visit, at the time of the event (domain.md §8.3). What is not
//! allowed reads as not found, and takes the same work: `tests/it/attack` counts the statements.
//!
//! `tests/access.txt` prints these rules for people to review, with every field and mutation
//! of the GraphQL schema in it.

pub mod facts;
pub mod majority;
pub mod rules;
pub mod scopes;
#[cfg(test)]
mod tests;

pub use facts::{Facts, Link, Restriction, Span, StaffRole};
pub use majority::Right;
pub use rules::{Action, Judgement, NOBODY, Part, Reach, is_family, may, sees_visits, services, students};
pub use scopes::{MOST_SCOPES, fits, scopes};
