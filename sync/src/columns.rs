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

use crate::{
    Kind, RecordId,
    page::{Body, Row},
    wire,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, de::Error as _, ser::Error as _};
use serde_json::value::RawValue;
use std::{
    borrow::Cow,
    collections::HashMap,
    fmt::{self, Write as _},
};
use uuid::Uuid;

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
    let stretch = |rows: &[Row]| Ok(Stretch { scope: rows.first().map_or(0, |row| row.scope), groups: groups(rows)? });
    let stretches = rows.chunk_by(|one, next| one.scope == next.scope).map(stretch);
    to.collect_seq(stretches.collect::<serde_json::Result<Vec<Stretch>>>().map_err(S::Error::custom)?)
}

/// Rows of one scope, as they stand in a page under `groups`.
pub fn closed(rows: &[Row]) -> serde_json::Result<String> {
    serde_json::to_string(&groups(rows)?)
}

/// Reads what [`serialize`] wrote.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Row>, D::Error> {
    let (mut rows, mut room) = (Vec::new(), wire::MAX_OPEN);
    for Stretch { scope, groups } in Vec::<Stretch>::deserialize(from)? {
        groups.iter().try_for_each(|group| read(group, scope, &mut rows, &mut room)).map_err(D::Error::custom)?;
    }
    Ok(rows)
}

/// The part of a record that is split into fields of its own.
const NESTED: [&str; 2] = ["m", "f"];

/// Values of one record, by their places in it.
struct Leaves<'a> {
    /// Kind of row, kind of record and names of fields: rows with the same are alike.
    shape: String,
    values: Vec<&'a str>,
}

struct Alike<'a> {
    shape: Shape<'a>,
    rows: Vec<&'a Row>,
    columns: Vec<Vec<&'a str>>,
}

/// Where the columns of a group belong: names of fields, and under them those of their fields.
type Shape<'a> = Vec<(Cow<'a, str>, Option<Vec<Cow<'a, str>>>)>;

fn groups(rows: &[Row]) -> serde_json::Result<Vec<Group>> {
    let mut alike: Vec<Alike<'_>> = Vec::new();
    let mut by_shape: HashMap<String, usize> = HashMap::new();
    for row in rows {
        let (shape, leaves) = leaves_of(row)?;
        let at = *by_shape.entry(leaves.shape).or_insert_with(|| {
            let columns = vec![Vec::new(); leaves.values.len()];
            alike.push(Alike { shape, rows: Vec::new(), columns });
            alike.len() - 1
        });
        let group = &mut alike[at];
        group.rows.push(row);
        std::iter::zip(&mut group.columns, leaves.values).for_each(|(column, value)| column.push(value));
    }
    alike.iter().map(Alike::write).collect()
}

fn leaves_of(row: &Row) -> serde_json::Result<(Shape<'_>, Leaves<'_>)> {
    let word = match &row.body {
        Body::Here(_) => 'h',
        Body::Above => 'a',
        Body::Gone => 'g',
    };
    let mut leaves = Leaves { shape: format!("{word}{}", row.kind.name()), values: Vec::new() };
    let mut shape = Vec::new();
    let Body::Here(record) = &row.body else { return Ok((shape, leaves)) };
    for (name, value) in entries(record)? {
        leaves.enter('.', &name);
        if !NESTED.contains(&name.as_ref()) || !value.starts_with('{') {
            leaves.values.push(value);
            shape.push((name, None));
            continue;
        }
        let mut fields = Vec::new();
        for (field, value) in entries(value)? {
            leaves.enter(':', &field);
            leaves.values.push(value);
            fields.push(field);
        }
        shape.push((name, Some(fields)));
    }
    Ok((shape, leaves))
}

impl Leaves<'_> {
    fn enter(&mut self, level: char, name: &str) {
        // With its length, so that no name can look like two.
        write!(self.shape, "{level}{}{name}", name.len()).expect("memory");
    }
}

