//! GraphQL carries replication: rows travel as one opaque scalar, pokes as scope names.

use super::{
    Gate, Phone,
    gate::{Lane, PULL_COST, Pass, Wait},
    is_settled, pull, push, settle,
    wakes::wakes,
};
use crate::{
    access,
    auth::keys::Use,
    db::Db,
    error::{Error, Result},
    graphql::{
        Request, app,
        node::{NodeId, NodeKind},
        scalars::SyncChunk,
    },
    people,
};
use async_graphql::{Context, Object, Subscription};
use futures_util::{Stream, StreamExt};
use std::{collections::BTreeSet, sync::Arc, time::Duration};
use sync::{
    AccountId, AgencyId, Micros, PersonId, RecordId, Scope,
    page::{PullReply, PullRequest},
    push::{PushAnswer, PushReply, PushRequest},
    wire,
};
use tokio::sync::broadcast::{Receiver, error::RecvError};
use uuid::Uuid;

/// How long hints are gathered before they are passed on.
const GATHER: Duration = Duration::from_millis(250);
/// Phones pull in one round whatever was poked, so they are told at once.
const POKE_GATHER: Duration = Duration::from_millis(20);
/// The most nodes that one subscription may watch.
const MOST_WATCHED: usize = 500;

fn phone(request: &Request<'_>) -> Phone {
    let caller = request.caller;
    Phone { account: caller.account, device: caller.device, store: caller.store }
}

fn now(request: &Request<'_>) -> Micros {
    Micros(request.app.clock.now().timestamp_micros())
}

fn opened<T: serde::de::DeserializeOwned>(chunk: &SyncChunk) -> Result<T> {
    wire::open(&chunk.0).map_err(|unreadable| {
        tracing::debug!(%unreadable, "a chunk was refused");
        Error::Invalid { field: "chunk", why: "damaged or too large; update the app or report this" }
    })
}

/// Lets a sync in at this node's gate.
fn enter(ctx: &Context<'_>, lane: Lane, cost: u32, now: Micros) -> Result<Result<Pass, Wait>> {
    let gate = ctx.data_opt::<Gate>();
    Ok(gate
        .ok_or_else(|| Error::internal(anyhow::anyhow!("the schema was built without its gate")))?
        .enter(lane, cost, now))
}

/// Pull.
#[derive(Default)]
pub struct SyncQuery;

/// Pull.
#[Object]
impl SyncQuery {
    /// What changed for the caller after a cursor. The chunk holds a `PullRequest`, the
    /// answer a `PullReply` (docs/sync.md).
    async fn sync_pull(&self, ctx: &Context<'_>, request: SyncChunk) -> Result<SyncChunk> {
        let asking = Request::of(ctx)?;
        let pulled: PullRequest = opened(&request)?;
        let (phone, now, key) = (phone(&asking), now(&asking), asking.app.auth.keys.sign(Use::Cursor, b""));
        let _pass = match enter(ctx, Lane::Pull(phone.account, phone.device), PULL_COST, now)? {
            Ok(pass) => pass,
            Err(Wait(retry_after)) => return Ok(SyncChunk(wire::close(&PullReply::Deferred { retry_after }))),
        };
        let asked = asking.read(move |db| {
            let reply = pull(db, phone, &pulled, &key, now)?;
            Ok((key, pulled, reply))
        });
        let (key, pulled, reply) = asked.await?;
        let chunk = SyncChunk(wire::close(&reply));
        if !is_settled(&reply) {
            let fresh = Uuid::new_v4();
            asking.write(move |db| settle(db, phone, (&pulled, &reply), &key, (now, fresh))).await?;
        }
        Ok(chunk)
    }
}

/// Push.
#[derive(Default)]
pub struct SyncMutation;

/// Push.
#[Object]
impl SyncMutation {
    /// The next operations of the caller's stream. The chunk holds a `PushRequest`, the
    /// answer a `PushReply` (docs/sync.md).
    async fn sync_push(&self, ctx: &Context<'_>, batch: SyncChunk) -> Result<SyncChunk> {
        let asking = Request::of(ctx)?;
        let pushed: PushRequest = opened(&batch)?;
        let (phone, now) = (phone(&asking), now(&asking));
        let cost = u32::try_from(pushed.operations.len()).unwrap_or(u32::MAX).saturating_add(1);
        let _pass = match enter(ctx, Lane::Push(phone.account, phone.store, pushed.agency), cost, now)? {
            Ok(pass) => pass,
            Err(Wait(retry_after)) => {
                let reply = PushReply { server_time: now, answer: PushAnswer::Deferred { retry_after } };
                return Ok(SyncChunk(wire::close(&reply)));
            }
        };
        let (reply, touched) = asking.write(move |db| push(db, phone, &pushed, now)).await?;
        asking.app.hub.publish(touched);
        Ok(SyncChunk(wire::close(&reply)))
    }
}

/// Hints that it is worth asking again.
#[derive(Default)]
pub struct SyncSubscription;

