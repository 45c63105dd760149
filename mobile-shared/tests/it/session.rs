//! Signing in and out, on a phone that may be shared.

use super::desk::*;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use mobile_shared::{Effect, Event, event::Unsent};
use serde_json::{Value, json};
use sync::page::PullRequest;
use tempfile::tempdir;

fn refused(code: &str) -> Value {
    json!({"error": {"code": code, "message": "…"}})
}

fn unauthenticated() -> Value {
    json!({"errors": [{"message": "sign in", "extensions": {"code": "UNAUTHENTICATED"}}]})
}

fn last_is(desk: &Desk, path: &str) -> bool {
    desk.sent.last().is_some_and(|request| request.path == path)
}

#[test]
fn a_wrong_password_says_so_and_opens_nothing() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::open(folder.path());
    desk.happen(Event::SignIn { login: "mara".into(), password: "wrong".into() });
    assert_eq!(desk.session()["state"], "signingIn");
    let request = desk.sent[0].clone();
    desk.replies(&request, 401, &refused("WRONG_PASSWORD"));
    assert_eq!(
        (desk.session()["state"].clone(), desk.session()["error"]["code"].clone()),
        (json!("signedOut"), json!("WRONG_PASSWORD"))
    );
}

#[test]
fn a_weak_password_and_a_wrong_one_are_told_apart() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::open(folder.path());
    desk.happen(Event::Redeem { code: "ABCD".into(), login: "mara".into(), password: "short".into() });
    let request = desk.sent[0].clone();
    let weak = json!({"error": {"code": "BAD_USER_INPUT", "message": "…", "field": "password"}});
    desk.replies(&request, 422, &weak);
    let error = desk.session()["error"].clone();
    assert_eq!((error["code"].clone(), error["field"].clone()), (json!("BAD_USER_INPUT"), json!("password")));
}

#[test]
fn a_token_that_ended_is_renewed_once_and_the_contact_goes_on() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.does(1, edit(ANA, "one"));
    let push = desk.sent.last().expect("a push").clone();
    desk.replies(&push, 200, &unauthenticated());
    assert!(last_is(&desk, "/auth/refresh"));
    let refresh = desk.sent.last().expect("a refresh").clone();
    desk.replies(
        &refresh,
        200,
        &json!({"access": "new", "accessExpiresAt": desk.now.millis() + 900_000,
        "refresh": "next", "serverTime": desk.now.millis()}),
    );
    assert_eq!(desk.pushed_ids(), [op(1)]);
    assert_eq!(desk.sent.last().expect("a push").headers["authorization"], "Bearer new");
}

#[test]
fn a_refresh_whose_reply_was_lost_is_repeated_with_the_same_token() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.later(900_000);
    desk.happen(Event::Hello);
    assert!(last_is(&desk, "/auth/refresh"));
    let first = desk.sent.last().expect("a refresh").clone();
    desk.happen(Event::Failed { request: first.request.clone() });
    assert_eq!(desk.session()["state"], "ready");
    desk.later(2_000);
    desk.happen(Event::Woke);
    assert_eq!(desk.sent.last().expect("a refresh").body, first.body);
    assert_ne!(desk.sent.last().expect("a refresh").request, first.request);
}

#[test]
fn a_busy_server_does_not_sign_anybody_out() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.later(900_000);
    desk.happen(Event::Hello);
    let refresh = desk.sent.last().expect("a refresh").clone();
    desk.replies(&refresh, 429, &refused("RATE_LIMITED"));
    assert_eq!(desk.session()["state"], "ready");
    assert!(desk.wakes_at().is_some());
}

#[test]
fn when_the_sign_in_expired_reading_goes_on_and_signing_in_sends_what_waited() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.later(900_000);
    desk.happen(Event::Hello);
    let refresh = desk.sent.last().expect("a refresh").clone();
    desk.replies(&refresh, 401, &refused("SIGN_IN_AGAIN"));
    assert_eq!(desk.session()["state"], "expired");
    assert!(desk.effects.contains(&Effect::Hush));
    let count = desk.sent.len();
    desk.does(1, edit(ANA, "while signed out"));
    assert_eq!((desk.refused(), desk.sent.len()), (None, count));
    assert_eq!(desk.student_screen(ANA)["statement"]["vision"], "while signed out");
    drop(desk);

    let mut desk = Desk::open(folder.path());
    desk.happen(Event::Online);
    assert_eq!((desk.session()["state"].clone(), desk.sent.len()), (json!("expired"), 0));
    desk.signs_in("mara");
    assert_eq!(desk.pushed_ids(), [op(1)]);
}

#[test]
fn a_second_person_sees_nothing_of_the_first_and_does_not_send_as_her() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.happen(Event::Offline);
    desk.does(1, edit(ANA, "hers"));
    desk.happen(Event::Online);
    desk.signs_in("pavel");
    let request: PullRequest = desk.asked();
    assert_eq!(request.cursor, None);
    assert_eq!(desk.home()["students"], json!([]));
    assert!(desk.outbox().is_empty());
    assert_eq!(desk.session()["account"]["login"], "pavel");
    assert_eq!(desk.session()["others"][0]["name"], "mara Surname");
    assert!(desk.sent.iter().any(|request| request.path == "/auth/sign-out"), "her sign-in ended");

    desk.signs_in("mara");
    assert_eq!(desk.pushed_ids(), [op(1)]);
    assert_eq!(desk.student_screen(ANA)["statement"]["vision"], "hers");
}

