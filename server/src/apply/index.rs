//! The index `visible`: which record lies in which scope and when it last changed there,
//! with the newest version and the sum of each scope.
//!
//! One row per record and scope, moved up on each change, so it compacts itself and a first
//! sync reads exactly what is alive. Versions come from one counter per agency, held from
//! the first statement of a unit to its commit: no reader ever sees a version before a
//! smaller one.

use crate::{
    db::{
        BATCH, Db,
        types::{At, Id},
    },
    error::{Error, Result},
    on,
    records::rows::record,
};
use diesel::{prelude::*, upsert::excluded};
use domain::{
    kinds,
    scope::{lies_in, student_of},
};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use sync::{
    AgencyId, Kind, Micros, PersonId, Record, RecordId, Scope,
    faults::{self, Fault},
    page::Sum,
};
use uuid::Uuid;

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::{Instant, Uid};

    visible (agency, scope, kind, id) {
        agency -> Uid,
        scope -> Text,
        version -> BigInt,
        kind -> Text,
        id -> Uid,
        deleted -> Bool,
        changed_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uid;

    scope_sum (agency, scope) {
        agency -> Uid,
        scope -> Text,
        version -> BigInt,
        live -> BigInt,
        sum -> BigInt,
        horizon -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uid;

    head (agency) {
        agency -> Uid,
        version -> BigInt,
    }
}

/// A record that a unit changed.
pub(super) struct Changed {
    pub(super) kind: Kind,
    pub(super) id: RecordId,
    pub(super) before: Option<Record>,
    pub(super) after: Record,
}

/// What a unit touched, for those who watch. A hint: it may be lost.
#[derive(Clone, Debug, Default)]
pub struct Touched {
    /// Where.
    pub agency: Option<AgencyId>,
    /// The scopes in which something changed.
    pub scopes: BTreeSet<String>,
    /// The students it was about.
    pub students: BTreeSet<RecordId>,
    /// Whose place in a team changed, and with it perhaps what they may see.
    pub people: BTreeSet<PersonId>,
    /// The records.
    pub records: Vec<(Kind, RecordId)>,
}

/// One row of the index, as it is to be.
#[derive(Insertable, Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = visible, treat_none_as_default_value = false)]
struct Entry {
    agency: Id,
    scope: String,
    version: i64,
    kind: String,
    id: Id,
    deleted: bool,
    changed_at: At,
}

#[derive(Insertable, Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = scope_sum, treat_none_as_default_value = false)]
struct SumRow {
    agency: Id,
    scope: String,
    version: i64,
    live: i64,
    sum: i64,
    horizon: i64,
}

/// Holds the agency's counter until the transaction ends. SQLite has one writer anyway.
pub(super) fn hold_head(db: &mut Db, agency: AgencyId) -> Result<()> {
    on!(db => diesel::insert_into(head::table)
        .values((head::agency.eq(Id(agency.0)), head::version.eq(0)))
        .on_conflict_do_nothing()
        .execute(db))?;
    if let Db::Pg(session) = db {
        head::table.find(Id(agency.0)).for_update().select(head::version).first::<i64>(&mut **session)?;
    }
    Ok(())
}

/// Gives every change its version and moves it up in each of its scopes.
pub(super) fn write(db: &mut Db, agency: AgencyId, now: At, changes: Vec<Changed>) -> Result<Touched> {
    let mut entries = Vec::new();
    let mut touched = Touched { agency: Some(agency), ..Touched::default() };
    for change in &changes {
        let after: BTreeSet<String> = lies_in(&change.kind, change.id, &change.after).into_iter().collect();
        let before: BTreeSet<String> =
            change.before.iter().flat_map(|record| lies_in(&change.kind, change.id, record)).collect();
        for scope in after.union(&before) {
            entries.push(Entry {
                agency: Id(agency.0),
                scope: scope.clone(),
                version: 0,
                kind: change.kind.name().to_owned(),
                id: Id(change.id.0),
                deleted: !after.contains(scope),
                changed_at: now,
            });
            touched.scopes.insert(scope.clone());
            touched.students.extend(student_of(scope));
        }
        if change.kind == kinds::MEMBER {
            touched.people.extend(change.after.text("person").parse::<PersonId>());
        }
        touched.records.push((change.kind.clone(), change.id));
    }
    if entries.is_empty() {
        return Ok(touched);
    }
    // A scope's rows stand together, so that a fill reads them in one stretch.
    entries.sort_by(|a, b| (&a.scope, &a.kind, a.id).cmp(&(&b.scope, &b.kind, b.id)));
    number(db, agency, &mut entries)?;
    let stood = standing(db, agency, changes.iter().filter(|change| change.before.is_some()))?;
    sum_up(db, agency, &entries, &stood)?;
    put(db, entries, &stood)?;
    Ok(touched)
}

fn number(db: &mut Db, agency: AgencyId, entries: &mut [Entry]) -> Result<()> {
    let count = entries.len() as i64;
    let last: i64 = on!(db => diesel::update(head::table.find(Id(agency.0)))
        .set(head::version.eq(head::version + count))
        .returning(head::version)
        .get_result(db))?;
    let late = if faults::is(Fault::PlainSequence) && last % 3 == 0 { 8 } else { 0 };
    for (entry, version) in entries.iter_mut().zip(last - count + 1 - late..) {
        entry.version = version;
    }
    Ok(())
}

type Place = (String, String, Uuid);

/// The version under which a record stands in a scope so far, and whether it is alive there.
type Standing = HashMap<Place, (i64, bool)>;

/// Where changed records stand so far. A new record stands nowhere.
fn standing<'a>(db: &mut Db, agency: AgencyId, changes: impl Iterator<Item = &'a Changed>) -> Result<Standing> {
    let mut wanted: BTreeMap<&str, Vec<Id>> = BTreeMap::new();
    let mut scopes: BTreeSet<String> = BTreeSet::new();
    for change in changes {
        wanted.entry(change.kind.name()).or_default().push(Id(change.id.0));
        for record in change.before.iter().chain([&change.after]) {
            scopes.extend(lies_in(&change.kind, change.id, record));
        }
    }
    let scopes: Vec<String> = scopes.into_iter().collect();
    let mut found = HashMap::new();
    for (kind, ids) in wanted {
        for (some, places) in ids.chunks(BATCH).flat_map(|some| scopes.chunks(BATCH).map(move |places| (some, places)))
        {
            let rows: Vec<(String, Id, i64, bool)> = on!(db => visible::table
                .filter(visible::agency.eq(Id(agency.0))
                    .and(visible::scope.eq_any(places))
                    .and(visible::kind.eq(kind))
                    .and(visible::id.eq_any(some)))
                .select((visible::scope, visible::id, visible::version, visible::deleted))
                .load(db))?;
            found.extend(
                rows.into_iter()
                    .map(|(scope, id, version, deleted)| ((scope, kind.to_owned(), id.0), (version, !deleted))),
            );
        }
    }
    Ok(found)
}

