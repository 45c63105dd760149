//! A real HTTP client, counting what travels. It takes compressed answers, as browsers and the
//! clients of phones do.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::time::Duration;

use flate2::read::GzDecoder;
use serde_json::Value;

/// What a server answered.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The body, as text.
    pub body: String,
}

impl Answer {
    /// As a proxy passes it on that has lost its line in the middle.
    pub(crate) fn cut(mut self) -> Self {
        let half = (0..=self.body.len() / 2).rev().find(|at| self.body.is_char_boundary(*at));
        self.body.truncate(half.unwrap_or_default());
        self
    }

    /// The body as JSON; null if it is none.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }
}

/// Bytes of bodies, both ways.
#[derive(Clone, Copy, Debug, Default)]
pub struct Traffic {
    /// Requests sent.
    pub requests: u64,
    /// Sent to the server.
    pub up: u64,
    /// Sent by the server.
    pub down: u64,
}

/// A client of one server.
#[derive(Debug)]
pub struct Http {
    base: String,
    agent: ureq::Agent,
    /// What has travelled so far.
    pub traffic: Traffic,
}

impl Http {
    /// A client of the server at `base`, such as `http://127.0.0.1:8080`.
    pub fn new(base: &str) -> Self {
        // A server that was killed leaves no line behind that looks alive.
        Self::with_lines(base, 0)
    }

    /// A client that keeps its line open, as phones do, of a server that nobody kills.
    pub fn lasting(base: &str) -> Self {
        Self::with_lines(base, 1)
    }

    fn with_lines(base: &str, most: usize) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(60)))
            .max_idle_connections(most)
            .build();
        Self { base: base.to_owned(), agent: config.new_agent(), traffic: Traffic::default() }
    }

    /// Asks another server from now on.
    pub fn turn_to(&mut self, base: &str) {
        base.clone_into(&mut self.base);
    }

    /// Posts a body; `None` if no answer came.
    pub fn post(&mut self, path: &str, headers: &BTreeMap<String, String>, body: &[u8]) -> Option<Answer> {
        let mut request = self.agent.post(format!("{}{path}", self.base)).header("accept-encoding", "gzip");
        for (name, value) in headers {
            request = request.header(name, value);
        }
        self.traffic.requests += 1;
        self.traffic.up += body.len() as u64;
        let mut response = request.send(body).ok()?;
        let body = response.body_mut().with_config().limit(64 << 20).read_to_vec().ok()?;
        self.traffic.down += body.len() as u64;
        let is_packed = response.headers().get("content-encoding").is_some_and(|how| how == "gzip");
        let body = if is_packed { unpacked(&body)? } else { String::from_utf8(body).ok()? };
        Some(Answer { status: response.status().as_u16(), body })
    }

    /// Posts JSON, as the bearer of a token if there is one; an answer must come.
    pub fn post_json(&mut self, path: &str, token: Option<&str>, body: &Value) -> Answer {
        let mut headers = BTreeMap::from([("content-type".to_owned(), "application/json".to_owned())]);
        headers.extend(token.map(|token| ("authorization".to_owned(), format!("Bearer {token}"))));
        self.post(path, &headers, body.to_string().as_bytes()).expect("the server answers")
    }
}

/// A file that a server sent.
#[derive(Clone, Debug)]
pub struct File {
    /// The status.
    pub status: u16,
    /// What it is to be called.
    pub disposition: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl Http {
    /// Asks for a file with JSON, as the bearer of a token if there is one; an answer must come.
    pub fn post_for_file(&mut self, path: &str, token: Option<&str>, body: &Value) -> File {
        let mut request = self.agent.post(format!("{}{path}", self.base)).header("content-type", "application/json");
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let mut response = request.send(body.to_string().as_bytes()).expect("the server answers");
        let bytes = response.body_mut().with_config().limit(64 << 20).read_to_vec().expect("the whole of it");
        let disposition = response.headers().get("content-disposition").and_then(|text| text.to_str().ok());
        File { status: response.status().as_u16(), disposition: disposition.unwrap_or_default().to_owned(), bytes }
    }
}

fn unpacked(body: &[u8]) -> Option<String> {
    let mut text = String::new();
    GzDecoder::new(body).read_to_string(&mut text).ok()?;
    Some(text)
}
