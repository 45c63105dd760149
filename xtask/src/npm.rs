//! npm: packages exactly as locked, installed again only when the lock file changed.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::process;
use crate::stamp::Stamp;

/// Installs what the folder's lock file names.
pub(crate) fn install(folder: &Path) -> Result<()> {
    if !process::exists("npm") {
        bail!("npm is not here: install Node.js 20 or later");
    }
    let stamp = Stamp::new(folder.join("node_modules/.locked"), &[folder.join("package-lock.json")])?;
    if stamp.holds() {
        return Ok(());
    }
    process::step(&format!("Installing packages for {}", folder.display()));
    process::run(npm(folder).args(["ci", "--prefer-offline", "--no-audit", "--no-fund"]))?;
    stamp.set()
}

/// Runs one of the folder's scripts.
pub(crate) fn script(folder: &Path, name: &str) -> Result<()> {
    process::run(npm(folder).args(["run", name]))
}

fn npm(folder: &Path) -> Command {
    let mut npm = Command::new("npm");
    npm.current_dir(folder);
    npm
}