/// Hints that it is worth asking again.
#[Subscription]
impl SyncSubscription {
    /// Names of the caller's scopes in which something changed. A hint: pull to know.
    async fn sync_poke(&self, ctx: &Context<'_>) -> Result<impl Stream<Item = Vec<String>> + use<>> {
        let account = Request::of(ctx)?.caller.account;
        let app = app(ctx)?.clone();
        let hints = gathered(app.hub.listen(), POKE_GATHER);
        let now = Micros(app.clock.now().timestamp_micros());
        let facts = app.database.reading(move |db| people::facts_of(db, account, now)).await?;
        let (tell, wakes) = wakes(app.clock.clone(), next_change(&facts, now));
        let heard = futures_util::stream::select(hints, wakes.map(|()| Heard::Lost));
        let tell = Arc::new(tell);
        Ok(heard.filter_map(move |heard| {
            let (app, tell) = (app.clone(), tell.clone());
            async move {
                let now = Micros(app.clock.now().timestamp_micros());
                let facts = app.database.reading(move |db| people::facts_of(db, account, now)).await.ok()?;
                tell.send_replace(next_change(&facts, now));
                heard.pokes(&facts, now)
            }
        }))
    }

    /// Which of the watched nodes changed: students, or an agency for all its students.
    /// Judged by access at each event; the page fetches its document again.
    async fn changed(&self, ctx: &Context<'_>, watch: Vec<NodeId>) -> Result<impl Stream<Item = Vec<NodeId>> + use<>> {
        if watch.len() > MOST_WATCHED {
            return Err(Error::Invalid { field: "watch", why: "at most 500 nodes" });
        }
        let account = Request::of(ctx)?.caller.account;
        let app = app(ctx)?.clone();
        let watch: Arc<[NodeId]> = Arc::from(watch);
        let hints = gathered(app.hub.listen(), GATHER);
        Ok(hints.filter_map(move |heard| {
            let (app, watch) = (app.clone(), watch.clone());
            async move {
                let touched: Vec<NodeId> = watch.iter().filter(|node| heard.touches(node)).copied().collect();
                let now = Micros(app.clock.now().timestamp_micros());
                let seen = app.database.reading(move |db| visible_of(db, account, touched, now)).await.ok()?;
                (!seen.is_empty()).then_some(seen)
            }
        }))
    }
}

/// When a dated fact changes what these people may see.
fn next_change(facts: &[access::Facts], now: Micros) -> Option<Micros> {
    facts.iter().filter_map(|facts| access::scopes(facts, now).1).min()
}

/// Those of the nodes that the account may see now.
fn visible_of(db: &mut Db, account: AccountId, nodes: Vec<NodeId>, now: Micros) -> Result<Vec<NodeId>> {
    let people = people::facts_of(db, account, now)?;
    let sees = |node: &NodeId| {
        people.iter().filter(|facts| Some(facts.agency) == node.agency).any(|facts| match node.kind {
            NodeKind::Agency => facts.staff_role.is_some(),
            _ => match access::students(facts, now) {
                access::Reach::All => true,
                access::Reach::Only(students) => students.contains(&RecordId(node.id)),
            },
        })
    };
    Ok(nodes.into_iter().filter(sees).collect())
}

/// What was heard in one stretch.
enum Heard {
    /// Some changes.
    Changes { scopes: BTreeSet<Scope>, students: BTreeSet<(AgencyId, RecordId)>, people: BTreeSet<PersonId> },
    /// More than could be kept: anything may have changed.
    Lost,
}

impl Heard {
    /// The scopes that a phone of this account should pull for, if any. When somebody's own
    /// access changed, they are told even if nothing is left for them to see.
    fn pokes(&self, mine: &[access::Facts], now: Micros) -> Option<Vec<String>> {
        let held: BTreeSet<Scope> = mine.iter().flat_map(|facts| access::scopes(facts, now).0).collect();
        let names = |scopes: Vec<&Scope>| scopes.into_iter().map(ToString::to_string).collect();
        match self {
            Self::Changes { people, .. } if mine.iter().any(|facts| people.contains(&facts.person)) => {
                Some(names(held.iter().collect()))
            }
            Self::Changes { scopes, .. } => {
                let poked: Vec<&Scope> = held.intersection(scopes).collect();
                (!poked.is_empty()).then(|| names(poked))
            }
            Self::Lost => Some(names(held.iter().collect())),
        }
    }

    fn touches(&self, node: &NodeId) -> bool {
        match (self, node.agency) {
            (Self::Lost, _) => true,
            (Self::Changes { students, .. }, Some(agency)) => match node.kind {
                NodeKind::Agency => students.iter().any(|(of, _)| *of == agency),
                _ => students.contains(&(agency, RecordId(node.id))),
            },
            _ => false,
        }
    }
}

/// Everything heard within `pause` of the first hint, as one.
fn gathered(receiver: Receiver<Arc<crate::apply::Touched>>, pause: Duration) -> impl Stream<Item = Heard> {
    futures_util::stream::unfold(receiver, move |mut receiver| async move {
        let mut heard = Heard::Changes { scopes: BTreeSet::new(), students: BTreeSet::new(), people: BTreeSet::new() };
        let first = receiver.recv().await;
        if !add(&mut heard, first) {
            return None;
        }
        let until = tokio::time::Instant::now() + pause;
        while let Ok(next) = tokio::time::timeout_at(until, receiver.recv()).await {
            if !add(&mut heard, next) {
                break;
            }
        }
        Some((heard, receiver))
    })
    .boxed()
}

fn add(heard: &mut Heard, next: Result<Arc<crate::apply::Touched>, RecvError>) -> bool {
    match next {
        Err(RecvError::Closed) => return false,
        Err(RecvError::Lagged(_)) => *heard = Heard::Lost,
        Ok(touched) => {
            if let (Heard::Changes { scopes, students, people }, Some(agency)) = (heard, touched.agency) {
                people.extend(&touched.people);
                scopes.extend(touched.scopes.iter().map(|path| Scope::new(agency, path.clone())));
                students.extend(touched.students.iter().map(|student| (agency, *student)));
            }
        }
    }
    true
}
