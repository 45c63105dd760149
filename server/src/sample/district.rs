//! One district as values: its roster, who may do what in it, and everything that people did there
//! since. Nothing here touches a database; the same seed and moment give the same district.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use chrono_tz::Tz;
use domain::Intent;
use sync::{AgencyId, Micros, OperationId, PersonId, id::derived};

use super::blueprint::{Blueprint, Part, SIGN_INS};
use super::calendar::{Calendar, year_of};
use super::chance::Chance;
use super::household::{Adult, Child, Household, household};
use super::staff::{Employee, Post, holds, staff};
use super::{history, looks, plans};
use crate::access::{Facts, StaffRole};
use crate::access_log::Look;
use crate::roster::Place;
use crate::roster::model::{Class, Contact, Enrollment, Name, Org, Person, Plan, Roster, Seat, Student};

/// A district with its past.
#[derive(Debug)]
pub(super) struct District {
    pub(super) agency: AgencyId,
    pub(super) name: &'static str,
    pub(super) zone: Tz,
    pub(super) roster: Roster,
    /// What everybody who does something may do.
    pub(super) facts: BTreeMap<PersonId, Facts>,
    /// What they did, in the order in which they did it.
    pub(super) acts: Vec<Act>,
    /// Who looked at what of late, likewise.
    pub(super) looks: Vec<(Micros, Look)>,
    /// Who signs in as whom here, by login.
    pub(super) sign_ins: Vec<(&'static str, PersonId)>,
}

/// One thing that somebody did.
#[derive(Debug)]
pub(super) struct Act {
    pub(super) id: OperationId,
    pub(super) at: Micros,
    pub(super) by: PersonId,
    pub(super) intent: Intent,
}

/// A child with the family and the school around it.
#[derive(Debug)]
pub(super) struct Pupil {
    /// The roster's id.
    pub(super) id: String,
    pub(super) child: Child,
    pub(super) language: &'static str,
    pub(super) school: usize,
    /// The household's adults with their roster ids.
    pub(super) adults: Vec<(String, Adult)>,
    /// The family that signs in.
    pub(super) is_known: bool,
}

/// What the parts of the generator share.
pub(super) struct Ground<'a> {
    pub(super) seed: u64,
    pub(super) now: Micros,
    pub(super) today: NaiveDate,
    pub(super) agency: AgencyId,
    pub(super) blueprint: &'a Blueprint,
    pub(super) calendar: Calendar,
    pub(super) staff: Vec<Employee>,
}

impl District {
    /// Draws a district.
    pub(super) fn draw(seed: u64, blueprint: &Blueprint, now: Micros) -> Self {
        let calendar = Calendar { zone: blueprint.zone };
        let ground = Ground {
            seed,
            now,
            today: calendar.day_of(now),
            agency: agency(seed, blueprint),
            blueprint,
            calendar,
            staff: staff(seed, blueprint),
        };
        let pupils = pupils(&ground);
        let served = plans::served(&ground, &pupils);
        let mut facts = plans::facts(&ground, &served);
        for employee in &ground.staff {
            let person = crate::roster::ids::person(ground.agency, &employee.id);
            let fact = facts.entry(person).or_insert_with(|| Facts {
                agency: ground.agency,
                person,
                staff_role: None,
                links: Vec::new(),
            });
            fact.staff_role = Some(employee.role);
        }
        Self {
            agency: ground.agency,
            name: blueprint.name,
            zone: blueprint.zone,
            acts: history::acts(&ground, &served),
            looks: looks::looks(&ground, &served),
            sign_ins: sign_ins(&ground, &pupils),
            facts,
            roster: roster(&ground, &pupils, &served),
        }
    }
}

/// The agency of a blueprint: the same in every sample of that seed.
pub(super) fn agency(seed: u64, blueprint: &Blueprint) -> AgencyId {
    derived(uuid::Uuid::from_u64_pair(0x6169_6d6c_696e_6580, seed), blueprint.key)
}

