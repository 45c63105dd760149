//! What families ask of the record, and what the school answers (34 CFR 300.613 to 300.620).
//! The rules of it are in [`domain::record_request`]; here are its typed reads and writes.

pub mod graphql;
pub mod mutation;
mod queue;

pub use graphql::{RecordRequest, StudentRequests};
pub use mutation::RequestMutation;
pub(crate) use queue::waiting;
