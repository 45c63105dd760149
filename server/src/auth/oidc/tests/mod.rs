//! An agency's own sign-in as its staff uses it, and as those would who are somebody else.

mod forger;
mod whom;
mod wrong;

use axum::http::Request;
use axum::http::header::{CONTENT_TYPE, COOKIE, HOST, ORIGIN};
use openidconnect::ClientSecret;
use serde_json::{Value, json};
use sync::{AccountId, AgencyId, PersonId};
use uuid::Uuid;

use self::forger::{CLIENT, Forger, SECRET, Sent, Signed};
use super::settings::Settings;
use super::{Issuers, rows};
use crate::auth::tests::story::{Reply, Story};
use crate::db::types::Id;
use crate::fixture::noon;
use crate::people::{self, Agency, Person};

const HOME: AgencyId = AgencyId(Uuid::from_u128(5));

fn settings(agency: &str, url: &str) -> Settings {
    Settings {
        agency: agency.to_owned(),
        name: "Grand Bend Schools".to_owned(),
        url: url.to_owned(),
        client_id: CLIENT.to_owned(),
        client_secret: ClientSecret::new(SECRET.to_owned()),
        emails_are_confirmed: false,
    }
}

/// A district with an issuer, where Ruth works, whom nobody has signed in as yet.
struct Bend {
    story: Story,
    forger: Forger,
}

/// A sign-in that was begun in one browser.
struct Begun {
    sent: Sent,
    cookie: String,
}

impl Bend {
    async fn new() -> Self {
        let forger = Forger::start().await;
        let ours = vec![settings("Grand Bend", &forger.url)];
        let story = Story::asking(|home| {
            Issuers::of(ours, std::slice::from_ref(home), "https://school.example/").expect("one issuer")
        });
        let bend = Self { story, forger };
        bend.hires(30, "Ruth", "ruth@school.example", Some("director"));
        bend
    }

    fn hires(&self, id: u128, name: &str, email: &str, role: Option<&str>) {
        let person = Person {
            agency: Id(HOME),
            id: Id(PersonId(Uuid::from_u128(id))),
            account: None,
            source_id: None,
            given_name: name.into(),
            family_name: "Begay".into(),
            preferred_name: None,
            email: Some(email.into()),
            phone: None,
            language: None,
            staff_role: role.map(str::to_owned),
            ended_at: None,
        };
        self.write(|db| people::rows::insert_people(db, std::slice::from_ref(&person)));
    }

    fn write<T>(&self, work: impl Fn(&mut crate::db::Db) -> crate::error::Result<T>) -> T {
        self.story.served.app.database.write(work).expect("the database answers")
    }

    /// A request of one of our own pages, with a browser's cookies.
    async fn posts(&self, path: &str, cookie: &str, body: &Value) -> Reply {
        let request = Request::post(path)
            .header(CONTENT_TYPE, "application/json")
            .header(HOST, "school.example")
            .header(ORIGIN, "https://school.example")
            .header(COOKIE, cookie);
        self.story.send(request, body).await
    }

    async fn begin(&self) -> Begun {
        let begun = self.posts("/auth/oidc/begin", "", &json!({"agency": HOME})).await;
        assert_eq!(begun.status, 200, "{}", begun.body);
        let sent = Sent::with(begun.body["address"].as_str().expect("an address"));
        Begun { sent, cookie: begun.cookies() }
    }

    /// The page that somebody was sent back to tells what they were given.
    async fn finish(&self, cookie: &str, state: &str, code: &str) -> Reply {
        let device = json!({"kind": "web", "name": "Firefox"});
        let body = json!({"state": state, "code": code, "iss": self.forger.url, "device": device});
        self.posts("/auth/oidc/finish", cookie, &body).await
    }

    /// What an honest issuer would say of Ruth just now.
    fn ruth(&self, sent: &Sent) -> Value {
        let now = self.story.served.app.clock.now().timestamp();
        json!({
            "iss": self.forger.url, "aud": CLIENT, "sub": "r-17", "nonce": sent.nonce, "iat": now, "exp": now + 300,
            "email": "Ruth@school.example", "email_verified": true,
        })
    }

    /// The whole round of somebody of whom the issuer says other things than of Ruth.
    async fn round(&self, other: &Value) -> Reply {
        let begun = self.begin().await;
        let mut claims = self.ruth(&begun.sent);
        for (name, value) in other.as_object().expect("claims") {
            claims[name] = value.clone();
        }
        let code = self.forger.code(&begun.sent, claims, Signed::With(1));
        self.finish(&begun.cookie, &begun.sent.state, &code).await
    }

    fn is_known(&self) -> bool {
        let who = super::issuer::Who { issuer: self.forger.url.clone(), subject: "r-17".into(), email: None };
        self.write(|db| rows::account_called(db, &who)).is_some()
    }
}
