//! The folder of one installation: the database file of the embedded engine, the secret, and
//! the lock that keeps a second server out.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use sha2::{Digest, Sha256};

use crate::config::Store;
use crate::db::Location;

/// The embedded engine's file.
const DATABASE: &str = "aimline.db";
/// Where the secret is kept.
const SECRET: &str = "secret";

/// A data folder that this process holds, until the value goes.
#[derive(Debug)]
pub struct DataDir {
    path: PathBuf,
    _lock: File,
}

impl DataDir {
    /// Makes the folder if it is not there, for its owner's eyes only, and locks it.
    pub fn open(path: &Path) -> anyhow::Result<Self> {
        let at = || format!("the data folder {}", path.display());
        make_private(path).with_context(|| format!("{} cannot be made", at()))?;
        let mut lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(path.join("lock"))
            .with_context(|| format!("{} cannot be written to", at()))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => bail!("{} is in use by another aimline{}", at(), holder(&mut lock)),
            Err(TryLockError::Error(error)) => return Err(error).with_context(|| format!("{} cannot be locked", at())),
        }
        lock.set_len(0)?;
        write!(lock, "{}", std::process::id())?;
        Ok(Self { path: path.to_owned(), _lock: lock })
    }

    /// Where the embedded engine keeps its file.
    pub fn database(&self) -> Location {
        Location::Sqlite(self.path.join(DATABASE))
    }

    /// The installation's secret, from which every key is derived. Made at the first start;
    /// who loses it signs everybody out, who publishes it lets everybody in.
    pub fn secret(&self) -> anyhow::Result<[u8; 32]> {
        if let Some(secret) = kept_secret(&self.path)? {
            return Ok(secret);
        }
        let (file, secret): (_, [u8; 32]) = (self.path.join(SECRET), rand::random());
        write_private(&file, &secret).with_context(|| format!("{} cannot be written", file.display()))?;
        Ok(secret)
    }

    /// Removes the embedded engine's file and what belongs to it; the secret stays.
    pub fn forget_database(&self) -> anyhow::Result<()> {
        for name in ["aimline.db-wal", "aimline.db-shm", "aimline.db"] {
            match fs::remove_file(self.path.join(name)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(error).with_context(|| format!("{name} cannot be removed"));
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// Where the data is, for a command that may run beside a server: both engines take writers from
/// several processes.
pub fn beside(store: &Store) -> anyhow::Result<Location> {
    if let Some(url) = &store.database_url {
        return Ok(Location::parse(url));
    }
    let path = &store.data_dir;
    make_private(path).with_context(|| format!("the data folder {} cannot be made", path.display()))?;
    Ok(Location::Sqlite(path.join(DATABASE)))
}

/// The secret, for a command that may run beside a server. Only who holds the folder makes one.
pub fn secret_beside(path: &Path) -> anyhow::Result<[u8; 32]> {
    match kept_secret(path)? {
        Some(secret) => Ok(secret),
        None => DataDir::open(path)?.secret(),
    }
}

fn kept_secret(folder: &Path) -> anyhow::Result<Option<[u8; 32]>> {
    let file = folder.join(SECRET);
    match fs::read(&file) {
        Ok(bytes) => match bytes.try_into() {
            Ok(secret) => Ok(Some(secret)),
            Err(_) => bail!("{} is damaged: it holds 32 bytes", file.display()),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("{} cannot be read", file.display())),
    }
}

/// The secret of an installation that keeps it elsewhere, in `AIMLINE_SECRET`.
pub fn secret_of(text: &str) -> anyhow::Result<[u8; 32]> {
    if text.len() < 32 {
        bail!("AIMLINE_SECRET is too short to be a secret: give it at least 32 random characters");
    }
    Ok(Sha256::digest(text).into())
}

/// Which process holds a lock, as far as it said.
fn holder(lock: &mut File) -> String {
    let mut id = String::new();
    let read = lock.rewind().and_then(|()| lock.read_to_string(&mut id));
    if read.is_ok() && !id.is_empty() {
        format!(" (process {id}): stop it, or choose another with --data-dir")
    } else {
        String::new()
    }
}

#[cfg(unix)]
fn make_private(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}

#[cfg(not(unix))]
fn make_private(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)
}

/// Writes beside and renames, so that a crash leaves all of it or nothing.
fn write_private(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = file.with_extension("new");
    let mut options = OpenOptions::new();
    options.create(true).truncate(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut writing = options.open(&beside)?;
    writing.write_all(bytes)?;
    writing.sync_all()?;
    fs::rename(beside, file)
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    #[test]
    fn a_folder_in_use_is_refused_with_the_holders_number() {
        let folder = TempDir::new().expect("a folder");
        let held = DataDir::open(folder.path()).expect("nobody holds it");
        let refused = DataDir::open(folder.path()).expect_err("it is held").to_string();
        assert!(refused.contains(&format!("in use by another aimline (process {})", std::process::id())), "{refused}");
        drop(held);
        DataDir::open(folder.path()).expect("nobody holds it");
    }

    #[test]
    fn the_secret_is_made_once_for_its_owner_alone() {
        let folder = TempDir::new().expect("a folder");
        let data = DataDir::open(folder.path()).expect("nobody holds it");
        assert_eq!(data.secret().expect("a secret"), data.secret().expect("a secret"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(folder.path().join("secret")).expect("its secret").permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn a_damaged_secret_is_not_replaced() {
        let folder = TempDir::new().expect("a folder");
        let data = DataDir::open(folder.path()).expect("nobody holds it");
        fs::write(folder.path().join("secret"), "short").expect("to write");
        assert!(data.secret().expect_err("it is damaged").to_string().contains("damaged"));
    }

    #[test]
    fn a_secret_from_outside_has_to_be_long() {
        assert!(secret_of("hunter2").is_err());
        assert!(secret_of("correct horse battery staple and so on").is_ok());
    }
}
