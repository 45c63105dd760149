//! `{"screen":"session"}`: who is signed in on this phone, and who else has a copy here.
//!
//! ```json
//! {"state":"signedOut"|"signingIn"|"ready"|"expired"|"locked",
//!  "account":{"id","name","login","locale","roles":["parent"|"provider"|…],"key":1},
//!  "others":[{"account","name"}], "error":{"code","field","lost":[{"name","at","initials"}]},
//!  "lock":{"account","key":1,"made":true,"arrived":false},
//!  "lease":{"isOver":false,"endsSoon":false,"endsAt":ms,"daysSince":3},
//!  "unsent":0, "leaving":false, "tooOld":false}
//! ```
//! `account.key`: under which of their keys their copy lies, 0 under none. `lock`: a copy that
//! opens once its key is handed in (`unlock`). `key`: which of the account's keys, counted from 1; `made`: something lies under it already, otherwise a new one will do;
//! `arrived`: the server let its owner in just now. `expired`: reading goes on and nothing is
//! lost; signing in as the same account sends it. `leaving`: signs out as soon as all is sent.
//! `lease`: for how much longer the copy may be read without a contact, where the server says: once it
//! `isOver`, no other screen is shown, and the next contact opens them; `endsSoon`: worth a word;
//! `endsAt` by the phone's clock; `daysSince`: whole days since the last contact. `unsent`: how much
//! of what was done here the server does not have. `tooOld`: this build has to be updated before it can read on. `error.code`: what the server said to the last sign-in, or
//! `OFFLINE`, or `INTERNAL`; `DEVICE_REVOKED` when this device was signed out from elsewhere:
//! the copy is gone, and `lost` names what the server never received (the child's initials
//! only until the app is closed).

use crate::{
    Core, Result,
    core::Lock,
    store::{
        device::{Lost, Notice},
        meta::{Account, Contact, Meta as _, SignIn},
        outbox,
    },
};
use serde::Serialize;
use sync::{AccountId, Micros, replica::lease as lent};

/// The session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Session {
    /// Where it stands.
    pub state: State,
    /// Whose copy is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<Me>,
    /// Who else has a copy here, locked.
    pub others: Vec<Other>,
    /// What opens once its key is handed in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lock: Option<Lock>,
    /// What the last sign-in came to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<Trouble>,
    /// For how much longer the open copy may be read without a contact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lease: Option<Lease>,
    /// How much the server does not have yet.
    pub unsent: i64,
    /// Signs out as soon as all is sent.
    pub leaving: bool,
    /// This build has to be updated before it can read on.
    pub too_old: bool,
}

/// Where a session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum State {
    /// Nobody's copy is open.
    SignedOut,
    /// Somebody's copy waits for its key.
    Locked,
    /// A sign-in is on its way.
    SigningIn,
    /// Signed in.
    Ready,
    /// The server refused to go on; the copy is open all the same.
    Expired,
}

/// Whose copy is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Me {
    /// The account.
    pub id: AccountId,
    /// What they are called.
    pub name: String,
    /// What they sign in with.
    pub login: String,
    /// Their language.
    pub locale: String,
    /// What they are: staff roles, and `parent` where they are no staff.
    pub roles: Vec<String>,
    /// Under which of their keys their copy lies.
    pub key: i32,
}

/// For how much longer a copy may be read without a contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Lease {
    /// Nothing of it is shown until the next contact.
    pub is_over: bool,
    /// It is worth a word.
    pub ends_soon: bool,
    /// When, epoch ms by the phone's clock.
    pub ends_at: i64,
    /// Whole days since the last contact.
    pub days_since: i64,
}

impl From<lent::Lease> for Lease {
    fn from(lease: lent::Lease) -> Self {
        Self {
            is_over: lease.is_over(),
            ends_soon: lease.ends_soon(),
            ends_at: lease.ends().millis(),
            days_since: lease.days_since(),
        }
    }
}

/// Somebody else with a copy on this phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Other {
    /// Their account.
    pub account: AccountId,
    /// What they are called.
    pub name: String,
}

/// Why nobody is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trouble {
    /// As a code.
    pub code: String,
    /// Which part of what was typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What was destroyed before the server had it.
    pub lost: Vec<Gone>,
}

/// Something that the server never received.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gone {
    /// What was intended.
    pub name: String,
    /// When, epoch ms.
    pub at: i64,
    /// Of the child; empty once the app was closed.
    pub initials: String,
}

impl From<Notice> for Trouble {
    fn from(Notice { code, field, lost }: Notice) -> Self {
        let lost = lost.into_iter().map(|Lost { name, at, initials }| Gone { name, at, initials });
        Self { code, field, lost: lost.collect() }
    }
}

pub(crate) fn read(core: &mut Core, now: Micros) -> Result<Session> {
    let (signing, notice, kept) = core.door()?;
    let (lock, key) = (core.lock_to_open()?, core.key_in_use());
    let mut session = Session {
        state: if lock.is_some() { State::Locked } else { State::SignedOut },
        account: None,
        others: Vec::new(),
        lock,
        error: notice.map(Trouble::from),
        lease: None,
        unsent: 0,
        leaving: false,
        too_old: false,
    };
    if let Some((account, db, link)) = core.copy() {
        let expired = SignIn::find(db)?.is_none_or(|sign_in| sign_in.expired);
        session.state = if expired { State::Expired } else { State::Ready };
        session.lease = lent::Lease::find(db)?.map(|lease| Lease::from(lease.at(now)));
        session.unsent = outbox::unsent(db)?;
        session.leaving = link.leaving;
        session.too_old = Contact::find(db)?.is_some_and(|contact| contact.too_old);
        session.account = Some(Me {
            id: account.id,
            name: account.name().to_owned(),
            login: account.login.clone(),
            locale: account.locale.clone(),
            roles: roles(account),
            key,
        });
    }
    if signing {
        session.state = State::SigningIn;
    }
    let open = session.account.as_ref().map(|me| me.id);
    let open = open.or(session.lock.as_ref().map(|lock| lock.account));
    let others = kept.into_iter().filter(|kept| Some(kept.id) != open);
    session.others = others.map(|kept| Other { account: kept.id, name: kept.name }).collect();
    Ok(session)
}

/// Staff roles come first: a provider who is also a parent begins with the day's work.
pub(crate) fn roles(account: &Account) -> Vec<String> {
    let mut roles: Vec<String> = Vec::new();
    let staff = account.people.iter().filter_map(|person| person.staff_role.clone());
    let parent = account.people.iter().filter(|person| person.staff_role.is_none()).map(|_| "parent".to_owned());
    for role in staff.chain(parent) {
        if !roles.contains(&role) {
            roles.push(role);
        }
    }
    roles
}
