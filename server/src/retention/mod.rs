//! How long records are kept, and what keeps one longer (34 CFR 300.624, 99.10(e); domain.md P10): an
//! agency's schedule, holds, and that a family was told that theirs is no longer needed.
//!
//! `Keeping` is all that is known of one student's record; what stands in the way of its destruction
//! is read off it, and nothing else decides that.

pub mod graphql;
pub mod mutation;
mod rows;
#[cfg(test)]
mod tests;

use chrono::{DateTime, NaiveDate, Utc};
use domain::kinds;
use domain::record_request::{self, Asks, Standing};
use domain::retention::{LiftHold, PlaceHold, TellNotNeeded, kept_until};
use sync::verdict::{Code, Verdict};
use sync::{AgencyId, Micros, PersonId, Record};

use crate::apply::ApplyTx;
use crate::db::Db;
use crate::db::types::{At, Id};
use crate::error::{Error, Result};
use crate::{people, records};

pub(crate) use graphql::no_longer_needed;
pub use graphql::{RetentionRule, StudentRetention};
pub use mutation::RetentionMutation;
pub use rows::{Hold, Notice, Rule};

/// What stands in the way of destroying a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Obstacle {
    /// The student has not left.
    StillHere,
    /// Nobody has said for how long records are kept: it is kept for ever.
    NoSchedule,
    /// The schedule has it kept for longer.
    NotYet,
    /// Somebody has put a hold on it.
    Held,
    /// Somebody has asked to see it (34 CFR 99.10(e)).
    AskedToSee,
    /// Somebody has asked to have it corrected, or for a hearing on that.
    AskedToCorrect,
    /// The family has not been told (34 CFR 300.624(a)).
    NotTold,
}

/// What is known of the keeping of one student's record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Keeping {
    /// The day on which the student left, where they have.
    pub(crate) left: Option<NaiveDate>,
    /// The schedule that the agency follows.
    pub(crate) rule: Option<Rule>,
    /// Holds, lifted ones too, the oldest first.
    pub(crate) holds: Vec<Hold>,
    /// That the family was told, the oldest first.
    pub(crate) notices: Vec<Notice>,
    /// What of the record is asked for and not answered.
    pub(crate) asked: Vec<Asks>,
}

impl Keeping {
    /// The first day on which the schedule does not need the record any more.
    pub(crate) fn until(&self) -> Option<NaiveDate> {
        kept_until(self.left?, self.rule.as_ref()?.for_years()?)
    }

    /// What stands in the way, on a day.
    pub(crate) fn obstacles(&self, today: NaiveDate) -> Vec<Obstacle> {
        let until = self.until();
        let left = self.left.filter(|left| *left <= today);
        // What was told before it was so, was not told of this.
        let told = |until: NaiveDate| self.notices.iter().any(|notice| notice.day >= until);
        let all = [
            (Obstacle::StillHere, left.is_none()),
            (Obstacle::NoSchedule, self.rule.as_ref().and_then(Rule::for_years).is_none()),
            (Obstacle::NotYet, until.is_some_and(|until| today < until)),
            (Obstacle::Held, self.holds.iter().any(|hold| hold.lifted_at.is_none())),
            (Obstacle::AskedToSee, self.asked.contains(&Asks::See)),
            (Obstacle::AskedToCorrect, self.asked.contains(&Asks::Correct)),
            (Obstacle::NotTold, until.is_some_and(|until| until <= today && !told(until))),
        ];
        all.into_iter().filter(|(_, stands)| *stands).map(|(obstacle, _)| obstacle).collect()
    }
}

/// What is known of the keeping of one student's record.
pub(crate) fn keeping(db: &mut Db, student: &people::Student) -> Result<Keeping> {
    let (agency, id) = (student.agency.0, student.id.0);
    let left = match student.ended_at {
        Some(ended_at) => Some(people::today(db, agency, ended_at)?),
        None => None,
    };
    let requests = records::about(db, agency, &kinds::REQUEST, &[id])?.into_values().flatten();
    Ok(Keeping {
        left,
        rule: rule(db, agency)?,
        holds: rows::holds(db, agency, id)?,
        notices: rows::notices(db, agency, id)?,
        asked: requests.filter_map(|stored| open(&stored.record)).collect(),
    })
}

