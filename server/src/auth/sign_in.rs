//! The units of work of sign-in: beginning one, going on with it, redeeming a code, ending
//! it. Each is one transaction; what must not be guessed comes in as [`Chance`].

use anyhow::anyhow;
use chrono::{DateTime, TimeDelta, Utc};
use sync::{AccountId, DeviceId, StoreId};
use uuid::Uuid;

use super::access_token::{self, Claims};
use super::keys::Keys;
use super::refresh::{self, Plan, RefreshToken, State};
use super::rows::{self, Account, Invitation, RefreshRow};
use super::{Caller, passkey};
use crate::db::Db;
use crate::db::types::{At, Id};
use crate::devices::Arrival;
use crate::devices::{self, Device, DeviceKind};
use crate::error::{Error, Result};
use crate::people;

/// A used token is remembered for so long: within it, presenting it again ends the sign-in;
/// after it, the token is merely unknown.
const USED_KEPT: TimeDelta = TimeDelta::days(30);

/// What one sign-in needs that nobody may guess and no two may share.
#[derive(Clone, Copy)]
pub struct Chance {
    /// For a device that was not here before.
    pub device: DeviceId,
    /// The new sign-in.
    pub family: Uuid,
    /// Its first refresh token.
    pub token: [u8; 32],
}

/// What a device holds while it is signed in.
#[derive(Clone)]
pub struct Tokens {
    /// The device.
    pub device: DeviceId,
    /// Goes with every request.
    pub access: String,
    /// Until then.
    pub access_expires_at: DateTime<Utc>,
    /// Buys the next pair, once.
    pub refresh: RefreshToken,
    /// If it is used until then.
    pub refresh_expires_at: DateTime<Utc>,
}

/// Signs an account in on a device. An earlier sign-in on the same store ends with it.
pub fn begin(
    db: &mut Db,
    keys: &Keys,
    account: AccountId,
    arrival: &Arrival,
    chance: &Chance,
    now: DateTime<Utc>,
) -> Result<Tokens> {
    let device = devices::arrive(db, chance.device, account, arrival, chance.family, now)?;
    rows::forget_refresh(db, device, chance.family, now - USED_KEPT)?;
    let sign_in = SignIn { account, device, kind: arrival.kind, family: chance.family };
    sign_in.give(db, keys, RefreshToken::first(chance.token), now)
}

/// What became of a presented refresh token.
pub enum Refreshed {
    /// The next pair. The same one again, if the last reply was lost.
    Tokens(Tokens),
    /// Sign in again.
    SignInAgain,
    /// This device was signed out from elsewhere: its copy has to go.
    Revoked,
}

/// Goes on with a sign-in.
pub fn go_on(
    db: &mut Db,
    keys: &Keys,
    token: RefreshToken,
    store: Option<StoreId>,
    now: DateTime<Utc>,
) -> Result<Refreshed> {
    let hash = token.hash(keys);
    let Some((row, device)) = known(db, &hash)? else { return Ok(Refreshed::SignInAgain) };
    let sign_in = SignIn { account: device.account, device: device.id, kind: device.kind, family: device.family };
    match refresh::decide(Some(&state(&row, &device)), store, now) {
        Plan::Rotate if rows::use_refresh(db, &hash, now)? => {
            rows::forget_refresh(db, device.id, device.family, now - USED_KEPT)?;
            devices::seen(db, device.id, now)?;
            sign_in.give(db, keys, token.successor(keys), now).map(Refreshed::Tokens)
        }
        // Also when another request with the same token was faster just now.
        Plan::Rotate | Plan::Repeat => {
            let used_at = row.used_at.map_or(now, |used_at| used_at.0);
            Ok(Refreshed::Tokens(sign_in.tokens(keys, token.successor(keys), used_at, now)))
        }
        Plan::EndFamily => {
            rows::end_family(db, row.family.0, device.id, now)?;
            devices::sign_out(db, device.id, now)?;
            tracing::warn!(device = %device.id, "a refresh token came back a second time: its sign-in is ended");
            Ok(Refreshed::SignInAgain)
        }
        Plan::Refuse => Ok(Refreshed::SignInAgain),
        Plan::Destroy => Ok(Refreshed::Revoked),
    }
}

/// Signs the caller out: their tokens are dead from now on.
pub fn end(db: &mut Db, caller: &Caller, now: DateTime<Utc>) -> Result<()> {
    rows::end_family(db, caller.family(), caller.device, now)?;
    devices::sign_out(db, caller.device, now)
}

/// What became of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Redeemed {
    /// The account is that person from now on.
    Linked,
    /// No such code, or not any more.
    CodeUnknown,
    /// Somebody took the login in the meantime.
    LoginTaken,
}

/// Somebody who signs in again by a code: with what, from now on.
pub struct Recovery<'a> {
    /// The account, which is theirs alone.
    pub account: AccountId,
    /// The sign-in name of their choice.
    pub login: &'a str,
    /// Their new password, as it is kept.
    pub password_hash: &'a str,
}

