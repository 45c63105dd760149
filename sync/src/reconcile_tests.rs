//! Stories of one field between several people.

use super::*;
use crate::{Kind, Micros, OperationId, PersonId, RecordId};
use serde_json::json;
use uuid::Uuid;

const STATEMENT: Kind = Kind::known("statement");

fn person(n: u128) -> PersonId {
    PersonId(Uuid::from_u128(n))
}

fn stamp(op: u128, by: u128) -> Stamp {
    Stamp { op: OperationId(Uuid::from_u128(op)), by: person(by), at: Micros(op as i64) }
}

fn edit_of(base: Base, value: &str) -> Change {
    Change::Edit {
        kind: STATEMENT,
        id: RecordId(Uuid::from_u128(1)),
        subject: None,
        field: "hopes".into(),
        base,
        value: json!(value),
    }
}

fn saw(text: &str) -> Base {
    Base::Seen { seen: ValueHash::of_text(text), text: Some(text.into()) }
}

fn choose(saw: &[(u128, &str)], value: &str) -> Change {
    let shown = |(op, said): &(u128, &str)| Shown { op: stamp(*op, 0).op, seen: ValueHash::of_text(said) };
    Change::Resolve {
        kind: STATEMENT,
        id: RecordId(Uuid::from_u128(1)),
        field: "hopes".into(),
        saw: saw.iter().map(shown).collect(),
        value: json!(value),
    }
}

fn after(op: u128) -> Base {
    Base::After { after: OperationId(Uuid::from_u128(op)) }
}

/// A statement and the operations so far, as the server keeps them.
struct Story {
    record: Option<Record>,
    written: Vec<(OperationId, Value)>,
}

impl Story {
    fn beginning(text: &str) -> Self {
        let mut story = Self { record: None, written: Vec::new() };
        story.does(1, 9, edit_of(Base::Seen { seen: ValueHash::of(&Value::Null), text: None }, text));
        story
    }

    fn does(&mut self, op: u128, by: u128, change: Change) -> Outcome {
        let written = self.written.clone();
        let own =
            move |id: &OperationId, _: &str| written.iter().find(|(at, _)| at == id).map(|(_, value)| value.clone());
        let (record, outcome) = reconcile(self.record.clone(), &change, stamp(op, by), Policy::KeepBoth, &own);
        if let Change::Edit { value, .. } = &change {
            self.written.push((stamp(op, by).op, value.clone()));
        }
        if record.is_some() {
            self.record = record;
        }
        outcome
    }

    fn text(&self) -> &str {
        self.record.as_ref().map_or("", |record| record.text("hopes"))
    }

    fn voices(&self) -> Vec<&str> {
        let open = self.record.as_ref().and_then(|record| record.open.get("hopes"));
        open.map_or(Vec::new(), |voices| voices.iter().filter_map(|voice| voice.value.as_str()).collect())
    }
}

#[test]
fn two_guardians_who_wrote_the_same_sentence_are_both_kept() {
    let mut story = Story::beginning("She should read.");
    assert_eq!(story.does(2, 1, edit_of(saw("She should read."), "She should love to read.")), Outcome::Applied);
    assert_eq!(story.does(3, 2, edit_of(saw("She should read."), "She should learn to read.")), Outcome::Conflict);
    assert_eq!(story.voices(), ["She should love to read.", "She should learn to read."]);
}

#[test]
fn between_ten_versions_people_choose_before_more_are_written() {
    let mut story = Story::beginning("She should read.");
    let version = |n: u128| edit_of(saw("She should read."), &format!("Version {n}."));
    assert_eq!(story.does(2, 1, version(1)), Outcome::Applied);
    for n in 2..=MOST_VOICES as u128 {
        assert_eq!(story.does(n + 1, n, version(n)), Outcome::Conflict);
    }
    assert_eq!(story.does(50, 50, version(50)), Outcome::Refused(Code::Unresolved));
    assert_eq!(story.does(51, 2, edit_of(after(3), "Version 2, better.")), Outcome::Conflict, "one's own goes on");
    assert_eq!(story.voices().len(), MOST_VOICES);
}

#[test]
fn a_guardians_own_later_edit_never_conflicts_with_the_earlier_one() {
    let mut story = Story::beginning("She should read.");
    story.does(2, 1, edit_of(saw("She should read."), "She should love to read."));
    story.does(3, 2, edit_of(saw("She should read."), "She should learn to read."));
    assert_eq!(story.does(4, 2, edit_of(after(3), "She should learn to read well.")), Outcome::Conflict);
    assert_eq!(story.voices(), ["She should love to read.", "She should learn to read well."]);

    let mut alone = Story::beginning("a");
    alone.does(2, 1, edit_of(saw("a"), "b"));
    assert_eq!(alone.does(3, 1, edit_of(after(2), "c")), Outcome::Applied);
    assert_eq!(alone.text(), "c");
}

