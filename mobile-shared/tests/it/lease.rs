//! A copy that had no contact for too long.

use super::desk::*;
use mobile_shared::{Effect, Event, effect::Screen, screens::Ask};
use serde_json::{Value, json};
use sync::page::{Page, PullReply, Row};
use tempfile::tempdir;

const A_DAY: i64 = 86_400_000;

/// Somebody whose last page came just now, and lends what they have for so many days.
fn lent(folder: &std::path::Path, days: i64) -> Desk {
    let mut desk = Desk::signed_in(folder, "mara");
    contact(&mut desk, Some(days));
    desk
}

/// The next contact of somebody with nothing to send.
fn contact(desk: &mut Desk, days: Option<i64>) {
    desk.happen(Event::Online);
    desk.renews();
    lends(desk, days, vec![]);
}

/// The page that is waited for, which lends what it leaves for so many days.
fn lends(desk: &mut Desk, days: Option<i64>, rows: Vec<Row>) {
    let lease = days.map(|days| days * A_DAY * 1_000);
    let page = desk.page(rows);
    desk.answers_pull(&PullReply::Page(Page { lease, ..page }));
}

impl Desk {
    fn lease(&mut self) -> Value {
        self.session()["lease"].clone()
    }

    fn says_that_all_changed(&self) -> bool {
        let all = [Screen::Session, Screen::Home, Screen::Student, Screen::Outbox];
        self.effects.iter().any(|effect| matches!(effect, Effect::Changed { what } if *what == all))
    }
}

fn is_withheld(shown: &Value) -> bool {
    *shown == json!({"locked": "contactNeeded"})
}

#[test]
fn what_had_no_contact_for_too_long_is_not_shown_until_the_next_one() {
    let folder = tempdir().expect("a folder");
    let mut desk = lent(folder.path(), 14);
    desk.happen(Event::Offline);
    desk.does(1, edit(ANA, "She reads to her brother."));
    let draft = Ask::Draft { agency: AGENCY, student: ANA, name: "LogVisit".into() };

    desk.later(13 * A_DAY);
    assert_eq!(desk.home()["students"].as_array().map(Vec::len), Some(2));
    desk.later(A_DAY);
    // Nothing has happened since: the screens close by themselves, and the next one too.
    for ask in [Ask::Home, Ask::Student { agency: AGENCY, id: ANA }, Ask::Outbox, draft] {
        assert!(is_withheld(&desk.read(ask)));
    }
    let lease = desk.lease();
    assert_eq!((&lease["isOver"], &lease["daysSince"]), (&json!(true), &json!(14)));
    assert_eq!((&desk.session()["state"], &desk.session()["unsent"]), (&json!("ready"), &json!(1)));

    desk.happen(Event::Online);
    desk.renews();
    assert_eq!(desk.pushed_ids(), [op(1)], "what was written before is sent");
    desk.takes_push(&[]);
    assert!(is_withheld(&desk.home()), "nothing said yet what may be seen");
    lends(&mut desk, Some(14), vec![statement(ANA, "She reads to her brother.")]);
    assert_eq!(desk.student_screen(ANA)["statement"]["vision"], "She reads to her brother.");
    assert_eq!(desk.lease()["isOver"], false);
}

#[test]
fn who_is_told_that_it_ends_has_some_days_left() {
    let folder = tempdir().expect("a folder");
    let mut desk = lent(folder.path(), 60);
    desk.happen(Event::Offline);
    let ends_at = desk.now.millis() + 60 * A_DAY;
    assert_eq!(desk.wakes_at().map(sync::Micros::millis), Some(ends_at - 7 * A_DAY), "to say so");
    desk.later(53 * A_DAY);
    desk.happen(Event::Woke);
    assert_eq!(desk.wakes_at().map(sync::Micros::millis), Some(ends_at), "to close");
    let lease = desk.lease();
    assert_eq!(
        (&lease["isOver"], &lease["endsSoon"], &lease["endsAt"]),
        (&json!(false), &json!(true), &json!(ends_at))
    );
    desk.later(7 * A_DAY);
    desk.happen(Event::Woke);
    assert!(desk.says_that_all_changed());
    assert!(is_withheld(&desk.home()));
}

#[test]
fn with_a_network_it_is_renewed_before_it_ends_though_nothing_changed() {
    let folder = tempdir().expect("a folder");
    let mut desk = lent(folder.path(), 14);
    desk.later(11 * A_DAY);
    desk.happen(Event::Woke);
    desk.renews();
    lends(&mut desk, Some(14), vec![]);
    desk.later(13 * A_DAY);
    assert!(!is_withheld(&desk.home()));
}

#[test]
fn a_clock_set_back_and_an_app_opened_anew_make_it_no_longer() {
    let folder = tempdir().expect("a folder");
    let mut desk = lent(folder.path(), 14);
    desk.happen(Event::Offline);
    desk.later(10 * A_DAY);
    desk.happen(Event::Hello);
    desk.later(-10 * A_DAY);
    desk.happen(Event::Hello);
    let now = desk.now;
    drop(desk);

    let mut desk = Desk::open(folder.path());
    desk.now = now;
    desk.later(3 * A_DAY);
    assert!(!is_withheld(&desk.home()));
    desk.later(A_DAY);
    assert!(is_withheld(&desk.home()));
}

#[test]
fn a_form_that_was_open_when_it_ran_out_loses_nothing() {
    let folder = tempdir().expect("a folder");
    let mut desk = lent(folder.path(), 14);
    desk.happen(Event::Offline);
    desk.later(15 * A_DAY);
    desk.does(1, edit(ANA, "She reads to her brother."));
    assert_eq!(desk.refused(), None);
    let body = Some(json!({"note": "In the middle of a word."}));
    let name = "LogVisit".to_owned();
    desk.happen(Event::Draft { agency: AGENCY, student: ANA, name: name.clone(), operation: None, body });
    assert!(is_withheld(&desk.student_screen(ANA)));
    assert_eq!(desk.session()["unsent"], 1);

    desk.happen(Event::Online);
    desk.renews();
    assert_eq!(desk.pushed_ids(), [op(1)]);
    desk.takes_push(&[]);
    lends(&mut desk, Some(14), vec![]);
    assert_eq!(desk.read(Ask::Draft { agency: AGENCY, student: ANA, name })["note"], "In the middle of a word.");
}

#[test]
fn the_server_makes_it_shorter_and_one_that_says_nothing_makes_it_endless() {
    let folder = tempdir().expect("a folder");
    let mut desk = lent(folder.path(), 60);
    contact(&mut desk, Some(7));
    desk.later(7 * A_DAY);
    assert!(is_withheld(&desk.home()));
    contact(&mut desk, None);
    desk.later(1_000 * A_DAY);
    assert!(!is_withheld(&desk.home()));
    assert!(desk.lease().is_null());
}

#[test]
fn what_left_at_the_contact_that_opens_it_is_not_shown_for_a_moment() {
    let folder = tempdir().expect("a folder");
    let mut desk = lent(folder.path(), 14);
    desk.later(20 * A_DAY);
    desk.happen(Event::Online);
    desk.renews();
    let page = desk.page(vec![]);
    let (purge, kept): (Vec<_>, Vec<_>) =
        scopes().into_iter().partition(|scope| domain::scope::student_of(&scope.path) == Some(ANA));
    desk.answers_pull(&PullReply::Page(Page { purge, scopes: kept, lease: Some(14 * A_DAY * 1_000), ..page }));
    assert!(desk.student_screen(ANA).is_null());
    assert_eq!(desk.home()["students"].as_array().map(Vec::len), Some(1));
}
