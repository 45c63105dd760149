//! What the school keeps: the team, goals, visits, meetings.

use std::collections::BTreeMap;

use domain::kinds;
use domain::meeting::MeetingTime;
use domain::record_request::ContestedKind;
use serde_json::Value;
use sync::{Micros, RecordId};

use super::{Entry, Kept, Page, Part, heading, moment, number, table, text, value};

/// Everybody on the team list, those who left it too.
pub(super) fn team(page: &Page<'_>) -> Option<Part> {
    let day = |kept: &Kept, field: &str| moment(kept, field).map(|at| page.words.day_of(at)).unwrap_or_default();
    let row = |kept: &&Kept| {
        let role = page.say(&format!("role.{}", text(kept, "role")));
        let service = text(kept, "service");
        let role =
            if service.is_empty() { role } else { format!("{role}, {}", page.say(&format!("service.{service}"))) };
        vec![text(kept, "name").to_owned(), role, day(kept, "from"), day(kept, "until")]
    };
    let head = ["label.person", "label.role", "label.from", "label.until"].map(|key| page.say(key)).to_vec();
    let rows = page.records(&kinds::MEMBER).iter().map(row).collect();
    let entry = |table| Entry { table: Some(table), ..Entry::default() };
    page.part("part.team", table(head, rows).map(entry).into_iter().collect())
}

/// Each goal with its data.
pub(super) fn goals(page: &Page<'_>) -> Option<Part> {
    let mut points: BTreeMap<Option<uuid::Uuid>, Vec<&Kept>> = BTreeMap::new();
    for point in page.records(&kinds::POINT) {
        points.entry(point.belongs_to).or_default().push(point);
    }
    let goal = |kept: &&Kept| {
        let unit = page.say(&format!("unit.{}", text(kept, "unit")));
        let measure = |value_of: &str, on: &str| {
            let day = text(kept, on).parse().ok().map(|day| page.words.day(day)).unwrap_or_default();
            let measured = number(value(kept, value_of))?;
            Some(page.words.tell("goal.measure", &[("value", &measured), ("unit", &unit), ("day", &day)]))
        };
        let mut facts = page.facts();
        facts.add("label.area", text(kept, "area"));
        facts.add("label.baseline", measure("baseline", "baselineOn"));
        facts.add("label.target", measure("target", "targetOn"));
        facts.add("label.direction", page.say(&format!("direction.{}", text(kept, "direction"))));
        facts.add("label.by", page.name(kept.made.by));
        let head = ["label.at", "label.score", "label.by"].map(|key| page.say(key)).to_vec();
        let rows = points.get(&Some(kept.id.0)).into_iter().flatten().map(|point| {
            let at = moment(point, "at").unwrap_or(point.made.at);
            vec![page.words.moment(at), score(page, point), page.name(point.made.by)]
        });
        Entry {
            heading: heading(text(kept, "title")),
            facts: facts.0,
            words: page.beside(ContestedKind::Goal, kept.id),
            table: table(head, rows.collect()),
        }
    };
    page.part("part.goals", page.records(&kinds::GOAL).iter().map(goal).collect())
}

fn score(page: &Page<'_>, point: &Kept) -> String {
    let part = |field| number(value(point, field));
    match (text(point, "status"), part("scored"), part("possible"), part("value")) {
        ("scored", Some(scored), Some(possible), _) => format!("{scored} / {possible}"),
        ("scored", _, _, Some(value)) => value,
        (status, ..) => page.say(&format!("status.{status}")),
    }
}

