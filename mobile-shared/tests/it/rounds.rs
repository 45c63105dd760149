//! Pages: rounds, purges, sums.

use super::desk::*;
use mobile_shared::{Event, event::Intent};
use serde_json::{Value, json};
use sync::{
    RecordId, Verdict,
    page::{Body, MAX_HELD, Page, PullReply, PullRequest, Row, ScopeSum, Sum},
};
use tempfile::tempdir;
use uuid::Uuid;

fn gone(row: Row) -> Row {
    Row { body: Body::Gone, ..row }
}

#[test]
fn a_change_shows_when_its_round_is_complete() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.happen(Event::Poke);
    let page = desk.page(vec![statement(ANA, "half")]);
    desk.answers_pull(&PullReply::Page(Page { complete: false, ..page }));
    assert_eq!(desk.student_screen(ANA)["statement"]["vision"], "");
    drop(desk);

    let mut desk = Desk::open(folder.path());
    desk.happen(Event::Online);
    let request: PullRequest = desk.asked();
    assert_eq!(request.cursor.as_deref(), Some("cursor 3"), "it goes on after the page it has");
    let page = desk.page(vec![]);
    desk.answers_pull(&PullReply::Page(Page { fill: vec![], ..page }));
    assert_eq!(desk.student_screen(ANA)["statement"]["vision"], "half");
}

#[test]
fn a_scope_that_is_filled_shows_at_once_and_says_so() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::open(folder.path());
    desk.happen(Event::Online);
    desk.signs_in("mara");
    let ana = desk.student(ANA, "Ana");
    let page = desk.page(vec![ana]);
    desk.answers_pull(&PullReply::Page(Page { complete: false, ..page }));
    assert_eq!(desk.home()["students"][0]["name"], "Ana Surname");
    assert_eq!(desk.home()["students"][0]["filling"], true);
    desk.pulls(vec![]);
    assert_eq!(desk.home()["students"][0]["filling"], false);
}

#[test]
fn a_row_leaves_with_its_last_scope() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.happen(Event::Poke);
    let twice = [0, 2].map(|scope| Row { scope, ..statement(ANA, "in two scopes") });
    desk.pulls(twice.to_vec());
    desk.happen(Event::Poke);
    desk.pulls(vec![gone(statement(ANA, ""))]);
    assert_eq!(desk.student_screen(ANA)["statement"]["vision"], "in two scopes");
    desk.happen(Event::Poke);
    desk.pulls(vec![Row { scope: 2, ..gone(statement(ANA, "")) }]);
    assert_eq!(desk.student_screen(ANA)["statement"]["vision"], "");
}

#[test]
fn after_access_ended_nothing_of_the_child_is_left_and_unsent_work_still_arrives() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.does(1, edit(ANA, "Xylophone lessons."));
    desk.answers_push(sync::push::PushAnswer::Deferred { retry_after: 1_000 });
    let page = desk.page(vec![]);
    let ana: Vec<_> = scopes().into_iter().filter(|scope| scope.path.contains(&ANA.0.simple().to_string())).collect();
    desk.answers_pull(&PullReply::Page(Page { purge: ana.clone(), ..page }));

    assert_eq!(desk.student_screen(ANA), Value::Null);
    assert!(!files_hold(folder.path(), "Ana Surname"), "not even in the journal");
    assert_eq!(desk.home()["students"].as_array().map(Vec::len), Some(1));
    let outbox = desk.read(mobile_shared::screens::Ask::Outbox);
    assert!(!outbox.to_string().contains("Xylophone"));
    assert_eq!(outbox["operations"][0]["intent"], Value::Null);
    desk.does(2, edit(ANA, "once more"));
    assert_eq!(desk.refused(), Some("NOT_FOUND"));

    desk.later(1_001);
    desk.happen(Event::Woke);
    assert_eq!((desk.pushed_ids(), desk.pushed().forgotten), (vec![op(1)], ana));
    desk.takes_push(&[]);
    desk.pulls(vec![]);
    assert!(desk.outbox().is_empty());
    drop(desk);
    let traces = ["Xylophone", "Ana Surname"].map(|word| files_hold(folder.path(), word));
    assert_eq!(traces, [false, false]);
}

