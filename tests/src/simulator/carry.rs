//! What is on its way between phones and the server, and what becomes of it at either end.

use super::{
    Failure, cast,
    chance::Chance,
    fuse,
    log::short,
    net::{self, Heard, PATIENCE, Travelling, WAY},
    run::Run,
    server::{Saw, Served},
    step::Fate,
};
use crate::http::Answer;
use mobile_shared::{Event, effect::Request};
use server::apply::Touched;
use std::cell::RefCell;
use std::rc::Rc;

impl Run<'_> {
    pub(super) fn listen(&mut self, index: usize) {
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

    pub(super) fn send(&mut self, index: usize, mut request: Request) {
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

    pub(super) fn arrive(&mut self, what: Travelling) -> Result<(), Failure> {
        match what {
            Travelling::Request { phone, process, request, fate } => self.serve(phone, process, &request, fate),
            Travelling::Reply { phone, process, request, answer, heard } => {
                if !self.is_waited_for(phone, process, &request) {
                    return Ok(());
                }
                let Answer { status, body } = answer;
                self.happen(phone, Event::Reply { request, status, body })?;
                let Some(heard) = heard else { return Ok(()) };
                self.lend(phone, &heard);
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
