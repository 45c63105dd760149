//! Disagreements: a field that stands in several versions until somebody chooses.
//!
//! The record itself holds the versions and is the truth; what is kept here beside it is the
//! life of each disagreement: when it was raised, what stood last, who settled it and how.
//! From it come the queue of those who may choose and the history that a choice can be taken
//! back from.

pub mod graphql;
mod queue;
pub(crate) mod rows;

pub use graphql::{ConflictMutation, StudentConflicts};
pub(crate) use queue::{settled_of, waiting_for};
pub(crate) use rows::about;
