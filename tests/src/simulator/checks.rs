//! The invariants of the design, held against a story: some at every step, all at its end.

use super::{
    Failure,
    ledger::{Entry, sentences_in},
    net::Heard,
    run::Run,
};
use diesel::prelude::*;
use domain::scope::lies_in;
use serde_json::Value;
use server::{db::Db, db::Id, on};
use std::collections::{BTreeMap, BTreeSet};
use sync::{AgencyId, Kind, Micros, Record, RecordId, Scope, Verdict, page::Sum};

mod tables {
    //! The server's tables as a check reads them.
    diesel::table! {
        use diesel::sql_types::*;
        use server::db::types::Uid;
        record (agency, kind, id) { agency -> Uid, kind -> Text, id -> Uid, body -> Text, }
    }
    diesel::table! {
        use diesel::sql_types::*;
        use server::db::types::Uid;
        visible (agency, scope, kind, id) {
            agency -> Uid, scope -> Text, version -> BigInt, kind -> Text, id -> Uid, deleted -> Bool,
        }
    }
    diesel::table! {
        use diesel::sql_types::*;
        use server::db::types::Uid;
        scope_sum (agency, scope) { agency -> Uid, scope -> Text, version -> BigInt, live -> BigInt, sum -> BigInt, }
    }
    diesel::table! {
        use diesel::sql_types::*;
        use server::db::types::Uid;
        operation (agency, id) { agency -> Uid, id -> Uid, verdict -> Text, bytes -> Text, }
    }
}
use tables::{operation, record, scope_sum, visible};

/// A record's key.
type Key = (AgencyId, Kind, RecordId);
/// Records by key, as they are stored.
type Records = BTreeMap<Key, (String, Record)>;
/// A row of the index.
type Visible = (Id<AgencyId>, String, i64, String, Id<RecordId>, bool);
/// The index as it was seen last: the version of each row, and the newest of each agency.
#[derive(Default)]
pub(super) struct Order {
    versions: BTreeMap<(AgencyId, String, String, RecordId), i64>,
    newest: BTreeMap<AgencyId, i64>,
}
/// The final fields of records, as they were first seen.
pub(super) type Frozen = BTreeMap<Key, Value>;

