//! Where the server's time and chance come from: one field of the app, so that a test can fix
//! them.

use std::sync::Arc;

use chrono::{DateTime, SubsecRound, Utc};
use sync::IdSource;
use sync::time::Micros;

/// The server's clock. Cheap to clone.
#[derive(Clone)]
pub struct Clock {
    now: Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>,
}

impl Clock {
    /// The machine's own.
    pub fn system() -> Self {
        Self::from(Utc::now)
    }

    /// A clock that shows what `now` says.
    pub fn from(now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self { now: Arc::new(now) }
    }

    /// The time, in whole microseconds, as both databases keep it.
    pub fn now(&self) -> DateTime<Utc> {
        (self.now)().trunc_subsecs(6)
    }

    /// The time as the engine counts it.
    pub fn micros(&self) -> Micros {
        Micros(self.now().timestamp_micros())
    }

    /// Fresh ids that carry this moment.
    pub fn ids(&self) -> IdSource {
        IdSource::new(self.micros(), rand::random())
    }
}
