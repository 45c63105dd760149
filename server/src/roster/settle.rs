//! A draft settled into a roster: who is a student and who an adult, which links are contacts,
//! whom an enrolment puts where. What is well-formed and still makes no sense here is refused
//! alone and listed; what points nowhere is a fault and refuses the whole export.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::draft::{ClassRow, Draft, EnrollmentRow, Ids, Link, OrgRow, Role, Session, User};
use super::fault::Faults;
use super::model::{Class, Contact, Enrollment, Org, Person, Roster, Seat, Student};
use crate::access::StaffRole;

/// The roster that a draft describes. Faults may have been added; then it is not to be used.
pub(super) fn settle(mut draft: Draft, format: &'static str, faults: &Faults) -> Roster {
    for (_, org) in draft.orgs.iter() {
        if let Some(parent) = &org.parent {
            draft.orgs.check(parent, faults);
        }
    }
    let agency = agency(&draft.orgs, &draft.users);
    let contacts = contacts(&mut draft, faults);
    let enrollments = draft.enrollments.complete.then(|| enrollments(&mut draft));
    let (students, people) = users(&mut draft);
    let classes = draft.classes.complete.then(|| {
        let rows = draft.classes.into_rows().into_iter();
        rows.map(|(id, row)| Class { place: row.place, id, title: row.title, school: row.school }).collect()
    });
    let orgs = draft.orgs.into_rows().into_iter().map(|(id, row)| Org {
        place: row.place,
        id,
        name: row.name,
        kind: row.kind,
        parent: row.parent.map(|parent| parent.id),
    });
    draft.remarks.sort_by_key(|remark| remark.place);
    Roster {
        format,
        agency,
        orgs: orgs.collect(),
        students,
        people,
        contacts,
        classes,
        enrollments,
        remarks: draft.remarks,
        read: draft.read,
    }
}

/// What the export's district calls itself: the nearest district above most users, or else the
/// organisation at their top.
fn agency(orgs: &Ids<OrgRow>, users: &Ids<User>) -> String {
    let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, user) in users.iter() {
        if let Some(id) = user.orgs.first() {
            *votes.entry(district_of(orgs, id)).or_default() += 1;
        }
    }
    let most = votes.values().max();
    votes
        .iter()
        .find(|(_, votes)| Some(*votes) == most)
        .and_then(|(id, _)| orgs.get(id))
        .map_or_else(String::new, |org| org.name.clone())
}

fn district_of<'a>(orgs: &'a Ids<OrgRow>, id: &'a str) -> &'a str {
    let mut seen = BTreeSet::new();
    let mut at = id;
    while let Some(org) = orgs.get(at) {
        // A chain that bites its tail ends where it began.
        if org.kind == "district" || !seen.insert(at) {
            break;
        }
        match &org.parent {
            Some(parent) if orgs.get(&parent.id).is_some() => at = &parent.id,
            _ => break,
        }
    }
    at
}

fn users(draft: &mut Draft) -> (Vec<Student>, Vec<Person>) {
    let (mut students, mut people) = (Vec::new(), Vec::new());
    let users = std::mem::replace(&mut draft.users, Ids::of("users.csv"));
    for (id, user) in users.into_rows() {
        if user.roles.is_empty() {
            draft.refuse(user.place, &id, "has no role");
        } else if user.roles.contains(&Role::Student) {
            if user.roles.len() > 1 {
                draft.note(user.place, &id, "has other roles too; taken as a student");
            }
            students.push(Student {
                place: user.place,
                school: school(&draft.orgs, &user.orgs),
                id,
                name: user.name,
                birth_date: user.birth_date,
                grade: user.grade,
                plan: user.plan,
                home_language: None,
            });
        } else {
            people.push(Person {
                place: user.place,
                id,
                staff: staff(&user.roles),
                language: None,
                name: user.name,
                email: user.email,
                phone: user.phone,
            });
        }
    }
    (students, people)
}

fn school(orgs: &Ids<OrgRow>, of: &[String]) -> Option<String> {
    let is_school = |id: &&String| orgs.get(id).is_some_and(|org| org.kind == "school");
    of.iter().find(is_school).or(of.first()).cloned()
}

/// The weightiest of somebody's staff roles.
fn staff(roles: &[Role]) -> Option<StaffRole> {
    let weight = |role: &StaffRole| match role {
        StaffRole::Teacher => 0,
        StaffRole::Provider => 1,
        StaffRole::CaseManager => 2,
        StaffRole::Office => 3,
        StaffRole::Director => 4,
    };
    let staff = roles.iter().filter_map(|role| match role {
        Role::Staff(staff) => Some(*staff),
        _ => None,
    });
    staff.max_by_key(weight)
}

