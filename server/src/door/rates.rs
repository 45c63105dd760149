//! How often anybody may ask: a device and an account that are signed in, and a network whose
//! requests nobody vouches for. Counted before a request is read, and in this process alone,
//! which bounds what one program gone wild costs everybody else; guessing is made hopeless
//! elsewhere (`auth::throttle`), and what replication may cost is bounded there as well
//! (`replication::gate`).

use std::hash::Hash;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::clock::{Clock, MonotonicClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use sync::{AccountId, DeviceId};

use super::address::Network;
use crate::app::App;
use crate::auth::access_token;
use crate::auth::caller::presented;
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
/// Signing in costs a hash of a password each time, of which a machine does some fifty in a second.
const SIGN_INS_ARE_DEARER: u32 = 2;

/// A copy of a whole record takes a processor for a while. So many at once of an account, and then one
/// whenever so much time has passed.
const COPIES: NonZeroU32 = NonZeroU32::new(5).expect("it is not zero");
const COPIES_EVERY: Duration = Duration::from_secs(20);

/// After so many requests those who were quiet for long are forgotten.
const FORGET_AFTER: u32 = 8_192;

const LIMIT: HeaderName = HeaderName::from_static("ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("ratelimit-remaining");
const RESET: HeaderName = HeaderName::from_static("ratelimit-reset");

/// One process's counts.
pub struct Rates(Option<Counts>);

struct Counts {
    networks: Limiter<Network>,
    sign_ins: Limiter<Network>,
    devices: Limiter<DeviceId>,
    accounts: Limiter<AccountId>,
    copies: Limiter<AccountId>,
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
            let at_least_one = |rate| NonZeroU32::new(rate).unwrap_or(NonZeroU32::MIN);
            let times = |times| rate.saturating_mul(at_least_one(times));
            Counts {
                networks: Limiter::of(times(SCHOOL)),
                sign_ins: Limiter::of(at_least_one(per_second / SIGN_INS_ARE_DEARER)),
                devices: Limiter::of(rate),
                accounts: Limiter::of(times(DEVICES)),
                copies: Limiter::with(copies()),
            }
        }))
    }

    /// A request of somebody who is signed in.
    pub fn member(&self, account: AccountId, device: DeviceId) -> Result<Option<Allowance>> {
        let Some(counts) = &self.0 else { return Ok(None) };
        // The device first: one gone wild must not use up what its owner's others have.
        let allowance = counts.devices.check(device)?;
        counts.accounts.check(account)?;
        Ok(Some(allowance))
    }

    /// A copy of a whole record, for an account.
    pub fn copy(&self, account: AccountId) -> Result<()> {
        self.0.as_ref().map_or(Ok(()), |counts| counts.copies.check(account).map(|_| ()))
    }

    /// A request that nobody vouches for.
    pub fn stranger(&self, from: Network) -> Result<Option<Allowance>> {
        self.0.as_ref().map(|counts| counts.networks.check(from)).transpose()
    }

    /// Somebody who wants to sign in, or to go on.
    pub fn sign_in(&self, from: Network) -> Result<Option<Allowance>> {
        self.0.as_ref().map(|counts| counts.sign_ins.check(from)).transpose()
    }
}

impl Allowance {
    /// Says so in the usual headers.
    fn write(self, headers: &mut HeaderMap) {
        headers.insert(LIMIT, HeaderValue::from(self.limit));
        headers.insert(REMAINING, HeaderValue::from(self.remaining));
        headers.insert(RESET, HeaderValue::from(seconds(self.reset)));
    }
}

/// Counts what comes to GraphQL, before it is read: a token says whose request it is, and whether
/// it is good still is found out later.
pub async fn count_requests(State(app): State<App>, from: Network, request: Request, next: Next) -> Response {
    let now = app.clock.now();
    let token = presented(&app.auth, request.headers());
    let claims = token.and_then(|token| access_token::open(&app.auth.keys, token, now).ok());
    let counted = match claims {
        Some(claims) => app.door.rates.member(claims.account, claims.device),
        None => app.door.rates.stranger(from),
    };
    go_on(counted, request, next).await
}

/// Counts who wants to sign in.
pub async fn count_sign_ins(State(app): State<App>, from: Network, request: Request, next: Next) -> Response {
    go_on(app.door.rates.sign_in(from), request, next).await
}

async fn go_on(counted: Result<Option<Allowance>>, request: Request, next: Next) -> Response {
    match counted {
        Ok(allowance) => {
            let mut response = next.run(request).await;
            if let Some(allowance) = allowance {
                allowance.write(response.headers_mut());
            }
            response
        }
        Err(wait) => wait.into_response(),
    }
}

fn copies() -> Quota {
    Quota::with_period(COPIES_EVERY).expect("it is some time").allow_burst(COPIES)
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
        Self::with(Quota::per_second(per_second).allow_burst(burst))
    }

    fn with(quota: Quota) -> Self {
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
        // One a second is let in still, should this take so long.
        let let_in = (0..10 * BURST).filter(|_| rates.member(account(1), device(1)).is_ok()).count();
        assert!(let_in < 3, "{let_in}");
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
        let allowance = rates.stranger(Network::default()).expect("the first").expect("there is a limit");
        let mut headers = HeaderMap::new();
        allowance.write(&mut headers);
        assert_eq!(
            (&headers[LIMIT], &headers[REMAINING], &headers[RESET]),
            (&HeaderValue::from(BURST * SCHOOL), &HeaderValue::from(BURST * SCHOOL - 1), &HeaderValue::from(1),)
        );
    }

    #[test]
    fn without_a_limit_nobody_waits() {
        let rates = Rates::of(0);
        assert!((0..10_000).all(|_| rates.member(account(1), device(1)).is_ok_and(|left| left.is_none())));
    }
}
