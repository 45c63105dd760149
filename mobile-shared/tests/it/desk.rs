//! A phone on a desk: the test is its clock, its owner and its server.

use mobile_shared::{Core, Effect, Event, Files, effect::Request, event::Intent, screens::Ask};
use serde_json::{Value, json};
use std::path::Path;
use sync::{
    AccountId, AgencyId, Kind, Micros, OperationId, PersonId, Record, RecordId, Scope, Verdict,
    page::{Body, Page, PullReply, Row, ScopeSum, Sum},
    push::{Judged, PushAnswer, PushReply, PushRequest},
    record::Stamp,
    wire,
};
use uuid::Uuid;

pub(crate) const AGENCY: AgencyId = AgencyId(Uuid::from_u128(0xa));
pub(crate) const OTHER_AGENCY: AgencyId = AgencyId(Uuid::from_u128(0xb));
pub(crate) const ME: PersonId = PersonId(Uuid::from_u128(0x3e));
pub(crate) const ANA: RecordId = RecordId(Uuid::from_u128(0xa2a));
pub(crate) const BEN: RecordId = RecordId(Uuid::from_u128(0xbe2));

pub(crate) fn op(n: u128) -> OperationId {
    OperationId(Uuid::from_u128(0x0b00 + n))
}

/// One phone with one person's hands on it.
pub(crate) struct Desk {
    pub(crate) core: Core,
    pub(crate) now: Micros,
    /// How far the phone's clock is ahead of the server's, in microseconds.
    ahead: i64,
    pub(crate) sent: Vec<Request>,
    pub(crate) effects: Vec<Effect>,
    pub(crate) events: u64,
    version: i64,
}

impl Desk {
    /// A phone whose files lie in `folder`.
    pub(crate) fn open(folder: &Path) -> Self {
        let core = Core::open(Files::new(folder).expect("a folder"), "Test phone", "").expect("a core");
        let now = Micros::from_millis(1_790_000_000_000);
        Self { core, now, ahead: 0, sent: Vec::new(), effects: Vec::new(), events: 0, version: 0 }
    }

    /// Somebody with that login, who lives with Ana and Ben, signed in with one round pulled.
    pub(crate) fn signed_in(folder: &Path, login: &str) -> Self {
        let mut desk = Self::open(folder);
        desk.happen(Event::Online);
        desk.signs_in(login);
        desk.pulls(vec![desk.student(ANA, "Ana"), desk.student(BEN, "Ben")]);
        desk
    }

    pub(crate) fn happen(&mut self, event: Event) {
        self.events += 1;
        let mut entropy = [0; 16];
        entropy[8..].copy_from_slice(&self.events.to_be_bytes());
        self.effects = self.core.handle(event, self.now, entropy).expect("effects");
        let sent = self.effects.iter().filter_map(|effect| match effect {
            Effect::Send(request) => Some(request.clone()),
            _ => None,
        });
        self.sent.extend(sent);
    }

    /// Somebody sets the phone's clock ahead.
    pub(crate) fn sets_its_clock_ahead(&mut self, days: i64) {
        let by = days * 86_400_000_000;
        self.now = self.now.plus(by);
        self.ahead += by;
    }

    fn server_time(&self) -> Micros {
        self.now.plus(-self.ahead)
    }

    pub(crate) fn later(&mut self, millis: i64) {
        self.now = self.now.plus(millis * 1_000);
    }

    pub(crate) fn read(&mut self, ask: Ask) -> Value {
        serde_json::to_value(self.core.read(&ask, self.now).expect("a screen")).expect("JSON")
    }

    pub(crate) fn home(&mut self) -> Value {
        self.read(Ask::Home)
    }

    pub(crate) fn session(&mut self) -> Value {
        self.read(Ask::Session)
    }

    pub(crate) fn student_screen(&mut self, id: RecordId) -> Value {
        self.read(Ask::Student { agency: AGENCY, id })
    }

