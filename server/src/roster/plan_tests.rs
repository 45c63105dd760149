//! What becomes of an agency when its roster changes.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use sync::{AgencyId, PersonId};
use uuid::Uuid;

use super::compare::Changes;
use super::fault::Place;
use super::ids;
use super::model::{Class, Contact, Enrollment, Name, Org, Person, Roster, Seat, Student};
use super::plan::{Known, Plan, plan};
use super::wanted::Setting;
use crate::access::StaffRole;
use crate::db::types::{At, Id};
use crate::people::Assignment;

const AGENCY: AgencyId = AgencyId(Uuid::from_u128(1));
const NOWHERE: Place = Place { file: "users.csv", line: 2 };

fn setting() -> Setting {
    let now = DateTime::from_timestamp(1_795_363_200, 0).expect("a moment");
    Setting { agency: AGENCY, zone: chrono_tz::America::Chicago, now, max_ended: 0.1 }
}

fn now() -> DateTime<Utc> {
    setting().now
}

fn name(given: &str) -> Name {
    Name { given: given.to_owned(), family: "Lee".to_owned(), preferred: None }
}

/// One school with twenty children, each with a parent, and twenty teachers.
fn roster() -> Roster {
    let many = |prefix: &'static str| (0..20).map(move |n| format!("{prefix}{n}"));
    let person = |id: String, staff| Person {
        place: NOWHERE,
        name: name(&id),
        id,
        email: None,
        phone: None,
        staff,
        language: None,
    };
    let seat =
        |seat, id: String| Enrollment { place: NOWHERE, id, class: "k".to_owned(), seat, begins: None, ends: None };
    Roster {
        format: "test",
        agency: "Aspen".to_owned(),
        orgs: vec![Org {
            place: NOWHERE,
            id: "s".to_owned(),
            name: "Aspen School".to_owned(),
            kind: "school",
            parent: None,
        }],
        students: many("s")
            .map(|id| Student {
                place: NOWHERE,
                name: name(&id),
                id,
                birth_date: None,
                grade: None,
                school: Some("s".to_owned()),
                plan: None,
                home_language: None,
            })
            .collect(),
        people: many("t")
            .map(|id| person(id, Some(StaffRole::Teacher)))
            .chain(many("p").map(|id| person(id, None)))
            .collect(),
        contacts: many("s")
            .zip(many("p"))
            .map(|(student, person)| Contact {
                place: NOWHERE,
                student,
                person,
                relation: "parent".to_owned(),
                lives_with: None,
            })
            .collect(),
        classes: Some(vec![Class {
            place: NOWHERE,
            id: "k".to_owned(),
            title: "Room 3".to_owned(),
            school: "s".to_owned(),
        }]),
        enrollments: Some(
            many("s")
                .map(|id| seat(Seat::Student(id.clone()), format!("e{id}")))
                .chain(many("t").map(|id| seat(Seat::Teacher(id.clone()), format!("e{id}"))))
                .collect(),
        ),
        remarks: Vec::new(),
        read: Vec::new(),
    }
}

fn after(plan: Plan) -> Known {
    fn rows<T>(changes: Changes<T>) -> Vec<T> {
        changes.current.into_iter().chain(changes.ended).chain(changes.kept).collect()
    }
    Known {
        orgs: rows(plan.orgs),
        students: rows(plan.students),
        people: rows(plan.people),
        contacts: rows(plan.contacts),
        classes: rows(plan.classes),
        enrollments: rows(plan.enrollments),
        assignments: Vec::new(),
        rights: BTreeSet::new(),
    }
}

/// The agency after the roster was taken once.
fn known() -> Known {
    after(plan(Known::default(), &roster(), &setting()).expect("nobody ends"))
}

fn person(id: &str) -> PersonId {
    ids::person(AGENCY, id)
}

#[test]
fn the_second_time_nothing_is_left_to_do() {
    let first = plan(Known::default(), &roster(), &setting()).expect("nobody ends");
    assert_eq!(first.len(), 1 + 20 + 40 + 20 + 1 + 40 + 20);
    assert_eq!(plan(after(first), &roster(), &setting()).expect("nobody ends").len(), 0);
}

#[test]
fn a_teacher_who_left_is_ended_with_her_classes_and_her_work() {
    let mut known = known();
    known.assignments = vec![Assignment {
        agency: Id(AGENCY),
        id: Id(Uuid::from_u128(7)),
        person: Id(person("t3")),
        role: "case_manager".to_owned(),
        service: None,
        student: Some(Id(ids::student(AGENCY, "s1"))),
        class: None,
        org: None,
        source: "office".to_owned(),
        starts_at: At(now()),
        ends_at: None,
        ended_by: None,
    }];
    let mut roster = roster();
    roster.people.retain(|person| person.id != "t3");
    roster.enrollments.as_mut().expect("seats").retain(|seat| seat.seat != Seat::Teacher("t3".to_owned()));

    let plan = plan(known, &roster, &setting()).expect("one of twenty");
    assert_eq!(plan.people.ended.iter().map(|one| one.id.0).collect::<Vec<_>>(), [person("t3")]);
    assert_eq!(plan.enrollments.ended[0].ends_at, Some(At(now())));
    assert_eq!(plan.assignments[0].assignment, Uuid::from_u128(7));
    assert_eq!(plan.len(), 3);
}

