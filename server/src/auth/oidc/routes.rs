//! `POST /auth/oidc/…`: sending somebody to their agency's own sign-in, and taking them back.

use axum::Router;
use axum::extract::{Json, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use chrono::TimeDelta;
use serde::Deserialize;
use serde_json::{Value, json};
use subtle::ConstantTimeEq;
use sync::AgencyId;
use uuid::Uuid;

use super::Issuers;
use super::issuer::{Asked, Brought, Trouble};
use super::link::{self, Recognised};
use crate::app::App;
use crate::auth::answer::{Refusal, SentDevice};
use crate::auth::challenge::{self, Challenge, Kind};
use crate::auth::cookie::Cookie;
use crate::auth::routes::{Answer, Body, read, welcome};
use crate::devices::DeviceKind;
use crate::door::address::Network;

/// How long somebody may be away: a password, a second factor, a forgotten phone.
pub(super) const PATIENCE: TimeDelta = TimeDelta::minutes(10);

/// The routes.
pub(in crate::auth) fn routes() -> Router<App> {
    Router::new().route("/auth/oidc/begin", post(begin)).route("/auth/oidc/finish", post(finish))
}

/// What the door offers, by the agency that each is of.
pub(in crate::auth) fn offered(issuers: &Issuers) -> Value {
    issuers.all().map(|(agency, issuer)| json!({"agency": agency, "name": issuer.name})).collect()
}

/// Where somebody wants to sign in.
#[derive(Deserialize)]
struct Begin {
    agency: AgencyId,
}

/// What the issuer sent the browser back with.
#[derive(Deserialize)]
struct Finish {
    state: String,
    code: String,
    iss: Option<String>,
    device: SentDevice,
}

async fn begin(State(app): State<App>, body: Body<Begin>) -> Answer {
    let Begin { agency } = read(body)?;
    let now = app.clock.now();
    let issuer = app.auth.issuers.at(agency).ok_or(Refusal::NoIssuer)?;
    let (address, asked) = issuer.ask(agency, now).await?;
    let attempt = Uuid::from_bytes(rand::random());
    let question = Challenge::new(Kind::Issuer, attempt, None, &asked, now + PATIENCE)?;
    app.database.writing(move |db| challenge::ask(db, &question, now)).await?;
    let mut response = Json(json!({"address": address})).into_response();
    response.headers_mut().extend([app.auth.cookies.attempt(&attempt.to_string(), PATIENCE.num_seconds())]);
    Ok(response)
}

async fn finish(State(app): State<App>, from: Network, headers: HeaderMap, body: Body<Finish>) -> Answer {
    let Finish { state, code, iss, device } = read(body)?;
    let arrival = device.read()?;
    if arrival.kind != DeviceKind::Web {
        return Err(Refusal::Invalid { field: "device.kind", message: "an agency's own sign-in is for browsers" });
    }
    let now = app.clock.now();
    app.auth.issuer_tries.attempt(from, now).map_err(Refusal::TooMany)?;
    let attempt = app.auth.cookies.token(Cookie::Attempt, &headers).and_then(|text| text.parse::<Uuid>().ok());
    let attempt = attempt.ok_or(Refusal::IssuerRefused)?;
    let taken = app.database.writing(move |db| challenge::take(db, Kind::Issuer, attempt, None, now)).await?;
    let asked: Asked = taken.ok_or(Refusal::IssuerRefused)?;
    if !bool::from(asked.state.as_bytes().ct_eq(state.as_bytes())) {
        return Err(Refusal::IssuerRefused);
    }
    let agency = asked.agency;
    let issuer = app.auth.issuers.at(agency).ok_or(Refusal::NoIssuer)?;
    let who = issuer.judge(asked, Brought { code, issuer: iss }, now).await?;
    let (issuers, new) = (app.auth.issuers.clone(), app.clock.ids().mint());
    let work = move |db: &mut _| link::recognise(db, &issuers, agency, &who, new, now);
    let account = match app.database.writing(work).await? {
        Recognised::Account(account) => account,
        Recognised::Nobody => return Err(Refusal::NobodyMatches),
        Recognised::Several => return Err(Refusal::SeveralMatch),
        Recognised::TooFar => return Err(Refusal::OpensMore),
    };
    app.auth.issuer_tries.succeeded(&from);
    let mut response: Response = welcome(&app, account, arrival, now).await?;
    response.headers_mut().extend([app.auth.cookies.attempt("", 0)]);
    Ok(response)
}

impl From<Trouble> for Refusal {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Away(why) => {
                tracing::warn!(why = format!("{why:#}"), "an issuer does not answer");
                Self::IssuerAway
            }
            Trouble::Refused(why) => {
                tracing::warn!(why = format!("{why:#}"), "what an issuer sent was refused");
                Self::IssuerRefused
            }
        }
    }
}
