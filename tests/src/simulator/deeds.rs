//! What happens in each step. People do what their phone shows them; what they cannot do they
//! leave.

use super::{
    Failure,
    cast::{self, CHILDREN, Child, LAKE, TIES, account, adult_of, student},
    chance::Chance,
    ledger::{Entry, sentences_in, visit, with_sentence},
    phone::End,
    run::{Last, Run},
    step::{Deed, Fate, Leaving, Step},
};
use crate::world::hour_from;
use domain::{
    Intent as Office,
    contact::{Channel, Reached},
    facts::{EndAssignment, EndRights},
    kinds,
    meeting::{CallMeeting, MeetingTime, MoveMeeting, Reply},
    progress::{Direction, PointStatus, Score, WriteGoal},
    team::TeamRole,
};
use mobile_shared::{
    Event,
    event::{Intent, PointTaken, Unsent},
    screens::Ask,
};
use serde_json::Value;
use server::{records, testing};
use sync::{AgencyId, IdSource, Micros, OperationId, RecordId, value::ValueHash, wire};

/// An hour, in microseconds.
const HOUR: i64 = 3_600_000_000;
/// The oldest backup that is restored: phones keep what was taken for 35 days.
const OLDEST_BACKUP: i64 = 34 * 24 * HOUR;
/// What a family's statement has.
const STATEMENT: [&str; 2] = ["vision", "strengths"];
/// What a guardian's input has.
const INPUT: [&str; 2] = ["hopes", "concerns"];

