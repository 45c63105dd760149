//! GraphQL carries replication: rows travel as one opaque scalar, pokes as scope names.

use super::{
    Gate, Phone, Terms,
    again::until_answered,
    gate::{Lane, PULL_COST, Pass, Wait},
    is_settled,
    poke::pokes,
    pull, push, settle,
    shelf::Shelf,
};
use crate::{
    access,
    app::App,
    apply::Touched,
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
use futures_util::{Stream, StreamExt, stream};
use std::{collections::BTreeSet, sync::Arc, time::Duration};
use sync::{
    AccountId, AgencyId, Micros, RecordId,
    page::{PullReply, PullRequest},
    push::{PushAnswer, PushReply, PushRequest},
    wire,
};
use tokio::sync::broadcast::{Receiver, error::RecvError};
use uuid::Uuid;

/// How long hints are gathered before they are passed on.
const GATHER: Duration = Duration::from_millis(250);
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
    Ok(of_node::<Gate>(ctx)?.enter(lane, cost, now))
}

/// A part of this node that the schema was built with.
fn of_node<'c, T: Send + Sync + 'static>(ctx: &Context<'c>) -> Result<&'c T> {
    ctx.data_opt().ok_or_else(|| Error::internal(anyhow::anyhow!("the schema was built without a part of its node")))
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
        let (shelf, leases) = (of_node::<Shelf>(ctx)?.clone(), asking.app.leases);
        let asked = asking.read(move |db| {
            let (chunk, reply) = pull(db, phone, &pulled, Terms::of(&key, &shelf, leases), now)?;
            Ok((key, pulled, chunk, reply))
        });
        let (key, pulled, chunk, reply) = asked.await?;
        if !is_settled(&reply) {
            let fresh = Uuid::new_v4();
            asking.write(move |db| settle(db, phone, (&pulled, &reply), &key, (now, fresh))).await?;
        }
        Ok(SyncChunk(chunk))
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
        let pass = match enter(ctx, Lane::Push(phone.account, phone.store, pushed.agency), cost, now)? {
            Ok(pass) => pass,
            Err(Wait(retry_after)) => {
                let reply = PushReply { server_time: now, answer: PushAnswer::Deferred { retry_after } };
                return Ok(SyncChunk(wire::close(&reply)));
            }
        };
        let work = move |db: &mut Db| {
            // Of this stream nothing else is let in until this is done, whoever waits for it.
            let _inside = &pass;
            push(db, phone, &pushed, now)
        };
        let reply = asking.write_and_tell(work).await?;
        Ok(SyncChunk(wire::close(&reply)))
    }
}

/// Hints that it is worth asking again.
#[derive(Default)]
pub struct SyncSubscription;

/// Hints that it is worth asking again.
#[Subscription]
impl SyncSubscription {
    /// Names of the caller's scopes in which something changed. The first comes at once and has
    /// none, since what happened before is unknown. A hint: pull to know.
    async fn sync_poke(&self, ctx: &Context<'_>) -> Result<impl Stream<Item = Vec<String>> + use<>> {
        let account = Request::of(ctx)?.caller.account;
        Ok(pokes(app(ctx)?.clone(), account))
    }

    /// Which of the watched nodes changed: all of them at once, since what happened before is
    /// unknown, then those that do. Students, or an agency for all its students. Judged by
    /// access at each event; the page fetches its document again.
    async fn changed(&self, ctx: &Context<'_>, watch: Vec<NodeId>) -> Result<impl Stream<Item = Vec<NodeId>> + use<>> {
        if watch.len() > MOST_WATCHED {
            return Err(Error::Invalid { field: "watch", why: "at most 500 nodes" });
        }
        let account = Request::of(ctx)?.caller.account;
        let app = app(ctx)?.clone();
        let watch: Arc<[NodeId]> = Arc::from(watch);
        let hints = stream::once(async { Heard::Anything }).chain(gathered(app.hub.listen()));
        Ok(hints.filter_map(move |heard| {
            let (app, watch) = (app.clone(), watch.clone());
            async move {
                let touched: Vec<NodeId> = watch.iter().filter(|node| heard.touches(node)).copied().collect();
                if touched.is_empty() {
                    return None;
                }
                let seen = seen_once_it_can_be_read(&app, account, touched).await;
                (!seen.is_empty()).then_some(seen)
            }
        }))
    }
}

