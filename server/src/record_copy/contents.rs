//! What goes into a copy, and its shape as JSON: `record.json`, described in docs/record-copy.md.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::kinds;
use domain::record_request::Contested;
use domain::scope::{lies_in, path};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sync::record::{Alternative, Stamp};
use sync::{AgencyId, Kind, Micros, PersonId, Record, RecordId};
use uuid::Uuid;

use crate::access::{self, Action, Facts, Judgement, Part, StaffRole};
use crate::access_log::{self, Topic};
use crate::db::Db;
use crate::error::Result;
use crate::{people, records};

/// The name of this shape.
pub const FORMAT: &str = "aimline.record-copy";
/// Its version: raised when a reader of an older one would misread it. New keys alone do not raise it.
pub const VERSION: u32 = 1;

/// The kinds of records that are about a child: all but schools, of which the copy has the name.
pub fn kinds_of_a_child() -> impl Iterator<Item = Kind> {
    kinds::ALL.into_iter().filter(|kind| *kind != kinds::ORG)
}

/// A copy of a child's record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RecordCopy {
    /// [`FORMAT`].
    pub format: String,
    /// [`VERSION`].
    pub version: u32,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// For whom.
    pub made_for: MadeFor,
    /// Who keeps the record.
    pub agency: Keeper,
    /// Whose record it is.
    pub student: Child,
    /// Everybody whom the copy names by an id.
    pub people: Vec<Named>,
    /// The records, by their kind, oldest id first. Each kind that is about a child is there.
    pub records: BTreeMap<String, Vec<Entry>>,
    /// The family's words beside what the school would not correct.
    pub disagreements: Vec<Disagreement>,
    /// Contacts, rights and assignments: in the agency's own copy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub around: Option<Around>,
    /// Who looked at the record, the newest day first.
    pub looks: Vec<Looked>,
    /// The language that somebody writes, where it is known: for the pages, and in no copy.
    #[serde(skip)]
    pub(super) languages: BTreeMap<PersonId, String>,
}

/// For whom a copy is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum MadeFor {
    /// One who holds rights for the child: without what is between the school and another guardian.
    Family,
    /// The agency, which keeps the record.
    Agency,
}

/// Who keeps a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Keeper {
    /// Its id here.
    pub id: AgencyId,
    /// Its name.
    pub name: String,
    /// By whose clocks days are told.
    pub time_zone: String,
}

/// Whose record it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Child {
    /// Their id here.
    pub id: RecordId,
    /// The name to show.
    pub name: String,
    /// First names.
    pub given_name: String,
    /// Last names.
    pub family_name: String,
    /// When they were born.
    pub birth_date: Option<NaiveDate>,
    /// As the roster writes it.
    pub grade: Option<String>,
    /// The name of the school.
    pub school: Option<String>,
    /// The language spoken at home.
    pub home_language: Option<String>,
}

/// Somebody with a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Who.
    pub id: PersonId,
    /// The name to show.
    pub name: String,
}

/// One record, with all that is kept of it: who wrote which field, and what people disagree on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// Its id.
    pub id: RecordId,
    /// What it belongs to, such as a data point's goal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub belongs_to: Option<Uuid>,
    /// Who made it, when.
    pub made: Stamp,
    /// When it last changed at the server.
    pub changed_at: Micros,
    /// The values.
    pub fields: Map<String, Value>,
    /// Who last wrote a field, where it was not the maker.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub wrote: BTreeMap<String, Stamp>,
    /// The versions of fields between which nobody has chosen yet.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub open: BTreeMap<String, Vec<Alternative>>,
    /// What a newer version wrote beside these.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub more: Map<String, Value>,
}

impl Entry {
    /// A record as a copy holds it.
    pub fn of(id: RecordId, changed_at: Micros, record: Record) -> Self {
        let Record { subject: _, parent, made, fields, wrote, open, unknown } = record;
        Self { id, belongs_to: parent, made, changed_at, fields, wrote, open, more: unknown }
    }

    /// The record that it is a copy of.
    pub fn record(self, student: RecordId) -> Record {
        let Self { id: _, belongs_to, made, changed_at: _, fields, wrote, open, more } = self;
        Record { subject: Some(student.0), parent: belongs_to, made, fields, wrote, open, unknown: more }
    }

