//! Runs `reconcile.md`, the table of what two people's edits become: every row against the
//! functions that phones and servers use.

use domain::document::{Rendition, Signature, Translation, sign};
use domain::family::SubmitInput;
use domain::{kinds, meeting, policy, visit};
use serde_json::{Value, json};
use sync::operation::{Base, Change, Shown};
use sync::reconcile::{Outcome, reconcile};
use sync::record::{Alternative, Stamp};
use sync::value::ValueHash;
use sync::verdict::Code;
use sync::{Kind, Micros, OperationId, PersonId, Record, RecordId};
use uuid::Uuid;

const TABLE: &str = include_str!("reconcile.md");

/// A heading and the rows under it.
struct Section {
    title: &'static str,
    rows: Vec<Vec<&'static str>>,
}

fn sections() -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for line in TABLE.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            sections.push(Section { title, rows: Vec::new() });
        } else if let (Some(section), Some(row)) = (sections.last_mut(), line.strip_prefix("| ")) {
            let cells: Vec<_> = row.trim_end().trim_end_matches('|').split('|').map(str::trim).collect();
            if cells[0] != "description" {
                section.rows.push(cells);
            }
        }
    }
    sections
}

/// What stands between backticks in a heading.
fn quoted(title: &str) -> Vec<&str> {
    title.split('`').skip(1).step_by(2).collect()
}

#[test]
fn every_row_of_the_table_is_what_happens() {
    let mut rows = 0;
    for section in sections() {
        for row in &section.rows {
            check(section.title, row);
            rows += 1;
        }
    }
    assert!(rows >= 80, "a table of {rows} rows leaves much to guess");
}

#[test]
fn every_policy_word_has_its_rows() {
    let quoted: Vec<&str> = sections().iter().flat_map(|section| quoted(section.title)).collect();
    for kind in kinds::ALL.iter().filter(|kind| **kind != kinds::GOAL) {
        let named = quoted.iter().any(|field| field.starts_with(&format!("{kind}.")));
        assert!(named, "{kind} has no row");
    }
}

fn check(title: &str, row: &[&str]) {
    let place = format!("{title}: {}", row[0]);
    match title.rsplit(": ").next() {
        Some("create") => assert_eq!(create(row[1], row[2]), row[3], "{place}"),
        Some("submit") => assert_eq!(submit(row[1]), row[2], "{place}"),
        Some("resolve") => assert_eq!(resolve(row[1], row[2], row[3]), row[4], "{place}"),
        Some("flags") => assert_eq!(flag(row[1], row[2]), row[3], "{place}"),
        Some("standing") => assert_eq!(standing(row[1]), row[2], "{place}"),
        Some("sign") => assert_eq!(signed(row[1], row[2]), row[3], "{place}"),
        _ => {
            let (fields, states) = title.split_once(" with ").unwrap_or((title, ""));
            for field in quoted(fields) {
                let outcome = edit(field, quoted(states).first().copied(), row[1], row[2], row[3]);
                assert_eq!(outcome, row[4], "{place} ({field})");
            }
        }
    }
}

fn stamp(n: u128) -> Stamp {
    Stamp { op: OperationId(Uuid::from_u128(n)), by: PersonId(Uuid::from_u128(n)), at: Micros(n as i64) }
}

fn id(n: u128) -> RecordId {
    RecordId(Uuid::from_u128(n))
}

/// A cell: JSON where it looks like JSON, otherwise a text.
fn value(cell: &str) -> Value {
    match cell {
        "—" => Value::Null,
        _ => serde_json::from_str(cell).unwrap_or_else(|_| json!(cell.replace('¶', "\n"))),
    }
}

fn said(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), |text| text.replace('\n', "¶"))
}

fn code(code: Code) -> String {
    format!("refused: {}", json!(code).as_str().expect("a code is a word"))
}

