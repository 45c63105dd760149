//! Days of the calendar, where an agency is: legal dates are counted there.

use chrono::NaiveDate;
use chrono_tz::Tz;
use sync::AgencyId;

use super::{Agency, rows};
use crate::db::Db;
use crate::db::types::At;
use crate::error::{Error, Result};

/// The zone in which an agency's days are counted.
pub(crate) fn zone(agency: Option<&Agency>) -> Result<Tz> {
    let zone = agency.and_then(|agency| agency.time_zone.parse().ok());
    zone.ok_or_else(|| Error::internal(anyhow::anyhow!("the time zone of an agency is none")))
}

/// The day it is where an agency is.
pub(crate) fn today(db: &mut Db, agency: AgencyId, now: At) -> Result<NaiveDate> {
    let zone = zone(rows::agency(db, agency)?.as_ref())?;
    Ok(now.0.with_timezone(&zone).date_naive())
}
