//! Who asks: the bearer of an access token, as long as their device is signed in.
//!
//! Phones send the token in `Authorization`, or in the first message of a socket; browsers in
//! a cookie. Each request looks the device up once, so that a device that was signed out is
//! dead at once and not when its token expires.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use chrono::{DateTime, Utc};
use sync::{AccountId, DeviceId, StoreId};
use uuid::Uuid;

use super::Auth;
use super::access_token::{self, Claims};
use super::cookie::Cookie;
use crate::db::Db;
use crate::devices::DeviceKind;
use crate::devices::device_of;
use crate::error::{Error, Result};

/// Somebody who is signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caller {
    /// Who.
    pub account: AccountId,
    /// Where.
    pub device: DeviceId,
    /// On a phone or in a browser.
    pub kind: DeviceKind,
    /// The phone's copy.
    pub store: Option<StoreId>,
    claims: Claims,
}

impl Caller {
    /// When the token stops being taken; a socket that lives longer is told to come back.
    pub fn expires_at(&self) -> DateTime<Utc> {
        self.claims.expires_at
    }

    /// The sign-in that the token belongs to.
    pub fn family(&self) -> Uuid {
        self.claims.family
    }

    /// The same caller, if they are signed in still: for what outlives a request.
    pub fn again(&self, db: &mut Db, now: DateTime<Utc>) -> Result<Self> {
        if now >= self.claims.expires_at {
            return Err(Error::Unauthenticated);
        }
        caller_of(db, self.claims)
    }
}

/// The token that a request presents; `None` if nobody claims to be anybody.
pub fn presented<'h>(auth: &Auth, headers: &'h HeaderMap) -> Option<&'h str> {
    let Some(authorization) = headers.get(AUTHORIZATION) else {
        return auth.cookies.token(Cookie::Access, headers);
    };
    // What is no bearer token still claims to be one, and is refused rather than overlooked.
    let text = authorization.to_str().unwrap_or_default();
    Some(text.strip_prefix("Bearer ").unwrap_or_default().trim())
}

/// Who presents a token.
pub fn identify(db: &mut Db, auth: &Auth, token: &str, now: DateTime<Utc>) -> Result<Caller> {
    let claims = access_token::open(&auth.keys, token, now).map_err(|_| Error::Unauthenticated)?;
    caller_of(db, claims)
}

fn caller_of(db: &mut Db, claims: Claims) -> Result<Caller> {
    let device = device_of(db, claims.device)?.filter(|device| device.is_signed_in(claims.family));
    let device = device.ok_or(Error::Unauthenticated)?;
    Ok(Caller { account: device.account, device: device.id, kind: device.kind, store: device.store, claims })
}
