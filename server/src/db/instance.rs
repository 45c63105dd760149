//! Which database this is. A restore, or a failover that lost commits, gives it a new epoch.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use sync::Micros;
use uuid::Uuid;

use super::{At, Db, Id};
use crate::on;

diesel::table! {
    use diesel::sql_types::Integer;
    use crate::db::types::{Instant, Uid};

    instance (id) {
        id -> Integer,
        epoch -> Uid,
        created_at -> Instant,
    }
}

/// The identity and timeline of this database; part of every cursor.
pub fn epoch(db: &mut Db) -> QueryResult<Uuid> {
    let Id(epoch) = on!(db => instance::table.select(instance::epoch).first(db))?;
    Ok(epoch)
}

/// Starts a new timeline: after a restore, phones compare instead of trusting their cursors.
pub fn begin_epoch(db: &mut Db, epoch: Uuid, now: Micros) -> QueryResult<()> {
    on!(db => diesel::update(instance::table).set(instance::epoch.eq(Id(epoch))).execute(db))?;
    // Versions that a lost timeline gave out are never given again: the same kind, id and
    // version are the same content, so phones compare by them. Nobody writes a million rows a
    // second, so no timeline has come as far as the clock, also where one backup is restored twice.
    let now = now.0;
    db.batch(&format!("UPDATE head SET version = CASE WHEN version < {now} THEN {now} ELSE version + 4294967296 END"))
}

/// Gives a database its identity at its first start.
pub(super) fn ensure(db: &mut Db, epoch: Uuid, now: DateTime<Utc>) -> QueryResult<()> {
    let row = (instance::id.eq(1), instance::epoch.eq(Id(epoch)), instance::created_at.eq(At(now)));
    on!(db => diesel::insert_into(instance::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(db))?;
    Ok(())
}
