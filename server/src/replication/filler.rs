//! Fills one page, scope by scope, until it is full.

use crate::{
    apply::{ScopeHead, changes_after},
    db::Db,
    error::{Error, Result},
    records,
};
use serde_json::value::RawValue;
use std::collections::{BTreeMap, HashMap, HashSet};
use sync::{
    Kind, RecordId, Scope,
    page::{Body, Held, MAX_PAGE, Page, Row, ScopeSum, Sum},
};
use uuid::Uuid;

/// How many index rows are read at a time.
const STRETCH: i64 = 500;

/// The JSON of a row beside its body, roughly.
const ROW_OVERHEAD: usize = 64;

/// A row of the index: version, kind, id, whether it went.
type Entry = (i64, String, Uuid, bool);

/// Fills one page.
pub(super) struct Filler<'p> {
    page: &'p mut Page,
    room: usize,
    /// Records whose body stands in this page already.
    written: HashSet<(Uuid, String, Uuid)>,
}

impl<'p> Filler<'p> {
    pub(super) fn new(page: &'p mut Page) -> Self {
        Self { page, room: MAX_PAGE, written: HashSet::new() }
    }

    /// Whether there is no room for more.
    fn is_full(&self) -> bool {
        self.room == 0
    }

    fn number(&mut self, scope: &Scope) -> Result<u32> {
        let index = u32::try_from(self.page.scopes.len()).map_err(Error::internal)?;
        self.page.scopes.push(scope.clone());
        Ok(index)
    }

    /// Has the phone say what it holds of a scope, row by row.
    pub(super) fn ask_to_compare(&mut self, scope: &Scope) -> Option<i64> {
        self.page.differs.push(scope.clone());
        self.page.complete = false;
        None
    }

    /// Reads a scope on from `from`, from nothing if `None`, and says how far it came.
    pub(super) fn go_on(
        &mut self,
        db: &mut Db,
        scope: &Scope,
        from: Option<i64>,
        head: Option<&ScopeHead>,
    ) -> Result<Option<i64>> {
        if self.is_full() {
            self.page.complete = false;
            return Ok(from);
        }
        let index = self.number(scope)?;
        if from.is_none() {
            self.page.fill.push(index);
        }
        let mut reached = from.unwrap_or(0);
        loop {
            let changes = changes_after(db, scope, reached, STRETCH)?;
            let last = changes.len() < STRETCH as usize;
            let (all, at) = self.rows(db, scope, index, changes, reached)?;
            reached = at;
            if !all || (!last && self.is_full()) {
                self.page.complete = false;
                return Ok(Some(reached));
            }
            if last {
                break;
            }
        }
        let Some(head) = head else { return Ok(Some(reached)) };
        self.page.sums.push(ScopeSum { scope: index, sum: head.sum });
        Ok(Some(head.version))
    }

    /// Brings what a phone holds of a scope to what it must hold. `None`: not there yet, the
    /// phone compares again.
    pub(super) fn compare(
        &mut self,
        db: &mut Db,
        scope: &Scope,
        held: &Held,
        head: Option<&ScopeHead>,
    ) -> Result<Option<i64>> {
        let (version, sum) = head.map_or((0, Sum::default()), |head| (head.version, head.sum));
        if held.sum == sum {
            return Ok(Some(version));
        }
        let (Some(rows), false) = (&held.rows, self.is_full()) else { return Ok(self.ask_to_compare(scope)) };
        let mut there: HashMap<(String, Uuid), i64> =
            rows.iter().map(|(kind, id, version)| ((kind.name().to_owned(), id.0), *version)).collect();
        let mut wrong: Vec<Entry> = Vec::new();
        let mut after = 0;
        loop {
            let alive = changes_after(db, scope, after, STRETCH)?;
            let last = alive.len() < STRETCH as usize;
            after = alive.last().map_or(after, |(version, ..)| *version);
            for entry in alive.into_iter().filter(|(.., deleted)| !deleted) {
                if there.remove(&(entry.1.clone(), entry.2)) != Some(entry.0) {
                    wrong.push(entry);
                }
            }
            if last {
                break;
            }
        }
        // What goes is short: it is said first.
        let gone = there.into_keys().map(|(kind, id)| (version, kind, id, true)).collect();
        let index = self.number(scope)?;
        self.rows(db, scope, index, gone, 0)?;
        let (all, _) = self.rows(db, scope, index, wrong, 0)?;
        if !all {
            return Ok(self.ask_to_compare(scope));
        }
        self.page.sums.push(ScopeSum { scope: index, sum });
        Ok(Some(version))
    }

    /// Writes rows until the page is full; whether all of them found room, and how far it came.
    fn rows(
        &mut self,
        db: &mut Db,
        scope: &Scope,
        index: u32,
        entries: Vec<Entry>,
        mut reached: i64,
    ) -> Result<(bool, i64)> {
        for stretch in entries.chunks(STRETCH as usize) {
            let mut bodies = self.bodies(db, scope, stretch)?;
            for (version, kind, id, deleted) in stretch {
                let key = (scope.agency.0, kind.clone(), *id);
                let body = if *deleted {
                    Body::Gone
                } else if self.written.contains(&key) {
                    Body::Above
                } else {
                    let text = bodies.remove(&(kind.clone(), *id)).ok_or_else(|| missing(kind, *id))?;
                    // At least one row a page, however large it is.
                    if text.len() > self.room && !self.page.rows.is_empty() {
                        self.room = 0;
                        return Ok((false, reached));
                    }
                    self.room = self.room.saturating_sub(text.len());
                    self.written.insert(key);
                    Body::Here(RawValue::from_string(text).map_err(Error::internal)?)
                };
                self.room = self.room.saturating_sub(ROW_OVERHEAD);
                let (kind, id) = (Kind::from(kind.clone()), RecordId(*id));
                self.page.rows.push(Row { scope: index, version: *version, kind, id, body });
                reached = *version;
            }
        }
        Ok((true, reached))
    }

    fn bodies(&self, db: &mut Db, scope: &Scope, entries: &[Entry]) -> Result<HashMap<(String, Uuid), String>> {
        let mut wanted: BTreeMap<&str, Vec<Uuid>> = BTreeMap::new();
        for (_, kind, id, deleted) in entries {
            if !deleted && !self.written.contains(&(scope.agency.0, kind.clone(), *id)) {
                wanted.entry(kind).or_default().push(*id);
            }
        }
        let mut found = HashMap::new();
        for (kind, ids) in wanted {
            let bodies = records::bodies(db, scope.agency.0, kind, &ids)?;
            found.extend(bodies.into_iter().map(|(id, body)| ((kind.to_owned(), id), body)));
        }
        Ok(found)
    }
}

fn missing(kind: &str, id: Uuid) -> Error {
    Error::internal(anyhow::anyhow!("the index names {kind} {id}, which is not stored"))
}
