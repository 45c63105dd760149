//! The floor: the same rows without us. Read from the server's database, and inserted into an
//! SQLite file in one transaction that is on the disk when it ends.

use std::fmt::Write as _;
use std::time::Instant;

use diesel::connection::SimpleConnection as _;
use diesel::sql_types::{BigInt, Text};
use diesel::{Connection as _, QueryableByName, RunQueryDsl as _, SqliteConnection, sql_query};
use server::db::types::Uid;
use server::db::{Database, Id};
use server::on;
use tempfile::TempDir;

use crate::meter::millis;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    version: i64,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Uid)]
    id: Id,
    #[diesel(sql_type = Text)]
    body: String,
}

fn read(from: &Database, query: &str, rows: u64) -> Vec<Row> {
    let found: Vec<Row> = from.read(|db| Ok(on!(db => sql_query(query).load(db))?)).expect("rows");
    assert_eq!(found.len() as u64, rows);
    found
}

/// How long it takes to read the newest `rows` that Pat may see and to write them elsewhere.
pub(crate) fn of_pull(from: &Database, rows: u64) -> f64 {
    let query = format!(
        "SELECT visible.version, visible.kind, visible.id, record.body
         FROM visible JOIN record ON record.agency = visible.agency AND record.kind = visible.kind
             AND record.id = visible.id
         WHERE visible.scope LIKE 'student/%/service/speech' AND NOT visible.deleted
         ORDER BY visible.version DESC LIMIT {rows}"
    );
    let started = Instant::now();
    write(&read(from, &query, rows));
    millis(started)
}

/// How long it takes to write the bytes of the last operations into one file.
pub(crate) fn of_push(from: &Database, operations: u64) -> f64 {
    let query = format!(
        "SELECT number AS version, name AS kind, id, bytes AS body FROM operation
         WHERE number IS NOT NULL ORDER BY received_at DESC, number DESC LIMIT {operations}"
    );
    let found = read(from, &query, operations);
    let started = Instant::now();
    write(&found);
    millis(started)
}

/// One statement a page, one transaction, one fsync: nothing that SQLite can do is quicker.
fn write(rows: &[Row]) {
    let folder = TempDir::with_prefix("aimline-floor-").expect("a folder");
    let file = folder.path().join("floor.db");
    let mut to = SqliteConnection::establish(file.to_str().expect("plain letters")).expect("a file");
    to.batch_execute(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
         CREATE TABLE record (kind text, id blob, version bigint, body text, PRIMARY KEY (kind, id));",
    )
    .expect("a table");
    let all = to.transaction(|to| {
        rows.chunks(1_000).try_for_each(|some| {
            let insert = "INSERT INTO record SELECT value ->> 0, unhex(value ->> 1), value ->> 2, value -> 3
                FROM json_each(?)";
            sql_query(insert).bind::<Text, _>(json(some)).execute(to).map(|_| ())
        })
    });
    all.expect("they are written");
}

fn json(rows: &[Row]) -> String {
    let mut json = String::from("[");
    for Row { version, kind, id, body } in rows {
        let comma = if json.len() > 1 { "," } else { "" };
        let id = id.0.simple();
        write!(json, r#"{comma}["{kind}","{id}",{version},{body}]"#).expect("memory");
    }
    json + "]"
}
