//! GraphQL over WebSocket: the `graphql-transport-ws` protocol, for subscriptions.
//!
//! A socket belongs to one sign-in, checked at its first message and again while it lives; it
//! closes when that ends. Everything about a socket is bounded: the time to its first message,
//! the size of each, how many subscriptions it holds, how long it may be silent.

mod message;
mod session;
mod subscriptions;
#[cfg(test)]
mod tests;

use std::time::Duration;

use async_graphql::Executor;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::{State, WebSocketUpgrade};
use axum::http::header::SEC_WEBSOCKET_PROTOCOL;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::auth;
use crate::front::Front;

/// The one subprotocol. The older `graphql-ws` is not offered.
const PROTOCOL: &str = "graphql-transport-ws";

/// What a socket may cost.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// From opening to `connection_init`.
    pub init: Duration,
    /// Between our pings. Silence for two of them ends the socket.
    pub ping: Duration,
    /// How old the last look at the sign-in may be when something is sent.
    pub recheck: Duration,
    /// The largest message.
    pub message: usize,
    /// Subscriptions at once.
    pub subscriptions: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            init: Duration::from_secs(10),
            ping: Duration::from_secs(25),
            recheck: Duration::from_secs(5),
            message: 64 * 1024,
            subscriptions: 32,
        }
    }
}

/// Opens a socket.
pub async fn open<E: Executor>(
    State(front): State<Front<E>>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    let upgrade = match upgrade {
        Ok(upgrade) => upgrade,
        Err(rejection) => return rejection.into_response(),
    };
    let offered = headers.get_all(SEC_WEBSOCKET_PROTOCOL).iter().filter_map(|value| value.to_str().ok());
    if !offered.flat_map(|list| list.split(',')).any(|name| name.trim() == PROTOCOL) {
        return (StatusCode::BAD_REQUEST, "the subprotocol is graphql-transport-ws").into_response();
    }
    // A browser's cookie, if one of our own pages asks; phones send their token inside.
    let cookie = auth::caller::presented(&front.app.auth, &headers).map(str::to_owned);
    let bounds = front.bounds;
    upgrade
        .protocols([PROTOCOL])
        .max_message_size(bounds.message)
        .max_frame_size(bounds.message)
        // The defaults keep 128 KB for each socket that may never say anything. These grow when
        // something larger comes.
        .read_buffer_size(512)
        .write_buffer_size(1024)
        .on_upgrade(move |socket| session::run(socket, front, cookie))
}
