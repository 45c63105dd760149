//! Facts, as the door has them written. Whether the actor may is decided before; here it is
//! decided whether the fact makes sense, and the team list is kept beside it.

use chrono::{DateTime, Utc};
use domain::Intent;
use domain::facts::{
    Assign, EndAssignment, EndRights, GrantRights, LiftRestriction, Restrict, RightsBasis, VerifyContact,
};
use domain::team::{PlaceMember, TeamRole};
use sync::id::derived;
use sync::operation::{Operation, Sent};
use sync::time::Occurred;
use sync::verdict::{Code, Verdict};
use sync::{Micros, PersonId, RecordId};
use uuid::Uuid;

use super::known::facts_of_person;
use super::majority;
use super::rows::{self, Assignment, EducationalRight, Restriction};
use super::words;
use crate::access::{self, Link, Right, Span, StaffRole};
use crate::apply::{Actor, ApplyTx, apply};
use crate::db::types::{At, Id};
use crate::error::{Error, Result};

/// Writes a fact; `by` is who does it.
pub fn write(tx: &mut ApplyTx<'_>, by: PersonId, intent: &Intent) -> Result<Verdict> {
    match intent {
        Intent::VerifyContact(intent) => verify_contact(tx, by, intent),
        Intent::GrantRights(intent) => grant_rights(tx, by, intent),
        Intent::EndRights(intent) => end_rights(tx, by, intent),
        Intent::Restrict(intent) => restrict(tx, by, intent),
        Intent::LiftRestriction(intent) => lift_restriction(tx, by, intent),
        Intent::RecordMajority(intent) => majority::record(tx, by, intent),
        Intent::WithdrawMajority(intent) => majority::withdraw(tx, by, intent),
        Intent::Assign(intent) => assign(tx, intent),
        Intent::EndAssignment(intent) => end_assignment(tx, by, intent),
        _ => Ok(Verdict::rejected(Code::UnknownOperation)),
    }
}

/// Puts a person on a student's team list, or ends their place in it. `fact` is what says so.
fn place_member(tx: &mut ApplyTx<'_>, fact: Uuid, member: PlaceMember) -> Result<()> {
    let now = tx.now();
    // The same fact may be written and changed within one moment.
    let name = format!("member/{}/{:?}", now.0, member.until);
    let intent = Intent::from(member);
    let operation = Operation {
        id: derived(fact, &name),
        name: intent.name().to_owned(),
        v: Intent::VERSION,
        at: Occurred { device: now, offset: 0 },
        replaces: None,
        group: None,
        body: intent.body(),
    };
    let sent = Sent::write(operation).map_err(Error::internal)?;
    match apply(tx, &Actor::job(tx.agency()), sent.into(), None)? {
        verdict if verdict.is_success() => Ok(()),
        verdict => Err(Error::internal(anyhow::anyhow!("a team list was not brought up to date: {verdict:?}"))),
    }
}

fn verify_contact(tx: &mut ApplyTx<'_>, by: PersonId, intent: &VerifyContact) -> Result<Verdict> {
    let (agency, now) = (tx.agency(), moment(tx.now()));
    match rows::relationship(tx.db(), agency, intent.contact)? {
        Some(contact) if contact.student.0 == intent.student && contact.ended_at.is_none() => {
            let verified = intent.verified.then_some((now, by));
            rows::verify_relationship(tx.db(), agency, intent.contact, verified)?;
            Ok(Verdict::Applied)
        }
        _ => Ok(Verdict::rejected(Code::NotFound)),
    }
}

