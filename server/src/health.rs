//! `/healthz`: the process answers. `/readyz`: it can do its work.

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::app::App;
use crate::db;
use crate::error::{Error, Result};

/// Both routes.
pub fn routes() -> Router<App> {
    Router::new().route("/healthz", get(alive)).route("/readyz", get(ready))
}

async fn alive() -> &'static str {
    "ok\n"
}

/// Whether the database answers, with this version's tables; not while the process stops, so
/// that a balancer looks elsewhere.
async fn ready(State(app): State<App>) -> Result<Response> {
    if app.closing.is_cancelled() {
        return Err(Error::unavailable(anyhow::anyhow!("the server is stopping")));
    }
    app.database.reading(|db| Ok(db::epoch(db)?)).await?;
    Ok("ready\n".into_response())
}