    /// Names, states and codes of what the server does not have.
    pub(crate) fn outbox(&mut self) -> Vec<(String, String, Option<String>)> {
        let outbox = self.read(Ask::Outbox);
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let operations = outbox["operations"].as_array().expect("operations").iter();
        operations
            .map(|one| (text(&one["name"]).expect("a name"), text(&one["state"]).expect("a state"), text(&one["code"])))
            .collect()
    }

    pub(crate) fn does(&mut self, n: u128, intent: Intent) {
        self.happen(Event::Do { id: op(n), agency: AGENCY, intent, replaces: None });
    }

    /// The code with which the last event was refused.
    pub(crate) fn refused(&self) -> Option<&str> {
        self.effects.iter().find_map(|effect| match effect {
            Effect::Refused { code, .. } => Some(code.as_str()),
            _ => None,
        })
    }

    /// The moment for which the last event asked to be woken.
    pub(crate) fn wakes_at(&self) -> Option<Micros> {
        self.effects.iter().find_map(|effect| match effect {
            Effect::WakeAt { at } => Some(Micros::from_millis(*at)),
            _ => None,
        })
    }

    // The server's side.

    /// If the phone asks for new tokens, it gets them.
    pub(crate) fn renews(&mut self) {
        let last = self.sent.last().expect("something was sent").clone();
        if last.path == "/auth/refresh" {
            self.replies(&last, 200, &tokens("mara", self.server_time()));
        }
    }

    /// The request that was sent last; it must be to this path.
    fn last(&self, path: &str) -> Request {
        let last = self.sent.last().expect("something was sent").clone();
        assert_eq!(last.path, path);
        last
    }

    pub(crate) fn replies(&mut self, request: &Request, status: u16, body: &Value) {
        self.happen(Event::Reply { request: request.request.clone(), status, body: body.to_string() });
    }

    pub(crate) fn signs_in(&mut self, login: &str) {
        let password = "a long sentence".to_owned();
        self.happen(Event::SignIn { login: login.into(), password });
        let request = self.last("/auth/sign-in");
        self.replies(&request, 200, &tokens(login, self.server_time()));
    }

    /// The pull or push that waits for an answer, opened.
    pub(crate) fn asked<T: serde::de::DeserializeOwned>(&self) -> T {
        let body: Value = serde_json::from_str(&self.last("/graphql").body).expect("JSON");
        let variables = body["variables"].as_object().expect("variables");
        let chunk = variables.values().next().and_then(Value::as_str).expect("a chunk");
        wire::open(chunk).expect("the message that was expected")
    }

    pub(crate) fn pushed(&self) -> PushRequest {
        self.asked()
    }

    pub(crate) fn pushed_ids(&self) -> Vec<OperationId> {
        let ids = self.pushed().operations;
        ids.iter().map(|bytes| serde_json::from_str::<sync::Operation>(bytes.get()).expect("one").id).collect()
    }

    pub(crate) fn answers_push(&mut self, answer: PushAnswer) {
        let request = self.last("/graphql");
        let reply = PushReply { server_time: self.server_time(), answer };
        self.replies(&request, 200, &json!({"data": {"syncPush": wire::close(&reply)}}));
    }

    /// Takes the whole push with one verdict for each, `Applied` where none is given.
    pub(crate) fn takes_push(&mut self, verdicts: &[(u128, Verdict)]) {
        let verdict = |id| verdicts.iter().find(|(n, _)| op(*n) == id).map_or(Verdict::Applied, |(_, v)| v.clone());
        let verdicts = self.pushed_ids().into_iter().map(|id| Judged { id, verdict: verdict(id) }).collect();
        self.answers_push(PushAnswer::Taken { verdicts, retry_after: None });
    }

    pub(crate) fn answers_pull(&mut self, reply: &PullReply) {
        let request = self.last("/graphql");
        self.replies(&request, 200, &json!({"data": {"syncPull": wire::close(reply)}}));
    }

    /// One page that completes its round, of Ana's and Ben's family scopes.
    pub(crate) fn pulls(&mut self, rows: Vec<Row>) {
        let page = self.page(rows);
        self.answers_pull(&PullReply::Page(page));
    }

