//! The floor: the same rows without us. Read from the server's database, and inserted into an
//! SQLite file in one transaction that is on the disk when it ends.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use diesel::connection::SimpleConnection as _;
use diesel::sql_types::{BigInt, Text};
use diesel::{Connection as _, QueryableByName, RunQueryDsl as _, SqliteConnection, sql_query};
use tempfile::TempDir;

use crate::district;
use crate::meter::millis;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    version: i64,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    id: String,
    #[diesel(sql_type = Text)]
    body: String,
}

/// How long it takes to read the newest `rows` that Pat may see and to write them elsewhere.
pub(crate) fn of_pull(server: &Path, rows: i64) -> f64 {
    let mut from = SqliteConnection::establish(&district::file(server)).expect("the server's file");
    let started = Instant::now();
    let found: Vec<Row> = sql_query(
        "SELECT visible.version, visible.kind, hex(visible.id) AS id, record.body
         FROM visible JOIN record USING (agency, kind, id)
         WHERE visible.scope GLOB 'student/*/service/speech' AND NOT visible.deleted
         ORDER BY visible.version DESC LIMIT ?",
    )
    .bind::<BigInt, _>(rows)
    .load(&mut from)
    .expect("rows");
    assert_eq!(found.len(), usize::try_from(rows).expect("a count"));
    write(&found);
    millis(started)
}

/// How long it takes to write the bytes of the last operations into one file.
pub(crate) fn of_push(server: &Path, operations: i64) -> f64 {
    let mut from = SqliteConnection::establish(&district::file(server)).expect("the server's file");
    let found: Vec<Row> = sql_query(
        "SELECT number AS version, name AS kind, hex(id) AS id, bytes AS body FROM operation
         WHERE number IS NOT NULL ORDER BY received_at DESC, number DESC LIMIT ?",
    )
    .bind::<BigInt, _>(operations)
    .load(&mut from)
    .expect("operations");
    assert_eq!(found.len(), usize::try_from(operations).expect("a count"));
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
        write!(json, r#"{comma}["{kind}","{id}",{version},{body}]"#).expect("memory");
    }
    json + "]"
}
