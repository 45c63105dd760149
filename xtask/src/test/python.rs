//! The phone core through its Python face, against the real server.

use std::process::Command;

use anyhow::Result;

use super::{Ground, Outcome, missing};
use crate::{faces, process, run};

/// Generates the face and runs `tests/python`.
pub(super) fn check(ground: &Ground<'_>) -> Result<Outcome> {
    if !process::exists("python3") {
        return missing("Python is not here (package python3)");
    }
    let face = faces::generate(ground.workspace, "python")?;
    let server = run::tested_server(ground.workspace)?;
    process::run(
        Command::new("python3")
            .current_dir(ground.workspace.root().join("tests/python"))
            .args(["-m", "unittest", "--verbose"])
            .env("PYTHONPATH", face)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env("AIMLINE_PROGRAM", server),
    )?;
    Ok(Outcome::Passed)
}
