//! What was begun and not done.

use super::desk::*;
use mobile_shared::{Event, event::Unsent, screens::Ask};
use serde_json::{Value, json};
use sync::{
    RecordId,
    page::{Page, PullReply},
};
use tempfile::tempdir;

fn begins(desk: &mut Desk, student: RecordId, note: &str) {
    let body = Some(json!({"note": note}));
    desk.happen(Event::Draft { agency: AGENCY, student, name: "LogVisit".into(), body });
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

#[test]
fn it_can_be_thrown_away() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    begins(&mut desk, ANA, "She said");
    desk.happen(Event::Draft { agency: AGENCY, student: ANA, name: "LogVisit".into(), body: None });
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
