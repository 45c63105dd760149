//! Facts, written through the door.

use super::{AGENCY, NOW, agencies, at, mother_of, person, student};
use crate::access::{Facts, StaffRole};
use crate::apply::{Actor, apply, in_agency};
use crate::db::Db;
use crate::db::testing::Fresh;
use crate::db::types::Id;
use crate::error::Result;
use crate::people::majority::coming_of_age;
use crate::people::{MajorityLaw, facts_in, rows};
use crate::records;
use domain::facts::{
    Assign, EndAssignment, EndRights, GrantRights, LiftRestriction, RecordMajority, Restrict, RightsBasis,
    VerifyContact,
};
use domain::team::TeamRole;
use domain::{Intent, kinds};
use sync::operation::{Operation, Sent};
use sync::time::Occurred;
use sync::verdict::{Code, Verdict};
use sync::{AccountId, Micros, OperationId, PersonId, RecordId};
use uuid::Uuid;

const ANA: RecordId = RecordId(Uuid::from_u128(20));
const MOTHER: PersonId = PersonId(Uuid::from_u128(10));
const THERAPIST: PersonId = PersonId(Uuid::from_u128(11));
const DIRECTOR: PersonId = PersonId(Uuid::from_u128(12));
const CONTACT: Uuid = Uuid::from_u128(30);
const RIGHT: Uuid = Uuid::from_u128(31);
const ASSIGNMENT: Uuid = Uuid::from_u128(32);
const RESTRICTION: Uuid = Uuid::from_u128(33);

fn account(person: PersonId) -> AccountId {
    AccountId(person.0)
}

fn district(db: &mut Db) -> Result<()> {
    let signed_in = |id: u128, name: &str, role| {
        let mut who = person(id, name, "Silva", role);
        who.account = Some(Id(account(who.id.0)));
        who
    };
    let people = [
        signed_in(10, "Maria", None),
        signed_in(11, "Theo", Some("provider")),
        signed_in(12, "Dina", Some("director")),
    ];
    rows::insert_people(db, &people)?;
    rows::insert_students(db, &[student(20, "Ana", "Silva"), student(21, "Ben", "Other")])?;
    rows::insert_relationships(db, &[mother_of(30, 20, 10)])
}

struct Story<'d> {
    database: &'d Fresh,
    next: u128,
}

impl Story<'_> {
    /// What the director means, at a moment.
    fn does(&mut self, intent: impl Into<Intent>, now: Micros) -> Verdict {
        self.next += 1;
        let intent = intent.into();
        let operation = Operation {
            id: OperationId(Uuid::from_u128(self.next)),
            name: intent.name().into(),
            v: Intent::VERSION,
            at: Occurred { device: now, offset: 0 },
            replaces: None,
            group: None,
            body: intent.body(),
        };
        let sent = Sent::write(operation).expect("an operation");
        let facts = Facts { agency: AGENCY, person: DIRECTOR, staff_role: Some(StaffRole::Director), links: vec![] };
        let actor = Actor::account(account(DIRECTOR), vec![facts], None);
        let work = |db: &mut Db| Ok(in_agency(db, AGENCY, now, |tx| apply(tx, &actor, sent.clone().into(), None))?.0);
        self.database.write(work).expect("the door answers")
    }

    /// What somebody is to students, and until when.
    fn links(&self, who: PersonId) -> Vec<(RecordId, TeamRole, Option<Micros>)> {
        let facts = self.database.read(|db| facts_in(db, account(who), AGENCY, NOW)).expect("facts");
        let links = facts.into_iter().flat_map(|facts| facts.links);
        links.map(|link| (link.student, link.role, link.span.until)).collect()
    }

    /// The team list of Ana, as families and staff see it: role, and whether it ended.
    fn team(&self) -> Vec<(String, bool)> {
        let found = self.database.read(|db| records::about(db, AGENCY, &kinds::MEMBER, &[ANA])).expect("records");
        let members = found.into_values().flatten();
        members.map(|one| (one.record.text("role").to_owned(), !one.record.field("until").is_null())).collect()
    }
}

