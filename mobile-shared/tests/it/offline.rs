//! What a person does without a network.

use super::desk::*;
use mobile_shared::{Event, event::Intent};
use serde_json::json;
use tempfile::tempdir;

#[test]
fn what_a_person_did_is_there_when_the_app_is_opened_again() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.happen(Event::Offline);
    desk.does(1, edit(ANA, "She reads to her brother."));
    desk.does(2, log_visit(BEN, "He said his name."));
    drop(desk);

    let mut desk = Desk::open(folder.path());
    assert_eq!(desk.session()["state"], "ready");
    let states: Vec<_> = desk.outbox().into_iter().map(|(name, state, _)| (name, state)).collect();
    assert_eq!(states, [("EditStatement".into(), "waiting".into()), ("LogVisit".into(), "waiting".into())]);
    assert_eq!(desk.student_screen(ANA)["statement"]["vision"], "She reads to her brother.");
    assert_eq!(desk.student_screen(ANA)["statement"]["pending"], json!(["vision"]));
    assert_eq!(desk.student_screen(BEN)["visits"][0]["note"], "He said his name.");
}

#[test]
fn the_same_event_again_is_kept_once() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.happen(Event::Offline);
    desk.does(1, log_visit(ANA, "Once."));
    desk.does(1, log_visit(ANA, "Once."));
    assert_eq!(desk.refused(), None);
    assert_eq!(desk.outbox().len(), 1);

    desk.does(2, edit(ANA, "one"));
    desk.does(3, edit(ANA, "two"));
    desk.does(2, edit(ANA, "one"));
    desk.does(3, edit(ANA, "two"));
    assert_eq!(desk.outbox().len(), 2);
    assert_eq!(desk.student_screen(ANA)["statement"]["vision"], "two");
}

#[test]
fn unsent_edits_of_one_field_become_one_operation() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.happen(Event::Offline);
    desk.does(1, write_input(ANA, "To read."));
    desk.does(2, write_input(BEN, "To sing."));
    desk.does(3, write_input(ANA, "To read alone."));
    assert_eq!(desk.outbox().len(), 2);
    desk.happen(Event::Online);
    assert_eq!(desk.pushed_ids(), [op(1), op(2)]);
    assert!(desk.pushed().operations[0].get().contains("To read alone."));
}

#[test]
fn what_makes_no_sense_is_refused_and_nothing_of_it_is_kept() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    let Intent::LogVisit { visit, student, service, started_at, attendance, note, points, .. } = log_visit(ANA, "")
    else {
        unreachable!("it is a visit")
    };
    let ended_at = started_at - 1;
    desk.does(
        1,
        Intent::LogVisit { visit, student, service, started_at, ended_at, attendance, note, points, amends: None },
    );
    assert_eq!(desk.refused(), Some("INVALID"));
    desk.does(2, edit(sync::RecordId(uuid::Uuid::from_u128(404)), "somebody else's child"));
    assert_eq!(desk.refused(), Some("NOT_FOUND"));
    desk.does(3, Intent::SubmitInput { student: ANA });
    assert_eq!(desk.refused(), Some("NOT_FOUND"));
    assert!(desk.outbox().is_empty());
    assert!(desk.student_screen(ANA)["visits"].as_array().is_some_and(Vec::is_empty));
}

#[test]
fn handed_in_input_is_final_and_what_is_written_next_is_a_new_one() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.happen(Event::Offline);
    desk.does(1, write_input(ANA, "To read."));
    desk.does(2, Intent::SubmitInput { student: ANA });
    assert_eq!(desk.student_screen(ANA)["input"]["submittedAt"], desk.now.millis());
    desk.does(3, write_input(ANA, "And to write."));
    assert_eq!(desk.outbox().len(), 3);
    assert_eq!(desk.student_screen(ANA)["input"]["hopes"], "And to write.");
    assert!(desk.student_screen(ANA)["input"]["submittedAt"].is_null());
}

#[test]
fn text_comes_back_byte_for_byte() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    let text = "👩‍👧‍👦 \u{202e}שלום\u{202c} \u{0007} é \\ \" مرحبا\n";
    desk.does(1, log_visit(ANA, text));
    assert_eq!(desk.student_screen(ANA)["visits"][0]["note"], text);
}
