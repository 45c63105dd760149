//! The tables of this version: embedded migrations, one folder for each engine.
//!
//! Migrations only grow (expand, backfill, contract), each goes down as well as up, and a
//! test holds the two folders to the same meaning.

use anyhow::{Context, anyhow};
use diesel::connection::{Connection, SimpleConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::{Location, postgres, sqlite};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// Any number that other programs in the same PostgreSQL are unlikely to lock.
const ADVISORY_LOCK: i64 = 0x6169_6d6c_696e_6531;

/// Brings the tables up to this version. Of several servers that start at once, one does it
/// and the others wait.
pub fn up(location: &Location) -> anyhow::Result<()> {
    migrate(location, Way::Up)
}

/// Takes every table away again, newest migration first.
pub fn down(location: &Location) -> anyhow::Result<()> {
    migrate(location, Way::Down)
}

#[derive(Clone, Copy)]
enum Way {
    Up,
    Down,
}

fn migrate(location: &Location, way: Way) -> anyhow::Result<()> {
    match location {
        Location::Sqlite(file) => go(&mut sqlite::connect_writer(file)?, SQLITE, way),
        Location::Postgres(url) => {
            let mut session = postgres::Address::parse(url)?.connect()?;
            // Let go when the session ends.
            session.batch_execute(&format!("SELECT pg_advisory_lock({ADVISORY_LOCK})"))?;
            go(&mut *session, POSTGRES, way)
        }
    }
    .context("the tables could not be brought to this version")
}

fn go<C>(connection: &mut C, migrations: EmbeddedMigrations, way: Way) -> anyhow::Result<()>
where
    C: Connection + MigrationHarness<C::Backend>,
{
    let done = match way {
        Way::Up => connection.run_pending_migrations(migrations),
        Way::Down => connection.revert_all_migrations(migrations),
    };
    for version in done.map_err(|cause| anyhow!(cause))? {
        tracing::info!(%version, "migrated");
    }
    Ok(())
}
