//! A story, told: time goes on from one arrival to the next, and each step happens when it is
//! due. One thread, one clock, one source of luck.

use super::{
    Failure, Outcome,
    cast::{self, NOON, PHONES},
    chance::Chance,
    fuse,
    ledger::Ledger,
    log::{Figures, Log, short},
    net::{self, Heard, Net, PATIENCE, Travelling, WAY},
    phone::{Came, Phone},
    rights::Rights,
    server::{Saw, Served, Server},
    step::{Fate, Story},
};
use crate::http::Answer;
use mobile_shared::{Effect, Event, effect::Request, event::Intent};
use server::{apply::Touched, db::Location};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;
use sync::{
    AgencyId, Micros, OperationId, Scope,
    page::{Page, PullReply},
    push::PushAnswer,
};

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
    /// The server's index as it was seen last.
    pub(super) order: super::checks::Order,
    /// Records that are final, as they were first seen.
    pub(super) frozen: super::checks::Frozen,
    net: Net,
    asleep: bool,
    torn: u64,
    hints: u64,
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

    /// Something happens to a phone, and it does what follows from it.
    pub(super) fn happen(&mut self, index: usize, event: Event) -> Result<Option<String>, Failure> {
        let told = told(&event);
        let had_copy = self.phones[index].has_copy();
        let came = self.phones[index].take(event, self.now)?;
        let mut refused = None;
        match came {
            Came::Effects(effects) => {
                let asked: Vec<String> = effects.iter().map(asked).collect();
                self.note(format_args!("phone {index}: {told} → {}", asked.join(", ")));
                for effect in effects {
                    match effect {
                        Effect::Send(request) => self.send(index, request),
                        Effect::WakeAt { at } => self.phones[index].wake = Some(Micros::from_millis(at)),
                        Effect::Refused { code, .. } => refused = Some(code),
                        // What happened before is unknown: the first hint comes at once.
                        Effect::Listen { .. } => self.listen(index),
                        Effect::Hush => self.phones[index].listens = false,
                        Effect::Changed { .. } => {}
                    }
                }
            }
            Came::Trouble(why) => {
                self.note(format_args!("phone {index}: {told} → {why}"));
                refused = Some("STORAGE".into());
            }
            Came::Ended { kept } => {
                self.note(format_args!("phone {index}: {told} → its process ended"));
                self.figures.fault(if kept { "phone killed untold" } else { "phone killed" });
                refused = Some("ENDED".into());
                self.reopen(index)?;
            }
        }
        if had_copy && !self.phones[index].has_copy() {
            self.phones[index].copy_is_gone();
        }
        Ok(refused)
    }

    /// The app is opened again, and finds the network as it is.
    pub(super) fn reopen(&mut self, index: usize) -> Result<(), Failure> {
        self.phones[index].reopen()?;
        self.find_network(index)
    }

    /// A phone notices how the network is.
    pub(super) fn find_network(&mut self, index: usize) -> Result<(), Failure> {
        let event = if self.phones[index].online { Event::Online } else { Event::Offline };
        self.happen(index, event).map(drop)
    }

    /// The owner signs in.
    pub(super) fn sign_in(&mut self, index: usize) -> Result<(), Failure> {
        let login = self.phones[index].owner.to_owned();
        self.happen(index, Event::SignIn { login, password: "…".into() }).map(drop)
    }

    fn listen(&mut self, index: usize) {
        let phone = &mut self.phones[index];
        phone.listens = self.story.listens;
        if phone.listens {
            let process = phone.process;
            self.net.send(self.now.plus(2 * WAY), Travelling::Poke { phone: index, process });
        }
    }

    /// Whoever listens and sees what was touched is told, unless the hint is lost.
    pub(super) fn poke(&mut self, touched: &Touched) {
        let Some(agency) = touched.agency else { return };
        for phone in self.phones.iter().filter(|phone| phone.listens && phone.online) {
            self.hints += 1;
            let mut chance = Chance::of(self.story.seed, (6 << 32) | self.hints);
            let paths = self.rights.paths(phone.owner, self.now);
            let sees = paths.iter().any(|(of, path)| *of == agency && touched.scopes.contains(path))
                || touched.people.contains(&cast::person(agency, phone.owner));
            if sees && !chance.one_in(4) {
                let (phone, process) = (phone.index, phone.process);
                let after = WAY + chance.below(1_000_000).cast_signed();
                self.net.send(self.now.plus(after), Travelling::Poke { phone, process });
            }
        }
    }

    fn send(&mut self, index: usize, mut request: Request) {
        self.figures.requests += 1;
        let phone = &mut self.phones[index];
        let suits = |fate: &Fate| !matches!(fate, Fate::Overtaken { .. }) || net::is_pull(&request);
        let fate = match phone.fates.iter().position(suits) {
            _ if !phone.online => Fate::IsLost,
            Some(at) => phone.fates.remove(at).unwrap_or(Fate::Arrives),
            None => Fate::Arrives,
        };
        if let Some(version) = phone.wire {
            net::in_wire(&mut request, version);
        }
        phone.waiting.insert(request.request.clone());
        let (process, name) = (phone.process, request.request.clone());
        let (now, patience) = (self.now, if phone.online { PATIENCE } else { WAY });
        let mut send = |after: i64, fate| {
            let request = request.clone();
            self.net.send(now.plus(after), Travelling::Request { phone: index, process, request, fate });
        };
        if let Some(kind) = kind(fate).filter(|_| phone.online) {
            self.figures.fault(kind);
        }
        match fate {
            Fate::IsLost => {}
            Fate::ArrivesLate { minutes } => send(i64::from(minutes) * 60_000_000, Fate::Arrives),
            Fate::ArrivesTwice => {
                send(WAY, Fate::Arrives);
                send(3 * WAY, Fate::Arrives);
            }
            fate => send(WAY, fate),
        }
        self.net.send(now.plus(patience), Travelling::Silence { phone: index, process, request: name });
    }

    fn arrive(&mut self, what: Travelling) -> Result<(), Failure> {
        match what {
            Travelling::Request { phone, process, request, fate } => self.serve(phone, process, &request, fate),
            Travelling::Reply { phone, process, request, answer, heard } => {
                if !self.is_waited_for(phone, process, &request) {
                    return Ok(());
                }
                let Answer { status, body } = answer;
                self.happen(phone, Event::Reply { request, status, body })?;
                let Some(heard) = heard else { return Ok(()) };
                self.check_held(phone, &heard)?;
                self.check_previews(phone)
            }
            Travelling::Poke { phone, process } => {
                let hears = &self.phones[phone];
                if hears.process == process && hears.listens && hears.online {
                    self.happen(phone, Event::Poke)?;
                }
                Ok(())
            }
            Travelling::Silence { phone, process, request } => {
                if self.is_waited_for(phone, process, &request) {
                    self.happen(phone, Event::Failed { request })?;
                }
                Ok(())
            }
        }
    }

    fn is_waited_for(&mut self, phone: usize, process: u32, request: &str) -> bool {
        let phone = &mut self.phones[phone];
        phone.process == process && phone.waiting.remove(request)
    }

    fn serve(&mut self, phone: usize, process: u32, request: &Request, fate: Fate) -> Result<(), Failure> {
        let put_off = match fate {
            Fate::IsPutOff { seconds } => net::put_off(request, seconds, self.now),
            _ => None,
        };
        let served = match fate {
            _ if put_off.is_some() => Served { answer: put_off, saw: Saw::Nothing, kept: false },
            Fate::ServerDies { at } => self.server.serve(request, self.now, Some(at))?,
            Fate::Overtaken { at } => match self.net.take_push_of_another(phone) {
                Some(other) => self.overtaken(request, at, other)?,
                None => self.server.serve(request, self.now, None)?,
            },
            _ => self.server.serve(request, self.now, None)?,
        };
        self.served(phone, process, request, fate, served)
    }

    /// While one request is read for, another is taken whole.
    fn overtaken(&mut self, request: &Request, at: u32, other: Travelling) -> Result<Served, Failure> {
        let Travelling::Request { phone, process, request: overtaking, .. } = other else {
            return self.server.serve(request, self.now, None);
        };
        let (mut lent, now) = (self.server.lend(), self.now);
        let done = Rc::new(RefCell::new(None));
        let (write_down, asked) = (done.clone(), overtaking.clone());
        let play = move || {
            let served = lent.serve(&asked, now, None);
            *write_down.borrow_mut() = Some((lent, served));
        };
        let served = fuse::with_interlude(at, Box::new(play), || self.server.serve(request, now, None));
        let (lent, overtook) = done.take().expect("it was played");
        self.server.take_back(lent);
        let served = served?;
        self.served(phone, process, &overtaking, Fate::Arrives, overtook?)?;
        Ok(served)
    }

    fn served(
        &mut self,
        phone: usize,
        process: u32,
        request: &Request,
        fate: Fate,
        served: Served,
    ) -> Result<(), Failure> {
        let Served { answer, saw, kept } = served;
        let said = answer.as_ref().map_or_else(|| "its process ended".into(), |answer| short(&answer.body));
        self.note(format_args!("server: {} {} → {said}", request.path, short(&request.body)));
        let heard = match &saw {
            Saw::Pull(_, reply) => Heard::of(reply, self.now),
            _ => None,
        };
        self.saw(saw)?;
        let Some(answer) = answer else {
            self.figures.fault(if kept { "server killed untold" } else { "server killed" });
            return Ok(());
        };
        let refused = answer.status >= 400 || answer.body.contains("\"errors\"");
        if refused && !super::ledger::sentences_in(&answer.body).is_empty() {
            return Err(Failure::new("no word of a person is in a refusal", answer.body));
        }
        if answer.body.contains("\"INTERNAL\"") {
            return Err(Failure::new("the server answers", answer.body));
        }
        let wait = match fate {
            Fate::LosesReply => return Ok(()),
            Fate::RepliesLate { seconds } => i64::from(seconds) * 1_000_000,
            _ => WAY,
        };
        self.torn += 1;
        let answer = net::torn(answer, fate, &mut Chance::of(self.story.seed, (3 << 32) | self.torn));
        let request = request.request.clone();
        self.net.send(self.now.plus(wait), Travelling::Reply { phone, process, request, answer, heard });
        Ok(())
    }

    /// What the server did is noted, and held against what may be.
    fn saw(&mut self, saw: Saw) -> Result<(), Failure> {
        match saw {
            Saw::Nothing => Ok(()),
            Saw::Push(push) => {
                let (request, reply, touched) = *push;
                let PushAnswer::Taken { verdicts, .. } = &reply.answer else {
                    self.note(format_args!("server: a push from {} on: {:?}", request.first, reply.answer));
                    return Ok(());
                };
                for judged in verdicts {
                    let taken = judged.verdict.is_success();
                    self.note(format_args!("server: {} {:?}", short(&judged.id.to_string()), judged.verdict));
                    let known = self.ledger.judged.entry(judged.id).or_insert(taken);
                    *known |= taken;
                }
                self.poke(&touched);
                Ok(())
            }
            Saw::Pull(account, reply) => match *reply {
                PullReply::Page(page) => {
                    let mut all = self.phones.iter().flat_map(|phone| phone.people.iter().copied());
                    let owner = all.find(|name| cast::account(name) == account);
                    owner.map_or(Ok(()), |owner| self.check_page(owner, &page))
                }
                other => {
                    self.note(format_args!("server: {other:?}"));
                    Ok(())
                }
            },
        }
    }

    /// Nothing that somebody must not see leaves the server.
    fn check_page(&mut self, owner: &'static str, page: &Page) -> Result<(), Failure> {
        self.note(format_args!(
            "server: a page for {owner}: {} rows, {} fill, {} purge, {}",
            page.rows.len(),
            page.fill.len(),
            page.purge.len(),
            if page.complete { "complete" } else { "more to come" },
        ));
        let of = |index: u32| page.scopes.get(index as usize).cloned().unwrap_or_else(|| Scope::new(cast::LAKE, "?"));
        for row in &page.rows {
            let scope = of(row.scope);
            if let Some(why) = self.rights.objection(owner, scope.agency, &scope.path, row, self.now) {
                return Err(Failure::new("nothing outside a person's scopes reaches a phone", why));
            }
        }
        for scope in &page.purge {
            if let Some(student) = domain::scope::student_of(&scope.path) {
                self.ledger.purged(owner, scope.agency, student);
            }
        }
        Ok(())
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
                if self.phones[index].state()? != "ready" {
                    self.sign_in(index)?;
                    self.advance(self.now.plus(5_000_000))?;
                }
                self.happen(index, Event::Hello)?;
                self.advance(self.now.plus(60_000_000))?;
                self.looked.insert((index, name), self.now);
                let phone = &mut self.phones[index];
                let state = phone.state()?;
                let unsent = &phone.read(&mobile_shared::screens::Ask::Home)?["unsent"];
                if state != "ready" || *unsent != 0 {
                    trouble = Some(format!("phone {index} ({name}) is {state} with {unsent} unsent"));
                }
            }
        }
        Ok(trouble)
    }
}

