//! Scalars of our own: a moment in UTC, a day without a time, and the sync rows that GraphQL
//! carries without looking inside.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::{NaiveDate, SecondsFormat, Utc};
use sync::Micros;

/// A moment, as RFC 3339 in UTC with microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DateTime(pub chrono::DateTime<Utc>);

#[Scalar(name = "DateTime", specified_by_url = "https://scalars.graphql.org/andimarek/date-time.html")]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else {
            return Err(InputValueError::expected_type(value));
        };
        let moment = chrono::DateTime::parse_from_rfc3339(text)
            .map_err(|_| InputValueError::custom("a moment is written as 2026-11-22T08:30:00Z"))?;
        Ok(Self(moment.to_utc()))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

impl From<chrono::DateTime<Utc>> for DateTime {
    fn from(at: chrono::DateTime<Utc>) -> Self {
        Self(at)
    }
}

impl From<Micros> for DateTime {
    /// Moments beyond chrono's calendar, which no clock shows, read as its end.
    fn from(Micros(micros): Micros) -> Self {
        Self(chrono::DateTime::from_timestamp_micros(micros).unwrap_or(chrono::DateTime::<Utc>::MAX_UTC))
    }
}

impl From<DateTime> for Micros {
    fn from(DateTime(at): DateTime) -> Self {
        Self(at.timestamp_micros())
    }
}

/// A day of the calendar, without a time or a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(pub NaiveDate);

#[Scalar(name = "Date", specified_by_url = "https://scalars.graphql.org/andimarek/local-date.html")]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else {
            return Err(InputValueError::expected_type(value));
        };
        let day = NaiveDate::parse_from_str(text, "%Y-%m-%d")
            .map_err(|_| InputValueError::custom("a day is written as 2026-11-22"))?;
        Ok(Self(day))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.format("%Y-%m-%d").to_string())
    }
}

impl From<NaiveDate> for Date {
    fn from(day: NaiveDate) -> Self {
        Self(day)
    }
}

/// Rows of the sync protocol: compressed, in base64url. Opaque to GraphQL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyncChunk(pub String);

#[Scalar(name = "SyncChunk")]
impl ScalarType for SyncChunk {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) => Ok(Self(text)),
            value => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_in_any_zone_and_written_in_utc() {
        let table = [
            ("2026-11-22T08:30:00Z", "2026-11-22T08:30:00Z"),
            ("2026-11-22T08:30:00.123456-05:00", "2026-11-22T13:30:00.123456Z"),
        ];
        for (sent, expected) in table {
            let moment = DateTime::parse(Value::from(sent)).ok().unwrap();
            assert_eq!(moment.to_value(), Value::from(expected));
        }
        assert!(DateTime::parse(Value::from("22 November")).is_err());
    }

    #[test]
    fn a_day_has_no_time() {
        assert_eq!(Date::parse(Value::from("2026-02-28")).ok().unwrap().to_value(), Value::from("2026-02-28"));
        for wrong in ["2026-02-29", "2026-02-28T00:00:00Z", "28.2.2026"] {
            assert!(Date::parse(Value::from(wrong)).is_err(), "{wrong}");
        }
    }
}
