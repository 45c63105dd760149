//! Who there is in every story: two agencies, three children, the people around them, and the
//! database in which all of that stands, made once for each engine and copied for each story.

use super::quick_folder;
use crate::world::{hour_from, person_called, student_called};
use chrono::DateTime;
use domain::{
    Intent,
    facts::{Assign, GrantRights, RightsBasis},
    meeting::CallMeeting,
    progress::{Direction, WriteGoal},
    student::PlaceStudent,
    team::TeamRole,
};
use server::{
    apply::{Actor, apply, in_agency},
    db::{
        At, Db, Id, Location,
        testing::{Session, closed_postgres, closed_sqlite},
    },
    error::Result,
    people::{Agency, Person, Relationship, Student},
    testing,
};
use std::sync::OnceLock;
use sync::{
    AccountId, AgencyId, Micros, PersonId, RecordId, Verdict,
    id::derived,
    operation::{Operation, Sent},
    time::Occurred,
};
use uuid::Uuid;

/// A school district.
pub const LAKE: AgencyId = AgencyId(Uuid::from_u128(0xa9e));
/// Another, in which Pat works as well.
pub const HILL: AgencyId = AgencyId(Uuid::from_u128(0xb9e));
/// When every story begins.
pub const NOON: Micros = Micros(1_790_000_000_000_000);

/// A child.
#[derive(Clone, Copy, Debug)]
pub struct Child {
    /// Where.
    pub agency: AgencyId,
    /// The first name.
    pub name: &'static str,
}

/// The children.
pub const CHILDREN: [Child; 3] =
    [Child { agency: LAKE, name: "ana" }, Child { agency: LAKE, name: "ben" }, Child { agency: HILL, name: "cara" }];

/// An adult who can sign in.
#[derive(Clone, Copy, Debug)]
pub struct Adult {
    /// What they are called; they sign in with it too.
    pub name: &'static str,
    /// As what the agencies employ them, if they do.
    pub staff_role: Option<&'static str>,
    /// Where they are known.
    pub agencies: &'static [AgencyId],
}

const fn adult(name: &'static str, staff_role: Option<&'static str>, agencies: &'static [AgencyId]) -> Adult {
    Adult { name, staff_role, agencies }
}

/// The adults.
pub const ADULTS: [Adult; 7] = [
    adult("mia", None, &[LAKE]),
    adult("fred", None, &[LAKE]),
    adult("gran", None, &[LAKE]),
    adult("pat", Some("provider"), &[LAKE, HILL]),
    adult("otto", Some("provider"), &[LAKE]),
    adult("cas", Some("case_manager"), &[LAKE, HILL]),
    adult("dora", Some("director"), &[LAKE, HILL]),
];

/// Who has which phone, in the order in which stories hand them out.
pub const PHONES: [&str; 6] = ["mia", "fred", "pat", "mia", "cas", "otto"];

/// Phones that somebody else uses as well.
pub const SHARED: [(usize, &str); 2] = [(0, "fred"), (2, "otto")];

/// What somebody is to a child.
#[derive(Clone, Copy, Debug)]
pub struct Tie {
    /// Who.
    pub person: &'static str,
    /// To whom.
    pub child: Child,
    /// As what.
    pub role: TeamRole,
    /// For a provider: which service.
    pub service: Option<&'static str>,
}

const fn tie(person: &'static str, child: usize, role: TeamRole, service: Option<&'static str>) -> Tie {
    Tie { person, child: CHILDREN[child], role, service }
}

/// What holds when a story begins, and, after the first seven, what the office may bring about.
pub const TIES: [Tie; 11] = [
    tie("mia", 0, TeamRole::Guardian, None),
    tie("mia", 1, TeamRole::Guardian, None),
    tie("fred", 0, TeamRole::Guardian, None),
    tie("pat", 0, TeamRole::Provider, Some("speech")),
    tie("pat", 2, TeamRole::Provider, Some("speech")),
    tie("cas", 0, TeamRole::CaseManager, None),
    tie("cas", 2, TeamRole::CaseManager, None),
    tie("otto", 1, TeamRole::Provider, Some("occupational")),
    tie("fred", 1, TeamRole::Guardian, None),
    tie("gran", 0, TeamRole::Guardian, None),
    tie("otto", 0, TeamRole::Teacher, None),
];

