//! A phone: the real core, a real folder, a real HTTP client, and a network that the test
//! takes away or spoils.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use chrono::TimeDelta;
use domain::meeting::Reply;
use domain::progress::{PointStatus, Score};
use domain::visit::Attendance;
use mobile_shared::effect::Request;
use mobile_shared::event::{Intent, PointTaken, Unsent};
use mobile_shared::screens::Ask;
use mobile_shared::{Core, Effect, Event, Files};
use serde_json::{Value, json};
use sync::{Micros, OperationId, RecordId};
use tempfile::TempDir;
use uuid::Uuid;

use crate::http::{Answer, Http};
use crate::names::{self, AGENCY, PASSWORD};
use crate::{TestClock, Traffic};

/// What the network does to one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It arrives, and so does the reply.
    Arrives,
    /// It never arrives.
    IsLost,
    /// It arrives; the reply does not.
    LosesReply,
    /// It arrives; of the reply only the first half does.
    CutsReply,
    /// It arrives twice.
    ArrivesTwice,
}

/// One phone.
pub struct TestPhone {
    core: Core,
    folder: PathBuf,
    /// Goes with the phone, unless the phone is to outlive the process.
    temporary: Option<TempDir>,
    http: Http,
    clock: TestClock,
    ahead: TimeDelta,
    is_online: bool,
    fates: VecDeque<Fate>,
    /// The codes with which the core refused what the person did.
    pub refused: Vec<String>,
}

impl TestPhone {
    /// A phone out of the box, beside a server.
    pub fn new(server: &str, clock: TestClock) -> Self {
        let folder = TempDir::with_prefix("aimline-phone-").expect("a folder");
        let mut phone = Self::in_folder(folder.path(), server, clock);
        phone.temporary = Some(folder);
        phone
    }

    /// A phone whose storage is this folder, so that it outlives the process.
    pub fn in_folder(folder: &Path, server: &str, clock: TestClock) -> Self {
        let mut phone = Self {
            core: open(folder),
            folder: folder.to_owned(),
            temporary: None,
            http: Http::new(server),
            clock,
            ahead: TimeDelta::zero(),
            is_online: true,
            fates: VecDeque::new(),
            refused: Vec::new(),
        };
        phone.happen(Event::Online);
        phone
    }

    // What becomes of the phone.

    /// Loses the network.
    pub fn offline(&mut self) {
        self.is_online = false;
        self.happen(Event::Offline);
    }

    /// Finds it again.
    pub fn online(&mut self) {
        self.is_online = true;
        self.happen(Event::Online);
    }

    /// The next reply does not arrive, though the request does.
    pub fn lose_next_reply(&mut self) {
        self.spoil(Fate::LosesReply);
    }

    /// Something happens to the next request that nothing happens to yet.
    pub fn spoil(&mut self, fate: Fate) {
        self.fates.push_back(fate);
    }

    /// The app is closed and opened.
    pub fn reopen(&mut self) {
        self.core = open(&self.folder);
        let event = if self.is_online { Event::Online } else { Event::Offline };
        self.happen(event);
    }

    /// The app is deleted and installed anew.
    pub fn reinstall(&mut self) {
        let folder = TempDir::with_prefix("aimline-phone-").expect("a folder");
        self.core = open(folder.path());
        self.folder = folder.path().to_owned();
        self.temporary = Some(folder);
        self.is_online = true;
        self.happen(Event::Online);
    }

    /// Sets the phone's clock so many hours before the true time.
    pub fn clock_ahead(&mut self, hours: i64) {
        self.ahead = TimeDelta::hours(hours);
    }

    /// Everything that the core had this phone send and receive.
    pub fn traffic(&self) -> Traffic {
        self.http.traffic
    }

    /// Asks another server from now on.
    pub fn turn_to(&mut self, server: &str) {
        self.http.turn_to(server);
    }

    // What people do with it.

    /// Somebody signs in.
    pub fn sign_in(&mut self, name: &str) {
        self.sign_in_with(name, PASSWORD);
    }

    /// Somebody signs in with a password of their own.
    pub fn sign_in_with(&mut self, name: &str, password: &str) {
        self.happen(Event::SignIn { login: names::login(name), password: password.to_owned() });
    }

    /// Somebody types in a code, and what they will sign in with from now on.
    pub fn redeem(&mut self, code: &str, name: &str) {
        self.happen(Event::Redeem { code: code.to_owned(), login: names::login(name), password: PASSWORD.to_owned() });
    }

    /// Somebody else takes the phone and signs in, before the first person's work could be
    /// sent.
    pub fn second_person(&mut self, name: &str) {
        self.is_online = true;
        self.sign_in(name);
        self.happen(Event::Online);
    }

    /// The person leaves.
    pub fn sign_out(&mut self, unsent: Unsent) {
        self.happen(Event::SignOut { unsent });
    }

    /// Gets in contact, until nothing is left to do.
    pub fn sync(&mut self) {
        self.happen(Event::Hello);
    }

