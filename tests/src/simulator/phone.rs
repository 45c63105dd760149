//! A phone in a story: the real core in a folder of its own, and whoever holds it. Its process
//! can end at any statement, its disk can be full, it can be restored from its own backup.

use super::{
    Failure,
    cast::{SHARED, account},
    chance::Chance,
    fuse::{Burnt, with_fuse},
    lease::Lent,
    step::Fate,
};
use diesel::{Connection as _, RunQueryDsl as _, SqliteConnection, connection::SimpleConnection as _, sql_query};
use mobile_shared::{Core, Effect, Event, Files, screens::Ask};
use serde_json::Value;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs;
use std::path::{Path, PathBuf};
use sync::Micros;

/// One phone.
pub(super) struct Phone {
    /// Who holds it.
    pub(super) owner: &'static str,
    /// Everybody who uses it.
    pub(super) people: Vec<&'static str>,
    /// Which it is.
    pub(super) index: usize,
    /// Counts its processes: what was on its way to one does not reach the next.
    pub(super) process: u32,
    /// Counts each person's copies: what only an earlier one knew is gone.
    copies: BTreeMap<&'static str, u32>,
    /// Whether it listens for pokes.
    pub(super) listens: bool,
    /// Whether there is a network.
    pub(super) online: bool,
    /// How far its clock is off, in microseconds.
    pub(super) ahead: i64,
    /// For how long its copies may be read.
    pub(super) lent: Lent,
    /// What becomes of its next requests.
    pub(super) fates: VecDeque<Fate>,
    /// When it wants to be woken, by its own clock.
    pub(super) wake: Option<Micros>,
    /// Requests that wait for an answer.
    pub(super) waiting: BTreeSet<String>,
    /// The process is about to end.
    pub(super) end: Option<End>,
    /// The wire that it speaks, if it is not the server's.
    pub(super) wire: Option<u16>,
    seed: u64,
    folder: PathBuf,
    core: Option<Core>,
    events: u64,
    /// Who held it when it was backed up.
    held_by: &'static str,
    /// Connections for a look from outside.
    looks: RefCell<BTreeMap<&'static str, SqliteConnection>>,
}

/// When a process ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct End {
    /// After so many events.
    pub(super) after: u32,
    /// At that statement of the next; beyond its last, when all is kept and nobody was told.
    pub(super) at: u32,
}

/// What came of an event.
#[derive(Debug)]
pub(super) enum Came {
    /// This is to be done.
    Effects(Vec<Effect>),
    /// The core could not go on, and said so.
    Trouble(String),
    /// The process ended.
    Ended {
        /// All was kept, and nobody was told.
        kept: bool,
    },
}

impl Phone {
    /// A phone out of the box.
    pub(super) fn new(folder: &Path, owner: &'static str, index: usize, seed: u64) -> Result<Self, Failure> {
        let others = SHARED.iter().filter(|(shared, _)| *shared == index).map(|(_, other)| *other);
        let mut phone = Self {
            owner,
            people: [owner].into_iter().chain(others).collect(),
            index,
            process: 0,
            copies: BTreeMap::new(),
            listens: false,
            online: true,
            ahead: 0,
            lent: Lent::default(),
            fates: VecDeque::new(),
            wake: None,
            waiting: BTreeSet::new(),
            end: None,
            wire: None,
            seed,
            folder: folder.join(format!("phone-{index}")),
            core: None,
            events: 0,
            held_by: owner,
            looks: RefCell::default(),
        };
        phone.open()?;
        Ok(phone)
    }

    /// Which copy of somebody's data this is on it.
    pub(super) fn copy_of(&self, name: &str) -> u32 {
        self.copies.get(name).copied().unwrap_or_default()
    }

    /// The copy of whoever holds it is gone.
    pub(super) fn copy_is_gone(&mut self) {
        self.looks.borrow_mut().clear();
        *self.copies.entry(self.owner).or_default() += 1;
    }

    fn all_copies_are_gone(&mut self) {
        for name in &self.people {
            *self.copies.entry(name).or_default() += 1;
        }
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
        self.listens = false;
        self.waiting.clear();
        Ok(())
    }

    /// Nobody has its files open any more.
    fn close(&mut self) {
        self.core = None;
        self.looks.borrow_mut().clear();
    }

    /// The process is gone, and the app is opened again.
    pub(super) fn reopen(&mut self) -> Result<(), Failure> {
        self.close();
        self.open()
    }

    /// Something happens.
    pub(super) fn take(&mut self, event: Event, now: Micros) -> Result<Came, Failure> {
        self.events += 1;
        let corner = 1_000 * (self.index as u64 + 1) + (self.events << 20);
        let (clock, entropy) = (self.clock(now), Chance::of(self.seed, corner).bytes());
        let fuse = match self.end.take() {
            Some(End { after: 0, at }) => Some(at),
            Some(End { after, at }) => {
                self.end = Some(End { after: after - 1, at });
                None
            }
            None => None,
        };
        let core = self.core.as_mut().expect("it is opened again at once");
        match with_fuse(fuse, || core.handle(event, clock, entropy)) {
            Burnt::Done(_) if fuse.is_some() => Ok(Came::Ended { kept: true }),
            Burnt::Done(Ok(effects)) => Ok(Came::Effects(effects)),
            Burnt::Done(Err(mobile_shared::Error::Storage(why))) => Ok(Came::Trouble(why.to_string())),
            Burnt::Done(Err(error)) => Err(Failure::new("a phone goes on", error.to_string())),
            Burnt::Ended => Ok(Came::Ended { kept: false }),
            Burnt::Panicked(words) => Err(Failure::new("no panic", format!("phone {}: {words}", self.index))),
        }
    }

