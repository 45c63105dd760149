//! A story, told: time goes on from one arrival to the next, and each step happens when it is
//! due. One thread, one clock, one source of luck.

use super::{
    Failure, Outcome,
    cast::{self, NOON, PHONES},
    forms::Form,
    fuse,
    ledger::Ledger,
    log::{Figures, Log},
    net::Net,
    phone::Phone,
    rights::Rights,
    server::Server,
    step::Story,
};
use mobile_shared::{Event, event::Intent};
use server::db::Location;
use std::collections::BTreeMap;
use std::path::Path;
use sync::{AgencyId, Micros, OperationId};

/// A story that is being told.
pub(super) struct Run<'s> {
    pub(super) story: &'s Story,
    pub(super) now: Micros,
    pub(super) server: Server,
    pub(super) phones: Vec<Phone>,
    pub(super) rights: Rights,
    pub(super) ledger: Ledger,
    pub(super) figures: Figures,
    pub(super) log: Log,
    /// When the server was backed up, and what held then.
    pub(super) backup: Option<(Micros, Rights)>,
    /// How often it was restored.
    pub(super) restores: u32,
    /// What was done last on each phone, to be done again.
    pub(super) last: Vec<Option<Last>>,
    /// Forms that stand open on each phone, the oldest first.
    pub(super) forms: Vec<Vec<Form>>,
    /// The server's index as it was seen last.
    pub(super) order: super::checks::Order,
    /// Records that are final, as they were first seen.
    pub(super) frozen: super::checks::Frozen,
    pub(super) net: Net,
    asleep: bool,
    /// How many answers were sent, and how many hints: each has luck of its own.
    pub(super) torn: u64,
    pub(super) hints: u64,
    /// When everybody last had their phone to themselves.
    pub(super) looked: BTreeMap<(usize, &'static str), Micros>,
    trouble: Option<String>,
    /// How many operations somebody's own program has sent.
    pub(super) sent_so_far: u64,
}

/// What somebody did last on a phone.
#[derive(Clone, Debug)]
pub(super) struct Last {
    pub(super) id: OperationId,
    pub(super) agency: AgencyId,
    pub(super) intent: Intent,
    pub(super) replaces: Option<OperationId>,
}

impl<'s> Run<'s> {
    /// Tells a story from noon on.
    pub(super) fn tell(story: &'s Story, noon: &Location, folder: &Path) -> Outcome {
        fuse::lay();
        let seed = story.seed;
        let mut run = Self {
            story,
            now: NOON,
            server: Server::start(folder, noon, seed, story.room),
            phones: Vec::new(),
            rights: Rights::at_noon(),
            ledger: Ledger::default(),
            figures: Figures { seeds: 1, ..Figures::default() },
            log: Log::default(),
            backup: None,
            restores: 0,
            last: vec![None; story.phones],
            forms: vec![Vec::new(); story.phones],
            frozen: super::checks::Frozen::default(),
            order: super::checks::Order::default(),
            net: Net::default(),
            asleep: false,
            torn: 0,
            hints: 0,
            looked: BTreeMap::new(),
            trouble: None,
            sent_so_far: 0,
        };
        let failure = run.go_through(folder).err();
        run.figures.failures = u64::from(failure.is_some());
        Outcome { failure, figures: run.figures.clone(), log: run.log.clone() }
    }

    fn go_through(&mut self, folder: &Path) -> Result<(), Failure> {
        for (index, owner) in PHONES.iter().enumerate().take(self.story.phones) {
            self.phones.push(Phone::new(folder, owner, index, self.story.seed)?);
            self.happen(index, Event::Online)?;
            self.sign_in(index)?;
        }
        self.advance(self.now.plus(60_000_000))?;
        for (n, step) in self.story.steps.iter().enumerate() {
            self.advance(self.now.plus(i64::from(step.after) * 1_000_000))?;
            self.note(format_args!("{step}"));
            self.step(step)?;
            if n % 8 == 7 {
                self.check_frozen()?;
                self.check_order()?;
                self.check_leases()?;
            }
        }
        self.heal()?;
        self.check_frozen()?;
        self.check_order()?;
        self.check_all()
    }

