//! Passkeys as browsers use them, and as those would who have none.

mod authenticator;

use axum::http::Request;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use chrono::TimeDelta;
use diesel::prelude::*;
use serde_json::{Value, json};
use sync::AccountId;
use uuid::Uuid;

use self::authenticator::Authenticator;
use super::ceremony::{self, Removed};
use super::rows;
use crate::auth::oidc::Issuers;
use crate::auth::rows::{Account, account, insert_account};
use crate::auth::tests::story::{PASSWORD, Reply, Story, phone};
use crate::db::Db;
use crate::db::testing::fresh_databases;
use crate::db::types::{At, Id};
use crate::fixture::noon;
use crate::on;

const THEO: AccountId = AccountId(Uuid::from_u128(10));

/// The story of a passkey: Theo has signed in by password and may add one.
struct Keys {
    story: Story,
    token: String,
}

impl Keys {
    async fn begin() -> Self {
        let story = Story::new();
        let signed_in = story.sign_in("theo@example.org", PASSWORD).await;
        Self { token: signed_in.body["access"].as_str().expect("a token").to_owned(), story }
    }

    async fn as_theo(&self, path: &str, body: Value) -> Reply {
        let request = Request::post(path)
            .header(CONTENT_TYPE, "application/json")
            .header(AUTHORIZATION, format!("Bearer {}", self.token));
        self.story.send(request, &body).await
    }

    async fn add(&self, offer: &Value, credential: Value) -> Reply {
        let body = json!({"challenge": offer["challenge"], "credential": credential, "name": " my phone "});
        self.as_theo("/auth/passkey/add", body).await
    }

    /// Theo, with a passkey.
    async fn with_passkey(seed: u8) -> (Self, Authenticator) {
        let keys = Self::begin().await;
        let offer = keys.as_theo("/auth/passkey/offer", json!({})).await.body;
        let mut authenticator = Authenticator::new(seed);
        let made = authenticator.make(&offer);
        assert_eq!(keys.add(&offer, made).await.status, 204);
        (keys, authenticator)
    }

    async fn ask(&self) -> Value {
        self.story.post("/auth/passkey/ask", json!({})).await.body
    }

    async fn answer(&self, question: &Value, credential: &Value) -> Reply {
        let body = json!({"challenge": question["challenge"], "credential": credential, "device": phone(7)});
        self.story.post("/auth/passkey/sign-in", body).await
    }

    /// The way in, from the question to the answer.
    async fn sign_in(&self, authenticator: &mut Authenticator) -> Reply {
        let question = self.ask().await;
        let credential = authenticator.sign(&question);
        self.answer(&question, &credential).await
    }

    fn kept(&self) -> Vec<rows::PasskeyRow> {
        self.story.served.app.database.read(|db| rows::passkeys_of(db, THEO)).expect("reads")
    }
}

#[tokio::test]
async fn a_passkey_signs_its_owner_in_as_a_password_does() {
    let (keys, mut authenticator) = Keys::with_passkey(1).await;
    let by_password = keys.story.sign_in("theo@example.org", PASSWORD).await;
    keys.story.served.pass(TimeDelta::days(40));
    let by_passkey = keys.sign_in(&mut authenticator).await;
    assert_eq!(by_passkey.status, 200, "{}", by_passkey.body);
    assert_eq!(by_passkey.body["account"], by_password.body["account"]);
    let refresh = json!({"refresh": by_passkey.body["refresh"], "store": Uuid::from_u128(7)});
    assert_eq!(keys.story.post("/auth/refresh", refresh).await.status, 200);

    let [passkey] = &keys.kept()[..] else { panic!("one passkey") };
    let used = passkey.last_used_at.map(|at| at.0);
    assert_eq!((passkey.name.as_str(), used), ("my phone", Some(noon() + TimeDelta::days(40))));
}

#[tokio::test]
async fn a_browser_gets_its_session_in_cookies() {
    let (keys, mut authenticator) = Keys::with_passkey(1).await;
    let question = keys.ask().await;
    let credential = authenticator.sign(&question);
    let device = json!({"kind": "web", "name": "Firefox"});
    let body = json!({"challenge": question["challenge"], "credential": credential, "device": device});
    let reply = keys.story.post("/auth/passkey/sign-in", body).await;
    assert_eq!((reply.status, &reply.body["access"]), (200, &Value::Null));
    assert!(reply.cookies().starts_with("aimline-access="));
}

