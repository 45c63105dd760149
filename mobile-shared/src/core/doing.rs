//! Keeps what a person does, before they are told that it is kept.

use super::{
    compose::{Composed, Composer, meant},
    turn::Turn,
};
use crate::{
    effect::Screen,
    error::{Error, Result},
    event::Intent,
    store::{
        draft::{self, Desk},
        outbox, previews,
        withdraw::{self, Reach},
    },
};
use domain::{Fault, record_request::Asks};
use sync::{
    AgencyId, Micros, OperationId,
    operation::{Malformed, Operation, Sent},
    reconcile::Outcome,
    time::Occurred,
    verdict::Code,
};
use uuid::Uuid;

/// The server may have what should be taken back.
const SENT: &str = "SENT";
/// Something that was not named stands on what should be taken back.
const NEEDED: &str = "NEEDED";

/// Why an event is not kept. It rolls back whatever was written of it.
#[derive(Debug)]
pub(crate) enum Stop {
    /// It makes no sense.
    Refused(Fault),
    /// It cannot be done any more, or not alone.
    Unable(&'static str),
    /// Something failed.
    Failed(Error),
}

impl<E: Into<Error>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl Turn<'_> {
    /// Keeps an operation and shows it, in one transaction; or refuses it.
    pub(crate) fn take(
        &mut self,
        id: OperationId,
        agency: AgencyId,
        intent: Intent,
        replaces: Option<OperationId>,
    ) -> Result<(), Stop> {
        if outbox::is_known(self.db, id)? {
            self.is_the_same(id, &intent)?;
        } else {
            let me = self.account.in_agency(agency).ok_or(refused(Code::NotFound, "agency"))?;
            let replaced = replaces.map(|id| outbox::parked_one(self.db, id)).transpose()?.flatten();
            let mut composer = Composer { db: self.db, me, ids: &mut self.ids, replaced: replaced.clone() };
            match composer.compose(intent)? {
                Composed::Refused(fault) => return Err(Stop::Refused(fault)),
                Composed::Instead(of, intent) => self.rewrite(of, id, &intent)?,
                Composed::New(intent) => {
                    self.keep(id, agency, &intent, replaced.as_ref().map(|operation| operation.id))?;
                    if let Some(replaced) = replaced {
                        self.follow(&replaced, id, &intent)?;
                    }
                }
            }
        }
        self.changed([Screen::Home, Screen::Student, Screen::Outbox]);
        Ok(())
    }

    /// What was kept under an id is never answered for other words: they would be lost. An edit
    /// may have been written anew since, so it says nothing about those it was kept with.
    fn is_the_same(&mut self, id: OperationId, intent: &Intent) -> Result<(), Stop> {
        let is_edit = matches!(intent, Intent::EditInput { .. } | Intent::EditStatement { .. });
        let kept = outbox::find(self.db, id)?.and_then(|kept| domain::Intent::read(&kept.operation).ok());
        match kept.and_then(meant) {
            Some(kept) if !is_edit && !means_the_same(&kept, intent) => Err(refused(Code::Exists, "id")),
            _ => Ok(()),
        }
    }

    fn rewrite(&mut self, of: OperationId, event: OperationId, intent: &domain::Intent) -> Result<(), Stop> {
        let sent = self.write(of, intent, None)?;
        outbox::join(self.db, event, &sent)?;
        self.show(of)
    }

    fn keep(
        &mut self,
        id: OperationId,
        agency: AgencyId,
        intent: &domain::Intent,
        replaces: Option<OperationId>,
    ) -> Result<(), Stop> {
        let sent = self.write(id, intent, replaces)?;
        outbox::keep(self.db, agency, &sent, intent)?;
        draft::forget(self.db, &Desk { agency, student: intent.student(), name: &form_of(intent) })?;
        self.show(id)
    }

    fn write(&mut self, id: OperationId, intent: &domain::Intent, replaces: Option<OperationId>) -> Result<Sent, Stop> {
        let offset = self.contact()?.offset;
        let operation = Operation {
            id,
            name: intent.name().to_owned(),
            v: domain::Intent::VERSION,
            at: Occurred { device: self.now, offset },
            replaces,
            group: None,
            body: intent.body(),
        };
        Sent::write(operation).map_err(|why| match why {
            Malformed::TooLarge | Malformed::Unreadable => refused(Code::Invalid, ""),
        })
    }

    /// Lays the operation over the copy; what a policy refuses is not kept.
    fn show(&mut self, id: OperationId) -> Result<(), Stop> {
        for place in previews::touched_by(self.db, id)? {
            if let Outcome::Refused(code) = previews::lay(self.db, self.account, &place)? {
                return Err(refused(code, ""));
            }
        }
        Ok(())
    }

