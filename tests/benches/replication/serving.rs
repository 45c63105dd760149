//! A server in a process of its own, so that its work and memory are counted apart: this program
//! again, as `aimline serve`.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use clap::Parser as _;
use server::config;

use crate::district::Ground;

/// A running server; it ends with the value.
pub(crate) struct Serving {
    process: Child,
    address: String,
}

impl Serving {
    /// Serves what there is.
    pub(crate) fn start(ground: &Ground) -> Self {
        let program = std::env::current_exe().expect("this program");
        let mut process = Command::new(program)
            .args(["serve", "--port", "0", "--requests-per-second", "0", "--data-dir"])
            .arg(ground.folder())
            .args(ground.address().map(|address| format!("--database-url={address}")))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("this program starts");
        let lines = BufReader::new(process.stdout.take().expect("it was asked for")).lines();
        let told = lines.map_while(Result::ok).find_map(|line| Some(line.strip_prefix("Aimline is at ")?.to_owned()));
        let address = told.expect("it says where it is").trim_end_matches('/').to_owned();
        Self { process, address }
    }

    /// Where it is.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Its process.
    pub(crate) fn id(&self) -> String {
        self.process.id().to_string()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // Nobody waits for its farewell: what it acknowledged is on the disk.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Becomes the server.
pub(crate) fn run(options: &[String]) {
    let words = ["aimline", "serve"].into_iter().chain(options.iter().map(String::as_str));
    let config::Command::Serve(options) = config::Config::parse_from(words).command else { return };
    let runtime = tokio::runtime::Runtime::new().expect("threads");
    runtime.block_on(server::serve::run(options)).expect("it serves until it is ended");
}