impl Run<'_> {
    /// One step of the story.
    pub(super) fn step(&mut self, step: &Step) -> Result<(), Failure> {
        let index = step.phone;
        let mut chance = Chance::of(step.luck, 4);
        match step.deed {
            Deed::LogVisit
            | Deed::LogAttempt
            | Deed::EditStatement
            | Deed::EditInput
            | Deed::SubmitInput
            | Deed::Rewrite
            | Deed::AnswerMeeting
            | Deed::Resolve => self.person(index, step.deed, &mut chance),
            Deed::Repeat => self.repeat(index),
            Deed::Resend => self.resend(index, &mut chance),
            Deed::Drop => self.throw_away(index, &mut chance),
            Deed::Offline | Deed::Online => {
                self.phones[index].online = step.deed == Deed::Online;
                self.find_network(index)
            }
            Deed::Hello => self.happen(index, Event::Hello).map(drop),
            Deed::Poke => self.happen(index, Event::Poke).map(drop),
            Deed::Reopen => self.reopen(index),
            Deed::Dies { at } => {
                self.phones[index].end = Some(End::At(at));
                Ok(())
            }
            Deed::DiesUntold => {
                self.phones[index].end = Some(End::Untold);
                Ok(())
            }
            Deed::DiskFills => {
                self.figures.fault("disk full");
                self.phones[index].fill_disk(step.luck);
                Ok(())
            }
            Deed::DiskFrees => {
                self.phones[index].free_disk();
                Ok(())
            }
            Deed::SetClock { minutes } => {
                self.figures.fault("clock set");
                self.phones[index].ahead = i64::from(minutes) * 60_000_000;
                self.happen(index, Event::Hello).map(drop)
            }
            Deed::Backup => {
                self.phones[index].back_up()?;
                self.find_network(index)
            }
            Deed::Restore => self.restore_phone(index),
            Deed::Reinstall => {
                self.figures.fault("reinstalled");
                let copy = self.phones[index].copy;
                self.ledger.destroyed(index, copy);
                self.phones[index].reinstall()?;
                self.find_network(index)?;
                self.sign_in(index)
            }
            Deed::SignOut(leaving) => self.sign_out(index, leaving),
            Deed::SignIn => self.sign_in(index),
            Deed::SpeaksNewer => {
                self.figures.fault("newer wire");
                self.phones[index].wire = Some(wire::VERSION + 1);
                Ok(())
            }
            Deed::SpeaksOlder => {
                self.figures.fault("older wire");
                self.phones[index].wire = Some(wire::OLDEST - 1);
                Ok(())
            }
            Deed::SpeaksAlike => {
                self.phones[index].wire = None;
                Ok(())
            }
            Deed::Spoil(fate) => self.spoil(index, fate),
            Deed::Pass { hours } => {
                self.figures.fault("time passed");
                self.pass(hours)
            }
            Deed::ServerBackup => {
                self.server.back_up();
                self.backup = Some((self.now, self.rights.clone()));
                Ok(())
            }
            Deed::ServerRestore => self.restore_server(),
            Deed::Make { tie, hours } => self.make(tie, hours),
            Deed::End { tie, hours } => self.end(tie, hours),
            Deed::WriteGoal | Deed::CallMeeting | Deed::MoveMeeting => self.staff(step.deed, &mut chance),
            Deed::Revoke => self.revoke(index),
        }
    }

    // People.

    /// A person does something with what their phone shows.
    fn person(&mut self, index: usize, deed: Deed, chance: &mut Chance) -> Result<(), Failure> {
        let owner = self.phones[index].owner;
        let mine: Vec<Child> =
            CHILDREN.into_iter().filter(|child| adult_of(owner).agencies.contains(&child.agency)).collect();
        let Some(child) = chance.pick(&mine).copied() else { return Ok(()) };
        let shown = self.phones[index].read(&Ask::Student { agency: child.agency, id: student(child) })?;
        // Now and then somebody tries what is not theirs to do.
        let deed = if chance.one_in(25) { deed } else { fitting(owner, deed) };
        let (n, sentence) = self.ledger.next_sentence(owner);
        let intent = match deed {
            Deed::LogVisit => {
                let service = if owner == "otto" { "occupational" } else { "speech" };
                let ended_at = self.phones[index].clock(self.now).millis();
                let mut intent = visit(student(child), service, ended_at, sentence);
                if let Intent::LogVisit { points, amends, .. } = &mut intent {
                    if chance.one_in(2) {
                        points.push(point(child, chance));
                    }
                    if chance.one_in(5) {
                        *amends =
                            chance.pick(&own_visits(&shown, &cast::person(child.agency, owner).to_string())).copied();
                    }
                }
                intent
            }
            Deed::LogAttempt => {
                let guardian = ["mia", "fred", "gran"][chance.below(3) as usize];
                Intent::LogAttempt {
                    student: student(child),
                    person: cast::person(child.agency, guardian),
                    at: self.phones[index].clock(self.now).millis(),
                    channel: Channel::Call,
                    language: "en".into(),
                    reached: Reached::Nobody,
                    meeting: None,
                    note: sentence,
                    amends: None,
                }
            }
            Deed::EditStatement | Deed::EditInput | Deed::Rewrite => {
                let statement = deed == Deed::EditStatement || (deed == Deed::Rewrite && chance.one_in(2));
                let fields = if statement { STATEMENT } else { INPUT };
                let field = fields[chance.below(2) as usize].to_owned();
                let text = &shown[if statement { "statement" } else { "input" }];
                if text.is_null() {
                    return Ok(());
                }
                let seen = goes_on_from(text, &field, &cast::person(child.agency, owner).to_string());
                let value = match deed {
                    Deed::Rewrite => sentence,
                    _ => format!("{seen} {sentence}").trim_start().to_owned(),
                };
                let student = student(child);
                let refused = if statement {
                    let intent = Intent::EditStatement { student, field, value: value.clone() };
                    self.does(index, child, intent, n)?
                } else {
                    let intent = Intent::EditInput { student, field, value: value.clone() };
                    self.does(index, child, intent, n)?
                };
                // Even if the process ended: perhaps it was kept.
                if refused.is_none_or(|code| code == "ENDED") {
                    self.ledger.replaced(&seen, &value);
                }
                return Ok(());
            }
            Deed::SubmitInput => Intent::SubmitInput { student: student(child) },
            Deed::AnswerMeeting => {
                let meetings = shown["meetings"].as_array().cloned().unwrap_or_default();
                let Some(meeting) = chance.pick(&meetings).and_then(|meeting| id(&meeting["meeting"])) else {
                    return Ok(());
                };
                let answer = [Reply::Yes, Reply::No, Reply::OtherTime][chance.below(3) as usize];
                Intent::AnswerMeeting { meeting, answer, note: sentence }
            }
            _ => return self.resolve(index, child, &shown, (n, sentence), chance),
        };
        self.does(index, child, intent, n).map(drop)
    }

    fn resolve(
        &mut self,
        index: usize,
        child: Child,
        shown: &Value,
        (n, sentence): (u64, String),
        chance: &mut Chance,
    ) -> Result<(), Failure> {
        let conflicts_of = |kind: &str| {
            let text = &shown[kind];
            let conflicts = text["conflicts"].as_array().cloned().unwrap_or_default();
            conflicts
                .into_iter()
                .filter_map(|conflict| Some((kind.to_owned(), id(&text["id"])?, conflict)))
                .collect::<Vec<_>>()
        };
        let all = [conflicts_of("statement"), conflicts_of("input")].concat();
        let Some((kind, record, conflict)) = chance.pick(&all).cloned() else { return Ok(()) };
        let field = text(&conflict["field"]);
        let alternatives = conflict["alternatives"].as_array().cloned().unwrap_or_default();
        let values: Vec<String> = alternatives.iter().map(|one| text(&one["value"])).collect();
        let saw: Vec<OperationId> = alternatives.iter().filter_map(|one| text(&one["id"]).parse().ok()).collect();
        let value = match chance.below(4) {
            0 => values.first().cloned().unwrap_or_default(),
            _ => format!("{} {sentence}", all_of(&values)).trim_start().to_owned(),
        };
        let seen = format!("{} {}", values.join(" "), text(&shown[kind.as_str()][field.as_str()]));
        let intent = Intent::Resolve { kind, record, field, saw, value: value.clone() };
        let refused = self.does(index, child, intent, if value.contains(&sentence) { n } else { 0 })?;
        if refused.is_none_or(|code| code == "ENDED") {
            self.ledger.replaced(&seen, &value);
        }
        Ok(())
    }

    /// A person does something; `n` numbers its sentence, 0 if it has none of its own.
    fn does(&mut self, index: usize, child: Child, intent: Intent, n: u64) -> Result<Option<String>, Failure> {
        let id = IdSource::new(self.now, Chance::of(self.story.seed, (n << 8) | 5).bytes()).mint();
        self.do_it(index, Last { id, agency: child.agency, intent, replaces: None }, student(child), n)
    }

    fn do_it(&mut self, index: usize, last: Last, student: RecordId, n: u64) -> Result<Option<String>, Failure> {
        let Last { id, agency, intent, replaces } = last.clone();
        let n = if matches!(intent, Intent::SubmitInput { .. }) { 0 } else { n };
        let event = Event::Do { id, agency, intent: intent.clone(), replaces };
        self.last[index] = Some(last);
        let refused = self.happen(index, event)?;
        let certain = refused.is_none();
        if !certain && refused.as_deref() != Some("ENDED") {
            return Ok(refused);
        }
        self.figures.operations += 1;
        if certain && let Some(before) = replaces {
            self.ledger.resent(before, id);
        }
        if n > 0 {
            // No screen lists attempts yet; the outbox does.
            let on_screen = !matches!(intent, Intent::LogAttempt { .. });
            let op = if certain { self.carrier(index, id, (agency, student, on_screen), n)? } else { id };
            let copy = self.phones[index].copy;
            let entry = Entry { n, phone: index, copy, agency, student, intent, op, certain, purged: false };
            self.ledger.entries.push(entry);
        }
        Ok(refused)
    }

    /// The operation that carries a sentence. What was kept is in the outbox and on the screen.
    fn carrier(
        &mut self,
        index: usize,
        id: OperationId,
        (agency, student, on_screen): (AgencyId, RecordId, bool),
        n: u64,
    ) -> Result<OperationId, Failure> {
        let kept = "what a person typed is kept and shown to them";
        let phone = &mut self.phones[index];
        let shown = phone.read(&Ask::Student { agency, id: student })?.to_string();
        if on_screen && !sentences_in(&shown).contains(&n) {
            return Err(Failure::new(kept, format!("phone {index} does not show sentence {n}")));
        }
        let rows = phone.texts("SELECT lower(hex(id)) || ' ' || bytes AS text FROM outbox ORDER BY place DESC");
        let carries = rows
            .iter()
            .filter(|row| sentences_in(row).contains(&n))
            .filter_map(|row| row.split(' ').next()?.parse().ok());
        let carries: Vec<OperationId> = carries.collect();
        match carries.iter().find(|carrier| **carrier == id).or(carries.first()) {
            Some(carrier) => Ok(*carrier),
            None => Err(Failure::new(kept, format!("the outbox of phone {index} does not have sentence {n}"))),
        }
    }

    fn repeat(&mut self, index: usize) -> Result<(), Failure> {
        let Some(Last { id, agency, intent, replaces }) = self.last[index].clone() else { return Ok(()) };
        self.happen(index, Event::Do { id, agency, intent, replaces }).map(drop)
    }

    fn parked(&mut self, index: usize, chance: &mut Chance) -> Result<Option<OperationId>, Failure> {
        let outbox = self.phones[index].read(&Ask::Outbox)?;
        let operations = outbox["operations"].as_array().into_iter().flatten();
        let parked: Vec<OperationId> =
            operations.filter(|one| one["state"] == "parked").filter_map(|one| text(&one["id"]).parse().ok()).collect();
        Ok(chance.pick(&parked).copied())
    }

    fn resend(&mut self, index: usize, chance: &mut Chance) -> Result<(), Failure> {
        let Some(parked) = self.parked(index, chance)? else { return Ok(()) };
        let Some(entry) = self.ledger.carrying(parked).cloned() else { return Ok(()) };
        let (n, sentence) = self.ledger.next_sentence(self.phones[index].owner);
        let Some(intent) = with_sentence(&entry.intent, &sentence) else { return Ok(()) };
        let id = IdSource::new(self.now, chance.bytes()).mint();
        let last = Last { id, agency: entry.agency, intent, replaces: Some(parked) };
        self.do_it(index, last, entry.student, n).map(drop)
    }

    fn throw_away(&mut self, index: usize, chance: &mut Chance) -> Result<(), Failure> {
        let Some(parked) = self.parked(index, chance)? else { return Ok(()) };
        self.ledger.thrown_away(parked);
        self.happen(index, Event::Drop { operation: parked }).map(drop)
    }

    // Phones.

    fn restore_phone(&mut self, index: usize) -> Result<(), Failure> {
        let copy = self.phones[index].copy;
        if self.phones[index].restore()? {
            self.figures.fault("phone restored");
            self.ledger.destroyed(index, copy);
            self.find_network(index)?;
        }
        Ok(())
    }

    fn sign_out(&mut self, index: usize, leaving: Leaving) -> Result<(), Failure> {
        let unsent = match leaving {
            Leaving::Send => Unsent::Send,
            Leaving::Keep => Unsent::Keep,
            Leaving::Destroy => {
                let copy = self.phones[index].copy;
                self.ledger.destroyed(index, copy);
                Unsent::Destroy
            }
        };
        self.happen(index, Event::SignOut { unsent }).map(drop)
    }

    fn spoil(&mut self, index: usize, fate: Fate) -> Result<(), Failure> {
        self.phones[index].fates.push_back(fate);
        if matches!(fate, Fate::Overtaken { .. }) {
            // Both have something to ask at once.
            for phone in 0..self.phones.len() {
                self.happen(phone, Event::Hello)?;
            }
        }
        Ok(())
    }

    fn revoke(&mut self, index: usize) -> Result<(), Failure> {
        self.figures.fault("revoked");
        let (owner, now) = (account(self.phones[index].owner), self.now);
        let date = chrono::DateTime::from_timestamp_micros(now.0).unwrap_or_default();
        let work = |db: &mut _| {
            let devices = testing::devices_of(db, owner)?;
            devices.into_iter().try_for_each(|device| testing::revoke(db, owner, device, date))
        };
        self.server.session().write(work).map_err(|error| Failure::new("the server answers", error.to_string()))?;
        for phone in 0..self.phones.len() {
            if account(self.phones[phone].owner) == owner {
                let copy = self.phones[phone].copy;
                self.ledger.destroyed(phone, copy);
            }
        }
        Ok(())
    }

    // The server and the office.

    fn restore_server(&mut self) -> Result<(), Failure> {
        let Some((at, rights)) = self.backup.clone() else { return Ok(()) };
        self.check_frozen()?;
        if self.now.0 - at.0 < OLDEST_BACKUP && self.server.restore() {
            self.figures.fault("server restored");
            self.rights = rights;
            self.restores += 1;
        }
        Ok(())
    }

    fn office(&mut self, agency: AgencyId, intent: &Office) -> Result<bool, Failure> {
        let verdict = self.server.office("dora", agency, intent, self.now);
        self.note(format_args!("office: {} {verdict:?}", intent.name()));
        let verdict = verdict.map_err(|error| Failure::new("the server answers", error.to_string()))?;
        Ok(verdict.is_success())
    }

    fn make(&mut self, tie: usize, hours: u32) -> Result<(), Failure> {
        let (made, fact) = (&TIES[tie], self.rights.next_fact(tie));
        let from = (hours > 0).then(|| self.now.plus(i64::from(hours) * HOUR));
        if self.office(made.child.agency, &cast::made(made, fact, from))? {
            self.rights.made(tie, fact, from.unwrap_or(self.now));
        }
        Ok(())
    }

    fn end(&mut self, tie: usize, hours: u32) -> Result<(), Failure> {
        let Some(fact) = self.rights.open(tie, self.now).map(|held| held.fact) else { return Ok(()) };
        let (ended, student) = (&TIES[tie], student(TIES[tie].child));
        let at = (hours > 0 && ended.role != TeamRole::Guardian).then(|| self.now.plus(i64::from(hours) * HOUR));
        let intent = match ended.role {
            TeamRole::Guardian => Office::from(EndRights { right: fact, student }),
            _ => EndAssignment { assignment: fact, student, at }.into(),
        };
        if self.office(ended.child.agency, &intent)? {
            self.rights.ended(fact, at.unwrap_or(self.now));
        }
        Ok(())
    }

    fn staff(&mut self, deed: Deed, chance: &mut Chance) -> Result<(), Failure> {
        let child = CHILDREN[chance.below(CHILDREN.len() as u64) as usize];
        let mut ids = IdSource::new(self.now, chance.bytes());
        let intent = match deed {
            Deed::WriteGoal => another_goal(child, ids.mint()),
            Deed::CallMeeting => {
                let guardians = ["mia", "fred", "gran"].map(|name| cast::person(child.agency, name));
                CallMeeting {
                    meeting: ids.mint(),
                    student: student(child),
                    purpose: "a talk".into(),
                    time: hour_from(1, self.now.plus_days(3)),
                    invited: if child.agency == LAKE { guardians.to_vec() } else { Vec::new() },
                }
                .into()
            }
            _ => {
                let meeting = cast::meeting(child);
                let find = |db: &mut _| records::find(db, child.agency, &kinds::MEETING, meeting);
                let Ok(Some(found)) = self.server.session().read(find) else { return Ok(()) };
                let Some(time) = MeetingTime::of(&found.record) else { return Ok(()) };
                // Sometimes by somebody who has not seen the last move.
                let seen = match chance.one_in(3) {
                    true => ValueHash::of_text("another"),
                    false => ValueHash::of(found.record.field("time")),
                };
                let time = hour_from(time.revision + 1, Micros(self.now.0).plus_days(2 + chance.below(9) as i64));
                MoveMeeting { meeting, student: student(child), seen, time }.into()
            }
        };
        let verdict = self.server.office("cas", child.agency, &intent, self.now);
        self.note(format_args!("staff: {} {verdict:?}", intent.name()));
        verdict.map(drop).map_err(|error| Failure::new("the server answers", error.to_string()))
    }
}

