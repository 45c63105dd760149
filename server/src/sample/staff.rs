//! Who works in a district: somebody in each post, and everybody who signs in where they belong.

use super::blueprint::{Blueprint, Part, SIGN_INS};
use super::chance::Chance;
use super::names::COMMUNITIES;
use crate::access::StaffRole;

/// A member of staff.
#[derive(Debug)]
pub(super) struct Employee {
    /// The roster's id.
    pub(super) id: String,
    pub(super) given: String,
    pub(super) family: String,
    pub(super) role: StaffRole,
    pub(super) post: Post,
}

/// What somebody does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Post {
    Director,
    Office,
    /// Teaches the children of a grade at a school.
    Homeroom {
        school: usize,
        grade: u8,
    },
    /// Runs the process at a school and gives specialised instruction there.
    CaseManager {
        school: usize,
    },
    /// Gives a service everywhere in the district; some in the other one too.
    Provider {
        service: &'static str,
        visits: bool,
    },
}

/// Everybody, in a fixed order.
pub(super) fn staff(seed: u64, blueprint: &Blueprint) -> Vec<Employee> {
    let mut posts = vec![Post::Director, Post::Office];
    for (school, at) in blueprint.schools.iter().enumerate() {
        posts.extend(at.grades.clone().map(|grade| Post::Homeroom { school, grade }));
        let managers = if blueprint.is_home && school > 1 { 2 } else { 1 };
        posts.extend((0..managers).map(|_| Post::CaseManager { school }));
    }
    for service in ["speech", "occupational"] {
        posts.push(Post::Provider { service, visits: true });
    }
    for service in ["physical", "counseling"] {
        posts.push(Post::Provider { service, visits: false });
    }
    posts.into_iter().enumerate().map(|(n, post)| employee(seed, blueprint, n, post)).collect()
}

fn employee(seed: u64, blueprint: &Blueprint, n: usize, post: Post) -> Employee {
    let id = format!("{}-T{n:03}", blueprint.key);
    let chance = &mut Chance::of(seed, &id);
    let community = chance.weighted(&COMMUNITIES);
    let list = if chance.happens(0.7) { &community.women } else { &community.men };
    let given = chance.name(list);
    let family = chance.name(&community.families);
    let known = SIGN_INS.iter().find(|known| holds(known.part, post, blueprint));
    Employee {
        given: known.map_or(given, |known| known.given).to_owned(),
        family: known.map_or(family, |known| known.family).to_owned(),
        role: role(post),
        id,
        post,
    }
}

fn role(post: Post) -> StaffRole {
    match post {
        Post::Director => StaffRole::Director,
        Post::Office => StaffRole::Office,
        Post::Homeroom { .. } => StaffRole::Teacher,
        Post::CaseManager { .. } => StaffRole::CaseManager,
        Post::Provider { .. } => StaffRole::Provider,
    }
}

/// Whether a post is held by somebody who signs in.
pub(super) fn holds(part: Part, post: Post, blueprint: &Blueprint) -> bool {
    match (part, post) {
        (Part::Visiting(given), Post::Provider { service, visits: true }) => given == service,
        _ if !blueprint.is_home => false,
        (Part::Director, Post::Director) | (Part::Office, Post::Office) => true,
        (Part::CaseManager, Post::CaseManager { school }) => school == 0,
        (Part::Teacher, Post::Homeroom { school, grade }) => (school, grade) == (0, 3),
        _ => false,
    }
}
