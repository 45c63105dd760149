//! The server's process in a story: the real sign-in, push and pull as they stand below HTTP,
//! one request at a time on this thread, over a database of the story's own.

use super::{
    Failure,
    cast::{self, account, adult_of},
    chance::Chance,
    fuse::{Burnt, with_fuse},
};
use crate::http::Answer;
use chrono::{DateTime, Utc};
use domain::Intent;
use mobile_shared::effect::Request;
use serde::Deserialize;
use serde_json::{Value, json};
use server::{
    apply::{Actor, Touched, apply, in_agency},
    auth::{
        Auth,
        caller::identify,
        keys::Use,
        refresh::RefreshToken,
        sign_in::{self, Chance as Drawn, Refreshed, Tokens},
    },
    db::{
        Db, Location, begin_epoch,
        testing::{Session, copy_of, drop_database},
    },
    devices::{Arrival, DeviceKind},
    error::{Error, Result},
    people,
    replication::{Leases, Phone, Shelf, Terms, is_settled, pull, push, settle},
};
use std::path::{Path, PathBuf};
use sync::{
    AccountId, AgencyId, DeviceId, IdSource, Micros, StoreId, Verdict,
    page::{PullReply, PullRequest},
    push::{PushReply, PushRequest},
    wire,
};
use uuid::Uuid;

/// The secret of every story's installation.
const SECRET: [u8; 32] = [7; 32];
/// Short, so that they run out within a story.
const LEASES: Leases = Leases { staff: 2, family: 10 };

/// The server.
pub(super) struct Server {
    folder: PathBuf,
    place: Location,
    room: usize,
    /// Outlives the process, as that of another node does.
    shelf: Shelf,
    session: Option<Session>,
    auth: Auth,
    chance: Chance,
    copies: u32,
    backup: Option<Location>,
    is_lent: bool,
}

/// What the server did for a request, for those who check it.
#[derive(Debug)]
pub(super) enum Saw {
    /// Nothing that concerns records.
    Nothing,
    /// A push.
    Push(Box<(PushRequest, PushReply, Touched)>),
    /// A pull.
    Pull(AccountId, Box<PullReply>),
}

/// What came of a request.
pub(super) struct Served {
    /// The answer; none if the process ended.
    pub(super) answer: Option<Answer>,
    /// What was done, as far as it was finished.
    pub(super) saw: Saw,
    /// All was written down, even if there is no answer.
    pub(super) kept: bool,
}

impl Server {
    /// A server over a copy of the world at noon.
    pub(super) fn start(folder: &Path, noon: &Location, seed: u64, room: usize) -> Self {
        let place = copy_of(noon, &folder.join("server.db"));
        let auth = Auth::new(SECRET, false);
        let chance = Chance::of(seed, 2);
        Self {
            folder: folder.to_owned(),
            place,
            room,
            shelf: Shelf::default(),
            session: None,
            auth,
            chance,
            copies: 0,
            backup: None,
            is_lent: false,
        }
    }

    /// Its connection, opened if the process has begun anew.
    pub(super) fn session(&mut self) -> &mut Session {
        self.session.get_or_insert_with(|| Session::open(&self.place))
    }

    /// Lends the connection for work that runs inside of other work.
    pub(super) fn lend(&mut self) -> Self {
        let session = self.session.take();
        Self {
            folder: self.folder.clone(),
            place: self.place.clone(),
            room: self.room,
            shelf: self.shelf.clone(),
            session,
            auth: self.auth.clone(),
            chance: self.chance.clone(),
            copies: 0,
            backup: None,
            is_lent: true,
        }
    }

    /// Takes back what was lent.
    pub(super) fn take_back(&mut self, mut lent: Self) {
        self.session = lent.session.take();
        self.chance = lent.chance.clone();
    }

    /// Answers a request; with a fuse the process ends at that statement of it.
    pub(super) fn serve(
        &mut self,
        request: &Request,
        now: Micros,
        fuse: Option<u32>,
    ) -> std::result::Result<Served, Failure> {
        self.session();
        let session = self.session.take().expect("just opened");
        self.serve_on(session, request, now, fuse)
    }

    fn serve_on(
        &mut self,
        mut session: Session,
        request: &Request,
        now: Micros,
        fuse: Option<u32>,
    ) -> std::result::Result<Served, Failure> {
        let (auth, chance, room, shelf) = (self.auth.clone(), &mut self.chance, self.room, &self.shelf);
        let mut saw = Saw::Nothing;
        let work = || {
            let mut process = Process { auth, session: &mut session, room, shelf, chance, now, saw: &mut saw };
            process.answer(request)
        };
        match with_fuse(fuse, work) {
            // A fuse that was longer than the work: it is committed, and nobody is told.
            Burnt::Done(_) if fuse.is_some() => Ok(Served { answer: None, saw, kept: true }),
            Burnt::Done(answer) => {
                self.session = Some(session);
                Ok(Served { answer: Some(answer), saw, kept: true })
            }
            Burnt::Ended => Ok(Served { answer: None, saw: Saw::Nothing, kept: false }),
            Burnt::Panicked(words) => Err(Failure::new("no panic", format!("the server: {words}"))),
        }
    }