impl Alike<'_> {
    fn write(&self) -> serde_json::Result<Group> {
        let Some(first) = self.rows.first() else { return Err(wrong("a group has rows")) };
        let record = match first.body {
            Body::Here(_) => self.record()?,
            Body::Above => "true".to_owned(),
            Body::Gone => "null".to_owned(),
        };
        let ids: Vec<Uuid> = self.rows.iter().map(|row| row.id.0).collect();
        let mut written = String::new();
        write_ids(&ids, &mut written);
        Ok(Group {
            kind: first.kind.clone(),
            versions: differences(self.rows.iter().map(|row| row.version)).collect(),
            ids: RawValue::from_string(written)?,
            record: RawValue::from_string(record)?,
        })
    }

    fn record(&self) -> serde_json::Result<String> {
        let mut columns = self.columns.iter();
        let mut next = || columns.next().map(Vec::as_slice).unwrap_or_default();
        let mut out = String::from("{");
        for (name, fields) in &self.shape {
            enter(&mut out, name)?;
            let Some(fields) = fields else {
                match NESTED.contains(&name.as_ref()) {
                    // Where fields could stand, an object would be read as such.
                    true => write_list(next().iter(), &mut out),
                    false => write_column(next(), &mut out),
                }
                continue;
            };
            out.push('{');
            for field in fields {
                enter(&mut out, field)?;
                write_column(next(), &mut out);
            }
            out.push('}');
        }
        out.push('}');
        Ok(out)
    }
}

/// Writes the name of an object's next entry.
fn enter(out: &mut String, name: &str) -> serde_json::Result<()> {
    if !out.ends_with('{') {
        out.push(',');
    }
    *out += &serde_json::to_string(name)?;
    out.push(':');
    Ok(())
}

fn differences(numbers: impl Iterator<Item = i64>) -> impl Iterator<Item = i64> {
    let mut before = 0;
    numbers.map(move |number| number.wrapping_sub(std::mem::replace(&mut before, number)))
}