/// Makes an account the person that a code was made for; `account` is made if it is new. Where
/// somebody signed in as them before, they do no longer: the code opens this one person, and whatever
/// else that account may be stays its own.
/// A code that this very account redeemed before is fine: the reply was lost.
pub fn redeem(db: &mut Db, code_hash: &[u8], account: &Account, is_new: bool, now: DateTime<Utc>) -> Result<Redeemed> {
    let Some(invitation) = rows::invitation_by_code(db, code_hash)? else { return Ok(Redeemed::CodeUnknown) };
    let (agency, person) = (invitation.agency.0, invitation.person.0);
    let linked = people::account_of(db, agency, person)?;
    if !is_new && linked == Some(account.id.0) && invitation.used_at.is_some() {
        return Ok(Redeemed::Linked);
    }
    let is_theirs_alone = recovers(db, &invitation, now)?.is_some_and(|recovered| recovered != account.id.0);
    if is_theirs_alone || !invitation.is_open(now) {
        return Ok(Redeemed::CodeUnknown);
    }
    if is_new && !rows::insert_account(db, account)? {
        return Ok(Redeemed::LoginTaken);
    }
    use_up(db, &invitation, now)?;
    people::link_account(db, agency, person, account.id.0)?;
    if invitation.ends_sign_ins
        && let Some(linked) = linked
    {
        end_all(db, linked, now)?;
    }
    Ok(Redeemed::Linked)
}

/// Gives an account back to the person that a code was made for, who cannot sign in to it any more.
pub fn recover(db: &mut Db, code_hash: &[u8], recovery: &Recovery<'_>, now: DateTime<Utc>) -> Result<Redeemed> {
    let Some(invitation) = rows::invitation_by_code(db, code_hash)? else { return Ok(Redeemed::CodeUnknown) };
    if recovers(db, &invitation, now)? != Some(recovery.account) {
        return Ok(Redeemed::CodeUnknown);
    }
    if !rows::change_account(db, recovery.account, recovery.login, recovery.password_hash)? {
        return Ok(Redeemed::LoginTaken);
    }
    use_up(db, &invitation, now)?;
    if invitation.ends_sign_ins {
        end_all(db, recovery.account, now)?;
    }
    Ok(Redeemed::Linked)
}

/// The account that a code gives back: that of its person, if it is that one person and nobody else.
pub(super) fn recovers(db: &mut Db, invitation: &Invitation, now: DateTime<Utc>) -> Result<Option<AccountId>> {
    let linked = people::account_of(db, invitation.agency.0, invitation.person.0)?;
    let Some(account) = linked.filter(|_| invitation.is_open(now)) else { return Ok(None) };
    let is_alone = people::people_of(db, account)?.len() == 1;
    Ok(is_alone.then_some(account))
}

fn use_up(db: &mut Db, invitation: &Invitation, now: DateTime<Utc>) -> Result<()> {
    if rows::use_invitation(db, invitation.agency.0, invitation.id.0, now)? {
        return Ok(());
    }
    // Another request was faster. This takes everything back.
    Err(Error::unavailable(anyhow!("a code was redeemed twice at once")))
}

/// Ends what somebody else may hold: every sign-in, and the passkeys, which sign in by themselves.
fn end_all(db: &mut Db, account: AccountId, now: DateTime<Utc>) -> Result<()> {
    passkey::remove_all(db, account)?;
    devices::sign_out_all(db, account, now)
}

fn known(db: &mut Db, hash: &[u8]) -> Result<Option<(RefreshRow, Device)>> {
    let Some(row) = rows::refresh_token(db, hash)? else { return Ok(None) };
    let device = devices::device_of(db, row.device.0)?;
    Ok(device.map(|device| (row, device)))
}

fn state(row: &RefreshRow, device: &Device) -> State {
    State {
        family: row.family.0,
        expires_at: row.expires_at.0,
        used_at: row.used_at.map(|at| at.0),
        ended: row.ended_at.is_some(),
        current_family: device.family,
        store: device.store,
        device: device.standing(),
    }
}

/// One account on one device, from signing in to signing out.
#[derive(Clone, Copy)]
struct SignIn {
    account: AccountId,
    device: DeviceId,
    kind: DeviceKind,
    family: Uuid,
}

impl SignIn {
    /// Gives out a new refresh token, with an access token.
    fn give(self, db: &mut Db, keys: &Keys, token: RefreshToken, now: DateTime<Utc>) -> Result<Tokens> {
        let tokens = self.tokens(keys, token, now, now);
        let row = RefreshRow {
            hash: token.hash(keys).to_vec(),
            device: Id(self.device),
            family: Id(self.family),
            issued_at: At(now),
            expires_at: At(tokens.refresh_expires_at),
            used_at: None,
            ended_at: None,
        };
        rows::insert_refresh(db, &row)?;
        Ok(tokens)
    }

    /// A refresh token that was given out at `issued_at`, with an access token from now on.
    fn tokens(self, keys: &Keys, refresh: RefreshToken, issued_at: DateTime<Utc>, now: DateTime<Utc>) -> Tokens {
        let access_expires_at = now + access_token::LIFE;
        let Self { account, device, family, kind } = self;
        let claims = Claims { account, device, family, expires_at: access_expires_at };
        Tokens {
            device,
            access: access_token::seal(keys, &claims),
            access_expires_at,
            refresh,
            refresh_expires_at: issued_at + refresh::idle_life(kind),
        }
    }
}
