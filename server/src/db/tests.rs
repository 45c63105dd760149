//! What both engines promise alike.

use diesel::prelude::*;
use uuid::Uuid;

use super::testing::{bare_locations, fresh_databases};
use super::{At, Database, Db, Id, instance, migrate};
use crate::error::{Error, Result};
use crate::off_thread::off_thread;
use crate::on;

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::db::types::{Instant, Uid};

    agency (id) {
        id -> Uid,
        name -> Text,
        kind -> Text,
        parent -> Nullable<Uid>,
        time_zone -> Text,
        locale -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Text};
    use crate::db::types::{Instant, Uid};

    purge (device, agency, scope) {
        device -> Uid,
        agency -> Uid,
        scope -> Text,
        told_at -> Instant,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct AgencyId(Uuid);
impl From<Uuid> for AgencyId {
    fn from(id: Uuid) -> Self {
        Self(id)
    }
}
impl From<AgencyId> for Uuid {
    fn from(id: AgencyId) -> Self {
        id.0
    }
}

#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = agency)]
struct Agency {
    id: Id<AgencyId>,
    name: String,
    kind: String,
    parent: Option<Id<AgencyId>>,
    time_zone: String,
    locale: String,
}

fn an_agency(name: &str, parent: Option<Id<AgencyId>>) -> Agency {
    Agency {
        id: Id(AgencyId(Uuid::now_v7())),
        name: name.into(),
        kind: "district".into(),
        parent,
        time_zone: "America/New_York".into(),
        locale: "en".into(),
    }
}

fn insert(db: &mut Db, row: &Agency) -> Result<()> {
    on!(db => diesel::insert_into(agency::table).values(row).execute(db))?;
    Ok(())
}

fn names(database: &Database) -> Vec<String> {
    database.read(|db| Ok(on!(db => agency::table.select(agency::name).order(agency::name).load(db))?)).unwrap()
}

#[test]
fn ids_and_times_come_back_as_they_went_in() {
    let at = At::from_micros(1_790_000_000_123_456).unwrap();
    for database in fresh_databases() {
        let county = an_agency("county", None);
        let district = an_agency("district", Some(county.id));
        let (device, scope) = (Uuid::now_v7(), "reference");
        let (found, told): (Agency, At) = database
            .write(|db| {
                on!(db => {
                    diesel::insert_into(agency::table).values(&vec![county.clone(), district.clone()]).execute(db)?;
                    diesel::insert_into(purge::table)
                        .values((purge::device.eq(Id(device)), purge::agency.eq(county.id), purge::scope.eq(scope), purge::told_at.eq(at)))
                        .execute(db)?;
                    let found = agency::table
                        .filter(agency::parent.eq(county.id).and(agency::id.eq_any(vec![district.id])))
                        .select(Agency::as_select())
                        .first(db)?;
                    let told = purge::table.filter(purge::told_at.le(at)).select(purge::told_at).first(db)?;
                    Ok((found, told))
                })
            })
            .unwrap();
        assert_eq!((found, told), (district, at), "{database}");
    }
}

#[test]
fn an_upsert_answers_with_the_row() {
    for database in fresh_databases() {
        let mut row = an_agency("before", None);
        let back = database
            .write(|db| {
                insert(db, &row)?;
                let row = Agency { name: "after".into(), ..row.clone() };
                Ok(on!(db => diesel::insert_into(agency::table)
                    .values(&row)
                    .on_conflict(agency::id)
                    .do_update()
                    .set(&row)
                    .returning(Agency::as_returning())
                    .get_result(db))?)
            })
            .unwrap();
        row.name = "after".into();
        assert_eq!(back, row, "{database}");
    }
}

#[test]
fn a_failed_unit_of_work_leaves_nothing() {
    for database in fresh_databases() {
        let outcome = database.write(|db| {
            insert(db, &an_agency("gone", None))?;
            Err::<(), _>(Error::NotFound)
        });
        assert!(matches!(outcome, Err(Error::NotFound)));
        assert!(names(&database).is_empty(), "{database}");
    }
}

#[test]
fn a_failed_savepoint_takes_back_only_its_own() {
    for database in fresh_databases() {
        database
            .write(|db| {
                insert(db, &an_agency("kept", None))?;
                let twice = an_agency("refused", None);
                let refused = db.savepoint(|db| {
                    insert(db, &twice)?;
                    insert(db, &twice)
                });
                assert!(refused.is_err());
                insert(db, &an_agency("kept too", None))
            })
            .unwrap();
        assert_eq!(names(&database), ["kept", "kept too"], "{database}");
    }
}

#[test]
fn reading_sees_one_moment() {
    for database in fresh_databases() {
        let seen = database
            .read(|db| {
                let count = |db: &mut Db| on!(db => agency::table.count().get_result::<i64>(db));
                let before = count(db)?;
                database.write(|db| insert(db, &an_agency("meanwhile", None)))?;
                Ok((before, count(db)?))
            })
            .unwrap();
        assert_eq!(seen, (0, 0), "{database}");
    }
}

#[test]
fn reading_cannot_write() {
    for database in fresh_databases() {
        let outcome = database.read(|db| insert(db, &an_agency("never", None)));
        assert!(outcome.is_err(), "{database}");
        assert!(names(&database).is_empty(), "{database}");
    }
}

#[test]
fn writers_that_lock_each_other_run_again() {
    for database in fresh_databases() {
        let (one, two) = (an_agency("one", None), an_agency("two", None));
        database
            .write(|db| {
                insert(db, &one)?;
                insert(db, &two)
            })
            .unwrap();
        let rename = |id: Id<AgencyId>, db: &mut Db| -> Result<()> {
            let more = agency::name.concat("!");
            on!(db => diesel::update(agency::table.find(id)).set(agency::name.eq(more)).execute(db))?;
            Ok(())
        };
        let both = |first: Id<AgencyId>, then: Id<AgencyId>| {
            let database = database.clone();
            move || {
                for _ in 0..20 {
                    database
                        .write(|db| {
                            rename(first, db)?;
                            rename(then, db)
                        })
                        .unwrap();
                }
            }
        };
        std::thread::scope(|scope| {
            scope.spawn(both(one.id, two.id));
            scope.spawn(both(two.id, one.id));
        });
        let marks = "!".repeat(40);
        assert_eq!(names(&database), [format!("one{marks}"), format!("two{marks}")], "{database}");
    }
}

#[test]
fn a_panic_in_a_unit_of_work_leaves_nothing_open() {
    for database in fresh_databases() {
        let work = std::panic::AssertUnwindSafe(|| {
            database.write(|db| -> Result<()> {
                insert(db, &an_agency("half", None))?;
                panic!("on purpose")
            })
        });
        assert!(std::panic::catch_unwind(work).is_err());
        database.write(|db| insert(db, &an_agency("whole", None))).unwrap();
        assert_eq!(names(&database), ["whole"], "{database}");
    }
}

#[test]
fn sessions_that_the_server_ended_are_replaced() {
    for database in fresh_databases() {
        // Often, because the farewell and the end of the socket come one after the other.
        for _ in 0..20 {
            // SQLite has no other side that could go away.
            let _ = database.read(|db| match db {
                Db::Pg(_) => Ok(db.batch(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                     WHERE datname = current_database() AND pid <> pg_backend_pid()",
                )?),
                Db::Lite(_) => Ok(()),
            });
            let _ = database.read(|db| match db {
                Db::Pg(_) => Ok(db.batch("SELECT pg_terminate_backend(pg_backend_pid())")?),
                Db::Lite(_) => Ok(()),
            });
            database.write(|db| insert(db, &an_agency("still here", None))).unwrap();
        }
        assert_eq!(names(&database), ["still here"; 20], "{database}");
    }
}

#[tokio::test]
async fn async_callers_read_and_write_off_their_threads() {
    for database in off_thread(fresh_databases).await.unwrap() {
        let row = an_agency("from far", None);
        database.writing(move |db| insert(db, &row)).await.unwrap();
        let found = database.reading(|db| Ok(on!(db => agency::table.count().get_result::<i64>(db))?)).await.unwrap();
        assert_eq!(found, 1, "{database}");
    }
}

#[test]
fn a_database_keeps_its_epoch_until_it_is_given_another() {
    for database in fresh_databases() {
        let epoch = |database: &Database| database.read(|db| Ok(instance::epoch(db)?)).unwrap();
        let first = epoch(&database);
        assert_eq!(epoch(&Database::open(&database.location, 1).unwrap()), first);

        let next = Uuid::new_v4();
        database.write(|db| Ok(instance::begin_epoch(db, next, sync::Micros(0))?)).unwrap();
        assert_eq!(epoch(&Database::open(&database.location, 1).unwrap()), next, "{database}");
    }
}

#[test]
fn migrations_go_up_down_and_up_again() {
    for (location, _folder) in bare_locations() {
        migrate::up(&location).unwrap();
        migrate::up(&location).unwrap();
        migrate::down(&location).unwrap();
        Database::open(&location, 1).unwrap();
    }
}

/// The two folders in one spelling: PostgreSQL's types replaced by what stands for them in
/// SQLite, what only SQLite says left out.
fn in_one_spelling(sql: &str) -> String {
    let words = [(" WITHOUT ROWID", ""), (" timestamptz", " bigint"), (" bytea", " blob"), (" uuid", " blob")];
    words.iter().fold(sql.to_owned(), |sql, (from, to)| sql.replace(from, to))
}

#[test]
fn both_folders_of_migrations_mean_the_same() {
    let folder = |engine: &str| {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(engine);
        let mut files: Vec<_> = std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        let text = |file: std::path::PathBuf| {
            let read = |name: &str| in_one_spelling(&std::fs::read_to_string(file.join(name)).unwrap());
            (file.file_name().unwrap().to_owned(), read("up.sql"), read("down.sql"))
        };
        files.into_iter().map(text).collect::<Vec<_>>()
    };
    for (lite, pg) in folder("sqlite").iter().zip(&folder("postgres")) {
        assert_eq!(lite, pg);
    }
    assert_eq!(folder("sqlite").len(), folder("postgres").len());
}

/// Every column as the engine sees it: table, name, kind of value, whether it may be null.
fn columns(db: &mut Db) -> Result<Vec<String>> {
    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = diesel::sql_types::Text)]
        line: String,
    }
    let lite = "SELECT m.name || '.' || c.name || ' ' || lower(c.type)
            || CASE WHEN c.\"notnull\" OR c.pk > 0 THEN ' not null' ELSE '' END AS line
        FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' ORDER BY 1";
    let pg = "SELECT table_name || '.' || column_name || ' ' || CASE data_type
            WHEN 'uuid' THEN 'blob' WHEN 'bytea' THEN 'blob'
            WHEN 'timestamp with time zone' THEN 'bigint' ELSE data_type END
            || CASE is_nullable WHEN 'NO' THEN ' not null' ELSE '' END AS line
        FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1";
    let lines: Vec<Line> = match db {
        Db::Pg(db) => diesel::sql_query(pg).load(&mut **db)?,
        Db::Lite(db) => diesel::sql_query(lite).load(&mut **db)?,
    };
    let own = |line: &String| !line.starts_with("__diesel") && !line.starts_with("sqlite_");
    let mut lines: Vec<String> = lines.into_iter().map(|Line { line }| line).filter(own).collect();
    lines.sort();
    Ok(lines)
}

#[test]
fn both_engines_end_up_with_the_same_columns() {
    let seen: Vec<_> = fresh_databases().iter().map(|database| database.read(columns).unwrap()).collect();
    assert!(seen[0].iter().any(|line| line == "operation.digest blob not null"), "{:#?}", seen[0]);
    for other in &seen[1..] {
        assert_eq!(&seen[0], other);
    }
}

#[test]
fn each_table_says_what_it_is_for() {
    for engine in ["sqlite", "postgres"] {
        let path = format!("{}/migrations/{engine}/0001_first_light/up.sql", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).unwrap();
        let mut before = "";
        for line in text.lines() {
            assert!(!line.starts_with("CREATE TABLE") || before.starts_with("--"), "{engine}: {line}");
            before = line;
        }
    }
}
