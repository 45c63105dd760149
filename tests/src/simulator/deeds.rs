//! What happens in each step. People do what their phone shows them; what they cannot do they
//! leave.

use super::{
    Failure,
    cast::{CHILDREN, account, student},
    chance::Chance,
    ledger::sentences_in,
    phone::End,
    run::Run,
    step::{Deed, Fate, Leaving, Step},
};
use mobile_shared::{Event, event::Unsent, screens::Ask};
use server::testing;
use sync::wire;

impl Run<'_> {
    /// One step of the story.
    pub(super) fn step(&mut self, step: &Step) -> Result<(), Failure> {
        let index = step.phone;
        let mut chance = Chance::of(step.luck, 4);
        match step.deed {
            Deed::LogVisit
            | Deed::Write
            | Deed::LogAttempt
            | Deed::EditStatement
            | Deed::EditInput
            | Deed::SubmitInput
            | Deed::Rewrite
            | Deed::AnswerMeeting
            | Deed::Resolve => self.person(index, step.deed, &mut chance),
            Deed::OpenForm => self.open_form(index, &mut chance),
            Deed::FinishForm => self.finish_form(index, &mut chance),
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
            Deed::Dies { after, at } => {
                self.phones[index].end = Some(End { after, at });
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
                self.phones[index].set_clock(i64::from(minutes) * 60_000_000);
                self.happen(index, Event::Hello).map(drop)
            }
            Deed::Backup => {
                self.phones[index].back_up()?;
                self.find_network(index)
            }
            Deed::Restore => self.restore_phone(index),
            Deed::Reinstall => {
                self.figures.fault("reinstalled");
                self.all_destroyed(index);
                self.phones[index].reinstall()?;
                self.find_network(index)?;
                self.sign_in(index)
            }
            Deed::SignOut(leaving) => self.sign_out(index, leaving),
            Deed::SignIn => self.sign_in(index),
            Deed::HandOver => self.hand_over(index),
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
                self.pass(hours)?;
                self.check_leases()
            }
            Deed::ServerBackup => {
                self.server.back_up();
                self.backup = Some((self.now, self.rights.clone()));
                Ok(())
            }
            Deed::ServerRestore => self.restore_server(),
            Deed::Make { tie, hours } => self.make(tie, hours),
            Deed::End { tie, hours } => self.end(tie, hours),
            Deed::Custody => self.custody(),
            Deed::Restrict { order, hours } => self.restrict(order, hours),
            Deed::Lift { order } => self.lift(order),
            Deed::Group { spoiled } => self.group(spoiled, &mut chance),
            Deed::WriteGoal | Deed::CallMeeting | Deed::MoveMeeting => self.staff(step.deed, &mut chance),
            Deed::Review => self.review(&mut chance),
            Deed::Revoke => self.revoke(index),
        }
    }

    /// Nothing that was on a phone is there any more, whoever wrote it.
    fn all_destroyed(&mut self, index: usize) {
        let phone = &self.phones[index];
        phone.people.iter().for_each(|name| self.ledger.destroyed(phone, name));
    }

    fn restore_phone(&mut self, index: usize) -> Result<(), Failure> {
        if self.phones[index].has_backup() {
            self.figures.fault("phone restored");
            self.all_destroyed(index);
            self.phones[index].restore()?;
            self.find_network(index)?;
        }
        Ok(())
    }

    /// The next of those who share a phone takes it, and sees nothing of the one before.
    fn hand_over(&mut self, index: usize) -> Result<(), Failure> {
        let phone = &self.phones[index];
        let (people, before) = (phone.people.clone(), phone.owner);
        let next = people.iter().copied().cycle().skip_while(|name| *name != before).nth(1);
        let Some(next) = next.filter(|next| *next != before) else { return Ok(()) };
        self.figures.fault("handed over");
        let choose = Event::Choose { account: account(next) };
        if self.happen(index, choose.clone())?.is_some_and(|code| code == "ENDED") {
            self.happen(index, choose)?;
        }
        self.phones[index].owner = next;
        for child in CHILDREN {
            let ask = Ask::Student { agency: child.agency, id: student(child) };
            let shown = self.phones[index].read(&ask, self.now)?;
            if !sentences_in(&shown.to_string()).is_empty() {
                let why = format!("{next} takes phone {index} and reads {shown}, which {before} left");
                return Err(Failure::new("a second person on a phone sees nothing of the first", why));
            }
        }
        self.sign_in(index)
    }

    fn sign_out(&mut self, index: usize, leaving: Leaving) -> Result<(), Failure> {
        let unsent = match leaving {
            Leaving::Send => Unsent::Send,
            Leaving::Keep => Unsent::Keep,
            Leaving::Destroy => {
                self.ledger.destroyed(&self.phones[index], self.phones[index].owner);
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
        for phone in &self.phones {
            let of_owner = phone.people.iter().filter(|name| account(name) == owner);
            of_owner.for_each(|name| self.ledger.destroyed(phone, name));
        }
        Ok(())
    }
}
