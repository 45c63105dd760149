//! What happens to a phone, and what follows from it at once.

use super::{Failure, log::short, phone::Came, run::Run};
use mobile_shared::{Effect, Event};
use sync::Micros;

impl Run<'_> {
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
                        Effect::Changed { .. } | Effect::Forget { .. } => {}
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
        Effect::Forget { account } => format!("forget {account}"),
        Effect::Refused { code, field, .. } => format!("refused {code} {}", field.as_deref().unwrap_or_default()),
    }
}