    /// The office or staff do something, as the account that is allowed to.
    pub(super) fn office(
        &mut self,
        who: &str,
        agency: AgencyId,
        intent: &Intent,
        now: Micros,
    ) -> Result<(Verdict, Touched)> {
        let id = IdSource::new(now, self.chance.bytes()).mint();
        let account = account(who);
        self.session().write(|db| {
            let facts = people::facts_in(db, account, agency, now)?;
            let actor = Actor::account(account, facts, None);
            let sent = cast::sent(id, intent, now);
            in_agency(db, agency, now, |tx| apply(tx, &actor, sent.into(), None))
        })
    }

    /// A push of somebody's own program.
    pub(super) fn push_of(&mut self, who: &str, request: &PushRequest, now: Micros) -> Result<(PushReply, Touched)> {
        let phone = Phone { account: account(who), device: DeviceId(Uuid::nil()), store: Some(request.store) };
        self.session().write(|db| push(db, phone, request, now))
    }

    /// Keeps the database as it is now.
    pub(super) fn back_up(&mut self) {
        self.session = None;
        let copy = self.copy();
        if let Some(before) = self.backup.replace(copy) {
            drop_database(&before);
        }
    }

    /// Puts the last backup in place, on a new timeline. False if there is none.
    pub(super) fn restore(&mut self, now: Micros) -> bool {
        let Some(backup) = self.backup.clone() else { return false };
        self.session = None;
        self.copies += 1;
        let copy = copy_of(&backup, &self.folder.join(format!("server-{}.db", self.copies)));
        drop_database(&std::mem::replace(&mut self.place, copy));
        let epoch = Uuid::from_bytes(self.chance.bytes());
        self.session().write(|db| Ok(begin_epoch(db, epoch, now)?)).expect("a new timeline begins");
        true
    }

    fn copy(&mut self) -> Location {
        self.copies += 1;
        copy_of(&self.place, &self.folder.join(format!("server-{}.db", self.copies)))
    }
}

/// SQLite's files go with the story's folder.
impl Drop for Server {
    fn drop(&mut self) {
        self.session = None;
        if !self.is_lent && matches!(self.place, Location::Postgres(_)) {
            drop_database(&self.place);
            self.backup.iter().for_each(drop_database);
        }
    }
}

/// One request in the server's process.
struct Process<'a> {
    auth: Auth,
    session: &'a mut Session,
    room: usize,
    shelf: &'a Shelf,
    chance: &'a mut Chance,
    now: Micros,
    saw: &'a mut Saw,
}

#[derive(Deserialize)]
struct SignIn {
    login: String,
    device: Device,
}

#[derive(Deserialize)]
struct Device {
    name: String,
    store: StoreId,
}

#[derive(Deserialize)]
struct Refresh {
    refresh: String,
    store: StoreId,
}

#[derive(Deserialize)]
struct Document {
    query: String,
    variables: serde_json::Map<String, Value>,
}

fn body<'r, T: Deserialize<'r>>(request: &'r Request) -> T {
    serde_json::from_str(&request.body).expect("the phone core writes what the server reads")
}

