//! Pull: what changed in a person's scopes after a cursor, read in one snapshot.

use super::Phone;
use crate::{
    access,
    apply::{ScopeHead, changes_after, scope_heads},
    db::{self, Db},
    error::{Error, Result},
    people, records,
};
use serde_json::value::RawValue;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use sync::{
    Kind, Micros, RecordId, Scope,
    cursor::Cursor,
    page::{Body, MAX_PAGE, Page, PullReply, PullRequest, Row, ScopeSum},
    wire,
};
use uuid::Uuid;

/// How many index rows are read at a time.
const STRETCH: i64 = 500;

/// Answers one pull. `key` authenticates cursors.
pub fn pull(db: &mut Db, phone: Phone, request: &PullRequest, key: &[u8], now: Micros) -> Result<PullReply> {
    if request.wire < wire::OLDEST {
        return Ok(PullReply::TooOld { oldest: wire::OLDEST });
    }
    let epoch = db::epoch(db)?;
    let mut known = match &request.cursor {
        None => BTreeMap::new(),
        Some(text) => match Cursor::open(text, key, phone.account) {
            Err(_) => return Ok(PullReply::UnknownCursor),
            Ok(cursor) if cursor.epoch != epoch => return Ok(PullReply::NewEpoch),
            Ok(cursor) => cursor.scopes,
        },
    };
    for scope in &request.refill {
        known.remove(scope);
    }
    let (allowed, next_change) = scopes_of(db, phone, now)?;
    let mut page = Page {
        server_time: now,
        scopes: Vec::new(),
        purge: known.keys().filter(|scope| !allowed.contains(*scope)).cloned().collect(),
        fill: Vec::new(),
        rows: Vec::new(),
        cursor: String::new(),
        complete: true,
        sums: Vec::new(),
        next_change,
    };
    known.retain(|scope, _| allowed.contains(scope));
    let heads = heads_of(db, &allowed)?;
    let mut filler = Filler { page: &mut page, room: MAX_PAGE, written: HashSet::new() };
    for scope in &allowed {
        let from = known.get(scope).copied();
        let head = heads.get(scope);
        // Unchanged since the cursor: nothing to read.
        if let (Some(from), Some(head)) = (from, head.map_or(Some(0), |head| Some(head.version)))
            && from == head
        {
            continue;
        }
        let reached = filler.scope(db, scope, from, head)?;
        known.insert(scope.clone(), reached);
        if !filler.page.complete {
            break;
        }
    }
    page.cursor = Cursor { epoch, scopes: known }.seal(key, phone.account);
    Ok(PullReply::Page(page))
}

/// What this person may see now in all their agencies, and when a dated fact changes it.
fn scopes_of(db: &mut Db, phone: Phone, now: Micros) -> Result<(BTreeSet<Scope>, Option<Micros>)> {
    let mut all = BTreeSet::new();
    let mut next_change: Option<Micros> = None;
    for facts in people::facts_of(db, phone.account, now)? {
        let (scopes, change) = access::scopes(&facts, now);
        all.extend(scopes);
        next_change = [next_change, change].into_iter().flatten().min();
    }
    Ok((all, next_change))
}

fn heads_of(db: &mut Db, scopes: &BTreeSet<Scope>) -> Result<HashMap<Scope, ScopeHead>> {
    let mut heads = HashMap::new();
    let scopes: Vec<&Scope> = scopes.iter().collect();
    for of_agency in scopes.chunk_by(|one, next| one.agency == next.agency) {
        let [first, ..] = of_agency else { continue };
        let paths: Vec<&str> = of_agency.iter().map(|scope| scope.path.as_str()).collect();
        for head in scope_heads(db, first.agency, &paths)? {
            heads.insert(Scope::new(first.agency, head.scope.clone()), head);
        }
    }
    Ok(heads)
}

/// Fills one page.
struct Filler<'p> {
    page: &'p mut Page,
    room: usize,
    /// Records whose body stands in this page already.
    written: HashSet<(Uuid, String, Uuid)>,
}

impl Filler<'_> {
    /// Reads a scope on from `from`, from nothing if `None`, and says how far it came.
    fn scope(&mut self, db: &mut Db, scope: &Scope, from: Option<i64>, head: Option<&ScopeHead>) -> Result<i64> {
        let index = u32::try_from(self.page.scopes.len()).map_err(Error::internal)?;
        self.page.scopes.push(scope.clone());
        if from.is_none() {
            self.page.fill.push(index);
        }
        let mut reached = from.unwrap_or(0);
        loop {
            if self.room == 0 {
                self.page.complete = false;
                return Ok(reached);
            }
            let changes = changes_after(db, scope, reached, STRETCH)?;
            let last = changes.len() < STRETCH as usize;
            reached = self.rows(db, scope, index, changes, reached)?;
            if !self.page.complete {
                return Ok(reached);
            }
            if last {
                break;
            }
        }
        let Some(head) = head else { return Ok(reached) };
        self.page.sums.push(ScopeSum { scope: index, sum: head.sum });
        Ok(head.version)
    }

    /// Writes rows until the page is full.
    fn rows(
        &mut self,
        db: &mut Db,
        scope: &Scope,
        index: u32,
        changes: Vec<(i64, String, Uuid, bool)>,
        mut reached: i64,
    ) -> Result<i64> {
        let mut bodies = self.bodies(db, scope, &changes)?;
        for (version, kind, id, deleted) in changes {
            let key = (scope.agency.0, kind.clone(), id);
            let body = if deleted {
                Body::Gone
            } else if self.written.contains(&key) {
                Body::Above
            } else {
                let text = bodies.remove(&(kind.clone(), id)).ok_or_else(|| missing(&kind, id))?;
                // At least one row a page, however large it is.
                if text.len() > self.room && !self.page.rows.is_empty() {
                    self.room = 0;
                    self.page.complete = false;
                    return Ok(reached);
                }
                self.room = self.room.saturating_sub(text.len());
                self.written.insert(key);
                Body::Here(RawValue::from_string(text).map_err(Error::internal)?)
            };
            self.room = self.room.saturating_sub(ROW_OVERHEAD);
            self.page.rows.push(Row { scope: index, version, kind: Kind::from(kind), id: RecordId(id), body });
            reached = version;
        }
        Ok(reached)
    }

    fn bodies(
        &self,
        db: &mut Db,
        scope: &Scope,
        changes: &[(i64, String, Uuid, bool)],
    ) -> Result<HashMap<(String, Uuid), String>> {
        let mut wanted: BTreeMap<&str, Vec<Uuid>> = BTreeMap::new();
        for (_, kind, id, deleted) in changes {
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

/// The JSON of a row beside its body, roughly.
const ROW_OVERHEAD: usize = 64;

fn missing(kind: &str, id: Uuid) -> Error {
    Error::internal(anyhow::anyhow!("the index names {kind} {id}, which is not stored"))
}
