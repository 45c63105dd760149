//! Errors as plain HTTP answers: one status for each, and `{"error":{"code","message"}}`.

use axum::Json;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::Error;
use crate::edge::RequestId;

impl Error {
    /// The HTTP status of this error.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Unauthenticated => StatusCode::UNAUTHORIZED,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Invalid { .. } | Self::TooComplex(_) | Self::Document { .. } => StatusCode::BAD_REQUEST,
            Self::TooOld => StatusCode::UPGRADE_REQUIRED,
            Self::RateLimited { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// The error of an answer, on its way to [`report`], which alone knows the request's number.
#[derive(Clone)]
pub struct Fault(Error);

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Fault(self));
        response
    }
}

/// Logs the error of an answer, if it has one, and writes the body that the caller reads.
pub fn report(mut response: Response, request: RequestId) -> Response {
    let Some(Fault(error)) = response.extensions_mut().remove() else {
        return response;
    };
    error.log(request);
    let mut body = json!({ "code": error.code(), "message": error.to_string() });
    match &error {
        Error::Invalid { field, .. } => body["field"] = json!(field),
        Error::Internal(_) => body["requestId"] = json!(request.to_string()),
        _ => {}
    }
    let (head, _) = response.into_parts();
    let mut response = (head.status, Json(json!({ "error": body }))).into_response();
    if let Error::RateLimited { retry_after } = &error {
        let seconds = HeaderValue::from(retry_after.as_secs().max(1));
        response.headers_mut().insert(RETRY_AFTER, seconds);
    }
    response
}
