//! Fills one page, scope by scope, until it is full.

use super::shelf::{Closed, Found, Place, Shelf};
use crate::{
    apply::{ScopeHead, alive_after, records_after},
    db::Db,
    error::{Error, Result},
    records,
};
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};
use sync::{
    AgencyId, Kind, RecordId, Scope,
    faults::{self, Fault},
    page::{self, Body, Held, MAX_HELD, MAX_PAGE, Page, PullReply, Row, ScopeSum, Sum},
    wire::{Closing, Segment},
};
use uuid::Uuid;

/// The most rows of a scope that are read at a time.
const STRETCH: i64 = 500;

/// The most JSON in them, unless one alone is larger: two find room in a page.
const STRETCH_BYTES: usize = MAX_PAGE / 2;

/// A stretch that takes at least such a part of a page, 32 KiB of the largest, is worth keeping
/// for others.
const WORTH_KEEPING: usize = 16;

/// So much of it is a row, roughly: with fewer rows a scope has hardly a stretch worth keeping.
const OF_A_ROW: usize = 650;

/// What a row takes beside its body, roughly.
const ROW_OVERHEAD: usize = 24;

/// A row of the index: version, kind, id, whether it went.
type Entry = (i64, String, Uuid, bool);

/// Some rows of a page.
enum Part {
    /// Of one scope, as they were read.
    Rows(Vec<Row>),
    /// Of the scope with this number, as they were closed for anybody.
    Closed(u32, Arc<Closed>),
}

/// A page as it was drawn up, its rows apart.
pub(super) struct Drawn {
    pub(super) page: Page,
    parts: Vec<Part>,
}