#[tokio::test]
async fn whatever_is_wrong_with_a_passkey_the_answer_is_the_same() {
    let (keys, mut honest) = Keys::with_passkey(1).await;
    let mut refused = Vec::new();

    let mut elsewhere = honest.clone().at("https://evil.example");
    refused.push(("made for another page", keys.sign_in(&mut elsewhere).await));
    let mut on_the_table = honest.clone().untouched();
    refused.push(("nobody's finger on it", keys.sign_in(&mut on_the_table).await));
    let mut unknown = Authenticator::new(2).claims(THEO);
    refused.push(("a key that nobody added", keys.sign_in(&mut unknown).await));
    let mut anothers = honest.clone().claims(AccountId(Uuid::from_u128(99)));
    refused.push(("an owner that it is not of", keys.sign_in(&mut anothers).await));

    let question = keys.ask().await;
    let late = honest.sign(&question);
    keys.story.served.pass(ceremony::PATIENCE);
    refused.push(("after five minutes", keys.answer(&question, &late).await));
    let (one, two) = (keys.ask().await, keys.ask().await);
    let crossed = honest.sign(&one);
    refused.push(("an answer to another question", keys.answer(&two, &crossed).await));
    let made_up = json!({"challenge": Uuid::from_u128(1)});
    refused.push(("a question that nobody asked", keys.answer(&made_up, &crossed).await));

    for (what, reply) in &refused {
        assert_eq!(reply.code(), (401, "PASSKEY_REFUSED"), "{what}");
        assert_eq!(reply.body, refused[0].1.body, "{what}");
    }
    assert_eq!(keys.sign_in(&mut honest).await.status, 200);
}

#[tokio::test]
async fn a_question_is_answered_once() {
    let (keys, mut authenticator) = Keys::with_passkey(1).await;
    let question = keys.ask().await;
    let credential = authenticator.sign(&question);
    assert_eq!(keys.answer(&question, &credential).await.status, 200);
    assert_eq!(keys.answer(&question, &credential).await.code(), (401, "PASSKEY_REFUSED"));

    let question = keys.ask().await;
    let wrong = authenticator.clone().untouched().sign(&question);
    assert_eq!(keys.answer(&question, &wrong).await.status, 401);
    let right = authenticator.sign(&question);
    assert_eq!(keys.answer(&question, &right).await.code(), (401, "PASSKEY_REFUSED"));
}

#[tokio::test]
async fn a_copy_of_a_key_is_found_out_by_its_counter() {
    let (keys, mut authenticator) = Keys::with_passkey(1).await;
    let mut copy = authenticator.clone();
    assert_eq!(keys.sign_in(&mut authenticator).await.status, 200);
    assert_eq!(keys.sign_in(&mut copy).await.code(), (401, "PASSKEY_REFUSED"));
    assert_eq!(keys.sign_in(&mut authenticator).await.status, 200);
}

#[tokio::test]
async fn an_app_whose_origin_the_operator_named_is_believed_and_another_is_not() {
    let (keys, authenticator) = Keys::with_passkey(1).await;
    let mut ours = authenticator.clone().at("android:apk-key-hash:test");
    assert_eq!(keys.sign_in(&mut ours).await.status, 200);
    let mut other = ours.at("android:apk-key-hash:other");
    assert_eq!(keys.sign_in(&mut other).await.code(), (401, "PASSKEY_REFUSED"));
}

#[tokio::test]
async fn a_removed_passkey_opens_nothing() {
    let (keys, mut authenticator) = Keys::with_passkey(1).await;
    let id = keys.kept()[0].id.0;
    let removed = keys.story.served.app.database.write(|db| ceremony::remove(db, THEO, id, &Issuers::default()));
    assert_eq!(removed.expect("writes"), Removed::Gone);
    assert_eq!(keys.sign_in(&mut authenticator).await.code(), (401, "PASSKEY_REFUSED"));
}

