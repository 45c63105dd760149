//! Rows out of their columns, as `docs/sync.md` tells it.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// One record in one scope.
pub(super) struct Row {
    pub(super) scope: usize,
    pub(super) version: i64,
    pub(super) kind: String,
    pub(super) id: Uuid,
    /// The record, `true` or `null`.
    pub(super) record: Value,
}

/// The rows of a page.
pub(super) fn rows_of(page: &Value) -> Vec<Row> {
    let of_scope = |stretch: &Value| {
        let scope = usize::try_from(stretch["scope"].as_u64().expect("a number")).expect("a small one");
        let groups = stretch["groups"].as_array().expect("groups").iter();
        groups.flat_map(|group| rows_of_group(group, scope)).collect::<Vec<_>>()
    };
    page["rows"].as_array().expect("rows").iter().flat_map(of_scope).collect()
}

fn rows_of_group(group: &Value, scope: usize) -> Vec<Row> {
    let versions = sums(&group["versions"]);
    let ids = column(&group["ids"], versions.len());
    let row = |(n, version): (usize, &i64)| Row {
        scope,
        version: *version,
        kind: group["kind"].as_str().expect("a kind").to_owned(),
        id: ids[n].as_str().and_then(|id| id.parse().ok()).expect("an id"),
        record: match &group["record"] {
            Value::Object(columns) => record(columns, n, versions.len()),
            word => word.clone(),
        },
    };
    versions.iter().enumerate().map(row).collect()
}

fn record(columns: &Map<String, Value>, n: usize, rows: usize) -> Value {
    let value = |(name, of): (&String, &Value)| {
        let value = match of {
            Value::Object(fields) if name == "m" || name == "f" => fields
                .iter()
                .map(|(field, of)| (field.clone(), column(of, rows)[n].clone()))
                .collect::<Map<_, _>>()
                .into(),
            of => column(of, rows)[n].clone(),
        };
        (name.clone(), value)
    };
    columns.iter().map(value).collect::<Map<_, _>>().into()
}

fn column(column: &Value, rows: usize) -> Vec<Value> {
    if let Value::Array(each) = column {
        return each.clone();
    }
    if let Some(same) = column.get("all") {
        return vec![same.clone(); rows];
    }
    if let Some(numbers) = column.get("add") {
        return sums(numbers).into_iter().map(Value::from).collect();
    }
    let bytes = URL_SAFE_NO_PAD.decode(column["ids"].as_str().expect("a kind of column")).expect("base64url");
    let Some(ms) = column.get("ms") else {
        return bytes.chunks(16).map(|id| json!(Uuid::from_slice(id).expect("16 bytes"))).collect();
    };
    let id = |(ms, rest): (i64, &[u8])| json!(Uuid::from_slice(&[&ms.to_be_bytes()[2..], rest].concat()).expect("16"));
    sums(ms).into_iter().zip(bytes.chunks(10)).map(id).collect()
}

/// The first, then each as a difference from the one before.
fn sums(differences: &Value) -> Vec<i64> {
    let all = differences.as_array().expect("differences").iter().map(|one| one.as_i64().expect("a number"));
    all.scan(0, |sum, difference| {
        *sum += difference;
        Some(*sum)
    })
    .collect()
}
