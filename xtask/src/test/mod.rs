//! `test`: the whole check. Suites in order, each with its name and seconds, a table at the end,
//! and one line that says how many passed and failed.

mod kotlin;
mod python;
mod suites;
mod swift;

use std::env;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::process;
use crate::workspace::Workspace;

/// What to check, and how long.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// More random cases in every property, and the Kotlin face
    #[arg(long)]
    long: bool,
    /// Only these suites
    #[arg(value_name = "SUITE")]
    only: Vec<String>,
}

/// One part of the check.
struct Suite {
    name: &'static str,
    check: fn(&Ground<'_>) -> Result<Outcome>,
}

/// What the suites stand on.
struct Ground<'a> {
    workspace: &'a Workspace,
    long: bool,
}

/// How a suite that did not fail ended.
enum Outcome {
    Passed,
    /// Something is not on this machine.
    Skipped(String),
}

/// Runs the suites; one that fails does not keep the next from running.
pub(crate) fn test(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    let ground = Ground { workspace, long: options.long };
    let mut results = Vec::new();
    for suite in chosen(&options.only)? {
        process::step(suite.name);
        let started = Instant::now();
        let result = (suite.check)(&ground);
        let took = started.elapsed();
        println!("{}\n", line(suite.name, &result, took));
        results.push((suite.name, result, took));
    }
    Ok(sum_up(&results))
}

fn chosen(only: &[String]) -> Result<Vec<&'static Suite>> {
    if let Some(unknown) = only.iter().find(|name| suites::ALL.iter().all(|suite| suite.name != **name)) {
        let names: Vec<_> = suites::ALL.iter().map(|suite| suite.name).collect();
        bail!("no suite {unknown}; there are: {}", names.join(", "));
    }
    let chosen = suites::ALL.iter().filter(|suite| only.is_empty() || only.iter().any(|name| name == suite.name));
    Ok(chosen.collect())
}

type Finished = (&'static str, Result<Outcome>, Duration);

fn sum_up(results: &[Finished]) -> ExitCode {
    for (name, result, took) in results {
        println!("{}", line(name, result, *took));
    }
    let count = |wanted: fn(&Result<Outcome>) -> bool| results.iter().filter(|(_, result, _)| wanted(result)).count();
    let failed = count(Result::is_err);
    let passed = count(|result| matches!(result, Ok(Outcome::Passed)));
    let skipped = count(|result| matches!(result, Ok(Outcome::Skipped(_))));
    println!("\n{passed} passed, {failed} failed, {skipped} skipped");
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn line(name: &str, result: &Result<Outcome>, took: Duration) -> String {
    let seconds = took.as_secs_f64();
    match result {
        Ok(Outcome::Passed) => format!("{name:<10} {seconds:>7.1} s  passed"),
        Ok(Outcome::Skipped(why)) => format!("{name:<10} {seconds:>7.1} s  skipped: {why}"),
        Err(error) => format!("{name:<10} {seconds:>7.1} s  FAILED: {error:#}"),
    }
}

/// What is missing is skipped on a person's machine and fails where nobody would read the line.
fn missing(why: impl Into<String>) -> Result<Outcome> {
    let why = why.into();
    if env::var("CI").is_ok_and(|ci| ci == "true") {
        bail!("{why}");
    }
    Ok(Outcome::Skipped(why))
}
