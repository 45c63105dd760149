//! One unit of work in one agency.

use super::{
    index::{self, Touched},
    memory::{self, Known, Remembered},
    past::{self, Past},
};
use crate::{
    conflict,
    db::{Db, types::At},
    error::{Error, Result},
    people, records,
};
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashMap, HashSet};
use sync::{
    AgencyId, Kind, Micros, OperationId, Record, RecordId,
    faults::{self, Fault},
};

/// A record's key inside an agency.
pub(super) type Key = (Kind, RecordId);

/// A transaction that may write replicated tables. Only [`in_agency`] makes one.
pub struct ApplyTx<'a> {
    db: &'a mut Db,
    agency: AgencyId,
    now: Micros,
    /// Every record that was looked at, as it is now in this unit.
    working: HashMap<Key, Option<Record>>,
    /// Records that changed, as they were stored before.
    before: BTreeMap<Key, Option<Record>>,
    /// Texts that stood before this unit changed them.
    pub(super) past: HashSet<Past>,
    /// What was judged in this unit.
    pub(super) remembered: Vec<Remembered>,
    /// Where each of them stands in that list.
    pub(super) remembered_at: HashMap<OperationId, usize>,
    /// What was judged before it, as far as it was looked up.
    pub(crate) known: HashMap<OperationId, Option<Known>>,
}

/// Runs `work` as one unit and says what it touched, for those who watch. Call it inside
/// [`Database::write`](crate::db::Database::write).
pub fn in_agency<T>(
    db: &mut Db,
    agency: AgencyId,
    now: Micros,
    work: impl FnOnce(&mut ApplyTx<'_>) -> Result<T>,
) -> Result<(T, Touched)> {
    index::hold_head(db, agency)?;
    let mut tx = ApplyTx {
        db,
        agency,
        now,
        working: HashMap::new(),
        before: BTreeMap::new(),
        past: HashSet::new(),
        remembered: Vec::new(),
        remembered_at: HashMap::new(),
        known: HashMap::new(),
    };
    let value = work(&mut tx)?;
    let touched = tx.finish()?;
    Ok((value, touched))
}

impl ApplyTx<'_> {
    /// The connection, for facts: they are written in the same transaction.
    pub fn db(&mut self) -> &mut Db {
        self.db
    }

    /// The agency that this unit writes. It never writes another.
    pub fn agency(&self) -> AgencyId {
        self.agency
    }

    /// The server's time of this unit.
    pub fn now(&self) -> Micros {
        self.now
    }

    /// The same as the database keeps it.
    fn at(&self) -> Result<At> {
        At::from_micros(self.now.0).ok_or_else(|| Error::internal(anyhow::anyhow!("the clock is outside the calendar")))
    }

    /// The day it is where the agency is.
    pub fn today(&mut self) -> Result<NaiveDate> {
        let now = self.at()?;
        people::today(self.db, self.agency, now)
    }

    /// A record as it is now in this unit.
    pub fn record(&mut self, kind: &Kind, id: RecordId) -> Result<Option<Record>> {
        let key = (kind.clone(), id);
        if let Some(known) = self.working.get(&key) {
            return Ok(known.clone());
        }
        let found = records::find(self.db, self.agency, kind, id)?.map(|stored| stored.record);
        self.working.insert(key, found.clone());
        Ok(found)
    }

    /// Reads in one go what the operations of a push are about to look at one by one.
    pub fn look_ahead(&mut self, keys: impl IntoIterator<Item = Key>) -> Result<()> {
        let mut wanted: BTreeMap<Kind, Vec<RecordId>> = BTreeMap::new();
        for (kind, id) in keys {
            if !self.working.contains_key(&(kind.clone(), id)) {
                wanted.entry(kind).or_default().push(id);
            }
        }
        for (kind, ids) in wanted {
            let found = records::find_all(self.db, self.agency, &kind, &ids)?;
            self.working.extend(ids.into_iter().map(|id| ((kind.clone(), id), None)));
            self.working.extend(found.into_iter().map(|stored| ((stored.kind, stored.id), Some(stored.record))));
        }
        Ok(())
    }

    /// Looks up in one go which of these were judged before.
    pub fn recall(&mut self, ids: &[OperationId]) -> Result<()> {
        self.known.extend(ids.iter().map(|id| (*id, None)));
        let known = memory::known(self.db, self.agency, ids)?;
        self.known.extend(known.into_iter().map(|known| (known.id, Some(known))));
        Ok(())
    }

    /// Keeps a record as it is to be from now on.
    pub(super) fn put(&mut self, key: Key, record: Record) {
        let was = self.working.insert(key.clone(), Some(record)).flatten();
        self.before.entry(key).or_insert(was);
    }

    /// Runs `work` under a savepoint. If it says `false`, records and facts are as they were
    /// before; what it remembered stays.
    pub(super) fn all_or_nothing<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<(bool, T)>) -> Result<T> {
        let (working, before, past) = (self.working.clone(), self.before.clone(), self.past.clone());
        self.db.begin()?;
        match work(self) {
            Ok((true, value)) => {
                self.db.commit()?;
                Ok(value)
            }
            Ok((false, value)) if faults::is(Fault::HalfGroup) => {
                self.db.commit()?;
                Ok(value)
            }
            Ok((false, value)) => {
                self.db.rollback()?;
                (self.working, self.before, self.past) = (working, before, past);
                Ok(value)
            }
            Err(error) => {
                // The cause matters more; the whole unit is rolled back with it.
                let _ = self.db.rollback();
                Err(error)
            }
        }
    }

    fn finish(mut self) -> Result<Touched> {
        let now = self.at()?;
        let (mut new, mut changed) = (Vec::new(), Vec::new());
        let mut changes = Vec::with_capacity(self.before.len());
        for ((kind, id), before) in self.before {
            let key = (kind, id);
            let Some(Some(after)) = self.working.remove(&key) else { continue };
            let (kind, id) = key;
            if before.as_ref() == Some(&after) {
                continue;
            }
            let is_choice = |id| self.remembered_at.get(&id).is_some_and(|at| self.remembered[*at].is_choice());
            conflict::rows::write(self.db, (self.agency, now), (&kind, id), (before.as_ref(), &after), is_choice)?;
            let row = records::rows::Row::of(self.agency, &kind, id, &after, now)?;
            if before.is_some() {
                changed.push(row);
            } else {
                new.push(row);
            }
            changes.push(index::Changed { kind, id, before, after });
        }
        records::rows::put(self.db, &new, &changed)?;
        past::write(self.db, self.agency, self.past)?;
        let mut touched = index::write(self.db, self.agency, now, changes)?;
        // Who manages the case hears at once that something did not arrive.
        touched.students.extend(self.remembered.iter().filter_map(Remembered::not_received));
        memory::write(self.db, self.agency, now, self.remembered)?;
        Ok(touched)
    }
}
