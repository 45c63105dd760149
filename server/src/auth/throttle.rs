//! How often a secret may be tried. In memory and per process: it makes guessing hopeless,
//! while limits that hold across nodes come with the audits of the identity issue.
//!
//! An attempt is counted before it is judged, so that many at once gain nothing, and is
//! given back when it was right. A refused attempt does not lengthen the wait: whoever
//! knocks in somebody's name cannot lock them out for good.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

/// At most so many attempts in so much time.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// How many wrong ones.
    pub attempts: u32,
    /// Counted from the first of them.
    pub within: TimeDelta,
}

/// Beyond this many keys the finished ones are dropped, and if none is, all: an attacker
/// with that many addresses is not stopped here anyway, and memory stays bounded.
const MOST_KEYS: usize = 50_000;

/// Counts attempts by key.
pub struct Throttle<K> {
    limit: Limit,
    counts: Mutex<HashMap<K, Count>>,
}

struct Count {
    since: DateTime<Utc>,
    attempts: u32,
}

impl<K: Eq + Hash> Throttle<K> {
    /// A throttle with nothing counted.
    pub fn new(limit: Limit) -> Self {
        Self { limit, counts: Mutex::default() }
    }

    /// Counts one attempt, or says how long to wait.
    pub fn attempt(&self, key: K, now: DateTime<Utc>) -> Result<(), TimeDelta> {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.len() >= MOST_KEYS {
            counts.retain(|_, count| now < count.since + self.limit.within);
            if counts.len() >= MOST_KEYS {
                counts.clear();
            }
        }
        let count = counts.entry(key).or_insert(Count { since: now, attempts: 0 });
        if now >= count.since + self.limit.within {
            *count = Count { since: now, attempts: 0 };
        }
        if count.attempts >= self.limit.attempts {
            return Err(count.since + self.limit.within - now);
        }
        count.attempts += 1;
        Ok(())
    }

    /// The attempt was right: earlier ones are forgotten.
    pub fn succeeded(&self, key: &K) {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).expect("a time within the calendar")
    }

    fn throttle() -> Throttle<&'static str> {
        Throttle::new(Limit { attempts: 3, within: TimeDelta::seconds(100) })
    }

    #[test]
    fn the_fourth_wrong_attempt_waits_until_the_first_is_old() {
        let throttle = throttle();
        for second in 0..3 {
            assert_eq!(throttle.attempt("ana", at(second)), Ok(()));
        }
        assert_eq!(throttle.attempt("ana", at(40)), Err(TimeDelta::seconds(60)));
        assert_eq!(throttle.attempt("ana", at(99)), Err(TimeDelta::seconds(1)));
        assert_eq!(throttle.attempt("ana", at(100)), Ok(()));
    }

    #[test]
    fn a_right_attempt_forgives_the_wrong_ones() {
        let throttle = throttle();
        for _ in 0..10 {
            assert_eq!(throttle.attempt("ana", at(0)), Ok(()));
            assert_eq!(throttle.attempt("ana", at(0)), Ok(()));
            throttle.succeeded(&"ana");
        }
    }

    #[test]
    fn one_person_does_not_wait_for_another() {
        let throttle = throttle();
        for _ in 0..4 {
            let _ = throttle.attempt("ana", at(0));
        }
        assert_eq!(throttle.attempt("ben", at(0)), Ok(()));
    }

    #[test]
    fn a_flood_of_keys_leaves_memory_bounded() {
        let throttle = Throttle::new(Limit { attempts: 3, within: TimeDelta::seconds(100) });
        for key in 0..2 * MOST_KEYS {
            assert_eq!(throttle.attempt(key, at(0)), Ok(()));
        }
        assert!(throttle.counts.lock().expect("not poisoned").len() <= MOST_KEYS);
    }
}
