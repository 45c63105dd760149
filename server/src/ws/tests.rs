use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::middleware::from_fn_with_state;
use chrono::TimeDelta;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use super::Bounds;
use crate::app::graphql_routes;
use crate::door::Door;
use crate::door::documents::Documents;
use crate::door::rates::Rates;
use crate::edge::{self, Hardened};
use crate::fixture::{Served, schema};
use crate::front::Front;

/// A server that listens, and a client's end of a socket to it.
struct Line {
    served: Served,
    address: SocketAddr,
}

struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Line {
    async fn new() -> Self {
        Self::with(Bounds::default()).await
    }

    async fn with(bounds: Bounds) -> Self {
        Self::behind(Door::default(), bounds).await
    }

    async fn behind(door: Door, bounds: Bounds) -> Self {
        let mut served = Served::new();
        served.app.door = door;
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let front = Front { bounds, ..Front::new(served.app.clone(), schema()) };
        let routes = graphql_routes(front).layer(from_fn_with_state(Hardened::default(), edge::pass));
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { served, address }
    }

    async fn connect_with(&self, headers: &[(&'static str, &str)]) -> Result<Socket, tungstenite::Error> {
        let mut request = format!("ws://{}/graphql", self.address).into_client_request()?;
        for (name, value) in headers {
            request.headers_mut().insert(*name, HeaderValue::from_str(value)?);
        }
        Ok(Socket(connect_async(request).await?.0))
    }

    async fn connect(&self) -> Socket {
        self.connect_with(&[("sec-websocket-protocol", "graphql-transport-ws")]).await.unwrap()
    }

    /// A socket that is past its first message.
    async fn open(&self) -> Socket {
        let mut socket = self.connect().await;
        socket.say(json!({ "type": "connection_init", "payload": { "token": self.served.token } })).await;
        assert_eq!(socket.hear().await, json!({ "type": "connection_ack" }));
        socket
    }
}

impl Socket {
    async fn say(&mut self, message: Value) {
        self.text(&message.to_string()).await;
    }

    async fn text(&mut self, text: &str) {
        self.0.send(Message::text(text)).await.unwrap();
    }

    async fn subscribe(&mut self, id: &str, query: &str) {
        self.say(json!({ "type": "subscribe", "id": id, "payload": { "query": query } })).await;
    }

    /// The next message of the protocol.
    async fn hear(&mut self) -> Value {
        loop {
            match self.next().await {
                Message::Text(text) => return serde_json::from_str(&text).unwrap(),
                Message::Ping(_) | Message::Pong(_) => {}
                other => panic!("not a message: {other:?}"),
            }
        }
    }

    /// The code with which the server closes, whatever it says before.
    async fn closed(&mut self) -> u16 {
        loop {
            if let Message::Close(frame) = self.next().await {
                return frame.expect("a reason").code.into();
            }
        }
    }

    async fn next(&mut self) -> Message {
        let next = tokio::time::timeout(Duration::from_secs(20), self.0.next());
        next.await.expect("the server says something").expect("the socket is open").unwrap()
    }
}

#[tokio::test]
async fn a_subscription_gives_its_events_and_its_end() {
    let mut socket = Line::new().await.open().await;
    socket.subscribe("one", "subscription { count(to: 2) }").await;
    assert_eq!(socket.hear().await, json!({ "type": "next", "id": "one", "payload": { "data": { "count": 1 } } }));
    assert_eq!(socket.hear().await, json!({ "type": "next", "id": "one", "payload": { "data": { "count": 2 } } }));
    assert_eq!(socket.hear().await, json!({ "type": "complete", "id": "one" }));
}

#[tokio::test]
async fn a_query_has_one_answer_and_knows_who_asks() {
    let line = Line::new().await;
    let mut socket = line.open().await;
    socket.subscribe("q", "{ who }").await;
    assert_eq!(socket.hear().await["payload"]["data"]["who"], json!(line.served.account.to_string()));
    assert_eq!(socket.hear().await["type"], "complete");
}

#[tokio::test]
async fn an_id_may_be_used_again_once_its_subscription_is_over() {
    let mut socket = Line::new().await.open().await;
    socket.subscribe("x", "subscription { never }").await;
    socket.say(json!({ "type": "complete", "id": "x" })).await;
    socket.subscribe("x", "subscription { count(to: 1) }").await;
    assert_eq!(socket.hear().await["payload"]["data"]["count"], 1);
    assert_eq!(socket.hear().await, json!({ "type": "complete", "id": "x" }));
}

#[tokio::test]
async fn what_is_wrong_with_a_document_ends_its_subscription_only() {
    let mut socket = Line::new().await.open().await;
    let bomb = format!("subscription {{ {} }}", "count(to: 1) ".repeat(30));
    for (id, document, code) in [
        ("a", "subscription { nothing }", "BAD_USER_INPUT"),
        ("b", "subscription { never", "BAD_USER_INPUT"),
        ("c", bomb.as_str(), "QUERY_TOO_COMPLEX"),
    ] {
        socket.subscribe(id, document).await;
        let answer = socket.hear().await;
        assert_eq!((&answer["type"], &answer["id"]), (&json!("error"), &json!(id)));
        assert_eq!(answer["payload"][0]["extensions"]["code"], code);
    }
    socket.subscribe("d", "subscription { count(to: 1) }").await;
    assert_eq!(socket.hear().await["type"], "next");
}

#[tokio::test]
async fn pings_are_answered() {
    let mut socket = Line::new().await.open().await;
    socket.say(json!({ "type": "ping", "payload": { "any": 1 } })).await;
    assert_eq!(socket.hear().await, json!({ "type": "pong" }));
}

#[tokio::test]
async fn a_socket_holds_so_many_subscriptions() {
    let mut socket = Line::new().await.open().await;
    let most = Bounds::default().subscriptions;
    for n in 0..=most {
        socket.subscribe(&n.to_string(), "subscription { never }").await;
    }
    let refused = socket.hear().await;
    assert_eq!((&refused["type"], &refused["id"]), (&json!("error"), &json!(most.to_string())));
}

#[tokio::test]
async fn each_breach_of_the_protocol_has_its_code() {
    let line = Line::new().await;
    let init = json!({ "type": "connection_init", "payload": { "token": line.served.token } }).to_string();
    let never = r#"{"type":"subscribe","id":"x","payload":{"query":"subscription { never }"}}"#;
    #[rustfmt::skip]
    let table: [(&str, Vec<&str>, u16); 9] = [
        ("not JSON",                 vec!["{"],                                              4400),
        ("an unknown type",          vec![&init, r#"{"type":"start"}"#],                     4400),
        ("no payload",               vec![&init, r#"{"type":"subscribe","id":"x"}"#],        4400),
        ("a batch",                  vec![&init, "[]"],                                      4400),
        ("subscribe before init",    vec![never],                                            4401),
        ("no token",                 vec![r#"{"type":"connection_init"}"#],                  4403),
        ("a wrong token",            vec![r#"{"type":"connection_init","payload":{"token":"x"}}"#], 4403),
        ("an id in use",             vec![&init, never, never],                              4409),
        ("a second init",            vec![&init, &init],                                     4429),
    ];
    for (name, said, code) in table {
        let mut socket = line.connect().await;
        for text in said {
            socket.text(text).await;
        }
        assert_eq!(socket.closed().await, code, "{name}");
    }
}

#[tokio::test]
async fn a_message_without_end_ends_its_socket() {
    let mut socket = Line::new().await.open().await;
    let Socket(line) = &mut socket;
    // What is left unread may make the network drop the reason on its way.
    let sent = line.send(Message::text("x".repeat(Bounds::default().message + 1))).await;
    let next = line.next().await;
    let ended = match &next {
        Some(Ok(Message::Close(Some(frame)))) => u16::from(frame.code) == 1009,
        Some(Ok(_)) => false,
        Some(Err(_)) | None => true,
    };
    assert!(sent.is_err() || ended, "{next:?}");
}

#[tokio::test]
async fn who_says_nothing_is_not_waited_for() {
    let bounds = Bounds { init: Duration::from_millis(50), ..Bounds::default() };
    let mut socket = Line::with(bounds).await.connect().await;
    assert_eq!(socket.closed().await, 4408);
}

#[tokio::test]
async fn a_line_that_went_dead_is_let_go() {
    let bounds = Bounds { ping: Duration::from_millis(20), ..Bounds::default() };
    let line = Line::with(bounds).await;
    let socket = line.open().await;
    // A client that is read answers pings by itself; this one is not read for a while.
    tokio::time::sleep(Duration::from_millis(200)).await;
    let Socket(mut stream) = socket;
    let mut code = None;
    while let Some(Ok(message)) = stream.next().await {
        if let Message::Close(Some(frame)) = message {
            code = Some(u16::from(frame.code));
        }
    }
    assert_eq!(code, Some(4408));
}

#[tokio::test]
async fn nothing_is_sent_after_the_token_expired() {
    let line = Line::new().await;
    let mut socket = line.open().await;
    socket.subscribe("t", "subscription { tick }").await;
    assert_eq!(socket.hear().await["type"], "next");
    line.served.pass(TimeDelta::minutes(16));
    assert_eq!(socket.closed().await, 4403);
}

#[tokio::test]
async fn a_device_that_was_signed_out_loses_its_socket() {
    let bounds = Bounds { recheck: Duration::ZERO, ..Bounds::default() };
    let line = Line::with(bounds).await;
    let mut socket = line.open().await;
    socket.subscribe("t", "subscription { tick }").await;
    assert_eq!(socket.hear().await["type"], "next");
    line.served.sign_out();
    assert_eq!(socket.closed().await, 4403);
}

#[tokio::test]
async fn a_server_that_stops_says_so() {
    let line = Line::new().await;
    let mut socket = line.open().await;
    socket.subscribe("n", "subscription { never }").await;
    line.served.app.closing.cancel();
    assert_eq!(socket.closed().await, 1001);
}

#[tokio::test]
async fn only_this_protocol_is_spoken() {
    let line = Line::new().await;
    for headers in [vec![], vec![("sec-websocket-protocol", "graphql-ws")]] {
        let Err(tungstenite::Error::Http(refused)) = line.connect_with(&headers).await else {
            panic!("{headers:?} was let in");
        };
        assert_eq!(refused.status(), 400);
    }
}

#[tokio::test]
async fn a_cookie_opens_a_socket_from_our_own_pages_only() {
    let line = Line::new().await;
    let (ours, cookie) = (format!("http://{}", line.address), format!("aimline-access={}", line.served.token));
    for (origin, let_in) in [(ours.as_str(), true), ("https://elsewhere.example", false)] {
        let headers =
            [("sec-websocket-protocol", "graphql-transport-ws"), ("cookie", cookie.as_str()), ("origin", origin)];
        let mut socket = line.connect_with(&headers).await.unwrap();
        socket.say(json!({ "type": "connection_init" })).await;
        if let_in {
            assert_eq!(socket.hear().await["type"], "connection_ack");
        } else {
            assert_eq!(socket.closed().await, 4403);
        }
    }
}

/// How often something is done before it is refused.
async fn until_refused(mut done: impl AsyncFnMut(u32) -> bool) -> u32 {
    for n in 0..200 {
        if !done(n).await {
            return n;
        }
    }
    panic!("it goes on for ever");
}

#[tokio::test]
async fn what_is_asked_on_a_socket_counts_as_what_is_asked_beside_it() {
    let door = Door { rates: Arc::new(Rates::of(1)), ..Door::default() };
    let line = Line::behind(door, Bounds::default()).await;
    let mut socket = line.open().await;
    let let_in = until_refused(async |n| {
        socket.subscribe(&n.to_string(), "{ hello }").await;
        let answer = socket.hear().await;
        if answer["type"] == "error" {
            assert_eq!(answer["payload"][0]["extensions"]["code"], "RATE_LIMITED", "{answer}");
            return false;
        }
        assert_eq!(socket.hear().await["type"], "complete");
        true
    });
    let let_in = let_in.await;
    // One a second is let in still, should this take so long.
    assert!((20..25).contains(&let_in), "{let_in}");
    socket.say(json!({ "type": "ping" })).await;
    assert_eq!(socket.hear().await["type"], "pong", "the socket goes on");
}

#[tokio::test]
async fn whoever_opens_sockets_to_guess_a_token_waits_as_with_any_guess() {
    let door = Door { rates: Arc::new(Rates::of(1)), ..Door::default() };
    let line = Line::behind(door, Bounds::default()).await;
    let protocol = ("sec-websocket-protocol", "graphql-transport-ws");
    let guessed = until_refused(async |n| match line.connect_with(&[protocol]).await {
        Ok(mut socket) => {
            let guess = json!({ "token": format!("guess {n}") });
            socket.say(json!({ "type": "connection_init", "payload": guess })).await;
            assert_eq!(socket.closed().await, 4403);
            true
        }
        Err(tungstenite::Error::Http(refused)) => {
            assert_eq!(refused.status(), 429);
            false
        }
        Err(error) => panic!("{error}"),
    });
    let guessed = guessed.await;
    assert!((40..50).contains(&guessed), "{guessed}");
}

#[tokio::test]
async fn a_socket_carries_out_known_documents_and_no_others_where_that_was_asked_for() {
    let pages = tempfile::tempdir().unwrap();
    std::fs::write(pages.path().join("documents.json"), r#"{"its name":"subscription { count(to: 1) }"}"#).unwrap();
    let documents = Arc::new(Documents::of(pages.path(), true).unwrap());
    let line = Line::behind(Door { documents, ..Door::default() }, Bounds::default()).await;
    let mut socket = line.open().await;

    socket.subscribe("another", "subscription { count(to: 2) }").await;
    let refused = socket.hear().await;
    assert_eq!((&refused["type"], &refused["id"]), (&json!("error"), &json!("another")));
    assert_eq!(refused["payload"][0]["extensions"]["code"], "UNTRUSTED_DOCUMENT");

    let known = "subscription { count(to: 1) }";
    let name: String = Sha256::digest(known).iter().map(|byte| format!("{byte:02x}")).collect();
    let by_name = json!({ "documentId": format!("sha256:{name}") });
    for payload in [json!({ "query": known }), by_name] {
        socket.say(json!({ "type": "subscribe", "id": "known", "payload": payload })).await;
        assert_eq!(socket.hear().await["payload"]["data"]["count"], 1);
        assert_eq!(socket.hear().await["type"], "complete");
    }
}
