//! What has to change so that an agency is as its roster says: a pure function from what is known
//! and what was read. Nothing is ever deleted: who is not in the roster any more is ended, and is
//! taken up again when they stand in it again.
//!
//! A roster speaks of people, schools and classes. What people decided stays: a director remains
//! one, and whoever holds educational rights is not ended by a missing row.

use std::collections::{BTreeMap, BTreeSet};

use domain::facts::EndAssignment;
use domain::student::PlaceStudent;
use sync::{PersonId, RecordId};
use uuid::Uuid;

use super::compare::{Changes, compare};
use super::fault::Place;
use super::model::{Remark, Roster, Weight};
use super::wanted::{self, Setting};
use crate::people::{Assignment, Class, Enrollment, Org, Person, Relationship, Student};

/// Everything in an agency that a roster may touch, ended or not.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub(super) orgs: Vec<Org>,
    pub(super) students: Vec<Student>,
    pub(super) people: Vec<Person>,
    pub(super) contacts: Vec<Relationship>,
    pub(super) classes: Vec<Class>,
    pub(super) enrollments: Vec<Enrollment>,
    /// Assignments that have not ended.
    pub(super) assignments: Vec<Assignment>,
    /// Who holds educational rights for whom.
    pub(super) rights: BTreeSet<(PersonId, RecordId)>,
}

/// What is to be done.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(super) orgs: Changes<Org>,
    pub(super) students: Changes<Student>,
    pub(super) people: Changes<Person>,
    pub(super) contacts: Changes<Relationship>,
    pub(super) classes: Changes<Class>,
    pub(super) enrollments: Changes<Enrollment>,
    /// Cards of students that are new or look different now.
    pub(super) cards: Vec<PlaceStudent>,
    /// Work that ends with those who left.
    pub(super) assignments: Vec<EndAssignment>,
    pub(super) remarks: Vec<Remark>,
}

impl Plan {
    /// How many rows and operations have to be written; 0 when all is as the roster says.
    pub(super) fn len(&self) -> usize {
        self.orgs.len()
            + self.students.len()
            + self.people.len()
            + self.contacts.len()
            + self.classes.len()
            + self.enrollments.len()
            + self.cards.len()
            + self.assignments.len()
    }
}

/// An export that would end so many people is more likely half an export.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error(
    "the export would end {ending} of {living} {group}, more than {most} %: nothing was changed. \
     Export the whole district, or allow it with --max-ended"
)]
pub struct TooManyWouldEnd {
    /// `students`, `staff` or `contacts`.
    pub group: &'static str,
    /// How many would end.
    pub ending: usize,
    /// How many there are.
    pub living: usize,
    /// The largest share that may, in percent.
    pub most: f64,
}

/// Compares what is known with what was read.
pub(super) fn plan(known: Known, roster: &Roster, setting: &Setting) -> Result<Plan, TooManyWouldEnd> {
    let now = setting.now;
    let living = Living::of(&known);
    let before = cards(&known.students, &names(&known.orgs));
    let plans: BTreeMap<Uuid, Option<String>> =
        known.students.iter().map(|student| (student.id.0.0, student.plan.clone())).collect();
    let staff: BTreeSet<PersonId> = staff_of(&known.people).collect();
    let holders: BTreeSet<PersonId> = known.rights.iter().map(|(person, _)| *person).collect();

    let mut org_names = names(&known.orgs);
    let orgs = compare(known.orgs, roster.orgs.iter().map(|org| wanted::org(org, setting)), now, |_| false);
    let students = roster.students.iter().map(|one| {
        let (place, mut row) = wanted::student(one, setting);
        // Most formats cannot say who has a plan; then it stays as it is.
        if one.plan.is_none() {
            row.plan = plans.get(&row.id.0.0).cloned().flatten();
        }
        (place, row)
    });
    let students = compare(known.students, students, now, |_| false);
    let people = compare(known.people, roster.people.iter().map(|one| wanted::person(one, setting)), now, |person| {
        holders.contains(&person.id.0)
    });
    let contacts =
        compare(known.contacts, roster.contacts.iter().map(|one| wanted::contact(one, setting)), now, |contact| {
            known.rights.contains(&(contact.person.0, contact.student.0))
        });
    let classes = match &roster.classes {
        Some(classes) => {
            compare(known.classes, classes.iter().map(|class| wanted::class(class, setting)), now, |_| false)
        }
        None => Changes::default(),
    };
    let enrollments = match &roster.enrollments {
        Some(seats) => {
            compare(known.enrollments, seats.iter().map(|seat| wanted::enrollment(seat, setting)), now, |_| false)
        }
        None => Changes::default(),
    };
    living.guard(&students, &people, setting.max_ended)?;

    org_names.extend(names(&orgs.current));
    let still: BTreeSet<PersonId> = staff_of(people.current.iter().chain(&people.kept)).collect();
    let gone: BTreeSet<PersonId> = staff.difference(&still).copied().collect();
    Ok(Plan {
        cards: changed(before, cards(&students.current, &org_names)),
        assignments: known.assignments.iter().filter_map(|one| ends_with(one, &gone)).collect(),
        remarks: kept(&people.kept),
        orgs,
        students,
        people,
        contacts,
        classes,
        enrollments,
    })
}