/// One edit of a field by somebody else than who wrote it last.
fn edit(place: &str, state: Option<&str>, base: &str, theirs: &str, ours: &str) -> String {
    let (kind, field) = place.split_once('.').expect("kind.field");
    let kind = Kind::from(kind.to_owned());
    let mut present = Record::new(stamp(1), Some(Uuid::nil()), None);
    present.fields.extend(state.map(|state| (state.to_owned(), json!(1))));
    if theirs != "—" {
        present.fields.insert(field.to_owned(), value(theirs));
    }
    let base = match base {
        "?" => Base::Unknown,
        cell => Base::Seen { seen: ValueHash::of(&value(cell)), text: value(cell).as_str().map(str::to_owned) },
    };
    let word = policy::of(&kind, field, Some(&present));
    let change = Change::Edit { kind, id: id(1), subject: None, field: field.into(), base, value: value(ours) };
    let (after, outcome) = reconcile(Some(present), &change, stamp(2), word, &|_, _| None);
    match (outcome, after) {
        (Outcome::Refused(why), _) => code(why),
        (Outcome::Conflict, Some(after)) => {
            let kept: Vec<_> = after.open[field].iter().map(|voice| voice.value.clone()).collect();
            assert_eq!(kept, [value(theirs), value(ours)], "both are kept as they were written");
            "both".to_owned()
        }
        (Outcome::Applied, Some(after)) if *after.field(field) == value(ours) => "ours".to_owned(),
        (Outcome::Merged, Some(after)) if base_stays(&after, field, theirs, &change) => "theirs".to_owned(),
        (Outcome::Merged, Some(after)) => format!("merged: {}", said(after.field(field))),
        (outcome, after) => format!("{outcome:?} {after:?}"),
    }
}

/// The writer had put back what was there before: what stands is the other one's.
fn base_stays(after: &Record, field: &str, theirs: &str, change: &Change) -> bool {
    let Change::Edit { base: Base::Seen { seen, .. }, value: ours, .. } = change else { return false };
    *after.field(field) == value(theirs) && ValueHash::of(ours) == *seen
}

fn create(theirs: &str, ours: &str) -> String {
    let present = (theirs != "—").then(|| Record::new(stamp(1), None, None));
    let fields = json!({"note": ours}).as_object().cloned().expect("an object");
    let change = Change::Create { kind: kinds::VISIT, id: id(1), subject: None, parent: None, fields };
    let word = policy::of(&kinds::VISIT, "", present.as_ref());
    match reconcile(present, &change, stamp(2), word, &|_, _| None) {
        (Some(_), Outcome::Applied) => "ours".to_owned(),
        (_, Outcome::Refused(why)) => code(why),
        (_, outcome) => format!("{outcome:?}"),
    }
}

fn submit(theirs: &str) -> String {
    let versions: Vec<&str> = theirs.split(" / ").collect();
    let mut input = Record::new(stamp(1), None, None);
    if let [_, _, ..] = versions[..] {
        input.open.insert("hopes".into(), versions.iter().map(|text| voice(1, text)).collect());
    }
    let intent = SubmitInput { input: id(1), student: id(2) };
    let present = (theirs != "—").then_some(&input);
    intent.objection(present).map_or_else(|| "ours".to_owned(), code)
}

fn voice(n: u128, text: &str) -> Alternative {
    Alternative { stamp: stamp(n), value: json!(text), saw: None }
}

fn seen(op: u128, text: &str) -> Shown {
    Shown { op: OperationId(Uuid::from_u128(op)), seen: ValueHash::of_text(text) }
}

/// A letter's own operation.
fn letter(text: &str) -> u128 {
    u128::from(text.as_bytes()[0])
}

