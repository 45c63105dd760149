//! One socket, from its first message to its close.

use std::ops::ControlFlow;
use std::time::Duration;

use async_graphql::parser::types::OperationType;
use async_graphql::{Executor, Response};
use axum::extract::ws::{CloseFrame, Message, WebSocket};
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use tokio::time::{Instant, MissedTickBehavior, interval_at, timeout};

use super::message::{Close, Said, Say};
use super::subscriptions::{Event, Subscriptions};
use crate::auth::Caller;
use crate::edge::RequestId;
use crate::error::{self, Error};
use crate::front::{Front, Outcome, Params, outcome};
use crate::graphql::Asking;

/// How long a client may take to say that it has heard that we close.
const FAREWELL: Duration = Duration::from_secs(1);

/// Serves a socket until either side ends it.
pub(super) async fn run<E: Executor>(socket: WebSocket, front: Front<E>, cookie: Option<String>) {
    let closing = front.app.closing.clone();
    let mut session = Session { socket, front, subscriptions: Subscriptions::default() };
    let ended = tokio::select! {
        ended = session.serve(cookie) => ended,
        () = closing.cancelled() => Ended::ByUs(Close::GoingAway),
    };
    if let Ended::ByUs(close) = ended {
        let frame = CloseFrame { code: close.code(), reason: close.reason().into() };
        // What they sent meanwhile is read, or the network would drop our last words with it.
        let farewell = async {
            let _ = session.socket.send(Message::Close(Some(frame))).await;
            while let Some(Ok(_)) = session.socket.recv().await {}
        };
        // Whoever does not answer has been told.
        let _ = Box::pin(timeout(FAREWELL, farewell)).await;
    }
}

/// How a socket ends.
enum Ended {
    ByUs(Close),
    /// They closed it, or the line broke.
    ByThem,
}

impl From<Close> for Ended {
    fn from(close: Close) -> Self {
        Self::ByUs(close)
    }
}

struct Session<E> {
    socket: WebSocket,
    front: Front<E>,
    subscriptions: Subscriptions,
}

/// Who the socket belongs to, and when that was last looked up.
struct Member {
    caller: Caller,
    seen: Instant,
}

impl<E: Executor> Session<E> {
    async fn serve(&mut self, cookie: Option<String>) -> Ended {
        // What is rarely under way is kept apart while it is: ten thousand sockets that wait
        // should not each hold room for it.
        let mut member = match Box::pin(self.admit(cookie)).await {
            Ok(member) => member,
            Err(ended) => return ended,
        };
        let mut ping = interval_at(Instant::now() + self.front.bounds.ping, self.front.bounds.ping);
        ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut heard = Instant::now();
        loop {
            let step = tokio::select! {
                frame = self.socket.recv() => {
                    heard = Instant::now();
                    Box::pin(self.hear(frame, &member)).await
                }
                event = self.subscriptions.next() => Box::pin(self.pass_on(event, &mut member)).await,
                _ = ping.tick() => Box::pin(self.look_after(heard, &mut member)).await,
            };
            if let ControlFlow::Break(ended) = step {
                return ended;
            }
        }
    }

    /// Waits for `connection_init` and finds out whose socket this is.
    async fn admit(&mut self, cookie: Option<String>) -> Result<Member, Ended> {
        let first = match timeout(self.front.bounds.init, self.first_message()).await {
            Ok(first) => first?,
            Err(_) => return Err(Close::InitTimeout.into()),
        };
        let Said::ConnectionInit { payload } = first else {
            return Err(Close::Unauthorized.into());
        };
        let sent = payload.as_ref().and_then(|payload| payload.get("token")?.as_str()).map(str::to_owned);
        let Some(token) = sent.or(cookie) else {
            return Err(Close::Forbidden.into());
        };
        let caller = self.front.identify(token).await.map_err(|error| refused(&error))?;
        self.say(&Say::ConnectionAck).await?;
        Ok(Member { caller, seen: Instant::now() })
    }

    async fn first_message(&mut self) -> Result<Said, Ended> {
        loop {
            match read(self.socket.recv().await)? {
                Some(Said::Ping) => self.say(&Say::Pong).await?,
                Some(Said::Pong) | None => {}
                Some(said) => return Ok(said),
            }
        }
    }

    async fn hear(&mut self, frame: Option<Result<Message, axum::Error>>, member: &Member) -> ControlFlow<Ended> {
        let heard = match read(frame) {
            Ok(Some(said)) => self.answer(said, member).await,
            Ok(None) => Ok(()),
            Err(ended) => Err(ended),
        };
        flow(heard)
    }

    async fn answer(&mut self, said: Said, member: &Member) -> Result<(), Ended> {
        match said {
            Said::ConnectionInit { .. } => Err(Close::TooManyInits.into()),
            Said::Ping => self.say(&Say::Pong).await,
            Said::Pong => Ok(()),
            Said::Complete { id } => {
                self.subscriptions.close(&id);
                Ok(())
            }
            Said::Subscribe { id, .. } if self.subscriptions.contains(&id) => Err(Close::SubscriberExists(id).into()),
            Said::Subscribe { id, payload } => self.subscribe(id, payload, member).await,
        }
    }

