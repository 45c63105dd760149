//! Access ended: rows, previews and the person's own words about it leave the phone.
//!
//! What has no verdict yet is sealed: still sent, because evidence must arrive, but not
//! read here any more.

use super::{
    draft,
    meta::Account,
    outbox::{self as kept, PARKED, RECEIPT, RECEIVED, WAITING},
    previews,
    records::{self, Place},
    tables::{Key, forgotten, outbox, scope, staged, visible},
};
use crate::error::Result;
use diesel::{prelude::*, sql_query};
use domain::Intent;
use std::collections::BTreeSet;
use sync::{
    AgencyId, Record, Scope,
    faults::{self, Fault},
    operation::Operation,
    record::Stamp,
    replica::overlay,
};

/// Purges scopes. What lies in another scope as well stays.
pub(crate) fn purge(db: &mut SqliteConnection, account: &Account, gone: &[Scope]) -> Result<()> {
    let mut touched = BTreeSet::new();
    for agency in gone.iter().map(|scope| scope.agency).collect::<BTreeSet<_>>() {
        touched.extend(seal(db, account, agency, gone)?);
    }
    for gone in gone {
        let one = scope::table.filter(scope::agency.eq(Key::of(gone.agency))).filter(scope::path.eq(&gone.path));
        let key: Option<i64> = one.select(scope::key).first(db).optional()?;
        if let Some(key) = key {
            diesel::delete(visible::table.filter(visible::scope.eq(key))).execute(db)?;
            diesel::delete(staged::table.filter(staged::scope.eq(key))).execute(db)?;
            diesel::delete(scope::table.find(key)).execute(db)?;
        }
        diesel::replace_into(forgotten::table)
            .values((forgotten::agency.eq(Key::of(gone.agency)), forgotten::path.eq(&gone.path)))
            .execute(db)?;
    }
    sweep(db)?;
    draft::sweep(db)?;
    previews::lay_all(db, account, &touched)
}

/// Deletes records whose last scope went.
pub(crate) fn sweep(db: &mut SqliteConnection) -> Result<()> {
    sql_query(
        "DELETE FROM record WHERE NOT EXISTS (
             SELECT 1 FROM visible JOIN scope ON scope.key = visible.scope
             WHERE visible.kind = record.kind AND visible.id = record.id AND scope.agency = record.agency)",
    )
    .execute(db)?;
    Ok(())
}

/// Seals the work on records that lie in a scope that goes and in none that is left.
/// Returns the records whose previews have to be laid anew.
fn seal(db: &mut SqliteConnection, account: &Account, agency: AgencyId, gone: &[Scope]) -> Result<BTreeSet<Place>> {
    let going: BTreeSet<&str> =
        gone.iter().filter(|scope| scope.agency == agency).map(|scope| scope.path.as_str()).collect();
    let held: Vec<String> = scope::table.filter(scope::agency.eq(Key::of(agency))).select(scope::path).load(db)?;
    let left: BTreeSet<&str> = held.iter().map(String::as_str).filter(|path| !going.contains(path)).collect();
    let is_lost = |place: &Place, record: &Record| {
        let lies_in = domain::scope::lies_in(&place.kind, place.id, record);
        lies_in.iter().any(|path| going.contains(path.as_str()))
            && !lies_in.iter().any(|path| left.contains(path.as_str()))
    };
    let subjects = going.iter().filter_map(|path| domain::scope::student_of(path)).map(Key::of);
    let work: Vec<(i64, String)> = outbox::table
        .filter(outbox::agency.eq(Key::of(agency)))
        .filter(outbox::subject.eq_any(subjects.collect::<BTreeSet<_>>()))
        .filter(outbox::sealed.eq(false))
        .filter(outbox::state.ne(RECEIPT))
        .select((outbox::place, outbox::bytes))
        .load(db)?;
    let (mut lost, mut touched) = (Vec::new(), BTreeSet::new());
    for (number, bytes) in work {
        let effect = effect(db, account, agency, &kept::read(bytes)?.operation)?;
        if effect.iter().any(|(place, record)| is_lost(place, record)) {
            lost.push(number);
            touched.extend(effect.into_iter().map(|(place, _)| place));
        }
    }
    let lost = || outbox::table.filter(outbox::place.eq_any(&lost));
    diesel::delete(lost().filter(outbox::state.eq(RECEIVED))).execute(db)?;
    if faults::is(Fault::PurgeUnsent) {
        diesel::delete(lost().filter(outbox::state.eq(WAITING))).execute(db)?;
    }
    diesel::update(lost().filter(outbox::state.eq(WAITING))).set(outbox::sealed.eq(true)).execute(db)?;
    // The server has the whole of what it rejected; its author keeps the receipt.
    diesel::update(lost().filter(outbox::state.eq(PARKED)))
        .set((outbox::state.eq(RECEIPT), outbox::sealed.eq(true), outbox::bytes.eq("{}")))
        .execute(db)?;
    Ok(touched)
}

/// The records that an operation touches, as they are with it.
fn effect(
    db: &mut SqliteConnection,
    account: &Account,
    agency: AgencyId,
    operation: &Operation,
) -> Result<Vec<(Place, Record)>> {
    let (Ok(intent), Some(me)) = (Intent::read(operation), account.in_agency(agency)) else { return Ok(Vec::new()) };
    let stamp = Stamp { op: operation.id, by: me.person, at: operation.at.corrected() };
    let mut all = Vec::new();
    for change in intent.changes(stamp.at) {
        let (kind, id) = change.key();
        let place = Place { agency, kind: kind.clone(), id };
        let present = records::shown(db, &place)?;
        let policy = |field: &str, present: Option<&Record>| domain::policy::of(&place.kind, field, present);
        let work = [overlay::Pending { stamp, changes: vec![change] }];
        if let (Some(record), _) = overlay::rebase(present, &work, &policy, &|_, _| None) {
            all.push((place, record));
        }
    }
    Ok(all)
}
