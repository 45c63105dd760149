//! Replicated records as they are stored: one table for all kinds, each body as the domain
//! wrote it, so that fields and kinds of a newer version stay untouched. Only
//! [`apply`](crate::apply) writes here; everybody reads.

pub(crate) mod rows;

pub(crate) use rows::bodies;

use crate::{db::Db, error::Result};
use std::collections::HashMap;
use sync::{AgencyId, Kind, Micros, Record, RecordId};
use uuid::Uuid;

/// A record with its key and when it last changed here.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Its kind.
    pub kind: Kind,
    /// Its id.
    pub id: RecordId,
    /// Its content.
    pub record: Record,
    /// When the server last wrote it: for what is written once, when it arrived.
    pub changed_at: Micros,
}

/// One record, or `None`.
pub fn find(db: &mut Db, agency: AgencyId, kind: &Kind, id: RecordId) -> Result<Option<Stored>> {
    Ok(rows::by_ids(db, agency, kind, &[id])?.pop())
}

/// Records of one kind by their ids, in no order; what is not there is left out.
pub fn find_all(db: &mut Db, agency: AgencyId, kind: &Kind, ids: &[RecordId]) -> Result<Vec<Stored>> {
    rows::by_ids(db, agency, kind, ids)
}

/// All records of one kind in an agency, oldest id first: for kinds of which there are few.
pub fn of_kind(db: &mut Db, agency: AgencyId, kind: &Kind) -> Result<Vec<Stored>> {
    rows::of_kind(db, agency, kind)
}

/// Records of one kind about these students, oldest id first, by student.
pub fn about(db: &mut Db, agency: AgencyId, kind: &Kind, students: &[RecordId]) -> Result<HashMap<Uuid, Vec<Stored>>> {
    let mut by_student: HashMap<Uuid, Vec<Stored>> = HashMap::new();
    for stored in rows::by_subjects(db, agency, kind, students)? {
        if let Some(student) = stored.record.subject {
            by_student.entry(student).or_default().push(stored);
        }
    }
    Ok(by_student)
}

/// Records of one kind that belong to these parents, oldest id first, by parent.
pub fn under(db: &mut Db, agency: AgencyId, kind: &Kind, parents: &[Uuid]) -> Result<HashMap<Uuid, Vec<Stored>>> {
    let mut by_parent: HashMap<Uuid, Vec<Stored>> = HashMap::new();
    for stored in rows::by_parents(db, agency, kind, parents)? {
        if let Some(parent) = stored.record.parent {
            by_parent.entry(parent).or_default().push(stored);
        }
    }
    Ok(by_parent)
}
