//! What a device was told to forget, and when it said that it had: the trace that a child's
//! data left a phone.

use crate::{
    db::{
        Db,
        types::{At, Id},
    },
    error::{Error, Result},
    on,
};
use diesel::prelude::*;
use sync::{DeviceId, Micros, Scope};

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::{Instant, Uid};

    purge (device, agency, scope) {
        device -> Uid,
        agency -> Uid,
        scope -> Text,
        told_at -> Instant,
        acknowledged_at -> Nullable<Instant>,
    }
}

fn moment(now: Micros) -> Result<At> {
    At::from_micros(now.0).ok_or_else(|| Error::internal(anyhow::anyhow!("the clock is outside the calendar")))
}

/// Writes down that a device was told. Told again after a later loss of access, it starts anew.
pub(super) fn told(db: &mut Db, device: DeviceId, scopes: &[Scope], now: Micros) -> Result<()> {
    let now = moment(now)?;
    for scope in scopes {
        on!(db => diesel::insert_into(purge::table)
            .values((
                purge::device.eq(Id(device.0)),
                purge::agency.eq(Id(scope.agency.0)),
                purge::scope.eq(&scope.path),
                purge::told_at.eq(now),
            ))
            .on_conflict((purge::device, purge::agency, purge::scope))
            .do_update()
            .set((purge::told_at.eq(now), purge::acknowledged_at.eq(None::<At>)))
            .execute(db))?;
    }
    Ok(())
}

/// Writes down that a device has forgotten. What it was never told is passed over.
pub(super) fn acknowledged(db: &mut Db, device: DeviceId, scopes: &[Scope], now: Micros) -> Result<()> {
    let now = moment(now)?;
    for scope in scopes {
        on!(db => diesel::update(purge::table.find((Id(device.0), Id(scope.agency.0), &scope.path)))
            .set(purge::acknowledged_at.eq(Some(now)))
            .execute(db))?;
    }
    Ok(())
}

/// Scopes that a device was told to forget and has not yet said to have forgotten.
pub fn outstanding(db: &mut Db, device: DeviceId) -> Result<Vec<Scope>> {
    let rows: Vec<(Id, String)> = on!(db => purge::table
        .filter(purge::device.eq(Id(device.0)).and(purge::acknowledged_at.is_null()))
        .order((purge::agency, purge::scope))
        .select((purge::agency, purge::scope))
        .load(db))?;
    Ok(rows.into_iter().map(|(agency, path)| Scope::new(sync::AgencyId(agency.0), path)).collect())
}
