//! The people around a child, and who looked at the record.

use chrono::{DateTime, Utc};
use domain::disclosure::Basis;
use sync::Micros;

use super::super::shape::Disclosed;
use super::super::words::Words;
use super::{Entry, Page, Part, Said, heading, table};
use crate::people::words;

fn micros(at: DateTime<Utc>) -> Micros {
    Micros(at.timestamp_micros())
}

/// How to reach them: in the agency's own copy.
pub(super) fn contacts(page: &Page<'_>) -> Option<Part> {
    let around = page.copy.around.as_ref()?;
    let yes = |yes: bool| page.say(if yes { "yes" } else { "no" });
    let day = |at: DateTime<Utc>| page.words.day_of(micros(at));
    let entries = around.contacts.iter().map(|contact| {
        let mut facts = page.facts();
        facts.add("label.role", page.say(&format!("relation.{}", contact.relation)));
        facts.add("label.email", contact.email.clone());
        facts.add("label.phone", contact.phone.clone());
        facts.add("label.language", contact.language.clone());
        facts.add("label.livesWith", contact.lives_with.map(yes));
        facts.add("label.source", contact.source.as_str());
        facts.add("label.verified", contact.verified_at.map(day));
        facts.add("label.ended", contact.ended_at.map(day));
        Entry { heading: heading(&page.name(contact.person)), facts: facts.0, ..Entry::default() }
    });
    page.part("part.contacts", entries.collect())
}

/// Rights, orders, coming of age and assignments: in the agency's own copy.
pub(super) fn rights(page: &Page<'_>) -> Option<Part> {
    let around = page.copy.around.as_ref()?;
    let day = |at: DateTime<Utc>| page.words.day_of(micros(at));
    let said = |key: &str, text: &str| Said::new(Some(page.say(key)), text, None);
    let rights = around.rights.iter().map(|right| {
        let mut facts = page.facts();
        facts.add("label.role", page.say(&format!("basis.{}", right.basis)));
        facts.add("label.from", day(right.starts_at));
        facts.add("label.until", right.ends_at.map(day));
        facts.add("label.grantedBy", page.name(right.granted_by));
        let words = vec![said("label.evidence", &right.evidence)];
        Entry { heading: heading(&page.name(right.person)), facts: facts.0, words, table: None }
    });
    let orders = around.restrictions.iter().map(|order| {
        let mut facts = page.facts();
        facts.add("label.person", page.name(order.person));
        facts.add("label.from", day(order.starts_at));
        facts.add("label.recordedBy", page.name(order.recorded_by));
        facts.add("label.lifted", order.lifted_at.map(day));
        let lifted = order.lifted_evidence.iter().map(|evidence| said("label.evidence", evidence));
        let words = [said("label.order", &order.order)].into_iter().chain(lifted).collect();
        Entry { heading: page.say("restriction"), facts: facts.0, words, table: None }
    });
    let majorities = around.majorities.iter().map(|fact| {
        let mut facts = page.facts();
        facts.add("label.from", day(fact.starts_at));
        facts.add("label.told", day(fact.told_at));
        facts.add("label.withdrawn", fact.withdrawn_at.map(day));
        let withdrawn = fact.withdrawn_evidence.iter().map(|evidence| said("label.evidence", evidence));
        let words =
            [said("label.law", &fact.law), said("label.told", &fact.told)].into_iter().chain(withdrawn).collect();
        Entry { heading: page.say("majority"), facts: facts.0, words, table: None }
    });
    let head = ["label.person", "label.role", "label.from", "label.until"].map(|key| page.say(key)).to_vec();
    let assigned = around.assignments.iter().map(|one| {
        let role = page.say(&format!("role.{}", one.role));
        let service = one.service.as_ref().map(|service| page.say(&format!("service.{service}")));
        let role = service.map_or(role.clone(), |service| format!("{role}, {service}"));
        vec![page.name(one.person), role, day(one.starts_at), one.ends_at.map(day).unwrap_or_default()]
    });
    let assigned = table(head, assigned.collect());
    let assigned =
        assigned.map(|table| Entry { heading: page.say("part.assignments"), table: Some(table), ..Entry::default() });
    page.part("part.rights", rights.chain(orders).chain(majorities).chain(assigned).collect())
}

/// To whom outside anything was given, and who asked.
pub(super) fn disclosures(page: &Page<'_>) -> Option<Part> {
    let instead = |id| page.copy.disclosures.iter().find(|one| one.corrects == Some(id));
    let entry = |one: &Disclosed| {
        let mut facts = page.facts();
        facts.add("label.at", page.words.day(one.on));
        facts.add("label.interest", one.interest.as_str());
        let reason = one.basis.as_ref().and_then(|word| words::read(word));
        facts.add("label.basis", reason.map(|reason| basis(page.words, reason)));
        facts.add("label.paper", one.paper.clone());
        facts.add("label.recordedBy", page.name(one.recorded_by));
        facts.add("label.correctedBy", instead(one.id).map(|it| page.say(&format!("act.{}", it.act))));
        let said = |key: &str, text: &str| Said::new(Some(page.say(key)), text, None);
        let threat = one.threat.iter().map(|threat| said("label.threat", threat));
        let key = if one.act == "mistaken" { "label.wrong" } else { "label.what" };
        let words = [said(key, &one.what)].into_iter().chain(threat).collect();
        let act = page.say(&format!("act.{}", one.act));
        let title = if one.party.is_empty() { act } else { format!("{}: {act}", one.party) };
        Entry { heading: heading(&title), facts: facts.0, words, table: None }
    };
    page.part("part.disclosures", page.copy.disclosures.iter().map(entry).collect())
}

/// Why a party outside may have it, with where the law says so.
pub(super) fn basis(page: Words, of: Basis) -> String {
    let word = page.say(&format!("disclosure.{}", words::of(&of)));
    format!("{word} ({})", of.rule())
}

/// Who looked at what, a row a day of somebody.
pub(super) fn looks(page: &Page<'_>) -> Option<Part> {
    let row = |look: &super::super::shape::Looked| {
        let name = page.name(look.person);
        let name = if look.as_family { page.words.tell("asFamily", &[("name", &name)]) } else { name };
        let topics = look.topics.iter().map(|topic| page.say(&format!("topic.{}", topic.word())));
        vec![page.words.day(look.on), name, topics.collect::<Vec<_>>().join(", ")]
    };
    let head = ["label.at", "label.person", "label.topics"].map(|key| page.say(key)).to_vec();
    let rows = table(head, page.copy.looks.iter().map(row).collect());
    let entry = |table| Entry { table: Some(table), ..Entry::default() };
    page.part("part.looks", rows.map(entry).into_iter().collect())
}
