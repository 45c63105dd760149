//! Errors as GraphQL answers: `{message, extensions: {code, …}}`, and nothing of their cause.
//!
//! Resolvers fail with [`Error`](super::Error), which async-graphql carries as an error's
//! source. What has no such source was found in the document by the crate itself; anything
//! else that turns up here is ours and is masked.

use async_graphql::{ErrorExtensionValues, ServerError};

use super::Error;
use crate::edge::RequestId;

/// More than this of one answer helps nobody.
const MOST_ERRORS: usize = 20;
const LONGEST_MESSAGE: usize = 300;

/// What may leave of the errors of an answer. Ours are logged under the request's number.
pub fn masked(errors: Vec<ServerError>, request: RequestId) -> Vec<ServerError> {
    errors.into_iter().take(MOST_ERRORS).map(|error| mask(error, request)).collect()
}

fn mask(error: ServerError, request: RequestId) -> ServerError {
    let (message, told) = match error.source::<Error>() {
        Some(ours) => {
            ours.log(request);
            (ours.to_string(), extensions(ours, request))
        }
        None if error.source.is_none() && is_about_the_document(&error) => {
            (error.message.clone(), code("BAD_USER_INPUT"))
        }
        None => {
            let unknown = Error::internal(anyhow::anyhow!("a resolver failed with {}", error.message));
            unknown.log(request);
            (unknown.to_string(), extensions(&unknown, request))
        }
    };
    ServerError { message: cut(&message), source: None, extensions: Some(told), ..error }
}

/// An error that was found before anything ran, as one of the errors of an answer.
pub fn in_document(error: &Error, request: RequestId) -> ServerError {
    let mut answer = ServerError::new(cut(&error.to_string()), None);
    answer.extensions = Some(extensions(error, request));
    answer
}

/// Errors without a path were found by validation; those with one, when an argument was read.
fn is_about_the_document(error: &ServerError) -> bool {
    error.path.is_empty() || error.message.starts_with("Failed to parse \"")
}

fn extensions(error: &Error, request: RequestId) -> ErrorExtensionValues {
    let mut extensions = code(error.code());
    match error {
        Error::Invalid { field, .. } => extensions.set("field", *field),
        Error::RateLimited { retry_after } => extensions.set("retryAfter", retry_after.as_secs().max(1)),
        Error::Internal(_) => extensions.set("requestId", request.to_string()),
        _ => {}
    }
    extensions
}

fn code(code: &'static str) -> ErrorExtensionValues {
    let mut extensions = ErrorExtensionValues::default();
    extensions.set("code", code);
    extensions
}

/// A message that is short enough to send: some repeat the document.
pub fn cut(message: &str) -> String {
    if message.len() <= LONGEST_MESSAGE {
        return message.to_owned();
    }
    let end = message.floor_char_boundary(LONGEST_MESSAGE);
    format!("{}…", &message[..end])
}
