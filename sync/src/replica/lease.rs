//! For how long a copy may be read without a contact.
//!
//! A page says what its reader may see now, and a court's order or the end of an assignment reaches a
//! phone with the next one. A phone that never asks would show for ever what its owner may not see
//! any more; so each page lends what it leaves on the phone for a while. Every step that the phone's
//! clock makes forward uses that up, and a clock set back gives nothing back.

use crate::Micros;
use serde::{Deserialize, Serialize};

const A_DAY: i64 = 86_400_000_000;
/// The earliest that its end is worth a word.
const A_WEEK: i64 = 7 * A_DAY;

/// For how much longer a copy may be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lease {
    /// For how long it was given, in microseconds.
    length: i64,
    /// How much of it is left; below 0, for how long it has been over.
    left: i64,
    /// The phone's clock when that was so.
    clock: Micros,
}

impl Lease {
    /// A page came, at a moment by the phone's clock.
    pub const fn begin(length: i64, now: Micros) -> Self {
        Self { length, left: length, clock: now }
    }

    /// What is left at another moment by the phone's clock.
    #[must_use]
    pub fn at(self, now: Micros) -> Self {
        let passed = now.0.saturating_sub(self.clock.0).max(0);
        Self { left: self.left.saturating_sub(passed), clock: now, ..self }
    }

    /// The phone's clock when this was so.
    pub const fn clock(&self) -> Micros {
        self.clock
    }

    /// Nothing may be read until the next page.
    pub const fn is_over(&self) -> bool {
        self.left <= 0
    }

    /// It is in its last quarter, and in its last week.
    pub fn ends_soon(&self) -> bool {
        self.left <= self.notice()
    }

    /// When its end begins to be worth a word, if the clock goes on as it does.
    pub fn soon(&self) -> Micros {
        self.ends().plus(-self.notice())
    }

    /// When it is over, if the clock goes on as it does.
    pub const fn ends(&self) -> Micros {
        self.clock.plus(self.left)
    }

    /// How many whole days it is since the page came.
    pub const fn days_since(&self) -> i64 {
        self.length.saturating_sub(self.left) / A_DAY
    }

    fn notice(&self) -> i64 {
        (self.length / 4).min(A_WEEK)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(n: i64) -> Micros {
        Micros(1_790_000_000_000_000).plus_days(n)
    }

    fn of_two_weeks() -> Lease {
        Lease::begin(14 * A_DAY, day(0))
    }

    #[test]
    fn it_runs_out_and_says_so_some_days_before() {
        let lease = of_two_weeks();
        assert!(!lease.at(day(10)).ends_soon());
        assert!(lease.at(lease.soon()).ends_soon());
        let eve = lease.at(day(13));
        assert_eq!((eve.is_over(), eve.ends_soon(), eve.days_since(), eve.ends()), (false, true, 13, day(14)));
        let over = lease.at(day(20));
        assert_eq!((over.is_over(), over.days_since()), (true, 20));
    }

    #[test]
    fn a_long_one_is_worth_a_word_a_week_before_its_end() {
        let lease = Lease::begin(60 * A_DAY, day(0));
        assert_eq!(lease.soon(), day(53));
    }

    #[test]
    fn a_clock_set_back_makes_it_no_longer() {
        // Ten days later somebody sets the clock back to where it began.
        let lease = of_two_weeks().at(day(10)).at(day(0));
        assert_eq!(lease.ends(), day(4));
        assert!(lease.at(day(4)).is_over());
        // And again and again, a little at a time.
        let lease = (0..14).fold(of_two_weeks(), |lease, _| lease.at(day(1)).at(day(0)));
        assert!(lease.is_over());
    }

    #[test]
    fn however_often_it_is_looked_at_it_lasts_as_long() {
        let lease = (0..=27).fold(of_two_weeks(), |lease, halves| lease.at(day(0).plus(halves * A_DAY / 2)));
        assert_eq!((lease.is_over(), lease.ends()), (false, day(14)));
    }

    #[test]
    fn no_length_and_no_clock_are_too_large() {
        let lease = Lease::begin(i64::MAX, day(0)).at(Micros(i64::MAX)).at(Micros(i64::MIN));
        assert!(!lease.is_over());
        assert!(Lease::begin(i64::MIN, day(0)).at(day(1)).is_over());
    }
}
