//! Other programs: started, waited for, and named in full when they fail.

use std::convert::Infallible;
use std::env;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// Says what comes next.
pub(crate) fn step(what: &str) {
    println!("── {what}");
}

/// Runs a program to its end; a bad end is an error that names it.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot start {}", words(command)))?;
    if !status.success() {
        bail!("{} ended with {status}", words(command));
    }
    Ok(())
}

/// What a program prints; what it complains about goes into the error.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("cannot start {}", words(command)))?;
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr);
        bail!("{} ended with {}\n{}", words(command), output.status, complaint.trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a program can be started here.
pub(crate) fn exists(program: &str) -> bool {
    output(Command::new(program).arg("--version")).is_ok()
}

/// Becomes another program: signals and the exit status are then its own.
#[cfg(unix)]
pub(crate) fn become_program(command: &mut Command) -> Result<Infallible> {
    use std::os::unix::process::CommandExt;
    let error = command.exec();
    Err(error).with_context(|| format!("cannot start {}", words(command)))
}

/// Becomes another program, as nearly as this system can.
#[cfg(not(unix))]
pub(crate) fn become_program(command: &mut Command) -> Result<Infallible> {
    let status = command.status().with_context(|| format!("cannot start {}", words(command)))?;
    std::process::exit(status.code().unwrap_or(1))
}

/// `cargo run` describes our own package in the environment; a cargo started from here would
/// find another value at each start and build again what reads it.
pub(crate) fn forget_own_package(command: &mut Command) {
    const OURS: [&str; 4] = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"];
    for (name, _) in env::vars_os() {
        if OURS.iter().any(|prefix| name.to_string_lossy().starts_with(prefix)) {
            command.env_remove(name);
        }
    }
}

/// A command as one would type it.
fn words(command: &Command) -> String {
    let mut words = command.get_program().to_string_lossy().into_owned();
    for arg in command.get_args() {
        words.push(' ');
        words.push_str(&arg.to_string_lossy());
    }
    words
}