/// A contact gets rights once somebody has confirmed who they are; an adult student needs no
/// contact for their own.
fn grant_rights(tx: &mut ApplyTx<'_>, by: PersonId, intent: &GrantRights) -> Result<Verdict> {
    let (agency, now) = (tx.agency(), tx.now());
    let GrantRights { student, person, .. } = *intent;
    if rows::person(tx.db(), agency, person)?.is_none() {
        return Ok(Verdict::rejected(Code::NotFound));
    }
    let own = intent.basis == RightsBasis::AdultStudent
        && rows::student(tx.db(), agency, student)?.is_some_and(|row| row.person == Some(Id(person)));
    if !own {
        let contacts = rows::relationships_between(tx.db(), agency, student, person)?;
        if contacts.is_empty() {
            return Ok(Verdict::rejected(Code::NotFound));
        }
        if contacts.iter().all(|contact| contact.verified_at.is_none()) {
            return Ok(wrong("contact"));
        }
    }
    let majority = rows::majority_of(tx.db(), agency, student)?.map(|fact| Micros(fact.starts_at.micros()));
    let wanted = Right { student, basis: intent.basis, span: Span::new(intent.from.unwrap_or(now), None) };
    // A parent's rights after the day, or an adult's before anybody wrote the day down.
    let Some(Span { from, .. }) = wanted.holds(majority) else { return Ok(wrong("basis")) };
    let rights = rows::rights_between(tx.db(), agency, student, person)?;
    let last = |right: &EducationalRight| majority::right(right).and_then(|right| right.holds(majority));
    let holds = rights.iter().filter_map(last).any(|span| span.until.is_none_or(|end| end > from));
    if holds || rows::right(tx.db(), agency, intent.right)?.is_some() {
        return Ok(Verdict::rejected(Code::Exists));
    }
    let right = EducationalRight {
        agency: Id(agency),
        id: Id(intent.right),
        person: Id(person),
        student: Id(student),
        basis: words::of(&intent.basis),
        evidence: intent.evidence.clone(),
        starts_at: At(moment(from)),
        ends_at: None,
        granted_by: Id(by),
        granted_at: At(moment(now)),
        ended_by: None,
    };
    rows::insert_rights(tx.db(), &[right])?;
    place_guardian(tx, intent.right, student, person)?;
    if intent.basis.stands_for_student() {
        majority::place_student(tx, intent.right, student)?;
    }
    Ok(Verdict::Applied)
}

fn end_rights(tx: &mut ApplyTx<'_>, by: PersonId, intent: &EndRights) -> Result<Verdict> {
    let (agency, now) = (tx.agency(), tx.now());
    let right = rows::right(tx.db(), agency, intent.right)?.filter(|right| right.student.0 == intent.student);
    let Some(right) = right else { return Ok(Verdict::rejected(Code::NotFound)) };
    if right.ends_at.is_some_and(|end| end <= At(moment(now))) {
        return Ok(Verdict::Applied);
    }
    rows::end_right(tx.db(), agency, intent.right, moment(now), by)?;
    place_guardian(tx, intent.right, intent.student, right.person.0)?;
    majority::place_student(tx, intent.right, intent.student)?;
    Ok(Verdict::Applied)
}

/// Only a contact is kept away, from now on or later. Who keeps the records of the whole agency
/// cannot be kept from one: that office is taken from them first.
fn restrict(tx: &mut ApplyTx<'_>, by: PersonId, intent: &Restrict) -> Result<Verdict> {
    let (agency, now) = (tx.agency(), tx.now());
    let Restrict { student, person, .. } = *intent;
    if rows::relationships_between(tx.db(), agency, student, person)?.is_empty() {
        return Ok(Verdict::rejected(Code::NotFound));
    }
    let office = facts_of_person(tx.db(), agency, person, now)?.and_then(|facts| facts.staff_role);
    if matches!(office, Some(StaffRole::Director | StaffRole::Office)) {
        return Ok(wrong("office"));
    }
    let known = rows::restrictions_between(tx.db(), agency, student, person)?;
    let stands = known.iter().any(|one| one.lifted_at.is_none());
    if stands || rows::restriction(tx.db(), agency, intent.restriction)?.is_some() {
        return Ok(Verdict::rejected(Code::Exists));
    }
    let restriction = Restriction {
        agency: Id(agency),
        id: Id(intent.restriction),
        person: Id(person),
        student: Id(student),
        court_order: intent.order.clone(),
        // What was seen until now was seen: an order of last week keeps nobody from it any more.
        starts_at: At(moment(intent.from.unwrap_or(now).max(now))),
        recorded_by: Id(by),
        recorded_at: At(moment(now)),
        lifted_at: None,
        lifted_by: None,
        lifted_evidence: None,
    };
    rows::insert_restrictions(tx.db(), &[restriction])?;
    place_guardian(tx, intent.restriction, student, person)?;
    Ok(Verdict::Applied)
}

fn lift_restriction(tx: &mut ApplyTx<'_>, by: PersonId, intent: &LiftRestriction) -> Result<Verdict> {
    let (agency, now) = (tx.agency(), tx.now());
    let found = rows::restriction(tx.db(), agency, intent.restriction)?;
    let Some(found) = found.filter(|found| found.student.0 == intent.student) else {
        return Ok(Verdict::rejected(Code::NotFound));
    };
    if found.lifted_at.is_some() {
        return Ok(Verdict::Applied);
    }
    rows::lift_restriction(tx.db(), agency, intent.restriction, moment(now), by, &intent.evidence)?;
    place_guardian(tx, intent.restriction, intent.student, found.person.0)?;
    Ok(Verdict::Applied)
}