    /// The replaced operation goes, and what was parked because of it follows.
    fn follow(&mut self, replaced: &Operation, by: OperationId, intent: &domain::Intent) -> Result<()> {
        let mut renamed = vec![(replaced.id.0, by.0)];
        // Input that came after the handing in becomes the next input: another record.
        renamed.extend(std::iter::zip(records_of(replaced), touched(intent)).filter(|(before, now)| before != now));
        for (agency, mut operation, was_judged) in outbox::parked_because(self.db, replaced.id)? {
            let before = operation.id;
            if was_judged {
                operation.id = self.ids.mint();
                operation.replaces = Some(before);
                renamed.push((before.0, operation.id.0));
            }
            if let Some((sent, intent)) = rename(operation, &renamed) {
                outbox::remove(self.db, before)?;
                outbox::keep(self.db, agency, &sent, &intent)?;
                for place in previews::touched_by(self.db, sent.operation.id)? {
                    previews::lay(self.db, self.account, &place)?;
                }
            }
        }
        outbox::remove(self.db, replaced.id)
    }

    /// The author takes back what no push has held yet, and what stands on it if they saw
    /// that it does.
    pub(crate) fn withdraw(&mut self, id: OperationId, also: &[OperationId]) -> Result<(), Stop> {
        match withdraw::reach(self.db, id)? {
            Reach::Gone => return Ok(()),
            Reach::Sent => return Err(Stop::Unable(SENT)),
            Reach::Here(needed) if needed.iter().any(|needed| !also.contains(needed)) => {
                return Err(Stop::Unable(NEEDED));
            }
            Reach::Here(needed) => {
                // What stands on others goes first.
                let all: Vec<OperationId> = needed.into_iter().rev().chain([id]).collect();
                withdraw::take_out(self.db, self.account, &all)?;
            }
        }
        self.changed([Screen::Home, Screen::Student, Screen::Outbox]);
        Ok(())
    }

    /// The author throws a parked operation away.
    pub(crate) fn throw_away(&mut self, id: OperationId) -> Result<()> {
        outbox::throw_away(self.db, id)?;
        self.changed([Screen::Home, Screen::Outbox]);
        Ok(())
    }
}

/// The records that an operation touches, in its own order.
fn records_of(operation: &Operation) -> Vec<Uuid> {
    domain::Intent::read(operation).map_or_else(|_| Vec::new(), |intent| touched(&intent))
}

fn touched(intent: &domain::Intent) -> Vec<Uuid> {
    intent.changes(Micros::default()).iter().map(|change| change.key().1.0).collect()
}

/// An operation that builds on others, naming what stands in their place.
fn rename(operation: Operation, renamed: &[(Uuid, Uuid)]) -> Option<(Sent, domain::Intent)> {
    let mut text = serde_json::to_string(&operation.body).ok()?;
    for (before, now) in renamed {
        text = text.replace(&before.to_string(), &now.to_string());
    }
    let operation = Operation { body: serde_json::from_str(&text).ok()?, ..operation };
    let intent = domain::Intent::read(&operation).ok()?;
    Some((Sent::write(operation).ok()?, intent))
}

/// The form in which this was begun, if it was.
fn form_of(intent: &domain::Intent) -> String {
    match intent {
        domain::Intent::AnswerMeeting(answer) => format!("{}/{}", intent.name(), answer.meeting),
        domain::Intent::AskOfRecord(request) => match request.asks {
            Asks::See => format!("{}/see", intent.name()),
            Asks::Correct => format!("{}/correct", intent.name()),
        },
        domain::Intent::StateDisagreement(stated) => format!("{}/{}", intent.name(), stated.request),
        domain::Intent::Resolve(choice) => format!("{}/{}/{}", intent.name(), choice.record, choice.field),
        _ => intent.name().to_owned(),
    }
}

/// Whether somebody says again what was kept. A visit's id and the time of a meeting may have been
/// left to the core.
fn means_the_same(kept: &Intent, said: &Intent) -> bool {
    let mut said = said.clone();
    if let (Intent::LogVisit { visit: minted, .. }, Intent::LogVisit { visit: named @ None, .. }) = (kept, &mut said) {
        *named = *minted;
    }
    if let (Intent::AnswerMeeting { revision: here, .. }, Intent::AnswerMeeting { revision: named @ None, .. }) =
        (kept, &mut said)
    {
        *named = *here;
    }
    *kept == said
}

fn refused(code: Code, field: &str) -> Stop {
    Stop::Refused(Fault { code, field: field.to_owned() })
}
