//! The copy for people: the same records as pages, in the reader's language. What people wrote stays in
//! theirs.

mod around;
mod family;
mod school;

use std::collections::BTreeMap;

use domain::kinds;
use domain::record_request::ContestedKind;
use serde_json::Value;
use sync::{Kind, Micros, PersonId, RecordId};

use super::shape::{Entry as Kept, MadeFor, RecordCopy};
use super::words::Words;
use crate::document::sheet::{Entry, Fact, Part, Said, Sheet, Table};

/// The pages of a copy.
pub(super) fn sheet(copy: &RecordCopy, words: Words) -> Sheet {
    let page = Page { copy, words, names: copy.people.iter().map(|one| (one.id, one.name.as_str())).collect() };
    let (name, made_at) = (copy.student.name.as_str(), Micros(copy.made_at.timestamp_micros()));
    let gaps = [("agency", copy.agency.name.as_str()), ("name", name)];
    let lead = match (copy.made_for, &copy.given_to) {
        (MadeFor::Family, _) => vec![words.tell("lead.FAMILY", &gaps)],
        (MadeFor::Agency, _) => vec![words.tell("lead.AGENCY", &gaps)],
        (MadeFor::Party, to) => {
            let party = to.as_ref().map_or_else(String::new, |to| to.party.clone());
            // 34 CFR 99.33(d): whoever is given something is told what binds them.
            vec![words.tell("lead.PARTY", &[gaps[0], gaps[1], ("party", &party)]), words.say("lead.PARTY.bound")]
        }
    };
    let child = &copy.student;
    let mut facts = Facts::new(words);
    facts.add("label.name", name);
    facts.add("label.birthDate", child.birth_date.map(|day| words.day(day)));
    facts.add("label.grade", child.grade.clone());
    facts.add("label.school", child.school.clone());
    facts.add("label.homeLanguage", child.home_language.clone());
    facts.add("label.agency", copy.agency.name.as_str());
    facts.add("label.madeAt", words.moment(made_at));
    if let Some(to) = &copy.given_to {
        facts.add("label.party", to.party.as_str());
        facts.add("label.interest", to.interest.as_str());
        facts.add("label.basis", around::basis(words, to.basis));
    }
    Sheet {
        title: words.tell("title", &[("name", name)]),
        lead: lead.into_iter().chain(["lead.language", "lead.json"].map(|key| words.say(key))).collect(),
        facts: facts.0,
        contents: words.say("contents"),
        foot: words.tell("foot", &[("name", name), ("day", &words.day_of(made_at))]),
        parts: PARTS.iter().filter(|part| page.tells(part)).filter_map(|(_, part)| part(&page)).collect(),
    }
}

pub(super) type Write = fn(&Page<'_>) -> Option<Part>;

/// The parts in their order, each with the kinds of records that it tells.
pub(super) const PARTS: [(&[Kind], Write); 13] = [
    (&[], family::explanations),
    (&[kinds::STUDENT, kinds::MEMBER], school::team),
    (&[kinds::GOAL, kinds::POINT], school::goals),
    (&[kinds::VISIT], school::visits),
    (&[kinds::MEETING, kinds::ANSWER], school::meetings),
    (&[kinds::STATEMENT], family::statement),
    (&[kinds::INPUT], family::inputs),
    (&[kinds::ATTEMPT], family::attempts),
    (&[kinds::REQUEST, kinds::DISAGREEMENT], family::requests),
    (&[], around::contacts),
    (&[], around::rights),
    (&[], around::disclosures),
    (&[], around::looks),
];

/// What every part is written from.
pub(super) struct Page<'a> {
    copy: &'a RecordCopy,
    words: Words,
    names: BTreeMap<PersonId, &'a str>,
}

impl<'a> Page<'a> {
    /// What is not for a party outside is no part of its pages: not even that there is none.
    fn tells(&self, (_, part): &(&[Kind], Write)) -> bool {
        let kept_back: [Write; 5] =
            [family::inputs, family::attempts, family::requests, around::disclosures, around::looks];
        self.copy.made_for != MadeFor::Party || !kept_back.iter().any(|kept| std::ptr::fn_addr_eq(*kept, *part))
    }

    fn say(&self, key: &str) -> String {
        self.words.say(key)
    }