/// Each visit; one that was corrected stands beside what it reads like instead.
pub(super) fn visits(page: &Page<'_>) -> Option<Part> {
    let all = page.records(&kinds::VISIT);
    let names: BTreeMap<RecordId, String> = all.iter().map(|kept| (kept.id, called(page, kept))).collect();
    let named = |id: &Value| serde_json::from_value(id.clone()).ok().and_then(|id: RecordId| names.get(&id).cloned());
    let corrected: BTreeMap<&str, &String> =
        all.iter().filter_map(|kept| Some((value(kept, "amends").as_str()?, names.get(&kept.id)?))).collect();
    let visit = |kept: &&Kept| {
        let minutes = match (moment(kept, "startedAt"), moment(kept, "endedAt")) {
            (Some(Micros(from)), Some(Micros(until))) => Some(((until - from) / 60_000_000).to_string()),
            _ => None,
        };
        let mut facts = page.facts();
        facts.add("label.attendance", page.say(&format!("attendance.{}", text(kept, "attendance"))));
        facts.add("label.minutes", minutes);
        facts.add("label.by", page.name(kept.made.by));
        facts.add("label.corrects", named(value(kept, "amends")));
        facts.add("label.correctedBy", corrected.get(kept.id.to_string().as_str()).map(|name| (*name).clone()));
        facts.add("label.review", review(page, kept));
        let note = page.said(None, text(kept, "note"), kept.made.by);
        let words = note.into_iter().chain(page.beside(ContestedKind::Visit, kept.id)).collect();
        Entry { heading: called(page, kept), facts: facts.0, words, table: None }
    };
    page.part("part.visits", all.iter().map(visit).collect())
}

fn called(page: &Page<'_>, visit: &Kept) -> String {
    let service = page.say(&format!("service.{}", text(visit, "service")));
    let at = moment(visit, "startedAt").unwrap_or(visit.made.at);
    heading(&format!("{service}, {}", page.words.moment(at)))
}

/// What was said of late evidence, or that nobody has said it yet.
pub(super) fn review(page: &Page<'_>, kept: &Kept) -> Option<String> {
    if value(kept, "review").is_null() {
        return None;
    }
    let found = text(kept, "reviewed");
    let found = if found.is_empty() { "waiting" } else { found };
    Some(page.say(&format!("reviewed.{found}")))
}

/// Each meeting with the answers to it.
pub(super) fn meetings(page: &Page<'_>) -> Option<Part> {
    let answers = page.records(&kinds::ANSWER);
    let meeting = |kept: &&Kept| {
        let read = |time: &Value| serde_json::from_value::<MeetingTime>(time.clone()).ok();
        let said = |time: &MeetingTime| format!("{}, {}", page.words.hour(time.starts_at, time.ends_at), time.place);
        let time = read(value(kept, "time"));
        let invited = value(kept, "invited").as_array().into_iter().flatten().filter_map(|person| page.named(person));
        let mut facts = page.facts();
        facts.add("label.at", time.as_ref().map(|time| page.words.hour(time.starts_at, time.ends_at)));
        facts.add("label.place", time.as_ref().map(|time| time.place.clone()));
        facts.add("label.invited", invited.collect::<Vec<_>>().join(", "));
        facts.add("label.by", page.name(kept.made.by));
        for version in kept.open.get("time").into_iter().flatten() {
            let (name, time) = (page.name(version.stamp.by), read(&version.value));
            let told = |time| page.words.tell("meeting.version", &[("name", &name), ("time", &said(&time))]);
            facts.add("label.at", time.map(told));
        }
        let to_this = answers.iter().filter(|answer| answer.belongs_to == Some(kept.id.0));
        let answer = |answer: &&Kept| {
            let word = page.say(&format!("answer.{}", text(answer, "answer")));
            vec![page.name(answer.made.by), word, page.words.moment(answer.made.at)]
        };
        let head = ["label.person", "label.answer", "label.at"].map(|key| page.say(key)).to_vec();
        let rows = table(head, to_this.clone().map(answer).collect());
        let note = |answer: &&Kept| page.said(Some(page.name(answer.made.by)), text(answer, "note"), answer.made.by);
        let notes = to_this.filter_map(note);
        let words = notes.chain(page.beside(ContestedKind::Meeting, kept.id)).collect();
        Entry { heading: heading(text(kept, "purpose")), facts: facts.0, words, table: rows }
    };
    page.part("part.meetings", page.records(&kinds::MEETING).iter().map(meeting).collect())
}
