//! A server with somebody who signs in and somebody who holds a code, asked through its routes.

use crate::auth::code::{self, Code};
use crate::auth::oidc::Issuers;
use crate::auth::{Account, Invitation, password, rows};
use crate::db::types::{At, Id};
use crate::edge::{self, Hardened};
use crate::fixture::{Served, noon};
use crate::people::{self, Agency, Person};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{CONTENT_TYPE, SET_COOKIE};
use axum::http::request::Builder;
use axum::http::{HeaderMap, Request};
use axum::middleware::from_fn_with_state;
use serde_json::{Value, json};
use sync::{AccountId, AgencyId, PersonId};
use tower::ServiceExt;
use uuid::Uuid;

pub(in crate::auth) const PASSWORD: &str = "four little words here";

/// A server with Theo, a provider, and Maria, a mother who holds a code.
pub(in crate::auth) struct Story {
    pub(in crate::auth) served: Served,
    routes: Router,
    pub(in crate::auth) code: String,
}

/// An answer of the routes.
pub(in crate::auth) struct Reply {
    pub(in crate::auth) status: u16,
    pub(in crate::auth) body: Value,
    pub(in crate::auth) headers: HeaderMap,
}

impl Story {
    pub(in crate::auth) fn new() -> Self {
        Self::asking(|_| Issuers::default())
    }

    /// Of an agency with a sign-in of its own.
    pub(in crate::auth) fn asking(issuers: impl FnOnce(&Agency) -> Issuers) -> Self {
        let home = Agency {
            id: Id(AgencyId(Uuid::from_u128(5))),
            name: "Grand Bend".into(),
            kind: "district".into(),
            parent: None,
            time_zone: "America/Detroit".into(),
            locale: "en".into(),
        };
        let mut served = Served::new();
        served.app.auth = served.app.auth.clone().with_issuers(issuers(&home));
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
            password_hash: Some(password::hash(PASSWORD, [1; 16]).expect("hashes")),
            locale: "en".into(),
            created_at: At(noon()),
        };
        let invitation = Invitation {
            agency,
            id: Id(Uuid::from_u128(20)),
            code_hash: code.hash(&served.app.auth.keys).to_vec(),
            person: Id(PersonId(Uuid::from_u128(12))),
            ends_sign_ins: false,
            made_by: Some(Id(PersonId(Uuid::from_u128(11)))),
            made_at: At(noon()),
            expires_at: At(noon() + code::LIFE),
            used_at: None,
            ended_at: None,
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

    pub(in crate::auth) async fn send(&self, request: Builder, body: &Value) -> Reply {
        let request = request.body(Body::from(body.to_string())).expect("a request");
        let response = self.routes.clone().oneshot(request).await.expect("an answer");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = to_bytes(response.into_body(), 1 << 20).await.expect("a body");
        Reply { status, body: serde_json::from_slice(&bytes).unwrap_or_default(), headers }
    }

    pub(in crate::auth) async fn post(&self, path: &str, body: Value) -> Reply {
        self.send(Request::post(path).header(CONTENT_TYPE, "application/json"), &body).await
    }

    pub(in crate::auth) async fn sign_in(&self, login: &str, password: &str) -> Reply {
        self.post("/auth/sign-in", json!({"login": login, "password": password, "device": phone(1)})).await
    }

    pub(in crate::auth) async fn redeem(&self, code: &str, login: &str, password: &str) -> Reply {
        let body = json!({"code": code, "login": login, "password": password, "device": phone(2)});
        self.post("/auth/redeem", body).await
    }
}

impl Reply {
    pub(in crate::auth) fn code(&self) -> (u16, &str) {
        (self.status, self.body["error"]["code"].as_str().unwrap_or_default())
    }

    /// The cookies that it sets, as a browser sends them back.
    pub(in crate::auth) fn cookies(&self) -> String {
        let set = self.headers.get_all(SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
        set.filter_map(|cookie| cookie.split(';').next()).collect::<Vec<_>>().join("; ")
    }
}

/// What a phone says of itself.
pub(in crate::auth) fn phone(store: u128) -> Value {
    json!({"kind": "phone", "name": "a phone", "store": Uuid::from_u128(store)})
}
