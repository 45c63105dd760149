//! What the core asks of its holder: a JSON array of `{"type": …}` across every face.
//!
//! ```json
//! {"type":"send","request":"7","method":"POST","path":"/graphql","headers":{…},"body":"…"}
//! {"type":"wakeAt","at":1790000000000}
//! {"type":"changed","what":["home","student","outbox","session"]}
//! {"type":"listen","token":"…"}
//! {"type":"hush"}
//! {"type":"forget","account":"…"}
//! {"type":"refused","id":"…","code":"INVALID","field":"endedAt"}
//! ```
//! - `send` wants exactly one `reply` or `failed` with the same `request`; paths are relative
//!   to the server. Give up after some 60 seconds and say `failed`.
//! - Each `wakeAt` replaces the one before.
//! - `listen` opens (or opens anew, with a newer token) the subscription `syncPoke`.
//! - `forget`: the copy of this account is gone; destroy its key. Only where copies are encrypted.
//! - `refused` means that nothing of the event was kept. Codes: those of the sync protocol
//!   (`INVALID`, `NOT_FOUND`, `FROZEN`, `UNRESOLVED`, …), `SIGN_IN` when nobody is signed
//!   in, `LOCKED` while the copy waits for its key, `STORAGE` when the phone could not keep
//!   it, `SENT` when what should be taken back may be with the server already, `NEEDED` when
//!   something else stands on it that was not named.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum Effect {
    /// Send this request to the server.
    Send(Request),
    /// Say `woke` at this moment, epoch ms.
    WakeAt {
        /// The moment.
        at: i64,
    },
    /// Screens may look different.
    Changed {
        /// Which.
        what: Vec<Screen>,
    },
    /// Keep the subscription open.
    Listen {
        /// For `connection_init`.
        token: String,
    },
    /// Close the subscription.
    Hush,
    /// The copy of this account is gone: its key is to be destroyed.
    Forget {
        /// Whose.
        account: sync::AccountId,
    },
    /// Nothing of the event was kept.
    Refused {
        /// The operation that is refused.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<sync::OperationId>,
        /// Why.
        code: String,
        /// Which part of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        field: Option<String>,
    },
}

/// A screen, by the name under which it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Screen {
    /// Who is signed in.
    Session,
    /// The students and invitations.
    Home,
    /// One student.
    Student,
    /// What the server does not have yet.
    Outbox,
}

/// An HTTP request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Names it for the answer.
    pub request: String,
    /// The method.
    pub method: String,
    /// Relative to the server.
    pub path: String,
    /// Header fields.
    pub headers: BTreeMap<String, String>,
    /// The body.
    pub body: String,
}
