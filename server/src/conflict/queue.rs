//! Whose disagreements somebody reads: those about a student, those that wait for them in an
//! agency, and what was settled of late. That they read them is noted like any other look.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use async_graphql::{Context, dataloader::Loader};
use domain::kinds;
use sync::{AgencyId, Kind, RecordId};

use super::graphql::{Conflict, SettledConflict};
use super::rows::{self, Dispute};
use crate::access::{Action, NOBODY, Part};
use crate::db::types::At;
use crate::error::{Error, Result};
use crate::graphql::Request;
use crate::graphql::load::{In, Source, StudentRef, one};
use crate::graphql::view::View;
use crate::people;

/// All disagreements about one student.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct DisputesAbout(RecordId);

impl Loader<In<DisputesAbout>> for Source {
    type Value = Arc<[Dispute]>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[In<DisputesAbout>]) -> Result<HashMap<In<DisputesAbout>, Self::Value>, Arc<Error>> {
        self.batch(keys, |db, agency, keys| {
            let students: Vec<RecordId> = keys.iter().map(|key| key.0).collect();
            let found = super::about(db, agency, &students)?;
            Ok(found.into_iter().map(|(student, all)| (DisputesAbout(student), Arc::from(all))).collect())
        })
        .await
    }
}

/// Those about one student that the caller may see.
pub(super) async fn about(ctx: &Context<'_>, student: StudentRef) -> Result<Vec<Dispute>> {
    let all = one(ctx, student.agency, DisputesAbout(student.id)).await?;
    seen(ctx, student.agency, all.iter().flat_map(|all| all.iter()).cloned().collect()).await
}

/// Those that the caller may see, which is noted.
async fn seen(ctx: &Context<'_>, agency: AgencyId, all: Vec<Dispute>) -> Result<Vec<Dispute>> {
    let mut seen = Vec::new();
    for dispute in all {
        let (Some(id), Some(part)) = (dispute.subject, part(&dispute.kind)) else { continue };
        if (StudentRef { agency, id }).sees(ctx, part).await? {
            seen.push(dispute);
        }
    }
    Ok(seen)
}

/// The part of a student's record in which a kind lies, as far as more than its author sees
/// it while it is in dispute.
pub(super) fn part(kind: &Kind) -> Option<Part<'static>> {
    match kind {
        kind if *kind == kinds::STATEMENT => Some(Part::Statement),
        kind if *kind == kinds::MEETING => Some(Part::Meetings),
        // Whoever settles what waits for a look sees every service.
        kind if *kind == kinds::VISIT => Some(Part::Visits { service: "" }),
        // And attempts to reach any of the family.
        kind if *kind == kinds::ATTEMPT => Some(Part::Attempts { with: NOBODY }),
        _ => None,
    }
}

/// For how long a choice is listed, and how many are at most.
const LISTED_DAYS: i64 = 90;
const LISTED: usize = 100;

/// Choices that were made in an agency of late, the newest first, where the caller may choose.
pub(crate) async fn settled_of(ctx: &Context<'_>, view: &View) -> Result<Vec<SettledConflict>> {
    let (view, agency) = (view.clone(), view.agency);
    let since = At::from_micros(view.now.plus_days(-LISTED_DAYS).0);
    let since = since.ok_or_else(|| Error::internal(anyhow::anyhow!("the clock is outside the calendar")))?;
    let all = Request::of(ctx)?.read(move |db| rows::settled(db, agency, since)).await?;
    let mine = all.into_iter().filter(|dispute| may_choose(&view, dispute)).take(LISTED).collect();
    let mine = seen(ctx, agency, mine).await?;
    Ok(mine.into_iter().filter_map(|dispute| SettledConflict::of(agency, dispute.subject?, dispute)).collect())
}

pub(super) fn may_choose(view: &View, dispute: &Dispute) -> bool {
    let (Some(student), Some(part)) = (dispute.subject, part(&dispute.kind)) else { return false };
    view.may(Action::Resolve(part), Some(student)).is_some()
}

/// What waits for a choice by the caller in an agency, the oldest first: a case manager's own,
/// and for a director those of students who have no case manager.
pub(crate) async fn waiting_for(ctx: &Context<'_>, view: &View) -> Result<Vec<Conflict>> {
    let (view, agency) = (view.clone(), view.agency);
    if !view.is_staff() {
        return Ok(Vec::new());
    }
    let mine = Request::of(ctx)?
        .read(move |db| {
            let all = rows::standing(db, agency)?;
            let students: BTreeSet<RecordId> = all.iter().filter_map(|dispute| dispute.subject).collect();
            let managers = people::case_managers_of(db, agency, &students, view.now)?;
            let waits_for_me = |dispute: &Dispute| {
                let its = dispute.subject.and_then(|student| managers.get(&student));
                its.is_none_or(|its| its.iter().any(|person| view.is(*person))) && may_choose(&view, dispute)
            };
            Ok(all.into_iter().filter(waits_for_me).collect::<Vec<_>>())
        })
        .await?;
    let mine = seen(ctx, agency, mine).await?;
    Ok(mine.into_iter().filter_map(|dispute| Conflict::of(agency, dispute.subject?, dispute)).collect())
}