    /// Logs a visit of half an hour that ended now.
    pub fn log_visit(&mut self, student: &str, note: &str) {
        self.log_visit_with(student, note, &[]);
    }

    /// Logs a visit with words read aloud for each goal.
    pub fn log_visit_with(&mut self, student: &str, note: &str, points: &[(&str, f64)]) {
        let ended_at = self.now().millis();
        let points = points.iter().map(|(goal, value)| PointTaken {
            goal: names::goal(goal),
            score: Score { status: PointStatus::Scored, scored: None, possible: None, value: Some(*value) },
        });
        self.act(Intent::LogVisit {
            visit: None,
            student: names::student(student),
            service: "speech".into(),
            started_at: ended_at - 1_800_000,
            ended_at,
            attendance: Attendance::Present,
            note: note.to_owned(),
            points: points.collect(),
            amends: None,
        });
    }

    /// Writes input for a plan.
    pub fn write_input(&mut self, student: &str, field: &str, value: &str) {
        let (student, field, value) = (names::student(student), field.to_owned(), value.to_owned());
        self.act(Intent::EditInput { student, field, value, saw: None });
    }

    /// Hands it in.
    pub fn submit_input(&mut self, student: &str) {
        self.act(Intent::SubmitInput { student: names::student(student) });
    }

    /// Answers an invitation.
    pub fn answer(&mut self, meeting: &str, answer: Reply, note: &str) {
        let (meeting, note) = (names::meeting(meeting), note.to_owned());
        self.act(Intent::AnswerMeeting { meeting, revision: None, answer, note });
    }

    /// Writes in the family's statement.
    pub fn edit_statement(&mut self, student: &str, field: &str, value: &str) {
        let (student, field, value) = (names::student(student), field.to_owned(), value.to_owned());
        self.act(Intent::EditStatement { student, field, value, saw: None });
    }

    /// Chooses between all versions of a part of the statement that the screen shows.
    pub fn resolve(&mut self, student: &str, field: &str, value: &str) {
        let shown = self.student(student);
        let saw = conflict(&shown, field).into_iter().filter_map(|version| serde_json::from_value(version).ok());
        self.act(Intent::Resolve {
            kind: "statement".into(),
            record: domain::family::statement_of(names::student(student)),
            field: field.to_owned(),
            saw: saw.collect(),
            value: value.to_owned(),
        });
    }

    /// Logs a visit of another service.
    pub fn log_service(&mut self, service: &str, student: &str, note: &str) {
        let ended_at = self.now().millis();
        self.act(Intent::LogVisit {
            visit: None,
            student: names::student(student),
            service: service.to_owned(),
            started_at: ended_at - 1_800_000,
            ended_at,
            attendance: Attendance::Present,
            note: note.to_owned(),
            points: Vec::new(),
            amends: None,
        });
    }

    /// Changes the first thing that was refused, and sends it again.
    pub fn send_again(&mut self, change: impl FnOnce(&mut Intent)) {
        let outbox = self.screen(Ask::Outbox);
        let mut operations = outbox["operations"].as_array().into_iter().flatten();
        let refused = operations.find(|one| one["state"] == "parked").expect("something was refused");
        let mut intent = serde_json::from_value(refused["intent"].clone()).expect("its author reads it");
        change(&mut intent);
        let replaces = refused["id"].as_str().and_then(|id| id.parse().ok());
        self.happen(Event::Do { id: OperationId(Uuid::new_v4()), agency: AGENCY, intent, replaces });
    }

