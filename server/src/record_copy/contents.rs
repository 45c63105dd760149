//! What goes into a copy: what its reader may see, and the family's disagreements in every one.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, Utc};
use domain::kinds;
use domain::scope::{lies_in, path};
use sync::{AgencyId, Kind, Micros, PersonId, RecordId};
use uuid::Uuid;

use super::shape::{
    Around, Assignment, Child, Contact, Disagreement, Disclosed, Entry, FORMAT, Keeper, Looked, MadeFor, Majority,
    Named, RecordCopy, Restriction, Right, VERSION, kinds_of_a_child,
};
use crate::access::{self, Action, Facts, Judgement, Part, StaffRole};
use crate::access_log;
use crate::db::Db;
use crate::error::Result;
use crate::{disclosure, people, records};

/// As whom somebody takes a copy of a child's record, if they may. Who keeps the record of their own
/// child gets it whole.
pub(super) fn reader(all: &[Facts], student: RecordId, now: Micros) -> Option<(&Facts, MadeFor)> {
    let may = |facts: &&Facts| access::may(facts, Action::CopyRecord, Some(student), now) == Judgement::Allowed;
    let keeps = |facts: &&Facts| facts.staff_role == Some(StaffRole::Director);
    let keeper = all.iter().filter(may).find(keeps).map(|facts| (facts, MadeFor::Agency));
    keeper.or_else(|| all.iter().find(may).map(|facts| (facts, MadeFor::Family)))
}

/// Everything that a reader may see of a child; `None` where there is no such child.
pub(super) fn read(
    db: &mut Db,
    (facts, made_for): (&Facts, MadeFor),
    student: RecordId,
    now: DateTime<Utc>,
) -> Result<Option<RecordCopy>> {
    let agency = facts.agency;
    let Some(child) = people::student(db, agency, student)? else { return Ok(None) };
    let Some(keeper) = people::agency(db, agency)? else { return Ok(None) };
    let school = match child.school {
        Some(school) => people::orgs(db, agency, &[school.0])?.pop().map(|org| org.name),
        None => None,
    };
    let all = records_of(db, agency, student)?;
    let disagreements = disagreements(&all);
    let shelves = shelves(facts, made_for, student);
    let records: BTreeMap<String, Vec<Entry>> = all
        .into_iter()
        .map(|(kind, stored)| {
            let seen = stored.into_iter().filter(|one| lies_on(&shelves, &kind, one));
            let entries = seen.map(|one| Entry::of(one.id, one.changed_at, one.record)).collect();
            (kind.name().to_owned(), entries)
        })
        .collect();
    let (looks, disclosures) = match made_for {
        MadeFor::Party => (Vec::new(), Vec::new()),
        MadeFor::Family | MadeFor::Agency => {
            (looks(db, facts, student, now)?, disclosures_of(db, facts, student, now)?)
        }
    };
    let around = (made_for == MadeFor::Agency).then(|| around(db, agency, student)).transpose()?;
    let mut copy = RecordCopy {
        format: FORMAT.to_owned(),
        version: VERSION,
        made_at: now,
        made_for,
        given_to: None,
        agency: Keeper { id: agency, name: keeper.name, time_zone: keeper.time_zone },
        student: Child {
            id: student,
            name: child.name(),
            given_name: child.given_name,
            family_name: child.family_name,
            birth_date: child.birth_date,
            grade: child.grade,
            school,
            home_language: child.home_language,
        },
        people: Vec::new(),
        records,
        disagreements,
        around,
        looks,
        disclosures,
        languages: BTreeMap::new(),
    };
    let named: Vec<PersonId> = copy.named().into_iter().collect();
    for person in people::people(db, agency, &named)? {
        let language = match &person.staff_role {
            Some(_) => Some(keeper.locale.clone()),
            None => person.language.clone(),
        };
        copy.languages.extend(language.map(|language| (person.id.0, language)));
        copy.people.push(Named { id: person.id.0, name: person.name() });
    }
    copy.people.sort_by_key(|person| person.id);
    Ok(Some(copy))
}

fn records_of(db: &mut Db, agency: AgencyId, student: RecordId) -> Result<Vec<(Kind, Vec<records::Stored>)>> {
    kinds_of_a_child()
        .map(|kind| {
            let found = records::about(db, agency, &kind, &[student])?;
            Ok((kind, found.into_values().flatten().collect()))
        })
        .collect()
}

/// The audiences to which a reader belongs.
fn shelves(facts: &Facts, made_for: MadeFor, student: RecordId) -> BTreeSet<String> {
    match made_for {
        MadeFor::Family => BTreeSet::from([path::family(student), path::guardian(student, facts.person)]),
        MadeFor::Agency => BTreeSet::from([path::glance(student), path::case(student)]),
        MadeFor::Party => BTreeSet::from([path::family(student)]),
    }
}

fn lies_on(shelves: &BTreeSet<String>, kind: &Kind, stored: &records::Stored) -> bool {
    lies_in(kind, stored.id, &stored.record).iter().any(|path| shelves.contains(path))
}

