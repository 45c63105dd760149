//! Where databases lie: in a folder natively, in the origin-private file system in a
//! browser's worker. Each is one SQLite file with one connection.

use super::key::StoreKey;
use crate::error::{Error, Result};
use diesel::{Connection, SqliteConnection, connection::SimpleConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness};

#[cfg(not(target_family = "wasm"))]
pub use native::Files;
#[cfg(target_family = "wasm")]
pub use web::Files;

/// Whether this build's SQLite writes encrypted pages: the browser's does.
pub(crate) const ENCRYPTED: bool = cfg!(target_family = "wasm");

impl Files {
    /// Opens a database and brings its tables up to date. What lies under another key is refused
    /// ([`Error::WrongKey`]) and stays as it is.
    pub(crate) fn open(
        &self,
        name: &str,
        key: Option<&StoreKey>,
        migrations: EmbeddedMigrations,
    ) -> Result<SqliteConnection> {
        let mut db = SqliteConnection::establish(&self.address(name)?)?;
        if let Some(key) = key {
            key.open(&mut db)?;
        }
        db.batch_execute(&format!(
            "PRAGMA journal_mode = {JOURNAL};
             -- What is acknowledged is on the disk (design §3, Durability).
             PRAGMA synchronous = FULL;
             -- What is purged is overwritten.
             PRAGMA secure_delete = ON;
             PRAGMA foreign_keys = ON;
             PRAGMA temp_store = MEMORY;"
        ))?;
        db.run_pending_migrations(migrations).map_err(Error::Storage)?;
        Ok(db)
    }
}

/// Empties the journal after a purge, so that nothing purged is left in it.
pub(crate) fn empty_journal(db: &mut SqliteConnection) -> Result<()> {
    // Without a write-ahead log this does nothing: the journal was emptied at the commit.
    Ok(db.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)")?)
}

#[cfg(not(target_family = "wasm"))]
const JOURNAL: &str = "WAL";
// No shared memory in the browser, so no write-ahead log.
#[cfg(target_family = "wasm")]
const JOURNAL: &str = "TRUNCATE";

#[cfg(not(target_family = "wasm"))]
mod native {
    use super::{Error, Result};
    use std::{fs, io::ErrorKind, path::PathBuf};

    /// A folder of databases.
    #[derive(Debug)]
    pub struct Files(PathBuf);

    impl Files {
        /// Uses a folder, which is made if it is not there.
        pub fn new(folder: impl Into<PathBuf>) -> Result<Self> {
            let folder = folder.into();
            fs::create_dir_all(&folder)?;
            Ok(Self(folder))
        }

        pub(crate) fn address(&self, name: &str) -> Result<String> {
            let path = self.0.join(name).into_os_string().into_string();
            path.map_err(|_| Error::Storage("the folder's name is not UTF-8".into()))
        }

        /// Destroys a database that nobody has open.
        pub(crate) fn remove(&self, name: &str) -> Result<()> {
            for suffix in ["", "-wal", "-shm", "-journal"] {
                match fs::remove_file(self.0.join(format!("{name}{suffix}"))) {
                    Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
                    _ => {}
                }
            }
            Ok(())
        }
    }
}

#[cfg(target_family = "wasm")]
mod web {
    use super::{Error, Result};
    use sqlite_wasm_rs::{SQLITE_OK, WasmOsCallback, sqlite3mc_vfs_create, vfs::VfsFilesManager as _};
    use sqlite_wasm_vfs::sahpool::{OpfsSAHPoolCfgBuilder, OpfsSAHPoolUtil, install};
    use std::ffi::CStr;

    /// A file and its journal for each of some ten people, two more while one is written anew, and
    /// the device's own.
    const SLOTS: usize = 28;

    /// The file system under the one that encrypts pages.
    const POOL: &CStr = c"opfs-sahpool";

    /// This origin's private file system.
    pub struct Files(OpfsSAHPoolUtil);

    impl Files {
        /// Installs the file system; once, in a dedicated worker.
        pub async fn install() -> Result<Self> {
            let config = OpfsSAHPoolCfgBuilder::new().initial_capacity(SLOTS).build();
            let pool = install::<WasmOsCallback>(&config, true).await;
            let pool = pool.map_err(|error| Error::Storage(error.to_string().into()))?;
            #[expect(unsafe_code, reason = "SQLite3MultipleCiphers has no other face")]
            // SAFETY: the name ends with a zero and lives for ever; SQLite was started by `install`.
            let encrypts = unsafe { sqlite3mc_vfs_create(POOL.as_ptr(), 1) };
            if encrypts != SQLITE_OK {
                return Err(Error::Storage(format!("no encryption: {encrypts}").into()));
            }
            Ok(Self(pool))
        }

        pub(crate) fn address(&self, name: &str) -> Result<String> {
            Ok(name.to_owned())
        }

        /// Destroys a database that nobody has open.
        pub(crate) fn remove(&self, name: &str) -> Result<()> {
            for suffix in ["", "-journal"] {
                self.0.remove(&format!("{name}{suffix}")).map_err(|error| Error::Storage(error.to_string().into()))?;
            }
            Ok(())
        }
    }
}
