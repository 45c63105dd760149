//! Signing in: its units of work on both engines, and its routes as they are sent.

mod routes;
mod stories;
pub(super) mod story;
