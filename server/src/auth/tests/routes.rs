//! `/auth/…` as phones and browsers use it.

use crate::auth::code::{self, Code};
use crate::auth::{Account, Invitation, password, rows};
use crate::db::types::{At, Id};
use crate::edge::{self, Hardened};
use crate::fixture::{Served, noon};
use crate::people::{self, Agency, Person};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{CONTENT_TYPE, COOKIE, HOST, ORIGIN, RETRY_AFTER, SET_COOKIE};
use axum::http::request::Builder;
use axum::http::{HeaderMap, Request};
use axum::middleware::from_fn_with_state;
use chrono::TimeDelta;
use serde_json::{Value, json};
use sync::{AccountId, AgencyId, PersonId};
use tower::ServiceExt;
use uuid::Uuid;

const PASSWORD: &str = "four little words here";

/// A server with Theo, a provider, and Maria, a mother who holds a code.
struct Story {
    served: Served,
    routes: Router,
    code: String,
}

struct Reply {
    status: u16,
    body: Value,
    headers: HeaderMap,
}

impl Story {
    fn new() -> Self {
        let served = Served::new();
        let routes = crate::auth::routes::routes(served.app.clone())
            .with_state(served.app.clone())
            .layer(from_fn_with_state(Hardened::default(), edge::pass));
        let code = Code::new([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        let agency = Id(AgencyId(Uuid::from_u128(5)));
        let person = |id: u128, name: &str, account: Option<u128>, role: Option<&str>| Person {
            agency,
            id: Id(PersonId(Uuid::from_u128(id))),
            account: account.map(|id| Id(AccountId(Uuid::from_u128(id)))),
            source_id: None,
            given_name: name.into(),
            family_name: "Silva".into(),
            preferred_name: None,
            email: None,
            phone: None,
            language: Some("es".into()),
            staff_role: role.map(str::to_owned),
            ended_at: None,
        };
        let theo = Account {
            id: Id(AccountId(Uuid::from_u128(10))),
            login: "theo@example.org".into(),
            password_hash: password::hash(PASSWORD, [1; 16]).expect("hashes"),
            locale: "en".into(),
            created_at: At(noon()),
        };
        let invitation = Invitation {
            agency,
            id: Id(Uuid::from_u128(20)),
            code_hash: code.hash(&served.app.auth.keys).to_vec(),
            person: Id(PersonId(Uuid::from_u128(12))),
            made_by: Some(Id(PersonId(Uuid::from_u128(11)))),
            made_at: At(noon()),
            expires_at: At(noon() + code::LIFE),
            used_at: None,
            ended_at: None,
        };
        let home = Agency {
            id: agency,
            name: "Grand Bend".into(),
            kind: "district".into(),
            parent: None,
            time_zone: "America/Detroit".into(),
            locale: "en".into(),
        };
        let people = [person(11, "Theo", Some(10), Some("provider")), person(12, "Maria", None, None)];
        let set_up = |db: &mut _| {
            people::rows::insert_agencies(db, std::slice::from_ref(&home))?;
            people::rows::insert_people(db, &people)?;
            rows::insert_account(db, &theo)?;
            rows::insert_invitation(db, &invitation)
        };
        served.app.database.write(set_up).expect("a district");
        Self { served, routes, code: code.to_string() }
    }

    async fn send(&self, request: Builder, body: &Value) -> Reply {
        let request = request.body(Body::from(body.to_string())).expect("a request");
        let response = self.routes.clone().oneshot(request).await.expect("an answer");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = to_bytes(response.into_body(), 1 << 20).await.expect("a body");
        Reply { status, body: serde_json::from_slice(&bytes).unwrap_or_default(), headers }
    }

    async fn post(&self, path: &str, body: Value) -> Reply {
        self.send(Request::post(path).header(CONTENT_TYPE, "application/json"), &body).await
    }

    async fn sign_in(&self, login: &str, password: &str) -> Reply {
        self.post("/auth/sign-in", json!({"login": login, "password": password, "device": phone(1)})).await
    }

    async fn redeem(&self, code: &str, login: &str, password: &str) -> Reply {
        let body = json!({"code": code, "login": login, "password": password, "device": phone(2)});
        self.post("/auth/redeem", body).await
    }
}

impl Reply {
    fn code(&self) -> (u16, &str) {
        (self.status, self.body["error"]["code"].as_str().unwrap_or_default())
    }

    /// The cookies that it sets, as a browser sends them back.
    fn cookies(&self) -> String {
        let set = self.headers.get_all(SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
        set.filter_map(|cookie| cookie.split(';').next()).collect::<Vec<_>>().join("; ")
    }
}

fn phone(store: u128) -> Value {
    json!({"kind": "phone", "name": "a phone", "store": Uuid::from_u128(store)})
}

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