#[test]
fn what_is_rejected_after_a_purge_leaves_a_receipt_without_the_childs_data() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.does(1, edit(ANA, "Xylophone lessons."));
    desk.answers_push(sync::push::PushAnswer::Deferred { retry_after: 1_000 });
    let page = desk.page(vec![]);
    let purge = scopes().into_iter().filter(|scope| scope.path.contains(&ANA.0.simple().to_string())).collect();
    desk.answers_pull(&PullReply::Page(Page { purge, ..page }));
    desk.later(1_001);
    desk.happen(Event::Woke);
    desk.takes_push(&[(1, Verdict::rejected(sync::verdict::Code::NotFound))]);
    assert_eq!(desk.outbox(), [("EditStatement".into(), "parked".into(), Some("NOT_FOUND".into()))]);
    drop(desk);
    assert!(!files_hold(folder.path(), "Xylophone"));
}

#[test]
fn a_sum_that_does_not_match_is_compared_row_by_row_and_no_other_scope_is() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.does(1, edit(BEN, "kept"));
    desk.answers_push(sync::push::PushAnswer::Deferred { retry_after: 600_000 });
    let page = desk.page(vec![]);
    let lost = [desk.student(ANA, "Ana"), statement(ANA, "was lost")];
    desk.answers_pull(&PullReply::Page(Page { sums: vec![sum_of(0, &lost)], ..page }));
    let request: PullRequest = desk.asked();
    let [held] = &request.compare[..] else { panic!("one scope") };
    assert_eq!((&held.scope, held.rows.as_ref().map(Vec::len)), (&scopes()[0], Some(1)), "Ana's card is here");
    let page = desk.page(lost.to_vec());
    let sums = vec![sum_of(0, &page.rows)];
    desk.answers_pull(&PullReply::Page(Page { sums, ..page }));
    assert_eq!(desk.student_screen(ANA)["statement"]["vision"], "was lost");
    assert_eq!(desk.student_screen(BEN)["statement"]["vision"], "kept");
    desk.happen(Event::Poke);
    let request: PullRequest = desk.asked();
    assert!(request.compare.is_empty());
}

#[test]
fn a_scope_too_large_to_be_told_begins_anew_and_if_that_does_not_help_not_again_the_same_day() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    let visit = |n: u128| row(0, domain::kinds::VISIT, RecordId(Uuid::from_u128(n)), &record(ANA, json!({})));
    let many = |desk: &mut Desk, mut fill: Vec<u32>| {
        let visits: Vec<Row> = (0..=MAX_HELD as u128).map(visit).collect();
        for some in visits.chunks(5_000) {
            let page = desk.page(some.to_vec());
            let fill = std::mem::take(&mut fill);
            desk.answers_pull(&PullReply::Page(Page { complete: false, fill, ..page }));
        }
    };
    let wrong = |page: Page| {
        let sums = vec![ScopeSum { scope: 0, sum: Sum { live: 1, sum: 1 } }];
        PullReply::Page(Page { sums, ..page })
    };
    let compared = |desk: &Desk| desk.asked::<PullRequest>().compare;

    desk.happen(Event::Poke);
    many(&mut desk, vec![]);
    let page = desk.page(vec![]);
    desk.answers_pull(&wrong(page));
    let [held] = &compared(&desk)[..] else { panic!("one scope") };
    assert_eq!((&held.scope, &held.rows, held.sum.live), (&scopes()[0], &None, MAX_HELD as i64 + 2));

    many(&mut desk, vec![0]);
    let page = desk.page(vec![desk.student(ANA, "Ana")]);
    desk.answers_pull(&wrong(page));
    assert_eq!(desk.home()["students"][0]["name"], "Ana Surname");
    for (days, asks) in [(0, 0), (2, 1)] {
        desk.later(days * 86_400_000);
        desk.happen(Event::Poke);
        desk.renews();
        assert_eq!(compared(&desk).len(), 0);
        let page = desk.page(vec![]);
        desk.answers_pull(&wrong(page));
        assert_eq!(compared(&desk).len(), asks, "after {days} days");
    }
}

