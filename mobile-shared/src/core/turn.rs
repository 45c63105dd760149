//! One event on an open copy, inside one transaction: what it does, and what the core asks
//! for afterwards.

use super::link::Link;
use crate::{
    effect::{Effect, Screen},
    error::Result,
    store::meta::{Account, Contact, Meta as _, SignIn},
};
use diesel::SqliteConnection;
use std::collections::BTreeSet;
use sync::{IdSource, Micros, StoreId};

/// Refresh this long before the access token ends.
const EARLY: i64 = 30 * 1_000_000;

/// What one event works with.
pub(crate) struct Turn<'a> {
    pub(crate) db: &'a mut SqliteConnection,
    pub(crate) account: &'a Account,
    pub(crate) link: &'a mut Link,
    pub(crate) now: Micros,
    pub(crate) entropy: [u8; 16],
    pub(crate) ids: IdSource,
    pub(crate) done: Done,
}

/// What came of it.
#[derive(Debug, Default)]
pub(crate) struct Done {
    /// What to ask for.
    pub(crate) effects: Vec<Effect>,
    /// Screens that may look different.
    pub(crate) changed: BTreeSet<Screen>,
    /// Something was purged: the journal has to be emptied.
    pub(crate) purged: bool,
    /// The device was revoked from elsewhere.
    pub(crate) revoked: bool,
    /// Everything is sent, as the person who leaves wished.
    pub(crate) left: bool,
    /// The copy has another name at the server's.
    pub(crate) renamed: Option<StoreId>,
}

impl Turn<'_> {
    /// These screens may look different.
    pub(crate) fn changed(&mut self, screens: impl IntoIterator<Item = Screen>) {
        self.done.changed.extend(screens);
    }

    /// How far the contact came.
    pub(crate) fn contact(&mut self) -> Result<Contact> {
        let found = Contact::find(self.db)?;
        // Kept together with the account, so it is there; a copy without one begins anew.
        Ok(found.unwrap_or_else(|| Contact::new(self.ids.mint())))
    }

    /// A good sign-in, if there is one.
    pub(crate) fn sign_in(&mut self) -> Result<Option<SignIn>> {
        Ok(SignIn::find(self.db)?.filter(|sign_in| !sign_in.expired))
    }

    /// Asks to be woken, and to be poked, as it fits what is left to do.
    pub(crate) fn arrange(&mut self) -> Result<()> {
        let sign_in = self.sign_in()?;
        let contact = self.contact()?;
        self.arrange_listening(sign_in.as_ref(), &contact);
        let lease = self.lease()?.into_iter().flat_map(|lease| [lease.soon(), lease.ends()]);
        let moments = [
            self.link.retry_at,
            self.link.deferred.values().min().copied(),
            contact.next_change.map(|moment| contact.device(moment)),
            sign_in.map(|sign_in| contact.device(sign_in.access_until).plus(-EARLY)),
        ];
        // Without a network nothing is to be done, except to close what may not be read any more.
        let moments = moments.into_iter().flatten().filter(|_| self.link.online).chain(lease);
        let next = moments.filter(|at| *at > self.now).min();
        if let Some(at) = next.filter(|at| self.link.wake != Some(*at)) {
            self.link.wake = Some(at);
            // Rounded up: woken a moment too early nothing would be due.
            self.done.effects.push(Effect::WakeAt { at: at.plus(999).millis() });
        }
        Ok(())
    }

    fn arrange_listening(&mut self, sign_in: Option<&SignIn>, contact: &Contact) {
        let good = sign_in.filter(|sign_in| sign_in.access_until > contact.server(self.now));
        match good.filter(|_| self.link.online) {
            Some(sign_in) if self.link.listening.as_ref() != Some(&sign_in.access) => {
                self.link.listening = Some(sign_in.access.clone());
                self.done.effects.push(Effect::Listen { token: sign_in.access.clone() });
            }
            // An ended token is replaced by the next contact; until then the line may live.
            None if sign_in.is_none() || !self.link.online => self.hush(),
            _ => {}
        }
    }

    fn hush(&mut self) {
        if self.link.listening.take().is_some() {
            self.done.effects.push(Effect::Hush);
        }
    }

    /// Whether the access token ends soon.
    pub(crate) fn is_stale(&self, sign_in: &SignIn, contact: &Contact) -> bool {
        sign_in.access_until.plus(-EARLY) <= contact.server(self.now)
    }
}