#[test]
fn a_passkey_opens_its_owners_copy_without_a_name() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    let body = |request: &mobile_shared::effect::Request| serde_json::from_str::<Value>(&request.body).expect("JSON");
    let store = body(&desk.sent[0])["device"]["store"].clone();
    desk.happen(Event::Offline);
    desk.does(1, edit(ANA, "hers"));
    desk.happen(Event::SignOut { unsent: Unsent::Keep });
    desk.happen(Event::Online);

    let account = sync::AccountId(sync::id::derived(uuid::Uuid::nil(), "mara"));
    let handle = URL_SAFE_NO_PAD.encode(account.0.as_bytes());
    let credential = json!({"id": "…", "response": {"userHandle": handle}});
    desk.happen(Event::SignInWithPasskey { challenge: "asked".into(), credential: credential.clone() });
    assert_eq!(desk.session()["state"], "signingIn");
    assert!(last_is(&desk, "/auth/passkey/sign-in"));
    let request = desk.sent.last().expect("a request").clone();
    let sent = body(&request);
    assert_eq!(
        (&sent["challenge"], &sent["credential"], &sent["device"]["store"]),
        (&json!("asked"), &credential, &store)
    );
    let answer = tokens("mara", desk.now);
    desk.replies(&request, 200, &answer);
    assert_eq!(desk.pushed_ids(), [op(1)]);
}

#[test]
fn signing_out_asks_what_becomes_of_unsent_work() {
    let keep = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(keep.path(), "mara");
    desk.happen(Event::Offline);
    desk.does(1, edit(ANA, "unsent"));
    desk.happen(Event::SignOut { unsent: Unsent::Keep });
    assert_eq!((desk.session()["state"].clone(), desk.home()["students"].clone()), (json!("signedOut"), json!([])));
    desk.happen(Event::Online);
    desk.signs_in("mara");
    assert_eq!(desk.pushed_ids(), [op(1)]);

    desk.happen(Event::SignOut { unsent: Unsent::Destroy });
    assert_eq!(desk.session()["others"], json!([]));
    let files = std::fs::read_dir(keep.path()).expect("a folder").count();
    desk.signs_in("mara");
    assert_eq!(desk.home()["students"], json!([]));
    assert!(std::fs::read_dir(keep.path()).expect("a folder").count() > files);
}

#[test]
fn signing_out_after_sending_leaves_nothing_behind() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.happen(Event::Offline);
    desk.does(1, edit(ANA, "unsent"));
    desk.happen(Event::SignOut { unsent: Unsent::Send });
    assert_eq!((desk.session()["state"].clone(), desk.session()["leaving"].clone()), (json!("ready"), json!(true)));
    desk.happen(Event::Online);
    desk.takes_push(&[]);
    desk.pulls(vec![]);
    assert_eq!((desk.session()["state"].clone(), desk.session()["others"].clone()), (json!("signedOut"), json!([])));
    assert!(last_is(&desk, "/auth/sign-out"));
}

#[test]
fn nothing_can_be_done_while_nobody_is_signed_in() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::open(folder.path());
    desk.does(1, edit(ANA, "lost?"));
    assert_eq!(desk.refused(), Some("SIGN_IN"));
}

#[test]
fn the_subscription_is_asked_for_while_it_makes_sense() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::open(folder.path());
    desk.happen(Event::Online);
    desk.signs_in("mara");
    assert!(desk.effects.iter().any(|effect| matches!(effect, Effect::Listen { .. })));
    desk.happen(Event::Offline);
    assert!(desk.effects.contains(&Effect::Hush));
}

#[test]
fn a_revoked_device_destroys_its_copy_and_tells_what_was_never_received() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.happen(Event::Offline);
    desk.does(1, edit(ANA, "Xylophone lessons."));
    desk.later(900_000);
    desk.happen(Event::Online);
    let refresh = desk.sent.last().expect("a refresh").clone();
    desk.replies(&refresh, 401, &refused("DEVICE_REVOKED"));
    assert_eq!((desk.session()["state"].clone(), desk.session()["others"].clone()), (json!("signedOut"), json!([])));
    let lost = desk.session()["error"]["lost"][0].clone();
    assert_eq!((lost["name"].clone(), lost["initials"].clone()), (json!("EditStatement"), json!("AS")));
    drop(desk);

    let mut desk = Desk::open(folder.path());
    assert_eq!(desk.session()["error"]["code"], "DEVICE_REVOKED");
    let lost = desk.session()["error"]["lost"][0].clone();
    assert_eq!((lost["name"].clone(), lost["initials"].clone()), (json!("EditStatement"), json!("")));
    desk.signs_in("mara");
    assert!(desk.session()["error"].is_null());
    assert!(desk.outbox().is_empty());
}

#[test]
fn a_store_that_is_not_the_devices_asks_to_sign_in_again() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    desk.does(1, edit(ANA, "one"));
    let push = desk.sent.last().expect("a push").clone();
    let error = json!({"message": "m", "extensions": {"code": "BAD_USER_INPUT", "field": "store"}});
    desk.replies(&push, 200, &json!({"errors": [error]}));
    assert_eq!(desk.session()["state"], "expired");
    desk.signs_in("mara");
    assert_eq!(desk.pushed_ids(), [op(1)]);
}
