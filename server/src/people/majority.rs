//! Coming of age: from that day on the rights of the parents are the student's own, where a state's
//! law says so (34 CFR 300.520). The age is the agency's to write down; the day follows from it and
//! the roster's birth date, and counts once somebody has written down that student and parents were
//! told. It then takes effect by itself.

use chrono::{Months, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use domain::facts::{RecordMajority, RightsBasis, WithdrawMajority};
use sync::id::derived;
use sync::verdict::{Code, Verdict};
use sync::{AgencyId, Micros, PersonId, RecordId};
use uuid::Uuid;

use super::rows::{self, EducationalRight, Majority, MajorityLaw, Person, Student};
use super::words;
use super::write::{moment, place_guardian, wrong};
use crate::access::{Right, Span};
use crate::apply::ApplyTx;
use crate::db::Db;
use crate::db::types::{At, Id};
use crate::error::Result;

/// How long before they come of age a student is to be told (34 CFR 300.320(c)).
pub(super) const NOTICE: Months = Months::new(12);

/// When somebody comes of age by a law.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ComingOfAge {
    /// The day.
    pub(super) on: NaiveDate,
    /// The moment at which it begins there.
    pub(super) at: Micros,
    /// The law.
    pub(super) law: MajorityLaw,
}

/// When a student comes of age; nothing where the birth date or the law is not known.
pub(super) fn coming_of_age(db: &mut Db, agency: AgencyId, student: &Student) -> Result<Option<ComingOfAge>> {
    let law = rows::majority_law(db, agency)?;
    let zone = zone_of(db, agency)?;
    Ok(student.birth_date.zip(law).zip(zone).and_then(|((born, law), zone)| {
        let on = birthday(born, law.age)?;
        Some(ComingOfAge { on, at: midnight(zone, on)?, law })
    }))
}

/// By whose clocks the days of an agency begin.
pub(super) fn zone_of(db: &mut Db, agency: AgencyId) -> Result<Option<Tz>> {
    Ok(rows::agency(db, agency)?.and_then(|agency| agency.time_zone.parse().ok()))
}

/// The day on which somebody is that old. Who was born on a 29 February is on 1 March of a year
/// that has none.
fn birthday(born: NaiveDate, age: i32) -> Option<NaiveDate> {
    use chrono::Datelike as _;
    let year = born.year().checked_add(age)?;
    NaiveDate::from_ymd_opt(year, born.month(), born.day()).or_else(|| NaiveDate::from_ymd_opt(year, 3, 1))
}

/// Where the clocks spring at midnight, the day begins at one.
pub(super) fn midnight(zone: Tz, day: NaiveDate) -> Option<Micros> {
    let at = |time: NaiveTime| zone.from_local_datetime(&day.and_time(time)).earliest();
    let first = at(NaiveTime::MIN).or_else(|| at(NaiveTime::from_hms_opt(1, 0, 0)?))?;
    Some(Micros(first.with_timezone(&Utc).timestamp_micros()))
}

/// A right as the rules read it; `None` on grounds that only a newer version knows.
pub(crate) fn right(row: &EducationalRight) -> Option<Right> {
    let span = Span::new(Micros(row.starts_at.micros()), row.ends_at.map(|at| Micros(at.micros())));
    Some(Right { student: row.student.0, basis: words::basis(&row.basis)?, span })
}

/// Writes down when a student comes of age: their own rights begin that day, those of the parents end.
pub(super) fn record(tx: &mut ApplyTx<'_>, by: PersonId, intent: &RecordMajority) -> Result<Verdict> {
    let (agency, now) = (tx.agency(), tx.now());
    let is_here = |end: Option<At>| end.is_none_or(|end| end > At(moment(now)));
    let student = rows::student(tx.db(), agency, intent.student)?.filter(|student| is_here(student.ended_at));
    let Some(student) = student else { return Ok(Verdict::rejected(Code::NotFound)) };
    // The roster or the law may have changed since it was shown.
    let coming = coming_of_age(tx.db(), agency, &student)?.filter(|coming| coming.at == intent.at);
    let Some(ComingOfAge { at, law, .. }) = coming else { return Ok(wrong("at")) };
    if intent.told_at > now {
        return Ok(wrong("toldAt"));
    }
    let stands = rows::majority_of(tx.db(), agency, intent.student)?.is_some();
    if stands || rows::majority(tx.db(), agency, intent.majority)?.is_some() {
        return Ok(Verdict::rejected(Code::Exists));
    }
    let fact = Majority {
        agency: Id(agency),
        id: Id(intent.majority),
        student: Id(intent.student),
        starts_at: At(moment(at)),
        age: law.age,
        law: law.law,
        told_at: At(moment(intent.told_at)),
        told: intent.told.clone(),
        recorded_by: Id(by),
        recorded_at: At(moment(now)),
        withdrawn_at: None,
        withdrawn_by: None,
        withdrawn_evidence: None,
    };
    let own = EducationalRight {
        agency: Id(agency),
        id: Id(own_right(intent.majority)),
        person: Id(as_an_adult(tx, intent.majority, &student)?),
        student: Id(intent.student),
        basis: words::of(&RightsBasis::AdultStudent),
        evidence: fact.law.clone(),
        starts_at: fact.starts_at,
        ends_at: None,
        granted_by: Id(by),
        granted_at: At(moment(now)),
        ended_by: None,
    };
    rows::insert_majorities(tx.db(), &[fact])?;
    rows::insert_rights(tx.db(), &[own])?;
    place_everybody(tx, intent.majority, intent.student)?;
    Ok(Verdict::Applied)
}

