//! The database: one diesel text for PostgreSQL and SQLite.
//!
//! A store function takes [`Db`] and writes its query once inside [`on!`](crate::on), which
//! compiles it for each engine. Units of work run through [`Database::read`] (one snapshot)
//! and [`Database::write`] (one transaction, run again when the engine asks for it); both are
//! plain blocking functions, [`Database::reading`] and [`Database::writing`] carry them off
//! the async threads. What the tables mean is left to the areas.

mod instance;
pub mod migrate;
mod pool;
mod postgres;
mod sqlite;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod tests;
pub mod types;

use diesel::QueryResult;
use diesel::connection::{Connection, SimpleConnection, TransactionManager};
use diesel::r2d2::R2D2Connection;
use diesel::sqlite::SqliteConnection;

pub use instance::{begin_epoch, epoch};
pub use pool::{Database, Location};
pub use postgres::{PgConn, PgSession};
pub use types::{At, Id};

/// How many rows one statement carries: far below what either engine takes.
pub(crate) const BATCH: usize = 400;

/// One connection of either engine, inside a unit of work.
pub enum Db {
    /// PostgreSQL, or what speaks its protocol.
    Pg(PgSession),
    /// The embedded default.
    Lite(Box<SqliteConnection>),
}

/// Compiles one body for each engine; inside it `$db` is that engine's connection.
///
/// ```ignore
/// pub fn agencies(db: &mut Db) -> QueryResult<Vec<Agency>> {
///     on!(db => agency::table.select(Agency::as_select()).load(db))
/// }
/// ```
#[macro_export]
macro_rules! on {
    ($db:ident => $body:expr) => {
        match $db {
            $crate::db::Db::Pg($db) => {
                let $db = &mut **$db;
                $body
            }
            $crate::db::Db::Lite($db) => {
                let $db = &mut **$db;
                $body
            }
        }
    };
}

impl Db {
    /// Runs `work` so that its error takes back what it wrote and nothing else.
    pub fn savepoint<T, E: From<diesel::result::Error>>(
        &mut self,
        work: impl FnOnce(&mut Db) -> Result<T, E>,
    ) -> Result<T, E> {
        self.begin()?;
        self.end(work)
    }

    /// Runs `work` in the transaction or savepoint begun last and ends it.
    fn end<T, E: From<diesel::result::Error>>(&mut self, work: impl FnOnce(&mut Db) -> Result<T, E>) -> Result<T, E> {
        let outcome = work(self);
        match outcome {
            Ok(value) => {
                self.commit()?;
                Ok(value)
            }
            Err(error) => {
                // The cause matters more than a failed rollback, after which the pool drops
                // the connection anyway.
                let _ = self.rollback();
                Err(error)
            }
        }
    }

    /// Begins a transaction, or a savepoint inside one. Who begins one ends it, in any case.
    pub(crate) fn begin(&mut self) -> QueryResult<()> {
        let db = self;
        on!(db => begin(db))
    }

    pub(crate) fn commit(&mut self) -> QueryResult<()> {
        let db = self;
        on!(db => commit(db))
    }

    pub(crate) fn rollback(&mut self) -> QueryResult<()> {
        let db = self;
        on!(db => rollback(db))
    }

    /// Begins a transaction that sees one moment. SQLite's connections for reading cannot
    /// write anyway.
    fn begin_snapshot(&mut self) -> QueryResult<()> {
        match self {
            Self::Pg(session) => session.begin_snapshot(),
            Self::Lite(c) => begin(&mut **c),
        }
    }

    fn begin_write(&mut self) -> QueryResult<()> {
        match self {
            Self::Pg(session) => begin(&mut **session),
            Self::Lite(c) => sqlite::begin_immediate(c),
        }
    }

    /// Whether this connection is of no more use.
    fn is_lost(&mut self) -> bool {
        let db = self;
        on!(db => db.is_broken())
    }

    /// Runs statements that take no values.
    pub fn batch(&mut self, sql: &str) -> QueryResult<()> {
        let db = self;
        on!(db => db.batch_execute(sql))
    }
}

fn begin<C: Connection>(c: &mut C) -> QueryResult<()> {
    C::TransactionManager::begin_transaction(c)
}

fn commit<C: Connection>(c: &mut C) -> QueryResult<()> {
    C::TransactionManager::commit_transaction(c)
}

fn rollback<C: Connection>(c: &mut C) -> QueryResult<()> {
    C::TransactionManager::rollback_transaction(c)
}
