//! A small world, in one line: students, and who is around each of them.

use std::path::Path;
use std::sync::OnceLock;

use chrono::{DateTime, NaiveDate, Utc};
use domain::Intent;
use domain::facts::{Assign, GrantRights, RightsBasis};
use domain::meeting::{CallMeeting, MeetingTime, MoveMeeting};
use domain::progress::{Direction, WriteGoal};
use domain::student::PlaceStudent;
use domain::team::TeamRole;
use server::apply::{Actor, apply, in_agency};
use server::db::testing::{fresh_databases, fresh_sqlite};
use server::db::{At, Database, Db, Id, Location};
use server::error::Result;
use server::people::{Agency, Person, Relationship, Student};
use server::testing;
use sync::id::derived;
use sync::operation::{Operation, Sent};
use sync::time::Occurred;
use sync::value::ValueHash;
use sync::{AgencyId, Micros, PersonId, RecordId, Verdict};

use crate::names::{self, AGENCY, PASSWORD};
use crate::{Stage, TestClock, TestServer};

/// An hour, in microseconds.
const HOUR: i64 = 3_600_000_000;

/// Who there is. What is said after a student is about that student.
#[derive(Clone, Debug, Default)]
pub struct World {
    students: Vec<Child>,
    office: Vec<String>,
    directors: Vec<String>,
}

#[derive(Clone, Debug)]
struct Child {
    name: String,
    born: Option<NaiveDate>,
    goals: Vec<String>,
    meetings: Vec<String>,
    guardians: Vec<String>,
    contacts: Vec<String>,
    staff: Vec<Colleague>,
}

#[derive(Clone, Debug)]
struct Colleague {
    name: String,
    role: TeamRole,
    service: Option<String>,
}

impl World {
    /// Nobody yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Ana with two guardians, Mia and Fred, Pat who gives speech, and a case manager, Cas.
    pub fn of_ana() -> Self {
        Self::new()
            .student("ana")
            .goal("reads aloud")
            .guardian("mia")
            .guardian("fred")
            .provider("pat", "speech")
            .case_manager("cas")
    }

    /// Somebody who answers for special education in the whole agency.
    pub fn director(mut self, name: &str) -> Self {
        self.directors.push(name.to_owned());
        self
    }

    /// A student.
    pub fn student(mut self, name: &str) -> Self {
        let name = name.to_owned();
        self.students.push(Child {
            name,
            born: None,
            goals: Vec::new(),
            meetings: Vec::new(),
            guardians: Vec::new(),
            contacts: Vec::new(),
            staff: Vec::new(),
        });
        self
    }

    /// When that student was born.
    pub fn born(mut self, day: &str) -> Self {
        self.last().born = Some(day.parse().expect("a day"));
        self
    }

    /// A goal of that student.
    pub fn goal(mut self, title: &str) -> Self {
        self.last().goals.push(title.to_owned());
        self
    }

    /// A meeting tomorrow, to which all guardians of that student are invited.
    pub fn meeting(mut self, purpose: &str) -> Self {
        self.last().meetings.push(purpose.to_owned());
        self
    }

    /// Somebody with educational rights for that student.
    pub fn guardian(mut self, name: &str) -> Self {
        self.last().guardians.push(name.to_owned());
        self
    }

    /// Somebody whom a roster names beside that student: not verified, without rights, without
    /// an account.
    pub fn contact(mut self, name: &str) -> Self {
        self.last().contacts.push(name.to_owned());
        self
    }

    /// Somebody of the office.
    pub fn office(mut self, name: &str) -> Self {
        self.office.push(name.to_owned());
        self
    }

    /// Somebody who gives that student a service.
    pub fn provider(self, name: &str, service: &str) -> Self {
        self.colleague(name, TeamRole::Provider, Some(service))
    }

    /// Somebody who manages that student's case.
    pub fn case_manager(self, name: &str) -> Self {
        self.colleague(name, TeamRole::CaseManager, None)
    }

    /// Somebody who teaches that student.
    pub fn teacher(self, name: &str) -> Self {
        self.colleague(name, TeamRole::Teacher, None)
    }

    fn colleague(mut self, name: &str, role: TeamRole, service: Option<&str>) -> Self {
        let (name, service) = (name.to_owned(), service.map(str::to_owned));
        self.last().staff.push(Colleague { name, role, service });
        self
    }

