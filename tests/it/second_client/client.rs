//! A client that was written from `docs/sync.md`: JSON, deflate, base64url and SHA-256, and not a
//! line of `sync`. It keeps its copy in memory and is stricter than it need be: a sum that does
//! not match is an error at once.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read as _, Write as _};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tests::Http;
use uuid::Uuid;

use super::rows::rows_of;
use crate::protocol_page::example;

/// Kind and id.
type Key = (String, Uuid);

/// One copy of one account's data.
pub(super) struct Client {
    http: Http,
    access: String,
    store: Uuid,
    cursor: Option<String>,
    /// The version of each record in each scope.
    scopes: BTreeMap<String, BTreeMap<Key, i64>>,
    records: BTreeMap<Key, Value>,
    forgotten: BTreeSet<String>,
}

impl Client {
    /// Signs in as the example does.
    pub(super) fn sign_in(base: &str) -> Self {
        let request: Value = serde_json::from_str(&example("sign-in")).expect("JSON");
        Self::sign_in_with(base, request)
    }

    /// Signs somebody else in, on a store of their own.
    pub(super) fn sign_in_as(base: &str, login: &str) -> Self {
        let mut request: Value = serde_json::from_str(&example("sign-in")).expect("JSON");
        request["login"] = login.into();
        request["device"]["store"] = json!(Uuid::new_v4());
        Self::sign_in_with(base, request)
    }

    fn sign_in_with(base: &str, request: Value) -> Self {
        let mut http = Http::new(base);
        let answer = http.post_json("/auth/sign-in", None, &request);
        assert_eq!(answer.status, 200, "{}", answer.body);
        Self {
            http,
            access: answer.json()["access"].as_str().expect("a token").to_owned(),
            store: id_in(&request["device"]["store"]),
            cursor: None,
            scopes: BTreeMap::new(),
            records: BTreeMap::new(),
            forgotten: BTreeSet::new(),
        }
    }

    /// Sends a push as it is written and opens the reply.
    pub(super) fn push_as_written(&mut self, push: &str) -> Value {
        self.ask("push-document", push)
    }

    /// Sends operations as they were first written, the first of them under a number.
    pub(super) fn push(&mut self, first: u64, operations: &[&str]) -> Value {
        let (store, agency) = (self.store, tests::names::AGENCY);
        let forgotten = json!(std::mem::take(&mut self.forgotten));
        let operations = operations.join(",");
        self.push_as_written(&format!(
            r#"{{"wire":1,"store":"{store}","agency":"{agency}","first":{first},"operations":[{operations}],"forgotten":{forgotten}}}"#
        ))
    }

    /// Pulls until a round is complete, and says how many rows came.
    pub(super) fn pull(&mut self) -> usize {
        self.pull_and_compare(&[])
    }

    /// The same, with some scopes compared: by their sums, and row by row where those differ.
    pub(super) fn pull_and_compare(&mut self, doubted: &[String]) -> usize {
        let mut compare: Vec<Value> = doubted.iter().map(|scope| self.held(scope)).collect();
        let mut rows = 0;
        loop {
            let mut request = json!({"wire": 1, "compare": compare});
            if let Some(cursor) = &self.cursor {
                request["cursor"] = cursor.as_str().into();
            }
            let reply = self.ask("pull-document", &request.to_string());
            let page = reply.get("page").unwrap_or_else(|| panic!("no page: {reply}"));
            rows += self.store_page(page);
            if page["complete"] == true {
                return rows;
            }
            let differs = list(&page["differs"]).iter().filter_map(Value::as_str);
            compare = differs.map(|scope| self.held_row_by_row(scope)).collect();
        }
    }

    fn held(&self, scope: &str) -> Value {
        let (live, sum) = self.sum_of(scope);
        json!({"scope": scope, "live": live, "sum": sum})
    }

    fn held_row_by_row(&self, scope: &str) -> Value {
        let rows = self.scopes[scope].iter().map(|((kind, id), version)| json!([kind, id, version]));
        let mut held = self.held(scope);
        held["rows"] = rows.collect();
        held
    }

    /// A record of this copy.
    pub(super) fn record(&self, kind: &str, id: Uuid) -> Option<&Value> {
        self.records.get(&(kind.to_owned(), id))
    }

    /// The ids of one kind.
    pub(super) fn ids(&self, kind: &str) -> Vec<Uuid> {
        self.records.keys().filter(|(of, _)| of == kind).map(|(_, id)| *id).collect()
    }