#[test]
fn whoever_comes_back_is_taken_up_again() {
    let mut left = known();
    for one in &mut left.people {
        one.ended_at = Some(At(now() - TimeDelta::days(3)));
    }
    let back = plan(left, &roster(), &setting()).expect("nobody ends");
    assert_eq!(back.people.updated.len(), 40);
    assert!(back.people.updated.iter().all(|one| one.ended_at.is_none()));
}

#[test]
fn an_export_that_would_end_many_is_refused_whole() {
    for (group, keeps) in [("students", "s"), ("staff", "t"), ("contacts", "p")] {
        let mut half = roster();
        let stays = |id: &str| !id.starts_with(keeps) || id.len() < 3;
        half.students.retain(|one| stays(&one.id));
        half.people.retain(|one| stays(&one.id));
        let refused = plan(known(), &half, &setting()).expect_err(group);
        assert_eq!((refused.group, refused.ending, refused.living), (group, 10, 20));
        let allowed = Setting { max_ended: 0.5, ..setting() };
        assert!(plan(known(), &half, &allowed).is_ok(), "{group}");
    }
}

#[test]
fn whoever_holds_rights_stays_until_a_person_ends_them() {
    let mut known = known();
    known.rights.insert((person("p4"), ids::student(AGENCY, "s4")));
    let mut roster = roster();
    roster.people.retain(|one| one.id != "p4");
    roster.contacts.retain(|one| one.person != "p4");
    let plan = plan(known, &roster, &setting()).expect("nobody ends");
    assert_eq!((plan.people.ended.len(), plan.contacts.ended.len()), (0, 0));
    assert_eq!(plan.remarks[0].id, "p4");
}

#[test]
fn what_people_decided_and_what_no_roster_says_stays() {
    let mut known = known();
    let director = known.people.iter_mut().find(|one| one.id.0 == person("t1")).expect("a teacher");
    director.staff_role = Some("director".to_owned());
    let mother = known.people.iter_mut().find(|one| one.id.0 == person("p1")).expect("a parent");
    mother.language = Some("es".to_owned());
    let contact = known.contacts.iter_mut().find(|one| one.person.0 == person("p1")).expect("an edge");
    contact.verified_at = Some(At(now()));
    contact.relation = "mother".to_owned();
    known.students[0].plan = Some("iep".to_owned());
    assert_eq!(plan(known, &roster(), &setting()).expect("nobody ends").len(), 0);
}

#[test]
fn a_card_changes_with_the_child_and_with_the_name_of_the_school() {
    let mut moved = roster();
    moved.students[0].grade = Some("04".to_owned());
    let one = plan(known(), &moved, &setting()).expect("nobody ends");
    assert_eq!((one.students.updated.len(), one.cards.len()), (1, 1));

    let mut renamed = roster();
    renamed.orgs[0].name = "Birch School".to_owned();
    let all = plan(known(), &renamed, &setting()).expect("nobody ends");
    assert_eq!((all.students.updated.len(), all.cards.len()), (0, 20));
    assert_eq!(all.cards[0].school.as_deref(), Some("Birch School"));
}

#[test]
fn an_export_without_classes_says_nothing_about_them() {
    let mut people = roster();
    (people.classes, people.enrollments) = (None, None);
    assert_eq!(plan(known(), &people, &setting()).expect("nobody ends").len(), 0);
}

#[test]
fn days_begin_and_end_by_the_clocks_of_the_district() {
    let mut dated = roster();
    let seats = dated.enrollments.as_mut().expect("seats");
    seats[0].begins = chrono::NaiveDate::from_ymd_opt(2026, 8, 24);
    seats[0].ends = chrono::NaiveDate::from_ymd_opt(2026, 12, 18);
    let plan = plan(known(), &dated, &setting()).expect("nobody ends");
    let moment = |at: Option<At>| at.map(|at| at.0.to_rfc3339());
    let seat = &plan.enrollments.updated[0];
    assert_eq!(moment(seat.starts_at).as_deref(), Some("2026-08-24T05:00:00+00:00"));
    assert_eq!(moment(seat.ends_at).as_deref(), Some("2026-12-19T06:00:00+00:00"));
}