#[test]
fn an_unknown_cursor_has_all_compared_and_what_is_not_hers_any_more_leaves() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.happen(Event::Poke);
    desk.answers_pull(&PullReply::UnknownCursor);
    let request: PullRequest = desk.asked();
    assert_eq!((request.cursor, request.compare.len()), (None, 4));
    assert!(request.compare.iter().all(|held| held.rows.is_none()), "by their sums, at first");
    let page = desk.page(vec![]);
    let (purge, differs) = (vec![scopes()[0].clone(), scopes()[2].clone()], vec![scopes()[1].clone()]);
    desk.answers_pull(&PullReply::Page(Page { purge, differs, complete: false, ..page }));
    assert_eq!(desk.pushed().forgotten.len(), 2, "what must leave has left");
    desk.takes_push(&[]);
    let request: PullRequest = desk.asked();
    let [held] = &request.compare[..] else { panic!("one scope") };
    assert_eq!((&held.scope, held.rows.as_ref().map(Vec::len)), (&scopes()[1], Some(1)));
    let ben = desk.student(BEN, "Ben");
    desk.pulls(vec![ben]);
    let names: Vec<_> =
        desk.home()["students"].as_array().expect("students").iter().map(|s| s["givenName"].clone()).collect();
    assert_eq!(names, ["Ben"]);
}

#[test]
fn others_words_and_mine_are_laid_over_each_other_as_the_server_will() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.happen(Event::Poke);
    desk.pulls(vec![statement(ANA, "She reads. She sings.")]);
    desk.does(1, edit(ANA, "She reads. She sings well."));
    desk.answers_push(sync::push::PushAnswer::Deferred { retry_after: 600_000 });
    desk.pulls(vec![statement(ANA, "She reads books. She sings.")]);
    assert_eq!(desk.student_screen(ANA)["statement"]["vision"], "She reads books. She sings well.");
    desk.happen(Event::Poke);
    desk.pulls(vec![statement(ANA, "She reads books. She dances.")]);
    let conflicts = &desk.student_screen(ANA)["statement"]["conflicts"];
    assert_eq!(conflicts[0]["alternatives"].as_array().map(Vec::len), Some(2));
    assert_eq!(desk.home()["students"][0]["conflicts"], 1);
}

#[test]
fn a_form_that_stood_open_while_others_words_came_does_not_write_over_them() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    let types = |desk: &mut Desk, n: u128, value: &str, saw: &str| {
        let (field, value, saw) = ("vision".to_owned(), value.to_owned(), Some(saw.to_owned()));
        desk.does(n, Intent::EditStatement { student: ANA, field, value, saw });
    };
    let base = |desk: &Desk, n: u128| -> Value {
        let sent = desk.pushed().operations;
        let sent: Vec<Value> = sent.iter().map(|one| serde_json::from_str(one.get()).expect("JSON")).collect();
        sent.iter().find(|one| one["id"] == json!(op(n))).expect("it was sent")["body"]["base"].clone()
    };

    desk.happen(Event::Poke);
    desk.pulls(vec![statement(ANA, "She reads. She sings.")]);
    types(&mut desk, 1, "She reads well.", "She reads.");
    assert_eq!(base(&desk, 1)["text"], "She reads.", "what came meanwhile was not seen");
    assert_eq!(desk.student_screen(ANA)["statement"]["vision"], "She reads well. She sings.");

    // The school blends them; the form goes on from its own words, which never stood alone.
    desk.takes_push(&[]);
    let mut blended = statement(ANA, "She reads well. She sings.");
    if let Body::Here(body) = &mut blended.body {
        *body = body.replace(&sync::OperationId(Uuid::from_u128(1)).to_string(), &op(1).to_string());
    }
    desk.pulls(vec![blended]);
    types(&mut desk, 2, "She reads well and long.", "She reads well.");
    assert_eq!(base(&desk, 2), json!({"after": op(1)}));
    assert_eq!(desk.student_screen(ANA)["statement"]["vision"], "She reads well and long. She sings.");
    desk.takes_push(&[]);
    desk.pulls(vec![statement(ANA, "She reads well and long. She sings.")]);

    types(&mut desk, 3, "She draws.", "She reads well and long. She sings.");
    assert_eq!(base(&desk, 3)["text"], "She reads well and long. She sings.", "what is here was seen");
    assert_eq!(desk.student_screen(ANA)["statement"]["vision"], "She draws.");
}

