//! Contact attempts for the web: the record of 34 CFR 300.322(d).

pub mod graphql;

pub use graphql::{AttemptMutation, Channel, ContactAttempt, StudentAttempts};
