//! Loaders: whatever fans out is read once for all who ask in the same moment.
//!
//! They keep nothing between moments, and every key carries its agency (and its account,
//! where the answer depends on who asks), so requests may share them.

use super::{Request, app};
use crate::{
    access::{self, Action, Facts, Judgement, Part, may},
    access_log::{self, Look, Noted, Topic},
    clock::Clock,
    db::{At, Database, Db},
    error::{Error, Result},
    people,
    records::{self, Stored},
};
use async_graphql::{
    Context,
    dataloader::{DataLoader, Loader},
    runtime::{TokioSpawner, TokioTimer},
};
use std::{
    collections::{BTreeMap, HashMap},
    hash::Hash,
    sync::Arc,
};
use sync::{AccountId, AgencyId, Kind, Micros, PersonId, RecordId};
use uuid::Uuid;

/// Records of one kind about one student.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct About(AgencyId, Kind, RecordId);

/// Records of one kind that belong to one other record.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Under(AgencyId, Kind, Uuid);

/// The name of one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct NameOf(AgencyId, PersonId);

/// What is known of one account in one agency. Not keyed by the moment: no two fields of a
/// document ask in the same microsecond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct FactsOf(AccountId, AgencyId);

/// What areas ask for, in which agency; each adds the keys it knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct In<K>(pub(crate) AgencyId, pub(crate) K);

/// What carries batches out.
pub(crate) struct Source(Database, Clock);

impl Source {
    /// Reads a batch, agency by agency, in one snapshot.
    pub(crate) async fn batch<K, V>(
        &self,
        keys: &[In<K>],
        read: impl Fn(&mut Db, AgencyId, &[K]) -> Result<HashMap<K, V>> + Send + 'static,
    ) -> Result<HashMap<In<K>, V>, Arc<Error>>
    where
        K: Copy + Hash + Eq + Send + 'static,
        V: Send + 'static,
    {
        let groups = grouped(keys.iter().map(|In(agency, key)| (*agency, *key)));
        let found = self.0.reading(move |db| {
            let mut found = HashMap::new();
            for (agency, keys) in groups {
                let some = read(db, agency, &keys)?;
                found.extend(some.into_iter().map(|(key, value)| (In(agency, key), value)));
            }
            Ok(found)
        });
        found.await.map_err(Arc::new)
    }
}

/// The loaders of one schema.
pub(crate) struct Loaders {
    source: DataLoader<Source>,
    noted: Noted,
}

impl Loaders {
    /// Loaders over a database. Call it inside a runtime.
    pub(crate) fn new(database: Database, clock: Clock) -> Self {
        let source = DataLoader::new(Source(database, clock), TokioSpawner::current(), TokioTimer::default());
        Self { source, noted: Noted::default() }
    }

    fn all<'a>(ctx: &Context<'a>) -> Result<&'a Self> {
        ctx.data_opt::<Self>().ok_or_else(|| Error::internal(anyhow::anyhow!("the schema was built without loaders")))
    }

    fn of<'a>(ctx: &Context<'a>) -> Result<&'a DataLoader<Source>> {
        Ok(&Self::all(ctx)?.source)
    }

    /// Has a look stand in the log before it is answered.
    async fn note(&self, look: Look, now: Micros) -> Result<()> {
        if !self.noted.has(&look, now) {
            self.source.load_one(look).await.map_err(shared)?;
            self.noted.add(look, now);
        }
        Ok(())
    }
}

impl Loader<About> for Source {
    type Value = Arc<[Stored]>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[About]) -> Result<HashMap<About, Self::Value>, Self::Error> {
        let groups = grouped(keys.iter().map(|About(agency, kind, id)| ((*agency, kind.clone()), *id)));
        let found = self.0.reading(move |db| {
            let mut found = HashMap::new();
            for ((agency, kind), students) in groups {
                for (student, records) in records::about(db, agency, &kind, &students)? {
                    found.insert(About(agency, kind.clone(), RecordId(student)), Arc::from(records));
                }
            }
            Ok(found)
        });
        found.await.map_err(Arc::new)
    }
}

impl Loader<Under> for Source {
    type Value = Arc<[Stored]>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[Under]) -> Result<HashMap<Under, Self::Value>, Self::Error> {
        let groups = grouped(keys.iter().map(|Under(agency, kind, id)| ((*agency, kind.clone()), *id)));
        let found = self.0.reading(move |db| {
            let mut found = HashMap::new();
            for ((agency, kind), parents) in groups {
                for (parent, records) in records::under(db, agency, &kind, &parents)? {
                    found.insert(Under(agency, kind.clone(), parent), Arc::from(records));
                }
            }
            Ok(found)
        });
        found.await.map_err(Arc::new)
    }
}

impl Loader<NameOf> for Source {
    type Value = Arc<str>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[NameOf]) -> Result<HashMap<NameOf, Self::Value>, Self::Error> {
        let groups = grouped(keys.iter().map(|NameOf(agency, person)| (*agency, *person)));
        let found = self.0.reading(move |db| {
            let mut found = HashMap::new();
            for (agency, people) in groups {
                for person in people::rows::people(db, agency, &people)? {
                    found.insert(NameOf(agency, person.id.0), Arc::from(person.name()));
                }
            }
            Ok(found)
        });
        found.await.map_err(Arc::new)
    }
}

