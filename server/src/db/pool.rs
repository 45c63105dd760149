//! Connections shared by everything in one process, and the two ways to use one.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use diesel::QueryResult;
use r2d2::{ManageConnection, Pool, PooledConnection};
use tokio::sync::Semaphore;
use uuid::Uuid;

use super::{Db, postgres, sqlite};
use crate::error::{Error, Result};
use crate::off_thread::off_thread;

/// Where the data is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// A file of the embedded engine.
    Sqlite(PathBuf),
    /// A `postgres://` address.
    Postgres(String),
}

impl Location {
    /// Reads a database URL: `postgres://…`, `sqlite:PATH`, or a bare path.
    pub fn parse(url: &str) -> Self {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Self::Postgres(url.to_owned());
        }
        let path = url.strip_prefix("sqlite:").unwrap_or(url);
        Self::Sqlite(path.strip_prefix("//").unwrap_or(path).into())
    }
}

/// The database of this process. Cheap to clone; the connections close with the last clone.
#[derive(Clone)]
pub struct Database {
    readers: Lane,
    writers: Lane,
}

/// Connections of one kind, and the gate that keeps async callers in order before them:
/// without it hundreds of blocking threads would queue for a handful of connections.
#[derive(Clone)]
struct Lane {
    pool: Pool<Opener>,
    gate: Arc<Semaphore>,
}

impl Database {
    /// Opens the database with at most `connections` at once, brings its tables up to this
    /// version and makes sure that it has an identity. Blocks; run it off the async threads.
    pub fn open(location: &Location, connections: u32) -> anyhow::Result<Self> {
        // First, because it says at once what is wrong with a database that cannot be reached,
        // and turns a file to WAL, which readers cannot.
        super::migrate::up(location)?;
        let database = Self::connect(location, connections)?;
        database.write(|db| Ok(super::instance::ensure(db, Uuid::new_v4(), chrono::Utc::now())?))?;
        Ok(database)
    }

    fn connect(location: &Location, connections: u32) -> anyhow::Result<Self> {
        match location {
            Location::Sqlite(file) => Ok(Self {
                readers: Lane::open(Opener::SqliteReader(file.clone()), connections)?,
                writers: Lane::open(Opener::SqliteWriter(file.clone()), 1)?,
            }),
            Location::Postgres(url) => {
                let lane = Lane::open(Opener::Postgres(Box::new(postgres::Address::parse(url)?)), connections)?;
                Ok(Self { readers: lane.clone(), writers: lane })
            }
        }
    }

    /// Runs `work` in a transaction that sees one moment of the database and cannot write.
    pub fn read<T>(&self, work: impl FnOnce(&mut Db) -> Result<T>) -> Result<T> {
        let mut slot = self.readers.begin(Db::begin_snapshot)?;
        slot.finish(work)
    }

    /// Runs `work` in one transaction; its error takes everything back.
    ///
    /// `work` may run more than once (a deadlock, a serialisation failure), so it must not
    /// change anything but the database.
    pub fn write<T>(&self, work: impl Fn(&mut Db) -> Result<T>) -> Result<T> {
        let mut tries = 0;
        loop {
            let mut slot = self.writers.begin(Db::begin_write)?;
            match slot.finish(&work) {
                Err(error) if tries < MOST_RETRIES && wants_another_try(&error) => {
                    drop(slot);
                    tries += 1;
                    tracing::debug!(tries, "the database asked to run a transaction again");
                    std::thread::sleep(pause_before(tries));
                }
                outcome => return outcome,
            }
        }
    }

    /// Brings everything into the one file, so that a copy of it is whole. For the end of a
    /// process; nothing else waits for it.
    pub fn settle(&self) -> Result<()> {
        let mut pooled = self.writers.pool.get().map_err(Error::unavailable)?;
        match &mut pooled.db {
            Db::Lite(_) => Ok(pooled.db.batch("PRAGMA wal_checkpoint(TRUNCATE)")?),
            Db::Pg(_) => Ok(()),
        }
    }

    /// [`read`](Self::read), off the async threads.
    pub async fn reading<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Db) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let database = self.clone();
        through(&self.readers.gate, move || database.read(work)).await
    }

    /// [`write`](Self::write), off the async threads. It runs to its end even if the caller
    /// stops waiting.
    pub async fn writing<T: Send + 'static>(&self, work: impl Fn(&mut Db) -> Result<T> + Send + 'static) -> Result<T> {
        let database = self.clone();
        through(&self.writers.gate, move || database.write(work)).await
    }

    /// [`writing`](Self::writing), and what follows from it: that too is done to its end.
    pub async fn writing_then<T, U: Send + 'static>(
        &self,
        work: impl Fn(&mut Db) -> Result<T> + Send + 'static,
        then: impl FnOnce(T) -> U + Send + 'static,
    ) -> Result<U> {
        let database = self.clone();
        through(&self.writers.gate, move || database.write(work).map(then)).await
    }
}

