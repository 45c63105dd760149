//! `cargo xtask`: the only task runner. Everything a person or CI does with this repository is one
//! of these commands, and each of them first makes what it needs.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a task runner talks to the person who started it")]

mod bench;
mod debian;
mod faces;
mod npm;
mod process;
mod run;
mod simulate;
mod stamp;
mod test;
mod toolchain;
mod wasm;
mod web;
mod workspace;

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;

use workspace::Workspace;

/// Builds, starts and checks Aimline.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
enum Task {
    /// Builds everything and serves a sample district
    Run(run::Options),
    /// Runs the whole check: format, lints, tests, docs, wasm, web, browser
    Test(test::Options),
    /// Builds the wasm core and the web pages, nothing else
    Web,
    /// Measures the release build; one JSON line per measurement
    Bench {
        /// Handed to the benches
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<OsString>,
    },
    /// Tells the stories of many seeds; `--seeds 10000 --first 123`, `--help` says more
    #[command(disable_help_flag = true)]
    Simulate {
        /// Handed to the simulator
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<OsString>,
    },
    /// Runs the `aimline` program with these arguments
    #[command(disable_help_flag = true)]
    Aimline {
        /// Handed to `aimline`
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<OsString>,
    },
}

fn main() -> ExitCode {
    match perform(Task::parse()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn perform(task: Task) -> Result<ExitCode> {
    let workspace = Workspace::open()?;
    match task {
        Task::Run(options) => run::run(&workspace, &options),
        Task::Test(options) => test::test(&workspace, &options),
        Task::Web => {
            wasm::build(&workspace)?;
            web::build(&workspace)?;
            Ok(ExitCode::SUCCESS)
        }
        Task::Bench { args } => bench::bench(&workspace, &args),
        Task::Simulate { args } => simulate::simulate(&workspace, &args),
        Task::Aimline { args } => run::aimline(&workspace, &args),
    }
}
