//! Stories of starting and stopping the real program.

#![expect(clippy::unwrap_used, reason = "a test says what it expects")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// A running server, killed with this value.
struct Running {
    child: Child,
    address: String,
}

fn aimline(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aimline"));
    command.arg("serve").arg("--data-dir").arg(data).stdin(Stdio::null());
    command
}

/// Starts and waits for the address that it prints.
fn start(data: &Path) -> Running {
    let mut child = aimline(data).args(["--port", "0"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("Aimline is at http://").expect(&line).trim_end_matches('/');
    Running { address: address.to_owned(), child }
}

/// Runs what is expected to fail at once.
fn fail(command: &mut Command) -> String {
    let Output { status, stderr, .. } = command.output().unwrap();
    assert!(!status.success());
    String::from_utf8(stderr).unwrap()
}

impl Running {
    fn get(&self, path: &str) -> String {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address))
    }

    fn ask(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    #[cfg(unix)]
    fn stop(mut self) -> (bool, Duration) {
        let started = Instant::now();
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        (self.child.wait().unwrap().success(), started.elapsed())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_new_server_answers_and_says_where_it_is() {
    let folder = TempDir::new().unwrap();
    let server = start(folder.path());
    assert!(server.get("/healthz").starts_with("HTTP/1.1 200"));
    assert!(server.get("/readyz").starts_with("HTTP/1.1 200"));
    assert!(server.get("/nothing").starts_with("HTTP/1.1 404"));

    let body = r#"{"query":"{ __typename }"}"#;
    let (host, length) = (&server.address, body.len());
    let answer = server.ask(&format!(
        "POST /graphql HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    ));
    assert!(answer.ends_with(r#"{"data":{"__typename":"Query"}}"#), "{answer}");
}

#[cfg(unix)]
#[test]
fn a_server_that_is_told_to_stop_does_so_in_order_and_its_data_stay() {
    let folder = TempDir::new().unwrap();
    let (well, took) = start(folder.path()).stop();
    assert!(well && took < Duration::from_secs(5), "{took:?}");
    assert!(!folder.path().join("aimline.db-wal").exists(), "one whole file is left");

    let secret = std::fs::read(folder.path().join("secret")).unwrap();
    let again = start(folder.path());
    assert!(again.get("/readyz").starts_with("HTTP/1.1 200"));
    assert_eq!(std::fs::read(folder.path().join("secret")).unwrap(), secret);
}

#[test]
fn a_folder_in_use_is_refused_in_clear_words() {
    let folder = TempDir::new().unwrap();
    let first = start(folder.path());
    let words = fail(aimline(folder.path()).args(["--port", "0"]));
    assert!(words.contains("is in use by another aimline"), "{words}");
    assert!(words.contains(&first.child.id().to_string()), "{words}");
}

#[test]
fn a_taken_port_is_refused_in_clear_words() {
    let folder = TempDir::new().unwrap();
    let holder = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = holder.local_addr().unwrap().port().to_string();
    let words = fail(aimline(folder.path()).args(["--port", &port]));
    assert!(words.contains(&format!("port {port} is taken")) && words.contains("--port"), "{words}");
}

#[test]
fn a_database_that_is_away_is_told_without_its_password() {
    let folder = TempDir::new().unwrap();
    let url = "postgres://aimline:hunter2@127.0.0.1:1/none";
    let words = fail(aimline(folder.path()).args(["--port", "0", "--database-url", url]));
    assert!(words.contains("PostgreSQL does not answer") && !words.contains("hunter2"), "{words}");
}

#[test]
fn starting_over_empties_a_database_that_no_phone_knows() {
    let folder = TempDir::new().unwrap();
    drop(start(folder.path()));
    let before = std::fs::read(folder.path().join("secret")).unwrap();
    let mut child = aimline(folder.path()).args(["--port", "0", "--fresh"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    assert!(line.starts_with("Aimline is at"), "{line}");
    assert_eq!(std::fs::read(folder.path().join("secret")).unwrap(), before, "the secret stays");
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn the_schema_is_printed_without_a_database() {
    let printed = Command::new(env!("CARGO_BIN_EXE_aimline")).arg("schema").output().unwrap();
    let text = String::from_utf8(printed.stdout).unwrap();
    assert!(text.contains("type Query {"), "{text}");
}