async fn through<T: Send + 'static>(
    gate: &Arc<Semaphore>,
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    let pass = gate.clone().acquire_owned().await.expect("the gate is never closed");
    let work = move || {
        let outcome = work();
        drop(pass);
        outcome
    };
    off_thread(work).await.map_err(Error::internal)?
}

const MOST_RETRIES: u32 = 10;

/// 2 ms, 4 ms, … up to a quarter of a second, half of it by chance so that two that
/// collided do not collide again.
fn pause_before(attempt: u32) -> Duration {
    let longest = 1_u64 << attempt.min(8);
    Duration::from_millis(longest / 2 + rand::random_range(0..=longest / 2))
}

/// Whether the engine rolled back for a reason that has nothing to do with the work itself.
fn wants_another_try(error: &Error) -> bool {
    use diesel::result::{DatabaseErrorKind, Error as Sql};
    match error.source_of::<Sql>() {
        Some(Sql::DatabaseError(DatabaseErrorKind::SerializationFailure, _)) => true,
        // 40P01 has no kind of its own in diesel, nor has SQLITE_BUSY.
        Some(Sql::DatabaseError(DatabaseErrorKind::Unknown, what)) => {
            matches!(what.message(), "deadlock detected" | "database is locked")
        }
        _ => false,
    }
}

impl Lane {
    fn open(opener: Opener, size: u32) -> anyhow::Result<Self> {
        let pool = Pool::builder()
            .max_size(size)
            .min_idle(Some(1))
            .test_on_check_out(false)
            .connection_timeout(Duration::from_secs(10))
            .error_handler(Box::new(Quiet))
            .build(opener)?;
        Ok(Self { pool, gate: Arc::new(Semaphore::new(size as usize)) })
    }

    /// Takes a connection on which a transaction begins. One that died while it lay idle
    /// shows it here, before any work was done on it, and the next is tried.
    fn begin(&self, begin: impl Fn(&mut Db) -> QueryResult<()>) -> Result<Slot> {
        let mut others = self.pool.max_size();
        loop {
            let mut slot = Slot(self.pool.get().map_err(Error::unavailable)?);
            slot.0.open = true;
            match begin(&mut slot.0.db) {
                Ok(()) => return Ok(slot),
                // PostgreSQL ends the session that it refuses this, which its socket may show
                // only a moment later: it is left open, for the pool to throw away.
                Err(_) if others > 0 && matches!(slot.0.db, Db::Pg(_)) => others -= 1,
                Err(error) => {
                    slot.0.open = false;
                    return Err(error.into());
                }
            }
        }
    }
}

/// A connection out of the pool with a transaction open on it.
struct Slot(PooledConnection<Opener>);

impl Slot {
    fn finish<T>(&mut self, work: impl FnOnce(&mut Db) -> Result<T>) -> Result<T> {
        let outcome = self.0.db.end(work);
        self.0.open = false;
        outcome
    }
}

/// A pooled connection. `open` stays set only when the work on it panicked or could not begin.
struct Pooled {
    db: Db,
    open: bool,
}

/// How connections of one kind are made.
enum Opener {
    SqliteWriter(PathBuf),
    SqliteReader(PathBuf),
    Postgres(Box<postgres::Address>),
}

/// What r2d2 wants an error to be.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
struct Refused(#[from] anyhow::Error);

impl ManageConnection for Opener {
    type Connection = Pooled;
    type Error = Refused;

    fn connect(&self) -> std::result::Result<Pooled, Refused> {
        let db = match self {
            Self::SqliteWriter(file) => Db::Lite(Box::new(sqlite::connect_writer(file)?)),
            Self::SqliteReader(file) => Db::Lite(Box::new(sqlite::connect_reader(file)?)),
            Self::Postgres(address) => Db::Pg(address.connect()?),
        };
        Ok(Pooled { db, open: false })
    }

    fn is_valid(&self, pooled: &mut Pooled) -> std::result::Result<(), Refused> {
        Ok(pooled.db.batch("SELECT 1").map_err(anyhow::Error::new)?)
    }

    fn has_broken(&self, pooled: &mut Pooled) -> bool {
        pooled.open || pooled.db.is_lost()
    }
}

/// r2d2 reports failed connections here as well as to whoever waits for one; once is enough.
#[derive(Debug)]
struct Quiet;

impl r2d2::HandleError<Refused> for Quiet {
    fn handle_error(&self, error: Refused) {
        tracing::debug!(error = format!("{:#}", error.0), "no database connection");
    }
}
