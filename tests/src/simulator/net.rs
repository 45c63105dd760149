//! The network of a story: what is on its way, and what becomes of it there.

use super::{chance::Chance, step::Fate};
use crate::http::Answer;
use mobile_shared::effect::Request;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use sync::{
    Micros,
    page::{PullReply, PullRequest},
    push::{PushAnswer, PushReply, PushRequest},
    wire,
};

/// How long one way takes.
pub(super) const WAY: i64 = 40_000;
/// When the phone gives up.
pub(super) const PATIENCE: i64 = 60_000_000;

/// Something on its way.
#[derive(Clone, Debug)]
pub(super) enum Travelling {
    /// A request.
    Request {
        /// Of which phone.
        phone: usize,
        /// Of which of its processes.
        process: u32,
        /// What it asks.
        request: Request,
        /// What becomes of it.
        fate: Fate,
    },
    /// A reply.
    Reply {
        /// To which phone.
        phone: usize,
        /// To which of its processes.
        process: u32,
        /// To which request.
        request: String,
        /// What it says.
        answer: Answer,
        /// The page in it.
        heard: Option<Heard>,
    },
    /// A hint that something changed.
    Poke {
        /// To which phone.
        phone: usize,
        /// To which of its processes.
        process: u32,
    },
    /// The phone waits no longer.
    Silence {
        /// Which.
        phone: usize,
        /// Which of its processes.
        process: u32,
        /// For which request.
        request: String,
    },
}

/// A page, as the server told it.
#[derive(Clone, Debug)]
pub(super) struct Heard {
    /// When it was told.
    pub(super) at: Micros,
    /// The cursor after it.
    pub(super) cursor: String,
    /// For how long it lends what it leaves on the phone.
    pub(super) lease: Option<i64>,
}

impl Heard {
    /// Of a reply that has one.
    pub(super) fn of(reply: &PullReply, at: Micros) -> Option<Self> {
        match reply {
            PullReply::Page(page) => Some(Self { at, cursor: page.cursor.clone(), lease: page.lease }),
            _ => None,
        }
    }
}

/// What is on its way, in the order in which it arrives.
#[derive(Debug, Default)]
pub(super) struct Net {
    queue: BTreeMap<(Micros, u64), Travelling>,
    sent: u64,
}

impl Net {
    /// Something sets out and arrives at that moment.
    pub(super) fn send(&mut self, arrives: Micros, what: Travelling) {
        self.sent += 1;
        self.queue.insert((arrives, self.sent), what);
    }

    /// When the next thing arrives.
    pub(super) fn next(&self) -> Option<Micros> {
        self.queue.first_key_value().map(|((at, _), _)| *at)
    }

    /// What arrives next.
    pub(super) fn take(&mut self) -> Option<Travelling> {
        self.queue.pop_first().map(|(_, what)| what)
    }

    /// The next push of another phone than this one, before its time.
    pub(super) fn take_push_of_another(&mut self, than: usize) -> Option<Travelling> {
        let is = |what: &Travelling| matches!(what, Travelling::Request { phone, request, .. } if *phone != than && is_push(request));
        let key = self.queue.iter().find(|(_, what)| is(what)).map(|(key, _)| *key)?;
        self.queue.remove(&key)
    }
}

/// Whether a request pushes.
pub(super) fn is_push(request: &Request) -> bool {
    request.body.contains("syncPush")
}

/// Whether a request pulls.
pub(super) fn is_pull(request: &Request) -> bool {
    request.body.contains("syncPull")
}

/// What the gate says when it lets nobody in.
pub(super) fn put_off(request: &Request, seconds: u32, now: Micros) -> Option<Answer> {
    let retry_after = u64::from(seconds) * 1_000;
    let data = if is_push(request) {
        let answer = PushAnswer::Deferred { retry_after };
        json!({"syncPush": wire::close(&PushReply { server_time: now, answer })})
    } else if is_pull(request) {
        json!({"syncPull": wire::close(&PullReply::Deferred { retry_after })})
    } else {
        return None;
    };
    Some(Answer { status: 200, body: json!({"data": data}).to_string() })
}

/// The same request in another version of the wire.
pub(super) fn in_wire(request: &mut Request, version: u16) {
    let Ok(mut body) = serde_json::from_str::<Value>(&request.body) else { return };
    let Some(variables) = body["variables"].as_object_mut() else { return };
    for chunk in variables.values_mut() {
        let text = chunk.as_str().unwrap_or_default();
        if let Ok(push) = wire::open::<PushRequest>(text) {
            *chunk = wire::close(&PushRequest { wire: version, ..push }).into();
        } else if let Ok(pull) = wire::open::<PullRequest>(text) {
            *chunk = wire::close(&PullRequest { wire: version, ..pull }).into();
        }
    }
    request.body = body.to_string();
}

/// What is left of an answer.
pub(super) fn torn(answer: Answer, fate: Fate, chance: &mut Chance) -> Answer {
    let cut = |text: &str, chance: &mut Chance| {
        let at = chance.below(text.len() as u64 + 1) as usize;
        text.get(..at).unwrap_or_default().to_owned()
    };
    match fate {
        Fate::IsTorn => Answer { body: cut(&answer.body, chance), ..answer },
        Fate::TearsChunk => {
            let mut body = answer.json();
            for chunk in body["data"].as_object_mut().into_iter().flat_map(|data| data.values_mut()) {
                *chunk = cut(chunk.as_str().unwrap_or_default(), chance).into();
            }
            Answer { body: body.to_string(), ..answer }
        }
        Fate::Portal => {
            let status = [200, 302, 403, 502, 504][chance.below(5) as usize];
            Answer { status, body: "<html><body>Welcome to the airport</body></html>".into() }
        }
        _ => answer,
    }
}