fn place(entry: &Entry) -> Place {
    (entry.scope.clone(), entry.kind.clone(), entry.id.0)
}

fn sum_up(db: &mut Db, agency: AgencyId, entries: &[Entry], stood: &Standing) -> Result<()> {
    let scopes: BTreeSet<&str> = entries.iter().map(|entry| entry.scope.as_str()).collect();
    let scopes: Vec<&str> = scopes.into_iter().collect();
    let mut rows: BTreeMap<String, SumRow> =
        sums(db, agency, &scopes)?.into_iter().map(|row| (row.scope.clone(), row)).collect();
    for entry in entries {
        let row = rows.entry(entry.scope.clone()).or_insert_with(|| SumRow {
            agency: Id(agency.0),
            scope: entry.scope.clone(),
            version: 0,
            live: 0,
            sum: 0,
            horizon: 0,
        });
        let kind = Kind::from(entry.kind.clone());
        let mut sum = Sum { live: row.live, sum: row.sum };
        if let Some((version, true)) = stood.get(&place(entry)) {
            sum = sum.without(&kind, RecordId(entry.id.0), *version);
        }
        if !entry.deleted {
            sum = sum.with(&kind, RecordId(entry.id.0), entry.version);
        }
        let version = if faults::is(Fault::PlainSequence) { row.version.max(entry.version) } else { entry.version };
        *row = SumRow { version, live: sum.live, sum: sum.sum, ..row.clone() };
    }
    let rows: Vec<SumRow> = rows.into_values().collect();
    for some in rows.chunks(BATCH) {
        on!(db => diesel::insert_into(scope_sum::table)
            .values(some)
            .on_conflict((scope_sum::agency, scope_sum::scope))
            .do_update()
            .set((
                scope_sum::version.eq(excluded(scope_sum::version)),
                scope_sum::live.eq(excluded(scope_sum::live)),
                scope_sum::sum.eq(excluded(scope_sum::sum)),
            ))
            .execute(db))?;
    }
    Ok(())
}

fn put(db: &mut Db, entries: Vec<Entry>, stood: &Standing) -> Result<()> {
    let (moved, new): (Vec<Entry>, Vec<Entry>) =
        entries.into_iter().partition(|entry| stood.contains_key(&place(entry)));
    for some in new.chunks(BATCH) {
        on!(db => diesel::insert_into(visible::table).values(some).execute(db))?;
    }
    for entry in &moved {
        on!(db => diesel::update(visible::table.find((entry.agency, &entry.scope, &entry.kind, entry.id)))
            .set((
                visible::version.eq(entry.version),
                visible::deleted.eq(entry.deleted),
                visible::changed_at.eq(entry.changed_at),
            ))
            .execute(db))?;
    }
    Ok(())
}

/// The newest version and the sum of one scope, and the version up to which it has forgotten
/// what went.
#[derive(Clone, Debug)]
pub(crate) struct ScopeHead {
    pub(crate) scope: String,
    pub(crate) version: i64,
    pub(crate) sum: Sum,
    pub(crate) horizon: i64,
}