fn on_each_engine(story: impl Fn(Story<'_>)) {
    for database in &agencies(district) {
        story(Story { database, next: 1_000 });
    }
}

fn verify(verified: bool) -> VerifyContact {
    VerifyContact { contact: CONTACT, student: ANA, verified }
}

fn grant(right: Uuid) -> GrantRights {
    GrantRights {
        right,
        student: ANA,
        person: MOTHER,
        basis: RightsBasis::Parent,
        evidence: "birth certificate".into(),
        from: None,
    }
}

fn restrict() -> Restrict {
    let order = "no-contact order, seen by the office".into();
    Restrict { restriction: RESTRICTION, student: ANA, person: MOTHER, order, from: None }
}

fn lift() -> LiftRestriction {
    LiftRestriction { restriction: RESTRICTION, student: ANA, evidence: "order of the court that ends it".into() }
}

fn assign() -> Assign {
    Assign {
        assignment: ASSIGNMENT,
        student: ANA,
        person: THERAPIST,
        role: TeamRole::Provider,
        service: Some("speech".into()),
        from: None,
    }
}

fn wrong(field: &str) -> Verdict {
    Verdict::Rejected { code: Code::Invalid, field: Some(field.into()) }
}

#[test]
fn a_contact_is_verified_before_rights_are_granted() {
    on_each_engine(|mut story| {
        assert_eq!(story.does(grant(RIGHT), NOW), wrong("contact"));
        assert_eq!(story.links(MOTHER), []);
        assert_eq!(story.does(verify(true), NOW), Verdict::Applied);
        assert_eq!(story.does(grant(RIGHT), NOW), Verdict::Applied);
        assert_eq!(story.links(MOTHER), [(ANA, TeamRole::Guardian, None)]);
        assert_eq!(story.team(), [("guardian".to_owned(), false)]);
    });
}

#[test]
fn rights_are_granted_to_contacts_of_that_student_alone() {
    on_each_engine(|mut story| {
        let other = GrantRights { person: THERAPIST, ..grant(RIGHT) };
        assert_eq!(story.does(other, NOW), Verdict::rejected(Code::NotFound));
        let contact = VerifyContact { student: RecordId(Uuid::from_u128(21)), ..verify(true) };
        assert_eq!(story.does(contact, NOW), Verdict::rejected(Code::NotFound));
    });
}

#[test]
fn a_wrong_grant_is_ended_and_may_be_made_again() {
    on_each_engine(|mut story| {
        story.does(verify(true), NOW);
        story.does(grant(RIGHT), NOW);
        assert_eq!(story.does(grant(Uuid::from_u128(77)), NOW), Verdict::rejected(Code::Exists));

        let end = EndRights { right: RIGHT, student: ANA };
        let later = NOW.plus_days(1);
        assert_eq!(story.does(end.clone(), later), Verdict::Applied);
        assert_eq!(story.links(MOTHER), [(ANA, TeamRole::Guardian, Some(later))]);
        assert_eq!(story.team(), [("guardian".to_owned(), true)]);
        assert_eq!(story.does(end, NOW.plus_days(2)), Verdict::Applied);
        assert_eq!(story.links(MOTHER), [(ANA, TeamRole::Guardian, Some(later))]);

        assert_eq!(story.does(grant(Uuid::from_u128(77)), NOW.plus_days(3)), Verdict::Applied);
        assert_eq!(story.team(), [("guardian".to_owned(), false)]);
    });
}

/// 34 CFR 99.4: full rights, unless there is evidence of a court order that takes them.
#[test]
fn an_order_keeps_a_guardian_away_until_it_is_lifted() {
    on_each_engine(|mut story| {
        story.does(verify(true), NOW);
        story.does(grant(RIGHT), NOW);
        let (order, lifted) = (NOW.plus_days(2), NOW.plus_days(9));
        assert_eq!(story.does(restrict(), order), Verdict::Applied);
        assert_eq!(story.links(MOTHER), [(ANA, TeamRole::Guardian, Some(order))]);
        assert_eq!(story.team(), [("guardian".to_owned(), true)]);
        let again = Restrict { restriction: Uuid::from_u128(79), ..restrict() };
        assert_eq!(story.does(again, order), Verdict::rejected(Code::Exists), "it stands already");

        assert_eq!(story.does(lift(), lifted), Verdict::Applied);
        assert_eq!(story.does(lift(), lifted.plus_days(1)), Verdict::Applied, "once is enough");
        let both = [(ANA, TeamRole::Guardian, Some(order)), (ANA, TeamRole::Guardian, None)];
        assert_eq!(story.links(MOTHER), both, "what she did meanwhile was not hers to do");
        assert_eq!(story.team(), [("guardian".to_owned(), false)]);
    });
}

#[test]
fn rights_that_are_granted_under_an_order_give_nothing() {
    on_each_engine(|mut story| {
        story.does(verify(true), NOW);
        assert_eq!(story.does(restrict(), NOW), Verdict::Applied);
        assert_eq!(story.does(grant(RIGHT), NOW.plus_days(1)), Verdict::Applied);
        assert_eq!(story.links(MOTHER), []);
        assert_eq!(story.team(), [("guardian".to_owned(), true)]);
    });
}

#[test]
fn an_order_of_tomorrow_counts_from_tomorrow_and_one_of_yesterday_from_now() {
    on_each_engine(|mut story| {
        story.does(verify(true), NOW);
        story.does(grant(RIGHT), NOW);
        let tomorrow = NOW.plus_days(1);
        story.does(Restrict { from: Some(tomorrow), ..restrict() }, NOW);
        assert_eq!(story.links(MOTHER), [(ANA, TeamRole::Guardian, Some(tomorrow))]);
        story.does(lift(), NOW);
        let yesterday = Some(NOW.plus_days(-1));
        let (restriction, later) = (Uuid::from_u128(79), NOW.plus_days(3));
        story.does(Restrict { restriction, from: yesterday, ..restrict() }, later);
        assert_eq!(story.links(MOTHER), [(ANA, TeamRole::Guardian, Some(later))]);
    });
}

#[test]
fn only_a_contact_is_kept_away_and_nobody_who_keeps_all_records() {
    on_each_engine(|mut story| {
        let stranger = Restrict { person: THERAPIST, ..restrict() };
        assert_eq!(story.does(stranger, NOW), Verdict::rejected(Code::NotFound));
        let elsewhere = Restrict { student: RecordId(Uuid::from_u128(21)), ..restrict() };
        assert_eq!(story.does(elsewhere, NOW), Verdict::rejected(Code::NotFound));
        let contact = rows::Relationship { person: Id(DIRECTOR), ..mother_of(40, 20, 10) };
        story
            .database
            .write(|db| rows::insert_relationships(db, std::slice::from_ref(&contact)))
            .expect("a father who directs");
        assert_eq!(story.does(Restrict { person: DIRECTOR, ..restrict() }, NOW), wrong("office"));
        let nameless = Restrict { order: " ".into(), ..restrict() };
        assert_eq!(story.does(nameless, NOW), wrong("order"));
    });
}

#[test]
fn an_assignment_puts_staff_on_the_team_until_it_ends() {
    on_each_engine(|mut story| {
        let parent = Assign { person: MOTHER, ..assign() };
        assert_eq!(story.does(parent, NOW), wrong("person"));
        assert_eq!(story.does(assign(), NOW), Verdict::Applied);
        let again = Assign { assignment: Uuid::from_u128(78), ..assign() };
        assert_eq!(story.does(again, NOW), Verdict::rejected(Code::Exists));
        assert_eq!(story.links(THERAPIST), [(ANA, TeamRole::Provider, None)]);

        let at = |at| EndAssignment { assignment: ASSIGNMENT, student: ANA, at };
        assert_eq!(story.does(at(Some(NOW.plus_days(9))), NOW), Verdict::Applied);
        assert_eq!(story.links(THERAPIST), [(ANA, TeamRole::Provider, Some(NOW.plus_days(9)))]);
        assert_eq!(story.does(at(None), NOW.plus_days(5)), Verdict::Applied);
        assert_eq!(story.links(THERAPIST), [(ANA, TeamRole::Provider, Some(NOW.plus_days(5)))]);
        assert_eq!(story.team(), [("provider".to_owned(), true)]);
    });
}

#[test]
fn an_assignment_never_ends_before_it_began() {
    on_each_engine(|mut story| {
        story.does(assign(), NOW);
        let early = EndAssignment { assignment: ASSIGNMENT, student: ANA, at: Some(NOW.plus_days(-9)) };
        assert_eq!(story.does(early, NOW.plus_days(1)), Verdict::Applied);
        assert_eq!(story.links(THERAPIST), []);
    });
}

#[test]
fn nobody_is_assigned_to_a_student_who_is_not_there() {
    on_each_engine(|mut story| {
        let stranger = Assign { student: RecordId(Uuid::from_u128(99)), ..assign() };
        assert_eq!(story.does(stranger, NOW), Verdict::rejected(Code::NotFound));
        let other = EndAssignment { assignment: ASSIGNMENT, student: RecordId(Uuid::from_u128(21)), at: None };
        story.does(assign(), NOW);
        assert_eq!(story.does(other, NOW), Verdict::rejected(Code::NotFound));
    });
}

#[test]
fn a_student_holds_their_own_rights_once_the_day_is_written_down() {
    let grown_up = |db: &mut Db| {
        district(db)?;
        let mut adult = student(22, "Ana", "Grown");
        adult.person = Some(Id(MOTHER));
        adult.birth_date = "2001-02-03".parse().ok();
        adult.ended_at = Some(at(NOW.plus_days(900)));
        rows::insert_students(db, &[adult])
    };
    for database in &agencies(grown_up) {
        let mut story = Story { database, next: 1_000 };
        let own =
            GrantRights { student: RecordId(Uuid::from_u128(22)), basis: RightsBasis::AdultStudent, ..grant(RIGHT) };
        assert_eq!(story.does(own.clone(), NOW), wrong("basis"));
        let law = MajorityLaw {
            agency: Id(AGENCY),
            id: Id(RIGHT),
            age: 18,
            law: "State code 1-2-3".into(),
            recorded_by: Id(DIRECTOR),
            recorded_at: at(NOW),
        };
        let known = database.write(|db| {
            rows::insert_majority_laws(db, std::slice::from_ref(&law))?;
            let adult = rows::student(db, AGENCY, own.student)?.expect("she is there");
            Ok(coming_of_age(db, AGENCY, &adult)?.expect("a day").at)
        });
        let day = known.expect("the day");
        let told = "a letter".to_owned();
        let day = RecordMajority { majority: CONTACT, student: own.student, at: day, told_at: NOW, told };
        assert_eq!(story.does(RecordMajority { told_at: NOW.plus_days(1), ..day.clone() }, NOW), wrong("toldAt"));
        assert_eq!(story.does(day, NOW), Verdict::Applied);
        assert_eq!(story.does(own, NOW), Verdict::rejected(Code::Exists), "she has them by that");
        let not_own = GrantRights { basis: RightsBasis::AdultStudent, ..grant(Uuid::from_u128(79)) };
        assert_eq!(story.does(not_own, NOW), wrong("contact"));
    }
}
