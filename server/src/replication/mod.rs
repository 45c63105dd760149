//! Replication as phones meet it: push, pull, and the poke that says it is worth pulling.
//!
//! [`push`] and [`pull`] are plain functions over a connection: a whole unit of work that
//! cannot be cancelled half-way and can be run again. The wire stands in the crate `sync`.

mod again;
mod filler;
mod forget;
mod gate;
mod graphql;
mod hub;
pub mod lease;
mod lost;
mod poke;
mod pull;
mod purge;
mod push;
mod settle;
mod shelf;

pub use forget::forget_old;
pub use gate::Gate;
pub use graphql::{SyncMutation, SyncQuery, SyncSubscription};
pub use hub::Hub;
pub use lease::Leases;
pub use lost::{NotReceived, StudentLost};
pub use pull::{Terms, pull};
pub use purge::outstanding as purges_outstanding;
pub use push::push;
pub use settle::{is_settled, settle};
pub use shelf::Shelf;

/// How long a phone that speaks a newer wire than this node waits for the node's update.
const NEWER_WIRE_WAIT: u64 = 60_000;

use sync::{AccountId, DeviceId, StoreId};

#[cfg(test)]
mod tests;

/// The phone that is in contact, as its access token says.
#[derive(Clone, Copy, Debug)]
pub struct Phone {
    /// Who is signed in on it.
    pub account: AccountId,
    /// Which device it is.
    pub device: DeviceId,
    /// The store it was signed in with; none for a browser's session.
    pub store: Option<StoreId>,
}
