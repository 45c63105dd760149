//! What people do: what their phone shows them, or, now and then, what is not theirs to do.

use super::{
    Failure,
    cast::{self, CHILDREN, Child, adult_of, student},
    chance::Chance,
    lease::is_withheld,
    ledger::{Entry, sentences_in, visit, with_sentence},
    run::{Last, Run},
    step::Deed,
};
use domain::{
    contact::{Channel, Reached},
    meeting::Reply,
    progress::{PointStatus, Score},
};
use mobile_shared::{
    Event,
    event::{Intent, PointTaken},
    screens::Ask,
};
use serde_json::Value;
use sync::{AgencyId, IdSource, OperationId, RecordId};

impl Run<'_> {
    /// A person does something with what their phone shows.
    pub(super) fn person(&mut self, index: usize, deed: Deed, chance: &mut Chance) -> Result<(), Failure> {
        let owner = self.phones[index].owner;
        let Some(child) = self.child_of(owner, chance) else { return Ok(()) };
        let ask = Ask::Student { agency: child.agency, id: student(child) };
        let shown = self.phones[index].read(&ask, self.now)?;
        // Nobody fills in a form that is not shown.
        if is_withheld(&shown) {
            return Ok(());
        }
        // Now and then somebody tries what is not theirs to do.
        let deed = if deed != Deed::Write && chance.one_in(25) { deed } else { fitting(owner, deed) };
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
                let person = cast::person(child.agency, guardian);
                let amends = match chance.one_in(4) {
                    true => chance.pick(&attempts_to_reach(&shown, &person.to_string())).copied(),
                    false => None,
                };
                Intent::LogAttempt {
                    student: student(child),
                    person,
                    at: self.phones[index].clock(self.now).millis(),
                    channel: Channel::Call,
                    language: "en".into(),
                    reached: Reached::Nobody,
                    meeting: None,
                    note: sentence,
                    amends,
                }
            }
            Deed::EditStatement | Deed::EditInput | Deed::Rewrite => {
                let is_statement = deed == Deed::EditStatement || (deed == Deed::Rewrite && chance.one_in(2));
                let Some(form) = self.form(index, child, is_statement, chance.below(2))? else { return Ok(()) };
                let value = match deed {
                    Deed::Rewrite => sentence,
                    _ => form.with(&sentence),
                };
                return self.types(index, &form, value, n);
            }
            Deed::SubmitInput => Intent::SubmitInput { student: student(child) },
            Deed::AnswerMeeting => {
                let meetings = shown["meetings"].as_array().cloned().unwrap_or_default();
                let Some(meeting) = chance.pick(&meetings).and_then(|meeting| id(&meeting["meeting"])) else {
                    return Ok(());
                };
                let answer = [Reply::Yes, Reply::No, Reply::OtherTime][chance.below(3) as usize];
                Intent::AnswerMeeting { meeting, revision: None, answer, note: sentence }
            }
            _ => return self.resolve(index, child, &shown, (n, sentence), chance),
        };
        self.does(index, child, intent, n).map(drop)
    }

    /// A child that somebody thinks of: mostly one of their own.
    pub(super) fn child_of(&self, owner: &str, chance: &mut Chance) -> Option<Child> {
        let mine: Vec<Child> =
            CHILDREN.into_iter().filter(|child| adult_of(owner).agencies.contains(&child.agency)).collect();
        let tied: Vec<Child> = mine.iter().copied().filter(|child| self.rights.ties(owner, *child, self.now)).collect();
        let of = if tied.is_empty() || chance.one_in(15) { &mine } else { &tied };
        chance.pick(of).copied()
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
        let saw = alternatives.iter().filter_map(|one| serde_json::from_value(one.clone()).ok()).collect();
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
    pub(super) fn does(
        &mut self,
        index: usize,
        child: Child,
        intent: Intent,
        n: u64,
    ) -> Result<Option<String>, Failure> {
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
            let op = if certain { self.carrier(index, id, (agency, student), n)? } else { id };
            let author = self.phones[index].owner;
            let copy = self.phones[index].copy_of(author);
            let entry = Entry { n, phone: index, author, copy, agency, student, intent, op, certain, purged: false };
            self.ledger.entries.push(entry);
        }
        Ok(refused)
    }

    /// The operation that carries a sentence. What was kept is in the outbox and on the screen.
    fn carrier(
        &mut self,
        index: usize,
        id: OperationId,
        (agency, student): (AgencyId, RecordId),
        n: u64,
    ) -> Result<OperationId, Failure> {
        let kept = "what a person typed is kept and shown to them";
        let phone = &mut self.phones[index];
        let shown = phone.read(&Ask::Student { agency, id: student }, self.now)?;
        if !is_withheld(&shown) && !sentences_in(&shown.to_string()).contains(&n) {
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

    pub(super) fn repeat(&mut self, index: usize) -> Result<(), Failure> {
        let Some(Last { id, agency, intent, replaces }) = self.last[index].clone() else { return Ok(()) };
        self.happen(index, Event::Do { id, agency, intent, replaces }).map(drop)
    }

    /// One operation that waits for its author. Of what a purge left only its receipt, there is nothing
    /// that could be sent again, but people may throw the receipt away.
    fn parked(&mut self, index: usize, is_to_send: bool, chance: &mut Chance) -> Result<Option<OperationId>, Failure> {
        let outbox = self.phones[index].read(&Ask::Outbox, self.now)?;
        let operations = outbox["operations"].as_array().into_iter().flatten();
        let parked: Vec<OperationId> = operations
            .filter(|one| one["state"] == "parked" && !(is_to_send && one["intent"].is_null()))
            .filter_map(|one| text(&one["id"]).parse().ok())
            .collect();
        Ok(chance.pick(&parked).copied())
    }

    pub(super) fn resend(&mut self, index: usize, chance: &mut Chance) -> Result<(), Failure> {
        let Some(parked) = self.parked(index, true, chance)? else { return Ok(()) };
        let Some(entry) = self.ledger.carrying(parked).cloned() else { return Ok(()) };
        let (n, sentence) = self.ledger.next_sentence(self.phones[index].owner);
        let Some(intent) = with_sentence(&entry.intent, &sentence) else { return Ok(()) };
        let id = IdSource::new(self.now, chance.bytes()).mint();
        let last = Last { id, agency: entry.agency, intent, replaces: Some(parked) };
        self.do_it(index, last, entry.student, n).map(drop)
    }

    pub(super) fn throw_away(&mut self, index: usize, chance: &mut Chance) -> Result<(), Failure> {
        let Some(parked) = self.parked(index, false, chance)? else { return Ok(()) };
        self.ledger.thrown_away(parked);
        self.happen(index, Event::Drop { operation: parked }).map(drop)
    }
}

/// What fits the person who holds the phone.
fn fitting(owner: &str, deed: Deed) -> Deed {
    match (owner, deed) {
        ("pat" | "otto", _) => Deed::LogVisit,
        ("cas", Deed::LogVisit | Deed::LogAttempt | Deed::Write) => Deed::LogAttempt,
        ("cas", _) => Deed::Resolve,
        (_, Deed::LogVisit | Deed::LogAttempt | Deed::Write) => Deed::EditStatement,
        (_, deed) => deed,
    }
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

fn attempts_to_reach(shown: &Value, whom: &str) -> Vec<RecordId> {
    let attempts = shown["attempts"].as_array().into_iter().flatten();
    attempts.filter(|one| one["person"]["person"] == whom).filter_map(|one| id(&one["id"])).collect()
}

fn point(child: Child, chance: &mut Chance) -> PointTaken {
    let value = Some(chance.below(100) as f64);
    PointTaken {
        goal: cast::goal(child),
        score: Score { status: PointStatus::Scored, scored: None, possible: None, value },
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn id(value: &Value) -> Option<RecordId> {
    text(value).parse().ok()
}
