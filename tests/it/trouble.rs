//! The server ends in the middle, or its disk is full: nothing is half applied, the phone
//! tries again and gets the same verdict.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use clap::Parser as _;
use domain::kinds;
use server::config::{Command as Task, Config};
use server::db::testing::{Fresh, fresh_postgres};
use server::db::{Database, Db, Location};
use server::records;
use sync::{Kind, Micros, Verdict};
use tempfile::TempDir;
use tests::names::{self, AGENCY};
use tests::wire::{opened, visit};
use tests::{Fate, TestClock, TestPhone, Wire, World};

const FOLDER: &str = "AIMLINE_STORY_FOLDER";

/// Not a test: the program `aimline serve` as a process of its own, which the stories below
/// start and kill.
#[test]
#[ignore = "started and killed by the stories below"]
fn serves_until_it_is_killed() {
    let folder = std::env::var(FOLDER).expect("started by a story");
    let config = Config::try_parse_from(["aimline", "serve", "--port", "0", "--data-dir", &folder]);
    let Task::Serve(options) = config.expect("a command line").command else { panic!("not to serve") };
    let runtime = tokio::runtime::Runtime::new().expect("threads");
    runtime.block_on(server::serve::run(options)).expect("it serves");
}

/// A server in a process of its own.
struct Process {
    child: Child,
    address: String,
}

