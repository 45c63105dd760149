//! The table of looks.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use sync::{AgencyId, PersonId, RecordId};

use super::{Look, Topic};
use crate::db::Db;
use crate::db::types::{At, Id};
use crate::error::Result;
use crate::{on, people};

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;
    look (agency, student, day, person, topic, family) {
        agency -> Uid,
        student -> Uid,
        day -> Date,
        person -> Uid,
        topic -> Text,
        family -> Bool,
        first_at -> Instant,
    }
}

#[derive(Insertable)]
#[diesel(table_name = look)]
struct New {
    agency: Id<AgencyId>,
    student: Id<RecordId>,
    day: NaiveDate,
    person: Id<PersonId>,
    topic: &'static str,
    family: bool,
    first_at: At,
}

/// Notes looks, each once on a day of its agency.
pub(crate) fn note(db: &mut Db, looks: &[Look], now: At) -> Result<()> {
    let mut days = HashMap::new();
    for look in looks {
        let agency = look.agency;
        let day = match days.get(&agency) {
            Some(day) => *day,
            None => *days.entry(agency).or_insert(people::today(db, agency, now)?),
        };
        let new = New {
            agency: Id(agency),
            student: Id(look.student),
            day,
            person: Id(look.person),
            topic: look.topic.word(),
            family: look.family,
            first_at: now,
        };
        on!(db => diesel::insert_into(look::table).values(&new).on_conflict_do_nothing().execute(db))?;
    }
    Ok(())
}

/// One line of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// The day, where the agency is.
    pub(crate) day: NaiveDate,
    /// Who looked.
    pub(crate) person: PersonId,
    /// As one of the family.
    pub(crate) family: bool,
    /// At what.
    pub(crate) topic: Topic,
}

/// The looks at one student of which the reader may know, of the last `days` days before a day on
/// which there were any of those; the newest day first. Days without any are passed over, so that
/// nobody can tell that there was something.
pub(super) fn looks(
    db: &mut Db,
    student: (AgencyId, RecordId),
    mut before: NaiveDate,
    days: i64,
    seen: impl Fn(&Line) -> bool,
) -> Result<Vec<Line>> {
    let (mut lines, mut missing) = (Vec::<Line>::new(), days);
    while missing > 0 {
        let next = read(db, student, before, missing)?;
        let Some(oldest) = next.last() else { break };
        before = oldest.day;
        lines.extend(next.into_iter().filter(&seen));
        missing = days - i64::try_from(lines.chunk_by(|one, next| one.day == next.day).count()).unwrap_or(days);
    }
    Ok(lines)
}

/// All looks at one student before a day of which the reader may know, the newest day first.
pub(crate) fn all_looks(
    db: &mut Db,
    student: (AgencyId, RecordId),
    before: NaiveDate,
    seen: impl Fn(&Line) -> bool,
) -> Result<Vec<Line>> {
    let mut lines = read(db, student, before, i64::from(i32::MAX))?;
    lines.retain(seen);
    Ok(lines)
}

/// All looks at one student of the last `days` days before a day on which there were any.
fn read(db: &mut Db, (agency, student): (AgencyId, RecordId), before: NaiveDate, days: i64) -> Result<Vec<Line>> {
    let these: Vec<NaiveDate> = on!(db => look::table
        .filter(look::agency.eq(Id(agency)).and(look::student.eq(Id(student))).and(look::day.lt(before)))
        .select(look::day)
        .distinct()
        .order(look::day.desc())
        .limit(days)
        .load(db))?;
    let (Some(newest), Some(oldest)) = (these.first(), these.last()) else { return Ok(Vec::new()) };
    let rows: Vec<(NaiveDate, Id<PersonId>, bool, String)> = on!(db => look::table
        .filter(look::agency.eq(Id(agency)).and(look::student.eq(Id(student))))
        .filter(look::day.between(oldest, newest))
        .order((look::day.desc(), look::person, look::family, look::topic))
        .select((look::day, look::person, look::family, look::topic))
        .load(db))?;
    let line = |(day, person, family, topic): (NaiveDate, Id<PersonId>, bool, String)| {
        Some(Line { day, person: person.0, family, topic: Topic::read(&topic)? })
    };
    Ok(rows.into_iter().filter_map(line).collect())
}
