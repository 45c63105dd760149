//! The tables of a person's copy and of the device, as diesel sees them, and ids as they
//! stand in them. What each table and column is for stands in `migrations/`.

use diesel::{
    deserialize::{self, FromSql, FromSqlRow},
    expression::AsExpression,
    serialize::{self, IsNull, Output, ToSql},
    sql_types::Binary,
    sqlite::{Sqlite, SqliteValue},
};
use uuid::Uuid;

/// An id of any type, as 16 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = Binary)]
pub(crate) struct Key(pub(crate) Uuid);

impl Key {
    /// Of any id.
    pub(crate) fn of(id: impl Into<Uuid>) -> Self {
        Self(id.into())
    }

    /// As an id of the type that is wanted.
    pub(crate) fn to<T: From<Uuid>>(self) -> T {
        self.0.into()
    }
}

impl ToSql<Binary, Sqlite> for Key {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0.as_bytes().as_slice());
        Ok(IsNull::No)
    }
}

impl FromSql<Binary, Sqlite> for Key {
    fn from_sql(value: SqliteValue<'_, '_, '_>) -> deserialize::Result<Self> {
        let bytes = <Vec<u8> as FromSql<Binary, Sqlite>>::from_sql(value)?;
        Ok(Self(Uuid::from_slice(&bytes)?))
    }
}

diesel::table! {
    account (id) {
        id -> Binary,
        login -> Text,
        name -> Text,
        is_open -> Bool,
        generation -> Integer,
        store -> Nullable<Binary>,
    }
}

diesel::table! {
    notice (id) {
        id -> Integer,
        value -> Text,
    }
}

diesel::table! {
    meta (name) {
        name -> Text,
        value -> Text,
    }
}

diesel::table! {
    scope (key) {
        key -> BigInt,
        agency -> Binary,
        path -> Text,
        filling -> Bool,
        refilled -> Bool,
        compare -> Nullable<Text>,
        anew_at -> Nullable<BigInt>,
        live -> Nullable<BigInt>,
        sum -> Nullable<BigInt>,
        here_live -> BigInt,
        here_sum -> BigInt,
    }
}

diesel::table! {
    record (agency, kind, id) {
        agency -> Binary,
        kind -> Text,
        id -> Binary,
        subject -> Nullable<Binary>,
        version -> BigInt,
        body -> Text,
    }
}

diesel::table! {
    visible (scope, kind, id) {
        scope -> BigInt,
        kind -> Text,
        id -> Binary,
        version -> BigInt,
    }
}

diesel::table! {
    staged (scope, kind, id) {
        scope -> BigInt,
        kind -> Text,
        id -> Binary,
        version -> BigInt,
        body -> Nullable<Text>,
    }
}

diesel::table! {
    preview (agency, kind, id) {
        agency -> Binary,
        kind -> Text,
        id -> Binary,
        subject -> Nullable<Binary>,
        body -> Text,
    }
}

diesel::table! {
    outbox (place) {
        place -> BigInt,
        id -> Binary,
        agency -> Binary,
        subject -> Binary,
        name -> Text,
        done_at -> BigInt,
        bytes -> Text,
        state -> Text,
        attempted -> Bool,
        shown -> Bool,
        sealed -> Bool,
        number -> Nullable<BigInt>,
        judged_at -> Nullable<BigInt>,
        code -> Nullable<Text>,
        field -> Nullable<Text>,
        because -> Nullable<Binary>,
    }
}

diesel::table! {
    touch (place, kind, id, field) {
        place -> BigInt,
        agency -> Binary,
        kind -> Text,
        id -> Binary,
        field -> Text,
    }
}

diesel::table! {
    joined (id) {
        id -> Binary,
    }
}

diesel::table! {
    draft (agency, student, name) {
        agency -> Binary,
        student -> Binary,
        name -> Text,
        at -> BigInt,
        body -> Text,
    }
}

diesel::table! {
    stream (agency) {
        agency -> Binary,
        next_number -> BigInt,
    }
}

diesel::table! {
    forgotten (agency, path) {
        agency -> Binary,
        path -> Text,
    }
}

diesel::joinable!(touch -> outbox (place));
diesel::allow_tables_to_appear_in_same_query!(touch, outbox);
diesel::allow_tables_to_appear_in_same_query!(record, preview);
diesel::allow_tables_to_appear_in_same_query!(staged, scope);
