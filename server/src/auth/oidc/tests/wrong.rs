//! Wrong turns: each is refused, says as little as the others, and links nobody.

use chrono::TimeDelta;
use serde_json::json;

use super::{Bend, Signed};
use crate::auth::oidc::routes::PATIENCE;

const REFUSED: (u16, &str) = (401, "ISSUER_REFUSED");

#[tokio::test]
async fn a_token_that_was_not_made_for_this_sign_in_opens_nothing() {
    let bend = Bend::new().await;
    let now = bend.story.served.app.clock.now().timestamp();
    let key = Signed::With(1);
    #[rustfmt::skip]
    let table = [
        ("of another sign-in",              json!({"nonce": "another"}),                            key),
        ("of no sign-in",                   json!({"nonce": null}),                                 key),
        ("for another client",              json!({"aud": "another"}),                              key),
        ("for another client too",          json!({"aud": ["aimline", "another"]}),                 key),
        ("for another party",               json!({"azp": "another"}),                              key),
        ("of another issuer",               json!({"iss": "https://evil.example"}),                 key),
        ("expired",                         json!({"exp": now - 61}),                               key),
        ("made long ago",                   json!({"iat": now - 361}),                              key),
        ("made in the future",              json!({"iat": now + 61}),                               key),
        ("unsigned",                        json!({}),                                              Signed::Not),
        ("signed by what both know",        json!({}),                                              Signed::BySecret),
        ("signed by a key of nobody",       json!({}),                                              Signed::With(9)),
    ];
    for (what, other, signed) in &table {
        let begun = bend.begin().await;
        let mut claims = bend.ruth(&begun.sent);
        for (name, value) in other.as_object().expect("claims") {
            claims[name] = value.clone();
        }
        let code = bend.forger.code(&begun.sent, claims, *signed);
        let reply = bend.finish(&begun.cookie, &begun.sent.state, &code).await;
        assert_eq!(reply.code(), REFUSED, "{what}");
        assert!(!reply.cookies().contains("aimline-access"), "{what}");
    }
    assert!(!bend.is_known());
    let clocks_differ = json!({"exp": now - 59, "iat": now - 359});
    assert_eq!(bend.round(&clocks_differ).await.status, 200, "and all else was right");
}

#[tokio::test]
async fn a_forged_state_ends_the_attempt() {
    let bend = Bend::new().await;
    let begun = bend.begin().await;
    let code = bend.forger.code(&begun.sent, bend.ruth(&begun.sent), Signed::With(1));
    for state in ["", "forged", &begun.sent.nonce] {
        assert_eq!(bend.finish(&begun.cookie, state, &code).await.code(), REFUSED, "{state}");
    }
    assert_eq!(bend.finish(&begun.cookie, &begun.sent.state, &code).await.code(), REFUSED, "it has ended");
    assert_eq!(bend.round(&json!({})).await.status, 200);
}

#[tokio::test]
async fn a_return_counts_once_and_in_time() {
    let bend = Bend::new().await;
    let begun = bend.begin().await;
    let code = bend.forger.code(&begun.sent, bend.ruth(&begun.sent), Signed::With(1));
    assert_eq!(bend.finish(&begun.cookie, &begun.sent.state, &code).await.status, 200);
    assert_eq!(bend.finish(&begun.cookie, &begun.sent.state, &code).await.code(), REFUSED, "the attempt again");
    let another = bend.begin().await;
    assert_eq!(bend.finish(&another.cookie, &another.sent.state, &code).await.code(), REFUSED, "the code again");

    let late = bend.begin().await;
    let code = bend.forger.code(&late.sent, bend.ruth(&late.sent), Signed::With(1));
    bend.story.served.pass(PATIENCE);
    assert_eq!(bend.finish(&late.cookie, &late.sent.state, &code).await.code(), REFUSED, "after ten minutes");
}

#[tokio::test]
async fn nobody_is_signed_in_by_a_link_with_somebody_elses_code() {
    let bend = Bend::new().await;
    let (mallory, ruth) = (bend.begin().await, bend.begin().await);
    let code = bend.forger.code(&mallory.sent, bend.ruth(&mallory.sent), Signed::With(1));
    assert_eq!(bend.finish("", &mallory.sent.state, &code).await.code(), REFUSED, "nothing was begun here");
    assert_eq!(bend.finish(&ruth.cookie, &mallory.sent.state, &code).await.code(), REFUSED, "another was");
    let stolen = bend.begin().await;
    let mixed = bend.finish(&stolen.cookie, &stolen.sent.state, &code).await;
    assert_eq!(mixed.code(), REFUSED, "a code that was made for another attempt");
}

