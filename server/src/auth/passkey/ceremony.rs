//! The units of work of passkeys: keeping what was asked, judging the answer once, and what an
//! owner does with theirs. Each is one transaction; challenges and ids come in.

use anyhow::Context as _;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use sync::AccountId;
use uuid::Uuid;
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential,
};

use super::party::Party;
use super::rows::{self, PasskeyRow};
use crate::auth::challenge::{self, Challenge, Kind};
use crate::auth::oidc::Issuers;
use crate::auth::rows::{Account, account_of};
use crate::auth::ways::ways_of;
use crate::db::Db;
use crate::db::types::{At, Id};
use crate::error::{Error, Result};

/// How long somebody may look for their key: what the browser is told as well.
pub(super) const PATIENCE: TimeDelta = TimeDelta::minutes(5);

/// The most passkeys of one account.
pub(super) const MOST: usize = 20;

/// A question as it is kept, to one account or to whoever comes.
pub(super) fn question(
    id: Uuid,
    account: Option<AccountId>,
    state: &impl Serialize,
    now: DateTime<Utc>,
) -> anyhow::Result<Challenge> {
    Challenge::new(Kind::Passkey, id, account, state, now + PATIENCE)
}

/// Who it is that answered a question of the door; `None` says nothing of why not.
pub(super) fn recognise(
    db: &mut Db,
    party: &Party,
    challenge: Uuid,
    answer: &PublicKeyCredential,
    now: DateTime<Utc>,
) -> Result<Option<Account>> {
    let Some(asked) = challenge::take::<DiscoverableAuthentication>(db, Kind::Passkey, challenge, None, now)? else {
        return Ok(None);
    };
    let Some(row) = rows::passkey_by_credential(db, answer.get_credential_id())? else { return Ok(None) };
    // The key says whose it is, and has to agree with us.
    if answer.get_user_unique_id() != Some(row.account.0.0.as_bytes().as_slice()) {
        return Ok(None);
    }
    let mut passkey = read(&row.credential)?;
    let judged = party.webauthn.finish_discoverable_authentication_v2(answer, asked, &passkey);
    let result = match judged {
        Ok(result) => result,
        Err(why) => {
            tracing::info!(passkey = %row.id.0, %why, "a passkey was refused");
            return Ok(None);
        }
    };
    passkey.update_credential(&result);
    rows::used(db, row.id.0, &written(&passkey)?, now)?;
    account_of(db, row.account.0)
}

/// A passkey that was made in answer to an offer.
pub(super) struct New<'a> {
    pub(super) id: Uuid,
    pub(super) account: AccountId,
    pub(super) name: &'a str,
    pub(super) challenge: Uuid,
    pub(super) answer: &'a RegisterPublicKeyCredential,
}

/// Keeps a new passkey; says no to what was not asked for, or is known already.
pub(super) fn add(db: &mut Db, party: &Party, new: &New<'_>, now: DateTime<Utc>) -> Result<bool> {
    let asked = challenge::take::<PasskeyRegistration>(db, Kind::Passkey, new.challenge, Some(new.account), now)?;
    let Some(asked) = asked else { return Ok(false) };
    let passkey = match party.webauthn.finish_passkey_registration(new.answer, &asked) {
        Ok(passkey) => passkey,
        Err(why) => {
            tracing::info!(account = %new.account, %why, "a new passkey was refused");
            return Ok(false);
        }
    };
    let row = PasskeyRow {
        id: Id(new.id),
        account: Id(new.account),
        credential_id: passkey.cred_id().to_vec(),
        credential: written(&passkey)?,
        name: new.name.to_owned(),
        created_at: At(now),
        last_used_at: None,
    };
    rows::insert_passkey(db, &row)
}

/// What became of the wish to remove a passkey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Removed {
    /// It is gone, or never was.
    Gone,
    /// Its owner would not get in any more.
    LastWayIn,
}

/// Forgets one of an account's passkeys, unless its owner gets in by nothing else.
pub(super) fn remove(db: &mut Db, account: AccountId, id: Uuid, issuers: &Issuers) -> Result<Removed> {
    let mut ways = ways_of(db, account, issuers)?;
    let is_theirs = rows::passkeys_of(db, account)?.iter().any(|passkey| passkey.id.0 == id);
    ways.passkeys -= usize::from(is_theirs);
    if is_theirs && !ways.any() {
        return Ok(Removed::LastWayIn);
    }
    rows::remove(db, account, id)?;
    Ok(Removed::Gone)
}

fn read(text: &str) -> Result<Passkey> {
    serde_json::from_str(text).context("what was kept of a passkey").map_err(Error::internal)
}

fn written(passkey: &Passkey) -> Result<String> {
    serde_json::to_string(passkey).context("writing down a passkey").map_err(Error::internal)
}
