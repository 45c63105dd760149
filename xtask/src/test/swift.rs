//! The Swift face: there is no Swift here, so it is generated and its public lines are held to a
//! kept copy that people review.

use std::env;
use std::fs;

use anyhow::{Context, Result, bail};

use super::{Ground, Outcome};
use crate::faces;

/// Generates the face and compares what it offers.
pub(super) fn check(ground: &Ground<'_>) -> Result<Outcome> {
    let folder = faces::generate(ground.workspace, "swift")?;
    let source = folder.join("mobile_shared.swift");
    let source = fs::read_to_string(&source).with_context(|| format!("no {}", source.display()))?;
    let offered: String = source
        .lines()
        .map(str::trim)
        .filter(|line| is_public(line))
        .fold(String::new(), |text, line| text + line.trim_end_matches('{').trim_end() + "\n");
    let kept = ground.workspace.root().join("mobile-shared/faces/swift.txt");
    if env::var_os("UPDATE").is_some() {
        fs::write(&kept, offered)?;
        return Ok(Outcome::Passed);
    }
    if fs::read_to_string(&kept).with_context(|| format!("no {}", kept.display()))? != offered {
        bail!("the Swift face is another than {}: review it and run UPDATE=1 cargo xtask test swift", kept.display());
    }
    Ok(Outcome::Passed)
}

/// Public, and not what uniffi moves values with.
fn is_public(line: &str) -> bool {
    const PLUMBING: [&str; 9] =
        ["lift(", "lower(", "from buf", "into buf", "Ffi", "uniffi", "Handle", "errorDescription", "init()"];
    let starts = ["public ", "open ", "convenience public ", "required public "];
    starts.iter().any(|start| line.starts_with(start)) && !PLUMBING.iter().any(|word| line.contains(word))
}
