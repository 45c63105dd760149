//! The link to the server, as it is right now. Nothing here is kept: after a restart the
//! next contact finds out again.

use crate::effect::Request;
use std::collections::{BTreeMap, BTreeSet};
use sync::{AgencyId, Micros, OperationId, Scope};

/// The longest pause between two attempts, in microseconds.
const LONGEST: i64 = 5 * 60 * 1_000_000;

/// What is going on with the server.
#[derive(Clone, Debug, Default)]
pub(crate) struct Link {
    /// Whether there is a network.
    pub(crate) online: bool,
    /// The phone's clock at the last event.
    pub(crate) now: Micros,
    /// The request that has no answer yet. There is never more than one.
    pub(crate) flight: Option<Flight>,
    /// The contact that is under way.
    pub(crate) contact: Option<Progress>,
    /// A pull is wanted, whether or not there is something to send.
    pub(crate) wanted: bool,
    /// A round was counted row by row since this copy was opened; what is here has been looked at.
    pub(crate) counted: bool,
    /// The last push began its stream anew, and nothing was taken since.
    pub(crate) renumbered: bool,
    /// How often in a row the server could not be reached.
    failures: u32,
    /// Not before this.
    pub(crate) retry_at: Option<Micros>,
    /// Agencies whose stream the server asked to wait.
    pub(crate) deferred: BTreeMap<AgencyId, Micros>,
    /// The person leaves when everything is sent.
    pub(crate) leaving: bool,
    /// The copy had no contact for too long, as of the last event.
    pub(crate) needs_contact: bool,
    /// The moment that was asked for last.
    pub(crate) wake: Option<Micros>,
    /// The token with which the subscription was asked for last.
    pub(crate) listening: Option<String>,
    requests: u64,
}

/// A request on its way.
#[derive(Clone, Debug)]
pub(crate) struct Flight {
    /// Its name.
    pub(crate) request: String,
    /// What it is.
    pub(crate) step: Step,
    /// When it left, by the phone's clock.
    pub(crate) sent_at: Micros,
}

/// One step of a contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// A new access token.
    Refresh,
    /// Operations of one agency, and scopes that were forgotten.
    Push {
        /// Whose.
        agency: AgencyId,
        /// The number of the first.
        first: u64,
        /// Which.
        ids: Vec<OperationId>,
        /// What the server is told to be gone.
        forgotten: Vec<Scope>,
    },
    /// The next page.
    Pull,
}

/// How far a contact has come: push, then purge and data.
#[derive(Clone, Debug, Default)]
pub(crate) struct Progress {
    /// Agencies for which the one push attempt was made.
    pub(crate) tried: BTreeSet<AgencyId>,
    /// A push attempt failed: pulled all the same, then tried again later.
    pub(crate) troubled: bool,
    /// The round is complete.
    pub(crate) pulled: bool,
    /// The access token was refused.
    pub(crate) unauthenticated: bool,
    /// A new one was fetched in this contact.
    pub(crate) refreshed: bool,
    /// Scopes whose sums did not match were compared in this contact.
    pub(crate) compared: bool,
    /// How many pages in a row only asked to compare.
    pub(crate) asked_in_vain: u8,
    /// It began from nothing.
    pub(crate) began_again: bool,
}

impl Link {
    /// The phone's clock at an event. Set back, no moment that was noted by it is worth anything:
    /// what was to wait a minute would wait for days.
    pub(crate) fn comes_to(&mut self, now: Micros) {
        if now < self.now {
            self.retry_at = None;
            self.deferred.clear();
            self.wake = None;
        }
        self.now = now;
    }

    /// The name of the next request.
    pub(crate) fn next_name(&mut self) -> String {
        self.requests += 1;
        self.requests.to_string()
    }

    /// Notes that a request leaves.
    pub(crate) fn leaves(&mut self, request: &Request, step: Step, now: Micros) {
        self.flight = Some(Flight { request: request.request.clone(), step, sent_at: now });
    }

    /// Takes the flight that this answers, if it is the one we wait for.
    pub(crate) fn lands(&mut self, request: &str) -> Option<Flight> {
        self.flight.take_if(|flight| flight.request == request)
    }

    /// The operations that are on their way.
    pub(crate) fn travelling(&self) -> &[OperationId] {
        match &self.flight {
            Some(Flight { step: Step::Push { ids, .. }, .. }) => ids,
            _ => &[],
        }
    }

    /// Everything is to be tried at once.
    pub(crate) fn refresh_hope(&mut self) {
        self.failures = 0;
        self.retry_at = None;
        self.wanted = true;
    }

    /// The server cannot be reached: the contact ends, the next one waits longer each time.
    pub(crate) fn back_off(&mut self, now: Micros, entropy: [u8; 16]) {
        let pause = (1_000_000_i64 << self.failures.min(9)).min(LONGEST);
        // Between half and the whole, so that phones do not come back all at once.
        let jitter = i64::from(u16::from_be_bytes([entropy[0], entropy[1]])) * (pause / 2) / i64::from(u16::MAX);
        self.failures += 1;
        self.wait_until(now.plus(pause / 2 + jitter));
    }

    /// The contact ends; the next one begins at `moment`.
    pub(crate) fn wait_until(&mut self, moment: Micros) {
        self.contact = None;
        self.wanted = true;
        self.retry_at = Some(moment);
    }

    /// A contact came to its end.
    pub(crate) fn reached(&mut self) {
        self.contact = None;
        self.failures = 0;
    }

    /// Forgets a person: requests on their way are not theirs any more.
    pub(crate) fn forget(&mut self) {
        *self = Self {
            online: self.online,
            now: self.now,
            requests: self.requests,
            listening: self.listening.take(),
            ..Self::default()
        };
    }

    /// The one timer has rung: drops what has come due. Timers ring a moment early too, by a clock
    /// that runs beside this one, so what is not due yet has to be asked for again.
    pub(crate) fn wake(&mut self, now: Micros) {
        self.wake = None;
        if self.retry_at.is_some_and(|at| at <= now) {
            self.retry_at = None;
        }
        self.deferred.retain(|_, until| *until > now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_is_set_back_makes_no_wait_longer() {
        let mut link = Link::default();
        let agency = AgencyId(uuid::Uuid::from_u128(1));
        link.comes_to(Micros(1_000));
        link.wait_until(Micros(2_000));
        link.deferred.insert(agency, Micros(2_000));
        link.comes_to(Micros(1_500));
        assert_eq!((link.retry_at, link.deferred.len()), (Some(Micros(2_000)), 1));
        link.comes_to(Micros(1_499));
        assert_eq!((link.retry_at, link.deferred.len()), (None, 0));
    }

    #[test]
    fn pauses_grow_to_a_limit_and_are_spread() {
        let mut link = Link::default();
        let pause = |link: &mut Link, entropy| {
            link.back_off(Micros(0), [entropy; 16]);
            link.retry_at.map(Micros::millis)
        };
        assert_eq!(pause(&mut link, 0), Some(500));
        assert_eq!(pause(&mut link, 255), Some(2_000));
        (0..20).for_each(|_| link.back_off(Micros(0), [0; 16]));
        assert_eq!(pause(&mut link, 255), Some(300_000));
        link.refresh_hope();
        assert_eq!(pause(&mut link, 0), Some(500));
    }
}
