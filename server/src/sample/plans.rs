//! Who has a plan, what for, and who is on the team.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use domain::facts::RightsBasis;
use domain::team::TeamRole;
use sync::{Micros, PersonId, RecordId};

use super::chance::Chance;
use super::district::{Ground, Pupil};
use super::goals::{Course, choose};
use super::staff::Post;
use crate::access::{Facts, Link, Span};
use crate::roster::ids;

/// A child with a plan.
#[derive(Debug)]
pub(super) struct Served<'a> {
    pub(super) pupil: &'a Pupil,
    pub(super) student: RecordId,
    /// When this year's plan began and by when its goals are to be reached.
    pub(super) began: NaiveDate,
    pub(super) ends: NaiveDate,
    pub(super) manager: PersonId,
    /// Somebody who ran the case in the first weeks.
    pub(super) former: Option<PersonId>,
    pub(super) teacher: Option<PersonId>,
    pub(super) services: Vec<Service>,
    pub(super) guardians: Vec<Guardian>,
}

/// A service that the child gets once a week.
#[derive(Debug)]
pub(super) struct Service {
    pub(super) name: &'static str,
    pub(super) provider: PersonId,
    /// The place in the provider's week.
    pub(super) slot: usize,
    pub(super) visits: bool,
    pub(super) courses: Vec<Course>,
}

/// Somebody with educational rights for the child.
#[derive(Debug)]
pub(super) struct Guardian {
    pub(super) person: PersonId,
    pub(super) basis: RightsBasis,
    pub(super) contact: uuid::Uuid,
}

/// What children are served for, and how often of a hundred.
const NEEDS: &[(u32, &[&str])] = &[
    (24, &["speech"]),
    (34, &["specialized"]),
    (12, &["specialized", "speech"]),
    (10, &["specialized", "speech", "occupational"]),
    (9, &["specialized", "counseling"]),
    (6, &["physical", "occupational"]),
    (5, &["specialized", "speech", "occupational", "physical"]),
];

/// The children with plans: the family that signs in, and as many more as the blueprint says,
/// spread over the schools as the pupils are.
pub(super) fn served<'a>(ground: &Ground<'_>, pupils: &'a [Pupil]) -> Vec<Served<'a>> {
    let mut ranked: Vec<_> = pupils.iter().collect();
    ranked.sort_by_key(|pupil| (!pupil.is_known, Chance::of(ground.seed, &format!("{} rank", pupil.id)).entropy()));
    ranked.truncate(ground.blueprint.plans);
    ranked.sort_by_key(|pupil| &pupil.id);
    let mut caseloads = BTreeMap::new();
    ranked.into_iter().map(|pupil| serve(ground, pupil, &mut caseloads)).collect()
}

fn serve<'a>(ground: &Ground<'_>, pupil: &'a Pupil, caseloads: &mut BTreeMap<PersonId, usize>) -> Served<'a> {
    let chance = &mut Chance::of(ground.seed, &format!("{} plan", pupil.id));
    // A plan lasts a year; some have just begun and some are nearly over.
    let age = if pupil.is_known { 240 } else { chance.between(12, 345).unsigned_abs() };
    let began = ground.today - Days::new(age);
    let ends = began + Days::new(364);
    let needs = if pupil.is_known { known_needs(pupil) } else { *chance.weighted(NEEDS) };
    let managers: Vec<_> = of_post(ground, |post| post == Post::CaseManager { school: pupil.school });
    let manager = managers[caseloads.values().sum::<usize>() % managers.len()];
    let others = of_post(ground, |post| matches!(post, Post::CaseManager { school } if school != pupil.school));
    let former =
        (!pupil.is_known && age > 90 && chance.happens(0.12) && !others.is_empty()).then(|| chance.pick(&others));
    let services = needs
        .iter()
        .map(|&name| {
            let (provider, visits) = provider(ground, name, manager);
            let slot = caseloads.entry(provider).or_default();
            *slot += 1;
            let count = if name == "specialized" || chance.happens(0.4) { 2 } else { 1 };
            let templates = choose(chance, name, pupil.child.grade, count);
            let courses = templates.into_iter().map(|template| Course::draw(chance, template, began, ends)).collect();
            Service { name, provider, slot: *slot - 1, visits, courses }
        })
        .collect();
    Served {
        pupil,
        student: ids::student(ground.agency, &pupil.id),
        began,
        ends,
        manager,
        former,
        teacher: of_post(ground, |post| post == Post::Homeroom { school: pupil.school, grade: pupil.child.grade })
            .first()
            .copied(),
        services,
        guardians: guardians(ground, pupil, chance),
    }
}

fn known_needs(pupil: &Pupil) -> &'static [&'static str] {
    if pupil.child.grade > 1 { &["speech", "specialized", "occupational"] } else { &["speech"] }
}

fn of_post(ground: &Ground<'_>, is: impl Fn(Post) -> bool) -> Vec<PersonId> {
    let staff = ground.staff.iter().filter(|one| is(one.post));
    staff.map(|one| ids::person(ground.agency, &one.id)).collect()
}

/// Specialised instruction is given by the case manager, the rest by whoever gives it here.
fn provider(ground: &Ground<'_>, service: &str, manager: PersonId) -> (PersonId, bool) {
    let given = ground.staff.iter().find_map(|one| match one.post {
        Post::Provider { service: gives, visits } if gives == service => Some((&one.id, visits)),
        _ => None,
    });
    given.map_or((manager, false), |(id, visits)| (ids::person(ground.agency, id), visits))
}

/// Adults whose rights were granted. Now and then the office has not come to the second parent yet.
fn guardians(ground: &Ground<'_>, pupil: &Pupil, chance: &mut Chance) -> Vec<Guardian> {
    let holders = pupil.adults.iter().filter_map(|(id, adult)| Some((id, adult.rights?)));
    let granted = if !pupil.is_known && chance.happens(0.08) { 1 } else { usize::MAX };
    holders
        .take(granted)
        .map(|(id, basis)| Guardian {
            person: ids::person(ground.agency, id),
            basis,
            contact: ids::contact(ground.agency, &pupil.id, id),
        })
        .collect()
}

impl Served<'_> {
    /// The morning on which the plan began.
    pub(super) fn first_moment(&self, ground: &Ground<'_>) -> Micros {
        ground.calendar.at(self.began, 7, 30)
    }

    /// When a former case manager handed over.
    pub(super) fn handover(&self, ground: &Ground<'_>) -> Micros {
        self.first_moment(ground).plus_days(45)
    }
}

/// What everybody on a team may do, as the door will find it once the facts are written.
pub(super) fn facts(ground: &Ground<'_>, served: &[Served<'_>]) -> BTreeMap<PersonId, Facts> {
    let mut all: BTreeMap<PersonId, Facts> = BTreeMap::new();
    for child in served {
        let span = Span::new(child.first_moment(ground), None);
        let link = |role, service: Option<&str>| Link {
            student: child.student,
            role,
            service: service.map(str::to_owned),
            span,
        };
        let mut add = |person: PersonId, link: Link| {
            let facts = Facts { agency: ground.agency, person, staff_role: None, links: Vec::new() };
            all.entry(person).or_insert(facts).links.push(link);
        };
        add(child.manager, link(TeamRole::CaseManager, None));
        for service in &child.services {
            add(service.provider, link(TeamRole::Provider, Some(service.name)));
        }
        for guardian in &child.guardians {
            add(guardian.person, link(TeamRole::Guardian, None));
        }
    }
    all
}
