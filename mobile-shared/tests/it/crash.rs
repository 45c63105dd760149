//! The process ends at any moment; the storage refuses.

use super::desk::*;
use diesel::{Connection as _, SqliteConnection, connection::SimpleConnection as _};
use mobile_shared::Event;
use std::{
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};
use tempfile::tempdir;

const FOLDER: &str = "AIMLINE_CRASH_FOLDER";

/// Not a test: what the test below starts and kills. Logs visits for ever and prints the
/// number of each after it was kept.
#[test]
#[ignore = "started and killed by the test below"]
fn logs_visits_until_it_is_killed() {
    let folder = std::env::var(FOLDER).expect("started by the test below");
    let mut desk = Desk::open(Path::new(&folder));
    desk.happen(Event::Offline);
    let known = desk.outbox().len() as u128;
    // Other randomness than the process before.
    desk.events = known as u64 * 1_000;
    for n in known.. {
        desk.does(n + 1, log_visit(ANA, &format!("visit {n}")));
        assert_eq!(desk.refused(), None);
        use std::io::Write as _;
        writeln!(std::io::stdout(), "kept {}", n + 1).expect("somebody reads");
    }
}

#[test]
fn what_was_kept_is_there_after_the_process_was_killed() {
    let folder = tempdir().expect("a folder");
    drop(Desk::signed_in(folder.path(), "mara"));
    for round in 0..5_u64 {
        let program = std::env::current_exe().expect("this program");
        let mut child = Command::new(program)
            .args(["--ignored", "--exact", "crash::logs_visits_until_it_is_killed", "--nocapture"])
            .env(FOLDER, folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .expect("this program again");
        let lines = BufReader::new(child.stdout.take().expect("its words")).lines();
        let mut kept = 0;
        for line in lines.map_while(Result::ok) {
            if let Some(n) = line.strip_prefix("kept ") {
                kept = n.parse().expect("a number");
            }
            if kept > 0 && kept as u64 % 7 == round {
                child.kill().expect("it runs");
                std::thread::sleep(Duration::from_millis(round));
            }
        }
        child.wait().expect("it ended");
        let mut desk = Desk::open(folder.path());
        let there = desk.outbox().len();
        assert!(there >= kept, "{kept} were said to be kept, {there} are there");
        let shown = desk.student_screen(ANA)["visits"].as_array().map(Vec::len);
        assert_eq!(shown, Some(there), "the outbox and the screen agree");
    }
}

#[test]
fn when_the_storage_refuses_the_person_is_told_and_nothing_is_half_kept() {
    let folder = tempdir().expect("a folder");
    let mut desk = Desk::signed_in(folder.path(), "mara");
    let mut blocker = block(folder.path());
    desk.does(1, edit(ANA, "one"));
    assert_eq!(desk.refused(), Some("STORAGE"));
    blocker.batch_execute("ROLLBACK").expect("free again");
    assert!(desk.outbox().is_empty());

    desk.does(1, edit(ANA, "one"));
    assert_eq!(desk.refused(), None);
    blocker.batch_execute("BEGIN IMMEDIATE").expect("blocked");
    desk.takes_push(&[]);
    let wake = desk.wakes_at().expect("it asks again later");
    blocker.batch_execute("ROLLBACK").expect("free again");
    assert_eq!(desk.outbox().len(), 1, "the verdict was not kept");
    desk.now = wake;
    desk.happen(Event::Woke);
    assert_eq!((desk.pushed().first, desk.pushed_ids()), (1, vec![op(1)]));
}

/// Another connection that writes for ever, as a full disk would.
fn block(folder: &Path) -> SqliteConnection {
    let files = std::fs::read_dir(folder).expect("a folder").map(|file| file.expect("a file").path());
    let person =
        files.into_iter().find(|path| path.extension().is_some_and(|end| end == "db") && !path.ends_with("device.db"));
    let mut db = SqliteConnection::establish(person.expect("a copy").to_str().expect("UTF-8")).expect("a connection");
    db.batch_execute("BEGIN IMMEDIATE").expect("blocked");
    db
}
