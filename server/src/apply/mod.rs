//! The one door for writes: seen before? allowed? merge with what is there, write, index,
//! remember the verdict.
//!
//! Phones, web mutations and jobs make the same operations and enter here. A unit of work
//! is one transaction in one agency ([`in_agency`]); it holds the agency's head from its
//! first statement on, so commit order is version order and no merge is lost. Operations
//! are judged against a working copy in memory; what is refused leaves no trace in it, and
//! everything is written in a few statements at the end.

mod allow;
mod asked;
mod index;
mod judge;
mod memory;
mod past;
mod tx;

pub use asked::Asked;
pub(crate) use index::{ScopeHead, alive_after, forget_tombstones, records_after, scope_heads};
pub use index::{Touched, heads};
pub(crate) use judge::refuse;
pub use judge::{apply, apply_group};
pub(crate) use memory::{Rejected, last_number, rejected_about, sent_before, set_last_number};
pub use tx::{ApplyTx, in_agency};

use crate::access::Facts;
use sync::{AccountId, PersonId, StoreId};

/// Who does something.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The account, unless it is a job.
    pub account: Option<AccountId>,
    /// From which phone; none for the web and for jobs.
    pub store: Option<StoreId>,
    /// As whom.
    pub role: Role,
}

/// As whom somebody acts in one agency.
#[derive(Clone, Debug)]
pub enum Role {
    /// An account. It may be two people there: a teacher who is also somebody's mother.
    /// What only one of them may do, is done by that one.
    People(Vec<Facts>),
    /// The agency itself, which may place what its roster says.
    Job(PersonId),
}

impl Actor {
    /// An account with what is known of its people in the agency.
    pub fn account(account: AccountId, people: Vec<Facts>, store: Option<StoreId>) -> Self {
        Self { account: Some(account), store, role: Role::People(people) }
    }

    /// The agency itself: imports, the sample district, copies of facts.
    pub fn job(agency: sync::AgencyId) -> Self {
        Self { account: None, store: None, role: Role::Job(PersonId(agency.0)) }
    }

    /// Whether this is one of the people that the actor is.
    pub(crate) fn is(&self, person: PersonId) -> bool {
        match &self.role {
            Role::People(people) => people.iter().any(|facts| facts.person == person),
            Role::Job(job) => *job == person,
        }
    }
}
