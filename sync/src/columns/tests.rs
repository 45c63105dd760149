use crate::{
    Kind, RecordId,
    page::{Body, Row},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

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
