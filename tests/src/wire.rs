//! A phone as the wire sees it: a token, a store and chunks. It says what the test wants,
//! which a real phone would never.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json, value::RawValue};
use sync::operation::{Operation, Sent};
use sync::page::{Page, PullReply, PullRequest};
use sync::push::{PushAnswer, PushReply, PushRequest};
use sync::time::Occurred;
use sync::{Micros, OperationId, StoreId, Verdict, wire};
use uuid::Uuid;

use crate::http::{Answer, Http};
use crate::names::{self, AGENCY, PASSWORD};

/// One store of one account, signed in.
#[derive(Debug)]
pub struct Wire {
    /// The line.
    pub http: Http,
    /// Goes with every request.
    pub access: String,
    /// Buys the next pair.
    pub refresh: String,
    /// The store that signed in.
    pub store: StoreId,
}

impl Wire {
    /// Signs somebody in on a new store.
    pub fn sign_in(base: &str, name: &str) -> Self {
        let store = StoreId(Uuid::new_v4());
        let mut http = Http::new(base);
        let device = json!({"kind": "phone", "name": "A wire", "store": store});
        let body = json!({"login": names::login(name), "password": PASSWORD, "device": device});
        let answer = http.post_json("/auth/sign-in", None, &body);
        assert_eq!(answer.status, 200, "{}", answer.body);
        let mut wire = Self { http, access: String::new(), refresh: String::new(), store };
        wire.hold(&answer.json());
        wire
    }

    fn hold(&mut self, tokens: &Value) {
        let text = |name: &str| tokens[name].as_str().expect("a token").to_owned();
        (self.access, self.refresh) = (text("access"), text("refresh"));
    }

    /// Presents a refresh token, as if from a store.
    pub fn present(&mut self, refresh: &str, store: StoreId) -> Answer {
        self.http.post_json("/auth/refresh", None, &json!({"refresh": refresh, "store": store}))
    }

    /// Asks in GraphQL; it must be answered.
    pub fn ask(&mut self, query: &str, variables: &Value) -> Value {
        let body = json!({"query": query, "variables": variables});
        let answer = self.http.post_json("/graphql", Some(&self.access), &body).json();
        assert!(answer.get("errors").is_none(), "{answer}");
        answer["data"].clone()
    }

    /// A push of this store that begins with a number.
    pub fn request(&self, first: u64, operations: &[Sent]) -> PushRequest {
        PushRequest {
            wire: wire::VERSION,
            store: self.store,
            agency: AGENCY,
            first,
            skip: None,
            operations: operations.iter().map(|sent| sent.bytes.clone()).collect(),
            forgotten: Vec::new(),
        }
    }

    /// Pushes; the server must take part in it.
    pub fn push(&mut self, request: &PushRequest) -> PushAnswer {
        let reply: PushReply = self.must("mutation($c:SyncChunk!){syncPush(batch:$c)}", request);
        reply.answer
    }

    /// Pushes what the server takes, and says what became of each.
    pub fn verdicts(&mut self, first: u64, operations: &[Sent]) -> Vec<Verdict> {
        match self.push(&self.request(first, operations)) {
            PushAnswer::Taken { verdicts, .. } => verdicts.into_iter().map(|judged| judged.verdict).collect(),
            other => panic!("not taken: {other:?}"),
        }
    }

    /// Pulls; the server must answer.
    pub fn pull(&mut self, request: &PullRequest) -> PullReply {
        self.must("query($c:SyncChunk!){syncPull(request:$c)}", request)
    }

    /// The first page after a cursor.
    pub fn page(&mut self, cursor: Option<&str>) -> Page {
        match self.pull(&pull(cursor)) {
            PullReply::Page(page) => page,
            other => panic!("no page: {other:?}"),
        }
    }

    /// A push as it is, with whatever answer comes.
    pub fn try_push(&mut self, request: &PushRequest) -> Option<Answer> {
        self.try_chunk(&wire::close(request))
    }

    /// A push of a chunk that somebody else closed.
    pub fn try_chunk(&mut self, chunk: &str) -> Option<Answer> {
        self.try_graphql(body("mutation($c:SyncChunk!){syncPush(batch:$c)}", chunk).to_string().as_bytes())
    }

    /// A GraphQL request as it is; `None` if no answer came.
    pub fn try_graphql(&mut self, body: &[u8]) -> Option<Answer> {
        let headers =
            [("content-type", "application/json".to_owned()), ("authorization", format!("Bearer {}", self.access))];
        let headers = headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        self.http.post("/graphql", &headers, body)
    }

    /// The code with which the server refuses a push.
    pub fn refused(&mut self, request: &PushRequest) -> String {
        let answer = self.try_push(request).expect("the server answers");
        code_of(&answer)
    }

    /// What the typed part of the graph answers.
    pub fn graphql(&mut self, query: &str, variables: &Value) -> Value {
        let body = json!({"query": query, "variables": variables}).to_string();
        self.try_graphql(body.as_bytes()).expect("the server answers").json()
    }

    fn must<T: DeserializeOwned>(&mut self, query: &str, message: &impl Serialize) -> T {
        let body = body(query, &wire::close(message));
        let answer = self.try_graphql(body.to_string().as_bytes()).expect("the server answers");
        opened(&answer).unwrap_or_else(|| panic!("refused: {}", answer.body))
    }
}

/// A pull after a cursor.
pub fn pull(cursor: Option<&str>) -> PullRequest {
    PullRequest { wire: wire::VERSION, cursor: cursor.map(str::to_owned), compare: Vec::new() }
}

/// The code of a GraphQL answer's first error.
pub fn code_of(answer: &Answer) -> String {
    answer.json()["errors"][0]["extensions"]["code"].as_str().unwrap_or_default().to_owned()
}

/// What an answer to a push or a pull holds.
pub fn opened<T: DeserializeOwned>(answer: &Answer) -> Option<T> {
    let json = answer.json();
    let chunk = json["data"].as_object()?.values().next()?.as_str()?.to_owned();
    wire::open(&chunk).ok()
}

fn body(query: &str, chunk: &str) -> Value {
    json!({"query": query, "variables": {"c": chunk}})
}

/// An operation written by hand.
pub fn operation(id: OperationId, name: &str, at: Micros, body: &Value) -> Sent {
    let body = body.as_object().cloned().unwrap_or_default();
    let at = Occurred { device: at, offset: 0 };
    let operation = Operation { id, name: name.to_owned(), v: 1, at, replaces: None, group: None, body };
    Sent::write(operation).expect("it is small")
}

/// A visit of half an hour to Ana, with one point, told apart by `n`.
pub fn visit(n: u64, started: Micros, note: &str) -> Sent {
    let id = |what: &str| sync::id::derived::<Uuid>(AGENCY.0, &format!("{what}/{n}"));
    let body = json!({
        "visit": id("visit"), "student": names::student("ana"), "service": "speech", "startedAt": started,
        "endedAt": started.plus(1_800_000_000), "attendance": "present", "note": note,
        "points": [{"id": id("point"), "goal": names::goal("reads aloud"), "status": "scored", "value": 25.0}],
    });
    operation(OperationId(id("operation")), "LogVisit", started.plus(1_800_000_000), &body)
}

/// Bytes that claim to be an operation.
pub fn raw(json: &str) -> Box<RawValue> {
    RawValue::from_string(json.to_owned()).expect("JSON")
}