#[test]
fn a_form_that_stood_open_while_one_wrote_elsewhere_does_not_write_over_ones_own_words() {
    for is_sent in [false, true] {
        let folder = tempdir().expect("a folder");
        let mut desk = Desk::signed_in(folder.path(), "mara");
        desk.happen(Event::Poke);
        desk.pulls(vec![statement(ANA, "She reads.")]);
        if !is_sent {
            desk.happen(Event::Offline);
        }
        // In another tab, and nothing of it is in the rows yet.
        desk.does(1, edit(ANA, "She reads. She sings."));
        let (field, value, saw) =
            ("vision".to_owned(), "She reads. She swims.".to_owned(), Some("She reads.".to_owned()));
        desk.does(2, Intent::EditStatement { student: ANA, field, value, saw });
        let shown = desk.student_screen(ANA)["statement"].to_string();
        assert!(shown.contains("She sings.") && shown.contains("She swims."), "{is_sent}: {shown}");
    }
}

#[test]
fn what_a_restored_server_sends_anew_stands_even_where_it_is_older() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.happen(Event::Poke);
    desk.pulls(vec![statement(ANA, "Lost with the server.")]);
    desk.happen(Event::Poke);
    desk.answers_pull(&PullReply::NewEpoch);
    // Too much to be compared row by row: it begins anew at once.
    let mut page = desk.page(vec![desk.student(ANA, "Ana"), statement(ANA, "From the backup.")]);
    page.rows.iter_mut().for_each(|row| row.version = 1);
    desk.answers_pull(&PullReply::Page(Page { fill: vec![0], ..page }));
    assert_eq!(desk.student_screen(ANA)["statement"]["vision"], "From the backup.");
}

#[test]
fn what_a_form_showed_is_no_base_in_a_record_that_it_did_not_show() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.happen(Event::Poke);
    // Her other phone handed in what her form still shows.
    let handed_in = record(ANA, json!({"hopes": "To read.", "submittedAt": 1}));
    let first = domain::family::input_of(ANA, ME, 0);
    desk.pulls(vec![row(2, domain::kinds::INPUT, first, &handed_in)]);
    let (field, value, saw) = ("hopes".to_owned(), "To read alone.".to_owned(), Some("To read.".to_owned()));
    desk.does(1, Intent::EditInput { student: ANA, field, value, saw });
    let input = desk.student_screen(ANA)["input"].clone();
    assert_eq!((&input["hopes"], &input["conflicts"]), (&json!("To read alone."), &json!([])));
}

#[test]
fn a_dated_fact_wakes_the_phone() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.happen(Event::Poke);
    let page = desk.page(vec![]);
    let next_change = Some(desk.now.plus(60_000_000));
    desk.answers_pull(&PullReply::Page(Page { next_change, ..page }));
    assert_eq!(desk.wakes_at(), next_change);
    desk.later(60_000);
    desk.happen(Event::Woke);
    let _: PullRequest = desk.asked();
}

fn files_hold(folder: &std::path::Path, word: &str) -> bool {
    let files = std::fs::read_dir(folder).expect("a folder").map(|file| file.expect("a file").path());
    files.into_iter().any(|path| {
        let bytes = std::fs::read(path).expect("a file");
        bytes.windows(word.len()).any(|window| window == word.as_bytes())
    })
}
