//! The parameters of a request, from its address or its body.

use std::collections::HashMap;

use axum::body::Bytes;
use axum::extract::Query;
use axum::extract::rejection::BytesRejection;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, Uri};

use super::answer::Problem;
use crate::front::Params;

/// The largest body: many times what a phone sends at once, little enough to hold.
pub const BODY_LIMIT: usize = 4 * 1024 * 1024;

/// From the address of a GET.
pub(super) fn of_query(uri: &Uri) -> Result<Params, Problem> {
    let bad = |why| Problem::BadRequest(why);
    let Query(mut fields) =
        Query::<HashMap<String, String>>::try_from_uri(uri).map_err(|_| bad("the address is not well formed"))?;
    let object = |text: Option<String>| match text {
        None => Ok(None),
        Some(text) => serde_json::from_str(&text).map_err(|_| bad("variables and extensions are JSON objects")),
    };
    named(Params {
        query: fields.remove("query"),
        document_id: fields.remove("documentId"),
        operation_name: fields.remove("operationName"),
        variables: object(fields.remove("variables"))?,
        extensions: object(fields.remove("extensions"))?,
    })
}

/// From the body of a POST.
pub(super) fn of_body(headers: &HeaderMap, body: Result<Bytes, BytesRejection>) -> Result<Params, Problem> {
    // Browsers send forms and plain text to other sites without asking those sites first.
    if !is_json(headers) {
        return Err(Problem::MediaType);
    }
    let body = body.map_err(|_| Problem::TooLarge)?;
    let params = serde_json::from_slice(&body);
    named(params.map_err(|_| Problem::BadRequest("the body is one JSON object with a string query"))?)
}

/// A request names one document, by its text or by its id.
fn named(params: Params) -> Result<Params, Problem> {
    match (&params.query, &params.document_id) {
        (None, None) => Err(Problem::BadRequest("query is missing")),
        (Some(_), Some(_)) => Err(Problem::BadRequest("send either query or documentId")),
        _ => Ok(params),
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let Some(label) = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()) else {
        return false;
    };
    let mut parts = label.split(';').map(str::trim);
    let is_utf8 = |part: &str| match part.split_once('=') {
        Some((key, value)) if key.eq_ignore_ascii_case("charset") => {
            value.trim_matches('"').eq_ignore_ascii_case("utf-8")
        }
        _ => true,
    };
    parts.next().is_some_and(|name| name.eq_ignore_ascii_case("application/json")) && parts.all(is_utf8)
}