/// What a request asks for, as long as it is not answered.
fn open(request: &Record) -> Option<Asks> {
    let waits = matches!(record_request::standing(request).0, Standing::Asked | Standing::HearingAsked);
    let asks = serde_json::from_value(request.field("asks").clone()).unwrap_or(Asks::See);
    waits.then_some(asks)
}

/// The schedule that an agency follows: its own newest word, or that of the nearest agency above it.
pub(crate) fn rule(db: &mut Db, agency: AgencyId) -> Result<Option<Rule>> {
    for at in people::with_those_above(db, agency)? {
        let found = rows::rule(db, at)?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// Those who left so long ago that the schedule does not need their records any more.
pub(crate) fn no_longer_needed_in(db: &mut Db, agency: AgencyId, now: At, most: usize) -> Result<Vec<people::Student>> {
    let Some(years) = rule(db, agency)?.as_ref().and_then(Rule::for_years) else { return Ok(Vec::new()) };
    let today = people::today(db, agency, now)?;
    let limit = i64::try_from(most).unwrap_or(i64::MAX);
    let mut due = Vec::new();
    for student in people::students_who_left(db, agency, now, limit)? {
        let Some(ended_at) = student.ended_at else { continue };
        let left = people::today(db, agency, ended_at)?;
        if kept_until(left, years).is_some_and(|until| until <= today) {
            due.push(student);
        }
    }
    Ok(due)
}

/// Puts a hold on a record.
pub(crate) fn place(tx: &mut ApplyTx<'_>, by: PersonId, hold: &PlaceHold) -> Result<Verdict> {
    let (agency, now) = (tx.agency(), moment(tx.now())?);
    if people::student(tx.db(), agency, hold.student)?.is_none() {
        return Ok(Verdict::rejected(Code::NotFound));
    }
    if rows::hold(tx.db(), agency, hold.hold)?.is_some() {
        return Ok(Verdict::rejected(Code::Exists));
    }
    let row = Hold {
        agency: Id(agency),
        id: Id(hold.hold),
        student: Id(hold.student),
        reason: hold.reason.trim().to_owned(),
        placed_by: Id(by),
        placed_at: now,
        lifted_by: None,
        lifted_at: None,
        lifted_why: None,
    };
    rows::insert_hold(tx.db(), &row)?;
    Ok(Verdict::Applied)
}

/// Lifts one. Once lifted it stays so.
pub(crate) fn lift(tx: &mut ApplyTx<'_>, by: PersonId, lift: &LiftHold) -> Result<Verdict> {
    let (agency, now) = (tx.agency(), moment(tx.now())?);
    let found = rows::hold(tx.db(), agency, lift.hold)?.filter(|hold| hold.student.0 == lift.student);
    let Some(found) = found else { return Ok(Verdict::rejected(Code::NotFound)) };
    if found.lifted_at.is_none() {
        rows::lift(tx.db(), agency, lift.hold, (by, now), lift.why.trim())?;
    }
    Ok(Verdict::Applied)
}

/// Writes down that a family was told. Of a day to come nobody was told anything.
pub(crate) fn tell(tx: &mut ApplyTx<'_>, by: PersonId, told: &TellNotNeeded) -> Result<Verdict> {
    let (agency, now, today) = (tx.agency(), moment(tx.now())?, tx.today()?);
    if people::student(tx.db(), agency, told.student)?.is_none() {
        return Ok(Verdict::rejected(Code::NotFound));
    }
    if told.on > today {
        return Ok(Verdict::Rejected { code: Code::Invalid, field: Some("on".to_owned()) });
    }
    if rows::notice(tx.db(), agency, told.notice)?.is_some() {
        return Ok(Verdict::rejected(Code::Exists));
    }
    let row = Notice {
        agency: Id(agency),
        id: Id(told.notice),
        student: Id(told.student),
        day: told.on,
        told: told.told.trim().to_owned(),
        recorded_by: Id(by),
        recorded_at: now,
    };
    rows::insert_notice(tx.db(), &row)?;
    Ok(Verdict::Applied)
}

fn moment(now: Micros) -> Result<At> {
    let at: Option<DateTime<Utc>> = DateTime::from_timestamp_micros(now.0);
    at.map(At).ok_or_else(|| Error::internal(anyhow::anyhow!("the clock is outside the calendar")))
}
