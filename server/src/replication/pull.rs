//! Pull: what changed in a person's scopes after a cursor, read in one snapshot.
//!
//! A scope that is new comes from nothing, one that the cursor knows from where it stood. A
//! scope of which a phone says what it holds is compared: by its sum first, row by row only
//! where that differs, so that a repair brings what is wrong and nothing else.

use super::{
    Leases, NEWER_WIRE_WAIT, Phone,
    filler::{Drawn, Filler},
    shelf::Shelf,
};
use crate::{
    access::{self, Facts},
    apply::{ScopeHead, scope_heads},
    db::{self, Db},
    error::{Error, Result},
    people,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use sync::{
    Micros, Scope,
    cursor::Cursor,
    faults::{self, Fault},
    page::{Held, MAX_HELD, MAX_PAGE, Page, PullReply, PullRequest},
    wire,
};

/// How many scopes one pull may compare: those of a few people in several agencies.
const MOST_COMPARED: usize = 4_000;
/// How long a scope's name may be.
const LONGEST_PATH: usize = 300;

/// On what terms a node answers.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'k> {
    /// Authenticates cursors.
    pub key: &'k [u8],
    /// How much JSON a page holds, roughly.
    pub room: usize,
    /// What others were sent lies there and is sent again.
    pub shelf: &'k Shelf,
    /// For how long what it sends may be shown.
    pub leases: Leases,
}

impl<'k> Terms<'k> {
    /// With pages as large as they may be.
    pub fn of(key: &'k [u8], shelf: &'k Shelf, leases: Leases) -> Self {
        Self { key, room: MAX_PAGE, shelf, leases }
    }
}

/// Answers one pull: the chunk, and the reply in it without the rows of its page. What it leaves
/// to write down is for `settle`.
pub fn pull(
    db: &mut Db,
    phone: Phone,
    request: &PullRequest,
    terms: Terms<'_>,
    now: Micros,
) -> Result<(String, PullReply)> {
    match draw(db, phone, request, terms, now)? {
        Ok(drawn) => drawn.close(),
        Err(reply) => Ok((wire::close(&reply), reply)),
    }
}

/// Draws a page up; `Err` is another reply.
fn draw(
    db: &mut Db,
    phone: Phone,
    request: &PullRequest,
    Terms { key, room, shelf, leases }: Terms<'_>,
    now: Micros,
) -> Result<Result<Drawn, PullReply>> {
    if request.wire > wire::VERSION {
        return Ok(Err(PullReply::Deferred { retry_after: NEWER_WIRE_WAIT }));
    }
    if request.wire < wire::OLDEST {
        return Ok(Err(PullReply::TooOld { oldest: wire::OLDEST }));
    }
    check(&request.compare)?;
    let epoch = db::epoch(db)?;
    let (mut known, mut filling) = match &request.cursor {
        None => (BTreeMap::new(), BTreeMap::new()),
        Some(text) => match Cursor::open(text, key, phone.account) {
            Err(_) => return Ok(Err(PullReply::UnknownCursor)),
            Ok(cursor) if cursor.epoch != epoch => return Ok(Err(PullReply::NewEpoch)),
            // Its versions say nothing of what lies in these scopes now.
            Ok(cursor) if cursor.layout != domain::scope::LAYOUT => return Ok(Err(PullReply::UnknownCursor)),
            Ok(cursor) => (cursor.scopes, cursor.filling),
        },
    };
    let held: BTreeMap<&Scope, &Held> = request.compare.iter().map(|held| (&held.scope, held)).collect();
    let people = people::facts_of(db, phone.account, now)?;
    let (mut allowed, next_change) = scopes_of(&people, now);
    if faults::is(Fault::EarlyExit) && !known.is_empty() {
        allowed = known.keys().cloned().collect();
    }
    let heads = heads_of(db, &allowed)?;
    // A genuine cursor from the future: this database lost commits since.
    let ahead = |(scope, version): (&Scope, &i64)| {
        allowed.contains(scope) && *version > heads.get(scope).map_or(0, |head| head.version)
    };
    if known.iter().chain(&filling).any(ahead) {
        return Ok(Err(PullReply::NewEpoch));
    }
    let here: BTreeSet<&Scope> = known.keys().chain(held.keys().copied()).collect();
    let page = Page {
        server_time: now,
        scopes: Vec::new(),
        purge: here.into_iter().filter(|scope| !allowed.contains(*scope)).cloned().collect(),
        fill: Vec::new(),
        rows: Vec::new(),
        differs: Vec::new(),
        cursor: String::new(),
        complete: true,
        sums: Vec::new(),
        next_change,
        lease: Some(leases.of(&people)),
    };
    known.retain(|scope, _| allowed.contains(scope) && !held.contains_key(scope));
    filling.retain(|scope, _| known.contains_key(scope));
    let mut filler = Filler::new(page, epoch, room, shelf);
    for scope in in_order(&allowed, &heads) {
        let (head, from) = (heads.get(scope), known.get(scope).copied());
        let reached = match held.get(scope) {
            Some(held) => filler.compare(db, scope, held, head)?,
            None => match standing(from, filling.get(scope).copied(), head) {
                Standing::Level => continue,
                // What went since is not known any more.
                Standing::BeyondHorizon => filler.ask_to_compare(scope),
                Standing::Behind => filler.go_on(db, scope, from, head)?,
            },
        };
        match reached {
            Some(version) => known.insert(scope.clone(), version),
            None => known.remove(scope),
        };
        let newest = head.map_or(0, |head| head.version);
        if reached.is_none_or(|version| version == newest) {
            filling.remove(scope);
        } else if from.is_none() {
            filling.insert(scope.clone(), newest);
        }
    }
    let mut drawn = filler.finish();
    if faults::is(Fault::PurgeAfterData) && !drawn.page.complete {
        known.extend(drawn.page.purge.drain(..).map(|scope| (scope, 0)));
    }
    drawn.page.cursor =
        Cursor { epoch, layout: domain::scope::LAYOUT, scopes: known, filling }.seal(key, phone.account);
    Ok(Ok(drawn))
}

