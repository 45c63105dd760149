//! GraphQL over HTTP: one request, one answer, as the GraphQL-over-HTTP draft has it.
//!
//! Queries by POST or GET, mutations by POST alone; JSON bodies of bounded size and nothing
//! else, which is also what keeps other sites' forms out; no batches. A client reads the body,
//! not the status: the draft is about to change the statuses (see `answer`).

mod accept;
mod answer;
mod packed;
mod params;
#[cfg(test)]
mod tests;

use async_graphql::Executor;
use async_graphql::parser::types::OperationType;
use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, Method, Uri};
use axum::response::Response;

use self::answer::{Answer, Problem};
use crate::edge::RequestId;
use crate::error::Error;
use crate::front::{Front, Params};
use crate::graphql::Asking;
use crate::guard::Refusal;

pub use self::params::BODY_LIMIT;

/// Carries one request out.
pub async fn serve<E: Executor>(
    State(front): State<Front<E>>,
    Extension(id): Extension<RequestId>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let Some(media) = accept::negotiate(&headers) else {
        return Answer::Problem(Problem::NotAcceptable).write(accept::Media::Json, false);
    };
    let params = match method {
        Method::GET => params::of_query(&uri),
        Method::POST => params::of_body(&headers, body),
        _ => Err(Problem::Method("GET, POST")),
    };
    let answer = match params {
        Ok(params) => carry_out(&front, params, method == Method::GET, &headers, id).await,
        Err(problem) => Answer::Problem(problem),
    };
    answer.write(media, packed::is_wanted(&headers))
}

async fn carry_out<E: Executor>(
    front: &Front<E>,
    params: Params,
    is_get: bool,
    headers: &HeaderMap,
    id: RequestId,
) -> Answer {
    let prepared = match front.prepare(params) {
        Ok(prepared) => prepared,
        Err(Refusal::Syntax(message)) => return Answer::Problem(Problem::Syntax(message)),
        Err(refusal) => return Answer::refused(&Error::from(refusal), id),
    };
    match prepared.kind {
        // Anything may load an address: a picture, a mail scanner, a browser that guesses.
        Some(OperationType::Mutation | OperationType::Subscription) if is_get => {
            return Answer::Problem(Problem::Method("POST"));
        }
        Some(OperationType::Subscription) => {
            return Answer::Problem(Problem::BadRequest("subscriptions are served over WebSocket"));
        }
        _ => {}
    }
    let caller = match front.caller(headers).await {
        Ok(caller) => caller,
        Err(error) => return Answer::Failed(error, id),
    };
    let request = prepared.request.data(Asking { caller, request: id });
    Answer::Outcome(front.carry_out(request, id).await)
}
