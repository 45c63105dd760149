//! A contact with the server: push, then purge, then data, one request at a time.
//!
//! The purge waits for one push attempt of each agency and no longer: what a person may
//! not see any more leaves even when their work cannot be taken. It begins when there is
//! something to send, or when a pull is wanted.

use super::{
    link::{Flight, Progress, Step},
    session::REVOKED,
    turn::Turn,
};
use crate::{
    effect::{Effect, Screen},
    error::Result,
    request::{self, Answer, Tokens},
    store::{
        compare,
        meta::{Contact, Meta as _, SignIn},
        outbox, rounds, settle,
    },
};
use sync::{
    AgencyId, Micros, OperationId,
    faults::{self, Fault},
    page::{Page, PullReply, PullRequest},
    push::PushReply,
    replica::{
        queue::{self, Then},
        round,
    },
    wire,
};

/// How long a server that would only refuse again is left in peace.
const AN_HOUR: i64 = 3_600_000_000;

/// How often in a row a page may only ask to compare.
const MOST_COMPARISONS: u8 = 20;

impl Turn<'_> {
    /// Sends the next request, if one is due.
    pub(crate) fn go_on(&mut self) -> Result<()> {
        let Some(sign_in) = self.sign_in()? else {
            self.link.contact = None;
            return Ok(());
        };
        if !self.link.online || self.link.flight.is_some() || self.link.retry_at.is_some_and(|at| at > self.now) {
            return Ok(());
        }
        let contact = self.contact()?;
        let mut waiting = outbox::agencies(self.db)?;
        waiting.extend(&contact.probe);
        waiting.retain(|agency| self.link.deferred.get(agency).is_none_or(|until| *until <= self.now));
        if self.link.contact.is_none() && (self.link.wanted || !waiting.is_empty()) {
            self.link.wanted = false;
            self.link.contact = Some(Progress::default());
        }
        let stale = self.is_stale(&sign_in, &contact);
        let Some(progress) = self.link.contact.clone() else {
            // The subscription lives as long as its token.
            return if stale { self.refresh(&sign_in, &contact) } else { Ok(()) };
        };
        if (stale || progress.unauthenticated) && !progress.refreshed {
            return self.refresh(&sign_in, &contact);
        }
        match waiting.into_iter().find(|agency| !progress.tried.contains(agency)) {
            Some(agency) => self.push(&sign_in, &contact, agency),
            None if !progress.pulled => self.pull(&sign_in, &contact),
            None => self.end(&progress),
        }
    }

    /// The contact came to its end; another one may be wanted already.
    fn end(&mut self, progress: &Progress) -> Result<()> {
        if progress.troubled {
            self.link.back_off(self.now, self.entropy);
            return Ok(());
        }
        self.link.reached();
        if self.link.leaving && outbox::unsent(self.db)? == 0 {
            self.done.left = true;
            return Ok(());
        }
        self.go_on()
    }

    fn refresh(&mut self, sign_in: &SignIn, contact: &Contact) -> Result<()> {
        let body = serde_json::json!({"refresh": sign_in.refresh, "store": contact.store});
        let request = request::post(self.link.next_name(), "/auth/refresh", None, &body);
        self.send(request, Step::Refresh);
        Ok(())
    }

    fn push(&mut self, sign_in: &SignIn, contact: &Contact, agency: AgencyId) -> Result<()> {
        let push = outbox::push(self.db, contact.store, agency)?;
        let request = request::push(self.link.next_name(), &sign_in.access, &push.request);
        self.changed([Screen::Outbox]);
        let first = push.request.first;
        self.send(request, Step::Push { agency, first, ids: push.ids, forgotten: push.request.forgotten });
        Ok(())
    }

    fn pull(&mut self, sign_in: &SignIn, contact: &Contact) -> Result<()> {
        let compare = compare::held(self.db)?;
        let pull = PullRequest { wire: wire::VERSION, cursor: contact.cursor.clone(), compare };
        let request = request::pull(self.link.next_name(), &sign_in.access, &pull);
        self.send(request, Step::Pull);
        Ok(())
    }

    fn send(&mut self, request: crate::effect::Request, step: Step) {
        self.link.leaves(&request, step, self.now);
        self.done.effects.push(Effect::Send(request));
    }

    /// A request of this contact was answered.
    pub(crate) fn answered(&mut self, flight: Flight, status: u16, body: &str) -> Result<()> {
        match flight.step {
            Step::Refresh => match request::tokens(status, body) {
                Answer::Got(Ok(tokens)) => self.refreshed(&tokens, flight.sent_at),
                Answer::Got(Err(shut)) if shut.code == REVOKED => {
                    self.done.revoked = true;
                    self.expired()
                }
                // Whatever else is refused says nothing about the sign-in itself.
                Answer::Got(Err(_)) if status == 401 => self.expired(),
                _ => self.trouble(),
            },
            Step::Push { agency, first, ids, forgotten } => match request::chunk(status, body, "syncPush") {
                Answer::Got(reply) => self.pushed(agency, (first, &ids), reply, &forgotten, flight.sent_at),
                Answer::Unauthenticated => self.unauthenticated(),
                // Device and store belong together: a new sign-in names this store.
                Answer::Refused { field } if field.as_deref() == Some("store") => self.expired(),
                Answer::Refused { .. } => self.push_refused(agency),
                Answer::Trouble => self.push_failed(agency),
            },
            Step::Pull => match request::chunk(status, body, "syncPull") {
                Answer::Got(reply) => self.pulled(reply, flight.sent_at),
                Answer::Unauthenticated => self.unauthenticated(),
                Answer::Refused { .. } | Answer::Trouble => self.trouble(),
            },
        }
    }

    /// A request of this contact got no answer.
    pub(crate) fn unanswered(&mut self, flight: Flight) -> Result<()> {
        match flight.step {
            Step::Push { agency, .. } => self.push_failed(agency),
            Step::Refresh | Step::Pull => self.trouble(),
        }
    }

    fn trouble(&mut self) -> Result<()> {
        self.link.back_off(self.now, self.entropy);
        self.changed([Screen::Home, Screen::Outbox]);
        Ok(())
    }

    fn progress(&mut self) -> &mut Progress {
        self.link.contact.get_or_insert_default()
    }

    /// One attempt was made; what must leave this phone waits no longer.
    fn push_failed(&mut self, agency: AgencyId) -> Result<()> {
        let progress = self.progress();
        progress.tried.insert(agency);
        progress.troubled = true;
        self.changed([Screen::Outbox]);
        Ok(())
    }

    /// Not even looked at, such as for an agency to which this person does not belong any
    /// more. It is kept, and tried again in case that changes.
    fn push_refused(&mut self, agency: AgencyId) -> Result<()> {
        self.progress().tried.insert(agency);
        self.link.deferred.insert(agency, self.now.plus(AN_HOUR));
        Ok(())
    }

    fn unauthenticated(&mut self) -> Result<()> {
        if self.progress().refreshed {
            return self.trouble();
        }
        self.progress().unauthenticated = true;
        Ok(())
    }

    fn refreshed(&mut self, tokens: &Tokens, sent_at: Micros) -> Result<()> {
        let sign_in = SignIn {
            access: tokens.access.clone(),
            access_until: tokens.access_until(),
            refresh: tokens.refresh.clone(),
            expired: false,
        };
        sign_in.keep(self.db)?;
        let mut contact = self.contact()?;
        self.learn_clock(&mut contact, tokens.server_time(), sent_at);
        contact.keep(self.db)?;
        if let Some(progress) = &mut self.link.contact {
            progress.refreshed = true;
            progress.unauthenticated = false;
        }
        Ok(())
    }

    /// The server does not know this sign-in any more. Reading goes on and the outbox
    /// stays; signing in as the same account sends it.
    fn expired(&mut self) -> Result<()> {
        if let Some(sign_in) = SignIn::find(self.db)? {
            SignIn { expired: true, ..sign_in }.keep(self.db)?;
        }
        self.link.contact = None;
        self.link.wanted = false;
        self.link.leaving = false;
        self.changed([Screen::Session]);
        Ok(())
    }

    /// Half of the way was there, half of it back.
    fn learn_clock(&self, contact: &mut Contact, server_time: Micros, sent_at: Micros) {
        let middle = sent_at.plus((self.now.0 - sent_at.0) / 2);
        contact.offset = server_time.0 - middle.0;
    }

    fn pushed(
        &mut self,
        agency: AgencyId,
        (first, ids): (u64, &[OperationId]),
        reply: PushReply,
        forgotten: &[sync::Scope],
        sent_at: Micros,
    ) -> Result<()> {
        let mut contact = self.contact()?;
        self.learn_clock(&mut contact, reply.server_time, sent_at);
        let Ok(answered) = queue::answered(ids, reply.answer) else { return self.push_failed(agency) };
        self.progress().tried.insert(agency);
        match answered.then {
            Then::GoOn | Then::Wait(_) => {
                let received = contact.server(self.now);
                settle::verdicts(self.db, self.account, agency, (first, &answered), received)?;
                // A push that was put off as a whole was not even read.
                if answered.then == Then::GoOn || !answered.judged.is_empty() {
                    settle::acknowledged(self.db, forgotten)?;
                }
                self.link.renumbered = false;
                contact.probe.remove(&agency);
            }
            Then::CountFrom(number) if settle::send_again_from(self.db, agency, number)? => {
                contact.probe.remove(&agency);
                self.renumbered();
            }
            Then::CountFrom(_) | Then::Fork => {
                settle::fork(self.db, &mut contact, self.ids.mint())?;
                self.done.renamed = Some(contact.store);
                // Device and store belong together: the new store needs a sign-in.
                self.expired()?;
            }
            Then::Update => {
                contact.too_old = true;
                self.link.deferred.insert(agency, self.now.plus(AN_HOUR));
            }
        }
        if let Then::Wait(millis) = answered.then {
            let until = self.now.plus(i64::try_from(millis).unwrap_or(i64::MAX).saturating_mul(1_000));
            self.link.deferred.insert(agency, until);
        }
        contact.keep(self.db)?;
        self.changed([Screen::Session, Screen::Home, Screen::Student, Screen::Outbox]);
        Ok(())
    }

    /// The stream was numbered anew, to be sent in the next contact. A server that is not
    /// content with that either is asked again later.
    fn renumbered(&mut self) {
        let twice = std::mem::replace(&mut self.link.renumbered, true);
        self.progress().troubled |= twice;
    }

    fn pulled(&mut self, reply: PullReply, sent_at: Micros) -> Result<()> {
        let mut contact = self.contact()?;
        match reply {
            PullReply::Page(page) => return self.paged(contact, page, sent_at),
            PullReply::UnknownCursor | PullReply::NewEpoch if self.progress().began_again => return self.trouble(),
            PullReply::UnknownCursor => {
                rounds::begin_again(self.db, &mut contact)?;
                self.progress().began_again = true;
            }
            PullReply::NewEpoch => {
                rounds::begin_again(self.db, &mut contact)?;
                if !faults::is(Fault::IgnoreEpoch) {
                    contact.probe = outbox::streams(self.db)?;
                }
                // What the server may have lost goes first.
                *self.progress() = Progress { began_again: true, ..Progress::default() };
            }
            PullReply::TooOld { .. } => {
                contact.too_old = true;
                self.progress().pulled = true;
                self.changed([Screen::Session]);
            }
            PullReply::Deferred { retry_after } => {
                let wait = i64::try_from(retry_after).unwrap_or(i64::MAX).saturating_mul(1_000);
                self.link.wait_until(self.now.plus(wait));
            }
        }
        contact.keep(self.db)
    }

    fn paged(&mut self, mut contact: Contact, page: Page, sent_at: Micros) -> Result<()> {
        self.learn_clock(&mut contact, page.server_time, sent_at);
        let lease = page.lease;
        let Ok(plan) = round::plan(page, &rounds::filling(self.db)?) else { return self.trouble() };
        // A server that finds a difference again and again without saying which is not believed.
        let stuck = !plan.differs.is_empty() && plan.direct.is_empty() && plan.staged.is_empty();
        self.progress().asked_in_vain = if stuck { self.progress().asked_in_vain + 1 } else { 0 };
        if self.progress().asked_in_vain > MOST_COMPARISONS {
            return self.trouble();
        }
        // Where nothing was before, nothing can have been lost.
        self.link.counted |= contact.cursor.is_none();
        let doubt = !self.link.counted;
        let written = rounds::write(self.db, self.account, &mut contact, &plan, (self.now, doubt))?;
        self.renew_lease(lease)?;
        contact.too_old = false;
        self.done.purged |= written.purged;
        if plan.publish {
            self.link.counted = true;
            let again = compare::is_wanted(self.db)? && !self.progress().compared;
            self.progress().pulled = !again;
            self.progress().compared |= again;
        }
        contact.keep(self.db)?;
        if written.changed {
            self.changed([Screen::Home, Screen::Student, Screen::Outbox]);
        }
        Ok(())
    }
}
