//! What the server refused, changed by its author and sent again.

use super::desk::*;
use mobile_shared::{Event, event::Intent, screens::Ask};
use serde_json::{Value, json};
use sync::{Operation, Verdict, verdict::Code};
use tempfile::tempdir;

fn parked(desk: &mut Desk, place: usize) -> Value {
    desk.read(Ask::Outbox)["operations"][place].clone()
}

#[test]
fn a_refused_visit_is_read_whole_changed_and_sent_as_the_same_visit() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.does(1, log_visit(ANA, "She said “more”."));
    let first: Operation = serde_json::from_str(desk.pushed().operations[0].get()).expect("one");
    desk.takes_push(&[(1, Verdict::rejected(Code::Invalid))]);
    desk.pulls(vec![]);

    let shown = parked(&mut desk, 0);
    assert_eq!((shown["state"].clone(), shown["code"].clone()), (json!("parked"), json!("INVALID")));
    let mut intent: Intent = serde_json::from_value(shown["intent"].clone()).expect("as it was done");
    if let Intent::LogVisit { note, .. } = &mut intent {
        note.push_str(" Twice.");
    }
    desk.happen(Event::Do { id: op(2), agency: AGENCY, intent, replaces: Some(op(1)) });

    let again: Operation = serde_json::from_str(desk.pushed().operations[0].get()).expect("one");
    assert_eq!((again.id, again.replaces), (op(2), Some(op(1))));
    assert_eq!(again.body["visit"], first.body["visit"]);
    assert_eq!(again.body["note"], "She said “more”. Twice.");
    assert_eq!(desk.outbox(), [("LogVisit".into(), "sending".into(), None)]);
}

/// The base that the last push says of its only operation.
fn base_of_push(desk: &Desk) -> Value {
    let again: Operation = serde_json::from_str(desk.pushed().operations[0].get()).expect("one");
    again.body["base"].clone()
}

fn sends_again(desk: &mut Desk, before: u128, now: u128) {
    let intent = serde_json::from_value(parked(desk, 0)["intent"].clone()).expect("as it was done");
    desk.happen(Event::Do { id: op(now), agency: AGENCY, intent, replaces: Some(op(before)) });
}

#[test]
fn an_edit_that_is_sent_again_says_that_its_author_saw_what_they_saw_at_first() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.happen(Event::Poke);
    desk.pulls(vec![statement(ANA, "She reads.")]);
    desk.does(1, edit(ANA, "She reads. She sings."));
    desk.takes_push(&[(1, Verdict::rejected(Code::Unresolved))]);
    desk.pulls(vec![statement(ANA, "She swims.")]);

    sends_again(&mut desk, 1, 2);
    assert_eq!(base_of_push(&desk)["text"], "She reads.", "the outbox shows the author's own words alone");
}

#[test]
fn an_edit_that_stood_on_one_that_was_thrown_away_is_sent_again_over_what_nobody_knows() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.does(1, edit(ANA, "She reads."));
    desk.does(2, edit(ANA, "She reads well."));
    desk.takes_push(&[(1, Verdict::rejected(Code::Unresolved)), (2, Verdict::rejected(Code::Dependency))]);
    desk.pulls(vec![]);
    assert_eq!(parked(&mut desk, 1)["because"], json!(op(1)));
    desk.happen(Event::Drop { operation: op(1) });
    assert_eq!(parked(&mut desk, 0)["because"], Value::Null, "nothing brings it along any more");

    sends_again(&mut desk, 2, 3);
    assert_eq!(base_of_push(&desk), Value::Null);
}

#[test]
fn input_that_came_too_late_is_sent_as_the_next_input() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.does(1, write_input(ANA, "To read."));
    desk.takes_push(&[(1, Verdict::rejected(Code::Frozen))]);
    // On another of her phones she had handed it in.
    let handed_in = record(ANA, json!({"hopes": "To write.", "submittedAt": 1}));
    let id = domain::family::input_of(ANA, ME, 0);
    desk.pulls(vec![row(2, domain::kinds::INPUT, id, &handed_in)]);
    let intent = serde_json::from_value(parked(&mut desk, 0)["intent"].clone()).expect("as it was done");
    desk.happen(Event::Do { id: op(2), agency: AGENCY, intent, replaces: Some(op(1)) });
    let again: Operation = serde_json::from_str(desk.pushed().operations[0].get()).expect("one");
    assert_eq!(again.body["input"], json!(domain::family::input_of(ANA, ME, 1)));
}

#[test]
fn input_that_came_too_late_does_not_write_over_what_the_next_one_has() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.does(1, write_input(ANA, "To read."));
    desk.takes_push(&[(1, Verdict::rejected(Code::Frozen))]);
    let input = |n, fields| {
        let mut input = record(ANA, fields);
        input.made.by = ME;
        row(2, domain::kinds::INPUT, domain::family::input_of(ANA, ME, n), &input)
    };
    desk.pulls(vec![input(0, json!({"hopes": "To write.", "submittedAt": 1})), input(1, json!({"hopes": "To swim."}))]);

    let intent = serde_json::from_value(parked(&mut desk, 0)["intent"].clone()).expect("as it was done");
    desk.happen(Event::Do { id: op(2), agency: AGENCY, intent, replaces: Some(op(1)) });
    let shown = desk.student_screen(ANA)["input"]["conflicts"][0]["alternatives"].to_string();
    assert!(shown.contains("To read.") && shown.contains("To swim."), "{shown}");
}

#[test]
fn input_begun_after_a_handing_in_that_was_refused_is_shown_beside_what_is_written_on() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    let nth = |n| domain::family::input_of(ANA, ME, n);
    let mine = |n, hopes: &str| {
        let mut input = record(ANA, json!({"hopes": hopes}));
        input.made.by = ME;
        row(2, domain::kinds::INPUT, nth(n), &input)
    };
    desk.does(1, write_input(ANA, "To read."));
    desk.takes_push(&[]);
    desk.pulls(vec![mine(0, "To read.")]);
    desk.does(2, Intent::SubmitInput { student: ANA });
    desk.does(3, write_input(ANA, "To swim."));
    assert_eq!(desk.student_screen(ANA)["input"]["hopes"], "To swim.");
    // Her second phone had written something else meanwhile.
    desk.takes_push(&[(2, Verdict::rejected(Code::Unresolved))]);
    desk.pulls(vec![]);
    desk.takes_push(&[]);
    desk.pulls(vec![mine(1, "To swim.")]);

    desk.does(4, write_input(ANA, "To read alone."));
    assert!(desk.pushed().operations[0].get().contains(&nth(0).to_string()));
    let shown = desk.student_screen(ANA);
    assert_eq!(shown["input"]["hopes"], "To read alone.");
    assert_eq!(shown["later"][0]["hopes"], "To swim.");
}
