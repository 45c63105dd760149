//! `run`: from a fresh clone to a served sample district.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use anyhow::Result;

use crate::workspace::Workspace;
use crate::{process, wasm, web};

/// Handed to `aimline serve`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The port to listen on
    #[arg(long)]
    port: Option<u16>,
    /// The folder of the embedded database and of the installation's secret; .aimline in the clone unless told
    #[arg(long)]
    data_dir: Option<PathBuf>,
    /// postgres://… instead of the embedded database
    #[arg(long)]
    database_url: Option<String>,
    /// Starts over with a new sample district; asks first when phones have signed in
    #[arg(long)]
    fresh: bool,
}

/// Builds the server, the phone core and the pages, then becomes the server.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    build_server(workspace)?;
    wasm::build_or_stand_in(workspace)?;
    web::build(workspace)?;
    let data_dir = options.data_dir.clone().unwrap_or_else(|| workspace.root().join(".aimline"));
    let mut serve = Command::new(program(workspace));
    serve.args(["serve", "--sample", "--introspection"]);
    serve.arg("--web").arg(workspace.web().join("dist"));
    serve.arg("--data-dir").arg(data_dir);
    if let Some(port) = options.port {
        serve.arg("--port").arg(port.to_string());
    }
    if let Some(url) = &options.database_url {
        serve.arg("--database-url").arg(url);
    }
    if options.fresh {
        serve.arg("--fresh");
    }
    match process::become_program(&mut serve)? {}
}

/// Builds `aimline` and becomes it.
pub(crate) fn aimline(workspace: &Workspace, args: &[OsString]) -> Result<ExitCode> {
    build_server(workspace)?;
    match process::become_program(Command::new(program(workspace)).args(args))? {}
}

/// The development profile: what it shares with the tests is built once, and what must be quick
/// (SQLite, password hashing, compression) is optimised in it too.
fn build_server(workspace: &Workspace) -> Result<()> {
    process::step("Building the server");
    process::run(workspace.cargo().args(["build", "--package", "server", "--bin", "aimline"]))
}

/// The same as the tests have made it already: the whole workspace's choice of features. Asked for
/// less, cargo would choose others and build half of the dependencies again.
pub(crate) fn tested_server(workspace: &Workspace) -> Result<PathBuf> {
    process::run(workspace.cargo().args(["build", "--workspace", "--bin", "aimline", "--quiet"]))?;
    Ok(program(workspace))
}

/// Where the program is put.
fn program(workspace: &Workspace) -> PathBuf {
    let name = format!("aimline{}", std::env::consts::EXE_SUFFIX);
    workspace.target().join("debug").join(name)
}
