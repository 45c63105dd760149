//! From rows to columns: which rows are alike, and the shortest way to say what each column has.

use super::{Group, NESTED, enter, entries, wrong};
use crate::page::{Body, Row};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::value::RawValue;
use std::{
    borrow::Cow,
    collections::HashMap,
    fmt::{self, Write as _},
};
use uuid::Uuid;

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

/// The groups of some rows of one scope.
pub(super) fn groups(rows: &[Row]) -> serde_json::Result<Vec<Group>> {
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
