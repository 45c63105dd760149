//! What `/auth` hears and says, as JSON.

use axum::Json;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sync::{AccountId, AgencyId, DeviceId, PersonId, StoreId};

use super::cookie::Cookies;
use super::password::{Unhashed, Weak};
use super::rows::Account;
use super::sign_in::Tokens;
use super::ways::Ways;
use crate::devices::{Arrival, DeviceKind, LONGEST_NAME};
use crate::error::Error;
use crate::people::{Agency, Person};

/// A login and a password, from a device.
#[derive(Deserialize)]
pub(super) struct SignIn {
    pub(super) login: String,
    pub(super) password: String,
    pub(super) device: SentDevice,
}

/// A code, and the account that it is for.
#[derive(Deserialize)]
pub(super) struct Redeem {
    pub(super) code: String,
    #[serde(flatten)]
    pub(super) sign_in: SignIn,
}

/// A refresh token; a browser sends it in its cookie instead.
#[derive(Deserialize)]
pub(super) struct Refresh {
    pub(super) refresh: Option<String>,
    pub(super) store: Option<StoreId>,
}

/// What a device says of itself.
#[derive(Deserialize)]
pub(super) struct SentDevice {
    kind: DeviceKind,
    #[serde(default)]
    name: String,
    store: Option<StoreId>,
}

impl SentDevice {
    /// A phone has a store and a browser has none.
    pub(super) fn read(self) -> Result<Arrival, Refusal> {
        if self.store.is_some() != (self.kind == DeviceKind::Phone) {
            return Err(Refusal::Invalid { field: "device.store", message: "a phone has a store, a browser has none" });
        }
        let name = self.name.trim();
        let name = if name.is_empty() { "?" } else { name };
        Ok(Arrival { kind: self.kind, name: name.chars().take(LONGEST_NAME).collect(), store: self.store })
    }
}

/// Tokens as they are told. A browser has them in its cookies, out of reach of scripts.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TokensTold {
    #[serde(skip_serializing_if = "Option::is_none")]
    access: Option<String>,
    access_expires_at: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh: Option<String>,
    server_time: i64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SignedIn {
    #[serde(flatten)]
    tokens: TokensTold,
    account: AccountTold,
    device: DeviceId,
}

