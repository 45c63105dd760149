//! The simulator: many seeds, one story each, one line of figures at the end.

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::Result;

use crate::process;
use crate::workspace::Workspace;

/// Builds the simulator and becomes it. The development profile: the code that the tests run.
pub(crate) fn simulate(workspace: &Workspace, args: &[OsString]) -> Result<ExitCode> {
    let mut run = workspace.cargo();
    run.args(["run", "--quiet", "--package", "tests", "--bin", "simulate", "--"]).args(args);
    match process::become_program(&mut run)? {}
}
