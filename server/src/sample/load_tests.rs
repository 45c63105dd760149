//! The sample in a real database.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use domain::team::TeamRole;
use domain::{kinds, scope};
use sync::{AccountId, Micros};

use super::blueprint::DISTRICTS;
use super::district::District;
use super::load::{Seeded, make_for_tests, seed};
use crate::access::{self, Facts};
use crate::auth::{self, password};
use crate::db::Database;
use crate::db::testing::{fresh_databases, fresh_sqlite};
use crate::roster::ids;
use crate::stages::Stages;
use crate::{people, records};

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_363_200, 0).expect("a moment")
}

fn account(database: &Database, login: &str) -> auth::Account {
    database.read(|db| auth::account_by_login(db, login)).expect("reads").expect("an account")
}

fn facts(database: &Database, account: AccountId) -> Vec<Facts> {
    let now = Micros(now().timestamp_micros());
    database.read(|db| people::facts_of(db, account, now)).expect("reads")
}

#[test]
fn everybody_of_the_sample_can_sign_in_and_sees_their_part() {
    for database in fresh_databases() {
        assert_eq!(seed(&database, now(), &Stages::Silent).expect("seeds"), Seeded::Made, "{database}");
        for known in super::SIGN_INS {
            let account = account(&database, known.login);
            assert!(
                password::verify(known.password, account.password_hash.as_deref()).expect("verifies"),
                "{}",
                known.login
            );
        }
        let mother = facts(&database, account(&database, "parent").id.0);
        let guards = mother[0].links.iter().filter(|link| link.role == TeamRole::Guardian);
        assert_eq!((mother.len(), guards.count()), (1, 2));

        let provider = facts(&database, account(&database, "provider").id.0);
        assert_eq!(provider.len(), 2, "two districts");
        let students: BTreeSet<_> = provider.iter().flat_map(|facts| &facts.links).map(|link| link.student).collect();
        assert!(students.len() > 20, "{}", students.len());
    }
}

#[test]
fn a_mother_finds_goals_with_data_visits_a_statement_and_an_invitation() {
    let database = fresh_sqlite();
    seed(&database, now(), &Stages::Silent).expect("seeds");
    let mother = &facts(&database, account(&database, "parent").id.0)[0];
    let children: Vec<_> = mother.links.iter().map(|link| link.student).collect();
    let count = |kind| {
        let about = database.read(|db| records::about(db, mother.agency, &kind, &children)).expect("reads");
        about.values().map(Vec::len).sum::<usize>()
    };
    assert!(count(kinds::GOAL) >= 4);
    assert!(count(kinds::POINT) > 60);
    assert!(count(kinds::VISIT) > 40);
    assert_eq!((count(kinds::STATEMENT), count(kinds::STUDENT)), (2, 2));
    assert_eq!((count(kinds::MEETING), count(kinds::ANSWER)), (2, 2));
    assert_eq!(count(kinds::INPUT), 0, "hers to write");
    assert!(count(kinds::MEMBER) >= 8);
    let (scopes, _) = access::scopes(mother, Micros(now().timestamp_micros()));
    assert!(children.iter().all(|child| scopes.iter().any(|held| held.path == scope::path::family(*child))));
}

#[test]
fn in_few_families_two_parents_wrote_the_same_part() {
    let database = fresh_sqlite();
    seed(&database, now(), &Stages::Silent).expect("seeds");
    let director = &facts(&database, account(&database, "director").id.0)[0];
    let drawn = District::draw(1, &DISTRICTS[0], Micros(now().timestamp_micros()));
    let students: Vec<_> =
        drawn.roster.students.iter().map(|student| ids::student(director.agency, &student.id)).collect();
    let about = database.read(|db| records::about(db, director.agency, &kinds::STATEMENT, &students)).expect("reads");
    let statements: Vec<_> = about.into_values().flatten().collect();
    let open = statements.iter().filter(|stored| !stored.record.open.is_empty()).count();
    assert!(statements.len() > 30 && (1..6).contains(&open), "{open} of {}", statements.len());
}

#[test]
fn a_second_start_makes_nothing_anew() {
    let database = fresh_sqlite();
    seed(&database, now(), &Stages::Silent).expect("seeds");
    let later = now() + TimeDelta::days(40);
    assert_eq!(seed(&database, later, &Stages::Silent).expect("looks"), Seeded::There);
}

#[test]
fn a_start_that_was_interrupted_between_districts_is_finished_by_the_next() {
    let database = fresh_sqlite();
    make_for_tests(&database, &DISTRICTS[0], now()).expect("the first district");
    assert_eq!(seed(&database, now() + TimeDelta::hours(1), &Stages::Silent).expect("seeds"), Seeded::Made);
    assert_eq!(facts(&database, account(&database, "provider").id.0).len(), 2);
}

#[test]
fn a_database_with_a_district_of_its_own_is_left_alone() {
    let database = fresh_sqlite();
    database
        .write(|db| {
            let own = people::Agency {
                id: sync::AgencyId(uuid::Uuid::from_u128(5)).into(),
                name: "Ours".to_owned(),
                kind: "district".to_owned(),
                parent: None,
                time_zone: "UTC".to_owned(),
                locale: "en".to_owned(),
            };
            people::insert_agencies(db, &[own])
        })
        .expect("writes");
    assert_eq!(seed(&database, now(), &Stages::Silent).expect("looks"), Seeded::NotEmpty);
}
