//! What was begun and not done.

use super::desk::*;
use domain::family::statement_of;
use mobile_shared::{
    Event,
    event::{Intent, SeenVersion, Unsent},
    screens::Ask,
};
use serde_json::{Value, json};
use sync::{
    OperationId, RecordId,
    page::{Page, PullReply},
};
use tempfile::tempdir;

fn begins(desk: &mut Desk, student: RecordId, note: &str) {
    begins_as(desk, student, None, note);
}

fn begins_as(desk: &mut Desk, student: RecordId, operation: Option<OperationId>, note: &str) {
    let body = Some(json!({"note": note}));
    desk.happen(Event::Draft { agency: AGENCY, student, name: "LogVisit".into(), operation, body });
}

fn draft(desk: &mut Desk, student: RecordId) -> Value {
    desk.read(Ask::Draft { agency: AGENCY, student, name: "LogVisit".into() })
}

#[test]
fn a_visit_that_was_begun_is_there_after_the_app_was_closed() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    begins(&mut desk, ANA, "She said");
    begins(&mut desk, ANA, "She said “more”");
    drop(desk);

    let mut desk = Desk::open(folder.path());
    assert_eq!(draft(&mut desk, ANA), json!({"note": "She said “more”"}));
    assert_eq!((desk.home()["students"][0]["begun"].clone(), draft(&mut desk, BEN)), (json!(true), Value::Null));
}

#[test]
fn once_it_is_logged_nothing_is_begun_any_more() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    begins(&mut desk, ANA, "She said");
    begins(&mut desk, BEN, "He");
    desk.does(1, log_visit(ANA, "She said “more”."));
    assert_eq!(draft(&mut desk, ANA), Value::Null);
    assert_eq!(draft(&mut desk, BEN), json!({"note": "He"}));
}

/// A page that got no answer in time says everything again, in order.
#[test]
fn what_a_page_says_again_after_the_visit_was_kept_brings_no_draft_back() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    for _ in 0..2 {
        begins_as(&mut desk, ANA, Some(op(1)), "She said");
        desk.does(1, log_visit(ANA, "She said “more”."));
    }
    assert_eq!((draft(&mut desk, ANA), desk.refused()), (Value::Null, None));
    assert_eq!(desk.outbox().len(), 1);
    begins_as(&mut desk, ANA, Some(op(2)), "The next one");
    assert_eq!(draft(&mut desk, ANA), json!({"note": "The next one"}));
}

#[test]
fn two_pages_with_one_form_lose_neither_visit() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.does(1, log_visit(ANA, "Said in one tab."));
    desk.does(1, log_visit(ANA, "Said in the other."));
    assert_eq!(desk.refused(), Some("EXISTS"), "it is not kept, so nobody is told that it is");
    desk.does(2, log_visit(ANA, "Said in the other."));
    let shown = desk.student_screen(ANA);
    let mut notes: Vec<&str> =
        shown["visits"].as_array().expect("visits").iter().filter_map(|visit| visit["note"].as_str()).collect();
    notes.sort_unstable();
    assert_eq!(notes, ["Said in one tab.", "Said in the other."]);
}

#[test]
fn a_text_that_joins_two_versions_is_there_until_it_is_chosen() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.happen(Event::Poke);
    desk.pulls(vec![statement(ANA, "She reads.")]);
    let record = statement_of(ANA);
    let form = |field: &str| format!("Resolve/{record}/{field}");
    for field in ["vision", "concerns"] {
        let (name, body) = (form(field), Some(json!({"text": field})));
        desk.happen(Event::Draft { agency: AGENCY, student: ANA, name, operation: Some(op(3)), body });
    }
    let (kind, field, value) = ("statement".into(), "vision".into(), "She reads and sings.".into());
    desk.does(
        3,
        Intent::Resolve {
            kind,
            record,
            field,
            saw: vec![SeenVersion { id: op(1), value: "She reads.".into() }],
            value,
        },
    );
    assert_eq!(desk.refused(), None);
    let [vision, concerns] =
        ["vision", "concerns"].map(|field| desk.read(Ask::Draft { agency: AGENCY, student: ANA, name: form(field) }));
    assert_eq!((vision, concerns), (Value::Null, json!({"text": "concerns"})));
}

#[test]
fn it_can_be_thrown_away() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    begins(&mut desk, ANA, "She said");
    desk.happen(Event::Draft { agency: AGENCY, student: ANA, name: "LogVisit".into(), operation: None, body: None });
    assert_eq!(draft(&mut desk, ANA), Value::Null);
    assert_eq!(desk.home()["students"][0]["begun"], false);
}

#[test]
fn what_one_person_began_the_next_one_does_not_see() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    begins(&mut desk, ANA, "She said");
    desk.happen(Event::SignOut { unsent: Unsent::Keep });
    desk.signs_in("nia");
    desk.pulls(vec![desk.student(ANA, "Ana")]);
    assert_eq!(draft(&mut desk, ANA), Value::Null);
    desk.happen(Event::SignOut { unsent: Unsent::Keep });
    desk.signs_in("mara");
    assert_eq!(draft(&mut desk, ANA), json!({"note": "She said"}));
}

#[test]
fn signing_out_after_sending_keeps_what_was_begun_locked() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    begins(&mut desk, ANA, "She said");
    desk.happen(Event::SignOut { unsent: Unsent::Send });
    assert_eq!((desk.session()["state"].clone(), draft(&mut desk, ANA)), (json!("signedOut"), Value::Null));
    desk.signs_in("mara");
    assert_eq!(draft(&mut desk, ANA), json!({"note": "She said"}));
}

#[test]
fn a_draft_leaves_with_the_child_and_its_author_is_told() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    begins(&mut desk, ANA, "Xylophone");
    desk.happen(Event::Poke);
    let page = desk.page(vec![]);
    let ana: Vec<_> = scopes().into_iter().filter(|scope| scope.path.contains(&ANA.0.simple().to_string())).collect();
    desk.answers_pull(&PullReply::Page(Page { purge: ana, ..page }));
    assert_eq!(draft(&mut desk, ANA), Value::Null);
    assert_eq!(desk.outbox(), [("LogVisit".into(), "parked".into(), Some("BEGUN".into()))]);
    begins(&mut desk, ANA, "Xylophone");
    assert_eq!(desk.refused(), Some("NOT_FOUND"), "a late word of the form brings nothing back");
}