#[derive(Serialize)]
struct AccountTold {
    id: AccountId,
    login: String,
    locale: String,
    people: Vec<PersonTold>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PersonTold {
    agency: AgencyTold,
    person: PersonId,
    name: String,
    staff_role: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AgencyTold {
    id: AgencyId,
    name: String,
    time_zone: String,
}

/// The answer to a sign-in.
pub(super) fn signed_in(
    tokens: &Tokens,
    kind: DeviceKind,
    account: Account,
    people: Vec<(Person, Agency)>,
    now: DateTime<Utc>,
    cookies: Cookies,
) -> Response {
    let person = |(person, agency): (Person, Agency)| PersonTold {
        agency: AgencyTold { id: agency.id.0, name: agency.name, time_zone: agency.time_zone },
        person: person.id.0,
        name: person.name(),
        staff_role: person.staff_role,
    };
    let account = AccountTold {
        id: account.id.0,
        login: account.login,
        locale: account.locale,
        people: people.into_iter().map(person).collect(),
    };
    let told = SignedIn { tokens: told(tokens, kind, now), account, device: tokens.device };
    with_cookies(Json(told).into_response(), tokens, kind, now, cookies)
}

/// The answer to a refresh.
pub(super) fn refreshed(tokens: &Tokens, kind: DeviceKind, now: DateTime<Utc>, cookies: Cookies) -> Response {
    with_cookies(Json(told(tokens, kind, now)).into_response(), tokens, kind, now, cookies)
}

fn told(tokens: &Tokens, kind: DeviceKind, now: DateTime<Utc>) -> TokensTold {
    let is_phone = kind == DeviceKind::Phone;
    TokensTold {
        access: is_phone.then(|| tokens.access.clone()),
        access_expires_at: tokens.access_expires_at.timestamp_millis(),
        refresh: is_phone.then(|| tokens.refresh.to_text()),
        server_time: now.timestamp_millis(),
    }
}

fn with_cookies(
    mut response: Response,
    tokens: &Tokens,
    kind: DeviceKind,
    now: DateTime<Utc>,
    cookies: Cookies,
) -> Response {
    if kind == DeviceKind::Web {
        response.headers_mut().extend(cookies.set(tokens, now));
    }
    response
}

/// Why somebody was not let in.
#[derive(Debug)]
pub(super) enum Refusal {
    /// The login or the password is wrong, which of them is not said.
    SignInFailed,
    /// The passkey is not known, not of this account, or answers nothing that was asked; which of
    /// them is not said.
    PasskeyRefused,
    /// This server does not know the address that passkeys would belong to.
    NoPasskeys,
    /// This server asks no issuer for that agency.
    NoIssuer,
    /// The agency's own sign-in does not answer.
    IssuerAway,
    /// What came back from there is not what was asked for, or was asked for elsewhere, or too long
    /// ago; which of them is not said.
    IssuerRefused,
    /// Nobody of the staff is known by what the issuer says.
    NobodyMatches,
    /// More than one is.
    SeveralMatch,
    /// The account opens more than the issuer answers for.
    OpensMore,
    /// Passwords are being looked at, too many at once.
    Busy,
    /// Who is signed in for a while has to show again who they are, by something that they have.
    Unconfirmed(Ways),
    /// The refresh token is not taken any more.
    SignInAgain,
    /// This device was signed out from elsewhere.
    DeviceRevoked,
    /// The code is not known, was used, or is too old; which of them is not said.
    CodeUnknown,
    /// One thing has to change.
    Invalid {
        /// Its name in the request.
        field: &'static str,
        /// What to do about it.
        message: &'static str,
    },
    /// The new password is too weak.
    Weak(Weak),
    /// Too many tries.
    TooMany(TimeDelta),
    /// Anything else.
    Failed(Error),
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        match error {
            Error::Unauthenticated => Self::SignInAgain,
            error => Self::Failed(error),
        }
    }
}

impl From<Unhashed> for Refusal {
    fn from(unhashed: Unhashed) -> Self {
        match unhashed {
            Unhashed::Busy => Self::Busy,
            Unhashed::Failed(cause) => cause.into(),
        }
    }
}

impl From<anyhow::Error> for Refusal {
    fn from(cause: anyhow::Error) -> Self {
        Self::Failed(Error::internal(cause))
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let say = |status: StatusCode, code: &str, message: &str| {
            (status, Json(json!({"error": {"code": code, "message": message}}))).into_response()
        };
        let later = |mut response: Response| {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("5"));
            response
        };
        let wrong = |field: &str, message: &str| {
            let error = json!({"code": "BAD_USER_INPUT", "message": message, "field": field});
            (StatusCode::UNPROCESSABLE_ENTITY, Json(json!({"error": error}))).into_response()
        };
        match self {
            Self::SignInFailed => {
                say(StatusCode::UNAUTHORIZED, "SIGN_IN_FAILED", "The sign-in name or the password is not right.")
            }
            Self::PasskeyRefused => say(
                StatusCode::UNAUTHORIZED,
                "PASSKEY_REFUSED",
                "This passkey was not taken. Try again, or sign in in another way.",
            ),
            Self::NoPasskeys => say(StatusCode::NOT_FOUND, "NO_PASSKEYS", "This server takes no passkeys."),
            Self::NoIssuer => say(StatusCode::NOT_FOUND, "NO_ISSUER", "This server knows no sign-in of that agency."),
            Self::IssuerAway => later(say(
                StatusCode::SERVICE_UNAVAILABLE,
                "ISSUER_AWAY",
                "Your agency's own sign-in does not answer. Try again in a few minutes, or sign in in another way.",
            )),
            Self::IssuerRefused => {
                say(StatusCode::UNAUTHORIZED, "ISSUER_REFUSED", "This sign-in did not come to its end. Begin it again.")
            }
            Self::NobodyMatches => say(
                StatusCode::FORBIDDEN,
                "NOBODY_MATCHES",
                "Nobody who works at your agency is known here by your e-mail address. Ask your director or the office.",
            ),
            Self::SeveralMatch => say(
                StatusCode::FORBIDDEN,
                "SEVERAL_MATCH",
                "Your e-mail address does not say for certain who you are. Ask your director or the office for a code.",
            ),
            Self::OpensMore => say(
                StatusCode::FORBIDDEN,
                "OPENS_MORE",
                "Your account opens more than this agency's staff pages. Sign in with your password or your passkey.",
            ),
            Self::Busy => later(say(
                StatusCode::SERVICE_UNAVAILABLE,
                "BUSY",
                "Many people are signing in at this moment. Try again in a few seconds.",
            )),
            Self::Unconfirmed(Ways { password, passkeys, .. }) => {
                let message = "Send your password or the answer of a passkey along, or sign in again first.";
                let by = json!({"password": password, "passkey": passkeys > 0});
                let error = json!({"code": "UNCONFIRMED", "message": message, "by": by});
                (StatusCode::FORBIDDEN, Json(json!({"error": error}))).into_response()
            }
            Self::SignInAgain => say(StatusCode::UNAUTHORIZED, "SIGN_IN_AGAIN", "Sign in again."),
            Self::DeviceRevoked => {
                say(StatusCode::UNAUTHORIZED, "DEVICE_REVOKED", "This device was signed out from elsewhere.")
            }
            Self::CodeUnknown => say(
                StatusCode::NOT_FOUND,
                "CODE_UNKNOWN",
                "This code is not known, was used already, or is too old. Ask the school for a new one.",
            ),
            Self::Invalid { field, message } => wrong(field, message),
            Self::Weak(weak) => wrong("password", &weak.to_string()),
            Self::TooMany(wait) => {
                let message = "Too many tries. Wait a while and try again.";
                let mut response = say(StatusCode::TOO_MANY_REQUESTS, "RATE_LIMITED", message);
                let seconds = HeaderValue::from(wait.num_seconds().max(1));
                response.headers_mut().insert(RETRY_AFTER, seconds);
                response
            }
            Self::Failed(error) => error.into_response(),
        }
    }
}