/// What fits the person who holds the phone.
fn fitting(owner: &str, deed: Deed) -> Deed {
    match (owner, deed) {
        ("pat" | "otto", _) => Deed::LogVisit,
        ("cas", Deed::LogVisit | Deed::LogAttempt) => Deed::LogAttempt,
        ("cas", _) => Deed::Resolve,
        (_, Deed::LogVisit | Deed::LogAttempt) => Deed::EditStatement,
        (_, deed) => deed,
    }
}

/// The text that a person goes on from: the one on the screen, or their own version of it while
/// there are several.
fn goes_on_from(shown: &Value, field: &str, me: &str) -> String {
    let conflicts = shown["conflicts"].as_array().into_iter().flatten();
    let versions = conflicts
        .filter(|conflict| conflict["field"] == field)
        .flat_map(|conflict| conflict["alternatives"].as_array().cloned().unwrap_or_default());
    let own = versions.into_iter().find(|version| version["by"]["person"] == me);
    own.map_or_else(|| text(&shown[field]), |own| text(&own["value"]))
}

/// Every sentence of every version, once.
fn all_of(values: &[String]) -> String {
    let mut pieces: Vec<&str> = Vec::new();
    for piece in values.iter().flat_map(|value| value.split_inclusive('.')).map(str::trim) {
        if !piece.is_empty() && !pieces.contains(&piece) {
            pieces.push(piece);
        }
    }
    pieces.join(" ")
}

fn own_visits(shown: &Value, me: &str) -> Vec<RecordId> {
    let visits = shown["visits"].as_array().into_iter().flatten();
    visits.filter(|visit| visit["by"]["person"] == me).filter_map(|visit| id(&visit["id"])).collect()
}

fn point(child: Child, chance: &mut Chance) -> PointTaken {
    let value = Some(chance.below(100) as f64);
    PointTaken {
        goal: cast::goal(child),
        score: Score { status: PointStatus::Scored, scored: None, possible: None, value },
    }
}

fn another_goal(child: Child, goal: RecordId) -> Office {
    WriteGoal {
        goal,
        student: student(child),
        title: "another goal".into(),
        area: "reading".into(),
        unit: "wordsPerMinute".into(),
        direction: Direction::Increase,
        baseline: 10.0,
        baseline_on: "2026-06-01".parse().expect("a date"),
        target: 20.0,
        target_on: "2027-06-01".parse().expect("a date"),
    }
    .into()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn id(value: &Value) -> Option<RecordId> {
    text(value).parse().ok()
}
