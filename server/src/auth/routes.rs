//! `POST /auth/…`: signing in, redeeming a code, going on, signing out; and which ways in there
//! are. Outside GraphQL, so that one document cannot hold a thousand guesses.

use axum::Router;
use axum::extract::rejection::JsonRejection;
use axum::extract::{DefaultBodyLimit, Json, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use chrono::{DateTime, Utc};
use serde_json::json;
use sync::AccountId;
use uuid::Uuid;

use super::answer::{self, Redeem, Refresh, Refusal, SignIn};
use super::caller::{identify, presented};
use super::code::Code;
use super::cookie::Cookie;
use super::login::Login;
use super::refresh::RefreshToken;
use super::rows::{self, Account};
use super::sign_in::{self, Chance, Recovery, Redeemed, Refreshed};
use super::{Auth, oidc, passkey, password};
use crate::app::App;
use crate::db::types::{At, Id};
use crate::devices::{Arrival, DeviceKind};
use crate::door::address::Network;
use crate::door::rates;
use crate::error::Error;
use crate::people;

/// Far more than a login and a password, or a passkey.
const BODY_LIMIT: usize = 16 * 1024;

pub(super) type Answer = Result<Response, Refusal>;
pub(super) type Body<T> = Result<Json<T>, JsonRejection>;

/// The routes.
pub fn routes(app: App) -> Router<App> {
    Router::new()
        .route("/auth/sign-in", post(sign_in))
        .route("/auth/redeem", post(redeem))
        .route("/auth/refresh", post(refresh))
        .route("/auth/sign-out", post(sign_out))
        .route("/auth/ways", get(ways))
        .merge(passkey::routes::routes())
        .merge(oidc::routes::routes())
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(from_fn_with_state(app, rates::count_sign_ins))
}

async fn sign_in(State(app): State<App>, from: Network, body: Body<SignIn>) -> Answer {
    let SignIn { login, password, device } = read(body)?;
    let arrival = device.read()?;
    let now = app.clock.now();
    let login = Login::parse(&login);
    let attempt = app.auth.attempt_sign_in(login.as_ref(), from, now)?;
    let account = find(&app, login).await?;
    check(&app, &attempt, account.as_ref(), password).await?;
    let account = account.ok_or(Refusal::SignInFailed)?;
    welcome(&app, account, arrival, now).await
}

async fn redeem(State(app): State<App>, from: Network, body: Body<Redeem>) -> Answer {
    let Redeem { code, sign_in: SignIn { login, password, device } } = read(body)?;
    let arrival = device.read()?;
    let now = app.clock.now();
    app.auth.codes.attempt(from, now).map_err(Refusal::TooMany)?;
    let code = Code::parse(&code).ok_or(Refusal::CodeUnknown)?.hash(&app.auth.keys);
    let wrong = Refusal::Invalid { field: "login", message: "Use your e-mail address, or a name without blanks." };
    let login = Login::parse(&login).ok_or(wrong)?;

    // Before anything is said about the login: without a code nobody learns who has one.
    let invited = invited(&app, code, now).await?.ok_or(Refusal::CodeUnknown)?;
    let known = find(&app, Some(login.clone())).await?;
    let (account, redeemed) = match (invited.recovers, known) {
        (Some(account), known) if known.as_ref().is_none_or(|known| known.id.0 == account) => {
            recover(&app, code, account, &login, password, now).await?
        }
        // Somebody else's name.
        (Some(_), _) => return Err(Refusal::SignInFailed),
        (None, Some(account)) => {
            let attempt = app.auth.attempt_sign_in(Some(&login), from, now)?;
            check(&app, &attempt, Some(&account), password).await?;
            link(&app, code, account, false, now).await?
        }
        (None, None) => {
            let account = new_account(&app, login, password, invited.locale, now).await?;
            link(&app, code, account, true, now).await?
        }
    };
    match redeemed {
        Redeemed::Linked => app.auth.codes.succeeded(&from),
        Redeemed::CodeUnknown => return Err(Refusal::CodeUnknown),
        Redeemed::LoginTaken => return Err(Refusal::SignInFailed),
    }
    welcome(&app, account, arrival, now).await
}

async fn refresh(State(app): State<App>, headers: HeaderMap, body: Body<Refresh>) -> Answer {
    let Refresh { refresh, store } = read(body)?;
    let kind = if refresh.is_some() { DeviceKind::Phone } else { DeviceKind::Web };
    let sent = refresh.as_deref().or_else(|| app.auth.cookies.token(Cookie::Refresh, &headers));
    let token = sent.and_then(RefreshToken::parse).ok_or(Refusal::SignInAgain)?;
    let now = app.clock.now();
    let keys = app.auth.keys.clone();
    let work = move |db: &mut _| sign_in::go_on(db, &keys, token, store, now);
    match app.database.writing(work).await? {
        Refreshed::Tokens(tokens) => Ok(answer::refreshed(&tokens, kind, now, app.auth.cookies)),
        Refreshed::SignInAgain => Err(Refusal::SignInAgain),
        Refreshed::Revoked => Err(Refusal::DeviceRevoked),
    }
}

async fn sign_out(State(app): State<App>, headers: HeaderMap) -> Answer {
    let token = presented(&app.auth, &headers).ok_or(Refusal::SignInAgain)?.to_owned();
    let (auth, now) = (app.auth.clone(), app.clock.now());
    let work = move |db: &mut _| {
        let caller = identify(db, &auth, &token, now)?;
        sign_in::end(db, &caller, now)
    };
    app.database.writing(work).await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    response.headers_mut().extend(app.auth.cookies.clear());
    Ok(response)
}

/// Where passkeys work, so that a page that was opened elsewhere does not offer one; and the
/// agencies' own sign-ins.
async fn ways(State(app): State<App>) -> Response {
    let origin = app.auth.passkeys.as_ref().map(passkey::party::Party::origin);
    Json(json!({"passkeys": origin, "issuers": oidc::routes::offered(&app.auth.issuers)})).into_response()
}

/// Whether that is the password of an account, as often as somebody may try.
pub(super) async fn check_password(
    app: &App,
    account: &Account,
    password: String,
    from: Network,
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    let attempt = app.auth.attempt_sign_in(Login::parse(&account.login).as_ref(), from, now)?;
    check(app, &attempt, Some(account), password).await
}

type Attempt = (Option<Login>, Network);

/// Whether the password is the account's. Nobody's takes as long.
async fn check(app: &App, attempt: &Attempt, account: Option<&Account>, password: String) -> Result<(), Refusal> {
    let kept = account.and_then(|account| account.password_hash.clone());
    if !app.auth.hasher.verify(password, kept).await? {
        return Err(Refusal::SignInFailed);
    }
    app.auth.sign_ins.succeeded(attempt);
    Ok(())
}

impl Auth {
    /// Counts an attempt on a login from an address.
    fn attempt_sign_in(&self, login: Option<&Login>, from: Network, now: DateTime<Utc>) -> Result<Attempt, Refusal> {
        let key = (login.cloned(), from);
        self.sign_ins.attempt(key.clone(), now).map_err(Refusal::TooMany)?;
        Ok(key)
    }
}

pub(super) fn read<T>(body: Body<T>) -> Result<T, Refusal> {
    match body {
        Ok(Json(body)) => Ok(body),
        Err(_) => Err(Refusal::Invalid { field: "", message: "Send the agreed fields as application/json." }),
    }
}

async fn find(app: &App, login: Option<Login>) -> Result<Option<Account>, Refusal> {
    let Some(login) = login else { return Ok(None) };
    Ok(app.database.reading(move |db| rows::account_by_login(db, login.as_str())).await?)
}

/// Whom a code is for.
struct Invited {
    /// Their language.
    locale: String,
    /// The account that they get back.
    recovers: Option<AccountId>,
}

async fn invited(app: &App, code: [u8; 32], now: DateTime<Utc>) -> Result<Option<Invited>, Refusal> {
    let work = move |db: &mut _| {
        let Some(invitation) = rows::invitation_by_code(db, &code)? else { return Ok(None) };
        let locale = people::locale_of(db, invitation.agency.0, invitation.person.0)?;
        let recovers = sign_in::recovers(db, &invitation, now)?;
        Ok(locale.map(|locale| Invited { locale, recovers }))
    };
    Ok(app.database.reading(work).await?)
}

/// Makes an account the person of a code.
async fn link(
    app: &App,
    code: [u8; 32],
    account: Account,
    is_new: bool,
    now: DateTime<Utc>,
) -> Result<(Account, Redeemed), Refusal> {
    let linking = account.clone();
    let work = move |db: &mut _| sign_in::redeem(db, &code, &linking, is_new, now);
    Ok((account, app.database.writing(work).await?))
}

/// Gives an account back to the person of a code, with a login and a password of their choice.
async fn recover(
    app: &App,
    code: [u8; 32],
    account: AccountId,
    login: &Login,
    password: String,
    now: DateTime<Utc>,
) -> Result<(Account, Redeemed), Refusal> {
    let password_hash = hashed(app, login, password).await?;
    let login = login.as_str().to_owned();
    let work = move |db: &mut _| {
        let recovery = Recovery { account, login: &login, password_hash: &password_hash };
        let redeemed = sign_in::recover(db, &code, &recovery, now)?;
        Ok((rows::account_of(db, account)?.ok_or(Error::Unauthenticated)?, redeemed))
    };
    Ok(app.database.writing(work).await?)
}

async fn hashed(app: &App, login: &Login, password: String) -> Result<String, Refusal> {
    password::check_new(&password, login.as_str()).map_err(Refusal::Weak)?;
    Ok(app.auth.hasher.hash(password, rand::random()).await?)
}

async fn new_account(
    app: &App,
    login: Login,
    password: String,
    locale: String,
    now: DateTime<Utc>,
) -> Result<Account, Refusal> {
    let password_hash = Some(hashed(app, &login, password).await?);
    let id = Id(app.clock.ids().mint());
    Ok(Account { id, login: login.as_str().to_owned(), password_hash, locale, created_at: At(now) })
}

/// Signs in whoever has shown who they are, in whatever way.
pub(super) async fn welcome(app: &App, account: Account, arrival: Arrival, now: DateTime<Utc>) -> Answer {
    let chance =
        Chance { device: app.clock.ids().mint(), family: Uuid::from_bytes(rand::random()), token: rand::random() };
    let (keys, id, kind) = (app.auth.keys.clone(), account.id.0, arrival.kind);
    let work = move |db: &mut _| {
        let tokens = sign_in::begin(db, &keys, id, &arrival, &chance, now)?;
        Ok((tokens, people::people_of(db, id)?))
    };
    let (tokens, people) = app.database.writing(work).await?;
    Ok(answer::signed_in(&tokens, kind, account, people, now, app.auth.cookies))
}
