//! A copy that had no contact for too long: kept, and sent, and not shown until a page says again what
//! its owner may see.
//!
//! What a person does is taken all the same: a form was open when the time ran out, and nothing that
//! was typed is lost. No effect says what is here.

use super::{Core, session::ALL, turn::Turn};
use crate::{error::Result, store::meta::Meta as _};
use sync::{
    Micros,
    faults::{self, Fault},
    replica::lease::Lease,
};

/// How far the clock goes on before that is written down. A clock set back is, at once.
const NOTED_AFTER: i64 = 60_000_000;

impl Core {
    /// Whether the open copy may not be read at a moment.
    pub(super) fn needs_contact(&mut self, now: Micros) -> Result<bool> {
        let Some((_, db, _)) = self.copy() else { return Ok(false) };
        Ok(Lease::find(db)?.is_some_and(|lease| lease.at(now).is_over()) && !faults::is(Fault::OutliveLease))
    }
}

impl Turn<'_> {
    /// What is left of the lease, if there is one.
    pub(super) fn lease(&mut self) -> Result<Option<Lease>> {
        Ok(Lease::find(self.db)?.map(|lease| lease.at(self.now)))
    }

    /// Notes what the clock has used up of it.
    pub(super) fn note_lease(&mut self) -> Result<()> {
        let Some(noted) = Lease::find(self.db)? else { return Ok(()) };
        if self.now < noted.clock() || self.now >= noted.clock().plus(NOTED_AFTER) {
            noted.at(self.now).keep(self.db)?;
        }
        Ok(())
    }

    /// A page came, with what the server lends for how long; without a word of it, for ever.
    pub(super) fn renew_lease(&mut self, length: Option<i64>) -> Result<()> {
        match length {
            Some(length) => Lease::begin(length, self.now).keep(self.db),
            None => Lease::remove(self.db),
        }
    }

    /// Every screen looks different once it is over, and once it is not any more.
    pub(super) fn tell_of_lease(&mut self) -> Result<()> {
        let over = self.lease()?.is_some_and(|lease| lease.is_over());
        if std::mem::replace(&mut self.link.needs_contact, over) != over {
            self.changed(ALL);
        }
        Ok(())
    }
}
