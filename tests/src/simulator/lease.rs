//! For how long a phone may show what it was sent, by the story's own clock: whatever the phone's own
//! says, and whatever it noted of it.

use super::{Failure, net::Heard, phone::Phone, run::Run};
use mobile_shared::screens::Ask;
use serde_json::Value;
use std::collections::BTreeMap;
use sync::Micros;

/// What the copies of one phone were lent, by whose and which copy it is.
#[derive(Debug, Default)]
pub(super) struct Lent(BTreeMap<(&'static str, u32), Micros>);

impl Lent {
    /// A page was kept that lends it until then.
    pub(super) fn renewed(&mut self, copy: (&'static str, u32), until: Micros) {
        self.0.insert(copy, until);
    }

    /// The phone's clock was set back: nobody can tell it that so much time has passed twice.
    pub(super) fn set_back(&mut self, by: i64) {
        self.0.values_mut().for_each(|until| *until = until.plus(by));
    }

    /// Whether it has to be given back by now.
    fn is_over(&self, copy: (&'static str, u32), now: Micros) -> bool {
        self.0.get(&copy).is_some_and(|until| *until <= now)
    }
}

/// Whether a screen is not shown for want of a contact.
pub(super) fn is_withheld(shown: &Value) -> bool {
    shown["locked"] == "contactNeeded"
}

/// Whether a screen says something of a child.
fn tells(ask: &Ask, shown: &Value) -> bool {
    let any = |list: &str| shown[list].as_array().is_some_and(|list| !list.is_empty());
    match ask {
        Ask::Session => false,
        _ if is_withheld(shown) => false,
        Ask::Home => any("students"),
        Ask::Outbox => any("operations"),
        Ask::Student { .. } | Ask::Draft { .. } => !shown.is_null(),
    }
}

impl Phone {
    /// What had no contact for too long is not read.
    pub(super) fn check_read(&self, ask: &Ask, shown: &Value, now: Micros) -> Result<(), Failure> {
        let copy = (self.owner, self.copy_of(self.owner));
        if tells(ask, shown) && self.lent.is_over(copy, now) {
            let why = format!("phone {} ({}) shows {ask:?}, and its lease is over", self.index, self.owner);
            return Err(Failure::new("nothing is read after the lease ran out", why));
        }
        Ok(())
    }
}

impl Run<'_> {
    /// A phone that has kept a page may show what it holds for as long as the page says.
    pub(super) fn lend(&mut self, index: usize, heard: &Heard) {
        let phone = &mut self.phones[index];
        let contact = phone.texts("SELECT value AS text FROM meta WHERE name = 'contact'");
        if let Some(length) = heard.lease.filter(|_| contact.iter().any(|contact| contact.contains(&heard.cursor))) {
            phone.lent.renewed((phone.owner, phone.copy_of(phone.owner)), self.now.plus(length));
        }
    }

    /// Everybody looks at what their phone shows just now.
    pub(super) fn check_leases(&mut self) -> Result<(), Failure> {
        for phone in &mut self.phones {
            if is_withheld(&phone.read(&Ask::Home, self.now)?) {
                self.figures.fault("lease over");
            }
        }
        Ok(())
    }
}
