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
use crate::door::address::Network;
use crate::door::rates::Allowance;
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
    from: Network,
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
    let (answer, allowance) = match params {
        Ok(params) => carry_out(&front, params, method == Method::GET, &headers, (from, id)).await,
        Err(problem) => (Answer::Problem(problem), None),
    };
    let refused = answer.wait();
    let mut response = answer.write(media, packed::is_wanted(&headers));
    Allowance::write(allowance, refused, response.headers_mut());
    response
}

async fn carry_out<E: Executor>(
    front: &Front<E>,
    params: Params,
    is_get: bool,
    headers: &HeaderMap,
    (from, id): (Network, RequestId),
) -> (Answer, Option<Allowance>) {
    let prepared = match front.prepare(params) {
        Ok(prepared) => prepared,
        Err(Refusal::Syntax(message)) => return (Answer::Problem(Problem::Syntax(message)), None),
        Err(refusal) => return (Answer::refused(&Error::from(refusal), id), None),
    };
    match prepared.kind {
        // Anything may load an address: a picture, a mail scanner, a browser that guesses.
        Some(OperationType::Mutation | OperationType::Subscription) if is_get => {
            return (Answer::Problem(Problem::Method("POST")), None);
        }
        Some(OperationType::Subscription) => {
            return (Answer::Problem(Problem::BadRequest("subscriptions are served over WebSocket")), None);
        }
        _ => {}
    }
    let (caller, allowance) = match front.caller(headers, from).await {
        Ok(known) => known,
        Err(error) => return (Answer::Failed(error, id), None),
    };
    let request = prepared.request.data(Asking { caller, request: id });
    (Answer::Outcome(front.carry_out(request, id).await), allowance)
}
