//! The scopes that a person's phone holds. Only family and caseload roles replicate;
//! directors and the office read through typed queries.

use super::facts::{Facts, Link};
use domain::scope::path;
use domain::team::TeamRole;
use std::collections::BTreeSet;
use sync::{Micros, Scope};

/// The scopes of a person now, in a fixed order, and the earliest moment at which a dated
/// fact changes them.
pub fn scopes(facts: &Facts, now: Micros) -> (Vec<Scope>, Option<Micros>) {
    let own = [path::person(facts.person), path::REFERENCE.to_owned()];
    let linked = facts.links_at(now).flat_map(|link| of_link(facts, link));
    let paths: BTreeSet<String> = own.into_iter().chain(linked).collect();
    let scopes = paths.into_iter().map(|path| Scope::new(facts.agency, path)).collect();
    let next_change = facts.links.iter().filter_map(|link| link.span.next_change(now)).min();
    (scopes, next_change)
}

fn of_link(facts: &Facts, link: &Link) -> Vec<String> {
    let student = link.student;
    match (link.role, &link.service) {
        (TeamRole::Guardian, _) => vec![path::family(student), path::guardian(student, facts.person)],
        (TeamRole::CaseManager, _) => vec![path::glance(student), path::teaching(student), path::case(student)],
        (TeamRole::Teacher, _) | (TeamRole::Provider, None) => vec![path::glance(student), path::teaching(student)],
        (TeamRole::Provider, Some(service)) => {
            vec![path::glance(student), path::teaching(student), path::service(student, service)]
        }
    }
}