impl Run<'_> {
    fn look<T>(&mut self, work: impl FnOnce(&mut Db) -> QueryResult<T>) -> Result<T, Failure> {
        let looked = self.server.session().read(|db| Ok(work(db)?));
        looked.map_err(|error| Failure::new("the server answers", error.to_string()))
    }

    fn records(&mut self) -> Result<Records, Failure> {
        let rows: Vec<(Id<AgencyId>, String, Id<RecordId>, String)> =
            self.look(|db| on!(db => record::table.load(db)))?;
        let read = |(agency, kind, id, body): (Id<AgencyId>, String, Id<RecordId>, String)| {
            let record = serde_json::from_str(&body).expect("the server stores records");
            ((agency.0, Kind::from(kind), id.0), (body, record))
        };
        Ok(rows.into_iter().map(read).collect())
    }

    /// Final things do not change.
    pub(super) fn check_frozen(&mut self) -> Result<(), Failure> {
        let now = self.records()?;
        for (key, before) in &self.frozen {
            match now.get(key) {
                Some((_, record)) if final_part(&key.1, record).as_ref() != Some(before) => {
                    let why = format!("{} {} was {before}, is {:?}", key.1, key.2, final_part(&key.1, record));
                    return Err(Failure::new("frozen things never change", why));
                }
                None => {
                    return Err(Failure::new("frozen things never change", format!("{} {} is gone", key.1, key.2)));
                }
                _ => {}
            }
        }
        let finals = now.into_iter().filter_map(|(key, (_, record))| Some((key.clone(), final_part(&key.1, &record)?)));
        self.frozen = finals.collect();
        Ok(())
    }

    /// What came later has a later version: nobody who had read up to one missed another.
    pub(super) fn check_order(&mut self) -> Result<(), Failure> {
        let rows: Vec<Visible> = self.look(|db| on!(db => visible::table.load(db)))?;
        let before = std::mem::take(&mut self.order);
        for (agency, scope, version, kind, id, _) in rows {
            let newest = before.newest.get(&agency.0).copied().unwrap_or_default();
            let key = (agency.0, scope, kind, id.0);
            if before.versions.get(&key) != Some(&version) && version <= newest {
                let why = format!("{} {} came in {} as {version}, after {newest}", key.2, key.3, key.1);
                return Err(Failure::new("commit order is version order", why));
            }
            let newest = self.order.newest.entry(agency.0).or_default();
            *newest = (*newest).max(version);
            self.order.versions.insert(key, version);
        }
        Ok(())
    }

    /// A phone that has kept a page holds no more than its owner might see then.
    pub(super) fn check_held(&mut self, index: usize, heard: &Heard) -> Result<(), Failure> {
        let phone = &self.phones[index];
        let contact = phone.texts("SELECT value AS text FROM meta WHERE name = 'contact'");
        if !contact.iter().any(|contact| contact.contains(&heard.cursor)) {
            return Ok(());
        }
        let held = phone.texts("SELECT lower(hex(agency)) || '/' || path AS text FROM scope");
        let may = self.rights.paths(phone.owner, heard.at).into_iter();
        let may: BTreeSet<String> = may.map(|(agency, path)| Scope::new(agency, path).to_string()).collect();
        match held.iter().find(|path| !may.contains(*path)) {
            Some(path) => {
                let why = format!("phone {index} ({}) still holds {path}", phone.owner);
                Err(Failure::new("what a person may not see leaves at the next contact", why))
            }
            None => Ok(()),
        }
    }

    /// What is pending lies over the rows as they are now: what others wrote since is shown too.
    pub(super) fn check_previews(&self, index: usize) -> Result<(), Failure> {
        let phone = &self.phones[index];
        let pairs = phone.texts(
            "SELECT record.body || char(10) || preview.body AS text FROM preview JOIN record USING (agency, kind, id)",
        );
        for pair in pairs {
            let (row, shown) = pair.split_once('\n').unwrap_or_default();
            let shown: BTreeSet<u64> = sentences_in(shown).into_iter().collect();
            let hidden = |n: &u64| !shown.contains(n) && !self.ledger.excused.contains(n);
            if let Some(n) = sentences_in(row).into_iter().find(hidden) {
                let why = format!("phone {index} ({}) has sentence {n} and does not show it: {pair}", phone.owner);
                return Err(Failure::new("what is pending lies over what came", why));
            }
        }
        Ok(())
    }

    /// Everything, at the end.
    pub(super) fn check_all(&mut self) -> Result<(), Failure> {
        let records = self.records()?;
        self.check_index(&records)?;
        for ((index, name), at) in self.looked.clone() {
            // Whoever holds it goes on looking; a copy that is locked stays as it was.
            let at = if self.phones[index].owner == name { self.now } else { at };
            self.check_copy((index, name), at, &records)?;
        }
        self.check_sentences(&records)
    }

    /// Every copy is what its person may see: no more, no less.
    fn check_copy(&self, (index, owner): (usize, &'static str), at: Micros, records: &Records) -> Result<(), Failure> {
        let may: BTreeSet<(AgencyId, String)> = self.rights.paths(owner, at).into_iter().collect();
        let line =
            |(agency, kind, id): &Key, body: &str| format!("{} {kind} {} {body}", agency.0.simple(), id.0.simple());
        let seen = |(key, (_, record)): &(&Key, &(String, Record))| {
            lies_in(&key.1, key.2, record).into_iter().any(|path| may.contains(&(key.0, path)))
        };
        let expected: BTreeSet<String> = records.iter().filter(seen).map(|(key, (body, _))| line(key, body)).collect();
        let there = self.phones[index].texts_of(
            owner,
            "SELECT lower(hex(agency)) || ' ' || kind || ' ' || lower(hex(id)) || ' ' || body AS text FROM record",
        );
        let there: BTreeSet<String> = there.into_iter().collect();
        let (less, more) = (expected.difference(&there).next(), there.difference(&expected).next());
        if less.is_some() || more.is_some() {
            let why = format!("phone {index} ({owner}): missing {less:?}, too much {more:?}");
            return Err(Failure::new("every copy is what its person may see", why));
        }
        let previews = self.phones[index].texts_of(
            owner,
            "SELECT kind AS text FROM preview WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE state <> 'received')",
        );
        if !previews.is_empty() {
            let why = format!("phone {index} ({owner}) shows {previews:?} as pending, and nothing is");
            return Err(Failure::new("every copy is what its person may see", why));
        }
        Ok(())
    }

    /// The index says of every record where it lies, and its sums add up.
    fn check_index(&mut self, records: &Records) -> Result<(), Failure> {
        let rows: Vec<Visible> = self.look(|db| on!(db => visible::table.load(db)))?;
        let sums: Vec<(Id<AgencyId>, String, i64, i64, i64)> = self.look(|db| on!(db => scope_sum::table.load(db)))?;
        let mut alive = BTreeSet::new();
        let mut added: BTreeMap<(AgencyId, String), (i64, Sum)> = BTreeMap::new();
        for (agency, scope, version, kind, id, deleted) in rows {
            let kind = Kind::from(kind);
            let (newest, sum) = added.entry((agency.0, scope.clone())).or_default();
            *newest = (*newest).max(version);
            if !deleted {
                *sum = sum.with(&kind, id.0, version);
                alive.insert((agency.0, scope, kind, id.0));
            }
        }
        let said = sums
            .into_iter()
            .map(|(agency, scope, version, live, sum)| ((agency.0, scope), (version, Sum { live, sum })));
        let lies = records.iter().flat_map(|((agency, kind, id), (_, record))| {
            lies_in(kind, *id, record).into_iter().map(|scope| (*agency, scope, kind.clone(), *id))
        });
        if alive != lies.collect() {
            return Err(Failure::new("the index says where records lie", "it says otherwise".into()));
        }
        if added != said.collect() {
            return Err(Failure::new("the index says where records lie", "its sums do not add up".into()));
        }
        Ok(())
    }

    /// What was typed is there once, or its author was told what became of it.
    fn check_sentences(&mut self, records: &Records) -> Result<(), Failure> {
        let mut there = BTreeSet::new();
        for ((_, kind, id), (_, record)) in records {
            for (field, value) in &record.fields {
                let found = sentences_in(value.as_str().unwrap_or_default());
                let once: BTreeSet<u64> = found.iter().copied().collect();
                if once.len() < found.len() {
                    let why = format!("{kind} {id} {field}: {value}");
                    return Err(Failure::new("what was taken is there once", why));
                }
                let evidence = matches!(kind.name(), "visit" | "answer" | "attempt");
                if let Some(n) = once.iter().find(|n| evidence && there.contains(*n)) {
                    return Err(Failure::new(
                        "what was taken is there once",
                        format!("sentence {n} is in two records"),
                    ));
                }
                there.extend(once);
            }
            let voices = record.open.values().flatten();
            there.extend(voices.flat_map(|voice| sentences_in(voice.value.as_str().unwrap_or_default())));
        }
        self.check_taken(&there)?;
        self.check_entries(&there)
    }

    /// What the server says it took is in its records.
    fn check_taken(&mut self, there: &BTreeSet<u64>) -> Result<(), Failure> {
        let rows: Vec<(String, String)> =
            self.look(|db| on!(db => operation::table.select((operation::verdict, operation::bytes)).load(db)))?;
        for (verdict, bytes) in rows {
            let verdict: Verdict = serde_json::from_str(&verdict).expect("the server stores verdicts");
            let operation: Value = serde_json::from_str(&bytes).expect("the server stores operations");
            let typed = [&operation["body"]["value"], &operation["body"]["note"]];
            let typed = typed.into_iter().flat_map(|text| sentences_in(text.as_str().unwrap_or_default()));
            for n in typed.filter(|_| verdict.is_success()) {
                if !there.contains(&n) && !self.ledger.excused.contains(&n) {
                    let why = format!("sentence {n} was taken ({verdict:?}) and is nowhere: {bytes}");
                    return Err(Failure::new("what is acknowledged is not lost", why));
                }
            }
        }
        Ok(())
    }

    fn check_entries(&mut self, there: &BTreeSet<u64>) -> Result<(), Failure> {
        let outbox =
            "SELECT lower(hex(id)) || ' ' || lower(hex(subject)) || ' ' || state || ' ' || bytes AS text FROM outbox";
        let of = |entry: &Entry| (entry.phone, entry.author);
        let authors: BTreeSet<_> = self.ledger.entries.iter().map(of).collect();
        let outboxes: BTreeMap<_, Vec<String>> = authors
            .into_iter()
            .map(|(phone, name)| ((phone, name), self.phones[phone].texts_of(name, outbox)))
            .collect();
        for entry in &self.ledger.entries {
            let gone = self.phones[entry.phone].copy_of(entry.author) != entry.copy;
            let settled = there.contains(&entry.n) || self.ledger.excused.contains(&entry.n);
            // What a copy knew that is gone is for the server to know; and what was purged it
            // could not send again after a restore.
            if settled || gone || !entry.certain || (entry.purged && self.restores > 0) {
                continue;
            }
            let (op, subject) = (entry.op.0.simple().to_string(), entry.student.0.simple().to_string());
            let told = outboxes[&of(entry)].iter().any(|row| {
                let parked = row.contains(" parked ") && sentences_in(row).contains(&entry.n);
                let receipt = row.contains(" receipt ") && (row.starts_with(&op) || row.contains(&subject));
                parked || receipt
            });
            if !told {
                let why =
                    format!("sentence {} of phone {} ({}) is nowhere: {:?}", entry.n, entry.phone, op, entry.intent);
                return Err(Failure::new("nothing a person typed disappears", why));
            }
        }
        Ok(())
    }
}

/// What of a record never changes any more, if it is there at all.
fn final_part(kind: &Kind, record: &Record) -> Option<Value> {
    let whole = || {
        // A case manager's look at a late visit is the one thing that comes later.
        let fields = record.fields.iter().filter(|(field, _)| *field != "reviewed");
        Some(Value::Object(fields.map(|(field, value)| (field.clone(), value.clone())).collect()))
    };
    match kind.name() {
        "visit" | "point" | "answer" | "goal" | "attempt" => whole(),
        "input" if !record.field("submittedAt").is_null() => whole(),
        _ => None,
    }
}