    async fn subscribe(&mut self, id: String, payload: Params, member: &Member) -> Result<(), Ended> {
        let request = RequestId::new();
        match self.start(payload, member, request) {
            Ok(answers) => {
                self.subscriptions.open(id, request, answers);
                Ok(())
            }
            Err(error) => {
                let payload = [error::in_document(&error, request)];
                self.say(&Say::Error { id: &id, payload: &payload }).await
            }
        }
    }

    fn start(&self, payload: Params, member: &Member, id: RequestId) -> error::Result<BoxStream<'static, Response>> {
        self.front.app.door.rates.member(member.caller.account, member.caller.device)?;
        if self.subscriptions.len() >= self.front.bounds.subscriptions {
            return Err(Error::TooComplex("too many subscriptions on one socket"));
        }
        let prepared = self.front.prepare(payload)?;
        let request = prepared.request.data(Asking { caller: Some(member.caller), request: id });
        if prepared.kind == Some(OperationType::Subscription) {
            return Ok(self.front.executor.execute_stream(request, None));
        }
        // A query or a mutation: one answer.
        let executor = self.front.executor.clone();
        Ok(futures_util::stream::once(async move { executor.execute(request).await }).boxed())
    }

    async fn pass_on(&mut self, event: Event, member: &mut Member) -> ControlFlow<Ended> {
        let passed = self.try_pass_on(event, member).await;
        flow(passed)
    }

    async fn try_pass_on(&mut self, event: Event, member: &mut Member) -> Result<(), Ended> {
        let Event { id, request, answer } = event;
        if !self.subscriptions.contains(&id) {
            return Ok(());
        }
        let Some(answer) = answer else {
            self.subscriptions.close(&id);
            return self.say(&Say::Complete { id: &id }).await;
        };
        self.recheck(member).await?;
        match outcome(answer, request) {
            Outcome::Done(payload) => self.say(&Say::Next { id: &id, payload: &payload }).await,
            Outcome::Refused(errors) => {
                self.subscriptions.close(&id);
                self.say(&Say::Error { id: &id, payload: &errors }).await
            }
        }
    }

    /// Nothing goes to somebody whose sign-in has ended: its time is looked at for every
    /// event, the device's row whenever the last look is too old.
    async fn recheck(&mut self, member: &mut Member) -> Result<(), Ended> {
        if self.front.app.clock.now() >= member.caller.expires_at() {
            return Err(Close::Forbidden.into());
        }
        if member.seen.elapsed() < self.front.bounds.recheck {
            return Ok(());
        }
        let (app, caller) = (self.front.app.clone(), member.caller);
        let work = move |db: &mut _| caller.again(db, app.clock.now());
        let found = self.front.app.database.reading(work).await;
        *member = Member { caller: found.map_err(|error| refused(&error))?, seen: Instant::now() };
        Ok(())
    }

    async fn look_after(&mut self, heard: Instant, member: &mut Member) -> ControlFlow<Ended> {
        if heard.elapsed() >= self.front.bounds.ping * 2 {
            return ControlFlow::Break(Close::Silent.into());
        }
        let looked = match self.recheck(member).await {
            Ok(()) => self.send(Message::Ping(Vec::new().into())).await,
            ended => ended,
        };
        flow(looked)
    }

    async fn say(&mut self, say: &Say<'_>) -> Result<(), Ended> {
        let text = serde_json::to_string(say).map_err(|_| Ended::ByUs(Close::Unavailable))?;
        self.send(Message::Text(text.into())).await
    }

    /// Sends within the time that a socket may be silent; a client that does not read is gone.
    async fn send(&mut self, message: Message) -> Result<(), Ended> {
        match timeout(self.front.bounds.ping * 2, self.socket.send(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(Ended::ByThem),
        }
    }
}

fn flow(outcome: Result<(), Ended>) -> ControlFlow<Ended> {
    match outcome {
        Ok(()) => ControlFlow::Continue(()),
        Err(ended) => ControlFlow::Break(ended),
    }
}

fn refused(error: &Error) -> Ended {
    match error {
        Error::Unauthenticated => Close::Forbidden.into(),
        error => {
            error.log(RequestId::new());
            Close::Unavailable.into()
        }
    }
}

/// What a frame says; `None` where it only shows that somebody is there.
fn read(frame: Option<Result<Message, axum::Error>>) -> Result<Option<Said>, Ended> {
    match frame {
        Some(Ok(Message::Text(text))) => match serde_json::from_str(&text) {
            Ok(said) => Ok(Some(said)),
            Err(_) => Err(Close::BadMessage.into()),
        },
        Some(Ok(Message::Binary(_))) => Err(Close::BadMessage.into()),
        Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(None),
        Some(Ok(Message::Close(_))) | None => Err(Ended::ByThem),
        Some(Err(error)) if is_too_big(&error) => Err(Close::TooBig.into()),
        Some(Err(_)) => Err(Ended::ByThem),
    }
}

fn is_too_big(error: &axum::Error) -> bool {
    // axum keeps the library's error type to itself.
    error.to_string().contains("too long") || error.to_string().contains("too large")
}
