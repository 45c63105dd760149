//! The gate before push and pull: one at a time for each stream, within what an account may
//! cost, and no more at once than this node carries. Who is not let in is told when to come
//! back; nothing of it is stored, and it never depends on what was sent.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use sync::{AccountId, Micros, StoreId};

/// The most syncs that are worked on or wait for a connection.
const MOST_INSIDE: usize = 512;
/// What an account may cost at once: the outbox of a school year.
const MOST_COST: i64 = 100_000;
/// What it gets back each second.
const COST_A_SECOND: i64 = 1_000;
/// What a pull costs, in operations.
pub(super) const PULL_COST: u32 = 4;

/// Where one sync goes in: of a stream and a direction there is one at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Lane {
    /// A push of a store, for one agency.
    Push(AccountId, Option<StoreId>, sync::AgencyId),
    /// A pull of a store.
    Pull(AccountId, sync::DeviceId),
}

impl Lane {
    fn account(self) -> AccountId {
        match self {
            Self::Push(account, ..) | Self::Pull(account, ..) => account,
        }
    }
}

/// Come back after so many milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wait(pub(super) u64);

/// One node's gate. Cheap to clone.
#[derive(Clone, Default)]
pub struct Gate(Arc<Mutex<Inside>>);

#[derive(Default)]
struct Inside {
    lanes: HashSet<Lane>,
    budgets: HashMap<AccountId, Budget>,
}

/// What an account has left, and since when.
#[derive(Clone, Copy)]
struct Budget {
    left: i64,
    at: Micros,
}

impl Budget {
    /// Filled up by the time that has passed.
    fn at(self, now: Micros) -> Self {
        let micros = (now.0 - self.at.0).max(0);
        let back = micros.saturating_mul(COST_A_SECOND) / 1_000_000;
        Self { left: self.left.saturating_add(back).min(MOST_COST), at: now }
    }
}

impl Gate {
    /// Lets a sync in, or says how long to wait. It is inside as long as the pass lives.
    pub(super) fn enter(&self, lane: Lane, cost: u32, now: Micros) -> Result<Pass, Wait> {
        let mut inside = self.inside();
        if inside.lanes.contains(&lane) {
            return Err(Wait(1_000));
        }
        // The fuller, the longer: those who wait do not all come back at once.
        if inside.lanes.len() >= MOST_INSIDE {
            return Err(Wait(1_000 + 10 * (u64::from(lane.account().0.as_bytes()[15]))));
        }
        let account = lane.account();
        let budget = inside.budgets.get(&account).map_or(Budget { left: MOST_COST, at: now }, |budget| budget.at(now));
        let cost = i64::from(cost);
        // Somebody who has anything left may spend it all: a full outbox gets through at last.
        if budget.left < cost.min(MOST_COST) {
            let missing = cost.min(MOST_COST) - budget.left;
            return Err(Wait((missing * 1_000 / COST_A_SECOND).unsigned_abs().max(1_000)));
        }
        let spent = Budget { left: (budget.left - cost).max(0), ..budget };
        inside.budgets.insert(account, spent);
        // Nobody is remembered who has all of it back.
        if inside.budgets.len() > MOST_INSIDE * 16 {
            inside.budgets.retain(|_, budget| budget.at(now).left < MOST_COST);
        }
        inside.lanes.insert(lane);
        drop(inside);
        Ok(Pass { gate: self.clone(), lane })
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        // Nothing is left half-way in there: a panic elsewhere closes nobody out.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Somebody who was let in.
pub(super) struct Pass {
    gate: Gate,
    lane: Lane,
}

impl Drop for Pass {
    fn drop(&mut self) {
        self.gate.inside().lanes.remove(&self.lane);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sync::DeviceId;
    use uuid::Uuid;

    fn pull(n: u128) -> Lane {
        Lane::Pull(AccountId(Uuid::from_u128(n)), DeviceId(Uuid::from_u128(n)))
    }

    fn seconds(n: i64) -> Micros {
        Micros(n * 1_000_000)
    }

    #[test]
    fn of_one_stream_there_is_one_at_a_time() {
        let gate = Gate::default();
        let first = gate.enter(pull(1), 1, seconds(0));
        assert!(gate.enter(pull(1), 1, seconds(0)).is_err());
        assert!(gate.enter(pull(2), 1, seconds(0)).is_ok());
        drop(first);
        assert!(gate.enter(pull(1), 1, seconds(0)).is_ok());
    }

    #[test]
    fn a_full_node_asks_to_wait_and_lets_in_when_somebody_leaves() {
        let gate = Gate::default();
        let mut inside: Vec<_> =
            (0..MOST_INSIDE as u128).map(|n| gate.enter(pull(n), 1, seconds(0)).expect("there is room")).collect();
        assert!(gate.enter(pull(9_999), 1, seconds(0)).is_err());
        inside.pop();
        assert!(gate.enter(pull(9_999), 1, seconds(0)).is_ok());
    }

    #[test]
    fn an_account_that_spent_all_waits_until_it_has_enough_again_and_others_do_not() {
        let gate = Gate::default();
        let enter = |who, cost, at| gate.enter(pull(who), cost, seconds(at)).map(drop);
        assert_eq!(enter(1, 99_000, 0), Ok(()));
        assert_eq!(enter(1, 5_000, 0), Err(Wait(4_000)));
        assert_eq!(enter(2, 5_000, 0), Ok(()));
        assert_eq!(enter(1, 5_000, 4), Ok(()));
        assert_eq!(enter(1, u32::MAX, 200), Ok(()), "however large, it gets through in the end");
    }
}