fn resolve(stand: &str, shown: &str, chosen: &str) -> String {
    let voices: Vec<_> = stand.split_whitespace().map(|text| voice(letter(text), text)).collect();
    let mut present = Record::new(stamp(1), None, None);
    let [first, rest @ ..] = &voices[..] else { panic!("something stands") };
    present.set("vision", first.value.clone(), first.stamp);
    if !rest.is_empty() {
        present.open.insert("vision".into(), voices.clone());
    }
    let change = Change::Resolve {
        kind: kinds::STATEMENT,
        id: id(1),
        field: "vision".into(),
        saw: shown.split_whitespace().map(|text| seen(letter(text), text)).collect(),
        value: json!(chosen),
    };
    let word = policy::of(&kinds::STATEMENT, "vision", Some(&present));
    let (after, _) = reconcile(Some(present), &change, stamp(9), word, &|_, _| None);
    let after = after.expect("a choice is never refused");
    match after.open.get("vision") {
        Some(open) => open.iter().map(|voice| said(&voice.value)).collect::<Vec<_>>().join(" "),
        None => after.text("vision").to_owned(),
    }
}

/// `pat 9:00–9:30 amends x`.
fn logged(cell: &str, other: RecordId) -> Record {
    let words: Vec<&str> = cell.split_whitespace().collect();
    let minutes = |clock: &str| {
        let (hours, minutes) = clock.split_once(':').expect("a time");
        hours.parse::<i64>().expect("hours") * 60 + minutes.parse::<i64>().expect("minutes")
    };
    let (from, to) = words[1].split_once('–').expect("from–to");
    let mut visit = Record::new(stamp(letter(words[0])), None, None);
    visit.fields.insert("startedAt".into(), json!(minutes(from)));
    visit.fields.insert("endedAt".into(), json!(minutes(to)));
    match words.get(3) {
        Some(&"it") => _ = visit.fields.insert("amends".into(), json!(other)),
        Some(name) => _ = visit.fields.insert("amends".into(), json!(id(letter(name)))),
        None => {}
    }
    visit
}

fn flag(one: &str, other: &str) -> String {
    let (one, other) = (logged(one, id(2)), logged(other, id(1)));
    let forward = visit::pairs(&[(id(1), &one), (id(2), &other)]);
    assert_eq!(forward, visit::pairs(&[(id(2), &other), (id(1), &one)]), "whoever looks finds the same");
    forward.first().map_or("fine", |pair| pair.flag.as_str()).to_owned()
}

/// `c:no r1 ↦a+b`.
fn standing(cell: &str) -> String {
    let answers: Vec<(RecordId, Record)> = cell
        .split(", ")
        .map(|answer| {
            let name = letter(answer);
            let mut record = Record::new(stamp(name), None, None);
            if let Some((_, replaced)) = answer.split_once('↦') {
                let replaced: Vec<RecordId> = replaced.split('+').map(|name| id(letter(name))).collect();
                record.fields.insert("replaces".into(), json!(replaced));
            }
            (id(name), record)
        })
        .collect();
    let answers: Vec<_> = answers.iter().map(|(id, record)| (*id, record)).collect();
    let names = meeting::standing(&answers).standing.into_iter();
    let letters: Vec<String> = names.map(|(id, _)| char::from(id.0.as_u128() as u8).to_string()).collect();
    letters.join(" ")
}

/// `r2 es approved`.
fn rendition(cell: &str) -> Rendition {
    let words: Vec<&str> = cell.split_whitespace().collect();
    let translation = match words.get(2) {
        Some(&"approved") => Translation::Approved,
        Some(&"machine") => Translation::Machine,
        _ => Translation::Original,
    };
    let revision = words[0].trim_start_matches('r').parse().expect("a revision");
    let mut sha256 = [revision as u8; 32];
    sha256[..2].copy_from_slice(words[1].as_bytes());
    Rendition { document: id(1), revision, language: words[1].to_owned(), translation, sha256 }
}

fn signed(current: &str, shown: &str) -> String {
    let current: Vec<_> = current.split(", ").map(rendition).collect();
    let by = |shown| Signature { signer: PersonId(Uuid::from_u128(1)), shown, received: Micros(1) };
    let before = match shown.rsplit_once(' ') {
        Some((_, "again")) => vec![by(rendition("r2 en"))],
        Some((_, "r1")) => vec![by(rendition("r1 en"))],
        _ => Vec::new(),
    };
    match sign(&current, &before, &by(rendition(shown))) {
        Ok(()) => "ours".to_owned(),
        Err(why) => code(why),
    }
}