#[tokio::test]
async fn passkeys_cannot_be_tried_one_by_one() {
    let (keys, mut authenticator) = Keys::with_passkey(1).await;
    let mut unknown = Authenticator::new(2).claims(THEO);
    for _ in 0..30 {
        assert_eq!(keys.sign_in(&mut unknown).await.status, 401);
    }
    assert_eq!(keys.sign_in(&mut authenticator).await.code(), (429, "RATE_LIMITED"));
    keys.story.served.pass(TimeDelta::minutes(15));
    assert_eq!(keys.sign_in(&mut authenticator).await.status, 200);
}

#[tokio::test]
async fn a_passkey_is_added_by_its_owner_at_our_page_and_once() {
    let keys = Keys::begin().await;
    let offer = async || keys.as_theo("/auth/passkey/offer", json!({})).await.body;
    let refused = (422, "BAD_USER_INPUT");

    let asked = offer().await;
    let mut elsewhere = Authenticator::new(1).at("https://evil.example");
    let made = elsewhere.make(&asked);
    assert_eq!(keys.add(&asked, made).await.code(), refused, "another page");
    let made = Authenticator::new(1).make(&asked);
    assert_eq!(keys.add(&asked, made).await.code(), refused, "the offer is used up");
    let asked = offer().await;
    let made = Authenticator::new(1).untouched().make(&asked);
    assert_eq!(keys.add(&asked, made).await.code(), refused, "nobody's finger on it");
    let (first, second) = (offer().await, offer().await);
    let made = Authenticator::new(1).make(&first);
    assert_eq!(keys.add(&first, made).await.code(), refused, "a later offer took its place");
    let made = Authenticator::new(1).make(&second);
    keys.story.served.pass(ceremony::PATIENCE);
    assert_eq!(keys.add(&second, made).await.code(), refused, "after five minutes");
    let question = keys.ask().await;
    let mut stranger = Authenticator::new(1).claims(THEO);
    let credential = stranger.sign(&question);
    assert_eq!(keys.add(&question, credential).await.code(), refused, "an answer to the door");
    assert!(keys.kept().is_empty());

    let asked = offer().await;
    let made = Authenticator::new(1).make(&asked);
    assert_eq!(keys.add(&asked, made).await.status, 204);
    let asked = offer().await;
    assert_eq!(asked["publicKey"]["excludeCredentials"].as_array().map(Vec::len), Some(1));
    let made = Authenticator::new(1).make(&asked);
    assert_eq!(keys.add(&asked, made).await.code(), refused, "the same key again");
}

#[tokio::test]
async fn an_offer_to_one_account_is_not_taken_by_another() {
    let keys = Keys::begin().await;
    let offer = keys.as_theo("/auth/passkey/offer", json!({})).await.body;
    let maria = keys.story.redeem(&keys.story.code, "maria@example.org", "mi casa es tu casa").await;
    let token = maria.body["access"].as_str().expect("a token").to_owned();
    let marias = Keys { token, ..keys };
    let made = Authenticator::new(1).make(&offer);
    assert_eq!(marias.add(&offer, made).await.code(), (422, "BAD_USER_INPUT"));
    let nobody = marias.story.post("/auth/passkey/offer", json!({})).await;
    assert_eq!(nobody.code(), (401, "SIGN_IN_AGAIN"));
}

#[tokio::test]
async fn a_phone_that_lies_open_adds_no_passkey_without_the_password() {
    let keys = Keys::begin().await;
    keys.story.served.pass(TimeDelta::minutes(10));
    let offer = |password: Value| keys.as_theo("/auth/passkey/offer", json!({"password": password}));
    assert_eq!(offer(Value::Null).await.code(), (403, "UNCONFIRMED"));
    assert_eq!(offer(json!("a wrong guess!")).await.code(), (401, "SIGN_IN_FAILED"));
    assert_eq!(offer(json!(PASSWORD)).await.status, 200);
    for _ in 0..10 {
        offer(json!("a wrong guess!")).await;
    }
    assert_eq!(offer(json!(PASSWORD)).await.code(), (429, "RATE_LIMITED"));
}

