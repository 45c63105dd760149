//! A phone in a story: the real core in a folder of its own, and whoever holds it. Its process
//! can end at any statement, its disk can be full, it can be restored from its own backup.

use super::{
    Failure,
    cast::account,
    chance::Chance,
    fuse::{Burnt, with_fuse},
    step::Fate,
};
use diesel::{Connection as _, RunQueryDsl as _, SqliteConnection, connection::SimpleConnection as _, sql_query};
use mobile_shared::{Core, Effect, Event, Files, screens::Ask};
use serde_json::Value;
use std::collections::{BTreeSet, VecDeque};
use std::fs;
use std::path::{Path, PathBuf};
use sync::Micros;

/// One phone.
pub(super) struct Phone {
    /// Who it belongs to.
    pub(super) owner: &'static str,
    /// Which it is.
    pub(super) index: usize,
    /// Counts its processes: what was on its way to one does not reach the next.
    pub(super) process: u32,
    /// Counts its copies: what only an earlier one knew is gone.
    pub(super) copy: u32,
    /// Whether there is a network.
    pub(super) online: bool,
    /// How far its clock is off, in microseconds.
    pub(super) ahead: i64,
    /// What becomes of its next requests.
    pub(super) fates: VecDeque<Fate>,
    /// When it wants to be woken, by its own clock.
    pub(super) wake: Option<Micros>,
    /// Requests that wait for an answer.
    pub(super) waiting: BTreeSet<String>,
    /// The process ends during its next event.
    pub(super) end: Option<End>,
    /// The wire that it speaks, if it is not the server's.
    pub(super) wire: Option<u16>,
    seed: u64,
    folder: PathBuf,
    core: Option<Core>,
    events: u64,
}

/// How a process ends.
#[derive(Clone, Copy, Debug)]
pub(super) enum End {
    /// At that statement.
    At(u32),
    /// When all is kept and nobody was told.
    Untold,
}

/// What came of an event.
#[derive(Debug)]
pub(super) enum Came {
    /// This is to be done.
    Effects(Vec<Effect>),
    /// The core could not go on, and said so.
    Trouble(String),
    /// The process ended.
    Ended,
}

impl Phone {
    /// A phone out of the box.
    pub(super) fn new(folder: &Path, owner: &'static str, index: usize, seed: u64) -> Result<Self, Failure> {
        let mut phone = Self {
            owner,
            index,
            process: 0,
            copy: 0,
            online: true,
            ahead: 0,
            fates: VecDeque::new(),
            wake: None,
            waiting: BTreeSet::new(),
            end: None,
            wire: None,
            seed,
            folder: folder.join(format!("phone-{index}")),
            core: None,
            events: 0,
        };
        phone.open()?;
        Ok(phone)
    }

    /// What its clock says.
    pub(super) fn clock(&self, now: Micros) -> Micros {
        now.plus(self.ahead)
    }

    /// The app is opened.
    fn open(&mut self) -> Result<(), Failure> {
        let broken = |error: mobile_shared::Error| Failure::new("a phone opens", error.to_string());
        let files = Files::new(self.folder.clone()).map_err(broken)?;
        self.core = Some(Core::open(files, "A phone", "simulated").map_err(broken)?);
        self.process += 1;
        self.wake = None;
        self.waiting.clear();
        Ok(())
    }

    /// The process is gone, and the app is opened again.
    pub(super) fn reopen(&mut self) -> Result<(), Failure> {
        self.core = None;
        self.open()
    }

    /// Something happens.
    pub(super) fn take(&mut self, event: Event, now: Micros) -> Result<Came, Failure> {
        self.events += 1;
        let corner = 1_000 * (self.index as u64 + 1) + (self.events << 20);
        let (clock, entropy) = (self.clock(now), Chance::of(self.seed, corner).bytes());
        let end = self.end.take();
        let fuse = match end {
            Some(End::At(at)) => Some(at),
            _ => None,
        };
        let core = self.core.as_mut().expect("it is opened again at once");
        match with_fuse(fuse, || core.handle(event, clock, entropy)) {
            Burnt::Done(_) if end.is_some() => Ok(Came::Ended),
            Burnt::Done(Ok(effects)) => Ok(Came::Effects(effects)),
            Burnt::Done(Err(mobile_shared::Error::Storage(why))) => Ok(Came::Trouble(why.to_string())),
            Burnt::Done(Err(error)) => Err(Failure::new("a phone goes on", error.to_string())),
            Burnt::Ended => Ok(Came::Ended),
            Burnt::Panicked(words) => Err(Failure::new("no panic", format!("phone {}: {words}", self.index))),
        }
    }