#[test]
fn an_edit_after_a_merged_edit_keeps_what_the_other_wrote() {
    let mut story = Story::beginning("One here. Two there. Three.");
    story.does(2, 1, edit_of(saw("One here. Two there. Three."), "One HERE. Two there. Three."));
    assert_eq!(
        story.does(3, 2, edit_of(saw("One here. Two there. Three."), "One here. Two THERE. Three.")),
        Outcome::Merged
    );
    assert_eq!(story.does(4, 2, edit_of(after(3), "One here. Two THERE. Three!")), Outcome::Merged);
    assert_eq!(story.text(), "One HERE. Two THERE. Three!");
}

#[test]
fn going_on_from_ones_own_words_in_a_disagreement_keeps_what_was_blended_into_them() {
    let mut story = Story::beginning("One. Two.");
    story.does(2, 1, edit_of(saw("One. Two."), "ONE. Two."));
    assert_eq!(story.does(3, 2, edit_of(saw("One. Two."), "One. Two. Three.")), Outcome::Merged);
    assert_eq!(story.does(4, 3, edit_of(saw("One. Two."), "Nothing of it.")), Outcome::Conflict);
    assert_eq!(story.voices(), ["ONE. Two. Three.", "Nothing of it."]);
    // Two has not seen what One wrote.
    assert_eq!(story.does(5, 2, edit_of(after(3), "One. Two. Three. Four.")), Outcome::Conflict);
    assert_eq!(story.voices(), ["ONE. Two. Three. Four.", "Nothing of it."]);
    assert_eq!(story.does(6, 2, edit_of(after(3), "One, as I said. Two. Three.")), Outcome::Conflict);
    assert_eq!(story.voices().len(), 3, "what cannot be joined stands beside it");
}

#[test]
fn a_choice_removes_only_what_was_seen() {
    let mut story = Story::beginning("x");
    story.does(2, 1, edit_of(saw("x"), "from one"));
    story.does(3, 2, edit_of(saw("x"), "from two"));
    story.does(4, 3, edit_of(saw("x"), "from three"));
    assert_eq!(story.does(5, 1, choose(&[(2, "from one"), (3, "from two")], "from one")), Outcome::Conflict);
    assert_eq!(story.voices(), ["from one", "from three"]);
    assert_eq!(story.does(6, 1, choose(&[(5, "from one"), (4, "from three")], "from all")), Outcome::Applied);
    assert_eq!((story.text(), story.voices().len()), ("from all", 0));
}

#[test]
fn words_that_came_into_a_version_after_it_was_seen_are_not_chosen_away() {
    let mut story = Story::beginning("One.");
    story.does(2, 1, edit_of(saw("One."), "One. Hers."));
    assert_eq!(story.does(3, 2, edit_of(saw("One."), "His. One.")), Outcome::Merged);
    // His phone showed him only his own words when he chose them over another version.
    assert_eq!(story.does(4, 2, choose(&[(3, "His. One.")], "His.")), Outcome::Conflict);
    assert_eq!(story.voices(), ["His. One. Hers.", "His."]);
    let all = [(3, "His. One. Hers."), (4, "His.")];
    assert_eq!(story.does(5, 2, choose(&all, "Ours.")), Outcome::Applied);
}

#[test]
fn a_field_that_was_never_written_was_seen_as_an_empty_text() {
    let mut story = Story { record: None, written: Vec::new() };
    story.does(1, 1, edit_of(Base::Unknown, "Hers."));
    assert_eq!(story.voices(), ["Hers."], "beside nothing");
    assert_eq!(story.does(2, 1, choose(&[(1, "Hers.")], "Hers.")), Outcome::Conflict, "of which the form did not tell");
    assert_eq!(story.does(3, 1, choose(&[(1, ""), (2, "Hers.")], "Hers.")), Outcome::Applied);
}

#[test]
fn a_forged_base_keeps_both() {
    let mut story = Story::beginning("the truth");
    let forged = Base::Seen { seen: ValueHash::of_text("something else"), text: Some("the truth".into()) };
    assert_eq!(story.does(2, 1, edit_of(forged, "mine")), Outcome::Conflict);
}

#[test]
fn an_edit_of_a_final_field_is_refused_and_changes_nothing() {
    let story = Story::beginning("final");
    let (record, outcome) =
        reconcile(story.record, &edit_of(saw("final"), "changed"), stamp(2, 1), Policy::Frozen, &|_, _| None);
    assert_eq!((record, outcome), (None, Outcome::Refused(Code::Frozen)));
}
