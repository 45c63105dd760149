//! A copy that is locked: closed, until whoever holds the core hands in its key. Where a build
//! does not encrypt, no copy ever is.
//!
//! A key comes in before anything is written under it, so its holder keeps it, wrapped, first:
//! whatever happens between two steps, what a person did lies under a key that somebody has.

use super::{
    Core, Open, changed,
    session::{ALL, Now, Signing},
};
use crate::{
    effect::Effect,
    error::Result,
    request::Tokens,
    store::{
        self, StoreKey, device,
        files::ENCRYPTED,
        meta::{Account, Contact, Meta as _},
    },
};
use diesel::SqliteConnection;
use serde::Serialize;
use sync::{AccountId, Micros};

/// A copy that opens once its key is here.
#[derive(Debug)]
pub(super) struct Locked {
    pub(super) account: AccountId,
    /// What the server said to its owner just now.
    pub(super) arrived: Option<Arrived>,
}

impl From<AccountId> for Locked {
    fn from(account: AccountId) -> Self {
        Self { account, arrived: None }
    }
}

/// A sign-in that the server took, at a moment by this phone's clock.
#[derive(Debug)]
pub(super) struct Arrived {
    pub(super) signing: Signing,
    pub(super) account: Account,
    pub(super) tokens: Tokens,
    pub(super) at: Micros,
}

/// Which key is wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Lock {
    /// Whose copy it opens.
    pub account: AccountId,
    /// Which of the account's keys, counted from 1.
    pub key: i32,
    /// Something lies under it already; otherwise a new one will do.
    pub made: bool,
    /// The server let its owner in just now.
    pub arrived: bool,
}

impl Core {
    /// The key that is waited for, if any is.
    pub(crate) fn lock_to_open(&mut self) -> Result<Option<Lock>> {
        let Some(Locked { account, arrived }) = &self.locked else { return Ok(None) };
        let generation = device::find(&mut self.device, *account)?.map_or(store::PLAIN, |kept| kept.generation);
        let made = generation != store::PLAIN;
        Ok(Some(Lock { account: *account, key: generation.max(1), made, arrived: arrived.is_some() }))
    }

    /// Opens the copy that is locked with the key that was waited for; one that was not encrypted
    /// until now is from then on. Another account's key, and one that nobody waits for, changes
    /// nothing.
    pub fn unlock(
        &mut self,
        account: AccountId,
        key: &StoreKey,
        now: Micros,
        entropy: [u8; 16],
    ) -> Result<Vec<Effect>> {
        self.link.comes_to(now);
        if self.locked.as_ref().is_none_or(|locked| locked.account != account) {
            return Ok(Vec::new());
        }
        let (mut db, generation) = self.open_with(account, key)?;
        if let Some(contact) = Contact::find(&mut db)? {
            device::renamed(&mut self.device, account, contact.store)?;
        }
        let now: Now = (now, entropy);
        if let Some(arrived) = self.locked.take().and_then(|locked| locked.arrived) {
            return self.move_in(arrived, (db, generation), now);
        }
        self.open = Account::find(&mut db)?.map(|account| Open { account, db, generation });
        let mut effects = self.continue_with(now, |link| link.refresh_hope())?;
        effects.push(changed(ALL));
        Ok(effects)
    }

    /// Closes the open copy until its key is handed in again. Its owner stays signed in.
    pub(super) fn close(&mut self) -> Vec<Effect> {
        let Some(open) = self.open.take_if(|_| ENCRYPTED) else { return Vec::new() };
        self.locked = Some(Locked::from(open.account.id));
        self.go_quiet()
    }

    /// Writes the open copy anew under its owner's next key, which is handed in; the one before
    /// opens nothing any more.
    pub fn change_key(&mut self, key: &StoreKey) -> Result<()> {
        let Some(open) = self.open.as_mut().filter(|_| ENCRYPTED) else { return Ok(()) };
        let (account, next) = (open.account.id, open.generation + 1);
        store::write_anew(&self.files, &mut open.db, account, (next, key))?;
        let db = store::open(&self.files, account, next, Some(key))?;
        device::moved(&mut self.device, account, next)?;
        drop(std::mem::replace(&mut open.db, db));
        open.generation = next;
        store::destroy(&self.files, account, next - 1)
    }

    /// Under which of its owner's keys the open copy lies; 0 where copies are not encrypted.
    pub(crate) fn key_in_use(&self) -> i32 {
        self.open.as_ref().map_or(store::PLAIN, |open| open.generation)
    }

    /// Destroys the locked copy of somebody whom the server let in just now: to nobody else would
    /// what it holds be theirs to lose.
    pub(super) fn begin_anew(&mut self, account: AccountId) -> Result<Vec<Effect>> {
        let theirs = |locked: &&Locked| locked.account == account && locked.arrived.is_some();
        if self.locked.as_ref().filter(theirs).is_none() {
            return Ok(Vec::new());
        }
        if let Some(kept) = device::find(&mut self.device, account)? {
            device::forget(&mut self.device, account)?;
            self.remove(account, kept.generation)?;
        }
        Ok(vec![Effect::Forget { account }, changed(ALL)])
    }

    /// Destroys a copy, and what was begun under its next key.
    pub(super) fn remove(&mut self, account: AccountId, generation: i32) -> Result<()> {
        store::destroy(&self.files, account, generation)?;
        if ENCRYPTED {
            store::destroy(&self.files, account, generation + 1)?;
        }
        Ok(())
    }

    fn open_with(&mut self, account: AccountId, key: &StoreKey) -> Result<(SqliteConnection, i32)> {
        self.encrypt(account, key)?;
        let generation = match device::find(&mut self.device, account)? {
            Some(kept) => kept.generation,
            None => {
                // What an account that is not on the list left behind is nobody's.
                store::destroy(&self.files, account, 1)?;
                1
            }
        };
        let db = store::open(&self.files, account, generation, Some(key))?;
        // What was written anew lies here; what it was written from went, unless the phone went off.
        store::destroy(&self.files, account, generation - 1)?;
        Ok((db, generation))
    }

    /// The accounts whose copy is from before this and is not encrypted yet.
    pub fn unencrypted(&mut self) -> Result<Vec<AccountId>> {
        let plain = device::all(&mut self.device)?.into_iter().filter(|kept| kept.generation == store::PLAIN);
        Ok(plain.map(|kept| kept.id).collect())
    }

    /// Writes such a copy anew, under its owner's first key; one that nobody has open. Until the
    /// list says otherwise the one that is not encrypted is the copy.
    pub fn encrypt(&mut self, account: AccountId, key: &StoreKey) -> Result<()> {
        if !ENCRYPTED || !self.unencrypted()?.contains(&account) {
            return Ok(());
        }
        let mut plain = store::open(&self.files, account, store::PLAIN, None)?;
        let contact = Contact::find(&mut plain)?;
        store::write_anew(&self.files, &mut plain, account, (1, key))?;
        drop(plain);
        if let Some(contact) = contact {
            device::renamed(&mut self.device, account, contact.store)?;
        }
        device::moved(&mut self.device, account, 1)?;
        store::destroy(&self.files, account, store::PLAIN)
    }
}
