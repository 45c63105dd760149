//! Takes back what was done and is in no push yet.
//!
//! Numbers are given when a push is made, and the head of the queue goes first: taking an
//! operation out that was never in one leaves no gap in its stream.

use super::{
    meta::Account,
    outbox::{self as kept, WAITING},
    previews, settle,
    tables::{Key, joined, outbox},
};
use crate::error::Result;
use diesel::prelude::*;
use std::collections::BTreeMap;
use sync::{AgencyId, OperationId, replica::queue::standing_on};

/// Whether an operation can be taken back.
pub(crate) enum Reach {
    /// It is not here, or was taken back before.
    Gone,
    /// The server may have it.
    Sent,
    /// Yes, with these that stand on it.
    Here(Vec<OperationId>),
}

/// How far one operation is from the server.
pub(crate) fn reach(db: &mut SqliteConnection, id: OperationId) -> Result<Reach> {
    let found: Option<(Key, String, bool)> = outbox::table
        .filter(outbox::id.eq(Key::of(id)))
        .select((outbox::agency, outbox::state, outbox::attempted))
        .first(db)
        .optional()?;
    Ok(match found {
        None => Reach::Gone,
        Some((agency, state, false)) if state == WAITING => {
            Reach::Here(all(db, agency.to())?.remove(&id).unwrap_or_default())
        }
        Some(_) => Reach::Sent,
    })
}

/// What can be taken back in an agency, each with what stands on it.
pub(crate) fn all(db: &mut SqliteConnection, agency: AgencyId) -> Result<BTreeMap<OperationId, Vec<OperationId>>> {
    let queue = settle::ties(db, agency)?;
    let untried: Vec<Key> = outbox::table
        .filter(outbox::agency.eq(Key::of(agency)))
        .filter(outbox::state.eq(WAITING))
        .filter(outbox::attempted.eq(false))
        .filter(outbox::sealed.eq(false))
        .select(outbox::id)
        .load(db)?;
    let in_queue = queue.iter().enumerate().filter(|(_, (id, _))| untried.contains(&Key::of(*id)));
    Ok(in_queue.map(|(at, (id, ties))| (*id, standing_on((*id, ties), &queue[at + 1..]))).collect())
}

/// Takes these out. A repeat of the event that made one of them changes nothing.
pub(crate) fn take_out(db: &mut SqliteConnection, account: &Account, ids: &[OperationId]) -> Result<()> {
    for id in ids {
        let touched = previews::touched_by(db, *id)?;
        kept::remove(db, *id)?;
        diesel::insert_or_ignore_into(joined::table).values(joined::id.eq(Key::of(*id))).execute(db)?;
        previews::lay_all(db, account, &touched)?;
    }
    Ok(())
}
