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
    // What a panic says may repeat what somebody wrote, such as a text that was cut inside a letter: the
    // place is enough to find it.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panicked");
    }));
}
