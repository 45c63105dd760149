//! `/auth/…` as phones and browsers use it.

use super::story::{PASSWORD, Story, phone};
use crate::auth::code;
use crate::fixture::noon;
use axum::http::Request;
use axum::http::header::{CONTENT_TYPE, COOKIE, HOST, ORIGIN, RETRY_AFTER, SET_COOKIE};
use chrono::TimeDelta;
use serde_json::{Value, json};
use uuid::Uuid;

#[tokio::test]
async fn a_provider_signs_in_on_a_phone_and_is_told_who_they_are() {
    let story = Story::new();
    let reply = story.sign_in(" Theo@Example.org ", PASSWORD).await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.headers.get(SET_COOKIE), None);
    assert!(reply.body["access"].is_string() && reply.body["refresh"].is_string());
    assert_eq!(reply.body["serverTime"], noon().timestamp_millis());
    assert_eq!(reply.body["accessExpiresAt"], (noon() + TimeDelta::minutes(15)).timestamp_millis());
    assert_eq!(
        reply.body["account"],
        json!({
            "id": Uuid::from_u128(10),
            "login": "theo@example.org",
            "locale": "en",
            "people": [{
                "agency": {"id": Uuid::from_u128(5), "name": "Grand Bend", "timeZone": "America/Detroit"},
                "person": Uuid::from_u128(11),
                "name": "Theo Silva",
                "staffRole": "provider",
            }],
        })
    );
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_login_get_the_same_answer() {
    let story = Story::new();
    let wrong = story.sign_in("theo@example.org", "four little words her").await;
    let unknown = story.sign_in("nobody@example.org", PASSWORD).await;
    let impossible = story.sign_in("no body", PASSWORD).await;
    assert_eq!(wrong.code(), (401, "SIGN_IN_FAILED"));
    assert_eq!(wrong.body, unknown.body);
    assert_eq!(wrong.body, impossible.body);
}

#[tokio::test]
async fn guessing_has_to_wait() {
    let story = Story::new();
    for _ in 0..10 {
        assert_eq!(story.sign_in("theo@example.org", "a wrong guess!").await.status, 401);
    }
    let limited = story.sign_in("theo@example.org", PASSWORD).await;
    assert_eq!(limited.code(), (429, "RATE_LIMITED"));
    assert_eq!(limited.headers[RETRY_AFTER], "900");
    story.served.pass(TimeDelta::minutes(15));
    assert_eq!(story.sign_in("theo@example.org", PASSWORD).await.status, 200);
}

#[tokio::test]
async fn what_was_not_agreed_is_refused_with_the_field() {
    let story = Story::new();
    let body = |device: Value| json!({"login": "theo@example.org", "password": PASSWORD, "device": device});
    for device in [json!({"kind": "phone"}), json!({"kind": "web", "store": Uuid::nil()})] {
        let reply = story.post("/auth/sign-in", body(device)).await;
        assert_eq!((reply.status, &reply.body["error"]["field"]), (422, &json!("device.store")));
    }
    let form = Request::post("/auth/sign-in").header(CONTENT_TYPE, "text/plain");
    assert_eq!(story.send(form, &body(phone(1))).await.code(), (422, "BAD_USER_INPUT"));
    assert_eq!(story.post("/auth/sign-in", json!({"login": 1})).await.code(), (422, "BAD_USER_INPUT"));
    let long = story.sign_in("theo@example.org", &"x".repeat(20_000)).await;
    assert_eq!(long.code(), (422, "BAD_USER_INPUT"));
}

#[tokio::test]
async fn a_phone_refreshes_and_a_stranger_with_its_token_does_not() {
    let story = Story::new();
    let first = story.sign_in("theo@example.org", PASSWORD).await;
    let refresh = |store: u128| {
        let body = json!({"refresh": first.body["refresh"], "store": Uuid::from_u128(store)});
        story.post("/auth/refresh", body)
    };
    let next = refresh(1).await;
    assert_eq!(next.status, 200);
    assert_eq!(refresh(1).await.body["refresh"], next.body["refresh"]);
    assert_eq!(refresh(2).await.code(), (401, "SIGN_IN_AGAIN"));
    assert_eq!(refresh(1).await.code(), (401, "SIGN_IN_AGAIN"));
    let garbage = story.post("/auth/refresh", json!({"refresh": "garbage", "store": Uuid::from_u128(1)})).await;
    assert_eq!(garbage.code(), (401, "SIGN_IN_AGAIN"));
}