/// A fault, as figures name it.
fn kind(fate: Fate) -> Option<&'static str> {
    Some(match fate {
        // Counted when it has happened.
        Fate::Arrives | Fate::ServerDies { .. } => return None,
        Fate::IsLost => "lost",
        Fate::LosesReply => "reply lost",
        Fate::ArrivesTwice => "twice",
        Fate::ArrivesLate { .. } => "late",
        Fate::RepliesLate { .. } => "slow",
        Fate::IsTorn | Fate::TearsChunk => "torn",
        Fate::IsPutOff { .. } => "put off",
        Fate::Portal => "portal",
        Fate::Overtaken { .. } => "overtaken",
    })
}

fn told(event: &Event) -> String {
    match event {
        Event::Do { id, intent, .. } => format!("do {} {}", short(&id.to_string()), short(&format!("{intent:?}"))),
        Event::Reply { request, status, body } => format!("reply {request} {status} {}", short(body)),
        Event::Failed { request } => format!("no reply {request}"),
        Event::SignIn { login, .. } => format!("{login} signs in"),
        other => format!("{other:?}"),
    }
}

fn asked(effect: &Effect) -> String {
    match effect {
        Effect::Send(request) => format!("send {} {} {}", request.request, request.path, short(&request.body)),
        Effect::WakeAt { at } => format!("wake at {at}"),
        Effect::Changed { what } => format!("changed {}", what.len()),
        Effect::Listen { token } => format!("listen {}", short(token)),
        Effect::Hush => "hush".into(),
        Effect::Refused { code, field, .. } => format!("refused {code} {}", field.as_deref().unwrap_or_default()),
    }
}
