//! The table of devices.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use sync::{AccountId, DeviceId, StoreId};
use uuid::Uuid;

use super::{Device, DeviceKind};
use crate::db::Db;
use crate::db::types::{At, Id};
use crate::error::Result;
use crate::on;

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;
    device (id) {
        id -> Uid,
        account -> Uid,
        kind -> Text,
        name -> Text,
        store -> Nullable<Uid>,
        family -> Uid,
        created_at -> Instant,
        signed_in_at -> Instant,
        last_seen_at -> Instant,
        signed_out_at -> Nullable<Instant>,
        revoked_at -> Nullable<Instant>,
    }
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = device)]
struct Row {
    id: Id<DeviceId>,
    account: Id<AccountId>,
    kind: String,
    name: String,
    store: Option<Id<StoreId>>,
    family: Id,
    created_at: At,
    signed_in_at: At,
    last_seen_at: At,
    signed_out_at: Option<At>,
    revoked_at: Option<At>,
}

/// What a device says of itself when it signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// Phone or browser.
    pub kind: DeviceKind,
    /// What its owner would call it.
    pub name: String,
    /// The phone's copy.
    pub store: Option<StoreId>,
}

/// Signs a device in. A store that was here before stays the same device by the name that it has,
/// whatever became of it: whoever knows the password may take it up again. Otherwise it gets the id `new`.
pub(crate) fn arrive(
    db: &mut Db,
    new: DeviceId,
    account: AccountId,
    arrival: &Arrival,
    family: Uuid,
    now: DateTime<Utc>,
) -> Result<DeviceId> {
    let row = Row {
        id: Id(new),
        account: Id(account),
        kind: word(arrival.kind).to_owned(),
        name: arrival.name.clone(),
        store: arrival.store.map(Id),
        family: Id(family),
        created_at: At(now),
        signed_in_at: At(now),
        last_seen_at: At(now),
        signed_out_at: None,
        revoked_at: None,
    };
    let id: Id<DeviceId> = on!(db => diesel::insert_into(device::table)
        .values(&row)
        .on_conflict((device::account, device::store))
        .do_update()
        .set((
            device::family.eq(row.family),
            device::signed_in_at.eq(row.signed_in_at),
            device::last_seen_at.eq(row.last_seen_at),
            device::signed_out_at.eq(None::<At>),
            device::revoked_at.eq(None::<At>),
        ))
        .returning(device::id)
        .get_result(db))?;
    Ok(id.0)
}

/// One device.
pub(crate) fn device_of(db: &mut Db, id: DeviceId) -> Result<Option<Device>> {
    let row: Option<Row> = on!(db => device::table.find(Id(id)).select(Row::as_select()).first(db).optional())?;
    Ok(row.map(Device::from))
}

/// An account's devices, the one last seen first.
pub(crate) fn devices_of(db: &mut Db, account: AccountId) -> Result<Vec<Device>> {
    let rows: Vec<Row> = on!(db => device::table
        .filter(device::account.eq(Id(account)))
        .order((device::last_seen_at.desc(), device::id))
        .select(Row::as_select())
        .load(db))?;
    Ok(rows.into_iter().map(Device::from).collect())
}

/// The device was here.
pub(crate) fn seen(db: &mut Db, id: DeviceId, now: DateTime<Utc>) -> Result<()> {
    on!(db => diesel::update(device::table.find(Id(id))).set(device::last_seen_at.eq(At(now))).execute(db))?;
    Ok(())
}

/// Signs a device out, once.
pub(crate) fn sign_out(db: &mut Db, id: DeviceId, now: DateTime<Utc>) -> Result<()> {
    on!(db => diesel::update(device::table.find(Id(id)))
        .filter(device::signed_out_at.is_null())
        .set(device::signed_out_at.eq(At(now)))
        .execute(db))?;
    Ok(())
}

/// Signs an account out wherever it is signed in. Copies stay, locked, until it signs in there again.
pub(crate) fn sign_out_all(db: &mut Db, account: AccountId, now: DateTime<Utc>) -> Result<()> {
    on!(db => diesel::update(device::table)
        .filter(device::account.eq(Id(account)))
        .filter(device::signed_out_at.is_null())
        .set(device::signed_out_at.eq(At(now)))
        .execute(db))?;
    Ok(())
}

/// Calls one of an account's devices something else. `None` if it is not theirs.
pub(crate) fn rename(db: &mut Db, account: AccountId, id: DeviceId, name: &str) -> Result<Option<Device>> {
    on!(db => diesel::update(device::table.find(Id(id)))
        .filter(device::account.eq(Id(account)))
        .set(device::name.eq(name))
        .execute(db))?;
    Ok(device_of(db, id)?.filter(|device| device.account == account))
}

/// Signs one of an account's devices out from elsewhere, once. `None` if it is not theirs.
pub(crate) fn revoke(db: &mut Db, account: AccountId, id: DeviceId, now: DateTime<Utc>) -> Result<Option<Device>> {
    on!(db => diesel::update(device::table.find(Id(id)))
        .filter(device::account.eq(Id(account)))
        .filter(device::revoked_at.is_null())
        .set(device::revoked_at.eq(At(now)))
        .execute(db))?;
    Ok(device_of(db, id)?.filter(|device| device.account == account))
}

fn word(kind: DeviceKind) -> &'static str {
    match kind {
        DeviceKind::Phone => "phone",
        DeviceKind::Web => "web",
    }
}

impl From<Row> for Device {
    fn from(row: Row) -> Self {
        Self {
            id: row.id.0,
            account: row.account.0,
            kind: if row.kind == "phone" { DeviceKind::Phone } else { DeviceKind::Web },
            name: row.name,
            store: row.store.map(|store| store.0),
            family: row.family.0,
            created_at: row.created_at.0,
            signed_in_at: row.signed_in_at.0,
            last_seen_at: row.last_seen_at.0,
            signed_out_at: row.signed_out_at.map(|at| at.0),
            revoked_at: row.revoked_at.map(|at| at.0),
        }
    }
}

/// How many phones there are.
pub(crate) fn phones(db: &mut Db) -> Result<i64> {
    Ok(on!(db => device::table.filter(device::store.is_not_null()).count().get_result(db))?)
}