/// Those of the nodes that the account may see. A database that is away for a moment swallows no
/// hint: nobody would say again that these changed.
async fn seen_once_it_can_be_read(app: &App, account: AccountId, nodes: Vec<NodeId>) -> Vec<NodeId> {
    let ask = || {
        let (nodes, now) = (nodes.clone(), app.clock.micros());
        app.database.reading(move |db| visible_of(db, account, nodes, now))
    };
    until_answered("who may know what changed", ask).await
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
    /// Changes about these students.
    Changes(BTreeSet<(AgencyId, RecordId)>),
    /// Nobody knows what, or more than could be kept: anything may have changed.
    Anything,
}

impl Heard {
    fn touches(&self, node: &NodeId) -> bool {
        match (self, node.agency) {
            (Self::Anything, _) => true,
            (Self::Changes(students), Some(agency)) => match node.kind {
                NodeKind::Agency => students.iter().any(|(of, _)| *of == agency),
                _ => students.contains(&(agency, RecordId(node.id))),
            },
            _ => false,
        }
    }
}

/// Everything heard within [`GATHER`] of the first hint, as one.
fn gathered(receiver: Receiver<Arc<Touched>>) -> impl Stream<Item = Heard> {
    stream::unfold(receiver, |mut receiver| async move {
        let mut heard = Heard::Changes(BTreeSet::new());
        let first = receiver.recv().await;
        if !add(&mut heard, first) {
            return None;
        }
        let until = tokio::time::Instant::now() + GATHER;
        while let Ok(next) = tokio::time::timeout_at(until, receiver.recv()).await {
            if !add(&mut heard, next) {
                break;
            }
        }
        Some((heard, receiver))
    })
    .boxed()
}

fn add(heard: &mut Heard, next: Result<Arc<Touched>, RecvError>) -> bool {
    match next {
        Err(RecvError::Closed) => return false,
        Err(RecvError::Lagged(_)) => *heard = Heard::Anything,
        Ok(touched) => {
            if let (Heard::Changes(students), Some(agency)) = (heard, touched.agency) {
                students.extend(touched.students.iter().map(|student| (agency, *student)));
            }
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{db::Id, fixture::Served, testing};
    use std::pin::pin;
    use sync::PersonId;
    use tokio::time::timeout;

    #[tokio::test]
    async fn a_hint_waits_for_a_database_that_is_away() {
        let served = Served::new();
        let agency = AgencyId(Uuid::from_u128(0xa));
        let change = |sql: &str| served.app.database.write(|db| Ok(db.batch(sql)?)).expect("it is changed");
        let office = people::Person {
            agency: Id(agency),
            id: Id(PersonId(Uuid::from_u128(1))),
            account: Some(Id(served.account)),
            source_id: None,
            given_name: "Dora".into(),
            family_name: "Story".into(),
            preferred_name: None,
            email: None,
            phone: None,
            language: None,
            staff_role: Some("director".into()),
            ended_at: None,
        };
        let district = people::Agency {
            id: Id(agency),
            name: "Grand Lake".into(),
            kind: "district".into(),
            parent: None,
            time_zone: "America/Chicago".into(),
            locale: "en".into(),
        };
        let begin = |db: &mut Db| {
            testing::add_agency(db, &district)?;
            testing::add_person(db, &office)
        };
        served.app.database.write(begin).expect("the office is there");

        change("ALTER TABLE person RENAME TO away");
        let node = NodeId { kind: NodeKind::Agency, agency: Some(agency), id: agency.0 };
        let mut seen = pin!(seen_once_it_can_be_read(&served.app, served.account, vec![node]));
        assert!(timeout(Duration::from_millis(200), &mut seen).await.is_err(), "nothing is swallowed");
        change("ALTER TABLE away RENAME TO person");
        let seen = timeout(Duration::from_secs(20), seen).await.expect("it looks again");
        assert_eq!(seen.iter().map(|node| node.id).collect::<Vec<_>>(), [agency.0]);
    }
}