    /// The name of a person. The agency itself acts under its own id.
    fn name(&self, person: PersonId) -> String {
        let known = self.names.get(&person).map(|name| (*name).to_owned());
        let unknown = if person.0 == self.copy.agency.id.0 { "agency" } else { "nobody" };
        known.unwrap_or_else(|| self.say(unknown))
    }

    fn named(&self, value: &Value) -> Option<String> {
        serde_json::from_value(value.clone()).ok().map(|person| self.name(person))
    }

    fn facts(&self) -> Facts {
        Facts::new(self.words)
    }

    /// A part, which says so where there is nothing in it.
    fn part(&self, key: &str, entries: Vec<Entry>) -> Option<Part> {
        let lead = if entries.is_empty() { vec![self.say("none")] } else { Vec::new() };
        Some(Part { heading: self.say(key), lead, entries })
    }

    /// Records of a kind, oldest first by when they were made.
    fn records(&self, kind: &Kind) -> Vec<&'a Kept> {
        let mut all: Vec<&Kept> = self.copy.of_kind(kind).iter().collect();
        all.sort_by_key(|one| (one.made.at, one.id));
        all
    }

    /// What somebody wrote, unless it is nothing.
    fn said(&self, label: Option<String>, text: &str, by: PersonId) -> Option<Said> {
        let language = self.copy.languages.get(&by).map(String::as_str);
        (!text.trim().is_empty()).then(|| Said::new(label, text, language))
    }

    /// One field of a record in the words of whoever wrote it last; and where nobody has chosen yet, each
    /// version with its author.
    fn field(&self, kept: &Kept, field: &str, key: &str) -> Vec<Said> {
        let label = self.say(key);
        if let Some(versions) = kept.open.get(field) {
            let version = |one: &sync::record::Alternative| {
                let name = self.name(one.stamp.by);
                let label = self.words.tell("text.version", &[("field", &label), ("name", &name)]);
                self.said(Some(label), one.value.as_str().unwrap_or_default(), one.stamp.by)
            };
            return versions.iter().filter_map(version).collect();
        }
        let by = kept.wrote.get(field).unwrap_or(&kept.made).by;
        self.said(Some(label), text(kept, field), by).into_iter().collect()
    }

    /// The family's own words beside one record.
    fn beside(&self, kind: ContestedKind, id: RecordId) -> Vec<Said> {
        let about = |contests: &Option<domain::record_request::Contested>| {
            contests.is_some_and(|contested| contested.kind == kind && contested.id == id)
        };
        let all = self.copy.disagreements.iter().filter(|stated| about(&stated.contests));
        all.filter_map(|stated| {
            let label = Some(self.say("explanation"));
            (!stated.words.trim().is_empty()).then(|| Said::new(label, &stated.words, None))
        })
        .collect()
    }
}

/// What is known of something, without what is not.
struct Facts(Vec<Fact>, Words);

impl Facts {
    fn new(words: Words) -> Self {
        Self(Vec::new(), words)
    }

    fn add(&mut self, key: &str, text: impl IntoText) {
        let text = text.into_text().filter(|text| !text.trim().is_empty());
        self.0.extend(text.map(|text| Fact { label: self.1.say(key), text }));
    }
}

/// Something that there may be to say.
trait IntoText {
    fn into_text(self) -> Option<String>;
}

impl IntoText for &str {
    fn into_text(self) -> Option<String> {
        Some(self.to_owned())
    }
}

impl IntoText for String {
    fn into_text(self) -> Option<String> {
        Some(self)
    }
}

impl IntoText for Option<String> {
    fn into_text(self) -> Option<String> {
        self
    }
}

fn value<'a>(kept: &'a Kept, field: &str) -> &'a Value {
    kept.fields.get(field).unwrap_or(&Value::Null)
}

fn text<'a>(kept: &'a Kept, field: &str) -> &'a str {
    value(kept, field).as_str().unwrap_or_default()
}

fn moment(kept: &Kept, field: &str) -> Option<Micros> {
    value(kept, field).as_i64().map(Micros)
}

fn number(value: &Value) -> Option<String> {
    value.as_f64().map(|number| number.to_string())
}

/// A heading of what has no name would be none.
fn heading(text: &str) -> String {
    if text.trim().is_empty() { "–".to_owned() } else { text.replace(['\r', '\n'], " ") }
}

fn table(head: Vec<String>, rows: Vec<Vec<String>>) -> Option<Table> {
    (!rows.is_empty()).then_some(Table { head, rows })
}