    /// A screen.
    pub(super) fn read(&mut self, ask: &Ask) -> Result<Value, Failure> {
        let core = self.core.as_mut().expect("it is opened again at once");
        match with_fuse(None, || core.read(ask)) {
            Burnt::Done(Ok(shown)) => Ok(serde_json::to_value(shown).expect("screens are JSON")),
            Burnt::Done(Err(error)) => Err(Failure::new("a screen can be read", error.to_string())),
            Burnt::Ended => unreachable!("no fuse was laid"),
            Burnt::Panicked(words) => {
                Err(Failure::new("no panic", format!("a screen of phone {}: {words}", self.index)))
            }
        }
    }

    /// Where the session stands.
    pub(super) fn state(&mut self) -> Result<String, Failure> {
        Ok(self.read(&Ask::Session)?["state"].as_str().unwrap_or_default().to_owned())
    }

    /// The app is deleted and installed anew.
    pub(super) fn reinstall(&mut self) -> Result<(), Failure> {
        self.core = None;
        empty(&self.folder);
        self.copy += 1;
        self.open()
    }

    fn backup(&self) -> PathBuf {
        self.folder.with_extension("backup")
    }

    /// Everything on it is copied.
    pub(super) fn back_up(&mut self) -> Result<(), Failure> {
        self.core = None;
        empty(&self.backup());
        copy_files(&self.folder, &self.backup());
        self.open()
    }

    /// Everything on it is as it was at the last backup. False if there is none.
    pub(super) fn restore(&mut self) -> Result<bool, Failure> {
        if !self.backup().is_dir() {
            return Ok(false);
        }
        self.core = None;
        empty(&self.folder);
        copy_files(&self.backup(), &self.folder);
        self.copy += 1;
        self.open()?;
        Ok(true)
    }

    /// Whether its owner has a copy on it.
    pub(super) fn has_copy(&self) -> bool {
        self.file().exists()
    }

    fn file(&self) -> PathBuf {
        self.folder.join(format!("{}.db", account(self.owner).0.simple()))
    }

    /// Its owner's copy, for a look from outside.
    fn outside(&self) -> Option<SqliteConnection> {
        let file = self.file();
        let there = file.exists();
        there.then(|| SqliteConnection::establish(file.to_str().expect("UTF-8")).expect("the copy opens"))
    }

    /// No more room: from now on a write to this table fails, alone or with its transaction, as
    /// SQLite does either.
    pub(super) fn fill_disk(&self, luck: u64) {
        const TABLES: [&str; 7] = ["outbox", "touch", "record", "visible", "staged", "meta", "preview"];
        const WAYS: [&str; 2] = ["ABORT", "ROLLBACK"];
        let table = TABLES[luck as usize % TABLES.len()];
        let way = WAYS[(luck >> 8) as usize % WAYS.len()];
        self.batch(&format!(
            "CREATE TRIGGER IF NOT EXISTS full_disk BEFORE INSERT ON {table}
             BEGIN SELECT RAISE({way}, 'database or disk is full'); END"
        ));
    }

    /// Room again.
    pub(super) fn free_disk(&self) {
        self.batch("DROP TRIGGER IF EXISTS full_disk");
    }

    fn batch(&self, sql: &str) {
        if let Some(mut file) = self.outside() {
            file.batch_execute(sql).expect("nobody else writes");
        }
    }

    /// What is kept in its owner's copy, by a query that names its column `text`.
    pub(super) fn texts(&self, sql: &str) -> Vec<String> {
        #[derive(diesel::QueryableByName)]
        struct Row {
            #[diesel(sql_type = diesel::sql_types::Text)]
            text: String,
        }
        let Some(mut file) = self.outside() else { return Vec::new() };
        let rows: Vec<Row> = sql_query(sql).load(&mut file).expect("the copy has these tables");
        rows.into_iter().map(|row| row.text).collect()
    }
}

fn empty(folder: &Path) {
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder).expect("a folder");
}

fn copy_files(from: &Path, to: &Path) {
    for file in fs::read_dir(from).into_iter().flatten().flatten() {
        fs::copy(file.path(), to.join(file.file_name())).expect("a file is copied");
    }
}
