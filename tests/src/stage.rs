//! A world that is alive: its server, and what a test does or looks at from outside.

use chrono::TimeDelta;
use domain::Intent;
use domain::facts::{EndAssignment, EndRights};
use domain::kinds;
use serde_json::Value;
use server::{records, testing};
use sync::id::derived;
use sync::value::ValueHash;
use sync::{Kind, Record, RecordId};
use uuid::Uuid;

use crate::names::{self, AGENCY};
use crate::world::{do_as_job, moved_to};
use crate::{TestPhone, TestServer, Wire};

/// A world that is alive.
pub struct Stage {
    /// The server.
    pub server: TestServer,
}

impl Stage {
    pub(crate) fn new(server: TestServer) -> Self {
        Self { server }
    }

    /// A phone out of the box.
    pub fn phone(&self) -> TestPhone {
        TestPhone::new(&self.server.address(), self.server.clock.clone())
    }

    /// A phone on which somebody is signed in and has all their data.
    pub fn phone_of(&self, name: &str) -> TestPhone {
        let mut phone = self.phone();
        phone.sign_in(name);
        phone
    }

    /// Somebody's phone as the wire sees it.
    pub fn wire_of(&self, name: &str) -> Wire {
        Wire::sign_in(&self.server.address(), name)
    }

    /// Lets time pass for everybody.
    pub fn pass(&self, time: TimeDelta) {
        self.server.pass(time);
    }

    /// The office does something.
    pub fn office(&self, intent: impl Into<Intent>) {
        let (intent, now) = (intent.into(), self.server.clock.now());
        self.server.database().write(|db| do_as_job(db, &intent, now)).expect("it is done");
    }

    /// The office ends an assignment now.
    pub fn end_assignment(&self, staff: &str, student: &str) {
        let assignment = names::assignment(staff, student);
        self.office(EndAssignment { assignment, student: names::student(student), at: None });
    }

    /// The office ends a guardian's rights now.
    pub fn end_rights(&self, guardian: &str, student: &str) {
        self.office(EndRights { right: names::right(guardian, student), student: names::student(student) });
    }

    /// The office moves a meeting by a day.
    pub fn move_meeting(&self, purpose: &str, student: &str) {
        let meeting = names::meeting(purpose);
        let now = self.record(&kinds::MEETING, meeting);
        let time = domain::meeting::MeetingTime::of(&now).expect("a meeting has a time");
        let seen = ValueHash::of(now.field("time"));
        self.office(moved_to(meeting, names::student(student), seen, time.starts_at.plus_days(1)));
    }

    /// The global id of a passkey of somebody's, which they have from now on.
    pub fn passkey_of(&self, name: &str) -> Value {
        let (account, now) = (names::account(name), self.server.clock.date());
        let id: Uuid = derived(account.0, "passkey");
        let work = |db: &mut _| testing::add_passkey(db, account, id, "her phone", now);
        self.server.database().write(work).expect("a passkey");
        Value::String(format!("pky_{}", id.simple()))
    }

    /// Somebody signs all devices of an account out from elsewhere.
    pub fn revoke_devices_of(&self, name: &str) {
        let (account, now) = (names::account(name), self.server.clock.date());
        let work = |db: &mut _| {
            for device in testing::devices_of(db, account)? {
                testing::revoke(db, account, device, now)?;
            }
            Ok(())
        };
        self.server.database().write(work).expect("they are signed out");
    }

    /// What the server has of one kind about a student, oldest first.
    pub fn records(&self, kind: &Kind, student: &str) -> Vec<Record> {
        let student = names::student(student);
        let found = self.server.database().read(|db| records::about(db, AGENCY, kind, &[student])).expect("records");
        let mut found: Vec<_> = found.into_values().flatten().collect();
        found.sort_by_key(|stored| (stored.record.made.at, stored.id));
        found.into_iter().map(|stored| stored.record).collect()
    }

    /// The notes of the visits that the server has about a student, sorted.
    pub fn notes(&self, student: &str) -> Vec<String> {
        let visits = self.records(&kinds::VISIT, student);
        let mut notes: Vec<String> = visits.iter().map(|visit| visit.text("note").to_owned()).collect();
        notes.sort();
        notes
    }

    /// One field of a student's family statement, as the server has it.
    pub fn statement(&self, student: &str, field: &str) -> Value {
        let statements = self.records(&kinds::STATEMENT, student);
        statements.first().map_or(Value::Null, |statement| statement.field(field).clone())
    }

    /// What the server has of one record.
    pub fn record(&self, kind: &Kind, id: RecordId) -> Record {
        let found = self.server.database().read(|db| records::find(db, AGENCY, kind, id));
        found.expect("the database answers").expect("the record is there").record
    }
}