    /// Takes back the first thing that is in no push yet.
    pub fn undo(&mut self) {
        let outbox = self.screen(Ask::Outbox);
        let mut operations = outbox["operations"].as_array().into_iter().flatten();
        let here = operations.find(|one| !one["undo"].is_null()).expect("something is only here");
        let operation = here["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
        let also = serde_json::from_value(here["undo"]["also"].clone()).expect("ids");
        self.happen(Event::Withdraw { operation, also });
    }

    pub(crate) fn act(&mut self, intent: Intent) {
        let id = OperationId(Uuid::new_v4());
        self.happen(Event::Do { id, agency: AGENCY, intent, replaces: None });
    }

    // What people see on it.

    /// A screen.
    pub fn screen(&mut self, ask: Ask) -> Value {
        serde_json::to_value(self.core.read(&ask, self.now()).expect("a screen")).expect("JSON")
    }

    /// The screen of one student; null if there is none.
    pub fn student(&mut self, name: &str) -> Value {
        self.screen(Ask::Student { agency: AGENCY, id: names::student(name) })
    }

    /// Where the session stands.
    pub fn state(&mut self) -> String {
        text(&self.screen(Ask::Session)["state"])
    }

    /// Why the last sign-in failed, or the last session ended.
    pub fn trouble(&mut self) -> String {
        text(&self.screen(Ask::Session)["error"]["code"])
    }

    /// The first names of the students on the home screen.
    pub fn students(&mut self) -> Vec<String> {
        let home = self.screen(Ask::Home);
        home["students"].as_array().into_iter().flatten().map(|card| text(&card["givenName"])).collect()
    }

    /// Whether nothing is shown for want of a contact.
    pub fn needs_contact(&mut self) -> bool {
        self.screen(Ask::Home)["locked"] == "contactNeeded"
    }

    /// How much the server does not have yet.
    pub fn unsent(&mut self) -> u64 {
        self.screen(Ask::Session)["unsent"].as_u64().unwrap_or_default()
    }

    /// Names and codes of what was refused and waits for its author.
    pub fn parked(&mut self) -> Vec<(String, String)> {
        let outbox = self.screen(Ask::Outbox);
        let operations = outbox["operations"].as_array().into_iter().flatten();
        operations.filter(|one| one["state"] == "parked").map(|one| (text(&one["name"]), text(&one["code"]))).collect()
    }

    /// The notes of a student's visits, sorted.
    pub fn notes(&mut self, student: &str) -> Vec<String> {
        let shown = self.student(student);
        let visits = shown["visits"].as_array().into_iter().flatten();
        let mut notes: Vec<String> = visits.map(|visit| text(&visit["note"])).collect();
        notes.sort();
        notes
    }

    /// The student's visits, the last first.
    pub fn logged(&mut self, student: &str) -> Vec<RecordId> {
        let shown = self.student(student);
        let visits = shown["visits"].as_array().into_iter().flatten();
        visits.filter_map(|visit| visit["id"].as_str()?.parse().ok()).collect()
    }

    /// A part of the family's statement.
    pub fn statement(&mut self, student: &str, field: &str) -> String {
        text(&self.student(student)["statement"][field])
    }

    /// The versions between which somebody has to choose, sorted.
    pub fn versions(&mut self, student: &str, field: &str) -> Vec<String> {
        let shown = self.student(student);
        let mut versions: Vec<String> = conflict(&shown, field).iter().map(|one| text(&one["value"])).collect();
        versions.sort();
        versions
    }

    /// The person's answer to a meeting, as shown.
    pub fn my_answer(&mut self, student: &str, meeting: &str) -> Value {
        self.invitation(student, meeting)["answer"].clone()
    }

    /// A meeting as an invitation, as shown.
    pub fn invitation(&mut self, student: &str, meeting: &str) -> Value {
        let shown = self.student(student);
        let id = json!(names::meeting(meeting));
        let mut meetings = shown["meetings"].as_array().into_iter().flatten();
        meetings.find(|shown| shown["meeting"] == id).cloned().unwrap_or_default()
    }

    /// Whether the phone's files hold these bytes anywhere.
    pub fn holds(&self, text: &str) -> bool {
        files_below(&self.folder)
            .iter()
            .any(|file| std::fs::read(file).is_ok_and(|bytes| contains(&bytes, text.as_bytes())))
    }

    // How it works.

    pub(crate) fn now(&self) -> Micros {
        self.clock.now().plus(self.ahead.num_microseconds().unwrap_or_default())
    }

    /// Something happens, and everything that follows from it.
    pub fn happen(&mut self, event: Event) {
        let mut events = VecDeque::from([event]);
        while let Some(event) = events.pop_front() {
            let effects = self.core.handle(event, self.now(), *Uuid::new_v4().as_bytes()).expect("the core goes on");
            for effect in effects {
                match effect {
                    Effect::Send(request) => events.push_back(self.send(request)),
                    Effect::Refused { code, .. } => self.refused.push(code),
                    _ => {}
                }
            }
        }
    }

    fn send(&mut self, request: Request) -> Event {
        let fate = if self.is_online { self.fates.pop_front().unwrap_or(Fate::Arrives) } else { Fate::IsLost };
        let answer = match fate {
            Fate::Arrives => self.carry(&request),
            Fate::IsLost => None,
            Fate::LosesReply => self.carry(&request).and(None),
            Fate::CutsReply => self.carry(&request).map(Answer::cut),
            Fate::ArrivesTwice => self.carry(&request).and(self.carry(&request)),
        };
        match answer {
            Some(Answer { status, body }) => Event::Reply { request: request.request, status, body },
            None => Event::Failed { request: request.request },
        }
    }

    fn carry(&mut self, request: &Request) -> Option<Answer> {
        self.http.post(&request.path, &request.headers, request.body.as_bytes())
    }
}

fn open(folder: &Path) -> Core {
    Core::open(Files::new(folder).expect("a folder"), "Test phone", "").expect("the core opens")
}

fn conflict(shown: &Value, field: &str) -> Vec<Value> {
    let conflicts = shown["statement"]["conflicts"].as_array().into_iter().flatten();
    let of_field = conflicts.filter(|conflict| conflict["field"] == field);
    of_field.flat_map(|conflict| conflict["alternatives"].as_array().into_iter().flatten().cloned()).collect()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn files_below(folder: &PathBuf) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}
