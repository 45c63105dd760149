//! The log: one line for each event, on standard error, with no name and no narrative in it.

use std::io::{self, IsTerminal};

use tracing_subscriber::EnvFilter;

/// Writes the log to standard error; `RUST_LOG` says how much.
pub fn to_stderr(json: bool) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let log =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).with_ansi(io::stderr().is_terminal());
    if json {
        log.json().init();
    } else {
        log.with_target(false).init();
    }
}
