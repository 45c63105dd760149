//! What of a child's record was given to parties outside the agency, and who asked for it: kept as long
//! as the record, read by the family, the case manager and the director (34 CFR 99.32, 300.614;
//! domain.md P05). Entries are written once; what was wrong is said in another.
//!
//! A copy that is made for a party outside is an entry by itself, in the same unit (`record_copy`).
//! Looks of the agency's own staff stand in `access_log`.

pub mod graphql;
pub mod mutation;
mod rows;

use chrono::{DateTime, Utc};
use domain::disclosure::RecordDisclosure;
use sync::id::derived;
use sync::verdict::{Code, Verdict};
use sync::{AgencyId, PersonId, RecordId};
use uuid::Uuid;

use crate::apply::ApplyTx;
use crate::db::Db;
use crate::db::types::{At, Id};
use crate::error::{Error, Result};
use crate::people::{self, words};

pub use graphql::StudentDisclosures;
pub use mutation::DisclosureMutation;
pub use rows::Disclosure;

/// Writes an entry down. It is of no day to come, and takes the place of one that still stands.
pub(crate) fn record(tx: &mut ApplyTx<'_>, by: PersonId, entry: &RecordDisclosure) -> Result<Verdict> {
    let (agency, now, today) = (tx.agency(), tx.now(), tx.today()?);
    if people::student(tx.db(), agency, entry.student)?.is_none() {
        return Ok(Verdict::rejected(Code::NotFound));
    }
    if entry.on > today {
        return Ok(wrong("on"));
    }
    if rows::find(tx.db(), agency, entry.disclosure)?.is_some() {
        return Ok(Verdict::rejected(Code::Exists));
    }
    if let Some(corrected) = entry.corrects {
        let all = rows::about(tx.db(), agency, entry.student)?;
        let stands = all.iter().any(|one| one.id.0 == corrected);
        if !stands || all.iter().any(|one| one.corrects == Some(Id(corrected))) {
            return Ok(wrong("corrects"));
        }
    }
    let recorded_at: Option<DateTime<Utc>> = DateTime::from_timestamp_micros(now.0);
    let recorded_at =
        recorded_at.ok_or_else(|| Error::internal(anyhow::anyhow!("the clock is outside the calendar")))?;
    let row = Disclosure {
        agency: Id(agency),
        id: Id(entry.disclosure),
        student: Id(entry.student),
        act: words::of(&entry.act),
        day: entry.on,
        party: entry.party.trim().to_owned(),
        interest: entry.interest.trim().to_owned(),
        basis: entry.basis.as_ref().map(words::of),
        paper: entry.paper.clone(),
        threat: entry.threat.clone(),
        what: entry.what.clone(),
        copied: entry.copied,
        corrects: entry.corrects.map(Id),
        recorded_by: Id(by),
        recorded_at: At(recorded_at),
    };
    rows::insert(tx.db(), &row)?;
    Ok(Verdict::Applied)
}

/// The id of the entry that an operation makes.
pub(crate) fn entry_of(operation: Uuid) -> Uuid {
    derived(operation, "disclosure")
}

/// Every entry about a student, those that were corrected too, the newest day first.
pub(crate) fn all_about(db: &mut Db, agency: AgencyId, student: RecordId) -> Result<Vec<Disclosure>> {
    rows::about(db, agency, student)
}

fn wrong(field: &str) -> Verdict {
    Verdict::Rejected { code: Code::Invalid, field: Some(field.to_owned()) }
}
