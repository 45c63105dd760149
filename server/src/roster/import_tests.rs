//! Imports into a real database, on every engine that this machine has.

use std::fs;
use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use domain::kinds;
use sync::{AgencyId, IdSource, Micros};
use tempfile::TempDir;

use super::import::{Options, Refusal, import};
use super::report::Report;
use super::rows::{agencies_called, imports, known};
use super::tests::{GOOD, real};
use super::{ids, plan::Known};
use crate::config::ExportFormat;
use crate::db::Database;
use crate::db::testing::fresh_databases;
use crate::records;
use crate::stages::Stages;

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_363_200, 0).expect("a moment")
}

fn take(database: &Database, path: &Path, days: i64) -> Result<Report, Refusal> {
    let options = Options { format: None, agency: None, time_zone: chrono_tz::America::Chicago, max_ended: 0.1 };
    let now = now() + TimeDelta::days(days);
    let ids = IdSource::new(Micros(now.timestamp_micros()), [u8::try_from(days).unwrap_or(0); 16]);
    import(database, path, &options, ids, now, &Stages::Silent)
}

/// The good export in a folder, with `from` written as `to` in one file.
fn folder(file: &str, from: &str, to: &str) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for (name, text) in GOOD {
        let text = if *name == file { text.replace(from, to) } else { (*text).to_owned() };
        fs::write(folder.path().join(name), text).expect("a file");
    }
    folder
}

fn agency(database: &Database, name: &str) -> AgencyId {
    let found = database.read(|db| agencies_called(db, name)).expect("reads");
    found.first().expect("an agency").id.0
}

fn in_it(database: &Database, agency: AgencyId) -> Known {
    database.read(|db| known(db, agency, now())).expect("reads")
}

#[test]
fn a_whole_district_is_taken_once_and_again_is_nothing_to_do() {
    let Some(path) = real("grand-bend") else { return };
    for database in fresh_databases() {
        let first = take(&database, &path, 0).expect("a good export");
        assert_eq!(
            (first.taken, first.ended, first.refused),
            (4 + 960 + 68 + 1_873 + 1_872 + 55 + 1_015, 0, 0),
            "{database}"
        );
        let agency = agency(&database, "Grand Bend ISD");
        let there = in_it(&database, agency);
        assert_eq!((there.students.len(), there.people.len(), there.contacts.len()), (960, 68 + 1_873, 1_872));
        assert!(there.contacts.iter().all(|contact| contact.verified_at.is_none()));
        assert_eq!(there.rights.len(), 0);

        let again = take(&database, &path, 1).expect("a good export");
        assert_eq!((again.changed, again.taken, again.ended), (false, first.taken, 0));
        let kept = database.read(|db| imports(db, agency, 10)).expect("reads");
        assert_eq!(kept.len(), 1);
        assert!(kept[0].report.contains("is a contact of nobody"));
    }
}

#[test]
fn every_student_gets_a_card_that_phones_can_see() {
    let folder = folder("", "", "");
    for database in fresh_databases() {
        take(&database, folder.path(), 0).expect("a good export");
        let agency = agency(&database, "Aspen");
        let ana = ids::student(agency, "u1");
        let card = database.read(|db| records::find(db, agency, &kinds::STUDENT, ana)).expect("reads").expect("a card");
        assert_eq!(card.record.text("name"), "Ana Lee");
        assert_eq!(card.record.text("school"), "Aspen Elementary");
    }
}

#[test]
fn an_export_of_another_format_than_was_said_changes_nothing() {
    let folder = folder("", "", "");
    let database = crate::db::testing::fresh_sqlite();
    let options = Options {
        format: Some(ExportFormat::Sds),
        agency: None,
        time_zone: chrono_tz::America::Chicago,
        max_ended: 0.1,
    };
    let ids = IdSource::new(Micros(0), [0; 16]);
    let refused = import(&database, folder.path(), &options, ids, now(), &Stages::Silent).expect_err("OneRoster");
    assert!(refused.to_string().contains("oneroster-1.1") && refused.to_string().contains("import oneroster"));
    assert_eq!(database.read(|db| agencies_called(db, "Aspen")).expect("reads").len(), 0);
}

