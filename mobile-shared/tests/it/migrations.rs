//! The tables of both files go up, down and up again, and each table says what it is.

use diesel::{Connection as _, RunQueryDsl as _, SqliteConnection, sql_query, sql_types::Text};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness as _, embed_migrations};

const PERSON: EmbeddedMigrations = embed_migrations!("migrations/person");
const DEVICE: EmbeddedMigrations = embed_migrations!("migrations/device");

#[derive(diesel::QueryableByName)]
struct Table {
    #[diesel(sql_type = Text)]
    sql: String,
}

fn tables(db: &mut SqliteConnection) -> Vec<String> {
    let tables = sql_query(
        "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE '%diesel%' AND name NOT LIKE 'sqlite%' ORDER BY name",
    );
    tables.load::<Table>(db).expect("tables").into_iter().map(|table| table.sql).collect()
}

fn go_up_down_and_up(migrations: impl Fn() -> EmbeddedMigrations) {
    let mut db = SqliteConnection::establish(":memory:").expect("a database");
    db.run_pending_migrations(migrations()).expect("up");
    let before = tables(&mut db);
    db.revert_all_migrations(migrations()).expect("down");
    assert_eq!(tables(&mut db), Vec::<String>::new());
    db.run_pending_migrations(migrations()).expect("up again");
    assert_eq!(tables(&mut db), before);
}

#[test]
fn they_go_up_down_and_up_again() {
    go_up_down_and_up(|| PERSON);
    go_up_down_and_up(|| DEVICE);
}

#[test]
fn each_table_says_what_it_is() {
    for sql in [
        include_str!("../../migrations/person/0001_first_light/up.sql"),
        include_str!("../../migrations/device/0001_first_light/up.sql"),
    ] {
        let lines: Vec<&str> = sql.lines().collect();
        let tables = lines.iter().enumerate().filter(|(_, line)| line.starts_with("CREATE TABLE"));
        for (n, line) in tables {
            assert!(n > 0 && lines[n - 1].starts_with("--"), "{line} has no comment");
        }
    }
}
