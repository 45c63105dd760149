//! Fresh databases for tests: one on each engine that this machine has.
//!
//! ```text
//! for database in fresh_databases() {
//!     database.write(|db| …)?;
//! }
//! ```
//! SQLite is a file in a temporary folder. For PostgreSQL one server is started for the test
//! process, in a temporary folder and reached through a socket there, and each call gets a
//! database of its own on it. Where PostgreSQL is not installed this says so in one line and
//! goes on with SQLite alone; where `CI=true` it fails.

use std::fmt;
use std::io::Write;
use std::ops::Deref;
use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::DateTime;
use tempfile::TempDir;

use self::postgres::{DURABLE, QUICK, TestPostgres};
use super::{Database, Location};

mod postgres;
mod session;

pub use session::Session;

/// A database that nobody else uses. It goes with this value.
pub struct Fresh {
    database: Database,
    /// Where it is, to open it once more.
    pub location: Location,
    engine: &'static str,
    _folder: Option<TempDir>,
}

impl Deref for Fresh {
    type Target = Database;
    fn deref(&self) -> &Database {
        &self.database
    }
}

impl fmt::Display for Fresh {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.engine)
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        if std::thread::panicking() {
            say(format_args!("… this was on {}", self.engine));
        }
    }
}

/// A fresh database on each engine.
pub fn fresh_databases() -> Vec<Fresh> {
    let mut all = vec![fresh_sqlite()];
    all.extend(fresh_postgres());
    all
}

/// A fresh database in an SQLite file.
pub fn fresh_sqlite() -> Fresh {
    let folder = TempDir::with_prefix("aimline-").expect("a temporary folder");
    let location = Location::Sqlite(folder.path().join("test.db"));
    Fresh::open(location, "SQLite", Some(folder))
}

/// A fresh database on PostgreSQL, if this machine has it.
pub fn fresh_postgres() -> Option<Fresh> {
    let location = Location::Postgres(shared_postgres()?.create_database(&next_name()));
    Some(Fresh::open(location, "PostgreSQL", None))
}

/// The same, with every commit on the disk: what benches measure.
pub fn durable_postgres() -> Option<Fresh> {
    static SHARED: OnceLock<Option<TestPostgres>> = OnceLock::new();
    let server = SHARED.get_or_init(|| TestPostgres::start(DURABLE).expect("PostgreSQL starts")).as_ref()?;
    let location = Location::Postgres(server.create_database(&next_name()));
    Some(Fresh::open(location, "PostgreSQL", None))
}

/// An empty place on each engine, without tables.
pub fn bare_locations() -> Vec<(Location, Option<TempDir>)> {
    let folder = TempDir::with_prefix("aimline-").expect("a temporary folder");
    let file = Location::Sqlite(folder.path().join("bare.db"));
    let mut all = vec![(file, Some(folder))];
    if let Some(server) = shared_postgres() {
        let url = server.create_bare_database(&next_name());
        all.push((Location::Postgres(url), None));
    }
    all
}

/// A database with all tables and no rows that nobody has open, in an SQLite file.
pub fn closed_sqlite(file: &Path) -> Location {
    closed(Location::Sqlite(file.to_owned()))
}

/// The same on PostgreSQL, if this machine has it.
pub fn closed_postgres() -> Option<Location> {
    Some(closed(Location::Postgres(shared_postgres()?.create_database(&next_name()))))
}

fn closed(place: Location) -> Location {
    super::migrate::up(&place).expect("it gets its tables");
    let identity =
        |db: &mut super::Db| Ok(super::instance::ensure(db, uuid::Uuid::from_u128(1), DateTime::UNIX_EPOCH)?);
    Session::open(&place).write(identity).expect("it gets an identity");
    place
}

/// A copy of a database that nobody has open: an SQLite file at `file`, or another database on
/// the test process's PostgreSQL.
pub fn copy_of(place: &Location, file: &Path) -> Location {
    match place {
        Location::Sqlite(from) => {
            std::fs::copy(from, file).expect("a file is copied");
            Location::Sqlite(file.to_owned())
        }
        Location::Postgres(from) => {
            let server = shared_postgres().expect("it came from there");
            Location::Postgres(server.copy_database(&next_name(), from))
        }
    }
}

/// Gives back what a database took that nobody has open.
pub fn drop_database(place: &Location) {
    match place {
        Location::Sqlite(file) => drop(std::fs::remove_file(file)),
        Location::Postgres(url) => shared_postgres().expect("it came from there").drop_database(url),
    }
}

impl Fresh {
    fn open(location: Location, engine: &'static str, folder: Option<TempDir>) -> Self {
        Self {
            database: Database::open(&location, 4).expect("a fresh database opens"),
            location,
            engine,
            _folder: folder,
        }
    }
}

fn shared_postgres() -> Option<&'static TestPostgres> {
    static SHARED: OnceLock<Option<TestPostgres>> = OnceLock::new();
    let shared = SHARED.get_or_init(|| {
        let started = TestPostgres::start(QUICK).expect("PostgreSQL's programs are here, so it starts");
        if started.is_none() {
            let ci = std::env::var("CI").is_ok_and(|value| value == "true");
            assert!(!ci, "PostgreSQL's programs are missing, and CI tests both engines");
            say(format_args!("PostgreSQL is not installed: testing on SQLite alone"));
        }
        started
    });
    shared.as_ref()
}

fn next_name() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("test_{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// Past the test harness's capture, because it explains the run and not one test.
fn say(line: fmt::Arguments<'_>) {
    let _ = writeln!(std::io::stderr(), "{line}");
}
