//! What every request passes on its way in and out: a number, one log line, security headers,
//! and the one place where errors become answers.

use std::fmt;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{
    CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;
use uuid::Uuid;

use crate::error;

/// The number of one request: in the log, in every answer's headers, and in the message that a
/// person can report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestId(Uuid);

impl RequestId {
    /// A number that nobody else has.
    #[expect(clippy::new_without_default, reason = "two of them are never alike")]
    pub fn new() -> Self {
        Self(Uuid::now_v7())
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.simple().fmt(f)
    }
}

/// Scripts and data come from here alone. `wasm-unsafe-eval` lets the phone core be compiled
/// and nothing else; styles set on elements are how charts and popovers are placed.
const CONTENT: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; \
    connect-src 'self' ws: wss:; worker-src 'self'; manifest-src 'self'; object-src 'none'; \
    base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const PERMISSIONS: HeaderName = HeaderName::from_static("permissions-policy");

/// The outermost layer.
pub async fn pass(State(hardened): State<Hardened>, mut request: Request, next: Next) -> Response {
    let id = RequestId::new();
    request.extensions_mut().insert(id);
    let started = Instant::now();
    let method = request.method().clone();
    // The route and not the path: a path could hold anything, a token by mistake included.
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.as_ref().map_or("pages", MatchedPath::as_str).to_owned();

    let span = tracing::info_span!("request", %id);
    let response = next.run(request).instrument(span).await;

    let mut response = error::report(response, id);
    tracing::info!(
        request = %id,
        %method,
        route,
        status = response.status().as_u16(),
        micros = started.elapsed().as_micros() as u64,
        "answered"
    );
    hardened.write(&mut response, id);
    response
}

/// What every answer tells browsers to refuse.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hardened {
    /// Browsers come by https, and should by nothing else from now on.
    pub https: bool,
}

impl Hardened {
    fn write(self, response: &mut Response, id: RequestId) {
        let headers = response.headers_mut();
        if self.https {
            headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
        }
        if let Ok(id) = HeaderValue::try_from(id.to_string()) {
            headers.insert(REQUEST_ID, id);
        }
        for (name, value) in [
            (CONTENT_SECURITY_POLICY, CONTENT),
            (X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (X_FRAME_OPTIONS, "DENY"),
            (REFERRER_POLICY, "same-origin"),
            (OPENER_POLICY, "same-origin"),
            (RESOURCE_POLICY, "same-origin"),
            (PERMISSIONS, "camera=(), microphone=(), geolocation=()"),
        ] {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
}