#[tokio::test]
async fn a_browser_keeps_its_tokens_in_cookies_of_our_own_pages() {
    let story = Story::new();
    let device = json!({"kind": "web", "name": "Firefox"});
    let signed_in =
        story.post("/auth/sign-in", json!({"login": "theo@example.org", "password": PASSWORD, "device": device})).await;
    assert_eq!((&signed_in.body["access"], &signed_in.body["refresh"]), (&Value::Null, &Value::Null));
    let from = |path: &str, origin: &str, cookies: &str| {
        Request::post(path)
            .header(CONTENT_TYPE, "application/json")
            .header(HOST, "school.example")
            .header(ORIGIN, origin)
            .header(COOKIE, cookies)
    };
    let (ours, theirs) = ("https://school.example", "https://evil.example");
    let cookies = signed_in.cookies();
    assert_eq!(story.send(from("/auth/refresh", theirs, &cookies), &json!({})).await.status, 401);
    let refreshed = story.send(from("/auth/refresh", ours, &cookies), &json!({})).await;
    assert_eq!(refreshed.status, 200);

    let cookies = refreshed.cookies();
    assert_eq!(story.send(from("/auth/sign-out", theirs, &cookies), &Value::Null).await.status, 401);
    let signed_out = story.send(from("/auth/sign-out", ours, &cookies), &Value::Null).await;
    assert_eq!((signed_out.status, signed_out.cookies().as_str()), (204, "aimline-access=; aimline-refresh="));
    assert_eq!(story.send(from("/auth/refresh", ours, &cookies), &json!({})).await.status, 401);
}

#[tokio::test]
async fn a_guardian_redeems_a_code_and_signs_in_with_it_from_then_on() {
    let story = Story::new();
    let typed = story.code.to_lowercase().replace('-', " ");
    let redeemed = story.redeem(&typed, "maria@example.org", "mi casa es tu casa").await;
    assert_eq!(redeemed.status, 200, "{}", redeemed.body);
    assert_eq!(redeemed.body["account"]["locale"], "es");
    assert_eq!(redeemed.body["account"]["people"][0]["person"], json!(Uuid::from_u128(12)));

    let again = story.redeem(&typed, "maria@example.org", "mi casa es tu casa").await;
    assert_eq!(again.status, 200);
    let thief = story.redeem(&typed, "thief@example.org", "mi casa es tu casa").await;
    assert_eq!(thief.code(), (404, "CODE_UNKNOWN"));
    assert_eq!(story.sign_in("maria@example.org", "mi casa es tu casa").await.status, 200);
}

#[tokio::test]
async fn a_refused_code_says_nothing_about_logins_and_makes_no_account() {
    let story = Story::new();
    let known = story.redeem("22222-22222", "theo@example.org", PASSWORD).await;
    let unknown = story.redeem("22222-22222", "new@example.org", PASSWORD).await;
    assert_eq!(known.code(), (404, "CODE_UNKNOWN"));
    assert_eq!(known.body, unknown.body);
    story.served.pass(code::LIFE);
    assert_eq!(story.redeem(&story.code, "new@example.org", PASSWORD).await.code(), (404, "CODE_UNKNOWN"));
    assert_eq!(story.sign_in("new@example.org", PASSWORD).await.status, 401);
}

#[tokio::test]
async fn a_weak_password_is_told_why_and_the_code_stays_good() {
    let story = Story::new();
    let weak = story.redeem(&story.code, "maria@example.org", "too short").await;
    assert_eq!((weak.code(), &weak.body["error"]["field"]), ((422, "BAD_USER_INPUT"), &json!("password")));
    let taken = story.redeem(&story.code, "theo@example.org", "not theos password").await;
    assert_eq!(taken.code(), (401, "SIGN_IN_FAILED"));
    assert_eq!(story.redeem(&story.code, "maria@example.org", PASSWORD).await.status, 200);
}

#[tokio::test]
async fn codes_cannot_be_tried_one_by_one() {
    let story = Story::new();
    for _ in 0..30 {
        assert_eq!(story.redeem("22222-22222", "new@example.org", PASSWORD).await.status, 404);
    }
    assert_eq!(story.redeem(&story.code, "new@example.org", PASSWORD).await.code(), (429, "RATE_LIMITED"));
}
