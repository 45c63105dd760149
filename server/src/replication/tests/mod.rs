//! Stories of push and pull on both engines: two guardians and a provider round one child.

mod exchange;
mod life;
mod repair;

use super::{Leases, Phone, Shelf, Terms, pull, push};
use crate::{
    apply::{Actor, apply, in_agency},
    db::{
        self, At, Db, Id,
        testing::{Fresh, fresh_databases},
    },
    error::Error,
    on, people,
};
use diesel::prelude::*;
use domain::{
    Intent, family,
    progress::{Direction, WriteGoal},
    team::{PlaceMember, TeamRole},
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use sync::{
    AccountId, AgencyId, Base, DeviceId, Kind, Micros, Operation, OperationId, PersonId, Record, RecordId, Scope,
    StoreId, Verdict,
    cursor::Cursor,
    operation::{Group, Sent, Shown},
    page::{Body, Page, PullReply, PullRequest},
    push::{PushAnswer, PushRequest},
    time::Occurred,
    value::ValueHash,
    verdict::Code,
    wire,
};
use uuid::Uuid;

const KEY: &[u8] = b"a key for cursors";
const DAY: i64 = 86_400_000_000;
const NOW: Micros = Micros(1_790_000_000_000_000);

const MOTHER: u128 = 1;
const FATHER: u128 = 2;
const PROVIDER: u128 = 3;

fn uuid(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

const fn agency() -> AgencyId {
    AgencyId(Uuid::from_u128(0xa))
}

const fn ana() -> RecordId {
    RecordId(Uuid::from_u128(0x57))
}

const fn goal() -> RecordId {
    RecordId(Uuid::from_u128(0x60a1))
}

/// A child with two guardians, a speech provider since 100 days, and a goal.
fn world(db: &Fresh) {
    db.write(|db| {
        people::insert_agencies(
            db,
            &[people::Agency {
                id: Id(agency()),
                name: "Grand Lake".into(),
                kind: "district".into(),
                parent: None,
                time_zone: "America/Chicago".into(),
                locale: "en".into(),
            }],
        )?;
        let person = |n: u128, name: &str| people::Person {
            agency: Id(agency()),
            id: Id(PersonId(uuid(n))),
            account: Some(Id(AccountId(uuid(n)))),
            source_id: None,
            given_name: name.into(),
            family_name: "Story".into(),
            preferred_name: None,
            email: None,
            phone: None,
            language: None,
            staff_role: (n == PROVIDER).then(|| "provider".into()),
            ended_at: None,
        };
        people::insert_people(db, &[person(MOTHER, "Mia"), person(FATHER, "Fred"), person(PROVIDER, "Pat")])?;
        for guardian in [MOTHER, FATHER] {
            right(db, guardian)?;
        }
        let (row, since) = (uuid(0x40), At::from_micros(NOW.plus_days(-100).0).expect("a time"));
        on!(db => diesel::insert_into(people::assignment::table)
            .values(people::Assignment {
                agency: Id(agency()), id: Id(row), person: Id(PersonId(uuid(PROVIDER))), role: "provider".into(),
                service: Some("speech".into()), student: Some(Id(ana())), class: None, org: None,
                source: "office".into(), starts_at: since, ends_at: None, ended_by: None,
            })
            .execute(db))?;
        let write_goal = Intent::from(WriteGoal {
            goal: goal(),
            student: ana(),
            title: "Reads aloud".into(),
            area: "reading".into(),
            unit: "wordsPerMinute".into(),
            direction: Direction::Increase,
            baseline: 22.0,
            baseline_on: "2026-09-01".parse().expect("a date"),
            target: 60.0,
            target_on: "2027-06-01".parse().expect("a date"),
        });
        let member = Intent::from(PlaceMember {
            student: ana(),
            person: PersonId(uuid(MOTHER)),
            name: "Mia Story".into(),
            role: TeamRole::Guardian,
            service: None,
            from: None,
            until: None,
        });
        in_agency(db, agency(), NOW, |tx| {
            for (n, intent) in [write_goal, member].into_iter().enumerate() {
                let sent = operation(0x1000 + n as u128, NOW, &intent);
                assert_eq!(apply(tx, &Actor::job(agency()), sent.into(), None)?, Verdict::Applied);
            }
            Ok(())
        })?;
        Ok(())
    })
    .expect("the world begins");
}

fn right(db: &mut Db, guardian: u128) -> crate::error::Result<()> {
    let since = At::from_micros(NOW.plus_days(-100).0).expect("a time");
    on!(db => diesel::insert_into(people::educational_right::table)
        .values(people::EducationalRight {
            agency: Id(agency()), id: Id(uuid(0x30 + guardian)), person: Id(PersonId(uuid(guardian))),
            student: Id(ana()), basis: "parent".into(), evidence: "birth certificate".into(), starts_at: since,
            ends_at: None, granted_by: Id(PersonId(uuid(9))), granted_at: since, ended_by: None,
        })
        .execute(db))?;
    Ok(())
}

fn end_assignment(db: &mut Db, at: Micros) -> crate::error::Result<()> {
    let at = At::from_micros(at.0).expect("a time");
    on!(db => diesel::update(people::assignment::table)
        .set(people::assignment::ends_at.eq(Some(at)))
        .execute(db))?;
    Ok(())
}

fn operation(id: u128, device: Micros, intent: &Intent) -> Sent {
    Sent::write(Operation {
        id: OperationId(uuid(id)),
        name: intent.name().into(),
        v: Intent::VERSION,
        at: Occurred { device, offset: 0 },
        replaces: None,
        group: None,
        body: intent.body(),
    })
    .expect("it is small")
}

fn visit(n: u128, started: Micros, note: &str) -> Sent {
    let intent: Value = json!({
        "visit": uuid(0x2000 + n), "student": ana(), "service": "speech", "startedAt": started,
        "endedAt": started.plus(1_800_000_000), "attendance": "present", "note": note,
        "points": [{"id": uuid(0x3000 + n), "goal": goal(), "status": "scored", "value": 25.0}],
    });
    let visit: domain::visit::LogVisit = serde_json::from_value(intent).expect("a visit");
    operation(n, started.plus(1_800_000_000), &visit.into())
}

fn statement(n: u128, base: Base, value: &str) -> Sent {
    let edit = family::EditStatement { student: ana(), field: "vision".into(), base, value: value.into() };
    operation(n, NOW, &edit.into())
}

/// A version that a screen showed.
fn shown(op: u128, said: &str) -> Shown {
    Shown { op: OperationId(uuid(op)), seen: ValueHash::of_text(said) }
}

fn saw(text: &str) -> Base {
    Base::Seen { seen: ValueHash::of_text(text), text: Some(text.into()) }
}

/// The answer to a pull, as it travels.
fn pulled(db: &Fresh, phone: Phone, request: &PullRequest, now: Micros) -> PullReply {
    let (chunk, _) = db
        .read(|db| pull(db, phone, request, Terms::of(KEY, &Shelf::default(), Leases::default()), now))
        .expect("an answer");
    wire::open(&chunk).expect("a reply")
}

fn page_of(reply: PullReply) -> Page {
    match reply {
        PullReply::Page(page) => page,
        other => panic!("not a page: {other:?}"),
    }
}

/// A phone as the wire sees it: a stream, a cursor and a copy.
struct TestPhone {
    phone: Phone,
    store: StoreId,
    next: u64,
    cursor: Option<String>,
    rows: BTreeMap<(Scope, String, RecordId), Record>,
    versions: BTreeMap<(Scope, String, RecordId), i64>,
    purged: Vec<Scope>,
}

impl TestPhone {
    fn of(person: u128) -> Self {
        let store = StoreId(uuid(0x700 + person));
        let phone =
            Phone { account: AccountId(uuid(person)), device: DeviceId(uuid(0x800 + person)), store: Some(store) };
        Self {
            phone,
            store,
            next: 1,
            cursor: None,
            rows: BTreeMap::new(),
            versions: BTreeMap::new(),
            purged: Vec::new(),
        }
    }

    fn request(&self, first: u64, operations: &[Sent]) -> PushRequest {
        PushRequest {
            wire: 1,
            store: self.store,
            agency: agency(),
            first,
            skip: None,
            operations: operations.iter().map(|sent| sent.bytes.clone()).collect(),
            forgotten: Vec::new(),
        }
    }

    fn answer(&self, db: &Fresh, request: &PushRequest, now: Micros) -> PushAnswer {
        db.write(|db| push(db, self.phone, request, now)).expect("an answer").0.answer
    }

    fn push(&mut self, db: &Fresh, operations: &[Sent], now: Micros) -> Vec<Verdict> {
        let request = self.request(self.next, operations);
        match self.answer(db, &request, now) {
            PushAnswer::Taken { verdicts, retry_after: None } => {
                self.next += operations.len() as u64;
                verdicts.into_iter().map(|judged| judged.verdict).collect()
            }
            other => panic!("not taken: {other:?}"),
        }
    }

    fn page(&mut self, db: &Fresh, now: Micros) -> Page {
        let request = PullRequest { wire: 1, cursor: self.cursor.clone(), compare: Vec::new() };
        page_of(pulled(db, self.phone, &request, now))
    }

    fn pull(&mut self, db: &Fresh, now: Micros) -> usize {
        let mut rows = 0;
        loop {
            let page = self.page(db, now);
            rows += page.rows.len();
            let complete = page.complete;
            self.take(page);
            if complete {
                return rows;
            }
        }
    }

    fn take(&mut self, page: Page) {
        for scope in &page.purge {
            self.rows.retain(|(at, _, _), _| at != scope);
            self.versions.retain(|(at, _, _), _| at != scope);
        }
        self.purged.extend(page.purge);
        for scope in page.fill.iter().map(|index| &page.scopes[*index as usize]) {
            self.rows.retain(|(at, _, _), _| at != scope);
            self.versions.retain(|(at, _, _), _| at != scope);
        }
        let mut above: BTreeMap<(String, RecordId), Record> = BTreeMap::new();
        for row in page.rows {
            let key = (page.scopes[row.scope as usize].clone(), row.kind.name().to_owned(), row.id);
            let name = (row.kind.name().to_owned(), row.id);
            self.versions.insert(key.clone(), row.version);
            match row.body {
                Body::Gone => {
                    self.rows.remove(&key);
                    self.versions.remove(&key);
                }
                Body::Above => {
                    self.rows.insert(key, above[&name].clone());
                }
                Body::Here(text) => {
                    let record: Record = serde_json::from_str(&text).expect("a record");
                    above.insert(name, record.clone());
                    self.rows.insert(key, record);
                }
            }
        }
        self.cursor = Some(page.cursor);
    }

    fn texts(&self, kind: &str, field: &str) -> Vec<String> {
        let mut texts: Vec<String> = self
            .rows
            .iter()
            .filter(|((_, of, _), _)| of == kind)
            .map(|(_, record)| record.text(field).to_owned())
            .collect();
        texts.sort();
        texts.dedup();
        texts
    }
}
