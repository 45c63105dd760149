//! What was read and closed for one phone and is kept for the next: on the first morning of
//! school a hundred phones ask for the same. A stretch of a scope is the same for everybody who
//! may see that scope, as long as nothing changed in it; who may see it was decided before.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
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
pub struct Shelf(Arc<Room>);

#[derive(Debug, Default)]
struct Room {
    kept: Mutex<Kept>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Kept {
    lately: HashMap<Place, Arc<Closed>>,
    before: HashMap<Place, Arc<Closed>>,
    /// Of what was used lately.
    bytes: usize,
    /// What somebody reads right now.
    under_way: HashSet<Place>,
}

/// What the shelf says to somebody who needs a stretch.
pub(super) enum Found {
    /// Here it is.
    Ready(Arc<Closed>),
    /// Nobody has it: read it, and put it here or let the duty go.
    Yours(Duty),
}

/// To read a stretch, for which others may wait.
pub(super) struct Duty {
    shelf: Shelf,
    place: Place,
}

impl Duty {
    /// Done: it is kept.
    pub(super) fn put(&self, closed: Arc<Closed>) {
        self.shelf.kept().put(self.place.clone(), closed);
    }
}

impl Drop for Duty {
    fn drop(&mut self) {
        self.shelf.kept().under_way.remove(&self.place);
        self.shelf.0.changed.notify_all();
    }
}

impl Shelf {
    /// A stretch, or the duty to read it. Where somebody reads it already this waits: a hundred
    /// who ask at once would all read the same. Blocks.
    pub(super) fn find(&self, place: Place) -> Found {
        let mut kept = self.kept();
        loop {
            if let Some(closed) = kept.find(&place) {
                return Found::Ready(closed);
            }
            if kept.under_way.insert(place.clone()) {
                return Found::Yours(Duty { shelf: self.clone(), place });
            }
            kept = self.0.changed.wait(kept).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn find(&mut self, place: &Place) -> Option<Arc<Closed>> {
        if let Some(found) = self.lately.get(place) {
            return Some(found.clone());
        }
        let found = self.before.remove(place)?;
        self.put(place.clone(), found.clone());
        Some(found)
    }

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
    use std::sync::atomic::{AtomicU32, Ordering};
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

    fn put(shelf: &Shelf, place: Place) {
        let Found::Yours(duty) = shelf.find(place) else { panic!("nobody put it there") };
        duty.put(a_quarter());
    }

    fn is_there(shelf: &Shelf, place: Place) -> bool {
        matches!(shelf.find(place), Found::Ready(_))
    }

    #[test]
    fn what_is_asked_for_stays_and_the_rest_goes_in_time() {
        let shelf = Shelf::default();
        for after in 0..20 {
            put(&shelf, place(after));
            assert!(is_there(&shelf, place(0)), "{after}");
        }
        assert!(is_there(&shelf, place(19)));
        assert!(!is_there(&shelf, place(5)));
        let kept = shelf.kept();
        assert!(kept.lately.len() + kept.before.len() <= 8);
        assert!(kept.bytes <= MOST_BYTES);
    }

    #[test]
    fn another_version_of_a_scope_is_another_stretch() {
        let shelf = Shelf::default();
        put(&shelf, place(0));
        assert!(!is_there(&shelf, Place { head: 1_001, ..place(0) }));
        assert!(!is_there(&shelf, Place { epoch: Uuid::from_u128(9), ..place(0) }));
    }

    #[test]
    fn of_many_who_ask_at_once_one_reads_and_if_it_fails_another() {
        let (shelf, read) = (Shelf::default(), AtomicU32::new(0));
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    if let Found::Yours(duty) = shelf.find(place(0)) {
                        // The first finds that it cannot be read.
                        if read.fetch_add(1, Ordering::SeqCst) > 0 {
                            duty.put(a_quarter());
                        }
                    }
                });
            }
        });
        assert_eq!(read.into_inner(), 2);
        assert!(is_there(&shelf, place(0)));
    }
}
