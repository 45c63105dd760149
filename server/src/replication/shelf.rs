//! What was read and closed for one phone and is kept for the next: on the first morning of
//! school a hundred phones ask for the same. A stretch of a scope is the same for everybody who
//! may see that scope, as long as nothing changed in it; who may see it was decided before.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use sync::{Kind, RecordId, Scope, wire::Segment};
use uuid::Uuid;

/// What is kept, twice over: what was used lately, and what was before that.
const MOST_BYTES: usize = 32 << 20;

/// Which stretch: of a scope as it was at a version, in this timeline, what comes after another.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Place {
    pub(super) epoch: Uuid,
    pub(super) scope: Scope,
    pub(super) head: i64,
    pub(super) after: i64,
}

/// A stretch that is ready to be sent.
#[derive(Debug)]
pub(super) struct Closed {
    /// Its rows, as they stand in a page.
    pub(super) segment: Segment,
    /// The records whose bodies it holds.
    pub(super) records: Vec<(Kind, Vec<RecordId>)>,
    /// How much room it takes in a page.
    pub(super) size: usize,
    /// The version that it comes to.
    pub(super) reached: i64,
    /// Nothing comes after it.
    pub(super) is_last: bool,
}

impl Closed {
    fn memory(&self) -> usize {
        let ids: usize = self.records.iter().map(|(_, ids)| ids.len()).sum();
        self.segment.size() + ids * size_of::<RecordId>() + 256
    }
}

/// One node's shelf. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Shelf(Arc<Mutex<Kept>>);

#[derive(Debug, Default)]
struct Kept {
    lately: HashMap<Place, Arc<Closed>>,
    before: HashMap<Place, Arc<Closed>>,
    /// Of what was used lately.
    bytes: usize,
}

impl Shelf {
    pub(super) fn find(&self, place: &Place) -> Option<Arc<Closed>> {
        let mut kept = self.kept();
        if let Some(found) = kept.lately.get(place) {
            return Some(found.clone());
        }
        let found = kept.before.remove(place)?;
        kept.put(place.clone(), found.clone());
        Some(found)
    }

    pub(super) fn put(&self, place: Place, closed: Arc<Closed>) {
        self.kept().put(place, closed);
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn put(&mut self, place: Place, closed: Arc<Closed>) {
        self.bytes += closed.memory();
        if let Some(replaced) = self.lately.insert(place, closed) {
            self.bytes -= replaced.memory();
        }
        if self.bytes > MOST_BYTES {
            self.before = std::mem::take(&mut self.lately);
            self.bytes = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sync::AgencyId;

    fn place(after: i64) -> Place {
        let scope = Scope::new(AgencyId(Uuid::from_u128(1)), "reference");
        Place { epoch: Uuid::from_u128(2), scope, head: 1_000, after }
    }

    fn a_quarter() -> Arc<Closed> {
        let ids = vec![RecordId(Uuid::from_u128(3)); MOST_BYTES / 4 / size_of::<RecordId>()];
        let records = vec![(Kind::known("visit"), ids)];
        Arc::new(Closed { segment: Segment::of(b"[]"), records, size: 2, reached: 1_000, is_last: true })
    }

    #[test]
    fn what_is_asked_for_stays_and_the_rest_goes_in_time() {
        let shelf = Shelf::default();
        for after in 0..20 {
            shelf.put(place(after), a_quarter());
            assert!(shelf.find(&place(0)).is_some(), "{after}");
        }
        assert!(shelf.find(&place(19)).is_some());
        assert!(shelf.find(&place(5)).is_none());
        let kept = shelf.kept();
        assert!(kept.lately.len() + kept.before.len() <= 8);
        assert!(kept.bytes <= MOST_BYTES);
    }

    #[test]
    fn another_version_of_a_scope_is_another_stretch() {
        let shelf = Shelf::default();
        shelf.put(place(0), a_quarter());
        assert!(shelf.find(&Place { head: 1_001, ..place(0) }).is_none());
        assert!(shelf.find(&Place { epoch: Uuid::from_u128(9), ..place(0) }).is_none());
    }
}