#[tokio::test]
async fn another_site_begins_nothing_and_finishes_nothing() {
    use axum::http::Request;
    use axum::http::header::{CONTENT_TYPE, COOKIE, HOST, ORIGIN};
    let bend = Bend::new().await;
    let begun = bend.begin().await;
    let code = bend.forger.code(&begun.sent, bend.ruth(&begun.sent), Signed::With(1));
    let body = json!({"state": begun.sent.state, "code": code, "iss": bend.forger.url,
        "device": {"kind": "web", "name": "Firefox"}});
    let theirs = Request::post("/auth/oidc/finish")
        .header(CONTENT_TYPE, "application/json")
        .header(HOST, "school.example")
        .header(ORIGIN, "https://evil.example")
        .header(COOKIE, &begun.cookie);
    assert_eq!(bend.story.send(theirs, &body).await.code(), REFUSED);
    let form = Request::post("/auth/oidc/begin").header(CONTENT_TYPE, "text/plain").header(HOST, "school.example");
    let begun_there = bend.story.send(form, &json!({"agency": super::HOME})).await;
    assert_eq!((begun_there.code(), begun_there.cookies().as_str()), ((422, "BAD_USER_INPUT"), ""));
}

#[tokio::test]
async fn browsers_are_sent_back_to_our_page_and_nowhere_else() {
    let bend = Bend::new().await;
    let wishes = json!({"agency": super::HOME, "redirect_uri": "https://evil.example", "to": "//evil.example"});
    let begun = bend.posts("/auth/oidc/begin", "", &wishes).await;
    let sent = super::Sent::with(begun.body["address"].as_str().expect("an address"));
    let back: Vec<String> = sent
        .address
        .query_pairs()
        .filter(|(name, _)| name == "redirect_uri")
        .map(|(_, value)| value.into_owned())
        .collect();
    assert_eq!(back, ["https://school.example/staff/return"]);
    assert!(!sent.address.as_str().contains("evil"));
}

#[tokio::test]
async fn who_sent_them_back_has_to_be_who_they_were_sent_to() {
    let bend = Bend::new().await;
    for iss in [json!("https://evil.example"), json!(null)] {
        let begun = bend.begin().await;
        let code = bend.forger.code(&begun.sent, bend.ruth(&begun.sent), Signed::With(1));
        let body = json!({"state": begun.sent.state, "code": code, "iss": iss,
            "device": {"kind": "web", "name": "Firefox"}});
        let reply = bend.posts("/auth/oidc/finish", &begun.cookie, &body).await;
        assert_eq!(reply.code(), REFUSED, "{iss}");
    }
}

#[tokio::test]
async fn an_issuer_that_is_away_is_said_to_be_and_asked_again() {
    let bend = Bend::new().await;
    bend.forger.is_away(true);
    let away = bend.posts("/auth/oidc/begin", "", &json!({"agency": super::HOME})).await;
    assert_eq!((away.code(), away.headers["retry-after"].to_str().ok()), ((503, "ISSUER_AWAY"), Some("5")));
    bend.forger.is_away(false);
    bend.story.served.pass(TimeDelta::seconds(5));
    let begun = bend.begin().await;
    let code = bend.forger.code(&begun.sent, bend.ruth(&begun.sent), Signed::With(1));
    bend.forger.is_away(true);
    assert_eq!(bend.finish(&begun.cookie, &begun.sent.state, &code).await.code(), (503, "ISSUER_AWAY"));
    bend.forger.is_away(false);
    assert_eq!(bend.round(&json!({})).await.status, 200);

    let unknown = bend.posts("/auth/oidc/begin", "", &json!({"agency": uuid::Uuid::nil()})).await;
    assert_eq!(unknown.code(), (404, "NO_ISSUER"));
}

#[tokio::test]
async fn codes_cannot_be_tried_one_by_one() {
    let bend = Bend::new().await;
    for _ in 0..30 {
        assert_eq!(bend.finish("", "state", "code").await.code(), REFUSED);
    }
    assert_eq!(bend.round(&json!({})).await.code(), (429, "RATE_LIMITED"));
    bend.story.served.pass(TimeDelta::minutes(15));
    assert_eq!(bend.round(&json!({})).await.status, 200);
}