impl Drawn {
    /// As a chunk, beside the page without its rows.
    pub(super) fn close(self) -> Result<(String, PullReply)> {
        let reply = PullReply::Page(self.page);
        let around = serde_json::to_string(&reply).map_err(Error::internal)?;
        // Before the rows stand numbers and names of scopes: nothing in them reads like this.
        let (before, after) = around.split_once(r#""rows":[]"#).ok_or_else(unlike)?;
        let mut closing = Closing::default();
        closing.text(before);
        closing.text(r#""rows":["#);
        for (n, part) in self.parts.iter().enumerate() {
            let scope = match part {
                Part::Closed(scope, _) => *scope,
                Part::Rows(rows) => rows.first().ok_or_else(unlike)?.scope,
            };
            let comma = if n > 0 { "," } else { "" };
            closing.text(format!(r#"{comma}{{"scope":{scope},"groups":"#));
            match part {
                Part::Closed(_, closed) => closing.segment(&closed.segment),
                Part::Rows(rows) => closing.text(page::closed(rows).map_err(Error::internal)?),
            }
            closing.text("}");
        }
        closing.text("]");
        closing.text(after);
        Ok((closing.close(), reply))
    }
}

fn unlike() -> Error {
    Error::internal(anyhow::anyhow!("a page is not written as it is defined"))
}

/// Fills one page.
pub(super) struct Filler<'s> {
    page: Page,
    parts: Vec<Part>,
    room: usize,
    /// How large a stretch may be.
    stretch: usize,
    /// Records whose body stands in this page already, and of which kind they are.
    written: HashMap<(AgencyId, RecordId), Kind>,
    epoch: Uuid,
    shelf: &'s Shelf,
    /// From so much on a stretch is worth keeping for others.
    worth_keeping: usize,
}

/// Rows of one scope that were read in one go.
struct Stretch {
    rows: Vec<Row>,
    size: usize,
    reached: i64,
    is_last: bool,
}

impl<'s> Filler<'s> {
    /// Fills `page` as far as there is room, with what lies on the shelf.
    pub(super) fn new(page: Page, epoch: Uuid, room: usize, shelf: &'s Shelf) -> Self {
        let (stretch, worth_keeping) = (STRETCH_BYTES.min(room), room / WORTH_KEEPING);
        Self { page, parts: Vec::new(), room, stretch, written: HashMap::new(), epoch, shelf, worth_keeping }
    }

    /// The page; its cursor is for the caller to seal.
    pub(super) fn finish(self) -> Drawn {
        Drawn { page: self.page, parts: self.parts }
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
        let index = u32::try_from(self.page.scopes.len()).map_err(Error::internal)?;
        let (mut reached, mut has_begun) = (from.unwrap_or(0), false);
        loop {
            let came = match head {
                Some(head) => {
                    let (scope, version) = (scope.clone(), head.version);
                    let place = Place { epoch: self.epoch, scope, head: version, after: reached };
                    self.stretch(db, index, place, head.sum.live)?
                }
                None => Some((reached, true)),
            };
            let Some((at, is_last)) = came else {
                self.page.complete = false;
                if faults::is(Fault::CursorAhead) {
                    return Ok(head.map(|head| head.version));
                }
                return Ok(if has_begun { Some(reached) } else { from });
            };
            if !std::mem::replace(&mut has_begun, true) {
                self.number(scope)?;
                self.page.fill.extend(from.is_none().then_some(index));
            }
            reached = at;
            if is_last {
                break;
            }
        }
        let Some(head) = head else { return Ok(Some(reached)) };
        self.page.sums.push(ScopeSum { scope: index, sum: head.sum });
        Ok(Some(head.version))
    }

    /// Adds the next stretch of a scope, and says how far it came and whether it was the last;
    /// `None` if there is no room for it.
    fn stretch(&mut self, db: &mut Db, index: u32, place: Place, rows: i64) -> Result<Option<(i64, bool)>> {
        let agency = place.scope.agency;
        let is_worth_looking = usize::try_from(rows).is_ok_and(|rows| rows >= self.worth_keeping / OF_A_ROW);
        let mut duty = None;
        match is_worth_looking.then(|| self.shelf.find(place.clone())) {
            Some(Found::Ready(closed)) if !self.stand_above(agency, &closed.records) => {
                if !self.make_room(closed.size) {
                    return Ok(None);
                }
                self.write_down(agency, &closed.records);
                let came = (closed.reached, closed.is_last);
                self.parts.push(Part::Closed(index, closed));
                return Ok(Some(came));
            }
            Some(Found::Yours(mine)) => duty = Some(mine),
            _ => {}
        }
        let Stretch { rows, size, reached, is_last } = self.read(db, index, &place)?;
        let duty = duty.filter(|_| size >= self.worth_keeping && rows.iter().all(is_whole));
        let records = by_kind(&rows);
        let part = match duty {
            // Kept even if there is no room for it here: this phone comes back for it.
            Some(duty) => {
                let segment = Segment::of(page::closed(&rows).map_err(Error::internal)?.as_bytes());
                let closed = Arc::new(Closed { segment, records: records.clone(), size, reached, is_last });
                duty.put(closed.clone());
                Part::Closed(index, closed)
            }
            None => Part::Rows(rows),
        };
        if !self.make_room(size) {
            return Ok(None);
        }
        self.write_down(agency, &records);
        if !matches!(&part, Part::Rows(rows) if rows.is_empty()) {
            self.parts.push(part);
        }
        Ok(Some((reached, is_last)))
    }

    /// Whether the body of any of these stands in this page already.
    fn stand_above(&self, agency: AgencyId, records: &[(Kind, Vec<RecordId>)]) -> bool {
        !self.written.is_empty()
            && records.iter().flat_map(|(_, ids)| ids).any(|id| self.written.contains_key(&(agency, *id)))
    }

    fn write_down(&mut self, agency: AgencyId, records: &[(Kind, Vec<RecordId>)]) {
        let written = records.iter().flat_map(|(kind, ids)| ids.iter().map(move |id| ((agency, *id), kind.clone())));
        self.written.extend(written);
    }

    /// Takes room for so much; always on an empty page.
    fn make_room(&mut self, size: usize) -> bool {
        let finds_room = size <= self.room || self.parts.is_empty();
        self.room = if finds_room { self.room.saturating_sub(size) } else { 0 };
        finds_room
    }

    fn read(&self, db: &mut Db, index: u32, place: &Place) -> Result<Stretch> {
        let changes = records_after(db, &place.scope, place.after, STRETCH)?;
        let mut is_last = changes.len() < STRETCH as usize;
        let (mut rows, mut size, mut reached) = (Vec::with_capacity(changes.len()), 0, place.after);
        for (version, kind, id, deleted, body) in changes {
            let (kind, id) = (Kind::from(kind), RecordId(id));
            let body = match body {
                _ if deleted => Body::Gone,
                _ if self.written.get(&(place.scope.agency, id)) == Some(&kind) => Body::Above,
                Some(body) => Body::Here(body),
                None => return Err(missing(&kind, id)),
            };
            let takes = ROW_OVERHEAD + if let Body::Here(body) = &body { body.len() } else { 0 };
            if size + takes > self.stretch && !rows.is_empty() {
                is_last = false;
                break;
            }
            size += takes;
            reached = version;
            rows.push(Row { scope: index, version, kind, id, body });
        }
        Ok(Stretch { rows, size, reached, is_last })
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
        let rows = match &held.rows {
            _ if self.is_full() => return Ok(self.ask_to_compare(scope)),
            Some(rows) => rows,
            // Too much to be told row by row: it begins anew, here or in the next page.
            None if usize::try_from(held.sum.live).is_ok_and(|live| live > MAX_HELD) => {
                let reached = self.go_on(db, scope, None, head)?;
                return Ok(reached.or_else(|| self.ask_to_compare(scope)));
            }
            None => return Ok(self.ask_to_compare(scope)),
        };
        // In order, so that the same question gets the same answer.
        let mut there: BTreeMap<(String, Uuid), i64> =
            rows.iter().map(|(kind, id, version)| ((kind.name().to_owned(), id.0), *version)).collect();
        let mut wrong: Vec<Entry> = Vec::new();
        let mut after = 0;
        loop {
            let alive = alive_after(db, scope, after, STRETCH)?;
            let last = alive.len() < STRETCH as usize;
            after = alive.last().map_or(after, |(version, ..)| *version);
            for entry in alive {
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
        self.rows(db, scope, index, gone)?;
        if !self.rows(db, scope, index, wrong)? {
            return Ok(self.ask_to_compare(scope));
        }
        self.page.sums.push(ScopeSum { scope: index, sum });
        Ok(Some(version))
    }

    /// Adds rows until the page is full; whether all of them found room.
    fn rows(&mut self, db: &mut Db, scope: &Scope, index: u32, entries: Vec<Entry>) -> Result<bool> {
        let (mut rows, mut all) = (Vec::with_capacity(entries.len()), true);
        'page: for stretch in entries.chunks(STRETCH as usize) {
            let mut bodies = self.bodies(db, scope, stretch)?;
            for (version, kind, id, deleted) in stretch {
                let (kind, id) = (Kind::from(kind.clone()), RecordId(*id));
                let key = (scope.agency, id);
                let body = if *deleted {
                    Body::Gone
                } else if self.written.get(&key) == Some(&kind) {
                    Body::Above
                } else {
                    let text = bodies.remove(&(kind.name().to_owned(), id.0)).ok_or_else(|| missing(&kind, id))?;
                    // At least one row a page, however large it is.
                    if text.len() > self.room && !(rows.is_empty() && self.parts.is_empty()) {
                        self.room = 0;
                        all = false;
                        break 'page;
                    }
                    self.room = self.room.saturating_sub(text.len());
                    self.written.insert(key, kind.clone());
                    Body::Here(text)
                };
                self.room = self.room.saturating_sub(ROW_OVERHEAD);
                rows.push(Row { scope: index, version: *version, kind, id, body });
            }
        }
        if !rows.is_empty() {
            self.parts.push(Part::Rows(rows));
        }
        Ok(all)
    }

    fn bodies(&self, db: &mut Db, scope: &Scope, entries: &[Entry]) -> Result<HashMap<(String, Uuid), String>> {
        let mut wanted: BTreeMap<&str, Vec<Uuid>> = BTreeMap::new();
        for (_, kind, id, deleted) in entries {
            let stands_above = || self.written.get(&(scope.agency, RecordId(*id))).is_some_and(|of| of.name() == kind);
            if !deleted && !stands_above() {
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

/// The records whose bodies stand in some rows.
fn by_kind(rows: &[Row]) -> Vec<(Kind, Vec<RecordId>)> {
    let mut all: Vec<(Kind, Vec<RecordId>)> = Vec::new();
    for row in rows.iter().filter(|row| matches!(row.body, Body::Here(_))) {
        match all.iter_mut().find(|(kind, _)| *kind == row.kind) {
            Some((_, ids)) => ids.push(row.id),
            None => all.push((row.kind.clone(), vec![row.id])),
        }
    }
    all
}

/// Whether a row says all of it, whatever stands above.
fn is_whole(row: &Row) -> bool {
    !matches!(row.body, Body::Above)
}

fn missing(kind: &Kind, id: RecordId) -> Error {
    Error::internal(anyhow::anyhow!("the index names {kind} {id}, which is not stored"))
}
