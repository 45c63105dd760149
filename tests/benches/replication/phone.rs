//! A phone: the real core, a real folder, a real HTTP client, the real time. Signing in is a step
//! of its own, because hashing a password takes its time on purpose.

use std::collections::VecDeque;
use std::path::Path;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use domain::visit::Attendance;
use mobile_shared::effect::Request;
use mobile_shared::event::Intent;
use mobile_shared::screens::Ask;
use mobile_shared::{Core, Effect, Event, Files};
use sync::{Micros, OperationId};
use tests::names::{self, AGENCY, PASSWORD};
use tests::{Http, Traffic};
use uuid::Uuid;

use crate::district::student;
use crate::notes::note;

/// One phone.
pub(crate) struct Phone {
    core: Core,
    http: Http,
    requests: VecDeque<Request>,
    /// For the subscription, once the core wants one.
    pub(crate) token: Option<String>,
    /// Screens may look different.
    pub(crate) has_changed: bool,
    /// How long it waited for answers so far, in milliseconds.
    pub(crate) waited: f64,
}

impl Phone {
    /// A phone out of the box, whose files lie in a folder.
    pub(crate) fn new(folder: &Path, server: &str) -> Self {
        let core = Core::open(Files::new(folder).expect("a folder"), "Bench phone", "").expect("it opens");
        let http = Http::lasting(server);
        let mut phone = Self { core, http, requests: VecDeque::new(), token: None, has_changed: false, waited: 0.0 };
        phone.happen(Event::Online);
        phone
    }

    /// Signs somebody in and pulls nothing yet.
    pub(crate) fn sign_in(&mut self, name: &str) {
        self.happen(Event::SignIn { login: names::login(name), password: PASSWORD.to_owned() });
        while self.requests.front().is_some_and(|request| request.path != "/graphql") {
            self.carry();
        }
        assert!(!self.requests.is_empty(), "signed in, it wants to pull");
    }

    /// A phone of somebody's who has all that is theirs.
    pub(crate) fn ready(folder: &Path, server: &str, name: &str) -> Self {
        let mut phone = Self::new(folder, server);
        phone.sign_in(name);
        phone.settle();
        phone
    }

    /// Carries requests and answers until there are none.
    pub(crate) fn settle(&mut self) {
        while !self.requests.is_empty() {
            self.carry();
        }
    }

    /// Gets in contact, until nothing is left to do.
    pub(crate) fn sync(&mut self) {
        self.happen(Event::Hello);
        self.settle();
    }

    /// Loses the network.
    pub(crate) fn offline(&mut self) {
        self.happen(Event::Offline);
    }

    /// Finds it again, and does what is to be done.
    pub(crate) fn online(&mut self) {
        self.happen(Event::Online);
        self.settle();
    }

    /// Hears that something changed, and pulls.
    pub(crate) fn poke(&mut self) {
        self.happen(Event::Poke);
        self.settle();
    }

    /// Writes note `n` down as a visit that has just ended.
    pub(crate) fn log(&mut self, n: u64) {
        let (note, ended_at) = (note(n), now().millis());
        self.happen(Event::Do {
            id: OperationId(Uuid::now_v7()),
            agency: AGENCY,
            replaces: None,
            intent: Intent::LogVisit {
                visit: None,
                student: names::student(&student(note.folder)),
                service: "speech".into(),
                started_at: ended_at - 1_800_000,
                ended_at,
                attendance: Attendance::Present,
                note: note.text,
                points: Vec::new(),
                amends: None,
            },
        });
    }

    /// How much the server does not have.
    pub(crate) fn unsent(&mut self) -> u64 {
        let home = serde_json::to_value(self.core.read(&Ask::Home, now()).expect("a screen")).expect("JSON");
        home["unsent"].as_u64().expect("a number")
    }

    /// What has travelled so far.
    pub(crate) fn traffic(&self) -> Traffic {
        self.http.traffic
    }

    fn happen(&mut self, event: Event) {
        let entropy = Uuid::new_v4().into_bytes();
        for effect in self.core.handle(event, now(), entropy).expect("the core keeps going") {
            match effect {
                Effect::Send(request) => self.requests.push_back(request),
                Effect::Listen { token } => self.token = Some(token),
                Effect::Changed { .. } => self.has_changed = true,
                Effect::Refused { code, .. } => panic!("refused: {code}"),
                Effect::WakeAt { .. } | Effect::Hush | Effect::Forget { .. } => {}
            }
        }
    }

    fn carry(&mut self) {
        let Some(request) = self.requests.pop_front() else { return };
        let asked = Instant::now();
        let answer = self.http.post(&request.path, &request.headers, request.body.as_bytes());
        self.waited += asked.elapsed().as_secs_f64() * 1e3;
        let answer = answer.expect("the server answers");
        self.happen(Event::Reply { request: request.request, status: answer.status, body: answer.body });
    }
}

/// The time.
pub(crate) fn now() -> Micros {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
    Micros(i64::try_from(since.as_micros()).expect("before the year 290,000"))
}
