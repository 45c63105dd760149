//! The program `aimline`.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use server::config::{Command, Config};
use server::off_thread::off_thread;
use server::{auth, graphql, log, roster, serve};

#[tokio::main]
async fn main() -> ExitCode {
    let config = Config::parse();
    let done = match config.command {
        Command::Serve(options) => {
            log::to_stderr(options.log_json);
            serve::run(options).await
        }
        Command::Import(import) => at_terminal(move || roster::command::run(&import)).await,
        Command::Invite(invite) => at_terminal(move || auth::command::run(&invite)).await,
        Command::Schema => io::stdout().write_all(graphql::sdl().as_bytes()).map_err(Into::into),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "aimline: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// A command that does one thing to the database and ends.
async fn at_terminal(work: impl FnOnce() -> anyhow::Result<()> + Send + 'static) -> anyhow::Result<()> {
    log::to_stderr(false);
    off_thread(work).await?
}
