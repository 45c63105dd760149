//! The line to an issuer: one request, one answer, within bounds. Redirects are not followed.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use anyhow::Context as _;
use axum::body::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};

use crate::trust::trust;

/// How long an answer may take: somebody looks at a page meanwhile.
const PATIENCE: Duration = Duration::from_secs(10);
/// The longest answer, which is a set of keys.
const LONGEST: usize = 1 << 20;

/// Speaks with one issuer.
pub(super) struct Line {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
}

/// Why there was no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum NoAnswer {
    #[error("no answer within {PATIENCE:?}")]
    Late,
    #[error("the issuer is in trouble itself: {0}")]
    InTrouble(u16),
    #[error("no line")]
    NoLine(#[from] hyper_util::client::legacy::Error),
    #[error("the answer broke off, or was too long")]
    Broken(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Line {
    /// A line by https, or to an issuer on this machine.
    pub(super) fn new(is_https: bool) -> anyhow::Result<Self> {
        let builder = HttpsConnectorBuilder::new().with_tls_config(trust().context("whom this machine trusts")?);
        let builder = if is_https { builder.https_only() } else { builder.https_or_http() };
        Ok(Self { client: Client::builder(TokioExecutor::new()).build(builder.enable_http1().build()) })
    }

    async fn ask(&self, request: HttpRequest) -> Result<HttpResponse, NoAnswer> {
        let answer = self.client.request(request.map(|body| Full::new(Bytes::from(body)))).await?;
        if answer.status().is_server_error() {
            return Err(NoAnswer::InTrouble(answer.status().as_u16()));
        }
        let (head, body) = answer.into_parts();
        let body = Limited::new(body, LONGEST).collect().await.map_err(NoAnswer::Broken)?;
        Ok(HttpResponse::from_parts(head, body.to_bytes().into()))
    }
}

impl<'c> AsyncHttpClient<'c> for Line {
    type Error = NoAnswer;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, NoAnswer>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move { tokio::time::timeout(PATIENCE, self.ask(request)).await.unwrap_or(Err(NoAnswer::Late)) })
    }
}
