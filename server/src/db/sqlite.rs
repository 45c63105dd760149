//! Connections to an SQLite file: one that writes, several that read.

use std::path::Path;

use anyhow::Context;
use diesel::QueryResult;
use diesel::connection::{AnsiTransactionManager, Connection, SimpleConnection};
use diesel::sqlite::SqliteConnection;

/// What is acknowledged is on the disk: WAL, and an fsync at every commit.
const WRITER: &str = "
    PRAGMA busy_timeout = 10000;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA cache_size = -65536;
";

const READER: &str = "
    PRAGMA busy_timeout = 10000;
    PRAGMA query_only = ON;
    PRAGMA cache_size = -16384;
";

pub(super) fn connect_writer(file: &Path) -> anyhow::Result<SqliteConnection> {
    connect(file, WRITER)
}

pub(super) fn connect_reader(file: &Path) -> anyhow::Result<SqliteConnection> {
    connect(file, READER)
}

fn connect(file: &Path, pragmas: &str) -> anyhow::Result<SqliteConnection> {
    let name = file.to_str().context("the database's path is not UTF-8")?;
    let mut connection =
        SqliteConnection::establish(name).with_context(|| format!("cannot open the database file {name}"))?;
    connection.batch_execute(pragmas).with_context(|| format!("{name} is not a database that can be used here"))?;
    Ok(connection)
}

/// Begins a transaction that holds the file's one write lock from its start: a deferred one
/// would find out at its first write that it must run again.
pub(super) fn begin_immediate(c: &mut SqliteConnection) -> QueryResult<()> {
    AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE")
}
