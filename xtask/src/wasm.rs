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

/// Builds the core, if anything it is made from has changed.
pub(crate) fn build(workspace: &Workspace) -> Result<()> {
    let toolchain = Toolchain::find()?;
    process::step("Building the phone core for the browser");
    process::run(toolchain.cargo(workspace, "build").args([
        "-p",
        "mobile-shared",
        "--lib",
        "--profile",
        "wasm",
    ]))?;
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
    let module = workspace
        .wasm_target()
        .join(TARGET)
        .join("wasm/mobile_shared.wasm");
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

/// The least WebAssembly module there is: its magic number and version.
const EMPTY_MODULE: &[u8] = b"\0asm\x01\0\0\0";

fn stand_in(workspace: &Workspace, why: &str) -> Result<()> {
    let folder = folder(workspace);
    let script = format!(
        "export default function init() {{\n  return Promise.reject(new Error({}));\n}}\n",
        serde_json::Value::from(why)
    );
    fs::create_dir_all(&folder)?;
    let _ = fs::remove_file(folder.join(".made"));
    fs::write(folder.join("mobile_shared.js"), script)?;
    fs::write(
        folder.join("mobile_shared.d.ts"),
        "export default function init(input?: unknown): Promise<never>;\n",
    )?;
    fs::write(folder.join("mobile_shared_bg.wasm"), EMPTY_MODULE)?;
    Ok(())
}

fn folder(workspace: &Workspace) -> PathBuf {
    workspace.web().join("src/core/wasm")
}