    pub(super) fn note(&mut self, what: std::fmt::Arguments<'_>) {
        self.log.note(self.now, what);
    }

    /// Lets everything happen that is due until then.
    pub(super) fn advance(&mut self, until: Micros) -> Result<(), Failure> {
        let mut most = 20_000;
        loop {
            let wake = self.next_wake();
            let arrival = self.net.next();
            let next = [wake.map(|(at, _)| at), arrival].into_iter().flatten().min();
            let Some(next) = next.filter(|next| *next <= until) else { break };
            self.now = self.now.max(next);
            most -= 1;
            if most == 0 {
                return Err(Failure::new("nobody is stuck", "phones and server talk without end".into()));
            }
            match wake {
                Some((at, phone)) if arrival.is_none_or(|arrival| at < arrival) => {
                    self.phones[phone].wake = None;
                    self.happen(phone, Event::Woke)?;
                }
                _ => {
                    if let Some(what) = self.net.take() {
                        self.arrive(what)?;
                    }
                }
            }
        }
        self.now = self.now.max(until);
        Ok(())
    }

    /// Time passes with the phones in a drawer: what wakes them wakes them at its end.
    pub(super) fn pass(&mut self, hours: u32) -> Result<(), Failure> {
        self.asleep = true;
        let outcome = self.advance(self.now.plus(i64::from(hours) * 3_600_000_000));
        self.asleep = false;
        outcome
    }

    fn next_wake(&self) -> Option<(Micros, usize)> {
        if self.asleep {
            return None;
        }
        let wakes = self.phones.iter().filter_map(|phone| Some((phone.wake?.plus(-phone.ahead), phone.index)));
        wakes.min()
    }

    /// The trouble is over: everybody has a network, room, a sign-in, and looks at their phone.
    fn heal(&mut self) -> Result<(), Failure> {
        self.note(format_args!("the trouble is over"));
        for index in 0..self.phones.len() {
            let phone = &mut self.phones[index];
            phone.free_disk();
            phone.fates.clear();
            phone.end = None;
            phone.wire = None;
            phone.online = true;
            self.happen(index, Event::Online)?;
        }
        let mut settled = 0;
        for _ in 0..10 {
            // Longer than the longest pause that a phone makes for a server that refuses.
            self.pass(2)?;
            let trouble = self.everybody_looks()?;
            // Once everything is up, another round carries everything down.
            settled = if trouble.is_none() { settled + 1 } else { 0 };
            if settled == 2 {
                return Ok(());
            }
            self.trouble = trouble;
        }
        Err(Failure::new("nobody is stuck", self.trouble.take().unwrap_or_default()))
    }

    /// One after the other takes their phone and has it to themselves for a while. Says who then
    /// is not signed in or has something to send, if somebody has.
    fn everybody_looks(&mut self) -> Result<Option<String>, Failure> {
        let mut trouble = None;
        for index in 0..self.phones.len() {
            for name in self.phones[index].people.clone() {
                if self.phones[index].owner != name && !self.phones[index].has_copy_of(name) {
                    continue;
                }
                if self.phones[index].owner != name {
                    self.happen(index, Event::Choose { account: cast::account(name) })?;
                    self.phones[index].owner = name;
                }
                if self.phones[index].state(self.now)? != "ready" {
                    self.sign_in(index)?;
                    self.advance(self.now.plus(5_000_000))?;
                }
                self.happen(index, Event::Hello)?;
                self.advance(self.now.plus(60_000_000))?;
                self.looked.insert((index, name), self.now);
                let phone = &mut self.phones[index];
                let state = phone.state(self.now)?;
                let unsent = &phone.read(&mobile_shared::screens::Ask::Home, self.now)?["unsent"];
                if state != "ready" || *unsent != 0 {
                    trouble = Some(format!("phone {index} ({name}) is {state} with {unsent} unsent"));
                }
            }
        }
        Ok(trouble)
    }
}
