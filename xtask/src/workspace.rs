//! Where things are: this clone, and the folder its builds go to.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::process;

/// One clone of the repository and the folder it builds into.
pub(crate) struct Workspace {
    root: PathBuf,
    target: PathBuf,
}

impl Workspace {
    /// The clone that this program was started in.
    pub(crate) fn open() -> Result<Self> {
        let xtask =
            env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = xtask.parent().context("xtask lies in the workspace")?;
        let workspace = Self { root: root.to_path_buf(), target: target_folder()? };
        workspace.claim_target()?;
        Ok(workspace)
    }

    /// The root of the clone.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The TypeScript project.
    pub(crate) fn web(&self) -> PathBuf {
        self.root.join("web")
    }

    /// Where native builds go.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// Where wasm builds go: apart, so that the two never evict each other.
    pub(crate) fn wasm_target(&self) -> PathBuf {
        self.target.join("wasm")
    }

    /// The toolchain's cargo, building into our folder.
    pub(crate) fn cargo(&self) -> Command {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.current_dir(&self.root).env("CARGO_TARGET_DIR", &self.target);
        process::forget_own_package(&mut command);
        command
    }

    /// Cargo knows a source file by its path inside the workspace and its time of change, so in a
    /// folder shared by two clones it could take one's code for the other's. The members are
    /// therefore built anew when the clone is another than last time; what they depend on stays.
    fn claim_target(&self) -> Result<()> {
        let claim = self.target.join("clone");
        let root = self.root.to_string_lossy();
        let before = fs::read_to_string(&claim).ok();
        if before.as_deref() == Some(&root) {
            return Ok(());
        }
        if before.is_some() {
            for folder in [&self.target, &self.wasm_target()] {
                process::output(self.cargo().args(["clean", "--workspace", "--target-dir"]).arg(folder))?;
            }
        }
        fs::create_dir_all(&self.target).with_context(|| format!("cannot make {}", self.target.display()))?;
        fs::write(&claim, root.as_bytes()).with_context(|| format!("cannot write {}", claim.display()))
    }
}

/// `CARGO_TARGET_DIR`, or a folder outside the clone, so that a fresh clone finds it filled.
fn target_folder() -> Result<PathBuf> {
    if let Some(folder) = env::var_os("CARGO_TARGET_DIR") {
        return std::path::absolute(folder).context("CARGO_TARGET_DIR");
    }
    let cache = env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(env::home_dir()?.join(".cache")))
        .context("there is no home folder: set CARGO_TARGET_DIR")?;
    Ok(cache.join("aimline/target"))
}