    /// The scopes of this copy.
    pub(super) fn scopes(&self) -> Vec<String> {
        self.scopes.keys().cloned().collect()
    }

    /// Loses a record without noticing, as a bad disk would. Says where it lay.
    pub(super) fn lose(&mut self, kind: &str, id: Uuid) -> Vec<String> {
        let key = (kind.to_owned(), id);
        let scopes = self.scopes.iter_mut().filter_map(|(name, rows)| rows.remove(&key).map(|_| name.clone()));
        let scopes = scopes.collect();
        self.drop_orphans();
        scopes
    }

    fn store_page(&mut self, page: &Value) -> usize {
        let names: Vec<&str> = list(&page["scopes"]).iter().filter_map(Value::as_str).collect();
        for gone in list(&page["purge"]).iter().filter_map(Value::as_str) {
            self.scopes.remove(gone);
            self.forgotten.insert(gone.to_owned());
        }
        for name in &names {
            self.scopes.entry((*name).to_owned()).or_default();
        }
        for index in list(&page["fill"]) {
            self.scopes.insert(names[at(index)].to_owned(), BTreeMap::new());
        }
        let rows = rows_of(page);
        for row in &rows {
            let key = (row.kind.clone(), row.id);
            let scope = self.scopes.get_mut(names[row.scope]).expect("it was named");
            if row.record.is_null() {
                scope.remove(&key);
                continue;
            }
            scope.insert(key.clone(), row.version);
            if row.record.is_object() {
                self.records.insert(key, row.record.clone());
            }
        }
        self.drop_orphans();
        self.cursor = page["cursor"].as_str().map(str::to_owned);
        for sum in list(&page["sums"]) {
            let name = names[at(&sum[0])];
            let told = (sum[1].as_i64().expect("a count"), sum[2].as_i64().expect("a sum"));
            assert_eq!(told, self.sum_of(name), "{name}");
        }
        rows.len()
    }

    /// A record goes when its last scope goes.
    fn drop_orphans(&mut self) {
        let held: BTreeSet<&Key> = self.scopes.values().flat_map(BTreeMap::keys).collect();
        self.records.retain(|key, _| held.contains(key));
    }

    fn ask(&mut self, document: &str, message: &str) -> Value {
        let mut request: Value = serde_json::from_str(&example(document)).expect("JSON");
        request["variables"]["chunk"] = close(message).into();
        let answer = self.http.post_json("/graphql", Some(&self.access), &request).json();
        let fields = answer["data"].as_object().unwrap_or_else(|| panic!("refused: {answer}"));
        open(fields.values().next().and_then(Value::as_str).expect("a chunk"))
    }

    fn sum_of(&self, scope: &str) -> (i64, i64) {
        sum(self.scopes[scope].iter().map(|((kind, id), version)| (kind.as_str(), *id, *version)))
    }
}

/// How many rows are alive, and their wrapping sum.
pub(super) fn sum<'r>(rows: impl Iterator<Item = (&'r str, Uuid, i64)>) -> (i64, i64) {
    rows.fold((0, 0), |(live, sum), (kind, id, version)| {
        let mut hash = Sha256::new();
        hash.update(id.as_bytes());
        hash.update(version.to_be_bytes());
        hash.update(kind);
        let first: [u8; 8] = hash.finalize()[..8].try_into().expect("eight bytes");
        (live + 1, sum.wrapping_add(i64::from_be_bytes(first)))
    })
}

/// What a base carries for a value.
pub(super) fn seen(value: &Value) -> String {
    // Good for scalars and for objects that serde_json sorts, which it does here.
    Sha256::digest(value.to_string()).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

fn close(message: &str) -> String {
    let mut deflate = DeflateEncoder::new(Vec::new(), Compression::best());
    deflate.write_all(message.as_bytes()).expect("memory");
    URL_SAFE_NO_PAD.encode(deflate.finish().expect("memory"))
}

fn open(chunk: &str) -> Value {
    let packed = URL_SAFE_NO_PAD.decode(chunk).expect("base64url");
    let mut json = String::new();
    DeflateDecoder::new(packed.as_slice()).read_to_string(&mut json).expect("deflate");
    serde_json::from_str(&json).expect("JSON")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn at(index: &Value) -> usize {
    usize::try_from(index.as_u64().expect("an index")).expect("it is small")
}

fn id_in(value: &Value) -> Uuid {
    value.as_str().and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("no id: {value}"))
}
