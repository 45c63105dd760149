//! The pages: built into `web/dist`, from which the server serves them.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::stamp::Stamp;
use crate::workspace::Workspace;
use crate::{npm, process};

/// Builds the pages, if anything they are made from has changed.
pub(crate) fn build(workspace: &Workspace) -> Result<()> {
    let web = workspace.web();
    npm::install(&web)?;
    let inputs = inputs(workspace)?;
    let stamp = Stamp::new(web.join("node_modules/.built"), &inputs)?;
    if stamp.holds() && web.join("dist").is_dir() {
        return Ok(());
    }
    process::step("Building the web pages");
    npm::script(&web, "build")?;
    // The build writes generated types into `src`: what counts is what is there now.
    Stamp::new(web.join("node_modules/.built"), &inputs)?.set()
}

/// What the build reads: the schema, and what lies in `web` besides what is made there.
fn inputs(workspace: &Workspace) -> Result<Vec<PathBuf>> {
    let mut inputs = vec![workspace.root().join("schema.graphql")];
    for entry in fs::read_dir(workspace.web()).context("cannot read web")? {
        let entry = entry?;
        if entry.file_name() != "node_modules" && entry.file_name() != "dist" {
            inputs.push(entry.path());
        }
    }
    Ok(inputs)
}
