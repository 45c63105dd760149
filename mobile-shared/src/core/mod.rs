//! The core: one function from an event to effects.
//!
//! What an event means is on the disk before the function returns. Time and randomness
//! come in with the event; the network is outside, asked for by effects and answered by
//! events. The core does not know who holds it: Kotlin, Swift, Python or a browser.

mod compose;
mod contact;
mod doing;
mod draft;
mod lease;
mod link;
mod lock;
mod session;
mod turn;

use crate::{
    effect::{Effect, Screen},
    error::{Error, Result},
    event::Event,
    screens,
    store::{self, Files, device::Notice, draft::Desk, files::ENCRYPTED, meta::Account, meta::Meta as _},
};
pub(crate) use compose::meant;
use diesel::{Connection as _, SqliteConnection};
use doing::Stop;
pub(crate) use link::Link;
pub(crate) use lock::Lock;
use lock::Locked;
use session::Signing;
use std::collections::BTreeSet;
use sync::{IdSource, Micros};
use turn::{Done, Turn};

/// The phone core.
pub struct Core {
    files: Files,
    /// What this device is called, and which build this is: for the server's device list.
    name: String,
    device: SqliteConnection,
    open: Option<Open>,
    /// The copy that opens once its key is handed in.
    locked: Option<Locked>,
    link: Link,
    signing: Option<Signing>,
    /// What is told at the door.
    notice: Option<Notice>,
}

/// One person's copy.
struct Open {
    account: Account,
    db: SqliteConnection,
    /// In which of its files.
    generation: i32,
}

impl Core {
    /// Opens what is on this phone. `device` names it for its owner; `build` names the
    /// program.
    pub fn open(files: Files, device: &str, build: &str) -> Result<Self> {
        let name = if build.is_empty() { device.to_owned() } else { format!("{device} ({build})") };
        let mut device = store::device::open(&files)?;
        let kept = store::device::all(&mut device)?.into_iter().find(|kept| kept.is_open);
        let notice = store::device::find_notice(&mut device)?;
        let link = Link::default();
        let mut core = Self { files, name, device, open: None, locked: None, link, signing: None, notice };
        match kept {
            Some(kept) if ENCRYPTED => core.locked = Some(Locked::from(kept.id)),
            Some(kept) => {
                let mut db = store::open(&core.files, kept.id, store::PLAIN, None)?;
                let account = Account::find(&mut db)?;
                core.open = account.map(|account| Open { account, db, generation: store::PLAIN });
            }
            None => {}
        }
        Ok(core)
    }

    /// Takes one event: keeps what it means, and says what to do now. `entropy` must be
    /// fresh for each event.
    pub fn handle(&mut self, event: Event, now: Micros, entropy: [u8; 16]) -> Result<Vec<Effect>> {
        self.link.comes_to(now);
        let now_and = (now, entropy);
        match event {
            Event::SignIn { login, password } => self.sign_in(login, &password, None, now_and),
            Event::SignInWithPasskey { challenge, credential } => {
                self.sign_in_with_passkey(&challenge, &credential, now_and)
            }
            Event::Redeem { code, login, password } => self.sign_in(login, &password, Some(&code), now_and),
            Event::SignOut { unsent } => self.sign_out(unsent, now_and),
            Event::Choose { account } => self.choose(account),
            Event::Lock => Ok(self.close()),
            Event::Anew { account } => self.begin_anew(account),
            Event::Reply { request, status, body } if self.is_signing(&request) => {
                self.signed_in(status, &body, now_and)
            }
            Event::Failed { request } if self.is_signing(&request) => self.not_signed_in("OFFLINE", None),
            event => self.take(event, now_and),
        }
    }

    /// Reads a screen, as it is now.
    pub fn read(&mut self, screen: &screens::Ask, now: Micros) -> Result<screens::Shown> {
        match screen {
            screens::Ask::Session => screens::session::read(self, now).map(screens::Shown::Session),
            _ if self.needs_contact(now)? => Ok(screens::Shown::Withheld(screens::CONTACT_NEEDED)),
            screens::Ask::Home => screens::home::read(self).map(screens::Shown::Home),
            screens::Ask::Student { agency, id } => {
                screens::student::read(self, *agency, *id).map(|shown| screens::Shown::Student(Box::new(shown)))
            }
            screens::Ask::Outbox => screens::outbox::read(self).map(screens::Shown::Outbox),
            screens::Ask::Draft { agency, student, name } => {
                screens::draft::read(self, *agency, *student, name).map(screens::Shown::Draft)
            }
        }
    }

    /// The open copy and the link, for screens.
    pub(crate) fn copy(&mut self) -> Option<(&Account, &mut SqliteConnection, &Link)> {
        self.open.as_mut().map(|open| (&open.account, &mut open.db, &self.link))
    }

