//! The messages of `graphql-transport-ws`, and the codes with which a socket is closed.

use async_graphql::{Response, ServerError};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use crate::front::Params;

/// What a client says.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Said {
    ConnectionInit {
        #[serde(default)]
        payload: Option<Map<String, Json>>,
    },
    Ping,
    Pong,
    Subscribe {
        id: String,
        payload: Params,
    },
    Complete {
        id: String,
    },
}

/// What we say.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Say<'a> {
    ConnectionAck,
    Pong,
    Next { id: &'a str, payload: &'a Response },
    Error { id: &'a str, payload: &'a [ServerError] },
    Complete { id: &'a str },
}

/// Why a socket is closed by us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Close {
    /// The server stops; come back.
    GoingAway,
    /// Longer than a message may be.
    TooBig,
    /// Not a message of the protocol.
    BadMessage,
    /// A subscription before `connection_ack`.
    Unauthorized,
    /// The token does not count, or no longer: sign in or refresh, then come back.
    Forbidden,
    /// No `connection_init` in time.
    InitTimeout,
    /// Nothing was heard for too long.
    Silent,
    /// A subscription under an id that is in use.
    SubscriberExists(String),
    /// A second `connection_init`.
    TooManyInits,
    /// Our database is away; come back.
    Unavailable,
}

impl Close {
    pub(super) fn code(&self) -> u16 {
        match self {
            Self::GoingAway => 1001,
            Self::TooBig => 1009,
            Self::Unavailable => 1013,
            Self::BadMessage => 4400,
            Self::Unauthorized => 4401,
            Self::Forbidden => 4403,
            Self::InitTimeout | Self::Silent => 4408,
            Self::SubscriberExists(_) => 4409,
            Self::TooManyInits => 4429,
        }
    }

    /// What clients log. The protocol gives the words.
    pub(super) fn reason(&self) -> String {
        match self {
            Self::GoingAway => "Going away".into(),
            Self::TooBig => "Message too big".into(),
            Self::Unavailable => "Try again later".into(),
            Self::BadMessage => "Invalid message".into(),
            Self::Unauthorized => "Unauthorized".into(),
            Self::Forbidden => "Forbidden".into(),
            Self::InitTimeout => "Connection initialisation timeout".into(),
            Self::Silent => "Nothing heard".into(),
            Self::SubscriberExists(id) => format!("Subscriber for {} already exists", short(id)),
            Self::TooManyInits => "Too many initialisation requests".into(),
        }
    }
}

/// A close frame holds 123 bytes.
fn short(id: &str) -> &str {
    &id[..id.floor_char_boundary(64)]
}
