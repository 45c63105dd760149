//! The shape of a copy as JSON: `record.json`, described in docs/record-copy.md.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::disclosure::Basis;
use domain::kinds;
use domain::record_request::Contested;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sync::record::{Alternative, Stamp};
use sync::{AgencyId, Kind, Micros, PersonId, Record, RecordId};
use uuid::Uuid;

use crate::access_log::Topic;

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
    /// The party outside to which it is given, and why it may have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given_to: Option<GivenTo>,
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
    /// What was given to parties outside, and who asked, the newest day first; corrected entries too.
    #[serde(default)]
    pub disclosures: Vec<Disclosed>,
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
    /// A party outside: what all guardians may see alike. Who looked, and who else was given something,
    /// is not for them (34 CFR 99.32(c)).
    Party,
}

/// A party outside, and why it may have the copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenTo {
    /// Who.
    pub party: String,
    /// What they need it for.
    pub interest: String,
    /// Why they may have it.
    pub basis: Basis,
    /// Where the law says so.
    pub rule: String,
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

/// What was given to a party outside, or asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Disclosed {
    /// The entry.
    pub id: Uuid,
    /// What it says: a word of [`domain::disclosure::Act`].
    pub act: String,
    /// The day, where the agency is.
    pub on: NaiveDate,
    /// Who received it, or asked.
    pub party: String,
    /// What they need it for.
    pub interest: String,
    /// Why they may have it: a word of [`Basis`].
    pub basis: Option<String>,
    /// The paper on which that rests.
    pub paper: Option<String>,
    /// Of an emergency: the threat.
    pub threat: Option<String>,
    /// What was given or asked for; of a mistake, what was wrong.
    pub what: String,
    /// Whether this program made the copy that was given.
    pub copied: bool,
    /// Who wrote it down.
    pub recorded_by: PersonId,
    /// When.
    pub recorded_at: DateTime<Utc>,
    /// The entry instead of which this one stands.
    pub corrects: Option<Uuid>,
}

impl RecordCopy {
    /// Everybody who is named by an id.
    pub(super) fn named(&self) -> BTreeSet<PersonId> {
        let records = self.records.values().flatten().flat_map(Entry::people);
        let around = self.around.iter().flat_map(|around| {
            let contacts = around.contacts.iter().map(|contact| contact.person);
            let rights = around.rights.iter().flat_map(|right| [right.person, right.granted_by]);
            let orders = around.restrictions.iter().flat_map(|order| [order.person, order.recorded_by]);
            contacts.chain(rights).chain(orders).chain(around.assignments.iter().map(|one| one.person))
        });
        let looked = self.looks.iter().map(|look| look.person);
        let disclosed = self.disclosures.iter().map(|one| one.recorded_by);
        records.chain(around).chain(looked).chain(disclosed).collect()
    }

    /// The records of one kind.
    pub(super) fn of_kind(&self, kind: &Kind) -> &[Entry] {
        self.records.get(kind.name()).map_or(&[], Vec::as_slice)
    }
}
