//! The program `aimline` as people start it: a process of its own, talking on its outputs and
//! stopped by Ctrl-C.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::sync::OnceLock;

/// The program: `AIMLINE_PROGRAM` where that names one, else built from the code as it stands now.
pub fn aimline() -> Command {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    let program = PROGRAM.get_or_init(|| {
        if let Some(built) = std::env::var_os("AIMLINE_PROGRAM") {
            return built.into();
        }
        let this = std::env::current_exe().expect("a test is a file");
        let debug = this.ancestors().nth(2).expect("it lies in target/debug/deps");
        let mut build = Command::new(env!("CARGO"));
        // With the libraries as this test has them: cargo settles their features for all that is
        // built together, and naming this test beside the program settles them alike.
        build.args(["build", "--quiet", "--workspace", "--bin", "aimline", "--test", "it", "--target-dir"]);
        // What cargo says to a test of its package would have ring built anew, and with it this very
        // test, under the feet of those who start it again.
        let told = std::env::vars_os().map(|(name, _)| name);
        for name in told.filter(|name| name.to_str().is_some_and(is_of_a_package)) {
            build.env_remove(name);
        }
        let built = build.arg(debug.parent().expect("target")).status().expect("cargo starts");
        assert!(built.success(), "aimline does not build");
        debug.join(format!("aimline{}", std::env::consts::EXE_SUFFIX))
    });
    let mut command = Command::new(program);
    command.env("AIMLINE_PORT", "0").env("RUST_LOG", "error").stdin(Stdio::null());
    command
}

fn is_of_a_package(name: &str) -> bool {
    name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
}

/// Runs the program to its end: what it printed, or what it complained about if it failed.
pub fn run<'a>(data: &Path, words: impl IntoIterator<Item = &'a str>) -> Result<String, String> {
    let mut command = aimline();
    command.args(words).env("AIMLINE_DATA_DIR", data);
    let output = command.output().expect("it runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) }
}

/// Runs the program at a terminal, which `script` lends, with somebody who types: everything that
/// is on the screen in the end. `None`, said in one line, where there is no `script`.
pub fn at_a_terminal(data: &Path, words: &[&str], typed: &str) -> Option<String> {
    let quoted = |word: &str| format!("'{word}'");
    let program = aimline().get_program().to_string_lossy().into_owned();
    let line: Vec<String> = std::iter::once(program.as_str()).chain(words.iter().copied()).map(quoted).collect();
    let mut script = Command::new("script");
    script.args(["-qec", &line.join(" "), "/dev/null"]).env("AIMLINE_DATA_DIR", data).env("RUST_LOG", "error");
    let Ok(mut child) = script.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn() else {
        let _ = writeln!(std::io::stderr(), "script is not here (package bsdutils): nobody sits at a terminal");
        return None;
    };
    child.stdin.take()?.write_all(typed.as_bytes()).expect("it listens");
    let output = child.wait_with_output().expect("it ends");
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// A server that said where it is. It ends with this value.
#[derive(Debug)]
pub struct Running {
    child: Child,
    /// Where it is.
    pub address: String,
}

impl Running {
    /// `aimline serve`; `Err` is what it complained about when it ended instead of serving.
    pub fn start(data: &Path, more: &[&str]) -> Result<Self, String> {
        let mut child = begin(data, more);
        let stdout = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut lines = stdout.lines().map_while(Result::ok);
        if let Some(line) = lines.find(|line| line.contains("http://")) {
            let from = line.find("http://").unwrap_or_default();
            let address = line[from..].split_whitespace().next().unwrap_or_default();
            let address = address.trim_end_matches('/').to_owned();
            // Who is not listened to blocks in the end.
            std::thread::spawn(move || lines.for_each(drop));
            return Ok(Self { child, address });
        }
        let mut complaint = String::new();
        child.stderr.take().expect("a pipe").read_to_string(&mut complaint).expect("text");
        let status = child.wait().expect("it ended");
        assert!(!status.success(), "it ended well without serving: {complaint}");
        Err(complaint)
    }

    /// Which process it is.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Whether it answers there.
    pub fn answers(&self, path: &str) -> bool {
        ureq::get(format!("{}{path}", self.address)).call().is_ok()
    }

    /// Ctrl-C, and whether it ended well.
    pub fn interrupt(mut self) -> bool {
        interrupt(&self.child);
        self.child.wait().is_ok_and(|status| status.success())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `aimline serve`, stopped by Ctrl-C as soon as it says something on standard error in which
/// `wanted` finds what it waits for.
pub fn interrupted_at(data: &Path, more: &[&str], wanted: impl Fn(&str) -> bool) {
    let mut child = begin(data, more);
    let stderr: ChildStderr = child.stderr.take().expect("a pipe");
    let mut lines = BufReader::new(stderr).lines().map_while(Result::ok);
    assert!(lines.any(|line| wanted(&line)), "it never came to that");
    interrupt(&child);
    let ended = child.wait().expect("it ends");
    assert!(!ended.success(), "it was done before Ctrl-C");
}

fn begin(data: &Path, more: &[&str]) -> Child {
    let mut command = aimline();
    command.args(["serve", "--data-dir"]).arg(data).args(more);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts")
}

fn interrupt(child: &Child) {
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(sent.is_ok_and(|status| status.success()), "it is still there");
}
