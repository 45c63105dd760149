//! Signing in and out, and whose copy is open.
//!
//! Each account has its own file: a second person on the same phone sees nothing of the
//! first and does not send as her. A copy that is kept after a sign-out is locked: it
//! opens when its owner signs in.

use super::{
    Core, Open, changed,
    doing::Stop,
    link::Link,
    lock::{Arrived, Locked},
};
use crate::{
    effect::{Effect, Screen},
    error::{Error, Result},
    event::Unsent,
    request::{self, Answer},
    store::{
        self,
        device::{self, Kept, Lost, Notice},
        draft,
        files::ENCRYPTED,
        meta::{Contact, Meta as _, SignIn},
        outbox::{self, Entry},
        records, settle,
    },
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use diesel::{Connection as _, SqliteConnection};
use domain::kinds;
use serde_json::{Value, json};
use sync::{AccountId, IdSource, Micros, RecordId, StoreId};
use uuid::Uuid;

/// A sign-in that has no answer yet.
#[derive(Clone, Debug)]
pub(super) struct Signing {
    request: String,
    store: StoreId,
    sent_at: Micros,
}

pub(super) const ALL: [Screen; 4] = [Screen::Session, Screen::Home, Screen::Student, Screen::Outbox];

/// What the server says of a device that was revoked from elsewhere.
pub(super) const REVOKED: &str = "DEVICE_REVOKED";

pub(super) type Now = (Micros, [u8; 16]);

impl Core {
    /// Asks the server; names the copy that this login has here, or a new one.
    pub(super) fn sign_in(
        &mut self,
        login: String,
        password: &str,
        code: Option<&str>,
        (now, entropy): Now,
    ) -> Result<Vec<Effect>> {
        let name = login.trim().to_lowercase();
        let store = self.store_of(|kept| kept.login.to_lowercase() == name)?;
        let mut body = json!({"login": login, "password": password});
        let path = match code {
            Some(code) => {
                body["code"] = code.into();
                "/auth/redeem"
            }
            None => "/auth/sign-in",
        };
        self.knock(path, body, store, (now, entropy))
    }

    /// The same with a passkey, which says itself whose it is.
    pub(super) fn sign_in_with_passkey(
        &mut self,
        challenge: &str,
        credential: &Value,
        now: Now,
    ) -> Result<Vec<Effect>> {
        let owner = owner(credential);
        let store = self.store_of(|kept| Some(kept.id) == owner)?;
        self.knock("/auth/passkey/sign-in", json!({"challenge": challenge, "credential": credential}), store, now)
    }

    fn knock(
        &mut self,
        path: &str,
        mut body: Value,
        store: Option<StoreId>,
        (now, entropy): Now,
    ) -> Result<Vec<Effect>> {
        let store = store.unwrap_or_else(|| IdSource::new(now, entropy).mint());
        body["device"] = json!({"kind": "phone", "name": self.name, "store": store});
        let request = request::post(self.link.next_name(), path, None, &body);
        self.signing = Some(Signing { request: request.request.clone(), store, sent_at: now });
        self.tell(None)?;
        Ok(vec![Effect::Send(request), changed([Screen::Session])])
    }

    /// The copy that somebody has here.
    fn store_of(&mut self, is_theirs: impl Fn(&Kept) -> bool) -> Result<Option<StoreId>> {
        let kept = device::all(&mut self.device)?;
        let Some(kept) = kept.into_iter().find(is_theirs) else { return Ok(None) };
        let contact = match &mut self.open {
            Some(open) if open.account.id == kept.id => Contact::find(&mut open.db)?,
            _ if kept.generation != store::PLAIN => return Ok(kept.store),
            _ => Contact::find(&mut store::open(&self.files, kept.id, store::PLAIN, None)?)?,
        };
        Ok(contact.map(|contact| contact.store))
    }

    /// What the session screen shows beside the open copy: whether a sign-in is on its
    /// way, what the last one came to, and who else has a copy here.
    pub(crate) fn door(&mut self) -> Result<(bool, Option<Notice>, Vec<Kept>)> {
        let kept = device::all(&mut self.device)?;
        Ok((self.signing.is_some(), self.notice.clone(), kept))
    }

    /// Has this told at the door from now on, or nothing any more.
    fn tell(&mut self, notice: Option<Notice>) -> Result<()> {
        device::tell(&mut self.device, notice.as_ref())?;
        self.notice = notice;
        Ok(())
    }

    pub(super) fn is_signing(&self, request: &str) -> bool {
        self.signing.as_ref().is_some_and(|signing| signing.request == request)
    }

    pub(super) fn not_signed_in(&mut self, code: &str, field: Option<String>) -> Result<Vec<Effect>> {
        self.signing = None;
        self.tell(Some(Notice { code: code.to_owned(), field, lost: Vec::new() }))?;
        Ok(vec![changed([Screen::Session])])
    }

    pub(super) fn signed_in(&mut self, status: u16, body: &str, now: Now) -> Result<Vec<Effect>> {
        let Some(signing) = self.signing.take() else { return Ok(Vec::new()) };
        match request::tokens(status, body) {
            Answer::Got(Ok(tokens)) => match tokens.account.clone() {
                Some(account) => self.begin(Arrived { signing, account, tokens, at: now.0 }, now),
                None => self.not_signed_in("INTERNAL", None),
            },
            Answer::Got(Err(shut)) => self.not_signed_in(&shut.code, shut.field),
            Answer::Unauthenticated | Answer::Refused { .. } | Answer::Trouble => self.not_signed_in("INTERNAL", None),
        }
    }

    /// The server knows who this is: their copy opens, or is made, once its key is here.
    fn begin(&mut self, arrived: Arrived, now: Now) -> Result<Vec<Effect>> {
        let account = arrived.account.id;
        let mut effects = Vec::new();
        if self.open.as_ref().is_some_and(|open| open.account.id != account) {
            effects.extend(self.lock()?);
        }
        let (db, generation) = match self.open.take() {
            Some(open) => (open.db, open.generation),
            None if ENCRYPTED => {
                self.locked = Some(Locked { account, arrived: Some(arrived) });
                effects.push(changed(ALL));
                return Ok(effects);
            }
            None => (store::open(&self.files, account, store::PLAIN, None)?, store::PLAIN),
        };
        effects.extend(self.move_in(arrived, (db, generation), now)?);
        Ok(effects)
    }

    /// Their copy is theirs again, with the sign-in that arrived.
    pub(super) fn move_in(
        &mut self,
        Arrived { signing, account, tokens, at }: Arrived,
        (mut db, generation): (SqliteConnection, i32),
        now: Now,
    ) -> Result<Vec<Effect>> {
        let store = db.transaction(|db| {
            let mut contact = Contact::find(db)?.unwrap_or_else(|| Contact::new(signing.store));
            if contact.store != signing.store {
                // Their login changed: the server knows this copy by the id just sent.
                settle::fork(db, &mut contact, signing.store)?;
            }
            contact.offset = tokens.server_time().0 - signing.sent_at.plus((at.0 - signing.sent_at.0) / 2).0;
            contact.keep(db)?;
            account.keep(db)?;
            let (access, refresh) = (tokens.access.clone(), tokens.refresh.clone());
            SignIn { access, access_until: tokens.access_until(), refresh, expired: false }.keep(db)?;
            Ok::<_, Error>(contact.store)
        })?;
        let (login, name) = (account.login.clone(), account.name().to_owned());
        let kept = Kept { id: account.id, login, name, is_open: true, generation, store: Some(store) };
        device::opened(&mut self.device, &kept)?;
        self.open = Some(Open { account, db, generation });
        self.link.forget();
        let mut effects = self.continue_with(now, |link| link.refresh_hope())?;
        effects.push(changed(ALL));
        Ok(effects)
    }

    /// The person leaves.
    pub(super) fn sign_out(&mut self, unsent: Unsent, now: Now) -> Result<Vec<Effect>> {
        let Some(open) = &mut self.open else { return Ok(Vec::new()) };
        match unsent {
            Unsent::Keep => self.lock(),
            Unsent::Destroy => self.destroy(),
            Unsent::Send if outbox::unsent(&mut open.db)? == 0 => self.leave_for_good(),
            Unsent::Send => self.continue_with(now, |link| {
                link.leaving = true;
                link.refresh_hope();
            }),
        }
    }

    /// Somebody else wants their copy: the open one is locked until its owner signs in.
    pub(super) fn choose(&mut self, account: AccountId) -> Result<Vec<Effect>> {
        match &self.open {
            Some(open) if open.account.id != account => self.lock(),
            None if self.locked.as_ref().is_some_and(|locked| locked.account != account) => {
                self.locked = None;
                device::closed(&mut self.device)?;
                Ok(vec![changed(ALL)])
            }
            _ => Ok(Vec::new()),
        }
    }

    /// Everything is sent: the copy goes, unless something is left that only the person
    /// can decide about.
    pub(super) fn leave_for_good(&mut self) -> Result<Vec<Effect>> {
        let undecided = match &mut self.open {
            Some(open) => outbox::parked(&mut open.db)? > 0 || !draft::begun(&mut open.db)?.is_empty(),
            None => false,
        };
        if undecided { self.lock() } else { self.destroy() }
    }

    /// This device was revoked from elsewhere: the copy goes, and its owner is told what
    /// the server never received.
    pub(super) fn revoked(&mut self) -> Result<Vec<Effect>> {
        let lost = match &mut self.open {
            Some(open) => never_received(&mut open.db)?,
            None => Vec::new(),
        };
        self.tell(Some(Notice { code: REVOKED.into(), field: None, lost }))?;
        self.destroy()
    }

    /// Closes the open copy and keeps it.
    fn lock(&mut self) -> Result<Vec<Effect>> {
        let Some(mut open) = self.open.take() else { return Ok(Vec::new()) };
        let effects = self.farewell(&mut open)?;
        SignIn::remove(&mut open.db)?;
        device::closed(&mut self.device)?;
        Ok(effects)
    }

    /// Closes the open copy and destroys it.
    fn destroy(&mut self) -> Result<Vec<Effect>> {
        let Some(mut open) = self.open.take() else { return Ok(Vec::new()) };
        let mut effects = self.farewell(&mut open)?;
        let Open { account, db, generation } = open;
        drop(db);
        // First from the list: a file without a line is found by nobody.
        device::forget(&mut self.device, account.id)?;
        self.remove(account.id, generation)?;
        if ENCRYPTED {
            effects.push(Effect::Forget { account: account.id });
        }
        Ok(effects)
    }

    /// Tells the server, if it can be reached, and goes quiet. Nobody waits for the answer.
    fn farewell(&mut self, open: &mut Open) -> Result<Vec<Effect>> {
        let mut effects = Vec::new();
        let sign_in = SignIn::find(&mut open.db)?.filter(|sign_in| !sign_in.expired);
        if let Some(sign_in) = sign_in.filter(|_| self.link.online) {
            let name = self.link.next_name();
            effects.push(Effect::Send(request::post(name, "/auth/sign-out", Some(&sign_in.access), &json!({}))));
        }
        effects.extend(self.go_quiet());
        Ok(effects)
    }

    /// Forgets what was on its way.
    pub(super) fn go_quiet(&mut self) -> Vec<Effect> {
        let hush = self.link.listening.take().map(|_| Effect::Hush);
        self.link.forget();
        hush.into_iter().chain([changed(ALL)]).collect()
    }

    pub(super) fn continue_with(&mut self, now: Now, change: impl FnOnce(&mut Link)) -> Result<Vec<Effect>> {
        change(&mut self.link);
        self.turn(now, |_| Ok(())).map_err(|stop| match stop {
            Stop::Failed(error) => error,
            Stop::Refused(_) | Stop::Unable(_) => unreachable!("nothing was asked that could be refused"),
        })
    }
}

/// What the server never received, as its owner knows it.
fn never_received(db: &mut SqliteConnection) -> Result<Vec<Lost>> {
    let students = records::of_kind(db, &kinds::STUDENT)?;
    let entries = outbox::list(db)?.into_iter().filter(Entry::was_never_judged);
    let lost = entries.map(|entry| {
        let student = entry.subject.and_then(|subject| students.get(&(entry.agency, RecordId(subject))));
        let initials = student.map(|student| initials(student.text("name"))).unwrap_or_default();
        Lost { name: entry.name, at: entry.done_at.millis(), initials }
    });
    Ok(lost.collect())
}

/// The account that a passkey was made for.
fn owner(credential: &Value) -> Option<AccountId> {
    let handle = URL_SAFE_NO_PAD.decode(credential["response"]["userHandle"].as_str()?).ok()?;
    Uuid::from_slice(&handle).ok().map(AccountId)
}

fn initials(name: &str) -> String {
    name.split_whitespace().filter_map(|word| word.chars().next()).collect()
}
