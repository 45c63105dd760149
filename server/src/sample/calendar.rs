//! A school calendar as most districts keep it, for any year: when there is school, and so when
//! nobody could have been seen.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeZone, Weekday};
use chrono_tz::Tz;
use sync::Micros;

/// The calendar of one district.
#[derive(Clone, Copy, Debug)]
pub(super) struct Calendar {
    pub(super) zone: Tz,
}

impl Calendar {
    /// Whether there is school on that day.
    pub(super) fn is_school_day(&self, day: NaiveDate) -> bool {
        let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        !weekend && !is_summer(day) && !is_holiday(day)
    }

    /// A moment on a day, by the clocks there.
    pub(super) fn at(&self, day: NaiveDate, hour: u32, minute: u32) -> Micros {
        let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
        let local = self.zone.from_local_datetime(&day.and_time(time));
        // The hour that is skipped in spring is at night, when nothing happens here.
        Micros(local.earliest().map_or(0, |moment| moment.timestamp_micros()))
    }

    /// The day it is there.
    pub(super) fn day_of(&self, moment: Micros) -> NaiveDate {
        let utc = DateTime::from_timestamp_micros(moment.0).unwrap_or_default();
        utc.with_timezone(&self.zone).date_naive()
    }
}

/// The school year in which a day lies, from the first of July to the last of June.
pub(super) fn year_of(day: NaiveDate) -> (NaiveDate, NaiveDate) {
    let first = if day.month() >= 7 { day.year() } else { day.year() - 1 };
    (date(first, 7, 1), date(first + 1, 6, 30))
}

fn is_summer(day: NaiveDate) -> bool {
    day > date(day.year(), 6, 5) && day < date(day.year(), 8, 24)
}

fn is_holiday(day: NaiveDate) -> bool {
    let year = day.year();
    let thanksgiving = nth(year, 11, Weekday::Thu, 4);
    let spring = nth(year, 3, Weekday::Mon, 4);
    let within = |from: NaiveDate, days: u64| day >= from && day < from + Days::new(days);
    day == nth(year, 9, Weekday::Mon, 1) // Labor Day
        || within(nth(year, 10, Weekday::Thu, 2), 2) // fall break
        || within(thanksgiving - Days::new(1), 3)
        || day >= date(year, 12, 21)
        || day <= date(year, 1, 4)
        || day == nth(year, 1, Weekday::Mon, 3) // Martin Luther King Jr.
        || day == nth(year, 2, Weekday::Mon, 3) // Presidents' Day
        || within(spring, 5)
        || (day.month() == 5 && day.weekday() == Weekday::Mon && day.day() >= 25) // Memorial Day
}

fn nth(year: i32, month: u32, weekday: Weekday, n: u8) -> NaiveDate {
    NaiveDate::from_weekday_of_month_opt(year, month, weekday, n).unwrap_or_default()
}

pub(super) fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALENDAR: Calendar = Calendar { zone: chrono_tz::America::Denver };

    #[test]
    fn nobody_is_in_school_on_holidays_and_in_summer() {
        let off =
            [(2026, 11, 26), (2026, 12, 25), (2027, 1, 4), (2026, 9, 7), (2027, 3, 24), (2026, 7, 8), (2026, 11, 22)];
        for (year, month, day) in off {
            assert!(!CALENDAR.is_school_day(date(year, month, day)), "{year}-{month}-{day}");
        }
        for (year, month, day) in [(2026, 11, 20), (2026, 8, 24), (2027, 1, 5), (2027, 6, 4)] {
            assert!(CALENDAR.is_school_day(date(year, month, day)), "{year}-{month}-{day}");
        }
    }

    #[test]
    fn a_year_has_about_as_many_days_as_the_law_asks() {
        let (first, last) = year_of(date(2026, 11, 22));
        let days = first.iter_days().take_while(|day| *day <= last);
        let school = days.filter(|day| CALENDAR.is_school_day(*day)).count();
        assert!((170..=185).contains(&school), "{school}");
    }

    #[test]
    fn moments_are_by_the_clocks_there() {
        let summer = CALENDAR.at(date(2026, 8, 24), 9, 0);
        let winter = CALENDAR.at(date(2026, 12, 1), 9, 0);
        let utc = |moment: Micros| DateTime::from_timestamp_micros(moment.0).map(|at| at.format("%H:%M").to_string());
        assert_eq!((utc(summer).as_deref(), utc(winter).as_deref()), (Some("15:00"), Some("16:00")));
        assert_eq!(CALENDAR.day_of(summer), date(2026, 8, 24));
    }
}
