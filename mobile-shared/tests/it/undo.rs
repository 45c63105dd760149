//! Taking back what was not sent yet.

use super::desk::*;
use mobile_shared::{Event, event::Intent, screens::Ask};
use serde_json::{Value, json};
use sync::OperationId;
use tempfile::tempdir;

fn withdraws(desk: &mut Desk, n: u128, also: &[u128]) {
    let also = also.iter().map(|n| op(*n)).collect::<Vec<OperationId>>();
    desk.happen(Event::Withdraw { operation: op(n), also });
}

fn undo_of(desk: &mut Desk, place: usize) -> Value {
    desk.read(Ask::Outbox)["operations"][place]["undo"].clone()
}

#[test]
fn a_visit_is_taken_back_before_it_was_sent_and_leaves_no_gap() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.happen(Event::Offline);
    desk.does(1, log_visit(ANA, "For the wrong child."));
    desk.does(2, log_visit(BEN, "For the right one."));
    assert_eq!(undo_of(&mut desk, 0), json!({"also": []}));
    withdraws(&mut desk, 1, &[]);
    assert_eq!(desk.student_screen(ANA)["visits"], json!([]));
    desk.happen(Event::Online);
    assert_eq!((desk.pushed().first, desk.pushed_ids()), (1, vec![op(2)]));
}

#[test]
fn what_may_have_been_sent_cannot_be_taken_back() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.does(1, log_visit(ANA, "On its way."));
    let request = desk.sent.last().expect("a push").request.clone();
    desk.happen(Event::Failed { request });
    desk.happen(Event::Offline);
    assert_eq!(undo_of(&mut desk, 0), Value::Null);
    withdraws(&mut desk, 1, &[]);
    assert_eq!(desk.refused(), Some("SENT"));
    assert_eq!(desk.outbox().len(), 1);
}

#[test]
fn what_stands_on_it_goes_too_but_only_if_its_author_saw_that() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.happen(Event::Offline);
    desk.does(1, write_input(ANA, "To read."));
    desk.does(2, Intent::SubmitInput { student: ANA });
    desk.does(3, edit(ANA, "Not on it."));
    assert_eq!(undo_of(&mut desk, 0), json!({"also": [op(2)]}));
    withdraws(&mut desk, 1, &[]);
    assert_eq!(desk.refused(), Some("NEEDED"));
    assert_eq!(desk.outbox().len(), 3);
    withdraws(&mut desk, 1, &[2]);
    assert_eq!(desk.refused(), None);
    assert_eq!(desk.outbox().len(), 1);
    assert_eq!(desk.student_screen(ANA)["input"]["hopes"], "");
    assert_eq!(desk.student_screen(ANA)["statement"]["vision"], "Not on it.");
}

#[test]
fn a_handing_in_is_taken_back_alone_and_the_words_stay() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.happen(Event::Offline);
    desk.does(1, write_input(ANA, "To read."));
    desk.does(2, Intent::SubmitInput { student: ANA });
    withdraws(&mut desk, 2, &[]);
    let input = desk.student_screen(ANA)["input"].clone();
    assert_eq!((input["hopes"].clone(), input["submittedAt"].clone()), (json!("To read."), Value::Null));
}

#[test]
fn an_undo_that_is_repeated_and_a_late_repeat_of_what_it_undid_change_nothing() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.happen(Event::Offline);
    desk.does(1, log_visit(ANA, "Taken back."));
    withdraws(&mut desk, 1, &[]);
    withdraws(&mut desk, 1, &[]);
    desk.does(1, log_visit(ANA, "Taken back."));
    assert_eq!(desk.refused(), None);
    assert_eq!(desk.outbox().len(), 0);
}
