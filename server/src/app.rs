//! Everything that a server process holds, and the routes that lead to it.

use std::time::Duration;

use async_graphql::Executor;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::handler::Handler;
use axum::http::header::UPGRADE;
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::any;
use tokio_util::sync::CancellationToken;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::RequestBodyTimeoutLayer;

use crate::auth::{self, Auth};
use crate::clock::Clock;
use crate::db::Database;
use crate::document::Printer;
use crate::door::{Door, address, rates};
use crate::front::Front;
use crate::pages::{self, Pages};
use crate::replication::{Hub, Leases};
use crate::{edge, graphql, health, http, record_copy, ws};

/// How long nothing may come of a body that was begun.
const BODY_SILENCE: Duration = Duration::from_secs(30);

/// One server process. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// Where everything that matters lives.
    pub database: Database,
    /// Time and fresh ids.
    pub clock: Clock,
    /// Sign-in.
    pub auth: Auth,
    /// What stands before every request.
    pub door: Door,
    /// Tells who watches that something was written.
    pub hub: Hub,
    /// For how long phones may show what they were sent.
    pub leases: Leases,
    /// Sets documents for people.
    pub printer: Printer,
    /// Cancelled when the process is told to stop; what waits for events ends then.
    pub closing: CancellationToken,
}

/// Every route of a server.
pub fn router(app: App, pages: Pages) -> Router {
    let schema = graphql::schema(app.clone());
    let proxies = app.door.proxies.clone();
    let hardened = edge::Hardened { https: app.auth.cookies.secure };
    // Tokens are secret and answers to sign-in short: they are not compressed. GraphQL's own
    // front knows what can be.
    let copies = record_copy::routes::routes(app.clone());
    let plain = health::routes().merge(auth::routes::routes(app.clone())).merge(copies).with_state(app.clone());
    let packed = pages::routes(pages).layer(CompressionLayer::new());
    let routes = graphql_routes(Front::new(app, schema)).merge(packed).merge(plain);
    // Who sends a body is heard as long as more of it comes.
    let routes = routes.layer(RequestBodyTimeoutLayer::new(BODY_SILENCE));
    routes.layer(from_fn_with_state(proxies, address::locate)).layer(from_fn_with_state(hardened, edge::pass))
}

/// `/graphql`, over HTTP and over WebSocket.
pub fn graphql_routes<E: Executor>(front: Front<E>) -> Router {
    Router::new()
        .route("/graphql", any(either_front::<E>))
        .layer(DefaultBodyLimit::max(http::BODY_LIMIT))
        .layer(from_fn_with_state(front.app.clone(), rates::count_requests))
        .with_state(front)
}

async fn either_front<E: Executor>(State(front): State<Front<E>>, request: Request) -> Response {
    let upgrade = request.headers().get(UPGRADE).and_then(|value| value.to_str().ok());
    if upgrade.is_some_and(|name| name.eq_ignore_ascii_case("websocket")) {
        ws::open::<E>.call(request, front).await
    } else {
        http::serve::<E>.call(request, front).await
    }
}