fn pupils(ground: &Ground<'_>) -> Vec<Pupil> {
    let mut pupils = Vec::new();
    if ground.blueprint.is_home {
        settle(ground, &mut pupils, known_family(), 0, true);
    }
    for n in 1.. {
        if pupils.len() >= ground.blueprint.students {
            break;
        }
        let chance = &mut Chance::of(ground.seed, &format!("{} household {n}", ground.blueprint.key));
        let mut household = household(chance, ground.today);
        household.children.truncate(ground.blueprint.students - pupils.len());
        settle(ground, &mut pupils, household, n, false);
    }
    pupils
}

/// Sends a household's children to the schools of their grades; brothers and sisters to the same.
fn settle(ground: &Ground<'_>, pupils: &mut Vec<Pupil>, household: Household, n: usize, is_known: bool) {
    let key = ground.blueprint.key;
    let adults: Vec<_> =
        household.adults.into_iter().enumerate().map(|(a, adult)| (format!("{key}-P{n:03}{a}"), adult)).collect();
    for child in household.children {
        let schools = ground.blueprint.schools.iter().enumerate();
        let fit: Vec<_> =
            schools.filter(|(_, school)| school.grades.contains(&child.grade)).map(|(at, _)| at).collect();
        pupils.push(Pupil {
            id: format!("{key}-S{:03}", pupils.len() + 1),
            school: fit[n % fit.len()],
            language: household.language,
            adults: adults.clone(),
            child,
            is_known,
        });
    }
}

/// Two children, a mother, a father who lives elsewhere: the family that can sign in.
fn known_family() -> Household {
    use domain::facts::RightsBasis::Parent;
    let adult = |part, relation, lives_with| {
        let known = SIGN_INS.iter().find(|known| known.part == part).expect("the family signs in");
        Adult {
            given: known.given.to_owned(),
            family: known.family.to_owned(),
            relation,
            lives_with,
            rights: Some(Parent),
        }
    };
    let child = |given: &str, born, grade| Child {
        given: given.to_owned(),
        family: "Álvarez Delgado".to_owned(),
        preferred: None,
        born,
        grade,
    };
    Household {
        language: "es",
        adults: vec![adult(Part::Mother, "mother", true), adult(Part::Father, "father", false)],
        children: vec![
            child("Luz", super::calendar::date(2018, 3, 14), 3),
            child("Mateo", super::calendar::date(2020, 6, 2), 1),
        ],
    }
}

fn sign_ins(ground: &Ground<'_>, pupils: &[Pupil]) -> Vec<(&'static str, PersonId)> {
    let person = |id: &str| crate::roster::ids::person(ground.agency, id);
    let mut found = Vec::new();
    for known in &SIGN_INS {
        let family = pupils.iter().find(|pupil| pupil.is_known).map(|pupil| &pupil.adults);
        let adult = match known.part {
            Part::Mother => family.map(|adults| &adults[0].0),
            Part::Father => family.map(|adults| &adults[1].0),
            part => ground.staff.iter().find(|one| holds(part, one.post, ground.blueprint)).map(|one| &one.id),
        };
        found.extend(adult.map(|id| (known.login, person(id))));
    }
    found
}

fn roster(ground: &Ground<'_>, pupils: &[Pupil], served: &[plans::Served<'_>]) -> Roster {
    let with_plan: std::collections::BTreeSet<&str> = served.iter().map(|served| served.pupil.id.as_str()).collect();
    let students = pupils.iter().map(|pupil| student(ground, pupil, with_plan.contains(pupil.id.as_str())));
    let (classes, enrollments) = homerooms(ground, pupils);
    Roster {
        format: "sample",
        agency: ground.blueprint.name.to_owned(),
        orgs: orgs(ground.blueprint),
        students: students.collect(),
        people: people(ground, pupils),
        contacts: pupils.iter().flat_map(contacts).collect(),
        classes: Some(classes),
        enrollments: Some(enrollments),
        remarks: Vec::new(),
        read: Vec::new(),
    }
}

/// Values that nobody wrote down in a file.
const NOWHERE: Place = Place { file: "sample", line: 0 };

fn org_id(blueprint: &Blueprint, school: usize) -> String {
    format!("{}-{school}", blueprint.key)
}

