//! Pushes, and what an answer means.

use super::desk::*;
use mobile_shared::Event;
use serde_json::json;
use sync::{
    Micros, Verdict,
    operation::Base,
    page::PullReply,
    push::{Judged, PushAnswer},
    verdict::Code,
};
use tempfile::tempdir;

fn rejected() -> Verdict {
    Verdict::rejected(Code::NotFound)
}

#[test]
fn a_contact_is_push_then_pull_and_shows_what_was_sent_all_the_time() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.does(1, edit(ANA, "mine"));
    assert_eq!((desk.pushed().first, desk.pushed_ids()), (1, vec![op(1)]));
    assert_eq!(desk.outbox()[0].1, "sending");
    desk.takes_push(&[]);
    assert!(desk.outbox().is_empty());
    assert_eq!(desk.student_screen(ANA)["statement"]["vision"], "mine");
    desk.pulls(vec![statement(ANA, "mine")]);
    assert_eq!(desk.student_screen(ANA)["statement"]["vision"], "mine");
    desk.does(2, edit(ANA, "more"));
    assert_eq!(desk.pushed().first, 2);
}

#[test]
fn a_lost_reply_sends_the_same_bytes_under_the_same_numbers() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.does(1, edit(ANA, "one"));
    let before = desk.pushed();
    let request = desk.sent.last().expect("a push").request.clone();
    desk.happen(Event::Failed { request });
    desk.does(2, edit(ANA, "two"));
    drop(desk);

    let mut desk = Desk::open(folder.path());
    desk.happen(Event::Online);
    let again = desk.pushed();
    assert_eq!((again.first, again.store), (before.first, before.store));
    assert_eq!(again.operations[0].get(), before.operations[0].get());
    assert_eq!(desk.pushed_ids(), [op(1), op(2)]);
    let second: serde_json::Value = serde_json::from_str(again.operations[1].get()).expect("JSON");
    let base: Base = serde_json::from_value(second["body"]["base"].clone()).expect("a base");
    assert_eq!(base, Base::After { after: op(1) }, "it was sent, so it is not written anew");
}

#[test]
fn what_must_leave_waits_for_one_push_attempt_only() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.does(1, edit(ANA, "one"));
    let request = desk.sent.last().expect("a push").request.clone();
    desk.happen(Event::Failed { request });
    let _: sync::page::PullRequest = desk.asked();
    desk.pulls(vec![]);
    let wake = desk.wakes_at().expect("it tries again");
    assert!(wake > desk.now);
    desk.now = wake;
    desk.happen(Event::Woke);
    assert_eq!(desk.pushed_ids(), [op(1)]);
}

#[test]
fn a_timer_that_rings_too_early_is_set_again() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.does(1, edit(ANA, "one"));
    let request = desk.sent.last().expect("a push").request.clone();
    desk.happen(Event::Failed { request });
    desk.pulls(vec![]);
    let wake = desk.wakes_at().expect("it tries again");
    desk.now = wake.plus(-1_000);
    desk.happen(Event::Woke);
    assert_eq!(desk.wakes_at(), Some(wake));
    desk.now = wake;
    desk.happen(Event::Woke);
    assert_eq!(desk.pushed_ids(), [op(1)]);
}

#[test]
fn a_rejected_operation_is_parked_with_what_stands_on_it_and_the_rest_goes_on() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.does(1, edit(ANA, "one"));
    desk.does(2, edit(ANA, "two"));
    desk.does(3, log_visit(BEN, "He sang."));
    desk.takes_push(&[(1, rejected())]);
    let parked = |code: &str| ("EditStatement".to_owned(), "parked".to_owned(), Some(code.to_owned()));
    assert_eq!(desk.outbox()[..2], [parked("NOT_FOUND"), parked("NOT_FOUND")]);
    desk.pulls(vec![]);
    assert_eq!((desk.pushed().first, desk.pushed_ids()), (2, vec![op(3)]));
    assert_eq!(desk.student_screen(ANA)["statement"]["vision"], "");
}

#[test]
fn a_parked_operation_is_sent_again_as_another_and_its_dependants_follow() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.does(1, edit(ANA, "one"));
    desk.does(2, edit(ANA, "two"));
    desk.takes_push(&[(1, rejected())]);
    desk.pulls(vec![]);
    desk.happen(Event::Do { id: op(9), agency: AGENCY, intent: edit(ANA, "uno"), replaces: Some(op(1)) });
    assert_eq!(desk.pushed_ids(), [op(9), op(2)]);
    let again = desk.pushed();
    assert!(again.operations[0].get().contains(&format!("\"replaces\":\"{}\"", op(1))));
    assert!(again.operations[1].get().contains(&format!("\"after\":\"{}\"", op(9))));
    assert_eq!(desk.student_screen(ANA)["statement"]["vision"], "two");
}

#[test]
fn a_parked_operation_goes_only_when_its_author_says_so() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.does(1, edit(ANA, "one"));
    desk.takes_push(&[(1, rejected())]);
    desk.happen(Event::Drop { operation: op(1) });
    assert!(desk.outbox().is_empty());
}

