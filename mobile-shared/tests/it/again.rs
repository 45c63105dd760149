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
