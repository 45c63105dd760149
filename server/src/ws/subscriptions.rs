//! The subscriptions of one socket, each under the id that the client gave it.

use std::collections::HashMap;

use async_graphql::Response;
use futures_util::StreamExt;
use futures_util::stream::{AbortHandle, BoxStream, SelectAll, abortable, once};

use crate::edge::RequestId;

/// Everything that a socket waits for.
#[derive(Default)]
pub(super) struct Subscriptions {
    open: HashMap<String, Open>,
    events: SelectAll<BoxStream<'static, Event>>,
}

struct Open {
    request: RequestId,
    stop: AbortHandle,
}

/// What a subscription gives.
pub(super) struct Event {
    pub(super) id: String,
    pub(super) request: RequestId,
    /// `None` is its end.
    pub(super) answer: Option<Response>,
}

impl Subscriptions {
    pub(super) fn len(&self) -> usize {
        self.open.len()
    }

    pub(super) fn contains(&self, id: &str) -> bool {
        self.open.contains_key(id)
    }

    pub(super) fn open(&mut self, id: String, request: RequestId, answers: BoxStream<'static, Response>) {
        let (answers, stop) = abortable(answers);
        let name = id.clone();
        let events = answers.map(Some).chain(once(std::future::ready(None))).map(move |answer| Event {
            id: name.clone(),
            request,
            answer,
        });
        self.events.push(events.boxed());
        self.open.insert(id, Open { request, stop });
    }

    /// Ends a subscription; nothing more is heard of it.
    pub(super) fn close(&mut self, id: &str) {
        if let Some(open) = self.open.remove(id) {
            open.stop.abort();
        }
    }

    /// The next event of any that is open; waits for ever when none is.
    pub(super) async fn next(&mut self) -> Event {
        loop {
            match self.events.next().await {
                // One that was closed may have had an answer ready, and its id may have been
                // given to another since.
                Some(event) if self.open.get(&event.id).is_some_and(|open| open.request == event.request) => {
                    return event;
                }
                Some(_) => {}
                None => std::future::pending().await,
            }
        }
    }
}