/// Keeps a guardian's place on the team list as their rights and restrictions have it.
/// `fact` is which of them has just changed.
pub(super) fn place_guardian(tx: &mut ApplyTx<'_>, fact: Uuid, student: RecordId, person: PersonId) -> Result<()> {
    let (agency, now) = (tx.agency(), tx.now());
    let Some(who) = rows::person(tx.db(), agency, person)? else { return Ok(()) };
    let facts = facts_of_person(tx.db(), agency, person, now)?;
    let links = facts.iter().flat_map(|facts| &facts.links);
    let ends = links.filter(|link| link.student == student && link.role == TeamRole::Guardian);
    // The last one that ends, or one that does not.
    let last = ends.map(|link| link.span).max_by_key(|span| span.until.unwrap_or(Micros(i64::MAX)));
    let (from, until) = last.map_or((None, Some(now)), |span| (Some(span.from), span.until));
    let (name, role) = (who.name(), TeamRole::Guardian);
    place_member(tx, fact, PlaceMember { student, person, name, role, service: None, from, until })
}

fn assign(tx: &mut ApplyTx<'_>, intent: &Assign) -> Result<Verdict> {
    let (agency, now) = (tx.agency(), tx.now());
    let is_here = |end: Option<At>| end.is_none_or(|end| end > At(moment(now)));
    let student = rows::student(tx.db(), agency, intent.student)?.filter(|student| is_here(student.ended_at));
    let person = rows::person(tx.db(), agency, intent.person)?.filter(|person| is_here(person.ended_at));
    let (Some(_), Some(who)) = (student, person) else { return Ok(Verdict::rejected(Code::NotFound)) };
    if who.staff_role.is_none() {
        return Ok(wrong("person"));
    }
    let role = words::of(&intent.role);
    let starts_at = At(moment(intent.from.unwrap_or(now)));
    let standing = rows::assignments_between(tx.db(), agency, intent.student, intent.person)?;
    let same = |other: &Assignment| {
        let overlaps = other.ends_at.is_none_or(|end| end > starts_at);
        overlaps && other.role == role && other.service == intent.service
    };
    if standing.iter().any(same) || rows::assignment(tx.db(), agency, intent.assignment)?.is_some() {
        return Ok(Verdict::rejected(Code::Exists));
    }
    let link = Link {
        student: intent.student,
        role: intent.role,
        service: intent.service.clone(),
        span: Span::new(Micros(starts_at.micros()), None),
    };
    if facts_of_person(tx.db(), agency, intent.person, now)?.is_some_and(|facts| !access::fits(&facts, link, now)) {
        // One child more than a phone carries.
        return Ok(wrong("caseload"));
    }
    let assignment = Assignment {
        agency: Id(agency),
        id: Id(intent.assignment),
        person: Id(intent.person),
        role,
        service: intent.service.clone(),
        student: Some(Id(intent.student)),
        class: None,
        org: None,
        source: "office".to_owned(),
        starts_at,
        ends_at: None,
        ended_by: None,
    };
    rows::insert_assignments(tx.db(), &[assignment])?;
    let member = PlaceMember {
        student: intent.student,
        person: intent.person,
        name: who.name(),
        role: intent.role,
        service: intent.service.clone(),
        from: None,
        until: None,
    };
    place_member(tx, intent.assignment, member)?;
    Ok(Verdict::Applied)
}

/// An end lies neither before the beginning nor after an end that has passed.
fn end_assignment(tx: &mut ApplyTx<'_>, by: PersonId, intent: &EndAssignment) -> Result<Verdict> {
    let (agency, now) = (tx.agency(), tx.now());
    let found = rows::assignment(tx.db(), agency, intent.assignment)?;
    let Some(found) = found.filter(|found| found.student == Some(Id(intent.student))) else {
        return Ok(Verdict::rejected(Code::NotFound));
    };
    if found.ends_at.is_some_and(|end| end <= At(moment(now))) {
        return Ok(Verdict::Applied);
    }
    let end = moment(intent.at.unwrap_or(now)).max(found.starts_at.0);
    rows::end_assignment(tx.db(), agency, intent.assignment, end, by)?;
    let who = rows::person(tx.db(), agency, found.person.0)?;
    if let (Some(who), Some(role)) = (who, words::role(&found.role)) {
        let until = Some(Micros(end.timestamp_micros()));
        let name = who.name();
        let service = found.service;
        let member = PlaceMember { student: intent.student, person: who.id.0, name, role, service, from: None, until };
        place_member(tx, intent.assignment, member)?;
    }
    Ok(Verdict::Applied)
}

pub(super) fn wrong(field: &str) -> Verdict {
    Verdict::Rejected { code: Code::Invalid, field: Some(field.to_owned()) }
}

/// Moments beyond the calendar, which no clock shows, read as its end.
pub(super) fn moment(micros: Micros) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(micros.0).unwrap_or(DateTime::<Utc>::MAX_UTC)
}