    fn people(&self) -> impl Iterator<Item = PersonId> {
        let wrote = self.wrote.values().map(|stamp| stamp.by);
        let open = self.open.values().flatten().map(|version| version.stamp.by);
        let named = |name: &str| self.fields.get(name).cloned().and_then(|id| serde_json::from_value(id).ok());
        let invited = self.fields.get("invited").and_then(Value::as_array).into_iter().flatten();
        let invited = invited.filter_map(|id| serde_json::from_value(id.clone()).ok());
        [self.made.by].into_iter().chain(wrote).chain(open).chain(named("person")).chain(invited)
    }
}

/// A family's own words beside what was not corrected. Whose they are is said in the copies of those
/// who may see the request that they belong to, and in no other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Disagreement {
    /// The record that is contested; the whole record, where it is not one thing.
    pub contests: Option<Contested>,
    /// The words.
    pub words: String,
}

/// The people around a child, as the agency knows them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Around {
    /// Contacts, which are not rights.
    pub contacts: Vec<Contact>,
    /// Educational rights, ended ones too.
    pub rights: Vec<Right>,
    /// Orders that keep somebody away, lifted ones too.
    pub restrictions: Vec<Restriction>,
    /// When the child comes of age, withdrawn facts too.
    pub majorities: Vec<Majority>,
    /// Staff who work with the child, or did.
    pub assignments: Vec<Assignment>,
}

/// A contact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Contact {
    /// Who.
    pub person: PersonId,
    /// What they say they are.
    pub relation: String,
    /// Whether they live together.
    pub lives_with: Option<bool>,
    /// How to reach them.
    pub email: Option<String>,
    /// How to reach them.
    pub phone: Option<String>,
    /// The language they read.
    pub language: Option<String>,
    /// Where it is known from.
    pub source: String,
    /// When somebody confirmed it.
    pub verified_at: Option<DateTime<Utc>>,
    /// When it left the roster.
    pub ended_at: Option<DateTime<Utc>>,
}

/// Educational rights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Right {
    /// Whose.
    pub person: PersonId,
    /// Why: a word of [`domain::facts::RightsBasis`].
    pub basis: String,
    /// What was seen that shows it.
    pub evidence: String,
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// Up to when.
    pub ends_at: Option<DateTime<Utc>>,
    /// Who granted it.
    pub granted_by: PersonId,
}

/// What keeps somebody away.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Restriction {
    /// Whom.
    pub person: PersonId,
    /// Which order or law.
    pub order: String,
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// Who wrote it down.
    pub recorded_by: PersonId,
    /// When it was lifted.
    pub lifted_at: Option<DateTime<Utc>>,
    /// What was seen that ended it.
    pub lifted_evidence: Option<String>,
}

/// When a child comes of age.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Majority {
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// At which age.
    pub age: i32,
    /// By which law.
    pub law: String,
    /// When student and parents were told.
    pub told_at: DateTime<Utc>,
    /// How.
    pub told: String,
    /// When it was taken back.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// What was seen that showed it.
    pub withdrawn_evidence: Option<String>,
}

/// Staff who work with a child.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Assignment {
    /// Who.
    pub person: PersonId,
    /// As what.
    pub role: String,
    /// For a provider: which service.
    pub service: Option<String>,
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// Up to when.
    pub ends_at: Option<DateTime<Utc>>,
}

/// What somebody looked at on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Looked {
    /// The day, where the agency is.
    pub on: NaiveDate,
    /// Who.
    pub person: PersonId,
    /// Whether as one of the family.
    pub as_family: bool,
    /// At what.
    pub topics: Vec<Topic>,
}

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
    let looks = looks(db, facts, student, now)?;
    let around = (made_for == MadeFor::Agency).then(|| around(db, agency, student)).transpose()?;
    let mut copy = RecordCopy {
        format: FORMAT.to_owned(),
        version: VERSION,
        made_at: now,
        made_for,
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

impl RecordCopy {
    /// Everybody who is named by an id.
    fn named(&self) -> BTreeSet<PersonId> {
        let records = self.records.values().flatten().flat_map(Entry::people);
        let around = self.around.iter().flat_map(|around| {
            let contacts = around.contacts.iter().map(|contact| contact.person);
            let rights = around.rights.iter().flat_map(|right| [right.person, right.granted_by]);
            let orders = around.restrictions.iter().flat_map(|order| [order.person, order.recorded_by]);
            contacts.chain(rights).chain(orders).chain(around.assignments.iter().map(|one| one.person))
        });
        records.chain(around).chain(self.looks.iter().map(|look| look.person)).collect()
    }

    /// The records of one kind.
    pub(super) fn of_kind(&self, kind: &Kind) -> &[Entry] {
        self.records.get(kind.name()).map_or(&[], Vec::as_slice)
    }
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
