//! The scopes that a person's phone holds. Only family and caseload roles replicate;
//! directors and the office read through typed queries.

use super::facts::{Facts, Link};
use domain::scope::path;
use domain::team::TeamRole;
use std::collections::BTreeSet;
use sync::{Micros, Scope};

/// The most scopes that one person's phone holds: what a cursor still carries and a pull still
/// asks for in a moment. It is 166 students of a therapist, 249 of a teacher.
pub const MOST_SCOPES: usize = 500;

/// The scopes of a person now, in a fixed order, and the earliest moment at which a dated
/// fact changes them.
///
/// Nobody is assigned beyond [`MOST_SCOPES`], but a roster may seat more children in somebody's
/// classes. Then the weightiest links come first, each whole or not at all; the rest of them is
/// read on the web.
pub fn scopes(facts: &Facts, now: Micros) -> (Vec<Scope>, Option<Micros>) {
    let mut paths = BTreeSet::from([path::person(facts.person), path::REFERENCE.to_owned()]);
    let mut links: Vec<&Link> = facts.links_at(now).collect();
    links.sort_by_key(|link| (weight(link.role), link.student));
    for link in links {
        let of_link: Vec<String> = of_link(facts, link);
        if paths.len() + of_link.iter().filter(|path| !paths.contains(*path)).count() <= MOST_SCOPES {
            paths.extend(of_link);
        }
    }
    let scopes = paths.into_iter().map(|path| Scope::new(facts.agency, path)).collect();
    let next_change = facts.links.iter().filter_map(|link| link.span.next_change(now)).min();
    (scopes, next_change)
}

/// Whether one more link fits on a person's phone beside those that they have.
pub fn fits(facts: &Facts, link: Link, now: Micros) -> bool {
    let (before, _) = scopes(facts, now);
    let new = of_link(facts, &link).into_iter().map(|path| Scope::new(facts.agency, path));
    before.len() + new.filter(|scope| !before.contains(scope)).count() <= MOST_SCOPES
}

/// A parent's own child before the caseload, the caseload before the classes.
fn weight(role: TeamRole) -> u8 {
    match role {
        TeamRole::Guardian | TeamRole::Notified => 0,
        TeamRole::CaseManager => 1,
        TeamRole::Provider => 2,
        TeamRole::Teacher => 3,
    }
}

fn of_link(facts: &Facts, link: &Link) -> Vec<String> {
    let student = link.student;
    match (link.role, &link.service) {
        (TeamRole::Guardian, _) => vec![path::family(student), path::guardian(student, facts.person)],
        (TeamRole::Notified, _) => vec![path::notices(student)],
        (TeamRole::CaseManager, _) => vec![path::glance(student), path::teaching(student), path::case(student)],
        (TeamRole::Teacher, _) | (TeamRole::Provider, None) => vec![path::glance(student), path::teaching(student)],
        (TeamRole::Provider, Some(service)) => {
            vec![path::glance(student), path::teaching(student), path::service(student, service)]
        }
    }
}
