//! Answering at the desk. Families ask from their phones, through replication.

use super::graphql::RecordRequest;
use crate::{
    access::Action,
    error::Result,
    graphql::{
        Request,
        answer::{UserError, minted, user_errors},
        node::{NodeId, NodeKind},
    },
    records,
};
use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use domain::{
    kinds,
    record_request::{self, AnswerRequest},
};
use sync::RecordId;

/// Which of the two answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "record_request::Stage")]
pub enum RecordRequestStage {
    /// The school's own.
    Answer,
    /// What a hearing came to.
    Hearing,
}

/// An answer to a request.
#[derive(InputObject)]
pub struct RecordRequestAnswerInput {
    /// Minted by the client: the same again is the same answer.
    operation_id: ID,
    /// The request.
    request: NodeId,
    /// The school's own answer, or what a hearing came to.
    stage: RecordRequestStage,
    /// Whether the record was shown, or is corrected. To see it cannot be refused.
    granted: bool,
    /// How and when it was shown; what was changed; why not.
    words: String,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct RecordRequestPayload {
    /// The request as it is now.
    request: Option<RecordRequest>,
    /// What to put right.
    user_errors: Vec<UserError>,
}

/// Answering what families ask of the record.
#[derive(Default)]
pub struct RequestMutation;

/// Answering what families ask of the record.
#[Object]
impl RequestMutation {
    /// Answers a request, once and for good. A refusal names the right to a hearing, and the
    /// family may put its own words beside the record (34 CFR 300.618(c), 300.620).
    async fn record_request_answer(
        &self,
        ctx: &Context<'_>,
        input: RecordRequestAnswerInput,
    ) -> Result<RecordRequestPayload> {
        let request = Request::of(ctx)?;
        let (agency, id) = input.request.expect::<RecordId>(NodeKind::RecordRequest)?;
        let (student, _) = request.find_record(agency, (kinds::REQUEST, id), |_| Action::AnswerRequest).await?;
        let intent = AnswerRequest {
            request: id,
            student,
            stage: input.stage.into(),
            granted: input.granted,
            words: input.words,
        };
        let verdict = request.apply(agency, minted("operationId", &input.operation_id)?, intent.into()).await?;
        let user_errors = user_errors(&verdict);
        if !user_errors.is_empty() {
            return Ok(RecordRequestPayload { request: None, user_errors });
        }
        let stored = request.read(move |db| records::find(db, agency, &kinds::REQUEST, id)).await?;
        Ok(RecordRequestPayload { request: stored.map(|stored| RecordRequest { agency, stored }), user_errors })
    }
}
