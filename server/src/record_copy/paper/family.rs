//! What the family said, and what passed between it and the school.

use domain::family::{INPUT_FIELDS, STATEMENT_FIELDS};
use domain::kinds;
use domain::record_request;
use serde_json::{Value, json};

use super::school::review;
use super::{Entry, Kept, Page, Part, Said, heading, moment, text, value};

/// The family's words beside the record as a whole. Those about one goal, visit or meeting stand there.
pub(super) fn explanations(page: &Page<'_>) -> Option<Part> {
    let of_all = page.copy.disagreements.iter().filter(|stated| stated.contests.is_none());
    let entry = |words| Entry { heading: page.say("explanation"), words: vec![words], ..Entry::default() };
    let entries: Vec<Entry> = of_all.map(|stated| entry(Said::new(None, &stated.words, None))).collect();
    let part = |entries| Part {
        heading: page.say("part.explanations"),
        lead: vec![page.say("part.explanations.lead")],
        entries,
    };
    (!entries.is_empty()).then(|| part(entries))
}

/// The one statement that guardians share.
pub(super) fn statement(page: &Page<'_>) -> Option<Part> {
    let entry = |kept: &&Kept| Entry { words: fields(page, kept, &STATEMENT_FIELDS), ..Entry::default() };
    page.part("part.statement", page.records(&kinds::STATEMENT).iter().map(entry).collect())
}

/// What each guardian told the team before the plan was drafted.
pub(super) fn inputs(page: &Page<'_>) -> Option<Part> {
    let entry = |kept: &&Kept| {
        let submitted = moment(kept, "submittedAt").map(|at| page.words.moment(at));
        let mut facts = page.facts();
        facts.add("label.submitted", submitted.unwrap_or_else(|| page.say("draft")));
        let heading = heading(&page.name(kept.made.by));
        Entry { heading, facts: facts.0, words: fields(page, kept, &INPUT_FIELDS), table: None }
    };
    page.part("part.inputs", page.records(&kinds::INPUT).iter().map(entry).collect())
}

fn fields(page: &Page<'_>, kept: &Kept, fields: &[&str]) -> Vec<Said> {
    fields.iter().flat_map(|field| page.field(kept, field, &format!("text.{field}"))).collect()
}

/// How the family was tried to be reached.
pub(super) fn attempts(page: &Page<'_>) -> Option<Part> {
    let entry = |kept: &&Kept| {
        let at = moment(kept, "at").unwrap_or(kept.made.at);
        let mut facts = page.facts();
        facts.add("label.person", page.named(value(kept, "person")));
        facts.add("label.channel", page.say(&format!("channel.{}", text(kept, "channel"))));
        facts.add("label.reached", page.say(&format!("reached.{}", text(kept, "reached"))));
        facts.add("label.language", text(kept, "language"));
        facts.add("label.by", page.name(kept.made.by));
        facts.add("label.review", review(page, kept));
        let words = page.said(None, text(kept, "note"), kept.made.by).into_iter().collect();
        Entry { heading: heading(&page.words.moment(at)), facts: facts.0, words, table: None }
    };
    page.part("part.attempts", page.records(&kinds::ATTEMPT).iter().map(entry).collect())
}

/// What was asked of the record, what was answered, and the family's own words beside that.
pub(super) fn requests(page: &Page<'_>) -> Option<Part> {
    let stated = page.records(&kinds::DISAGREEMENT);
    let entry = |kept: &&Kept| {
        let record = (*kept).clone().record(page.copy.student.id);
        let standing = json!(record_request::standing(&record).0);
        let day = |field: &str| text(kept, field).parse().ok().map(|day| page.words.day(day));
        let mut facts = page.facts();
        facts.add("label.by", page.name(kept.made.by));
        facts.add("label.at", page.words.moment(kept.made.at));
        facts.add("label.received", moment(kept, "receivedAt").map(|at| page.words.moment(at)));
        facts.add("label.due", day("dueOn"));
        facts.add("label.about", contested(page, value(kept, "contests")));
        facts.add("label.standing", page.say(&format!("standing.{}", standing.as_str().unwrap_or_default())));
        let own = ["words", "instead"].iter().flat_map(|field| page.field(kept, field, &format!("text.{field}")));
        let answered = ["answer", "outcome"].iter().filter_map(|field| {
            let by = kept.wrote.get(*field).unwrap_or(&kept.made).by;
            page.said(Some(page.say(&format!("text.{field}"))), value(kept, field)["words"].as_str()?, by)
        });
        let beside = stated.iter().filter(|one| one.belongs_to == Some(kept.id.0));
        let beside =
            beside.filter_map(|one| page.said(Some(page.say("text.disagreement")), text(one, "words"), one.made.by));
        let words = own.chain(answered).chain(beside).collect();
        Entry { heading: page.say(&format!("asks.{}", text(kept, "asks"))), facts: facts.0, words, table: None }
    };
    page.part("part.requests", page.records(&kinds::REQUEST).iter().map(entry).collect())
}

/// What is said to be wrong, as the pages name it.
fn contested(page: &Page<'_>, contests: &Value) -> Option<String> {
    let contested: record_request::Contested = serde_json::from_value(contests.clone()).ok()?;
    let (kind, key) = match contested.kind {
        record_request::ContestedKind::Goal => (kinds::GOAL, "part.goals"),
        record_request::ContestedKind::Visit => (kinds::VISIT, "part.visits"),
        record_request::ContestedKind::Meeting => (kinds::MEETING, "part.meetings"),
    };
    let found = page.copy.of_kind(&kind).iter().find(|kept| kept.id == contested.id)?;
    let name = match text(found, "title") {
        "" => text(found, "purpose"),
        title => title,
    };
    let at = moment(found, "startedAt").unwrap_or(found.made.at);
    let name = if name.is_empty() { page.words.moment(at) } else { name.to_owned() };
    Some(format!("{}: {name}", page.say(key)))
}