#[test]
fn a_deferred_agency_waits_and_pulls_all_the_same() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.does(1, edit(ANA, "one"));
    desk.answers_push(PushAnswer::Deferred { retry_after: 60_000 });
    desk.pulls(vec![]);
    let count = desk.sent.len();
    desk.happen(Event::Poke);
    let _: sync::page::PullRequest = desk.asked();
    desk.pulls(vec![]);
    assert_eq!(desk.sent.len(), count + 1, "a poke pulls and does not push");
    desk.later(60_001);
    desk.happen(Event::Woke);
    assert_eq!(desk.pushed_ids(), [op(1)]);
}

#[test]
fn a_restored_server_gets_again_what_it_lost() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    for n in 1..=3 {
        desk.does(n, log_visit(ANA, &format!("visit {n}")));
        desk.takes_push(&[]);
        desk.pulls(vec![]);
    }
    desk.happen(Event::Poke);
    desk.answers_pull(&PullReply::NewEpoch);
    assert_eq!((desk.pushed().first, desk.pushed_ids()), (4, vec![]), "it asks how far the stream came");
    desk.answers_push(PushAnswer::Expected { number: 2 });
    desk.pulls(vec![]);
    assert_eq!((desk.pushed().first, desk.pushed_ids()), (2, vec![op(2), op(3)]));
    desk.takes_push(&[]);
    assert!(desk.outbox().is_empty());
}

#[test]
fn what_is_not_kept_any_more_is_skipped_after_a_restore() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    for n in 1..=4 {
        // Those of longer ago than 35 days are let go of when a round is complete.
        desk.later(if n == 3 { 36 * 86_400_000 } else { 0 });
        desk.happen(Event::Poke);
        desk.renews();
        desk.pulls(vec![]);
        desk.does(n, log_visit(ANA, &format!("visit {n}")));
        desk.takes_push(&[]);
        desk.pulls(vec![]);
    }
    desk.happen(Event::Poke);
    desk.answers_pull(&PullReply::NewEpoch);
    assert_eq!((desk.pushed().first, desk.pushed_ids()), (5, vec![]));
    desk.answers_push(PushAnswer::Expected { number: 2 });
    desk.pulls(vec![]);
    let push = desk.pushed();
    assert_eq!((push.skip, push.first, desk.pushed_ids()), (Some(2), 3, vec![op(3), op(4)]));
    desk.takes_push(&[]);
    desk.does(5, log_visit(ANA, "goes on"));
    desk.pulls(vec![]);
    assert_eq!((desk.pushed().skip, desk.pushed().first), (None, 5));
}

#[test]
fn a_forked_stream_begins_again_under_a_new_store() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.does(1, log_visit(ANA, "one"));
    desk.takes_push(&[]);
    desk.pulls(vec![]);
    desk.does(2, log_visit(ANA, "two"));
    let before = desk.pushed();
    desk.answers_push(PushAnswer::Forked);
    assert_eq!(desk.session()["state"], "expired");
    desk.signs_in("mara");
    let after = desk.pushed();
    assert_ne!(after.store, before.store);
    assert_eq!((after.first, desk.pushed_ids()), (1, vec![op(2)]));
    assert!(desk.sent.iter().any(|request| request.body.contains(&after.store.to_string())), "named at the sign-in");
}

#[test]
fn verdicts_that_do_not_fit_are_not_believed() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.does(1, edit(ANA, "one"));
    let stranger = Judged { id: op(77), verdict: Verdict::Applied };
    desk.answers_push(PushAnswer::Taken { verdicts: vec![stranger], retry_after: None });
    assert_eq!(desk.outbox().len(), 1);
}

#[test]
fn the_clock_of_the_server_is_told_with_what_is_done() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    let day = 86_400_000;
    desk.later(day);
    desk.happen(Event::Poke);
    let refresh = desk.sent.last().expect("the token looks old").clone();
    let real = desk.now.millis() - day;
    desk.replies(
        &refresh,
        200,
        &json!({"access": "new", "accessExpiresAt": real + 900_000, "refresh": "next",
        "serverTime": real}),
    );
    let mut page = desk.page(vec![]);
    page.server_time = desk.now.plus(-day * 1_000);
    desk.answers_pull(&PullReply::Page(page));
    desk.does(1, edit(ANA, "a day ahead"));
    let written: sync::Operation = serde_json::from_str(desk.pushed().operations[0].get()).expect("an operation");
    assert_eq!(written.at.offset, -day * 1_000);
    assert_eq!(written.at.corrected(), Micros::from_millis(1_790_000_000_000));
    assert!(written.at.is_skewed());
}

#[test]
fn a_clock_that_is_set_ahead_by_weeks_lets_go_of_nothing_that_may_have_to_be_sent_again() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.pulls(vec![]);
    desk.does(1, log_visit(ANA, "yesterday's"));
    desk.takes_push(&[]);
    desk.pulls(vec![]);
    desk.sets_its_clock_ahead(40);
    desk.happen(Event::Poke);
    desk.renews();
    desk.pulls(vec![]);
    desk.happen(Event::Poke);
    desk.answers_pull(&PullReply::NewEpoch);
    desk.answers_push(PushAnswer::Expected { number: 1 });
    desk.pulls(vec![]);
    assert_eq!((desk.pushed().skip, desk.pushed_ids()), (None, vec![op(1)]));
}
