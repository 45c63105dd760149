//! What becomes of the server, and what the office and the staff do there.

use super::{
    Failure,
    cast::{self, CHILDREN, CUSTODY, Child, LAKE, ORDERS, TIES, student},
    chance::Chance,
    checks::{Frozen, Order},
    run::Run,
    step::Deed,
};
use crate::world::{hour_from, moved_to};
use domain::{
    Intent as Office,
    facts::{EndAssignment, EndRights, LiftRestriction, Restrict},
    kinds,
    meeting::CallMeeting,
    progress::{Direction, WriteGoal},
    review::{Finding, ReviewAttempt, ReviewVisit},
    team::TeamRole,
};
use serde_json::Value;
use server::records;
use sync::{AgencyId, Base, IdSource, RecordId, value::ValueHash};

/// An hour, in microseconds.
const HOUR: i64 = 3_600_000_000;
/// The oldest backup that is restored: phones keep what was taken for 35 days.
const OLDEST_BACKUP: i64 = 34 * 24 * HOUR;

impl Run<'_> {
    pub(super) fn restore_server(&mut self) -> Result<(), Failure> {
        let Some((at, rights)) = self.backup.clone() else { return Ok(()) };
        self.check_frozen()?;
        if self.now.0 - at.0 < OLDEST_BACKUP && self.server.restore(self.now) {
            self.figures.fault("server restored");
            self.rights = rights;
            self.restores += 1;
            self.order = Order::default();
            // What was lost was not final: it comes again, perhaps otherwise.
            self.frozen = Frozen::default();
        }
        Ok(())
    }

    fn office(&mut self, agency: AgencyId, intent: &Office) -> Result<bool, Failure> {
        self.done_by("dora", agency, intent)
    }

    fn done_by(&mut self, who: &str, agency: AgencyId, intent: &Office) -> Result<bool, Failure> {
        let done = self.server.office(who, agency, intent, self.now);
        let (verdict, touched) = done.map_err(|error| Failure::new("the server answers", error.to_string()))?;
        self.note(format_args!("{who}: {} {verdict:?}", intent.name()));
        self.poke(&touched);
        Ok(verdict.is_success())
    }

    pub(super) fn make(&mut self, tie: usize, hours: u32) -> Result<(), Failure> {
        let (made, fact) = (&TIES[tie], self.rights.next_fact(tie));
        let from = (hours > 0).then(|| self.now.plus(i64::from(hours) * HOUR));
        if self.office(made.child.agency, &cast::made(made, fact, from))? {
            self.rights.made(tie, fact, from.unwrap_or(self.now));
        }
        Ok(())
    }

    pub(super) fn end(&mut self, tie: usize, hours: u32) -> Result<(), Failure> {
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

    /// A court's order keeps somebody from a child, now or from a day on.
    pub(super) fn restrict(&mut self, order: usize, hours: u32) -> Result<(), Failure> {
        let ((who, child), restriction) = (ORDERS[order], self.rights.next_order(order));
        let from = (hours > 0).then(|| self.now.plus(i64::from(hours) * HOUR));
        let (student, person) = (student(child), cast::person(child.agency, who));
        let intent = Restrict { restriction, student, person, order: "Order 12-345".into(), from };
        if self.office(child.agency, &intent.into())? {
            self.figures.fault("order recorded");
            self.rights.kept_away(order, restriction, from.unwrap_or(self.now));
        }
        Ok(())
    }

    /// It is lifted.
    pub(super) fn lift(&mut self, order: usize) -> Result<(), Failure> {
        let Some(restriction) = self.rights.standing(order) else { return Ok(()) };
        let (_, child) = ORDERS[order];
        let intent = LiftRestriction { restriction, student: student(child), evidence: "Order 12-346".into() };
        if self.office(child.agency, &intent.into())? {
            self.figures.fault("order lifted");
            self.rights.lifted(restriction, self.now);
        }
        Ok(())
    }

    /// One guardian's rights to a child end, and another's begin.
    pub(super) fn custody(&mut self) -> Result<(), Failure> {
        let [one, other] = CUSTODY;
        let (ends, begins) = if self.rights.open(one, self.now).is_some() { (one, other) } else { (other, one) };
        self.figures.fault("custody changed");
        self.end(ends, 0)?;
        self.make(begins, 0)
    }

    pub(super) fn staff(&mut self, deed: Deed, chance: &mut Chance) -> Result<(), Failure> {
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
                    time: hour_from(self.now.plus_days(3)),
                    invited: if child.agency == LAKE { guardians.to_vec() } else { Vec::new() },
                }
                .into()
            }
            _ => {
                let meeting = cast::meeting(child);
                let find = |db: &mut _| records::find(db, child.agency, &kinds::MEETING, meeting);
                let Ok(Some(found)) = self.server.session().read(find) else { return Ok(()) };
                // Sometimes by somebody who has not seen the last move.
                let seen = match chance.one_in(3) {
                    true => ValueHash::of_text("another"),
                    false => ValueHash::of(found.record.field("time")),
                };
                moved_to(meeting, student(child), seen, self.now.plus_days(2 + chance.below(9) as i64)).into()
            }
        };
        self.done_by("cas", child.agency, &intent).map(drop)
    }
}

impl Run<'_> {
    /// One of those who manage the case, or who answer for all, says whether late evidence counts;
    /// sometimes not knowing that the other has said so already.
    pub(super) fn review(&mut self, chance: &mut Chance) -> Result<(), Failure> {
        // Evidence seldom waits, so that one child alone would seldom have any.
        let mut waits = Vec::new();
        for child in CHILDREN {
            for kind in [kinds::VISIT, kinds::ATTEMPT] {
                let find = |db: &mut _| records::about(db, child.agency, &kind, &[student(child)]);
                let found = self.server.session().read(find);
                let found = found.map_err(|error| Failure::new("the server answers", error.to_string()))?;
                let mut found: Vec<_> = found.into_values().flatten().collect();
                found.retain(|evidence| !evidence.record.field("review").is_null());
                found.sort_by_key(|evidence| evidence.id);
                waits.extend(found.into_iter().map(|evidence| (child, kind.clone(), evidence)));
            }
        }
        if waits.is_empty() {
            return Ok(());
        }
        let (child, kind, evidence) = waits.swap_remove(chance.below(waits.len() as u64) as usize);
        let (agency, about) = (child.agency, student(child));
        let seen = if chance.one_in(2) { ValueHash::of(&Value::Null) } else { evidence.record.hash_of("reviewed") };
        let base = Base::Seen { seen, text: None };
        let finding = if chance.one_in(2) { Finding::Accepted } else { Finding::Refused };
        let intent: Office = match kind == kinds::VISIT {
            true => ReviewVisit { visit: evidence.id, student: about, base, finding }.into(),
            false => ReviewAttempt { attempt: evidence.id, student: about, base, finding }.into(),
        };
        self.figures.fault("late evidence looked at");
        let who = if chance.one_in(2) { "cas" } else { "dora" };
        self.done_by(who, agency, &intent).map(drop)
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
