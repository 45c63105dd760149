//! The faces of the phone core that uniffi generates: the library and a module beside it.

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::process;
use crate::workspace::Workspace;

/// Builds the core and generates its face in one language. The folder then holds the module and
/// the library that it loads.
pub(crate) fn generate(workspace: &Workspace, language: &str) -> Result<PathBuf> {
    let library = library(workspace)?;
    let folder = workspace.target().join("faces").join(language);
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    process::run(
        workspace
            .cargo()
            .args(["run", "--package", "faces", "--features", "generator", "--quiet"])
            .args(["--", "generate", "--no-format", "--language", language, "--out-dir"])
            .arg(&folder)
            .arg("--library")
            .arg(&library),
    )?;
    copy_into(&folder, &library)?;
    Ok(folder)
}

/// The core as a shared library, from the build of the whole workspace, which the Rust tests have
/// made already: asked for less, cargo would choose other features and build what both need again.
fn library(workspace: &Workspace) -> Result<PathBuf> {
    process::run(workspace.cargo().args(["build", "--workspace", "--quiet"]))?;
    Ok(workspace.target().join("debug").join(format!("{DLL_PREFIX}mobile_shared{DLL_SUFFIX}")))
}

fn copy_into(folder: &Path, file: &Path) -> Result<()> {
    let name = file.file_name().context("a library has a name")?;
    fs::copy(file, folder.join(name)).with_context(|| format!("cannot copy {}", file.display()))?;
    Ok(())
}
