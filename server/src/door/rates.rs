//! How often anybody may ask: a device and an account that are signed in, and a network whose
//! requests nobody vouches for. Counted in this process alone, which bounds what one program
//! gone wild costs everybody else; guessing is made hopeless elsewhere (`auth::throttle`), and
//! what replication may cost as well (`replication::gate`).

use std::hash::Hash;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use governor::clock::{Clock, MonotonicClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use sync::{AccountId, DeviceId};

use super::address::Network;
use crate::error::{Error, Result};

/// What a device may ask in a second unless it is told otherwise: a page with a dozen parts asks
/// a dozen things, and nobody turns four pages in a second.
pub const PER_SECOND: u32 = 50;

/// So many seconds' worth may be asked at once, by who was quiet before.
const BURST: u32 = 20;
/// Those who are signed in on several devices.
const DEVICES: u32 = 3;
/// A whole school may sit behind one address when it opens its doors.
const SCHOOL: u32 = 2;

/// After so many requests those who were quiet for long are forgotten.
const FORGET_AFTER: u32 = 8_192;

const LIMIT: HeaderName = HeaderName::from_static("ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("ratelimit-remaining");
const RESET: HeaderName = HeaderName::from_static("ratelimit-reset");

/// One process's counts.
pub struct Rates(Option<Counts>);

struct Counts {
    networks: Limiter<Network>,
    devices: Limiter<DeviceId>,
    accounts: Limiter<AccountId>,
}

/// What is left to somebody who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// At once.
    limit: u32,
    /// Of it.
    remaining: u32,
    /// Until all of it is there again.
    reset: Duration,
}

impl Default for Rates {
    fn default() -> Self {
        Self::of(PER_SECOND)
    }
}

impl Rates {
    /// So many requests of a device in a second, and of the others in proportion; 0 is no limit.
    pub fn of(per_second: u32) -> Self {
        Self(NonZeroU32::new(per_second).map(|rate| {
            let limiter = |times| rate.saturating_mul(NonZeroU32::new(times).unwrap_or(NonZeroU32::MIN));
            Counts {
                networks: Limiter::of(limiter(SCHOOL)),
                devices: Limiter::of(rate),
                accounts: Limiter::of(limiter(DEVICES)),
            }
        }))
    }

    /// A request of somebody who is signed in.
    pub fn member(&self, account: AccountId, device: DeviceId) -> Result<Option<Allowance>> {
        let Some(counts) = &self.0 else { return Ok(None) };
        counts.accounts.check(account)?;
        counts.devices.check(device).map(Some)
    }

    /// A request that nobody vouches for.
    pub fn stranger(&self, from: Network) -> Result<Option<Allowance>> {
        self.0.as_ref().map(|counts| counts.networks.check(from)).transpose()
    }
}

impl Allowance {
    /// Says so in the usual headers, and to somebody who has to wait for how long.
    pub fn write(allowance: Option<Self>, refused: Option<Duration>, headers: &mut HeaderMap) {
        if let Some(Self { limit, remaining, reset }) = allowance {
            headers.insert(LIMIT, HeaderValue::from(limit));
            headers.insert(REMAINING, HeaderValue::from(remaining));
            headers.insert(RESET, HeaderValue::from(seconds(reset)));
        }
        if let Some(wait) = refused {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds(wait).max(1)));
        }
    }
}

fn seconds(time: Duration) -> u64 {
    time.as_secs() + u64::from(time.subsec_nanos() > 0)
}

struct Limiter<K: Hash + Eq + Clone> {
    inner: RateLimiter<K, DashMapStateStore<K>, MonotonicClock, StateInformationMiddleware>,
    asked: AtomicU32,
}

impl<K: Hash + Eq + Clone> Limiter<K> {
    fn of(per_second: NonZeroU32) -> Self {
        let burst = per_second.saturating_mul(NonZeroU32::new(BURST).unwrap_or(NonZeroU32::MIN));
        let quota = Quota::per_second(per_second).allow_burst(burst);
        let inner = RateLimiter::new(quota, DashMapStateStore::default(), MonotonicClock);
        Self { inner, asked: AtomicU32::new(0) }
    }

    fn check(&self, who: K) -> Result<Allowance> {
        if self.asked.fetch_add(1, Ordering::Relaxed) % FORGET_AFTER == FORGET_AFTER - 1 {
            self.inner.retain_recent();
        }
        match self.inner.check_key(&who) {
            Ok(left) => {
                let limit = left.quota().burst_size().get();
                let remaining = left.remaining_burst_capacity();
                let reset = left.quota().replenish_interval().saturating_mul(limit.saturating_sub(remaining));
                Ok(Allowance { limit, remaining, reset })
            }
            Err(later) => Err(Error::RateLimited { retry_after: later.wait_time_from(MonotonicClock.now()) }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn account(n: u128) -> AccountId {
        AccountId(Uuid::from_u128(n))
    }

    fn device(n: u128) -> DeviceId {
        DeviceId(Uuid::from_u128(n))
    }

    /// How often it is let in before it has to wait.
    fn until_refused(mut ask: impl FnMut() -> Result<Option<Allowance>>) -> u32 {
        (0..10_000).find(|_| ask().is_err()).expect("it is refused at last")
    }

    #[test]
    fn one_device_that_asks_without_end_waits_and_nobody_else_does() {
        let rates = Rates::of(1);
        assert!((BURST..BURST + 3).contains(&until_refused(|| rates.member(account(1), device(1)))));
        let refused = rates.member(account(1), device(1)).expect_err("it waits");
        assert!(matches!(refused, Error::RateLimited { retry_after } if retry_after <= Duration::from_secs(1)));
        assert!(rates.member(account(1), device(2)).is_ok(), "another of hers");
        assert!(rates.member(account(2), device(3)).is_ok());
        assert!(rates.stranger(Network::default()).is_ok());
    }

    #[test]
    fn an_account_gains_little_by_many_devices() {
        let rates = Rates::of(1);
        let mut n = 0;
        let let_in = until_refused(|| {
            n += 1;
            rates.member(account(1), device(n))
        });
        assert!((BURST * DEVICES..BURST * DEVICES + 5).contains(&let_in), "{let_in}");
    }

    #[test]
    fn who_is_let_in_reads_what_is_left() {
        let rates = Rates::of(1);
        let allowance = rates.stranger(Network::default()).expect("the first");
        let mut headers = HeaderMap::new();
        Allowance::write(allowance, None, &mut headers);
        assert_eq!(
            (&headers[LIMIT], &headers[REMAINING], &headers[RESET]),
            (&HeaderValue::from(BURST * SCHOOL), &HeaderValue::from(BURST * SCHOOL - 1), &HeaderValue::from(1),)
        );
        assert!(!headers.contains_key(RETRY_AFTER));
    }

    #[test]
    fn without_a_limit_nobody_waits() {
        let rates = Rates::of(0);
        assert!((0..10_000).all(|_| rates.member(account(1), device(1)).is_ok_and(|left| left.is_none())));
    }
}
