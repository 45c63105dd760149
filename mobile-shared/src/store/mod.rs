//! What lies on this phone: one SQLite file for each person who signed in here, under a key of
//! its own where the build encrypts, and one small file that lists them.
//!
//! Plain functions over a connection. They decide nothing: `sync::replica` and `domain`
//! do, and whoever calls holds the transaction, so that one event is kept whole or not at
//! all.

pub(crate) mod compare;
pub(crate) mod device;
pub(crate) mod draft;
pub(crate) mod files;
pub(crate) mod key;
pub(crate) mod meta;
pub(crate) mod outbox;
pub(crate) mod previews;
pub(crate) mod purge;
pub(crate) mod records;
pub(crate) mod rounds;
mod rows;
pub(crate) mod settle;
pub(crate) mod tables;
pub(crate) mod withdraw;

pub use files::Files;
pub use key::StoreKey;

use crate::error::Result;
use diesel::{Connection as _, QueryableByName, RunQueryDsl as _, SqliteConnection, sql_query, sql_types::Text};
use diesel_migrations::{EmbeddedMigrations, embed_migrations};
use sync::AccountId;

const PERSON: EmbeddedMigrations = embed_migrations!("migrations/person");

/// The file of a copy that is not encrypted.
pub(crate) const PLAIN: i32 = 0;

/// Opens one person's copy, or makes it.
pub(crate) fn open(
    files: &Files,
    account: AccountId,
    generation: i32,
    key: Option<&StoreKey>,
) -> Result<SqliteConnection> {
    files.open(&name_of(account, generation), key, PERSON)
}

/// Destroys one of the files of a person's copy, which nobody has open.
pub(crate) fn destroy(files: &Files, account: AccountId, generation: i32) -> Result<()> {
    files.remove(&name_of(account, generation))
}

/// Writes all that is in an open copy into another of its owner's files, under another key. The
/// copy itself stays as it is: until somebody says otherwise, what was written is nobody's.
pub(crate) fn write_anew(
    files: &Files,
    db: &mut SqliteConnection,
    account: AccountId,
    (generation, key): (i32, &StoreKey),
) -> Result<()> {
    // What an attempt before this one came to.
    destroy(files, account, generation)?;
    drop(open(files, account, generation, Some(key))?);
    key.attach(db, &files.address(&name_of(account, generation))?)?;
    let written = db.transaction(copy_all);
    sql_query("DETACH DATABASE anew").execute(db)?;
    written
}

#[derive(QueryableByName)]
struct Table {
    #[diesel(sql_type = Text)]
    name: String,
}

/// Both were made by the same migrations, so tables and columns are the same, in the same order.
fn copy_all(db: &mut SqliteConnection) -> Result<()> {
    // A row may come before the one that it refers to.
    sql_query("PRAGMA defer_foreign_keys = ON").execute(db)?;
    let tables: Vec<Table> = sql_query(
        r"SELECT name FROM main.sqlite_schema
         WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND name NOT LIKE '\_\_diesel%' ESCAPE '\'",
    )
    .load(db)?;
    for Table { name } in tables {
        sql_query(format!("INSERT INTO anew.\"{name}\" SELECT * FROM main.\"{name}\"")).execute(db)?;
    }
    // Places in the outbox are never given twice.
    sql_query("DELETE FROM anew.sqlite_sequence").execute(db)?;
    sql_query("INSERT INTO anew.sqlite_sequence SELECT * FROM main.sqlite_sequence").execute(db)?;
    Ok(())
}

fn name_of(account: AccountId, generation: i32) -> String {
    let account = account.0.simple();
    if generation == PLAIN { format!("{account}.db") } else { format!("{account}.{generation}.db") }
}
