//! What waits for an answer in an agency, what is due first on top.

use super::graphql::RecordRequest;
use crate::{
    access::{Action, Part},
    error::Result,
    graphql::{Request, load::StudentRef, view::View},
    records,
};
use async_graphql::Context;
use chrono::NaiveDate;
use domain::{
    kinds,
    record_request::{Standing, standing},
};
use sync::RecordId;

/// The requests that somebody has to answer, for whoever may: soonest due first, then oldest.
pub(crate) async fn waiting(ctx: &Context<'_>, view: &View) -> Result<Vec<RecordRequest>> {
    let agency = view.agency;
    let stored = Request::of(ctx)?.read(move |db| records::of_kind(db, agency, &kinds::REQUEST)).await?;
    let mut waiting = Vec::new();
    for stored in stored {
        let waits = matches!(standing(&stored.record).0, Standing::Asked | Standing::HearingAsked);
        let Some(id) = stored.record.subject.map(RecordId).filter(|_| waits) else { continue };
        let may = view.may(Action::AnswerRequest, Some(id)).is_some();
        if may && (StudentRef { agency, id }).sees(ctx, Part::Request { by: stored.record.made.by }).await? {
            let request = RecordRequest { agency, stored };
            let due = request.due(ctx).await?.unwrap_or(NaiveDate::MAX);
            waiting.push(((due, request.received(), request.stored.id), request));
        }
    }
    waiting.sort_by_key(|(key, _)| *key);
    Ok(waiting.into_iter().map(|(_, request)| request).collect())
}
