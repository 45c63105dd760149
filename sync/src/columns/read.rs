//! From columns to rows. What comes from outside is bounded before it becomes anything.

use super::{Group, NESTED, enter, entries, wrong};
use crate::{
    RecordId,
    page::{Body, Row},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use std::fmt::Write as _;
use uuid::Uuid;

/// A column that is no list.
#[derive(Deserialize)]
struct Packed<'a> {
    #[serde(borrow, default, deserialize_with = "even_null")]
    all: Option<&'a RawValue>,
    #[serde(default)]
    add: Option<Vec<i64>>,
    #[serde(default)]
    ms: Option<Vec<i64>>,
    #[serde(default)]
    ids: Option<String>,
}

fn even_null<'de, D: Deserializer<'de>>(from: D) -> Result<Option<&'de RawValue>, D::Error> {
    <&RawValue>::deserialize(from).map(Some)
}

enum Column<'a> {
    Each(Vec<&'a RawValue>),
    All(&'a str),
    Numbers(Vec<i64>),
    Ids(Vec<Uuid>),
}

impl<'a> Column<'a> {
    /// Reads a column of so many rows.
    fn read(text: &'a str, rows: usize) -> serde_json::Result<Self> {
        let column = if text.starts_with('[') {
            Self::Each(serde_json::from_str(text)?)
        } else {
            match serde_json::from_str(text)? {
                Packed { all: Some(value), .. } => Self::All(value.get()),
                Packed { add: Some(numbers), .. } => Self::Numbers(sums(numbers).collect()),
                Packed { ids: Some(ids), ms, .. } => Self::Ids(read_ids(&ids, ms)?),
                _ => return Err(wrong("an unknown kind of column")),
            }
        };
        let length = match &column {
            Self::All(_) => rows,
            Self::Each(values) => values.len(),
            Self::Numbers(numbers) => numbers.len(),
            Self::Ids(ids) => ids.len(),
        };
        if length == rows { Ok(column) } else { Err(wrong("a column has a value for each row")) }
    }

    fn write(&self, row: usize, out: &mut String) {
        match self {
            Self::All(value) => *out += value,
            Self::Each(values) => *out += values[row].get(),
            Self::Numbers(numbers) => write!(out, "{}", numbers[row]).expect("memory"),
            Self::Ids(ids) => write!(out, "\"{}\"", ids[row]).expect("memory"),
        }
    }

    fn into_ids(self) -> serde_json::Result<Vec<Uuid>> {
        match self {
            Self::Ids(ids) => Ok(ids),
            Self::Each(values) => values.iter().map(|value| serde_json::from_str(value.get())).collect(),
            _ => Err(wrong("each row has an id of its own")),
        }
    }
}

fn sums(differences: impl IntoIterator<Item = i64>) -> impl Iterator<Item = i64> {
    differences.into_iter().scan(0_i64, |sum, difference| {
        *sum = sum.wrapping_add(difference);
        Some(*sum)
    })
}

fn read_ids(text: &str, ms: Option<Vec<i64>>) -> serde_json::Result<Vec<Uuid>> {
    let torn = || wrong("ids of another length");
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| torn())?;
    let Some(ms) = ms else {
        return bytes.chunks(16).map(|id| Uuid::from_slice(id).map_err(|_| torn())).collect();
    };
    if bytes.len() != ms.len().saturating_mul(10) {
        return Err(torn());
    }
    let id = |(ms, rest): (i64, &[u8])| {
        let mut id = [0; 16];
        id[..6].copy_from_slice(&ms.to_be_bytes()[2..]);
        id[6..].copy_from_slice(rest);
        Uuid::from_bytes(id)
    };
    Ok(sums(ms).zip(bytes.chunks(10)).map(id).collect())
}

/// What stands between the values of a record, and the columns of those.
struct Template<'a> {
    parts: Vec<(String, Column<'a>)>,
    end: String,
}

impl<'a> Template<'a> {
    fn read(record: &'a str, rows: usize) -> serde_json::Result<Self> {
        let (mut parts, mut text) = (Vec::new(), String::from("{"));
        for (name, value) in entries(record)? {
            enter(&mut text, &name)?;
            if !NESTED.contains(&name.as_ref()) || !value.starts_with('{') {
                parts.push((std::mem::take(&mut text), Column::read(value, rows)?));
                continue;
            }
            text.push('{');
            for (field, value) in entries(value)? {
                enter(&mut text, &field)?;
                parts.push((std::mem::take(&mut text), Column::read(value, rows)?));
            }
            text.push('}');
        }
        text.push('}');
        Ok(Self { parts, end: text })
    }

    fn write(&self, row: usize, size: usize) -> String {
        let mut out = String::with_capacity(size);
        for (before, column) in &self.parts {
            out += before;
            column.write(row, &mut out);
        }
        out + &self.end
    }
}

/// Reads a group into rows. What little text says much must not fill the memory: together the
/// rows of a page, with all that each of them takes, find room in an opened chunk.
pub(super) fn read(group: &Group, scope: u32, rows: &mut Vec<Row>, room: &mut usize) -> serde_json::Result<()> {
    let count = group.versions.len();
    let ids = Column::read(group.ids.get(), count)?.into_ids()?;
    let template = match group.record.get() {
        "true" | "null" => None,
        record => Some(Template::read(record, count)?),
    };
    let mut take = |size: usize| {
        *room = room.checked_sub(size).ok_or_else(|| wrong("the page is too large"))?;
        Ok::<(), serde_json::Error>(())
    };
    // Rows that are alike are about as long as each other.
    let mut size = 0;
    for ((n, version), id) in sums(group.versions.iter().copied()).enumerate().zip(ids) {
        take(size_of::<Row>() + group.kind.name().len())?;
        let body = match &template {
            Some(template) => {
                let mut record = template.write(n, size);
                size = record.len();
                // A long record before short ones would have each of them hold its room.
                if record.capacity() > 2 * size {
                    record.shrink_to_fit();
                }
                take(record.len())?;
                Body::Here(record)
            }
            None if group.record.get() == "true" => Body::Above,
            None => Body::Gone,
        };
        rows.push(Row { scope, version, kind: group.kind.clone(), id: RecordId(id), body });
    }
    Ok(())
}
