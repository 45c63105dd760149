//! The rows that a roster asks for.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use sync::AgencyId;

use super::fault::Place;
use super::ids;
use super::model::{self, Seat};
use crate::db::types::{At, Id};
use crate::people::{Class, Enrollment, Org, Person, Relationship, Student};

/// Where a contact is known from.
pub(super) const SOURCE: &str = "roster";

/// Where and when a roster is taken.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting {
    pub(crate) agency: AgencyId,
    /// Days begin by the clocks there.
    pub(crate) zone: Tz,
    pub(crate) now: DateTime<Utc>,
    /// The largest share of students, of staff or of contacts that one import may end.
    pub(crate) max_ended: f64,
}

impl Setting {
    fn midnight(&self, day: NaiveDate) -> Option<At> {
        let local = self.zone.from_local_datetime(&day.and_time(NaiveTime::MIN));
        // Where the clocks spring at midnight, the day begins at one.
        let first = local.earliest().or_else(|| {
            let one = day.and_hms_opt(1, 0, 0)?;
            self.zone.from_local_datetime(&one).earliest()
        })?;
        Some(At(first.with_timezone(&Utc)))
    }
}

pub(super) fn org(org: &model::Org, setting: &Setting) -> (Place, Org) {
    let row = Org {
        agency: Id(setting.agency),
        id: Id(ids::org(setting.agency, &org.id)),
        source_id: Some(org.id.clone()),
        name: org.name.clone(),
        kind: org.kind.to_owned(),
        parent: org.parent.as_deref().map(|parent| Id(ids::org(setting.agency, parent))),
        ended_at: None,
    };
    (org.place, row)
}

pub(super) fn student(student: &model::Student, setting: &Setting) -> (Place, Student) {
    let row = Student {
        agency: Id(setting.agency),
        id: Id(ids::student(setting.agency, &student.id)),
        source_id: Some(student.id.clone()),
        person: None,
        given_name: student.name.given.clone(),
        family_name: student.name.family.clone(),
        preferred_name: student.name.preferred.clone(),
        birth_date: student.birth_date,
        grade: student.grade.clone(),
        school: student.school.as_deref().map(|school| Id(ids::org(setting.agency, school))),
        home_language: student.home_language.clone(),
        plan: student.plan.and_then(model::Plan::word).map(str::to_owned),
        ended_at: None,
    };
    (student.place, row)
}

pub(super) fn person(person: &model::Person, setting: &Setting) -> (Place, Person) {
    let row = Person {
        agency: Id(setting.agency),
        id: Id(ids::person(setting.agency, &person.id)),
        account: None,
        source_id: Some(person.id.clone()),
        given_name: person.name.given.clone(),
        family_name: person.name.family.clone(),
        preferred_name: person.name.preferred.clone(),
        email: person.email.clone(),
        phone: person.phone.clone(),
        language: person.language.clone(),
        staff_role: person.staff.map(|role| role.as_str().to_owned()),
        ended_at: None,
    };
    (person.place, row)
}

pub(super) fn contact(contact: &model::Contact, setting: &Setting) -> (Place, Relationship) {
    let row = Relationship {
        agency: Id(setting.agency),
        id: Id(ids::contact(setting.agency, &contact.student, &contact.person)),
        person: Id(ids::person(setting.agency, &contact.person)),
        student: Id(ids::student(setting.agency, &contact.student)),
        relation: contact.relation.clone(),
        lives_with: contact.lives_with,
        source: SOURCE.to_owned(),
        verified_at: None,
        verified_by: None,
        ended_at: None,
    };
    (contact.place, row)
}

pub(super) fn class(class: &model::Class, setting: &Setting) -> (Place, Class) {
    let row = Class {
        agency: Id(setting.agency),
        id: Id(ids::class(setting.agency, &class.id)),
        source_id: Some(class.id.clone()),
        title: class.title.clone(),
        school: Some(Id(ids::org(setting.agency, &class.school))),
        ended_at: None,
    };
    (class.place, row)
}

pub(super) fn enrollment(seat: &model::Enrollment, setting: &Setting) -> (Place, Enrollment) {
    let (student, teacher) = match &seat.seat {
        Seat::Student(id) => (Some(Id(ids::student(setting.agency, id))), None),
        Seat::Teacher(id) => (None, Some(Id(ids::person(setting.agency, id)))),
    };
    let row = Enrollment {
        agency: Id(setting.agency),
        id: Id(ids::enrollment(setting.agency, &seat.id)),
        source_id: Some(seat.id.clone()),
        class: Id(ids::class(setting.agency, &seat.class)),
        student,
        teacher,
        starts_at: seat.begins.and_then(|day| setting.midnight(day)),
        // The last day counts to its end.
        ends_at: seat.ends.and_then(|day| setting.midnight(day + Days::new(1))),
    };
    (seat.place, row)
}