    /// A screen.
    pub(super) fn read(&mut self, ask: &Ask, now: Micros) -> Result<Value, Failure> {
        let clock = self.clock(now);
        let core = self.core.as_mut().expect("it is opened again at once");
        match with_fuse(None, || core.read(ask, clock)) {
            Burnt::Done(Ok(shown)) => {
                let shown = serde_json::to_value(shown).expect("screens are JSON");
                self.check_read(ask, &shown, now)?;
                Ok(shown)
            }
            Burnt::Done(Err(error)) => Err(Failure::new("a screen can be read", error.to_string())),
            Burnt::Ended => unreachable!("no fuse was laid"),
            Burnt::Panicked(words) => {
                Err(Failure::new("no panic", format!("a screen of phone {}: {words}", self.index)))
            }
        }
    }

    /// Its clock is set.
    pub(super) fn set_clock(&mut self, ahead: i64) {
        self.lent.set_back((self.ahead - ahead).max(0));
        self.ahead = ahead;
    }

    /// Where the session stands.
    pub(super) fn state(&mut self, now: Micros) -> Result<String, Failure> {
        Ok(self.read(&Ask::Session, now)?["state"].as_str().unwrap_or_default().to_owned())
    }

    /// The app is deleted and installed anew.
    pub(super) fn reinstall(&mut self) -> Result<(), Failure> {
        self.close();
        empty(&self.folder);
        self.all_copies_are_gone();
        self.open()
    }

    fn backup(&self) -> PathBuf {
        self.folder.with_extension("backup")
    }

    /// Everything on it is copied.
    pub(super) fn back_up(&mut self) -> Result<(), Failure> {
        self.close();
        empty(&self.backup());
        copy_files(&self.folder, &self.backup());
        self.held_by = self.owner;
        self.open()
    }

    /// Whether it was backed up.
    pub(super) fn has_backup(&self) -> bool {
        self.backup().is_dir()
    }

    /// Everything on it is as it was at the last backup.
    pub(super) fn restore(&mut self) -> Result<(), Failure> {
        self.close();
        empty(&self.folder);
        copy_files(&self.backup(), &self.folder);
        self.owner = self.held_by;
        self.all_copies_are_gone();
        self.open()
    }

    /// Whether whoever holds it has a copy on it.
    pub(super) fn has_copy(&self) -> bool {
        self.has_copy_of(self.owner)
    }

    /// Whether somebody has a copy on it.
    pub(super) fn has_copy_of(&self, name: &str) -> bool {
        self.file_of(name).exists()
    }

    fn file_of(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{}.db", account(name).0.simple()))
    }

    /// Looks at somebody's copy from outside, if there is one.
    fn look<T>(&self, name: &'static str, at: impl FnOnce(&mut SqliteConnection) -> T) -> Option<T> {
        let file = self.file_of(name);
        let mut looks = self.looks.borrow_mut();
        if !file.exists() {
            looks.remove(name);
            return None;
        }
        let open = || SqliteConnection::establish(file.to_str().expect("UTF-8")).expect("the copy opens");
        Some(at(looks.entry(name).or_insert_with(open)))
    }

    /// No more room: from now on a write to this table fails, alone or with its transaction, as
    /// SQLite does either.
    pub(super) fn fill_disk(&self, luck: u64) {
        const TABLES: [&str; 7] = ["outbox", "touch", "record", "visible", "staged", "meta", "preview"];
        const WAYS: [&str; 2] = ["ABORT", "ROLLBACK"];
        let table = TABLES[luck as usize % TABLES.len()];
        let way = WAYS[(luck >> 8) as usize % WAYS.len()];
        self.batch(
            self.owner,
            &format!(
                "CREATE TRIGGER IF NOT EXISTS full_disk BEFORE INSERT ON {table}
             BEGIN SELECT RAISE({way}, 'database or disk is full'); END"
            ),
        );
    }

    /// Room again.
    pub(super) fn free_disk(&self) {
        self.people.iter().for_each(|name| self.batch(name, "DROP TRIGGER IF EXISTS full_disk"));
    }

    fn batch(&self, name: &'static str, sql: &str) {
        self.look(name, |file| file.batch_execute(sql).expect("nobody else writes"));
    }

    /// What is kept in the copy of whoever holds it, by a query that names its column `text`.
    pub(super) fn texts(&self, sql: &str) -> Vec<String> {
        self.texts_of(self.owner, sql)
    }

    /// What is kept in somebody's copy.
    pub(super) fn texts_of(&self, name: &'static str, sql: &str) -> Vec<String> {
        #[derive(diesel::QueryableByName)]
        struct Row {
            #[diesel(sql_type = diesel::sql_types::Text)]
            text: String,
        }
        let rows = self.look(name, |file| sql_query(sql).load(file).expect("the copy has these tables"));
        let rows: Vec<Row> = rows.unwrap_or_default();
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