    fn last(&mut self) -> &mut Child {
        self.students.last_mut().expect("first a student")
    }

    /// The world on each engine that this machine has, one after the other.
    pub fn on_each_engine(self) -> impl Iterator<Item = Stage> {
        fresh_databases().into_iter().map(move |fresh| {
            let clock = TestClock::at_noon();
            self.begin(&fresh, clock.now());
            Stage::new(TestServer::start(fresh, clock))
        })
    }

    /// The world on SQLite, where a story is about that engine or about the phone alone.
    pub fn on_sqlite(&self) -> Stage {
        let (fresh, clock) = (fresh_sqlite(), TestClock::at_noon());
        self.begin(&fresh, clock.now());
        Stage::new(TestServer::start(fresh, clock))
    }

    /// Begins the world in a new file, which nobody has open then.
    pub fn begin_in_file(&self, file: &Path) {
        let database = Database::open(&Location::Sqlite(file.to_owned()), 1).expect("a new database opens");
        self.begin(&database, TestClock::at_this_moment().now());
    }

    /// Writes the world into an empty database.
    pub fn begin(&self, database: &Database, now: Micros) {
        database.write(|db| self.write(db, now)).expect("the world begins");
    }

    fn write(&self, db: &mut Db, now: Micros) -> Result<()> {
        testing::add_agency(db, &agency())?;
        let date = DateTime::from_timestamp_micros(now.0).unwrap_or_default();
        let mut known: Vec<&str> = Vec::new();
        let mut adult = |db: &mut Db, name, staff_role, signs_in: bool| {
            if known.contains(&name) {
                return Ok(());
            }
            known.push(name);
            testing::add_person(db, &person(name, staff_role))?;
            if !signs_in {
                return Ok(());
            }
            let account = testing::account(names::account(name), &names::login(name), kept_password(), date);
            testing::add_account(db, &account, AGENCY, names::person(name))
        };
        for name in &self.office {
            adult(db, name, Some("office"), true)?;
        }
        for name in &self.directors {
            adult(db, name, Some("director"), true)?;
        }
        for child in &self.students {
            for one in &child.staff {
                adult(db, &one.name, Some(staff_role(one.role)), true)?;
            }
            testing::add_student(db, &Student { birth_date: child.born, ..student(&child.name) })?;
            for name in &child.guardians {
                adult(db, name, None, true)?;
                testing::add_contact(db, &contact(name, &child.name, Some(date)))?;
            }
            for name in &child.contacts {
                adult(db, name, None, false)?;
                testing::add_contact(db, &contact(name, &child.name, None))?;
            }
            for intent in child.intents(now) {
                do_as_job(db, &intent, now)?;
            }
        }
        Ok(())
    }
}

impl Child {
    fn intents(&self, now: Micros) -> Vec<Intent> {
        let student = names::student(&self.name);
        let since = Some(now.plus_days(-100));
        let given_name = capital(&self.name);
        let name = format!("{given_name} Story");
        let place = PlaceStudent { student, name, given_name, grade: Some("03".into()), school: None };
        let rights = self.guardians.iter().map(|guardian| GrantRights {
            right: names::right(guardian, &self.name),
            student,
            person: names::person(guardian),
            basis: RightsBasis::Parent,
            evidence: "birth certificate".into(),
            from: since,
        });
        let assignments = self.staff.iter().map(|colleague| Assign {
            assignment: names::assignment(&colleague.name, &self.name),
            student,
            person: names::person(&colleague.name),
            role: colleague.role,
            service: colleague.service.clone(),
            from: since,
        });
        let goals = self.goals.iter().map(|title| WriteGoal {
            goal: names::goal(title),
            student,
            title: title.clone(),
            area: "reading".into(),
            unit: "wordsPerMinute".into(),
            direction: Direction::Increase,
            baseline: 22.0,
            baseline_on: "2026-06-01".parse().expect("a date"),
            target: 60.0,
            target_on: "2027-06-01".parse().expect("a date"),
        });
        let meetings = self.meetings.iter().map(|purpose| CallMeeting {
            meeting: names::meeting(purpose),
            student,
            purpose: purpose.clone(),
            time: hour_from(now.plus_days(1)),
            invited: self.guardians.iter().map(|name| names::person(name)).collect(),
        });
        std::iter::once(Intent::from(place))
            .chain(rights.map(Intent::from))
            .chain(assignments.map(Intent::from))
            .chain(goals.map(Intent::from))
            .chain(meetings.map(Intent::from))
            .collect()
    }
}

