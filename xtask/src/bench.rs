//! The benches, on the release build: one JSON line per measurement.

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::Result;

use crate::process;
use crate::workspace::Workspace;

/// Builds and runs every bench of `tests`.
pub(crate) fn bench(workspace: &Workspace, args: &[OsString]) -> Result<ExitCode> {
    let bench = ["bench", "--package", "tests", "--no-default-features", "--bench", "replication", "--"];
    process::run(workspace.cargo().args(bench).args(args))?;
    Ok(ExitCode::SUCCESS)
}