impl Process {
    fn start(installation: &Installation) -> Self {
        let mut command = Command::new(std::env::current_exe().expect("this program"));
        if let Location::Postgres(url) = &installation.location {
            command.env("AIMLINE_DATABASE_URL", url);
        }
        let mut child = command
            .args(["--ignored", "--exact", "trouble::serves_until_it_is_killed", "--nocapture"])
            .env(FOLDER, installation.folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("this program again");
        let lines = BufReader::new(child.stdout.take().expect("its words")).lines();
        let address = lines.map_while(Result::ok).find_map(|line| {
            let (_, address) = line.split_once("http://")?;
            Some(format!("http://{}", address.trim_end_matches('/')))
        });
        Self { child, address: address.expect("it says where it is") }
    }

    /// SIGKILL, after so long.
    fn kill_after(mut self, wait: Duration) {
        std::thread::sleep(wait);
        self.child.kill().expect("it runs");
        self.child.wait().expect("it ended");
    }
}

/// A data folder and a database with Ana's world in it, at the machine's own time.
struct Installation {
    folder: TempDir,
    location: Location,
    now: Micros,
    _postgres: Option<Fresh>,
}

impl Installation {
    fn on_each_engine() -> impl Iterator<Item = Self> {
        std::iter::once(None).chain(fresh_postgres().map(Some)).map(|postgres| {
            let folder = TempDir::with_prefix("aimline-data-").expect("a folder");
            let file = Location::Sqlite(folder.path().join("aimline.db"));
            let location = postgres.as_ref().map_or(file, |fresh| fresh.location.clone());
            let now = Micros(chrono::Utc::now().timestamp_micros());
            World::of_ana().begin(&Database::open(&location, 1).expect("a database"), now);
            Self { folder, location, now, _postgres: postgres }
        })
    }
}

fn count(db: &mut Db, kind: &Kind) -> server::error::Result<usize> {
    let found = records::about(db, AGENCY, kind, &[names::student("ana")])?;
    Ok(found.values().map(Vec::len).sum())
}

/// How many visits and points a database holds about Ana.
fn stored(there: &Installation) -> (usize, usize) {
    let database = Database::open(&there.location, 1).expect("it opens after any end");
    database.read(|db| Ok((count(db, &kinds::VISIT)?, count(db, &kinds::POINT)?))).expect("records")
}

#[test]
fn a_server_killed_in_mid_push_applied_all_of_it_or_nothing_and_says_the_same_afterwards() {
    for there in Installation::on_each_engine() {
        (0..8).for_each(|round| a_push_is_killed(&there, round));
    }
}

fn a_push_is_killed(there: &Installation, round: u64) {
    let server = Process::start(there);
    let mut pat = Wire::sign_in(&server.address, "pat");
    let sent: Vec<_> = (0..150).map(|n| visit(round * 1_000 + n, there.now.plus_days(-1), "killed")).collect();
    let push = pat.request(1, &sent);
    let answer = std::thread::scope(|threads| {
        let pushing = threads.spawn(|| pat.try_push(&push));
        server.kill_after(Duration::from_millis(round * 25));
        pushing.join().expect("it ends")
    });

    let before = round as usize * 150;
    let (visits, points) = stored(there);
    assert!([before, before + 150].contains(&visits), "half a push: {visits}");
    assert_eq!(visits, points);
    if answer.as_ref().and_then(opened::<sync::push::PushReply>).is_some() {
        assert_eq!(visits, before + 150, "what was acknowledged is there");
    }

    let server = Process::start(there);
    pat.http.turn_to(&server.address);
    let verdicts = pat.verdicts(1, &sent);
    assert!(verdicts.iter().all(|verdict| *verdict == Verdict::Applied));
    assert_eq!(pat.verdicts(1, &sent), verdicts);
    server.kill_after(Duration::ZERO);
    assert_eq!(stored(there), (before + 150, before + 150));
}

#[test]
fn a_phone_goes_on_with_a_server_that_was_killed_again_and_again() {
    for there in Installation::on_each_engine() {
        drains_in_spite_of_it(&there);
    }
}

fn drains_in_spite_of_it(there: &Installation) {
    let server = Process::start(there);
    let mut pat = TestPhone::new(&server.address, TestClock::at(there.now));
    pat.sign_in("pat");
    server.kill_after(Duration::ZERO);
    pat.offline();
    for n in 0..60 {
        pat.log_visit_with("ana", &format!("visit {n}"), &[("reads aloud", 20.0)]);
    }
    for wait in [0, 10, 30, 60] {
        let server = Process::start(there);
        pat.turn_to(&server.address);
        std::thread::scope(|threads| {
            threads.spawn(|| pat.online());
            server.kill_after(Duration::from_millis(wait));
        });
        pat.offline();
    }
    let server = Process::start(there);
    pat.turn_to(&server.address);
    pat.online();
    assert_eq!(pat.unsent(), 0);
    server.kill_after(Duration::ZERO);
    assert_eq!(stored(there), (60, 60));
}

#[test]
fn a_full_disk_takes_nothing_and_the_phone_gets_through_when_there_is_room_again() {
    let stage = World::of_ana().on_sqlite();
    let mut pat = stage.phone_of("pat");
    pat.offline();
    for n in 0..50 {
        pat.log_visit("ana", &format!("{n:02} {}", "a long note ".repeat(200)));
    }
    // SQLite takes a limit below the present size as the present size.
    limit_pages(&stage, 1);
    pat.online();
    assert_eq!((pat.unsent(), stage.notes("ana").len()), (50, 0));
    assert_eq!((pat.state(), pat.parked().len()), ("ready".into(), 0), "nobody is blamed");
    let page = stage.wire_of("mia").page(None);
    assert!(!page.rows.is_empty(), "reading goes on");

    limit_pages(&stage, 1 << 30);
    pat.sync();
    assert_eq!((pat.unsent(), stage.notes("ana").len()), (0, 50));
}

fn limit_pages(stage: &tests::Stage, pages: u32) {
    let limit = format!("PRAGMA max_page_count = {pages}");
    stage.server.database().write(|db| Ok(db.batch(&limit)?)).expect("a limit");
}

#[test]
fn a_server_that_restarts_between_push_and_reply_says_the_same() {
    for mut stage in World::of_ana().on_each_engine() {
        let mut pat = stage.phone_of("pat");
        pat.lose_next_reply();
        pat.log_visit("ana", "once");
        stage.server.restart();
        pat.sync();
        assert_eq!((pat.unsent(), stage.notes("ana")), (0, vec!["once".into()]));
    }
}

#[test]
fn a_page_cut_short_on_its_way_shows_nothing_of_itself_and_comes_again() {
    for stage in World::of_ana().on_each_engine() {
        let mut mia = stage.phone_of("mia");
        stage.phone_of("pat").log_visit("ana", "Read two pages.");
        mia.spoil(Fate::CutsReply);
        mia.sync();
        assert_eq!((mia.students(), mia.notes("ana")), (vec!["Ana".into()], Vec::new()));
        mia.sync();
        assert_eq!(mia.notes("ana"), ["Read two pages."]);
    }
}
