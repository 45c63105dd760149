//! Conflict-aware replication between one authority (the server) and phones that are
//! offline for hours or weeks.
//!
//! A phone applies what a person does to its own copy at once, keeps it in an outbox,
//! pushes it in order and rebases what is still pending over what it pulls. The server
//! judges each operation once and remembers the verdict.
//!
//! This crate decides and never acts: no file, socket, database, clock or randomness.
//! Time and ids come in as arguments. It knows no area of the domain: what a kind of
//! record means, which policy a field has and who may see it are told to it.

mod columns;
pub mod cursor;
pub mod faults;
pub mod id;
pub mod merge;
pub mod operation;
pub mod page;
pub mod push;
pub mod reconcile;
pub mod record;
pub mod replica;
pub mod scope;
pub mod time;
pub mod value;
pub mod verdict;
pub mod wire;

pub use id::{AccountId, AgencyId, DeviceId, IdSource, OperationId, PersonId, RecordId, StoreId};
pub use operation::{Base, Change, Operation};
pub use record::{Kind, Record};
pub use scope::Scope;
pub use time::Micros;
pub use verdict::Verdict;