#[test]
fn classes_of_another_year_are_said_to_be_over() {
    let folder = folder(
        "enrollments.csv",
        "2026-08-24,\ne2,,,k1,s1,u3,teacher,true,,",
        "2021-08-24,2022-05-27\ne2,,,k1,s1,u3,teacher,true,2021-08-24,2022-05-27",
    );
    let database = crate::db::testing::fresh_sqlite();
    let report = take(&database, folder.path(), 0).expect("a good export");
    assert!(report.to_string().contains("2 of 2 enrollments have ended"), "{report}");
}

#[test]
fn a_faulty_export_changes_nothing() {
    let faulty = folder("enrollments.csv", "e2,,,k1", "e2,,,k7");
    for database in fresh_databases() {
        let refused = take(&database, faulty.path(), 0).expect_err("a dangling id");
        assert!(matches!(refused, Refusal::Faulty(ref faulty) if faulty.count == 1), "{refused}");
        let found = database.read(|db| agencies_called(db, "Aspen")).expect("reads");
        assert_eq!(found.len(), 0);
    }
}

#[test]
fn half_an_export_changes_nothing() {
    let (whole, half) = (folder("", "", ""), folder("users.csv", "u3,,,true", "u3,,,false"));
    for database in fresh_databases() {
        take(&database, whole.path(), 0).expect("a good export");
        let refused = take(&database, half.path(), 1).expect_err("the only teacher");
        assert!(matches!(refused, Refusal::TooManyWouldEnd(ref many) if many.group == "staff"), "{refused}");
        let there = in_it(&database, agency(&database, "Aspen"));
        assert!(there.people.iter().all(|person| person.ended_at.is_none()));
    }
}

#[test]
fn a_child_who_moves_up_gets_a_new_card_and_the_file_says_which_line() {
    let (before, after) = (folder("", "", ""), folder("users.csv", "u2,03", "u2,04"));
    for database in fresh_databases() {
        take(&database, before.path(), 0).expect("a good export");
        let report = take(&database, after.path(), 1).expect("a good export");
        let students = report.sections.iter().find(|section| section.what == "students").expect("students");
        assert_eq!(
            serde_json::to_string(&students.updated).expect("JSON"),
            r#"[{"file":"users.csv","from":2,"to":2,"count":1}]"#
        );
        let agency = agency(&database, "Aspen");
        let ana = ids::student(agency, "u1");
        let card = database.read(|db| records::find(db, agency, &kinds::STUDENT, ana)).expect("reads").expect("a card");
        assert_eq!(card.record.text("grade"), "04");
    }
}

/// Sample files of School Data Sync carry passwords in the clear.
#[test]
fn no_password_of_an_export_is_kept_anywhere() {
    let Some(path) = real("sds-v2.1") else { return };
    let database = crate::db::testing::fresh_sqlite();
    let report = take(&database, &path, 0).expect("a good export");
    let agency = agency(&database, &report.agency);
    let there = format!("{:?} {:?}", in_it(&database, agency), database.read(|db| imports(db, agency, 1)));
    assert!(!there.contains("P@ssword123"));
}

/// The rows of a table that has an agency, for tests that look at what was left behind.
#[test]
fn two_agencies_of_one_name_are_not_guessed_between() {
    use crate::db::types::Id;
    use crate::people::agency;
    let folder = folder("", "", "");
    for database in fresh_databases() {
        take(&database, folder.path(), 0).expect("a good export");
        database
            .write(|db| {
                let mut twin = agencies_called(db, "Aspen")?.remove(0);
                twin.id = Id(AgencyId(uuid::Uuid::from_u128(9)));
                crate::on!(db => diesel::insert_into(agency::table).values(&twin).execute(db))?;
                Ok(())
            })
            .expect("writes");
        assert!(matches!(take(&database, folder.path(), 1), Err(Refusal::Ambiguous(_))));
    }
}
