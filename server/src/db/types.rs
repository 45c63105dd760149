//! The two column types that PostgreSQL and SQLite store differently, and what stands in rows
//! for them.
//!
//! A `table!` that writes `Uid` and `Instant` is native on both engines: `uuid` and
//! `timestamptz` there, a blob of 16 bytes and microseconds since 1970 here. Rows and filters
//! hold them as [`Id`] and [`At`]. Everything else (`Text`, `BigInt`, `Bool`, `Date`,
//! `Binary`) is diesel's own on both.

use std::io::Write;

use chrono::{DateTime, Utc};
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::query_builder::QueryId;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::{BigInt, Binary, SqlOrd, SqlType};
use diesel::sqlite::{Sqlite, SqliteValue};
use uuid::Uuid;

/// The column type of an id. Both engines sort it alike.
#[derive(Debug, Clone, Copy, SqlType, QueryId)]
#[diesel(postgres_type(oid = 2950, array_oid = 2951), sqlite_type(name = "Binary"))]
pub struct Uid;

/// The column type of a moment, to the microsecond.
#[derive(Debug, Clone, Copy, SqlType, QueryId)]
#[diesel(postgres_type(oid = 1184, array_oid = 1185), sqlite_type(name = "Long"))]
pub struct Instant;

impl SqlOrd for Uid {}
impl SqlOrd for Instant {}

/// An id in a row or a filter: a bare `Uuid`, or any id type that is made of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = Uid)]
pub struct Id<T = Uuid>(pub T);

impl<T> From<T> for Id<T> {
    fn from(id: T) -> Self {
        Self(id)
    }
}

impl<T: Copy + Into<Uuid> + std::fmt::Debug> ToSql<Uid, Pg> for Id<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        out.write_all(self.0.into().as_bytes())?;
        Ok(IsNull::No)
    }
}

impl<T: From<Uuid>> FromSql<Uid, Pg> for Id<T> {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        Ok(Self(Uuid::from_slice(value.as_bytes())?.into()))
    }
}

impl<T: Copy + Into<Uuid> + std::fmt::Debug> ToSql<Uid, Sqlite> for Id<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0.into().into_bytes().to_vec());
        Ok(IsNull::No)
    }
}

impl<T: From<Uuid>> FromSql<Uid, Sqlite> for Id<T> {
    fn from_sql(value: SqliteValue<'_, '_, '_>) -> deserialize::Result<Self> {
        let bytes = <Vec<u8> as FromSql<Binary, Sqlite>>::from_sql(value)?;
        Ok(Self(Uuid::from_slice(&bytes)?.into()))
    }
}

/// A moment in a row or a filter.
///
/// Both engines keep whole microseconds, so a time that is compared after a round trip must
/// be one (`Clock::now` gives such).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = Instant)]
pub struct At(pub DateTime<Utc>);

impl From<DateTime<Utc>> for At {
    fn from(at: DateTime<Utc>) -> Self {
        Self(at)
    }
}

impl At {
    /// That many microseconds after 1970, as times travel on the wire.
    pub fn from_micros(micros: i64) -> Option<Self> {
        DateTime::from_timestamp_micros(micros).map(Self)
    }

    /// Microseconds since 1970.
    pub fn micros(self) -> i64 {
        self.0.timestamp_micros()
    }
}

/// 2000-01-01 in microseconds since 1970: PostgreSQL counts from there.
const POSTGRES_EPOCH: i64 = 946_684_800_000_000;

impl ToSql<Instant, Pg> for At {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        out.write_all(&(self.micros() - POSTGRES_EPOCH).to_be_bytes())?;
        Ok(IsNull::No)
    }
}

impl FromSql<Instant, Pg> for At {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        let micros = i64::from_be_bytes(value.as_bytes().try_into()?);
        moment(micros.checked_add(POSTGRES_EPOCH))
    }
}

impl ToSql<Instant, Sqlite> for At {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.micros());
        Ok(IsNull::No)
    }
}

impl FromSql<Instant, Sqlite> for At {
    fn from_sql(value: SqliteValue<'_, '_, '_>) -> deserialize::Result<Self> {
        moment(Some(<i64 as FromSql<BigInt, Sqlite>>::from_sql(value)?))
    }
}

fn moment(micros: Option<i64>) -> deserialize::Result<At> {
    micros.and_then(At::from_micros).ok_or_else(|| "a stored time lies outside the calendar".into())
}