/// `agentSourcedIds` point anywhere in real exports: from child to parent, from parent to child,
/// from child to teacher. Only an adult who is a contact by role makes a contact.
fn contacts(draft: &mut Draft, faults: &Faults) -> Vec<Contact> {
    let mut contacts: BTreeMap<(String, String), Contact> = BTreeMap::new();
    for link in std::mem::take(&mut draft.links) {
        if !draft.users.check(&link.to, faults) {
            continue;
        }
        let (Some(from), Some(to)) = (draft.users.get(&link.from), draft.users.get(&link.to.id)) else {
            // One of the two is out of use, which is told where it stands.
            continue;
        };
        match contact(&link, from, to) {
            Ok(found) => {
                let pair = (found.student.clone(), found.person.clone());
                contacts.entry(pair).or_insert(found);
            }
            Err(why) => draft.refuse(link.to.place, &link.from, why),
        }
    }
    let linked: BTreeSet<&str> = contacts.values().map(|c| c.person.as_str()).collect();
    let alone: Vec<_> = draft
        .users
        .iter()
        .filter(|(id, user)| user.is_contact() && !linked.contains(id))
        .map(|(id, user)| (user.place, id.to_owned()))
        .collect();
    for (place, id) in alone {
        draft.note(place, &id, "is a contact of nobody");
    }
    for (pair, contact) in &mut contacts {
        if let Some(detail) = draft.details.get(pair) {
            contact.lives_with = detail.lives_with;
            if let Some(relation) = &detail.relation {
                contact.relation.clone_from(relation);
            }
        }
    }
    let mut contacts: Vec<_> = contacts.into_values().collect();
    contacts.sort_by_key(|contact| contact.place);
    contacts
}

fn contact(link: &Link, from: &User, to: &User) -> Result<Contact, &'static str> {
    let is_student = |user: &User| user.roles.contains(&Role::Student);
    let (student, person, adult) = match (is_student(from), is_student(to)) {
        (true, false) => (&link.from, &link.to.id, to),
        (false, true) => (&link.to.id, &link.from, from),
        (true, true) => return Err("links a student to a student, which is no contact"),
        (false, false) => return Err("links an adult to an adult, which is no contact"),
    };
    let word = adult.roles.iter().find_map(|role| match role {
        Role::Contact(word) => Some(*word),
        _ => None,
    });
    let Some(word) = word else {
        return Err("links a student to a member of staff, which is no contact");
    };
    Ok(Contact {
        place: link.to.place,
        student: student.clone(),
        person: person.clone(),
        relation: link.relation.clone().unwrap_or_else(|| word.to_owned()),
        lives_with: None,
    })
}

fn enrollments(draft: &mut Draft) -> Vec<Enrollment> {
    let rows = std::mem::replace(&mut draft.enrollments, Ids::of("enrollments.csv"));
    let mut taken = Vec::new();
    for (id, row) in rows.into_rows() {
        let (Some(user), Some(class)) = (draft.users.get(&row.user), draft.classes.get(&row.class)) else {
            continue;
        };
        let seat = seat(&row, user);
        let (first, last) = term(class, &draft.sessions);
        match seat {
            Ok(seat) => taken.push(Enrollment {
                place: row.place,
                id,
                class: row.class,
                seat,
                begins: row.begins.or(first),
                ends: row.ends.or(last),
            }),
            Err(why) => draft.refuse(row.place, &id, why),
        }
    }
    taken
}

fn seat(row: &EnrollmentRow, user: &User) -> Result<Seat, &'static str> {
    let is_student = user.roles.contains(&Role::Student);
    match row.teaches {
        None => Err("the role gives no seat in a class"),
        Some(false) if is_student => Ok(Seat::Student(row.user.clone())),
        Some(true) if !is_student && staff(&user.roles).is_some() => Ok(Seat::Teacher(row.user.clone())),
        Some(false) => Err("the user is no student"),
        Some(true) => Err("the user is no member of staff"),
    }
}

/// A class without dates of its own lasts as long as its terms.
fn term(class: &ClassRow, sessions: &Ids<Session>) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let terms = || class.terms.iter().filter_map(|id| sessions.get(id));
    (terms().map(|term| term.begins).min(), terms().map(|term| term.ends).max())
}