    /// An event on the open copy.
    fn take(&mut self, event: Event, now: (Micros, [u8; 16])) -> Result<Vec<Effect>> {
        match event {
            Event::Online => self.link.online = true,
            Event::Offline => self.link.online = false,
            _ => {}
        }
        let refused = match &event {
            Event::Do { id: operation, .. } | Event::Withdraw { operation, .. } => Some(*operation),
            _ => None,
        };
        let asks = refused.is_some() || matches!(event, Event::Draft { .. });
        if self.open.is_none() && asks {
            let code = if self.locked.is_some() { "LOCKED" } else { "SIGN_IN" };
            return Ok(vec![Effect::Refused { id: refused, code: code.into(), field: None }]);
        }
        match self.turn(now, |turn| turn.happen(event)) {
            Ok(effects) => Ok(effects),
            Err(Stop::Refused(fault)) => {
                let field = Some(fault.field).filter(|field| !field.is_empty());
                let code = serde_json::to_value(fault.code).map_err(Error::Damaged)?;
                let code = code.as_str().unwrap_or("INVALID").to_owned();
                Ok(vec![Effect::Refused { id: refused, code, field }])
            }
            Err(Stop::Unable(code)) => Ok(vec![Effect::Refused { id: refused, code: code.into(), field: None }]),
            // Not kept, and said so: the person still has it on the screen.
            Err(Stop::Failed(Error::Storage(_))) if asks => {
                Ok(vec![Effect::Refused { id: refused, code: "STORAGE".into(), field: None }])
            }
            // What the server said could not be kept: it is asked for again.
            Err(Stop::Failed(Error::Storage(_))) => {
                self.link.flight = None;
                self.link.back_off(now.0, now.1);
                let at = self.link.retry_at.unwrap_or(now.0).plus(999).millis();
                Ok(vec![Effect::WakeAt { at }])
            }
            Err(Stop::Failed(error)) => Err(error),
        }
    }

    /// Runs one event inside one transaction of the open copy. If it is not kept, the link
    /// is as it was before.
    fn turn(
        &mut self,
        (now, entropy): (Micros, [u8; 16]),
        event: impl FnOnce(&mut Turn<'_>) -> Result<(), Stop>,
    ) -> Result<Vec<Effect>, Stop> {
        let Some(Open { account, db, .. }) = &mut self.open else { return Ok(Vec::new()) };
        let mut link = self.link.clone();
        let done = db.transaction(|db| {
            let (ids, done) = (IdSource::new(now, entropy), Done::default());
            let mut turn = Turn { db, account, link: &mut link, now, entropy, ids, done };
            turn.note_lease()?;
            event(&mut turn)?;
            turn.go_on()?;
            turn.tell_of_lease()?;
            turn.arrange()?;
            Ok::<_, Stop>(turn.done)
        })?;
        self.link = link;
        if done.purged {
            store::files::empty_journal(db)?;
        }
        if let Some(name) = done.renamed {
            store::device::renamed(&mut self.device, account.id, name)?;
        }
        let mut effects = done.effects;
        if done.revoked {
            effects.extend(self.revoked()?);
        }
        if done.left {
            effects.extend(self.leave_for_good()?);
        }
        if !done.changed.is_empty() {
            effects.push(changed(done.changed));
        }
        Ok(effects)
    }
}

fn changed(what: impl IntoIterator<Item = Screen>) -> Effect {
    let what: BTreeSet<Screen> = what.into_iter().collect();
    Effect::Changed { what: what.into_iter().collect() }
}

impl Turn<'_> {
    fn happen(&mut self, event: Event) -> Result<(), Stop> {
        match event {
            Event::Do { id, agency, intent, replaces } => return self.take(id, agency, intent, replaces),
            Event::Drop { operation } => self.throw_away(operation)?,
            Event::Withdraw { operation, also } => return self.withdraw(operation, &also),
            Event::Draft { agency, student, name, operation, body } => {
                return self.draft(&Desk { agency, student, name: &name }, operation, body.as_ref());
            }
            Event::Reply { request, status, body } => {
                if let Some(flight) = self.link.lands(&request) {
                    self.answered(flight, status, &body)?;
                }
            }
            Event::Failed { request } => {
                if let Some(flight) = self.link.lands(&request) {
                    self.unanswered(flight)?;
                }
            }
            Event::Woke => {
                self.link.wake(self.now);
                let contact = self.contact()?;
                let due = contact.next_change.is_some_and(|at| at <= contact.server(self.now));
                // What is lent is lent anew before it has to be given back.
                let lease = self.lease()?.is_some_and(|lease| lease.ends_soon());
                self.link.wanted |= due || lease;
                if lease {
                    self.changed([Screen::Session]);
                }
            }
            Event::Online | Event::Hello => {
                self.link.refresh_hope();
                self.changed([Screen::Home]);
            }
            Event::Offline => self.changed([Screen::Home]),
            Event::Poke => self.link.wanted = true,
            Event::SignIn { .. }
            | Event::SignInWithPasskey { .. }
            | Event::Redeem { .. }
            | Event::SignOut { .. }
            | Event::Choose { .. }
            | Event::Lock
            | Event::Anew { .. } => {}
        }
        Ok(())
    }
}