/// Takes it back: the parents' rights are what they were, the student's own end.
pub(super) fn withdraw(tx: &mut ApplyTx<'_>, by: PersonId, intent: &WithdrawMajority) -> Result<Verdict> {
    let (agency, now) = (tx.agency(), tx.now());
    let found = rows::majority(tx.db(), agency, intent.majority)?;
    let Some(found) = found.filter(|found| found.student.0 == intent.student) else {
        return Ok(Verdict::rejected(Code::NotFound));
    };
    if found.withdrawn_at.is_some() {
        return Ok(Verdict::Applied);
    }
    rows::withdraw_majority(tx.db(), agency, intent.majority, moment(now), by, &intent.evidence)?;
    rows::end_right(tx.db(), agency, own_right(intent.majority), moment(now), by)?;
    place_everybody(tx, intent.majority, intent.student)?;
    Ok(Verdict::Applied)
}

/// The right that the fact gives the student.
fn own_right(majority: Uuid) -> Uuid {
    derived(majority, "right")
}

/// The person that a student is as an adult: from now on somebody to whom a code can be handed.
fn as_an_adult(tx: &mut ApplyTx<'_>, majority: Uuid, student: &Student) -> Result<PersonId> {
    if let Some(Id(person)) = student.person {
        return Ok(person);
    }
    let (agency, id) = (tx.agency(), PersonId(derived(majority, "person")));
    let person = Person {
        agency: Id(agency),
        id: Id(id),
        account: None,
        source_id: None,
        given_name: student.given_name.clone(),
        family_name: student.family_name.clone(),
        preferred_name: student.preferred_name.clone(),
        email: None,
        phone: None,
        language: student.home_language.clone(),
        staff_role: None,
        ended_at: None,
    };
    rows::insert_people(tx.db(), &[person])?;
    rows::link_student(tx.db(), agency, student.id.0, id)?;
    Ok(id)
}

/// Keeps the team list as the rights have it. `fact` is what has just changed.
fn place_everybody(tx: &mut ApplyTx<'_>, fact: Uuid, student: RecordId) -> Result<()> {
    let agency = tx.agency();
    let mut holders: Vec<PersonId> =
        rows::rights_for(tx.db(), agency, &[student])?.iter().map(|right| right.person.0).collect();
    holders.sort();
    holders.dedup();
    for person in holders {
        place_guardian(tx, derived(fact, &person.to_string()), student, person)?;
    }
    Ok(())
}

/// The same for the student, whose own rights rest while somebody stands for them.
pub(super) fn place_student(tx: &mut ApplyTx<'_>, fact: Uuid, student: RecordId) -> Result<()> {
    let agency = tx.agency();
    let own = rows::student(tx.db(), agency, student)?.and_then(|student| student.person);
    let Some(Id(person)) = own else { return Ok(()) };
    if rows::rights_between(tx.db(), agency, student, person)?.is_empty() {
        return Ok(());
    }
    place_guardian(tx, derived(fact, "student"), student, person)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_is_of_age_on_a_birthday_where_they_live() {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).expect("a day");
        let table = [
            (day(2008, 6, 1), 18, day(2026, 6, 1)),
            (day(2008, 6, 1), 21, day(2029, 6, 1)),
            (day(2008, 2, 29), 18, day(2026, 3, 1)),
            (day(2008, 2, 29), 20, day(2028, 2, 29)),
        ];
        for (born, age, expected) in table {
            assert_eq!(birthday(born, age), Some(expected));
        }
        let chicago = midnight(chrono_tz::America::Chicago, day(2026, 6, 1));
        assert_eq!(chicago, Some(Micros(1_780_290_000_000_000)), "five hours after Greenwich");
        let sprung = midnight(chrono_tz::America::Havana, day(2026, 3, 8));
        assert!(sprung.is_some(), "a day that begins at one");
    }
}