/// One hour in the library.
pub(crate) fn hour_from(starts_at: Micros) -> MeetingTime {
    MeetingTime { revision: 1, starts_at, ends_at: starts_at.plus(HOUR), place: "Library".into() }
}

/// A meeting moved to that hour.
pub(crate) fn moved_to(meeting: RecordId, student: RecordId, seen: ValueHash, starts_at: Micros) -> MoveMeeting {
    let MeetingTime { ends_at, place, .. } = hour_from(starts_at);
    MoveMeeting { meeting, student, seen, starts_at, ends_at, place }
}

/// Does something as the agency itself.
pub(crate) fn do_as_job(db: &mut Db, intent: &Intent, now: Micros) -> Result<()> {
    let body = intent.body();
    let sent = Sent::write(Operation {
        id: derived(AGENCY.0, &format!("{}/{}/{}", intent.name(), now.0, serde_json::json!(body))),
        name: intent.name().to_owned(),
        v: Intent::VERSION,
        at: Occurred { device: now, offset: 0 },
        replaces: None,
        group: None,
        body,
    })
    .expect("it is small");
    in_agency(db, AGENCY, now, |tx| {
        let verdict = apply(tx, &Actor::job(AGENCY), sent.into(), None)?;
        assert_eq!(verdict, Verdict::Applied, "{}", intent.name());
        Ok(())
    })?;
    Ok(())
}

/// Hashing takes its time on purpose; everybody has the same password, so once is enough.
fn kept_password() -> &'static str {
    static KEPT: OnceLock<String> = OnceLock::new();
    KEPT.get_or_init(|| testing::password_hash(PASSWORD).expect("a password"))
}

fn staff_role(role: TeamRole) -> &'static str {
    match role {
        TeamRole::CaseManager => "case_manager",
        TeamRole::Teacher => "teacher",
        TeamRole::Provider | TeamRole::Guardian | TeamRole::Notified => "provider",
    }
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn agency() -> Agency {
    Agency {
        id: Id(AGENCY),
        name: "Grand Lake".into(),
        kind: "district".into(),
        parent: None,
        time_zone: "America/Chicago".into(),
        locale: "en".into(),
    }
}

fn person(name: &str, staff_role: Option<&str>) -> Person {
    Person { staff_role: staff_role.map(str::to_owned), ..person_called(AGENCY, names::person(name), &capital(name)) }
}

fn student(name: &str) -> Student {
    student_called(AGENCY, names::student(name), &capital(name))
}

/// Somebody of whom nothing but the name is known.
pub(crate) fn person_called(agency: AgencyId, id: PersonId, name: &str) -> Person {
    Person {
        agency: Id(agency),
        id: Id(id),
        account: None,
        source_id: None,
        given_name: name.to_owned(),
        family_name: "Story".into(),
        preferred_name: None,
        email: None,
        phone: None,
        language: None,
        staff_role: None,
        ended_at: None,
    }
}

/// A student of third grade with a plan.
pub(crate) fn student_called(agency: AgencyId, id: RecordId, name: &str) -> Student {
    Student {
        agency: Id(agency),
        id: Id(id),
        source_id: None,
        person: None,
        given_name: name.to_owned(),
        family_name: "Story".into(),
        preferred_name: None,
        birth_date: None,
        grade: Some("03".into()),
        school: None,
        home_language: None,
        plan: Some("iep".into()),
        ended_at: None,
    }
}

fn contact(guardian: &str, student: &str, verified: Option<DateTime<Utc>>) -> Relationship {
    Relationship {
        agency: Id(AGENCY),
        id: Id(names::contact(guardian, student)),
        person: Id(names::person(guardian)),
        student: Id(names::student(student)),
        relation: "mother".into(),
        lives_with: Some(true),
        source: "office".into(),
        verified_at: verified.map(At),
        verified_by: None,
        ended_at: None,
    }
}
