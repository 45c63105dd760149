//! What families write, as typed reads, and the choice between two versions.

pub mod graphql;

pub use graphql::{FamilyStatement, ParentInput, StudentFamily};
