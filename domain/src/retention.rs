//! How long a student's record is kept once they have left, and what keeps it longer: a hold, and what
//! somebody still asks of it (34 CFR 300.624, 99.10(e); domain.md P10).
//!
//! For how many years is the agency's to say, by its state's law; where nobody has said, the record is
//! kept for ever. When it is no longer needed, the family is told (300.624(a)).

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};
use sync::RecordId;
use uuid::Uuid;

use crate::check::{self, Fault};

/// The longest that a law has an agency keep a record before it may go, in years, with room. What is
/// kept for ever has no number.
pub const MOST_YEARS: u32 = 100;

/// The first day on which a record is no longer needed, of somebody who left on a day.
pub fn kept_until(left: NaiveDate, years: u32) -> Option<NaiveDate> {
    left.checked_add_months(Months::new(years.checked_mul(12)?))
}

/// Keeps a record from being destroyed, whatever the schedule says: a lawsuit, a complaint, an audit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceHold {
    /// The new hold's id.
    pub hold: Uuid,
    /// Whose record.
    pub student: RecordId,
    /// What for.
    pub reason: String,
}

impl PlaceHold {
    /// What it is for must be said.
    pub fn check(&self) -> Result<(), Fault> {
        check::line("reason", &self.reason)
    }
}

/// Lifts a hold. None ends by itself: somebody has looked at what it was for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiftHold {
    /// The hold.
    pub hold: Uuid,
    /// Whose record.
    pub student: RecordId,
    /// Why it is over.
    pub why: String,
}

impl LiftHold {
    /// Why it is over must be said.
    pub fn check(&self) -> Result<(), Fault> {
        check::line("why", &self.why)
    }
}

/// Writes down that the family was told that the record is no longer needed to provide services, and
/// that it is destroyed if they ask (34 CFR 300.624(a)).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TellNotNeeded {
    /// The new entry's id.
    pub notice: Uuid,
    /// Whose record.
    pub student: RecordId,
    /// On which day, where the agency is.
    pub on: NaiveDate,
    /// Who was told, and how.
    pub told: String,
}

impl TellNotNeeded {
    /// How they were told must be named.
    pub fn check(&self) -> Result<(), Fault> {
        check::line("told", &self.told)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_kept_for_whole_years_from_the_day_of_leaving() {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).expect("a day");
        let table = [
            (day(2020, 6, 5), 5, day(2025, 6, 5)),
            (day(2020, 2, 29), 5, day(2025, 2, 28)),
            (day(2020, 2, 29), 0, day(2020, 2, 29)),
        ];
        for (left, years, until) in table {
            assert_eq!(kept_until(left, years), Some(until), "{left}, {years}");
        }
        assert_eq!(kept_until(day(2020, 6, 5), u32::MAX), None);
    }
}
