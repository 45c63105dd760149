//! The phone core for the browser: compiled, then given its JavaScript and TypeScript face in
//! `web/src/core/wasm`.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::process;
use crate::stamp::Stamp;
use crate::toolchain::{TARGET, Toolchain};
use crate::workspace::Workspace;

/// Builds the core with what this machine has or can get.
pub(crate) fn build(workspace: &Workspace) -> Result<()> {
    build_with(workspace, &Toolchain::find()?)
}

/// Builds the core, if anything it is made from has changed.
pub(crate) fn build_with(workspace: &Workspace, toolchain: &Toolchain) -> Result<()> {
    process::step("Building the phone core for the browser");
    process::run(toolchain.cargo(workspace, "build").args(["-p", "mobile-shared", "--lib", "--profile", "wasm"]))?;
    face(workspace)
}

/// `build`, but where it is impossible the phone page gets a core that says so instead of one
/// that works, and the server and the staff's pages can start all the same.
pub(crate) fn build_or_stand_in(workspace: &Workspace) -> Result<()> {
    let Err(why) = build(workspace) else {
        return Ok(());
    };
    eprintln!("{why:#}");
    stand_in(workspace, &format!("{why:#}"))
}

fn face(workspace: &Workspace) -> Result<()> {
    let module = workspace.wasm_target().join(TARGET).join("wasm/mobile_shared.wasm");
    let folder = folder(workspace);
    let stamp = Stamp::new(folder.join(".made"), std::slice::from_ref(&module))?;
    if stamp.holds() {
        return Ok(());
    }
    Bindgen::new()
        .input_path(&module)
        .web(true)?
        .typescript(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(&folder)
        .with_context(|| format!("cannot bind {}", module.display()))?;
    stamp.set()
}

/// A module that fails to start with these words; the phone page shows them.
fn stand_in(workspace: &Workspace, why: &str) -> Result<()> {
    let folder = folder(workspace);
    let script = format!(
        "export default function init() {{\n  return Promise.reject(new Error({}));\n}}\n",
        serde_json::Value::from(why)
    );
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("mobile_shared.js"), script).with_context(|| format!("cannot write to {}", folder.display()))
}

fn folder(workspace: &Workspace) -> PathBuf {
    workspace.web().join("src/core/wasm")
}
