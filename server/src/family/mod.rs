//! What families write, as typed reads, and the choice between two versions.

mod graphql;

pub use graphql::{ConflictMutation, StudentFamily};
