//! Moments, as microseconds since 1970 in UTC. The engine compares them; calendars and
//! time zones belong to the domain.

use serde::{Deserialize, Serialize};

/// A moment: microseconds since 1970-01-01T00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Micros(pub i64);

impl Micros {
    /// From milliseconds, the unit of JavaScript and of the phone's screens.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis.saturating_mul(1_000))
    }

    /// In milliseconds, rounded down.
    pub const fn millis(self) -> i64 {
        self.0.div_euclid(1_000)
    }

    /// This moment moved by `micros`, which may be negative.
    pub const fn plus(self, micros: i64) -> Self {
        Self(self.0.saturating_add(micros))
    }

    /// This moment moved by whole days.
    pub const fn plus_days(self, days: i64) -> Self {
        self.plus(days.saturating_mul(86_400_000_000))
    }
}

/// When something was done, by a clock that may be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occurred {
    /// What the device's clock said.
    pub device: Micros,
    /// Server minus device, in microseconds, as seen at the last contact; 0 before the first.
    pub offset: i64,
}

/// Beyond this a device's clock is suspect and the record is flagged (design §3, Clocks).
pub const SKEW_LIMIT: i64 = 5 * 60 * 1_000_000;

impl Occurred {
    /// The server's reading of the moment.
    pub fn corrected(self) -> Micros {
        self.device.plus(self.offset)
    }

    /// Whether the clock was off by more than the limit.
    pub fn is_skewed(self) -> bool {
        self.offset.abs() > SKEW_LIMIT
    }
}
