//! What somebody wrote and the server did not take, for the case manager: a child was perhaps
//! seen, a parent perhaps said something. Its author has it and can send it again; where
//! their access ended meanwhile they cannot, and the server's copy is the only one.

use crate::{
    access::Part,
    apply::{Rejected, rejected_about},
    db::At,
    error::{Error, Result},
    graphql::{
        answer::Author,
        app,
        load::{In, Source, StudentRef, one},
        scalars::DateTime,
    },
};
use async_graphql::{Context, Enum, ID, Object, dataloader::Loader};
use domain::Intent;
use std::{collections::HashMap, sync::Arc};
use sync::{AgencyId, Micros, RecordId, verdict::Code};

/// For how long it is shown.
const SHOWN_DAYS: i64 = 400;

/// What was not taken about one student since a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct RejectedAbout(RecordId, Micros);

impl Loader<In<RejectedAbout>> for Source {
    type Value = Arc<[Rejected]>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[In<RejectedAbout>]) -> Result<HashMap<In<RejectedAbout>, Self::Value>, Arc<Error>> {
        self.batch(keys, |db, agency, keys| {
            let students: Vec<RecordId> = keys.iter().map(|key| key.0).collect();
            let since = keys.iter().map(|key| key.1).min().and_then(|since| At::from_micros(since.0));
            let since = since.ok_or_else(|| Error::internal(anyhow::anyhow!("the clock is outside the calendar")))?;
            let mut found = rejected_about(db, agency, &students, since)?;
            Ok(keys.iter().filter_map(|key| Some((*key, Arc::from(found.remove(&key.0)?)))).collect())
        })
        .await
    }
}

/// What did not arrive about a student.
#[derive(Clone, Copy)]
pub struct StudentLost(pub StudentRef);

/// What did not arrive about a student.
#[Object]
impl StudentLost {
    /// What was written about the student and not taken, oldest first, until its author sends
    /// it again. For the case manager.
    async fn not_received(&self, ctx: &Context<'_>) -> Result<Vec<NotReceived>> {
        if !self.0.sees(ctx, Part::NotReceived).await? {
            return Ok(Vec::new());
        }
        // By the day, so that the students of one list are read at once.
        const DAY: i64 = 86_400_000_000;
        let today = app(ctx)?.clock.now().timestamp_micros() / DAY * DAY;
        let since = Micros(today).plus_days(-SHOWN_DAYS);
        let found = one(ctx, self.0.agency, RejectedAbout(self.0.id, since)).await?;
        let all = found.iter().flat_map(|all| all.iter().cloned());
        Ok(all.map(|rejected| NotReceived { agency: self.0.agency, rejected }).collect())
    }
}

/// Why something was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Code")]
pub enum Refusal {
    /// No such thing, or none that its author may see.
    NotFound,
    /// Something in it is missing, too long or makes no sense.
    Invalid,
    /// The record is final.
    Frozen,
    /// There is one like it already.
    Exists,
    /// This server does not know how to do that.
    UnknownOperation,
    /// Something that goes only together with it was not taken.
    Group,
    /// A field still waits for a choice.
    Unresolved,
    /// It builds on something that was not taken.
    Dependency,
    /// What was signed is not the document that is current.
    DocumentChanged,
}

/// Something that was written and not taken.
pub struct NotReceived {
    agency: AgencyId,
    rejected: Rejected,
}

impl NotReceived {
    /// What it was, where its author has no access any more and the case manager may read
    /// what they wrote: a guardian's draft is theirs alone.
    fn kept(&self) -> Option<Intent> {
        let intent = Intent::read(&self.rejected.operation).ok().filter(|_| self.rejected.code == Code::NotFound)?;
        (!matches!(intent, Intent::EditInput(_) | Intent::SubmitInput(_))).then_some(intent)
    }
}

/// Something that was written and not taken.
#[Object]
impl NotReceived {
    /// The operation.
    async fn id(&self) -> ID {
        ID(self.rejected.operation.id.to_string())
    }

    /// Who wrote it: somebody who has or had to do with the student.
    async fn by(&self) -> Author {
        Author { agency: self.agency, person: self.rejected.by }
    }

    /// What it was, such as `LogVisit`.
    async fn what(&self) -> &str {
        &self.rejected.operation.name
    }

    /// Why it was not taken.
    async fn code(&self) -> Refusal {
        self.rejected.code.into()
    }

    /// When it was written, by the phone's corrected clock.
    async fn written_at(&self) -> DateTime {
        self.rejected.operation.at.corrected().into()
    }

    /// When it reached the server.
    async fn received_at(&self) -> DateTime {
        self.rejected.received.into()
    }

    /// The words, where their author cannot send them again.
    async fn words(&self) -> Option<String> {
        Some(match self.kept()? {
            Intent::LogVisit(visit) => visit.note,
            Intent::LogAttempt(attempt) => attempt.note,
            Intent::EditStatement(edit) => edit.value,
            Intent::AnswerMeeting(answer) => answer.note,
            Intent::AskOfRecord(request) => request.words,
            Intent::StateDisagreement(stated) => stated.words,
            _ => return None,
        })
    }

    /// Of a visit: when it is said to have begun.
    async fn started_at(&self) -> Option<DateTime> {
        match self.kept()? {
            Intent::LogVisit(visit) => Some(visit.started_at.into()),
            _ => None,
        }
    }

    /// Of a visit: which service.
    async fn service(&self) -> Option<String> {
        match self.kept()? {
            Intent::LogVisit(visit) => Some(visit.service),
            _ => None,
        }
    }
}