/// Any explanation that stands in the record is disclosed with it to any party (34 CFR 300.620(c)(2),
/// 99.21(c)): the words, and what they are about. The rest of what a guardian asks stays between them and
/// the school.
fn disagreements(all: &[(Kind, Vec<records::Stored>)]) -> Vec<Disagreement> {
    let of = |wanted: Kind| all.iter().filter(move |(kind, _)| *kind == wanted).flat_map(|(_, stored)| stored);
    let contests = |request: Option<Uuid>| {
        let request = of(kinds::REQUEST).find(|stored| Some(stored.id.0) == request)?;
        serde_json::from_value(request.record.field("contests").clone()).ok()
    };
    let mut stated: Vec<_> = of(kinds::DISAGREEMENT).collect();
    stated.sort_by_key(|stored| (stored.record.made.at, stored.id));
    let disagreement = |stored: &&records::Stored| Disagreement {
        contests: contests(stored.record.parent),
        words: stored.record.text("words").to_owned(),
    };
    stated.iter().map(disagreement).collect()
}

fn looks(db: &mut Db, facts: &Facts, student: RecordId, now: DateTime<Utc>) -> Result<Vec<Looked>> {
    let moment = Micros(now.timestamp_micros());
    let seen = |line: &access_log::Line| {
        let look = Part::Look { by: line.person, family: line.family };
        access::may(facts, Action::See(look), Some(student), moment) == Judgement::Allowed
    };
    // Wherever the agency is, today is before this.
    let before = now.date_naive() + Days::new(2);
    let lines = access_log::all_looks(db, (facts.agency, student), before, seen)?;
    let of_one = |one: &access_log::Line, next: &access_log::Line| {
        (one.day, one.person, one.family) == (next.day, next.person, next.family)
    };
    let looked = |lines: &[access_log::Line]| {
        let first = lines.first()?;
        let topics = lines.iter().map(|line| line.topic).collect();
        Some(Looked { on: first.day, person: first.person, as_family: first.family, topics })
    };
    Ok(lines.chunk_by(of_one).filter_map(looked).collect())
}

fn disclosures_of(db: &mut Db, facts: &Facts, student: RecordId, now: DateTime<Utc>) -> Result<Vec<Disclosed>> {
    let moment = Micros(now.timestamp_micros());
    if access::may(facts, Action::See(Part::Disclosures), Some(student), moment) != Judgement::Allowed {
        return Ok(Vec::new());
    }
    let disclosed = |row: disclosure::Disclosure| Disclosed {
        id: row.id.0,
        act: row.act,
        on: row.day,
        party: row.party,
        interest: row.interest,
        basis: row.basis,
        paper: row.paper,
        threat: row.threat,
        what: row.what,
        copied: row.copied,
        recorded_by: row.recorded_by.0,
        recorded_at: row.recorded_at.0,
        corrects: row.corrects.map(|id| id.0),
    };
    Ok(disclosure::all_about(db, facts.agency, student)?.into_iter().map(disclosed).collect())
}

fn around(db: &mut Db, agency: AgencyId, student: RecordId) -> Result<Around> {
    let child = &[student];
    let contacts = people::relationships_of(db, agency, child)?;
    let who: Vec<PersonId> = contacts.iter().map(|row| row.person.0).collect();
    let mut who: BTreeMap<PersonId, people::Person> =
        people::people(db, agency, &who)?.into_iter().map(|person| (person.id.0, person)).collect();
    let contact = |row: people::Relationship| {
        let person = who.remove(&row.person.0);
        let (email, phone, language) = person.map(|it| (it.email, it.phone, it.language)).unwrap_or_default();
        Contact {
            person: row.person.0,
            relation: row.relation,
            lives_with: row.lives_with,
            email,
            phone,
            language,
            source: row.source,
            verified_at: row.verified_at.map(|at| at.0),
            ended_at: row.ended_at.map(|at| at.0),
        }
    };
    let contacts = contacts.into_iter().map(contact).collect();
    let right = |row: people::EducationalRight| Right {
        person: row.person.0,
        basis: row.basis,
        evidence: row.evidence,
        starts_at: row.starts_at.0,
        ends_at: row.ends_at.map(|at| at.0),
        granted_by: row.granted_by.0,
    };
    let restriction = |row: people::Restriction| Restriction {
        person: row.person.0,
        order: row.court_order,
        starts_at: row.starts_at.0,
        recorded_by: row.recorded_by.0,
        lifted_at: row.lifted_at.map(|at| at.0),
        lifted_evidence: row.lifted_evidence,
    };
    let majority = |row: people::Majority| Majority {
        starts_at: row.starts_at.0,
        age: row.age,
        law: row.law,
        told_at: row.told_at.0,
        told: row.told,
        withdrawn_at: row.withdrawn_at.map(|at| at.0),
        withdrawn_evidence: row.withdrawn_evidence,
    };
    let assignment = |row: people::Assignment| Assignment {
        person: row.person.0,
        role: row.role,
        service: row.service,
        starts_at: row.starts_at.0,
        ends_at: row.ends_at.map(|at| at.0),
    };
    Ok(Around {
        contacts,
        rights: people::rights_for(db, agency, child)?.into_iter().map(right).collect(),
        restrictions: people::restrictions_for(db, agency, child)?.into_iter().map(restriction).collect(),
        majorities: people::majorities_of(db, agency, child)?.into_iter().map(majority).collect(),
        assignments: people::assignments_to(db, agency, child)?.into_iter().map(assignment).collect(),
    })
}