impl Loader<FactsOf> for Source {
    type Value = Arc<[Facts]>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[FactsOf]) -> Result<HashMap<FactsOf, Self::Value>, Self::Error> {
        let (keys, now) = (keys.to_vec(), Micros(self.1.now().timestamp_micros()));
        let found = self.0.reading(move |db| {
            keys.into_iter()
                .map(|key| Ok((key, Arc::from(people::facts_in(db, key.0, key.1, now)?))))
                .collect::<Result<HashMap<_, _>>>()
        });
        found.await.map_err(Arc::new)
    }
}

impl Loader<Look> for Source {
    type Value = ();
    type Error = Arc<Error>;

    async fn load(&self, looks: &[Look]) -> Result<HashMap<Look, ()>, Self::Error> {
        let (looks, now) = (looks.to_vec(), At(self.1.now()));
        let noted = looks.iter().map(|look| (*look, ())).collect();
        self.0.writing(move |db| access_log::note(db, &looks, now)).await.map_err(Arc::new)?;
        Ok(noted)
    }
}

fn grouped<K: Ord, V>(pairs: impl Iterator<Item = (K, V)>) -> BTreeMap<K, Vec<V>> {
    pairs.fold(BTreeMap::new(), |mut groups, (key, value)| {
        groups.entry(key).or_insert_with(Vec::new).push(value);
        groups
    })
}

/// An error that several resolvers got; what the caller can do next stays the same.
fn shared(error: Arc<Error>) -> Error {
    match &*error {
        Error::Unavailable(_) => Error::unavailable(anyhow::anyhow!(error)),
        _ => Error::internal(anyhow::anyhow!(error)),
    }
}

/// One student in one agency: what every area hangs its fields on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct StudentRef {
    /// Where.
    pub agency: AgencyId,
    /// Who.
    pub id: RecordId,
}

impl StudentRef {
    /// Whether the caller may see that part of the student's record now. They do: it is noted.
    pub(crate) async fn sees(self, ctx: &Context<'_>, part: Part<'_>) -> Result<bool> {
        self.looks(ctx, Topic::of(part), |facts, now| self.shows(facts, part, now)).await
    }

    /// The same of visits, be it of one service. That there are none says something too: it is
    /// noted before anything is read.
    pub(crate) async fn sees_visits(self, ctx: &Context<'_>) -> Result<bool> {
        self.looks(ctx, Some(Topic::Visits), |facts, now| access::sees_visits(facts, self.id, now)).await
    }

    /// The same of parts that are each somebody's own: whoever may see theirs looks at all there are.
    pub(crate) async fn sees_own(self, ctx: &Context<'_>, own: fn(PersonId) -> Part<'static>) -> Result<bool> {
        let topic = Topic::of(own(PersonId(Uuid::nil())));
        self.looks(ctx, topic, |facts, now| self.shows(facts, own(facts.person), now)).await
    }

    fn shows(self, facts: &Facts, part: Part<'_>, now: Micros) -> bool {
        may(facts, Action::See(part), Some(self.id), now) == Judgement::Allowed
    }

    async fn looks(
        self,
        ctx: &Context<'_>,
        topic: Option<Topic>,
        allowed: impl Fn(&Facts, Micros) -> bool,
    ) -> Result<bool> {
        let now = Micros(app(ctx)?.clock.now().timestamp_micros());
        let facts = facts(ctx, self.agency).await?;
        let Some(facts) = facts.iter().find(|facts| allowed(facts, now)) else { return Ok(false) };
        if let Some(topic) = topic {
            let family = access::is_family(facts, self.id, now);
            let look = Look { agency: self.agency, student: self.id, person: facts.person, family, topic };
            Loaders::all(ctx)?.note(look, now).await?;
        }
        Ok(true)
    }

    /// The student's records of one kind, oldest first. Ask [`sees`](Self::sees) before.
    pub(crate) async fn records(self, ctx: &Context<'_>, kind: Kind) -> Result<Arc<[Stored]>> {
        let found = Loaders::of(ctx)?.load_one(About(self.agency, kind, self.id)).await.map_err(shared)?;
        Ok(found.unwrap_or_else(|| Arc::from([])))
    }
}

/// What is known of the caller in an agency; nothing if nobody is signed in.
pub(crate) async fn facts(ctx: &Context<'_>, agency: AgencyId) -> Result<Arc<[Facts]>> {
    let key = FactsOf(Request::of(ctx)?.caller.account, agency);
    let found = Loaders::of(ctx)?.load_one(key).await.map_err(shared)?;
    Ok(found.unwrap_or_else(|| Arc::from([])))
}

/// One thing of an area.
pub(crate) async fn one<K>(
    ctx: &Context<'_>,
    agency: AgencyId,
    key: K,
) -> Result<Option<<Source as Loader<In<K>>>::Value>>
where
    K: Send + Sync + Hash + Eq + Clone + 'static,
    Source: Loader<In<K>, Error = Arc<Error>>,
{
    Loaders::of(ctx)?.load_one(In(agency, key)).await.map_err(shared)
}

/// Records that belong to another, oldest first.
pub(crate) async fn under(ctx: &Context<'_>, agency: AgencyId, kind: Kind, parent: Uuid) -> Result<Arc<[Stored]>> {
    let found = Loaders::of(ctx)?.load_one(Under(agency, kind, parent)).await.map_err(shared)?;
    Ok(found.unwrap_or_else(|| Arc::from([])))
}

/// The name of a person; empty for the agency itself and for whom it does not know.
pub(crate) async fn name_of(ctx: &Context<'_>, agency: AgencyId, person: PersonId) -> Result<Arc<str>> {
    let found = Loaders::of(ctx)?.load_one(NameOf(agency, person)).await.map_err(shared)?;
    Ok(found.unwrap_or_else(|| Arc::from("")))
}
