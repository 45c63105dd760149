//! Where people are: agencies, their organisations, and the classes of a roster.

use diesel::prelude::*;
use sync::{AgencyId, PersonId, RecordId};

use super::tables::{agency, class, enrollment, org};
use crate::db::Db;
use crate::db::types::{At, Id};
use crate::error::Result;
use crate::on;

/// A tenant.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = agency, treat_none_as_default_value = false)]
pub struct Agency {
    /// The agency.
    pub id: Id<AgencyId>,
    /// What it is called.
    pub name: String,
    /// `district`, `intermediate_unit`, `state`.
    pub kind: String,
    /// The agency above it.
    pub parent: Option<Id<AgencyId>>,
    /// IANA name; legal dates are computed in it.
    pub time_zone: String,
    /// The language that its mail and its new accounts begin with.
    pub locale: String,
}

/// A school or another organisation inside an agency.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = org, treat_none_as_default_value = false)]
pub struct Org {
    /// Where.
    pub agency: Id<AgencyId>,
    /// The organisation.
    pub id: Id<RecordId>,
    /// The roster's id.
    pub source_id: Option<String>,
    /// What it is called.
    pub name: String,
    /// `school`, `department`, …
    pub kind: String,
    /// The organisation above it.
    pub parent: Option<Id<RecordId>>,
    /// When it left the roster.
    pub ended_at: Option<At>,
}

/// A class section of the roster.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = class, treat_none_as_default_value = false)]
pub struct Class {
    /// Where.
    pub agency: Id<AgencyId>,
    /// The class.
    pub id: Id,
    /// The roster's id.
    pub source_id: Option<String>,
    /// What it is called.
    pub title: String,
    /// At which school.
    pub school: Option<Id<RecordId>>,
    /// When it left the roster.
    pub ended_at: Option<At>,
}

/// Who sits in a class, or who teaches it.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = enrollment, treat_none_as_default_value = false)]
pub struct Enrollment {
    /// Where.
    pub agency: Id<AgencyId>,
    /// The enrollment.
    pub id: Id,
    /// The roster's id.
    pub source_id: Option<String>,
    /// Which class.
    pub class: Id,
    /// Who sits in it, or
    pub student: Option<Id<RecordId>>,
    /// who teaches it.
    pub teacher: Option<Id<PersonId>>,
    /// From when; since ever if not said.
    pub starts_at: Option<At>,
    /// Up to when.
    pub ends_at: Option<At>,
}

/// Every agency that this database holds, by name.
pub(crate) fn agencies(db: &mut Db) -> Result<Vec<Agency>> {
    Ok(on!(db => agency::table.order((agency::name, agency::id)).select(Agency::as_select()).load(db))?)
}

/// One agency.
pub(crate) fn agency(db: &mut Db, id: AgencyId) -> Result<Option<Agency>> {
    Ok(on!(db => agency::table.find(Id(id)).select(Agency::as_select()).first(db).optional())?)
}

/// Agencies above one another, at most: a school district lies in a unit, and that in a state.
const DEEPEST: usize = 8;

/// An agency and those above it, the nearest first: what one has not said, the next may have.
pub(crate) fn with_those_above(db: &mut Db, agency: AgencyId) -> Result<Vec<AgencyId>> {
    let (mut all, mut next) = (Vec::new(), Some(agency));
    while let Some(at) = next.filter(|_| all.len() < DEEPEST) {
        all.push(at);
        next = self::agency(db, at)?.and_then(|agency| agency.parent).map(|parent| parent.0);
    }
    Ok(all)
}