fn orgs(blueprint: &Blueprint) -> Vec<Org> {
    let district = Org {
        place: NOWHERE,
        id: blueprint.key.to_owned(),
        name: blueprint.name.to_owned(),
        kind: "district",
        parent: None,
    };
    let schools = blueprint.schools.iter().enumerate().map(|(at, school)| Org {
        place: NOWHERE,
        id: org_id(blueprint, at),
        name: school.name.to_owned(),
        kind: "school",
        parent: Some(blueprint.key.to_owned()),
    });
    std::iter::once(district).chain(schools).collect()
}

fn student(ground: &Ground<'_>, pupil: &Pupil, has_plan: bool) -> Student {
    let child = &pupil.child;
    Student {
        place: NOWHERE,
        id: pupil.id.clone(),
        name: Name { given: child.given.clone(), family: child.family.clone(), preferred: child.preferred.clone() },
        birth_date: Some(child.born),
        grade: Some(if child.grade == 0 { "KG".to_owned() } else { format!("{:02}", child.grade) }),
        school: Some(org_id(ground.blueprint, pupil.school)),
        plan: Some(if has_plan { Plan::Iep } else { Plan::None }),
        home_language: Some(pupil.language.to_owned()),
    }
}

fn people(ground: &Ground<'_>, pupils: &[Pupil]) -> Vec<Person> {
    let staff = ground.staff.iter().map(|one| {
        let email = format!("{}@example.org", one.id.to_lowercase());
        person(&one.id, &one.given, &one.family, "en", Some(one.role), Some(email), None)
    });
    let families: BTreeMap<&str, (&Adult, &str)> = pupils
        .iter()
        .flat_map(|pupil| pupil.adults.iter().map(|(id, adult)| (id.as_str(), (adult, pupil.language))))
        .collect();
    let families = families.into_iter().enumerate().map(|(n, (id, (adult, language)))| {
        // Numbers that are never given out.
        let phone = format!("(970) 555-01{:02}", n % 100);
        person(id, &adult.given, &adult.family, language, None, None, Some(phone))
    });
    staff.chain(families).collect()
}

fn person(
    id: &str,
    given: &str,
    family: &str,
    language: &str,
    staff: Option<StaffRole>,
    email: Option<String>,
    phone: Option<String>,
) -> Person {
    Person {
        place: NOWHERE,
        id: id.to_owned(),
        name: Name { given: given.to_owned(), family: family.to_owned(), preferred: None },
        email,
        phone,
        staff,
        language: Some(language.to_owned()),
    }
}

fn contacts(pupil: &Pupil) -> impl Iterator<Item = Contact> {
    pupil.adults.iter().map(|(id, adult)| Contact {
        place: NOWHERE,
        student: pupil.id.clone(),
        person: id.clone(),
        relation: adult.relation.to_owned(),
        lives_with: Some(adult.lives_with),
    })
}

/// One homeroom for each grade of each school.
fn homerooms(ground: &Ground<'_>, pupils: &[Pupil]) -> (Vec<Class>, Vec<Enrollment>) {
    let (begins, ends) = year_of(ground.today);
    let (mut classes, mut seats) = (Vec::new(), Vec::new());
    for employee in &ground.staff {
        let Post::Homeroom { school, grade } = employee.post else { continue };
        let class = format!("{}-G{grade}", org_id(ground.blueprint, school));
        classes.push(Class {
            place: NOWHERE,
            id: class.clone(),
            title: if grade == 0 { "Kindergarten".to_owned() } else { format!("Grade {grade} homeroom") },
            school: org_id(ground.blueprint, school),
        });
        let sits = pupils.iter().filter(|pupil| pupil.school == school && pupil.child.grade == grade);
        let sits = sits.map(|pupil| Seat::Student(pupil.id.clone()));
        for seat in std::iter::once(Seat::Teacher(employee.id.clone())).chain(sits) {
            let (Seat::Student(who) | Seat::Teacher(who)) = &seat;
            seats.push(Enrollment {
                place: NOWHERE,
                id: format!("{class}/{who}"),
                class: class.clone(),
                begins: Some(begins),
                ends: Some(ends),
                seat,
            });
        }
    }
    (classes, seats)
}
