//! `aimline import`: an import from a terminal, beside a running server or without one.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, bail};
use serde::Serialize;

use super::import::{Options, Refusal, import};
use super::rows;
use crate::auth::command::next_step;
use crate::clock::Clock;
use crate::config::Import;
use crate::data_dir;
use crate::db::Database;
use crate::stages::Stages;

/// Imports, and says what became of every line.
pub fn run(command: &Import) -> anyhow::Result<()> {
    let database = Database::open(&data_dir::beside(&command.store)?, 2)?;
    let options = Options {
        format: Some(command.format),
        agency: command.agency.clone(),
        time_zone: command.time_zone,
        max_ended: command.max_ended,
    };
    let clock = Clock::system();
    let stages = Stages::on_stderr();
    let outcome = import(&database, &command.export, &options, clock.ids(), clock.now(), &stages);
    stages.end();
    database.settle()?;
    match outcome {
        Ok(report) => {
            write!(io::stdout(), "{report}")?;
            let now = clock.now();
            let next = database.read(|db| match &rows::agencies_called(db, &report.agency)?[..] {
                [agency] => next_step(db, agency, now),
                _ => Ok(None),
            })?;
            if let Some(next) = next {
                writeln!(io::stdout(), "\n{next}")?;
            }
            keep(command.report.as_deref(), &report)
        }
        Err(Refusal::Faulty(faulty)) => {
            for fault in &faulty.faults {
                writeln!(io::stderr(), "{fault}")?;
            }
            keep(command.report.as_deref(), &faulty)?;
            bail!(faulty)
        }
        Err(refusal) => Err(refusal.into()),
    }
}

fn keep(path: Option<&Path>, report: &impl Serialize) -> anyhow::Result<()> {
    let Some(path) = path else { return Ok(()) };
    let unwritten = || format!("the report cannot be written to {}", path.display());
    let file = File::create(path).with_context(unwritten)?;
    serde_json::to_writer_pretty(file, report).with_context(unwritten)
}