#[tokio::test]
async fn who_has_no_password_shows_a_passkey_of_their_own_before_they_add_one() {
    let (keys, mut own) = Keys::with_passkey(1).await;
    let forget = |db: &mut Db| {
        let theos = account::table.find(Id(THEO));
        Ok(on!(db => diesel::update(theos).set(account::password_hash.eq(None::<String>)).execute(db))?)
    };
    assert_eq!(keys.story.served.app.database.write(forget).expect("writes"), 1);
    let maria = keys.story.redeem(&keys.story.code, "maria@example.org", "mi casa es tu casa").await;
    let token = maria.body["access"].as_str().expect("a token").to_owned();
    let marias = Keys { token, story: keys.story };
    let offer = marias.as_theo("/auth/passkey/offer", json!({})).await.body;
    let mut hers = Authenticator::new(2);
    let made = hers.make(&offer);
    assert_eq!(marias.add(&offer, made).await.status, 204);

    let keys = Keys { token: keys.token, story: marias.story };
    keys.story.served.pass(TimeDelta::minutes(10));
    let asked = keys.as_theo("/auth/passkey/offer", json!({})).await;
    assert_eq!(asked.code(), (403, "UNCONFIRMED"));
    assert_eq!(asked.body["error"]["by"], json!({"password": false, "passkey": true}));
    let shows = async |authenticator: &mut Authenticator| {
        let question = keys.ask().await;
        let shown = json!({"challenge": question["challenge"], "credential": authenticator.sign(&question)});
        (keys.as_theo("/auth/passkey/offer", json!({"passkey": shown})).await, shown)
    };
    let (refused, _) = shows(&mut hers).await;
    assert_eq!(refused.code(), (401, "PASSKEY_REFUSED"), "another's");
    let (taken, shown) = shows(&mut own).await;
    assert_eq!(taken.status, 200, "{}", taken.body);
    let again = keys.as_theo("/auth/passkey/offer", json!({"passkey": shown})).await;
    assert_eq!(again.code(), (401, "PASSKEY_REFUSED"), "an answer counts once");
    let no_password = keys.as_theo("/auth/passkey/offer", json!({"password": PASSWORD})).await;
    assert_eq!(no_password.code(), (401, "SIGN_IN_FAILED"));
}

#[test]
fn the_last_way_in_stays() {
    for database in fresh_databases() {
        let account = |id: u128, password_hash: Option<&str>| Account {
            id: Id(AccountId(Uuid::from_u128(id))),
            login: id.to_string(),
            password_hash: password_hash.map(str::to_owned),
            locale: "en".into(),
            created_at: At(noon()),
        };
        let passkey = |id: u128, account: u128| rows::PasskeyRow {
            id: Id(Uuid::from_u128(id)),
            account: Id(AccountId(Uuid::from_u128(account))),
            credential_id: id.to_be_bytes().to_vec(),
            credential: "{}".into(),
            name: "a phone".into(),
            created_at: At(noon()),
            last_used_at: None,
        };
        let remove = |account: u128, id: u128| {
            let (account, id) = (AccountId(Uuid::from_u128(account)), Uuid::from_u128(id));
            database.write(|db| ceremony::remove(db, account, id, &Issuers::default())).expect("writes")
        };
        let set_up = |db: &mut _| {
            insert_account(db, &account(1, None))?;
            insert_account(db, &account(2, Some("$argon2id$…")))?;
            for new in [passkey(11, 1), passkey(12, 1), passkey(21, 2)] {
                assert!(rows::insert_passkey(db, &new)?);
            }
            Ok(())
        };
        database.write(set_up).expect("two accounts");

        assert_eq!(remove(1, 21), Removed::Gone, "another's stays, and nothing is said of it");
        assert_eq!(remove(1, 11), Removed::Gone, "another is left");
        assert_eq!(remove(1, 12), Removed::LastWayIn);
        assert_eq!(remove(2, 21), Removed::Gone, "a password is left");
        let left = |account: u128| {
            let account = AccountId(Uuid::from_u128(account));
            database.read(|db| rows::passkeys_of(db, account)).expect("reads").len()
        };
        assert_eq!((left(1), left(2)), (1, 0), "{database}");
    }
}
