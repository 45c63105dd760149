//! Rows of a page as they travel: scope by scope, by columns. Rows of one scope that are alike
//! (of one kind, with the same fields) are one group. What they have in common is said once, numbers as
//! differences, ids as bytes: that takes a third off what deflate makes of row after row, and
//! leaves it less to do.
//!
//! A column is a list of one value a row, or one of
//! - `{"all": value}`: the same value in every row,
//! - `{"add": [first, difference, …]}`: whole numbers,
//! - `{"ids": "…"}`: UUIDs as base64url, 16 bytes each; with `"ms": [first, difference, …]`
//!   those of version 7: their first 6 bytes as numbers, the other 10 of each as base64url.

mod read;
#[cfg(test)]
mod tests;
mod write;

use crate::{Kind, page::Row, wire};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, de::Error as _, ser::Error as _};
use serde_json::value::RawValue;
use std::{borrow::Cow, fmt};

/// Rows of one scope, on the wire.
#[derive(Serialize, Deserialize)]
struct Stretch {
    scope: u32,
    groups: Vec<Group>,
}

/// Those of them that are alike.
#[derive(Serialize, Deserialize)]
struct Group {
    kind: Kind,
    /// The first version, then how much each is above the one before.
    versions: Vec<i64>,
    ids: Box<RawValue>,
    /// `true`: stands above. `null`: gone.
    record: Box<RawValue>,
}

/// Writes rows, scope by scope in their order.
pub(crate) fn serialize<S: Serializer>(rows: &[Row], to: S) -> Result<S::Ok, S::Error> {
    let stretch =
        |rows: &[Row]| Ok(Stretch { scope: rows.first().map_or(0, |row| row.scope), groups: write::groups(rows)? });
    let stretches = rows.chunk_by(|one, next| one.scope == next.scope).map(stretch);
    to.collect_seq(stretches.collect::<serde_json::Result<Vec<Stretch>>>().map_err(S::Error::custom)?)
}

/// Rows of one scope, as they stand in a page under `groups`.
pub fn closed(rows: &[Row]) -> serde_json::Result<String> {
    serde_json::to_string(&write::groups(rows)?)
}

/// Reads what [`serialize`] wrote.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Row>, D::Error> {
    let (mut rows, mut room) = (Vec::new(), wire::MAX_OPEN);
    for Stretch { scope, groups } in Vec::<Stretch>::deserialize(from)? {
        groups.iter().try_for_each(|group| read::read(group, scope, &mut rows, &mut room)).map_err(D::Error::custom)?;
    }
    Ok(rows)
}

/// The part of a record that is split into fields of its own.
const NESTED: [&str; 2] = ["m", "f"];

/// The entries of an object, in their order, values as they stand.
fn entries(object: &str) -> serde_json::Result<Vec<(Cow<'_, str>, &str)>> {
    struct Entries;
    impl<'de> de::Visitor<'de> for Entries {
        type Value = Vec<(Cow<'de, str>, &'de str)>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut all = Vec::with_capacity(8);
            while let Some(Name(name)) = map.next_key()? {
                all.push((name, map.next_value::<&RawValue>()?.get()));
            }
            Ok(all)
        }
    }
    serde_json::Deserializer::from_str(object).deserialize_map(Entries)
}

#[derive(Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

/// Writes the name of an object's next entry.
fn enter(out: &mut String, name: &str) -> serde_json::Result<()> {
    if !out.ends_with('{') {
        out.push(',');
    }
    *out += &serde_json::to_string(name)?;
    out.push(':');
    Ok(())
}

fn wrong(why: &str) -> serde_json::Error {
    de::Error::custom(why)
}
