//! From rows to facts, on both engines.

use crate::access::{Facts, Link, Span, StaffRole};
use crate::db::Db;
use crate::db::testing::fresh_databases;
use crate::db::types::{At, Id};
use crate::error::Result;
use crate::people::{Assignment, EducationalRight, Enrollment, Person, facts_in, facts_of, rows};
use domain::team::TeamRole;
use sync::{AccountId, AgencyId, Micros, PersonId, RecordId};
use uuid::Uuid;

const ACCOUNT: AccountId = AccountId(Uuid::from_u128(1));
const HERE: AgencyId = AgencyId(Uuid::from_u128(2));
const ELSEWHERE: AgencyId = AgencyId(Uuid::from_u128(3));
const ME: PersonId = PersonId(Uuid::from_u128(10));
const ANA: RecordId = RecordId(Uuid::from_u128(20));
const BEN: RecordId = RecordId(Uuid::from_u128(21));
const CLASS: Uuid = Uuid::from_u128(30);
const NOW: Micros = Micros(1_790_000_000_000_000);

fn day(days: i64) -> Micros {
    NOW.plus_days(days)
}

fn at(moment: Micros) -> At {
    At::from_micros(moment.0).expect("a time within the calendar")
}

fn span(from: i64, until: Option<i64>) -> Span {
    Span::new(day(from), until.map(day))
}

fn person(agency: AgencyId, id: PersonId, staff_role: Option<&str>, ended: Option<i64>) -> Person {
    Person {
        agency: Id(agency),
        id: Id(id),
        account: Some(Id(ACCOUNT)),
        source_id: None,
        given_name: "Ana".into(),
        family_name: "Silva".into(),
        preferred_name: None,
        email: None,
        phone: None,
        language: None,
        staff_role: staff_role.map(str::to_owned),
        ended_at: ended.map(|ended| at(day(ended))),
    }
}

fn right(student: RecordId, from: i64, until: Option<i64>) -> EducationalRight {
    EducationalRight {
        agency: Id(HERE),
        id: Id(student.0),
        person: Id(ME),
        student: Id(student),
        basis: "parent".into(),
        evidence: "birth certificate".into(),
        starts_at: at(day(from)),
        ends_at: until.map(|until| at(day(until))),
        granted_by: Id(ME),
        granted_at: at(day(from)),
        ended_by: None,
    }
}

fn assignment(
    id: u128,
    role: &str,
    service: Option<&str>,
    student: Option<RecordId>,
    class: Option<Uuid>,
) -> Assignment {
    Assignment {
        agency: Id(HERE),
        id: Id(Uuid::from_u128(id)),
        person: Id(ME),
        role: role.into(),
        service: service.map(str::to_owned),
        student: student.map(Id),
        class: class.map(Id),
        org: None,
        source: "office".into(),
        starts_at: at(day(-10)),
        ends_at: None,
        ended_by: None,
    }
}

fn enrollment(id: u128, student: Option<RecordId>, from: Option<i64>, until: Option<i64>) -> Enrollment {
    Enrollment {
        agency: Id(HERE),
        id: Id(Uuid::from_u128(id)),
        source_id: None,
        class: Id(CLASS),
        student: student.map(Id),
        teacher: student.is_none().then_some(Id(ME)),
        starts_at: from.map(|from| at(day(from))),
        ends_at: until.map(|until| at(day(until))),
    }
}

/// The links of the one person in `HERE`, after `set_up`.
fn links(set_up: impl Fn(&mut Db) -> Result<()>, ended: Option<i64>, expected: &[Link]) {
    for database in fresh_databases() {
        database.write(|db| rows::insert_people(db, &[person(HERE, ME, Some("teacher"), ended)])).expect("a person");
        database.write(&set_up).expect("facts");
        let facts = database.read(|db| facts_in(db, ACCOUNT, HERE, NOW)).expect("facts");
        assert_eq!(facts.into_iter().flat_map(|facts| facts.links).collect::<Vec<_>>(), expected);
    }
}

fn link(student: RecordId, role: TeamRole, span: Span) -> Link {
    Link { student, role, service: None, span }
}

#[test]
fn a_right_is_a_dated_link_even_after_it_ended() {
    let rights = [right(ANA, -10, None), right(BEN, -10, Some(-1))];
    links(
        |db| rows::insert_rights(db, &rights),
        None,
        &[link(ANA, TeamRole::Guardian, span(-10, None)), link(BEN, TeamRole::Guardian, span(-10, Some(-1)))],
    );
}

#[test]
fn an_assignment_names_its_service_and_an_unknown_role_links_to_nobody() {
    let assignments =
        [assignment(1, "provider", Some("speech"), Some(ANA), None), assignment(2, "oracle", None, Some(BEN), None)];
    let provider = Link { service: Some("speech".into()), ..link(ANA, TeamRole::Provider, span(-10, None)) };
    links(|db| rows::insert_assignments(db, &assignments), None, &[provider]);
}

#[test]
fn a_teacher_teaches_those_who_sit_in_the_class_while_both_are_so() {
    let enrollments = [
        enrollment(1, None, Some(-5), Some(50)),
        enrollment(2, Some(ANA), None, None),
        enrollment(3, Some(BEN), Some(-20), Some(20)),
        enrollment(4, Some(RecordId(Uuid::from_u128(22))), None, Some(-6)),
    ];
    links(
        |db| rows::insert_enrollments(db, &enrollments),
        None,
        &[link(ANA, TeamRole::Teacher, span(-5, Some(50))), link(BEN, TeamRole::Teacher, span(-5, Some(20)))],
    );
}

#[test]
fn an_assignment_to_a_class_reaches_those_who_sit_in_it() {
    let pupil = enrollment(1, Some(ANA), Some(-3), None);
    let case_manager = assignment(1, "case_manager", None, None, Some(CLASS));
    links(
        |db| {
            rows::insert_enrollments(db, std::slice::from_ref(&pupil))?;
            rows::insert_assignments(db, std::slice::from_ref(&case_manager))
        },
        None,
        &[link(ANA, TeamRole::CaseManager, span(-3, None))],
    );
}

#[test]
fn whoever_left_is_linked_up_to_that_day() {
    let rights = [right(ANA, -10, None)];
    links(|db| rows::insert_rights(db, &rights), Some(-2), &[link(ANA, TeamRole::Guardian, span(-10, Some(-2)))]);
}

#[test]
fn an_account_is_a_person_in_each_agency_and_staff_while_employed() {
    let others = [
        person(HERE, ME, Some("director"), None),
        person(HERE, PersonId(Uuid::from_u128(11)), None, None),
        person(ELSEWHERE, ME, Some("provider"), Some(-1)),
    ];
    for database in fresh_databases() {
        database.write(|db| rows::insert_people(db, &others)).expect("people");
        let of = |facts: Vec<Facts>| {
            facts
                .into_iter()
                .map(|facts| (facts.agency, facts.person.0.as_u128(), facts.staff_role))
                .collect::<Vec<_>>()
        };
        let everywhere = database.read(|db| facts_of(db, ACCOUNT, NOW)).expect("facts");
        let director = Some(StaffRole::Director);
        assert_eq!(of(everywhere), [(HERE, 10, director), (HERE, 11, None), (ELSEWHERE, 10, None)]);
        let here = database.read(|db| facts_in(db, ACCOUNT, HERE, NOW)).expect("facts");
        assert_eq!(of(here), [(HERE, 10, director), (HERE, 11, None)]);
    }
}
