//! The one clock of a test. It stands still until the test moves it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use server::clock::Clock;
use sync::Micros;

/// Noon on the first day of the tests' calendar.
const NOON: Micros = Micros(1_790_000_000_000_000);

/// A clock that server and phones of one test share. Cheap to clone.
#[derive(Clone, Debug)]
pub struct TestClock(Arc<AtomicI64>);

impl TestClock {
    /// A clock that stands at noon.
    pub fn at_noon() -> Self {
        Self::at(NOON)
    }

    /// A clock that stands at the moment of this call, beside a server that goes by its own.
    pub fn at_this_moment() -> Self {
        Self::at(Micros(Utc::now().timestamp_micros()))
    }

    /// A clock that stands at a moment.
    pub fn at(moment: Micros) -> Self {
        Self(Arc::new(AtomicI64::new(moment.0)))
    }

    /// What it shows.
    pub fn now(&self) -> Micros {
        Micros(self.0.load(Ordering::SeqCst))
    }

    /// What it shows, as a date.
    pub fn date(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.now().0).expect("a moment of the calendar")
    }

    /// Moves it on.
    pub fn pass(&self, time: TimeDelta) {
        let micros = time.num_microseconds().expect("less than 300,000 years");
        self.0.fetch_add(micros, Ordering::SeqCst);
    }

    /// The same clock, for a server.
    pub fn for_server(&self) -> Clock {
        let clock = self.clone();
        Clock::from(move || clock.date())
    }
}
