//! Housekeeping: what left a scope is remembered for 400 days, which is longer than any phone
//! is expected to lie in a drawer. One that lay there longer compares what it holds.

use crate::{
    apply::{forget_tombstones, heads},
    db::Database,
    error::Result,
};
use sync::{AgencyId, Micros};

/// Forgets what went long ago, agency by agency; says how much.
pub fn forget_old(database: &Database, now: Micros) -> Result<usize> {
    let mut forgotten = 0;
    for (agency, _) in database.read(heads)? {
        forgotten += database.write(|db| forget_tombstones(db, AgencyId(agency), now))?;
    }
    Ok(forgotten)
}
