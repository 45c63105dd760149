//! The table of disclosures. Nothing in it is ever changed.

use chrono::NaiveDate;
use diesel::prelude::*;
use sync::{AgencyId, PersonId, RecordId};
use uuid::Uuid;

use crate::db::Db;
use crate::db::types::{At, Id};
use crate::error::Result;
use crate::on;

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;
    disclosure (agency, id) {
        agency -> Uid,
        id -> Uid,
        student -> Uid,
        act -> Text,
        day -> Date,
        party -> Text,
        interest -> Text,
        basis -> Nullable<Text>,
        paper -> Nullable<Text>,
        threat -> Nullable<Text>,
        what -> Text,
        copied -> Bool,
        corrects -> Nullable<Uid>,
        recorded_by -> Uid,
        recorded_at -> Instant,
    }
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = disclosure, treat_none_as_default_value = false)]
pub struct Disclosure {
    /// Where.
    pub agency: Id<AgencyId>,
    /// The entry.
    pub id: Id,
    /// Whose record.
    pub student: Id<RecordId>,
    /// What it says: a word of [`domain::disclosure::Act`].
    pub act: String,
    /// On which day, where the agency is.
    pub day: NaiveDate,
    /// Who received it, or asked.
    pub party: String,
    /// What they need it for.
    pub interest: String,
    /// Why they may have it: a word of [`domain::disclosure::Basis`].
    pub basis: Option<String>,
    /// The paper on which that rests.
    pub paper: Option<String>,
    /// Of an emergency: the threat.
    pub threat: Option<String>,
    /// What was given or asked for; of a mistake, what was wrong.
    pub what: String,
    /// This program made the copy that was given.
    pub copied: bool,
    /// The entry instead of which this one stands.
    pub corrects: Option<Id>,
    /// Who wrote it down.
    pub recorded_by: Id<PersonId>,
    /// When.
    pub recorded_at: At,
}

pub(super) fn insert(db: &mut Db, new: &Disclosure) -> Result<()> {
    on!(db => diesel::insert_into(disclosure::table).values(new).execute(db))?;
    Ok(())
}

/// One entry.
pub(super) fn find(db: &mut Db, agency: AgencyId, id: Uuid) -> Result<Option<Disclosure>> {
    Ok(on!(db => disclosure::table
        .find((Id(agency), Id(id)))
        .select(Disclosure::as_select())
        .first(db)
        .optional())?)
}

/// All entries about a student, the newest day first.
pub(super) fn about(db: &mut Db, agency: AgencyId, student: RecordId) -> Result<Vec<Disclosure>> {
    Ok(on!(db => disclosure::table
        .filter(disclosure::agency.eq(Id(agency)).and(disclosure::student.eq(Id(student))))
        .order((disclosure::day.desc(), disclosure::recorded_at.desc(), disclosure::id.desc()))
        .select(Disclosure::as_select())
        .load(db))?)
}
