//! People, on both engines.

mod directory;
mod known;
mod write;

use super::{Agency, Person, Relationship, Student, rows};
use crate::db::Db;
use crate::db::testing::{Fresh, fresh_databases};
use crate::db::types::{At, Id};
use crate::error::Result;
use sync::{AgencyId, Micros, PersonId, RecordId};
use uuid::Uuid;

const AGENCY: AgencyId = AgencyId(Uuid::from_u128(1));
const NOW: Micros = Micros(1_790_000_000_000_000);

fn at(moment: Micros) -> At {
    At::from_micros(moment.0).expect("a time within the calendar")
}

fn person(id: u128, given: &str, family: &str, staff_role: Option<&str>) -> Person {
    Person {
        agency: Id(AGENCY),
        id: Id(PersonId(Uuid::from_u128(id))),
        account: None,
        source_id: None,
        given_name: given.into(),
        family_name: family.into(),
        preferred_name: None,
        email: None,
        phone: None,
        language: None,
        staff_role: staff_role.map(str::to_owned),
        ended_at: None,
    }
}

fn student(id: u128, given: &str, family: &str) -> Student {
    Student {
        agency: Id(AGENCY),
        id: Id(RecordId(Uuid::from_u128(id))),
        source_id: None,
        person: None,
        given_name: given.into(),
        family_name: family.into(),
        preferred_name: None,
        birth_date: None,
        grade: None,
        school: None,
        home_language: None,
        plan: None,
        ended_at: None,
    }
}

fn mother_of(id: u128, student: u128, person: u128) -> Relationship {
    Relationship {
        agency: Id(AGENCY),
        id: Id(Uuid::from_u128(id)),
        person: Id(PersonId(Uuid::from_u128(person))),
        student: Id(RecordId(Uuid::from_u128(student))),
        relation: "mother".into(),
        lives_with: None,
        source: "roster".into(),
        verified_at: None,
        verified_by: None,
        ended_at: None,
    }
}

/// A fresh database on each engine with one agency and what `set_up` adds.
fn agencies(set_up: impl Fn(&mut Db) -> Result<()>) -> Vec<Fresh> {
    let agency = Agency {
        id: Id(AGENCY),
        name: "Grand Bend".into(),
        kind: "district".into(),
        parent: None,
        time_zone: "America/Detroit".into(),
        locale: "en".into(),
    };
    let databases = fresh_databases();
    for database in &databases {
        database.write(|db| rows::insert_agencies(db, std::slice::from_ref(&agency))).expect("an agency");
        database.write(&set_up).expect("its people");
    }
    databases
}