impl Process<'_> {
    fn answer(&mut self, request: &Request) -> Answer {
        let answer = match request.path.as_str() {
            "/auth/sign-in" => self.sign_in(&body(request)),
            "/auth/refresh" => self.refresh(&body(request)),
            "/auth/sign-out" => self.sign_out(request),
            "/graphql" => return self.graphql(request).unwrap_or_else(|error| in_graphql(&error)),
            path => unreachable!("the phone core asks for {path}"),
        };
        answer.unwrap_or_else(|error| match error {
            Error::Unauthenticated => refusal("SIGN_IN_AGAIN"),
            error => said(500, &json!({"error": {"code": error.code()}})),
        })
    }

    fn date(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.now.0).expect("a moment of the calendar")
    }

    /// As after the right password.
    fn sign_in(&mut self, asked: &SignIn) -> Result<Answer> {
        let adult = adult_of(&asked.login);
        let arrival =
            Arrival { kind: DeviceKind::Phone, name: asked.device.name.clone(), store: Some(asked.device.store) };
        let mut ids = IdSource::new(self.now, self.chance.bytes());
        let drawn =
            Drawn { device: ids.mint(), family: Uuid::from_bytes(self.chance.bytes()), token: self.chance.token() };
        let (keys, now) = (self.auth.keys.clone(), self.date());
        let work = |db: &mut Db| sign_in::begin(db, &keys, account(adult.name), &arrival, &drawn, now);
        let tokens = self.session.write(work)?;
        let people: Vec<Value> = adult
            .agencies
            .iter()
            .map(|agency| {
                json!({
                    "agency": {"id": agency, "name": "An agency", "timeZone": "America/Chicago"},
                    "person": cast::person(*agency, adult.name),
                    "name": format!("{} Story", adult.name),
                    "staffRole": adult.staff_role,
                })
            })
            .collect();
        let mut told = told(&tokens, now);
        told["account"] = json!({"id": account(adult.name), "login": adult.name, "locale": "en", "people": people});
        Ok(said(200, &told))
    }

    fn refresh(&mut self, asked: &Refresh) -> Result<Answer> {
        let token = RefreshToken::parse(&asked.refresh).ok_or(Error::Unauthenticated)?;
        let (keys, now) = (self.auth.keys.clone(), self.date());
        let store = Some(asked.store);
        Ok(match self.session.write(|db| sign_in::go_on(db, &keys, token, store, now))? {
            Refreshed::Tokens(tokens) => said(200, &told(&tokens, now)),
            Refreshed::SignInAgain => refusal("SIGN_IN_AGAIN"),
            Refreshed::Revoked => refusal("DEVICE_REVOKED"),
        })
    }

    fn sign_out(&mut self, request: &Request) -> Result<Answer> {
        let (auth, now, token) = (self.auth.clone(), self.date(), bearer(request));
        self.session.write(|db| {
            let caller = identify(db, &auth, token, now)?;
            sign_in::end(db, &caller, now)
        })?;
        Ok(Answer { status: 204, body: String::new() })
    }

    fn graphql(&mut self, request: &Request) -> Result<Answer> {
        let (auth, date, now) = (self.auth.clone(), self.date(), self.now);
        let caller = self.session.read(|db| identify(db, &auth, bearer(request), date))?;
        let phone = Phone { account: caller.account, device: caller.device, store: caller.store };
        let document: Document = body(request);
        let chunk = document.variables.values().next().and_then(Value::as_str).unwrap_or_default();
        if document.query.starts_with("mutation") {
            let pushed: PushRequest = opened(chunk)?;
            let (reply, touched) = self.session.write(|db| push(db, phone, &pushed, now))?;
            let chunk = wire::close(&reply);
            *self.saw = Saw::Push(Box::new((pushed, reply, touched)));
            return Ok(data("syncPush", chunk));
        }
        let pulled: PullRequest = opened(chunk)?;
        let key = auth.keys.sign(Use::Cursor, b"");
        let terms = Terms { key: &key, room: self.room, shelf: self.shelf, leases: LEASES };
        let (chunk, reply) = self.session.read(|db| pull(db, phone, &pulled, terms, now))?;
        if !is_settled(&reply) {
            let fresh = Uuid::from_bytes(self.chance.bytes());
            self.session.write(|db| settle(db, phone, (&pulled, &reply), &key, (now, fresh)))?;
        }
        *self.saw = Saw::Pull(phone.account, Box::new(opened(&chunk)?));
        Ok(data("syncPull", chunk))
    }
}

fn bearer(request: &Request) -> &str {
    let header = request.headers.get("authorization").map_or("", String::as_str);
    header.strip_prefix("Bearer ").unwrap_or(header)
}

fn opened<T: serde::de::DeserializeOwned>(chunk: &str) -> Result<T> {
    wire::open(chunk).map_err(|_| Error::Invalid { field: "chunk", why: "damaged" })
}

fn data(field: &str, chunk: String) -> Answer {
    said(200, &json!({"data": {field: chunk}}))
}

fn in_graphql(error: &Error) -> Answer {
    let mut extensions = json!({"code": error.code()});
    if let Error::Invalid { field, .. } = error {
        extensions["field"] = (*field).into();
    }
    // A real answer says nothing of causes; a story wants to know.
    let message = match error {
        Error::Internal(cause) | Error::Unavailable(cause) => format!("{cause:#}"),
        error => error.to_string(),
    };
    said(200, &json!({"errors": [{"message": message, "extensions": extensions}]}))
}

fn refusal(code: &str) -> Answer {
    said(401, &json!({"error": {"code": code, "message": "…"}}))
}

fn told(tokens: &Tokens, now: DateTime<Utc>) -> Value {
    json!({
        "access": tokens.access,
        "accessExpiresAt": tokens.access_expires_at.timestamp_millis(),
        "refresh": tokens.refresh.to_text(),
        "serverTime": now.timestamp_millis(),
    })
}

fn said(status: u16, body: &Value) -> Answer {
    Answer { status, body: body.to_string() }
}
