//! Answers, and the one table of their statuses.

use async_graphql::{ErrorExtensionValues, ServerError};
use axum::body::Body;
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, RETRY_AFTER, VARY};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use serde_json::json;

use super::accept::Media;
use super::packed;
use crate::edge::RequestId;
use crate::error::{self, Error};
use crate::front::Outcome;

/// What becomes of one request.
pub(super) enum Answer {
    /// The schema answered.
    Outcome(Outcome),
    /// It never got to the schema.
    Problem(Problem),
    /// It was not found out who asks.
    Failed(Error, RequestId),
}

/// What is wrong with a request as such.
#[derive(Debug)]
pub(super) enum Problem {
    /// The client reads neither of our media types.
    NotAcceptable,
    /// The body is not JSON by its label.
    MediaType,
    /// The body is larger than any that we take.
    TooLarge,
    /// Not this method; these.
    Method(&'static str),
    /// Not a well-formed request.
    BadRequest(&'static str),
    /// Not a GraphQL document.
    Syntax(String),
}

/// How the draft sorts answers.
enum Class {
    /// Data and no errors.
    Whole,
    /// Data and errors.
    Partial,
    /// A document that is not carried out: it does not parse, or is not valid here.
    Document,
    /// Anything that plain HTTP has a status for.
    Plain(StatusCode),
}

impl Class {
    /// The draft of August 2026 asks for 294 (`Partial`) and 422 (a `Document` that parses),
    /// for both media types. The published audits ask for these.
    fn status(self, media: Media) -> StatusCode {
        match (self, media) {
            (Self::Whole | Self::Partial, _) => StatusCode::OK,
            (Self::Document, Media::GraphQl) => StatusCode::BAD_REQUEST,
            (Self::Document, Media::Json) => StatusCode::OK,
            (Self::Plain(status), _) => status,
        }
    }
}

impl Answer {
    /// A document that one of our own limits refuses.
    pub(super) fn refused(error: &Error, id: RequestId) -> Self {
        Self::Outcome(Outcome::Refused(vec![error::in_document(error, id)]))
    }

    /// As it leaves, in gzip for a client that takes it.
    pub(super) fn write(self, media: Media, packed: bool) -> Response {
        let respond = |class, media, body| respond(class, media, body, packed);
        match self {
            Self::Outcome(Outcome::Done(answer)) => {
                let class = if answer.errors.is_empty() { Class::Whole } else { Class::Partial };
                respond(class, media, serde_json::to_vec(&answer))
            }
            Self::Outcome(Outcome::Refused(errors)) => respond(Class::Document, media, errors_body(&errors)),
            Self::Failed(error, id) => {
                error.log(id);
                let body = errors_body(&[error::in_document(&error, id)]);
                let mut response = respond(Class::Plain(error.status()), media, body);
                if let Error::Unavailable(_) = error {
                    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
                }
                response
            }
            Self::Problem(problem) => {
                let body = errors_body(&[problem.error()]);
                let methods = if let Problem::Method(methods) = problem { Some(methods) } else { None };
                let mut response = respond(problem.class(), media, body);
                if let Some(methods) = methods {
                    response.headers_mut().insert(ALLOW, HeaderValue::from_static(methods));
                }
                response
            }
        }
    }
}

impl Problem {
    fn class(&self) -> Class {
        match self {
            Self::NotAcceptable => Class::Plain(StatusCode::NOT_ACCEPTABLE),
            Self::MediaType => Class::Plain(StatusCode::UNSUPPORTED_MEDIA_TYPE),
            Self::TooLarge => Class::Plain(StatusCode::PAYLOAD_TOO_LARGE),
            Self::Method(_) => Class::Plain(StatusCode::METHOD_NOT_ALLOWED),
            Self::BadRequest(_) => Class::Plain(StatusCode::BAD_REQUEST),
            Self::Syntax(_) => Class::Document,
        }
    }

    fn error(&self) -> ServerError {
        let (code, message) = match self {
            Self::NotAcceptable => ("NOT_ACCEPTABLE", "this is GraphQL: accept application/graphql-response+json"),
            Self::MediaType => ("UNSUPPORTED_MEDIA_TYPE", "the body is application/json in UTF-8"),
            Self::TooLarge => ("TOO_LARGE", "the body is too large"),
            Self::Method(_) => ("METHOD_NOT_ALLOWED", "queries by GET or POST, mutations by POST"),
            Self::BadRequest(why) => ("BAD_REQUEST", *why),
            Self::Syntax(message) => ("GRAPHQL_PARSE_FAILED", message.as_str()),
        };
        let mut extensions = ErrorExtensionValues::default();
        extensions.set("code", code);
        let mut error = ServerError::new(message, None);
        error.extensions = Some(extensions);
        error
    }
}

/// Errors without `data`: nothing was carried out.
fn errors_body(errors: &[ServerError]) -> serde_json::Result<Vec<u8>> {
    serde_json::to_vec(&json!({ "errors": errors }))
}

fn respond(class: Class, media: Media, body: serde_json::Result<Vec<u8>>, packed: bool) -> Response {
    let (status, body) = match body {
        Ok(body) => (class.status(media), body),
        Err(_) => (StatusCode::INTERNAL_SERVER_ERROR, Vec::new()),
    };
    let small = if packed { packed::gzip(&body) } else { None };
    let is_small = small.is_some();
    let mut response = Response::new(Body::from(small.unwrap_or(body)));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media.label()));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    headers.insert(VARY, HeaderValue::from_static("accept, accept-encoding, authorization, cookie"));
    if is_small {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    response
}
