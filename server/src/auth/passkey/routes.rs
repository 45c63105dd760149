//! `POST /auth/passkey/…`: signing in with a passkey, and adding one to one's account.

use axum::Router;
use axum::extract::{Json, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;
use webauthn_rs::prelude::{PublicKeyCredential, RegisterPublicKeyCredential};

use super::ceremony::{self, MOST, New};
use super::party::{Owner, Party};
use super::rows;
use crate::app::App;
use crate::auth::answer::{Refusal, SentDevice};
use crate::auth::caller::{Caller, identify, presented};
use crate::auth::challenge;
use crate::auth::routes::{Answer, Body, check_password, read, welcome};
use crate::auth::rows::{Account, account_of};
use crate::auth::ways::ways_of;
use crate::devices::device_of;
use crate::door::address::Network;
use crate::error::Error;
use crate::people;

/// A sign-in so young needs no second word of who it is.
const YOUNG: TimeDelta = TimeDelta::minutes(10);

/// The longest name of a passkey.
pub(super) const LONGEST_NAME: usize = 100;

/// The routes.
pub(in crate::auth) fn routes() -> Router<App> {
    Router::new()
        .route("/auth/passkey/ask", post(ask))
        .route("/auth/passkey/sign-in", post(sign_in))
        .route("/auth/passkey/offer", post(offer))
        .route("/auth/passkey/add", post(add))
}

/// The answer to a question of the door, from a device.
#[derive(Deserialize)]
struct SignIn {
    #[serde(flatten)]
    answered: Answered,
    device: SentDevice,
}

/// Who is signed in for a while shows again who they are: by their password, or a passkey of theirs.
#[derive(Deserialize)]
struct Confirmation {
    password: Option<String>,
    passkey: Option<Answered>,
}

/// What a passkey answered to a question of the door.
#[derive(Deserialize)]
struct Answered {
    challenge: Uuid,
    credential: PublicKeyCredential,
}

/// The answer to an offer.
#[derive(Deserialize)]
struct Made {
    challenge: Uuid,
    credential: RegisterPublicKeyCredential,
    #[serde(default)]
    name: String,
}

async fn ask(State(app): State<App>) -> Answer {
    let (options, state) = party(&app)?.ask()?;
    let now = app.clock.now();
    let question = ceremony::question(fresh(), None, &state, now)?;
    let told = told(question.id.0, &options);
    app.database.writing(move |db| challenge::ask(db, &question, now)).await?;
    Ok(told)
}

async fn sign_in(State(app): State<App>, from: Network, body: Body<SignIn>) -> Answer {
    let SignIn { answered, device } = read(body)?;
    let arrival = device.read()?;
    let now = app.clock.now();
    let account = recognise(&app, answered, from, now).await?;
    welcome(&app, account, arrival, now).await
}

/// Whose passkey it is that answered.
async fn recognise(app: &App, answered: Answered, from: Network, now: DateTime<Utc>) -> Result<Account, Refusal> {
    let Answered { challenge, credential } = answered;
    let party = party(app)?.clone();
    app.auth.passkey_tries.attempt(from, now).map_err(Refusal::TooMany)?;
    let work = move |db: &mut _| ceremony::recognise(db, &party, challenge, &credential, now);
    let account = app.database.writing(work).await?.ok_or(Refusal::PasskeyRefused)?;
    app.auth.passkey_tries.succeeded(&from);
    Ok(account)
}

async fn offer(State(app): State<App>, from: Network, headers: HeaderMap, body: Body<Confirmation>) -> Answer {
    let confirmation = read(body)?;
    let party = party(&app)?;
    let now = app.clock.now();
    let caller = caller(&app, &headers).await?;
    let find = move |db: &mut _| {
        let account = account_of(db, caller.account)?.ok_or(Error::Unauthenticated)?;
        let device = device_of(db, caller.device)?.ok_or(Error::Unauthenticated)?;
        let name = people::people_of(db, caller.account)?.first().map(|(person, _)| person.name());
        Ok((account, device, name, rows::passkeys_of(db, caller.account)?))
    };
    let (account, device, name, known) = app.database.reading(find).await?;
    if now - device.signed_in_at >= YOUNG {
        confirm(&app, &account, confirmation, from, now).await?;
    }
    if known.len() >= MOST {
        return Err(Refusal::Invalid {
            field: "",
            message: "You have many passkeys. Remove one that you no longer use.",
        });
    }
    let owner =
        Owner { account: caller.account, login: &account.login, name: name.as_deref().unwrap_or(&account.login) };
    let known = known.into_iter().map(|passkey| passkey.credential_id).collect();
    let (options, state) = party.offer(&owner, known)?;
    let question = ceremony::question(fresh(), Some(caller.account), &state, now)?;
    let told = told(question.id.0, &options);
    app.database.writing(move |db| challenge::ask(db, &question, now)).await?;
    Ok(told)
}

/// Whoever changes how an account is signed in to has just shown who they are, or does so again by
/// something that the account has: a phone may lie open on a table.
async fn confirm(
    app: &App,
    account: &Account,
    confirmation: Confirmation,
    from: Network,
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    if let Some(answered) = confirmation.passkey {
        let whose = recognise(app, answered, from, now).await?;
        return if whose.id == account.id { Ok(()) } else { Err(Refusal::PasskeyRefused) };
    }
    if let Some(password) = confirmation.password {
        return check_password(app, account, password, from, now).await;
    }
    let (id, issuers) = (account.id.0, app.auth.issuers.clone());
    Err(Refusal::Unconfirmed(app.database.reading(move |db| ways_of(db, id, &issuers)).await?))
}

async fn add(State(app): State<App>, headers: HeaderMap, body: Body<Made>) -> Answer {
    let Made { challenge, credential, name } = read(body)?;
    let party = party(&app)?.clone();
    let now = app.clock.now();
    let caller = caller(&app, &headers).await?;
    let id = app.clock.ids().mint::<Uuid>();
    let work = move |db: &mut _| {
        let account = caller.account;
        let name = match name.trim() {
            "" => device_of(db, caller.device)?.map_or_else(|| "?".to_owned(), |device| device.name),
            name => name.to_owned(),
        };
        let name: String = name.chars().take(LONGEST_NAME).collect();
        let new = New { id, account, name: &name, challenge, answer: &credential };
        ceremony::add(db, &party, &new, now)
    };
    let is_added = app.database.writing(work).await?;
    let refused = Refusal::Invalid { field: "credential", message: "This passkey was not taken. Please try again." };
    if is_added { Ok(StatusCode::NO_CONTENT.into_response()) } else { Err(refused) }
}

/// A name for a question that nobody guesses.
fn fresh() -> Uuid {
    Uuid::from_bytes(rand::random())
}

/// What the browser is told: `publicKey` is for it, `challenge` comes back with the answer.
fn told(challenge: Uuid, options: &Value) -> Response {
    Json(json!({"challenge": challenge, "publicKey": options})).into_response()
}

fn party(app: &App) -> Result<&Party, Refusal> {
    app.auth.passkeys.as_ref().ok_or(Refusal::NoPasskeys)
}

async fn caller(app: &App, headers: &HeaderMap) -> Result<Caller, Refusal> {
    let token = presented(&app.auth, headers).ok_or(Refusal::SignInAgain)?.to_owned();
    let (auth, now) = (app.auth.clone(), app.clock.now());
    Ok(app.database.reading(move |db| identify(db, &auth, &token, now)).await?)
}
