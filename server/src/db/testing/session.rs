//! One connection and the units of work on it, one after the other on the caller's thread: what
//! [`Database`](crate::db::Database) does over its pools, for a test that chooses every
//! interleaving itself.

use crate::db::{Db, Location, postgres::Address, sqlite};
use crate::error::Result;

/// One connection.
pub struct Session {
    db: Db,
}

impl Session {
    /// One that reads and writes.
    pub fn open(place: &Location) -> Self {
        let db = match place {
            Location::Sqlite(file) => Db::Lite(Box::new(sqlite::connect_writer(file).expect("the file opens"))),
            Location::Postgres(url) => Self::to_postgres(url),
        };
        Self { db }
    }

    fn to_postgres(url: &str) -> Db {
        let session = Address::parse(url).and_then(|address| address.connect());
        Db::Pg(session.expect("the test server answers"))
    }

    /// A unit of work that sees one moment.
    pub fn read<T>(&mut self, work: impl FnOnce(&mut Db) -> Result<T>) -> Result<T> {
        self.db.begin_snapshot()?;
        self.db.end(work)
    }

    /// A unit of work that writes; its error takes everything back.
    pub fn write<T>(&mut self, work: impl FnOnce(&mut Db) -> Result<T>) -> Result<T> {
        self.db.begin_write()?;
        self.db.end(work)
    }
}
