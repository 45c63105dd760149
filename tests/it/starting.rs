//! The program `aimline` as `cargo xtask run` starts it: a process of its own, stopped by Ctrl-C.

#![expect(clippy::unwrap_used, reason = "a test says what it expects")]

use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// A server that said where it is. It ends with this value.
struct Running {
    child: Child,
    address: String,
}

impl Running {
    fn answers(&self, path: &str) -> bool {
        ureq::get(format!("{}{path}", self.address)).call().is_ok()
    }

    /// Ctrl-C, and the end that comes of it.
    fn interrupt(mut self) -> bool {
        interrupt(&self.child);
        self.child.wait().unwrap().success()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Starts the program; `Err` is what it complained about when it ended instead of serving.
fn start(data: &Path, more: &[&str]) -> Result<Running, String> {
    let mut child = spawn(data, more);
    let stdout = BufReader::new(child.stdout.take().unwrap());
    let mut lines = stdout.lines().map_while(Result::ok);
    if let Some(line) = lines.find(|line| line.contains("http://")) {
        let from = line.find("http://").unwrap();
        let address = line[from..].split_whitespace().next().unwrap();
        let address = address.trim_end_matches('/').to_owned();
        // Who is not listened to blocks in the end.
        std::thread::spawn(move || lines.for_each(drop));
        return Ok(Running { child, address });
    }
    let mut complaint = String::new();
    child.stderr.take().unwrap().read_to_string(&mut complaint).unwrap();
    let status = child.wait().unwrap();
    assert!(!status.success(), "it ended well without serving: {complaint}");
    Err(complaint)
}

fn spawn(data: &Path, more: &[&str]) -> Child {
    let mut command = Command::new(program());
    command.args(["serve", "--data-dir"]).arg(data).args(more);
    command
        .env("AIMLINE_PORT", "0")
        .env("RUST_LOG", "error")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command.spawn().unwrap()
}

fn interrupt(child: &Child) {
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
}

/// The program, as the code stands now.
fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let this = std::env::current_exe().unwrap();
        let debug = this.ancestors().nth(2).unwrap();
        let built = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--package", "server", "--bin", "aimline", "--target-dir"])
            .arg(debug.parent().unwrap())
            .status();
        assert!(built.unwrap().success());
        debug.join(format!("aimline{}", std::env::consts::EXE_SUFFIX))
    })
}

fn secret(data: &TempDir) -> Vec<u8> {
    std::fs::read(data.path().join("secret")).unwrap()
}

#[test]
fn a_first_start_serves_and_ctrl_c_ends_it_in_order() {
    let data = TempDir::new().unwrap();

    let server = start(data.path(), &[]).unwrap();

    assert!(server.answers("/healthz") && server.answers("/readyz"));
    assert!(server.interrupt());
}

#[test]
fn a_second_start_takes_under_three_seconds_and_keeps_the_installation() {
    let data = TempDir::new().unwrap();
    assert!(start(data.path(), &[]).unwrap().interrupt());
    let first = secret(&data);

    let started = Instant::now();
    let server = start(data.path(), &[]).unwrap();

    assert!(server.answers("/readyz"));
    assert!(started.elapsed() < Duration::from_secs(3), "{:?}", started.elapsed());
    assert_eq!(secret(&data), first);
}

#[test]
fn a_taken_port_is_named_with_what_to_do() {
    let data = TempDir::new().unwrap();
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = other.local_addr().unwrap().port().to_string();

    let complaint = start(data.path(), &["--port", &port]).err().unwrap();

    assert!(complaint.contains(&format!("port {port} is taken")) && complaint.contains("--port"), "{complaint}");
}

#[test]
fn a_data_folder_in_use_is_refused_and_the_first_server_goes_on() {
    let data = TempDir::new().unwrap();
    let first = start(data.path(), &[]).unwrap();

    let complaint = start(data.path(), &[]).err().unwrap();

    assert!(complaint.contains("in use by another aimline"), "{complaint}");
    assert!(complaint.contains(&first.child.id().to_string()), "{complaint}");
    assert!(first.answers("/readyz"));
}
