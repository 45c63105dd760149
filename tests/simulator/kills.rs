//! Processes that are really killed: a server and a phone of their own, each with SIGKILL in the
//! middle of what they do, again and again. Four times here, fifty times with
//! `AIMLINE_KILLS=50` (`cargo xtask test --long`).

use domain::kinds;
use server::db::{Location, testing::Session};
use server::records;
use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;
use tests::{TestClock, TestPhone, TestServer, World, names};

const FOLDER: &str = "AIMLINE_KILLED_FOLDER";
const SERVER: &str = "AIMLINE_KILLED_SERVER";

/// Not a test: a server, until it is killed.
#[test]
#[ignore = "started and killed by the test below"]
fn a_server_until_it_is_killed() {
    let (folder, address) = told();
    TestServer::serve_for_ever(&folder.join("server.db"), address, || say("ready"));
}

/// Not a test: a phone whose owner logs visits and is told of each that it is kept.
#[test]
#[ignore = "started and killed by the test below"]
fn a_phone_until_it_is_killed() {
    let (folder, address) = told();
    let mut phone = phone_in(&folder, address);
    if phone.state() != "ready" {
        phone.sign_in("pat");
    }
    for n in 0.. {
        // Looks for the server again, as somebody would who opens the app.
        phone.sync();
        let note = format!("visit {} {n}", std::process::id());
        phone.log_visit("ana", &note);
        if phone.refused.is_empty() {
            say(&format!("kept {note}"));
        }
        phone.refused.clear();
    }
}

fn phone_in(folder: &Path, server: SocketAddr) -> TestPhone {
    TestPhone::in_folder(&folder.join("phone"), &format!("http://{server}"), TestClock::at_this_moment())
}

/// What the server's file has of visits to Ana.
fn notes(folder: &Path) -> Vec<String> {
    let mut session = Session::open(&Location::Sqlite(folder.join("server.db")));
    let ana = names::student("ana");
    let found = session.read(|db| records::about(db, names::AGENCY, &kinds::VISIT, &[ana])).expect("records");
    let visits = found.into_values().flatten();
    let mut notes: Vec<String> = visits.map(|visit| visit.record.text("note").to_owned()).collect();
    notes.sort();
    notes
}

fn told() -> (std::path::PathBuf, SocketAddr) {
    let told = |name: &str| std::env::var(name).expect("started by the test below");
    (told(FOLDER).into(), told(SERVER).parse().expect("an address"))
}

/// Past the test harness's capture.
fn say(line: &str) {
    let mut out = std::io::stdout();
    writeln!(out, "{line}").and_then(|()| out.flush()).expect("somebody reads");
}

/// A process of this program, and what it says.
struct Process {
    child: Child,
    lines: std::io::Lines<BufReader<ChildStdout>>,
}

impl Process {
    fn start(what: &str, folder: &Path, address: SocketAddr) -> Self {
        let mut child = Command::new(std::env::current_exe().expect("this program"))
            .args(["--ignored", "--exact", &format!("kills::{what}"), "--nocapture"])
            .env(FOLDER, folder)
            .env(SERVER, address.to_string())
            .stdout(Stdio::piped())
            .spawn()
            .expect("this program again");
        let lines = BufReader::new(child.stdout.take().expect("its words")).lines();
        Self { child, lines }
    }

    fn next_line(&mut self) -> Option<String> {
        self.lines.next()?.ok()
    }

    /// SIGKILL; what it had said before.
    fn kill(mut self) -> Vec<String> {
        self.child.kill().expect("it runs");
        let said = self.lines.by_ref().map_while(Result::ok).collect();
        self.child.wait().expect("it ended");
        said
    }
}

#[test]
fn what_was_kept_arrives_once_however_often_server_and_phone_are_killed() {
    let kills = std::env::var("AIMLINE_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(4);
    let folder = TempDir::new().expect("a folder");
    let address = TcpListener::bind("127.0.0.1:0").and_then(|port| port.local_addr()).expect("a port");
    World::of_ana().begin_in_file(&folder.path().join("server.db"));

    let mut kept = BTreeSet::new();
    let mut note = |line: &str| kept.extend(line.strip_prefix("kept ").map(str::to_owned));
    let serving = || {
        let mut server = Process::start("a_server_until_it_is_killed", folder.path(), address);
        while server.next_line().expect("it starts") != "ready" {}
        server
    };
    let (mut server, mut phone) = (serving(), Process::start("a_phone_until_it_is_killed", folder.path(), address));
    for kill in 0..kills {
        // Somewhere in the middle of a few visits, not always at the same place.
        for _ in 0..=kill % 5 {
            note(&phone.next_line().expect("the phone goes on"));
        }
        std::thread::sleep(Duration::from_millis(7 * (kill % 11)));
        if kill % 2 == 0 {
            server.kill();
            server = serving();
        } else {
            phone.kill().iter().for_each(|line| note(line));
            phone = Process::start("a_phone_until_it_is_killed", folder.path(), address);
        }
    }
    phone.kill().iter().for_each(|line| note(line));

    let mut phone = phone_in(folder.path(), address);
    phone.sign_in("pat");
    phone.sync();
    assert_eq!(phone.unsent(), 0);
    let shown = phone.notes("ana");
    server.kill();
    let there = notes(folder.path());
    let once: BTreeSet<String> = there.iter().cloned().collect();
    assert_eq!(once.len(), there.len(), "nothing arrived twice");
    assert!(kept.len() >= kills as usize && kept.is_subset(&once), "missing: {:?}", kept.difference(&once));
    assert_eq!(shown, there);
}