fn names<'a>(orgs: impl IntoIterator<Item = &'a Org>) -> BTreeMap<RecordId, String> {
    orgs.into_iter().map(|org| (org.id.0, org.name.clone())).collect()
}

fn staff_of<'a>(people: impl IntoIterator<Item = &'a Person>) -> impl Iterator<Item = PersonId> {
    people
        .into_iter()
        .filter(|person| person.staff_role.is_some() && person.ended_at.is_none())
        .map(|person| person.id.0)
}

/// What everybody who works with a student sees of it, by student.
fn cards(students: &[Student], schools: &BTreeMap<RecordId, String>) -> BTreeMap<Uuid, PlaceStudent> {
    let card = |student: &Student| PlaceStudent {
        student: student.id.0,
        name: student.name(),
        given_name: student.preferred_name.clone().unwrap_or_else(|| student.given_name.clone()),
        grade: student.grade.clone(),
        school: student.school.and_then(|school| schools.get(&school.0).cloned()),
    };
    students.iter().map(|student| (student.id.0.0, card(student))).collect()
}

fn changed(before: BTreeMap<Uuid, PlaceStudent>, after: BTreeMap<Uuid, PlaceStudent>) -> Vec<PlaceStudent> {
    after.into_iter().filter(|(id, card)| before.get(id) != Some(card)).map(|(_, card)| card).collect()
}

fn ends_with(assignment: &Assignment, gone: &BTreeSet<PersonId>) -> Option<EndAssignment> {
    let student = assignment.student?.0;
    gone.contains(&assignment.person.0).then_some(EndAssignment { assignment: assignment.id.0, student, at: None })
}

/// Rights are granted and ended by people.
fn kept(people: &[Person]) -> Vec<Remark> {
    let remark = |person: &Person| Remark {
        place: Place { file: "users.csv", line: 0 },
        id: person.source_id.clone().unwrap_or_default(),
        weight: Weight::Noted,
        why: "is missing and stays: holds educational rights, which a person has to end first".to_owned(),
    };
    people.iter().map(remark).collect()
}

/// How many students, staff and contacts there are before an import.
struct Living {
    students: usize,
    staff: usize,
    contacts: usize,
}

impl Living {
    fn of(known: &Known) -> Self {
        let students = known.students.iter().filter(|one| one.source_id.is_some() && one.ended_at.is_none());
        let people = known.people.iter().filter(|one| one.source_id.is_some() && one.ended_at.is_none());
        let (staff, contacts): (Vec<_>, Vec<_>) = people.partition(|person| person.staff_role.is_some());
        Self { students: students.count(), staff: staff.len(), contacts: contacts.len() }
    }

    /// Group by group: all teachers of a district are few beside its parents.
    fn guard(&self, students: &Changes<Student>, people: &Changes<Person>, most: f64) -> Result<(), TooManyWouldEnd> {
        let staff = people.ended.iter().filter(|person| person.staff_role.is_some()).count();
        let groups = [
            ("students", students.ended.len(), self.students),
            ("staff", staff, self.staff),
            ("contacts", people.ended.len() - staff, self.contacts),
        ];
        for (group, ending, living) in groups {
            if ending as f64 > most * living as f64 {
                return Err(TooManyWouldEnd { group, ending, living, most: most * 100.0 });
            }
        }
        Ok(())
    }
}
