//! Visits, as typed reads. They are written by phones, through the door.

pub mod graphql;

pub use graphql::{StudentVisits, Visit};