/// Whom a court's order may keep from whom: contacts, whether they have rights, an assignment or
/// nothing.
pub const ORDERS: [(&str, Child); 7] = [
    ("mia", CHILDREN[0]),
    ("mia", CHILDREN[1]),
    ("fred", CHILDREN[0]),
    ("fred", CHILDREN[1]),
    ("gran", CHILDREN[0]),
    ("pat", CHILDREN[0]),
    ("otto", CHILDREN[1]),
];

/// The tie of one guardian that goes, and that of another that comes, when custody of a child
/// changes; or the other way round.
pub const CUSTODY: [usize; 2] = [1, 8];

/// How many of [`TIES`] hold from the beginning.
pub const STANDING: usize = 7;

/// An adult by name.
pub fn adult_of(name: &str) -> &'static Adult {
    ADULTS.iter().find(|adult| adult.name == name).expect("one of the cast")
}

/// The account of an adult.
pub fn account(name: &str) -> AccountId {
    derived(LAKE.0, &format!("account/{name}"))
}

/// An adult as one agency knows them.
pub fn person(agency: AgencyId, name: &str) -> PersonId {
    derived(agency.0, &format!("person/{name}"))
}

/// A child's record.
pub fn student(child: Child) -> RecordId {
    derived(child.agency.0, &format!("student/{}", child.name))
}

/// A child's one goal at the beginning.
pub fn goal(child: Child) -> RecordId {
    derived(child.agency.0, &format!("goal/{}", child.name))
}

/// A child's one meeting at the beginning.
pub fn meeting(child: Child) -> RecordId {
    derived(child.agency.0, &format!("meeting/{}", child.name))
}

/// What says that a tie holds, the `nth` time that it is made.
pub fn fact(tie: &Tie, nth: u32) -> Uuid {
    derived(tie.child.agency.0, &format!("fact/{}/{}/{:?}/{nth}", tie.person, tie.child.name, tie.role))
}

/// The step of the office that makes a tie.
pub fn made(tie: &Tie, fact: Uuid, from: Option<Micros>) -> Intent {
    let (student, person) = (student(tie.child), person(tie.child.agency, tie.person));
    match tie.role {
        TeamRole::Guardian => {
            let basis = RightsBasis::Parent;
            GrantRights { right: fact, student, person, basis, evidence: "birth certificate".into(), from }.into()
        }
        role => {
            let service = tie.service.map(str::to_owned);
            Assign { assignment: fact, student, person, role, service, from }.into()
        }
    }
}

/// What says that somebody is kept away, the `nth` time that they are.
pub fn order_fact((person, child): (&str, Child), nth: u32) -> Uuid {
    derived(child.agency.0, &format!("order/{person}/{}/{nth}", child.name))
}

/// The world at noon, on SQLite. Nobody has it open, so that it can be copied.
pub fn on_sqlite() -> &'static Location {
    static MADE: OnceLock<Location> = OnceLock::new();
    MADE.get_or_init(|| begun(closed_sqlite(&quick_folder().keep().join("noon.db"))))
}

/// The world at noon, on PostgreSQL where this machine has it.
pub fn on_postgres() -> Option<&'static Location> {
    static MADE: OnceLock<Option<Location>> = OnceLock::new();
    MADE.get_or_init(|| closed_postgres().map(begun)).as_ref()
}

fn begun(place: Location) -> Location {
    Session::open(&place).write(begin).expect("the world begins");
    place
}

fn begin(db: &mut Db) -> Result<()> {
    for agency in [LAKE, HILL] {
        testing::add_agency(db, &agency_row(agency))?;
    }
    for adult in &ADULTS {
        let kept = testing::account(account(adult.name), adult.name, "nobody signs in with a password here", date());
        for (nth, agency) in adult.agencies.iter().enumerate() {
            testing::add_person(db, &person_row(*agency, adult))?;
            match nth {
                0 => testing::add_account(db, &kept, *agency, person(*agency, adult.name))?,
                _ => testing::link_account(db, *agency, person(*agency, adult.name), account(adult.name))?,
            }
        }
    }
    for child in CHILDREN {
        testing::add_student(db, &student_row(child))?;
        let known = |adult: &&Adult| child.agency == LAKE && (adult.staff_role.is_none() || is_kin(adult, child));
        for adult in ADULTS.iter().filter(known) {
            testing::add_contact(db, &contact_row(adult, child))?;
        }
        do_as_job(db, child.agency, &placed(child))?;
    }
    for tie in &TIES[..STANDING] {
        do_as_job(db, tie.child.agency, &made(tie, fact(tie, 0), Some(NOON.plus_days(-100))))?;
    }
    for child in CHILDREN {
        do_as_job(db, child.agency, &written(child))?;
        do_as_job(db, child.agency, &called(child))?;
    }
    Ok(())
}