/// What a phone can hold at the most; what it says of itself is not believed.
fn check(held: &[Held]) -> Result<()> {
    let rows: usize = held.iter().filter_map(|held| held.rows.as_ref()).map(Vec::len).sum();
    if held.len() > MOST_COMPARED || rows > MAX_HELD || held.iter().any(|held| held.scope.path.len() > LONGEST_PATH) {
        return Err(Error::Invalid { field: "compare", why: "more than a phone can hold; update the app" });
    }
    Ok(())
}

/// Where a cursor stands in a scope.
enum Standing {
    /// Nothing has changed since.
    Level,
    /// Something has.
    Behind,
    /// Something has, and what left the scope since may be forgotten already.
    BeyondHorizon,
}

/// `began` is where the scope's head stood when it began to come from nothing, as long as it does.
fn standing(from: Option<i64>, began: Option<i64>, head: Option<&ScopeHead>) -> Standing {
    match (from, head) {
        (Some(_), None) => Standing::Level,
        (Some(from), Some(head)) if from == head.version => Standing::Level,
        (Some(from), Some(head)) if from.max(began.unwrap_or(from)) < head.horizon => Standing::BeyondHorizon,
        _ => Standing::Behind,
    }
}

/// What matters today comes first: what a first screen shows before what a child's page does,
/// and of the same kind what changed last.
fn in_order<'s>(allowed: &'s BTreeSet<Scope>, heads: &HashMap<Scope, ScopeHead>) -> Vec<&'s Scope> {
    let mut scopes: Vec<&Scope> = allowed.iter().collect();
    let newest = |scope: &Scope| heads.get(scope).map_or(0, |head| head.version);
    scopes.sort_by_key(|scope| (domain::scope::rank(&scope.path), std::cmp::Reverse(newest(scope))));
    scopes
}

/// What this person may see now in all their agencies, and when a dated fact changes it.
fn scopes_of(people: &[Facts], now: Micros) -> (BTreeSet<Scope>, Option<Micros>) {
    let mut all = BTreeSet::new();
    let mut next_change: Option<Micros> = None;
    for facts in people {
        let (scopes, change) = access::scopes(facts, now);
        all.extend(scopes);
        next_change = [next_change, change].into_iter().flatten().min();
    }
    (all, next_change)
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
