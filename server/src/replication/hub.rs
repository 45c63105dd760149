//! Tells those who watch that something was written. A hint, never the truth: it may be
//! lost or late, and who hears it asks the database.
//!
//! Pages hear everything and look for what they show. Phones are many, and most of what
//! happens is none of theirs: each says what it [`watch`](Hub::watch)es and is woken for
//! that alone, so that ten thousand of them cost a write nothing.

use crate::apply::Touched;
use std::{
    collections::{BTreeSet, HashMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher as _},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use sync::{AgencyId, PersonId};
use tokio::sync::{Notify, broadcast};

/// How many hints a slow page may lag behind before it is told to look at everything.
const LAG: usize = 1_024;

/// One node's publisher. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Hub {
    pages: broadcast::Sender<Arc<Touched>>,
    phones: Arc<Mutex<Phones>>,
}

impl Default for Hub {
    fn default() -> Self {
        Self { pages: broadcast::channel(LAG).0, phones: Arc::default() }
    }
}

impl Hub {
    /// Says what a committed unit touched.
    pub fn publish(&self, touched: Touched) {
        if touched.scopes.is_empty() && touched.students.is_empty() {
            return;
        }
        if let Some(agency) = touched.agency {
            let scopes = touched.scopes.iter().map(|path| Mark::scope(agency, path));
            let marks: Vec<Mark> = scopes.chain(touched.people.iter().copied().map(Mark::person)).collect();
            self.phones().wake(&marks);
        }
        // Nobody listening is fine.
        let _ = self.pages.send(Arc::new(touched));
    }

    /// Hears everything from now on.
    pub fn listen(&self) -> broadcast::Receiver<Arc<Touched>> {
        self.pages.subscribe()
    }

    /// Hears of these from now on.
    pub fn watch(&self, marks: Marks) -> Watch {
        let wake = Arc::new(Notify::new());
        let id = self.phones().admit(&marks, wake.clone());
        Watch { hub: self.clone(), id, marks, wake }
    }

    fn phones(&self) -> MutexGuard<'_, Phones> {
        self.phones.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A scope or a person, in the least room. Two that share a mark cost a look in vain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark(u64);

impl Mark {
    /// Of a scope.
    pub fn scope(agency: AgencyId, path: &str) -> Self {
        Self::of(&(agency, path))
    }

    /// Of a person, whose own access may have changed.
    pub fn person(person: PersonId) -> Self {
        Self::of(&person)
    }

    fn of(what: &impl Hash) -> Self {
        let mut hasher = DefaultHasher::new();
        what.hash(&mut hasher);
        Self(hasher.finish())
    }
}

/// Marks in their order, each once: what thousands of phones hold for as long as they wait.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks(Box<[Mark]>);

impl FromIterator<Mark> for Marks {
    fn from_iter<I: IntoIterator<Item = Mark>>(marks: I) -> Self {
        Self(marks.into_iter().collect::<BTreeSet<Mark>>().into_iter().collect())
    }
}

/// Somebody who is told about some marks, until the value goes.
#[derive(Debug)]
pub struct Watch {
    hub: Hub,
    id: u64,
    marks: Marks,
    wake: Arc<Notify>,
}

impl Watch {
    /// Waits until one of them was touched since [`take`](Self::take).
    pub async fn heard(&self) {
        self.wake.notified().await;
    }

    /// Which were touched since this was last asked.
    pub fn take(&self) -> HashSet<Mark> {
        self.hub.phones().waiting.get_mut(&self.id).map(|one| std::mem::take(&mut one.hits)).unwrap_or_default()
    }

    /// What is watched.
    pub fn marks(&self) -> &Marks {
        &self.marks
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.hub.phones().dismiss(self.id, &self.marks);
    }
}

#[derive(Debug, Default)]
struct Phones {
    admitted: u64,
    by_mark: HashMap<Mark, Vec<u64>>,
    waiting: HashMap<u64, Waiting>,
}

#[derive(Debug)]
struct Waiting {
    hits: HashSet<Mark>,
    wake: Arc<Notify>,
}

impl Phones {
    fn admit(&mut self, marks: &Marks, wake: Arc<Notify>) -> u64 {
        self.admitted += 1;
        for mark in &marks.0 {
            self.by_mark.entry(*mark).or_default().push(self.admitted);
        }
        self.waiting.insert(self.admitted, Waiting { hits: HashSet::new(), wake });
        self.admitted
    }

    fn wake(&mut self, marks: &[Mark]) {
        for mark in marks {
            for id in self.by_mark.get(mark).into_iter().flatten() {
                if let Some(one) = self.waiting.get_mut(id) {
                    one.hits.insert(*mark);
                    one.wake.notify_one();
                }
            }
        }
    }

    fn dismiss(&mut self, id: u64, marks: &Marks) {
        self.waiting.remove(&id);
        for mark in &marks.0 {
            let Some(watching) = self.by_mark.get_mut(mark) else { continue };
            watching.retain(|other| *other != id);
            if watching.is_empty() {
                self.by_mark.remove(mark);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const HERE: AgencyId = AgencyId(Uuid::from_u128(1));

    fn touched(agency: AgencyId, scope: &str) -> Touched {
        Touched { agency: Some(agency), scopes: BTreeSet::from([scope.to_owned()]), ..Touched::default() }
    }

    #[test]
    fn a_phone_is_woken_for_what_it_watches_and_nothing_else() {
        let hub = Hub::default();
        let mine = Mark::scope(HERE, "mine");
        let watch = hub.watch(Marks::from_iter([mine]));
        hub.publish(touched(HERE, "other"));
        hub.publish(touched(AgencyId(Uuid::from_u128(2)), "mine"));
        assert!(watch.take().is_empty());
        hub.publish(touched(HERE, "mine"));
        assert_eq!(watch.take(), HashSet::from([mine]));
        assert!(watch.take().is_empty());
    }

    #[test]
    fn who_left_leaves_nothing_behind() {
        let hub = Hub::default();
        let marks = Marks::from_iter([Mark::scope(HERE, "ours"), Mark::person(PersonId(Uuid::from_u128(3)))]);
        let (one, other) = (hub.watch(marks.clone()), hub.watch(marks));
        drop(one);
        assert_eq!(hub.phones().waiting.len(), 1);
        drop(other);
        assert!(hub.phones().by_mark.is_empty() && hub.phones().waiting.is_empty());
    }
}