    pub(crate) fn page(&mut self, mut rows: Vec<Row>) -> Page {
        let first = self.version == 0;
        for row in &mut rows {
            self.version += 1;
            row.version = self.version;
        }
        Page {
            server_time: self.server_time(),
            scopes: scopes(),
            purge: Vec::new(),
            fill: if first { vec![0, 1, 2, 3] } else { Vec::new() },
            rows,
            cursor: format!("cursor {}", self.version),
            complete: true,
            differs: Vec::new(),
            sums: Vec::new(),
            next_change: None,
            lease: None,
        }
    }

    pub(crate) fn student(&self, id: RecordId, name: &str) -> Row {
        let fields = json!({"name": format!("{name} Surname"), "givenName": name});
        row(if id == ANA { 0 } else { 1 }, domain::kinds::STUDENT, id, &record(id, fields))
    }
}

/// Each student's family scope, then my own beside each.
pub(crate) fn scopes() -> Vec<Scope> {
    use domain::scope::path::{family, guardian};
    [family(ANA), family(BEN), guardian(ANA, ME), guardian(BEN, ME)].map(|path| Scope::new(AGENCY, path)).to_vec()
}

pub(crate) fn row(scope: u32, kind: Kind, id: RecordId, record: &Record) -> Row {
    let body = serde_json::to_string(record).expect("JSON");
    Row { scope, version: 0, kind, id, body: Body::Here(body) }
}

/// A record that somebody else made about a student.
pub(crate) fn record(student: RecordId, fields: Value) -> Record {
    let made = Stamp { op: OperationId(Uuid::from_u128(1)), by: PersonId(Uuid::from_u128(2)), at: Micros(0) };
    let mut record = Record::new(made, Some(student.0), None);
    record.fields = fields.as_object().cloned().expect("an object");
    record
}

pub(crate) fn statement(student: RecordId, vision: &str) -> Row {
    let id = domain::family::statement_of(student);
    row(if student == ANA { 0 } else { 1 }, domain::kinds::STATEMENT, id, &record(student, json!({"vision": vision})))
}

pub(crate) fn edit(student: RecordId, value: &str) -> Intent {
    Intent::EditStatement { student, field: "vision".into(), value: value.into(), saw: None }
}

pub(crate) fn write_input(student: RecordId, value: &str) -> Intent {
    Intent::EditInput { student, field: "hopes".into(), value: value.into(), saw: None }
}

pub(crate) fn log_visit(student: RecordId, note: &str) -> Intent {
    Intent::LogVisit {
        visit: None,
        student,
        service: "speech".into(),
        started_at: 1_790_000_000_000,
        ended_at: 1_790_001_800_000,
        attendance: domain::visit::Attendance::Present,
        note: note.into(),
        points: Vec::new(),
        amends: None,
    }
}

pub(crate) fn sum_of(scope: u32, rows: &[Row]) -> ScopeSum {
    let sum = rows.iter().fold(Sum::default(), |sum, row| sum.with(&row.kind, row.id, row.version));
    ScopeSum { scope, sum }
}

/// What a door of sign-in answers.
pub(crate) fn tokens(login: &str, now: Micros) -> Value {
    let account = AccountId(sync::id::derived(Uuid::nil(), login));
    let person = |agency: AgencyId, name: &str| {
        let agency = json!({"id": agency, "name": name, "timeZone": "America/Chicago"});
        json!({"agency": agency, "person": ME, "name": format!("{login} Surname"), "staffRole": null})
    };
    json!({
        "access": format!("access of {login} at {}", now.millis()),
        "accessExpiresAt": now.millis() + 900_000,
        "refresh": format!("refresh of {login}"),
        "serverTime": now.millis(),
        "device": Uuid::from_u128(9),
        "account": {"id": account, "login": login, "locale": "en",
                    "people": [person(AGENCY, "First district"), person(OTHER_AGENCY, "Second district")]},
    })
}
