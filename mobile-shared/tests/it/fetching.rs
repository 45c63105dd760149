//! What a phone says of itself while its first data is on the way.

use super::desk::*;
use mobile_shared::Event;
use serde_json::{Value, json};
use sync::page::{Page, PullReply};
use tempfile::tempdir;

#[test]
fn until_the_first_round_is_whole_a_phone_says_how_much_is_here() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::open(folder.path());
    desk.happen(Event::Online);
    desk.signs_in("mara");
    assert_eq!(desk.home()["fetching"], json!({"students": 0, "records": 0}));

    let (ana, words) = (desk.student(ANA, "Ana"), statement(ANA, "That she reads."));
    let page = desk.page(vec![ana, words]);
    desk.answers_pull(&PullReply::Page(Page { complete: false, ..page }));
    assert_eq!(desk.home()["fetching"], json!({"students": 1, "records": 2}));

    desk.pulls(vec![desk.student(BEN, "Ben")]);
    assert_eq!(desk.home()["fetching"], Value::Null);
}

#[test]
fn a_child_that_is_added_later_is_being_fetched_too() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.happen(Event::Poke);
    let page = desk.page(vec![statement(ANA, "half")]);
    desk.answers_pull(&PullReply::Page(Page { complete: false, fill: vec![0], ..page }));
    assert_eq!(desk.home()["fetching"]["students"], 2);
    assert_eq!(desk.home()["students"][0]["filling"], true);
}