fn write_column(values: &[&str], out: &mut String) {
    if let [first, second, ..] = values {
        if first == second && values.iter().all(|value| value == first) {
            return write!(out, r#"{{"all":{first}}}"#).expect("memory");
        }
        if let Some(numbers) = values.iter().map(|value| number(value)).collect::<Option<Vec<i64>>>() {
            *out += r#"{"add":"#;
            write_list(differences(numbers.into_iter()), out);
            return out.push('}');
        }
        if let Some(ids) = values.iter().map(|value| id(value)).collect::<Option<Vec<Uuid>>>() {
            return write_ids(&ids, out);
        }
    }
    write_list(values.iter(), out);
}

fn write_list(values: impl Iterator<Item = impl fmt::Display>, out: &mut String) {
    out.push('[');
    for (n, value) in values.enumerate() {
        let comma = if n > 0 { "," } else { "" };
        write!(out, "{comma}{value}").expect("memory");
    }
    out.push(']');
}

fn write_ids(ids: &[Uuid], out: &mut String) {
    if let [id] = ids {
        return write!(out, r#"["{id}"]"#).expect("memory");
    }
    out.push('{');
    let by_time = ids.iter().all(|id| id.get_version_num() == 7);
    if by_time {
        *out += r#""ms":"#;
        write_list(differences(ids.iter().map(|id| (id.as_u128() >> 80) as i64)), out);
        out.push(',');
    }
    let bytes: Vec<u8> = ids.iter().flat_map(|id| &id.as_bytes()[if by_time { 6 } else { 0 }..]).copied().collect();
    *out += r#""ids":""#;
    URL_SAFE_NO_PAD.encode_string(bytes, out);
    *out += r#""}"#;
}

/// A whole number that is written as we would write it.
fn number(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = digits.len() <= 18 && (!digits.starts_with('0') || text == "0");
    if plain && digits.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

/// An id that is written as we would write it.
fn id(text: &str) -> Option<Uuid> {
    let text = text.strip_prefix('"')?.strip_suffix('"')?;
    let plain = text.len() == 36 && !text.bytes().any(|byte| byte.is_ascii_uppercase());
    if plain { Uuid::parse_str(text).ok() } else { None }
}

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
fn read(group: &Group, scope: u32, rows: &mut Vec<Row>, room: &mut usize) -> serde_json::Result<()> {
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

fn wrong(why: &str) -> serde_json::Error {
    de::Error::custom(why)
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[derive(Serialize, Deserialize)]
    struct Page {
        #[serde(with = "super")]
        rows: Vec<Row>,
    }

    fn row(scope: u32, version: i64, id: u128, body: Body) -> Row {
        Row { scope, version, kind: Kind::known("visit"), id: RecordId(Uuid::from_u128(id)), body }
    }

    fn here(record: &Value) -> Body {
        Body::Here(record.to_string())
    }

    /// Written and read again; what was written comes along.
    fn travelled(rows: Vec<Row>) -> (Value, Vec<Row>) {
        let text = serde_json::to_string(&Page { rows }).expect("JSON");
        let page: Page = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
        (serde_json::from_str::<Value>(&text).expect("JSON")["rows"].clone(), page.rows)
    }

    #[test]
    fn what_rows_have_in_common_is_said_once() {
        let id = |n: u128| Uuid::from_u128(0x0190_a000_0000_7000_8000_0000_0000_0000 + (n << 80) + n);
        let record =
            |n: u32| json!({"s": "child", "m": {"op": id(n.into()), "at": 100 - n}, "f": {"note": format!("{n}")}});
        let row = |n: u32| row(0, 40 + i64::from(n), id(n.into()).as_u128(), here(&record(n)));
        let rows: Vec<Row> = (1..=3).map(row).collect();
        let (written, read) = travelled(rows.clone());
        assert_eq!(read, rows);
        let ids = json!({"ms": [0x0190_a000_0001_u64, 1, 1], "ids": "cACAAAAAAAAAAXAAgAAAAAAAAAJwAIAAAAAAAAAD"});
        let m = json!({"op": ids, "at": {"add": [99, -1, -1]}});
        let f = json!({"note": ["1", "2", "3"]});
        assert_eq!(
            written,
            json!([{"scope": 0, "groups": [{"kind": "visit", "versions": [41, 1, 1], "ids": ids,
                "record": {"f": f, "m": m, "s": {"all": "child"}}}]}])
        );
    }

    #[test]
    fn rows_of_every_kind_come_back_as_they_were() {
        let odd = [
            json!({}),
            json!({"m": 1, "f": null}),
            json!({"m": {}, "f": {"all": {"all": 1}, "add": [1]}}),
            json!({"m": {"a\"b": "\u{0}é"}, "f": {"x": -0.0, "y": 24.0, "z": 1e30}}),
            json!({"f": {"n": i64::MIN, "u": u64::MAX, "zero": 0}, "new": {"from": ["later"]}}),
            json!({"f": {"id": "0190A000-0000-7000-8000-000000000001"}}),
        ];
        let mut rows: Vec<Row> = Vec::new();
        for (n, record) in odd.iter().chain(&odd).enumerate() {
            rows.push(row(0, n as i64, n as u128, here(record)));
        }
        rows.push(row(0, i64::MAX, u128::MAX, Body::Gone));
        rows.push(row(1, i64::MIN, 1, Body::Above));
        rows.push(row(1, 7, 2, Body::Above));
        let (_, mut read) = travelled(rows.clone());
        let order = |row: &Row| (row.scope, row.id);
        rows.sort_by_key(order);
        read.sort_by_key(order);
        assert_eq!(read, rows);
    }

    #[test]
    fn what_is_torn_is_no_page() {
        let group = |ids: &str, record: &str| {
            let text = format!(
                r#"{{"rows":[{{"scope":0,"groups":[{{"kind":"visit","versions":[1,1],"ids":{ids},"record":{record}}}]}}]}}"#
            );
            serde_json::from_str::<Page>(&text).map(|page| page.rows.len()).ok()
        };
        let ids = r#"{"ids":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}"#;
        assert_eq!(group(ids, r#"{"f":{"x":{"all":null}}}"#), Some(2));
        for record in ["3", "[1,2]", r#"{"f":[1]}"#, r#"{"f":{"x":{"add":[1]}}}"#, r#"{"f":{"x":{"other":1}}}"#] {
            assert_eq!(group(ids, record), None, "{record}");
        }
        for ids in ["[]", "3", r#"{"ids":"AAAA"}"#, r#"{"ms":[1,2],"ids":"AAAA"}"#, r#"{"all":"x"}"#, "[1,2]"] {
            assert_eq!(group(ids, "null"), None, "{ids}");
        }
    }

    #[test]
    fn a_short_text_does_not_become_a_page_without_end() {
        let page = |rows: usize, kind: &str, record: &Value| {
            let ids = URL_SAFE_NO_PAD.encode(vec![0; 16 * rows]);
            let group = json!({"kind": kind, "versions": vec![1; rows], "ids": {"ids": ids}, "record": record});
            let text = json!({"rows": [{"scope": 0, "groups": [group]}]}).to_string();
            serde_json::from_str::<Page>(&text).map(|page| page.rows.len()).ok()
        };
        let long = "x".repeat(1_000);
        let record = json!({"f": {"note": {"all": long}}});
        assert_eq!(page(2_000, "visit", &record), Some(2_000));
        assert_eq!(page(5_000, "visit", &record), None, "one note in every row");
        for record in [json!(null), json!(true), json!({})] {
            assert_eq!(page(2_000, &long, &record), Some(2_000));
            assert_eq!(page(5_000, &long, &record), None, "one kind in every row");
            assert_eq!(page(100_000, "visit", &record), None, "rows of nothing");
        }
    }
}