/// Of these scopes; one in which nothing ever was is left out.
pub(crate) fn scope_heads(db: &mut Db, agency: AgencyId, scopes: &[&str]) -> Result<Vec<ScopeHead>> {
    let head = |row: SumRow| ScopeHead {
        sum: Sum { live: row.live, sum: row.sum },
        scope: row.scope,
        version: row.version,
        horizon: row.horizon,
    };
    Ok(sums(db, agency, scopes)?.into_iter().map(head).collect())
}

fn sums(db: &mut Db, agency: AgencyId, scopes: &[&str]) -> Result<Vec<SumRow>> {
    let mut found = Vec::with_capacity(scopes.len());
    for some in scopes.chunks(BATCH) {
        let rows: Vec<SumRow> = on!(db => scope_sum::table
            .filter(scope_sum::agency.eq(Id(agency.0)).and(scope_sum::scope.eq_any(some)))
            .select(SumRow::as_select())
            .load(db))?;
        found.extend(rows);
    }
    Ok(found)
}

diesel::allow_tables_to_appear_in_same_query!(visible, record);

/// One change in one scope with the record as it is now: version, kind, id, whether it went,
/// body.
type Change = (i64, String, Uuid, bool, Option<String>);

/// At most `limit` changes of a scope after a version, in order, with their records. A fill from
/// nothing skips what went.
pub(crate) fn records_after(db: &mut Db, scope: &Scope, after: i64, limit: i64) -> Result<Vec<Change>> {
    let rows: Vec<(i64, String, Id, bool, Option<String>)> = on!(db => visible::table
        .left_join(record::table.on(record::agency.eq(visible::agency)
            .and(record::kind.eq(visible::kind))
            .and(record::id.eq(visible::id))))
        .filter(visible::agency.eq(Id(scope.agency.0))
            .and(visible::scope.eq(&scope.path))
            .and(visible::version.gt(after))
            .and(visible::deleted.le(after > 0)))
        .order(visible::version)
        .limit(limit)
        .select((visible::version, visible::kind, visible::id, visible::deleted, record::body.nullable()))
        .load(db))?;
    let change = |(version, kind, id, deleted, body): (_, _, Id, _, _)| (version, kind, id.0, deleted, body);
    Ok(rows.into_iter().map(change).collect())
}

/// One change in one scope: version, kind, id, whether it went.
pub(crate) type IndexRow = (i64, String, Uuid, bool);

/// At most `limit` of those that are alive in a scope after a version, in order.
pub(crate) fn alive_after(db: &mut Db, scope: &Scope, after: i64, limit: i64) -> Result<Vec<IndexRow>> {
    let rows: Vec<(i64, String, Id, bool)> = on!(db => visible::table
        .filter(visible::agency.eq(Id(scope.agency.0))
            .and(visible::scope.eq(&scope.path))
            .and(visible::version.gt(after))
            .and(visible::deleted.eq(false)))
        .order(visible::version)
        .limit(limit)
        .select((visible::version, visible::kind, visible::id, visible::deleted))
        .load(db))?;
    Ok(rows.into_iter().map(|(version, kind, id, deleted)| (version, kind, id.0, deleted)).collect())
}

/// How long it is remembered that something left a scope.
pub(crate) const TOMBSTONE_DAYS: i64 = 400;

/// Forgets what left an agency's scopes long ago. A cursor from before that compares.
pub(crate) fn forget_tombstones(db: &mut Db, agency: AgencyId, now: Micros) -> Result<usize> {
    hold_head(db, agency)?;
    let long_ago = At::from_micros(now.plus_days(-TOMBSTONE_DAYS).0)
        .ok_or_else(|| Error::internal(anyhow::anyhow!("the clock is outside the calendar")))?;
    let old: Vec<(String, i64)> = on!(db => visible::table
        .filter(visible::agency.eq(Id(agency.0)))
        .filter(visible::deleted.eq(true))
        .filter(visible::changed_at.lt(long_ago))
        .select((visible::scope, visible::version))
        .load(db))?;
    let mut horizons: BTreeMap<&str, i64> = BTreeMap::new();
    for (scope, version) in &old {
        let horizon = horizons.entry(scope).or_default();
        *horizon = (*horizon).max(*version);
    }
    for (scope, horizon) in horizons {
        on!(db => diesel::update(scope_sum::table.find((Id(agency.0), scope)))
            .set(scope_sum::horizon.eq(horizon))
            .execute(db))?;
    }
    on!(db => diesel::delete(visible::table
        .filter(visible::agency.eq(Id(agency.0)))
        .filter(visible::deleted.eq(true))
        .filter(visible::changed_at.lt(long_ago)))
        .execute(db))?;
    Ok(old.len())
}

/// The counters of all agencies: what changes when anything was written.
pub fn heads(db: &mut Db) -> Result<Vec<(Uuid, i64)>> {
    let rows: Vec<(Id, i64)> = on!(db => head::table.select((head::agency, head::version)).load(db))?;
    Ok(rows.into_iter().map(|(agency, version)| (agency.0, version)).collect())
}
