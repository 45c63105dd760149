//! What Debian or Ubuntu can give us when we are root; nobody else's machine is changed.

use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use anyhow::{Result, bail};

use crate::process;

/// Sees to it that these packages are installed.
pub(crate) fn install(packages: &[&str]) -> Result<()> {
    let missing: Vec<_> = packages.iter().copied().filter(|name| !installed(name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let wanted = missing.join(" ");
    if !may_install() {
        bail!("install: {wanted}");
    }
    process::step(&format!("Installing Debian packages: {wanted}"));
    refresh_lists()?;
    process::run(apt_get().args(["install", "-y", "-q", "--no-install-recommends"]).args(&missing))
}

/// Whether these packages are installed already.
pub(crate) fn has(packages: &[&str]) -> bool {
    packages.iter().all(|name| installed(name))
}

fn may_install() -> bool {
    Path::new("/etc/debian_version").exists()
        && process::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

fn installed(package: &str) -> bool {
    process::output(Command::new("dpkg-query").args(["-W", "-f=${db:Status-Status}", package]))
        .is_ok_and(|status| status == "installed")
}

/// Once per run: a list that is too old names packages that are no longer there.
fn refresh_lists() -> Result<()> {
    static DONE: OnceLock<()> = OnceLock::new();
    if DONE.get().is_none() {
        process::run(apt_get().args(["update", "-q"]))?;
        DONE.get_or_init(|| ());
    }
    Ok(())
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}