/// Whether somebody who works there is of the child's family as well: an order can be about them.
fn is_kin(adult: &Adult, child: Child) -> bool {
    ORDERS.iter().any(|(name, kept_from)| *name == adult.name && kept_from.name == child.name)
}

fn do_as_job(db: &mut Db, agency: AgencyId, intent: &Intent) -> Result<()> {
    let id = derived(agency.0, &format!("{}/{}", intent.name(), serde_json::json!(intent.body())));
    let sent = sent(id, intent, NOON);
    in_agency(db, agency, NOON, |tx| {
        let verdict = apply(tx, &Actor::job(agency), sent.into(), None)?;
        assert_eq!(verdict, Verdict::Applied, "{}", intent.name());
        Ok(())
    })?;
    Ok(())
}

/// An intention written down.
pub fn sent(id: sync::OperationId, intent: &Intent, now: Micros) -> Sent {
    let operation = Operation {
        id,
        name: intent.name().to_owned(),
        v: Intent::VERSION,
        at: Occurred { device: now, offset: 0 },
        replaces: None,
        group: None,
        body: intent.body(),
    };
    Sent::write(operation).expect("it is small")
}

fn placed(child: Child) -> Intent {
    let name = format!("{} Story", child.name);
    let given_name = child.name.to_owned();
    PlaceStudent { student: student(child), name, given_name, grade: Some("03".into()), school: None }.into()
}

fn written(child: Child) -> Intent {
    WriteGoal {
        goal: goal(child),
        student: student(child),
        title: "reads aloud".into(),
        area: "reading".into(),
        unit: "wordsPerMinute".into(),
        direction: Direction::Increase,
        baseline: 22.0,
        baseline_on: "2026-06-01".parse().expect("a date"),
        target: 60.0,
        target_on: "2027-06-01".parse().expect("a date"),
    }
    .into()
}

fn called(child: Child) -> Intent {
    let guardians = ADULTS.iter().filter(|adult| adult.staff_role.is_none());
    CallMeeting {
        meeting: meeting(child),
        student: student(child),
        purpose: "yearly review".into(),
        time: hour_from(NOON.plus_days(20)),
        invited: guardians.map(|adult| person(child.agency, adult.name)).collect(),
    }
    .into()
}

fn date() -> DateTime<chrono::Utc> {
    DateTime::from_timestamp_micros(NOON.0).expect("a moment of the calendar")
}

fn agency_row(id: AgencyId) -> Agency {
    let name = if id == LAKE { "Grand Lake" } else { "Red Hill" };
    Agency {
        id: Id(id),
        name: name.into(),
        kind: "district".into(),
        parent: None,
        time_zone: "America/Chicago".into(),
        locale: "en".into(),
    }
}

fn person_row(agency: AgencyId, adult: &Adult) -> Person {
    let named = person_called(agency, person(agency, adult.name), adult.name);
    Person { staff_role: adult.staff_role.map(str::to_owned), ..named }
}

fn student_row(child: Child) -> Student {
    student_called(child.agency, student(child), child.name)
}

fn contact_row(guardian: &Adult, child: Child) -> Relationship {
    Relationship {
        agency: Id(child.agency),
        id: Id(derived(child.agency.0, &format!("contact/{}/{}", guardian.name, child.name))),
        person: Id(person(child.agency, guardian.name)),
        student: Id(student(child)),
        relation: "family".into(),
        lives_with: Some(true),
        source: "office".into(),
        verified_at: Some(At(date())),
        verified_by: None,
        ended_at: None,
    }
}
