//! Lays pending work over the rows again, where either has changed.

use super::{
    meta::Account,
    outbox::{self as kept, RECEIVED, WAITING},
    records::{self, Place},
    tables::{Key, outbox, preview, touch},
};
use crate::error::{Error, Result};
use diesel::prelude::*;
use domain::{Intent, policy};
use std::{cell::RefCell, collections::BTreeSet};
use sync::{
    OperationId, Record,
    operation::Sent,
    reconcile::Outcome,
    record::Stamp,
    replica::overlay::{Pending, rebase},
};

/// The records that pending work touches.
pub(crate) fn touched(db: &mut SqliteConnection) -> Result<BTreeSet<Place>> {
    let rows = touch::table
        .inner_join(outbox::table)
        .filter(outbox::state.eq(WAITING).or(outbox::state.eq(RECEIVED).and(outbox::shown.eq(false))))
        .select((touch::agency, touch::kind, touch::id))
        .distinct()
        .load(db)?;
    Ok(places(rows))
}

/// The records that were touched by what the server took and no round showed yet.
pub(crate) fn received(db: &mut SqliteConnection) -> Result<BTreeSet<Place>> {
    let rows = touch::table
        .inner_join(outbox::table)
        .filter(outbox::state.eq(RECEIVED).and(outbox::shown.eq(false)))
        .select((touch::agency, touch::kind, touch::id))
        .distinct()
        .load(db)?;
    Ok(places(rows))
}

/// The records that one operation touches.
pub(crate) fn touched_by(db: &mut SqliteConnection, id: OperationId) -> Result<BTreeSet<Place>> {
    let rows = touch::table
        .inner_join(outbox::table)
        .filter(outbox::id.eq(Key::of(id)))
        .select((touch::agency, touch::kind, touch::id))
        .distinct()
        .load(db)?;
    Ok(places(rows))
}

fn places(rows: Vec<(Key, String, Key)>) -> BTreeSet<Place> {
    rows.into_iter().map(|(agency, kind, id)| Place { agency: agency.to(), kind: kind.into(), id: id.to() }).collect()
}

/// Lays pending work over these records again.
pub(crate) fn lay_all(db: &mut SqliteConnection, account: &Account, places: &BTreeSet<Place>) -> Result<()> {
    places.iter().try_for_each(|place| lay(db, account, place).map(drop))
}

/// Lays pending work over one record again; says what the last of it came to.
pub(crate) fn lay(db: &mut SqliteConnection, account: &Account, place: &Place) -> Result<Outcome> {
    let work = work_on(db, account, place)?;
    if work.is_empty() {
        hide(db, place)?;
        return Ok(Outcome::Applied);
    }
    let row = records::row(db, place)?;
    let policy = |field: &str, present: Option<&Record>| policy::of(&place.kind, field, present);
    let store = RefCell::new(&mut *db);
    let own = |id: &OperationId, field: &str| {
        let sent = kept::find(&mut store.borrow_mut(), *id).ok().flatten()?;
        Intent::read(&sent.operation).ok()?.own_value(field)
    };
    let (shown, outcome) = rebase(row, &work, &policy, &own);
    match shown {
        Some(record) => show(db, place, &record)?,
        None => hide(db, place)?,
    }
    Ok(outcome)
}

fn hide(db: &mut SqliteConnection, place: &Place) -> Result<()> {
    let key = (Key::of(place.agency), place.kind.name(), Key::of(place.id));
    diesel::delete(preview::table.find(key)).execute(db)?;
    Ok(())
}

fn show(db: &mut SqliteConnection, place: &Place, record: &Record) -> Result<()> {
    let body = serde_json::to_string(record).map_err(Error::Damaged)?;
    diesel::replace_into(preview::table)
        .values((
            preview::agency.eq(Key::of(place.agency)),
            preview::kind.eq(place.kind.name()),
            preview::id.eq(Key::of(place.id)),
            preview::subject.eq(record.subject.map(Key)),
            preview::body.eq(body),
        ))
        .execute(db)?;
    Ok(())
}

/// The person's work on a record that its row does not show yet, in order.
fn work_on(db: &mut SqliteConnection, account: &Account, place: &Place) -> Result<Vec<Pending>> {
    let rows: Vec<(i64, String)> = touch::table
        .inner_join(outbox::table)
        .filter(touch::agency.eq(Key::of(place.agency)))
        .filter(touch::kind.eq(place.kind.name()))
        .filter(touch::id.eq(Key::of(place.id)))
        .filter(outbox::sealed.eq(false))
        .filter(outbox::state.eq(WAITING).or(outbox::state.eq(RECEIVED).and(outbox::shown.eq(false))))
        .order(outbox::place)
        .select((outbox::place, outbox::bytes))
        .distinct()
        .load(db)?;
    let Some(me) = account.in_agency(place.agency) else { return Ok(Vec::new()) };
    rows.into_iter()
        .map(|(_, bytes)| {
            let Sent { operation, .. } = kept::read(bytes)?;
            let stamp = Stamp { op: operation.id, by: me.person, at: operation.at.corrected() };
            // What this build cannot read is sent all the same, but not shown.
            let changes = Intent::read(&operation).map_or_else(|_| Vec::new(), |intent| intent.changes(stamp.at));
            let changes = changes.into_iter().filter(|change| change.key() == (&place.kind, place.id)).collect();
            Ok(Pending { stamp, changes })
        })
        .collect()
}
