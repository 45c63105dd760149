//! The field: what a special-education team records, who may see which record, what
//! happens when two people write the same thing, and the mathematics of progress.
//!
//! Pure: phone and server share it, so that a preview and the truth are one function.
//! Time and ids come in as arguments.
//!
//! One folder an area, each with its records, its operations and the policy words beside
//! its fields. [`intent`] joins them into the closed list of things a person can do.

pub mod check;
pub mod contact;
pub mod disclosure;
pub mod document;
pub mod facts;
pub mod family;
pub mod intent;
pub mod kinds;
pub mod lift;
pub mod meeting;
pub mod plan;
pub mod policy;
pub mod progress;
pub mod record_request;
pub mod retention;
pub mod review;
pub mod scope;
pub mod student;
pub mod team;
pub mod visit;

pub use check::Fault;
pub use intent::Intent;
