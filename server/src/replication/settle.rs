//! What an answered pull leaves to write down: that a device was told to forget, and a new
//! timeline when a genuine cursor showed that this database lost commits.

use super::{Phone, purge};
use crate::{
    db::{self, Db},
    error::Result,
};
use sync::{
    Micros,
    cursor::Cursor,
    page::{PullReply, PullRequest},
};
use uuid::Uuid;

/// Whether [`settle`] has anything to write.
pub fn is_settled(reply: &PullReply) -> bool {
    match reply {
        PullReply::Page(page) => page.purge.is_empty(),
        PullReply::NewEpoch => false,
        _ => true,
    }
}

/// Writes down what a reply said. `fresh` names a timeline that nobody has heard of.
pub fn settle(
    db: &mut Db,
    phone: Phone,
    (request, reply): (&PullRequest, &PullReply),
    key: &[u8],
    (now, fresh): (Micros, Uuid),
) -> Result<()> {
    match reply {
        PullReply::Page(page) => {
            // Only what this server once gave: a name of the phone's own making is not kept.
            let given = request.cursor.as_deref().and_then(|text| Cursor::open(text, key, phone.account).ok());
            let given = given.map(|cursor| cursor.scopes).unwrap_or_default();
            let told: Vec<_> = page.purge.iter().filter(|scope| given.contains_key(*scope)).cloned().collect();
            purge::told(db, phone.device, &told, now)
        }
        PullReply::NewEpoch => {
            let cursor = request.cursor.as_deref().and_then(|text| Cursor::open(text, key, phone.account).ok());
            // Of this timeline and yet ahead of it: commits were lost. All phones compare.
            if cursor.is_some_and(|cursor| db::epoch(db).is_ok_and(|epoch| epoch == cursor.epoch)) {
                tracing::error!("a cursor is ahead of this database: commits were lost, a new epoch begins");
                db::begin_epoch(db, fresh, now)?;
            }
            Ok(())
        }
        _ => Ok(()),
    }
}
