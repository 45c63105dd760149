//! Phones that listen: how soon the other one knows, and what waiting costs.

use std::time::{Duration, Instant};

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tempfile::TempDir;
use tests::Wire;
use tokio::net::TcpStream;
use tokio::runtime::Runtime;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::district::{self, Ground};
use crate::meter::{Meter, cpu_ms, millis, percentile, resident_kib, rounded};
use crate::phone::{Phone, now};
use crate::serving::Serving;

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

fn folder() -> TempDir {
    TempDir::with_prefix("aimline-bench-").expect("a folder")
}

/// From the moment at which one phone has its receipt to the other phone's changed screen.
pub(crate) fn from_one_phone_to_another() {
    let (ground, one, two) = (Ground::sqlite(), folder(), folder());
    let server = Serving::start(&ground);
    let mut writer = Phone::ready(one.path(), server.address(), "pat");
    let mut reader = Phone::ready(two.path(), server.address(), "pat");
    let runtime = Runtime::new().expect("threads");
    let token = reader.token.clone().expect("it wants to listen");
    let mut socket = runtime.block_on(subscribe(server.address(), &token));

    let meter = Meter::begin(&server);
    let mut walls: Vec<f64> = (0..50)
        .map(|n| {
            writer.log(n);
            writer.settle();
            let committed = Instant::now();
            reader.has_changed = false;
            while !reader.has_changed {
                runtime.block_on(hear(&mut socket));
                reader.poke();
            }
            millis(committed)
        })
        .collect();
    let (median, last) = (percentile(&mut walls, 0.5), percentile(&mut walls, 0.99));
    meter.line("from_commit_to_the_other_screen").with("p50_ms", median).with("p99_ms", last).say();
}

/// A district in which everybody's phone lies on a table.
pub(crate) fn ten_thousand_that_wait() {
    const WAITING: usize = 10_000;
    let ground = Ground::sqlite();
    let server = Serving::start(&ground);
    let token = Wire::sign_in(server.address(), "pat").access;
    let runtime = Runtime::new().expect("threads");
    let before = resident_kib(&server.id());
    let mut sockets = runtime.block_on(async {
        let connecting = (0..WAITING).map(|_| subscribe(server.address(), &token));
        futures_util::stream::iter(connecting).buffer_unordered(50).collect::<Vec<_>>().await
    });
    std::thread::sleep(Duration::from_secs(2));
    let grown = resident_kib(&server.id()) - before;
    let (cpu, idle) = (cpu_ms(&server.id()), Duration::from_secs(10));
    std::thread::sleep(idle);
    let idle_cpu = (cpu_ms(&server.id()) - cpu) as f64 / idle.as_millis() as f64;

    let meter = Meter::begin(&server);
    district::write_notes(server.address(), 0..1, now());
    runtime.block_on(async {
        futures_util::future::join_all(sockets.iter_mut().map(hear)).await;
    });
    meter
        .line("ten_thousand_subscriptions")
        .with("kib_each", rounded(grown as f64 / WAITING as f64))
        .with("idle_cpu_percent", rounded(idle_cpu * 100.0))
        .say();
}

/// Opens `syncPoke` as the bearer of a token.
async fn subscribe(server: &str, token: &str) -> Socket {
    let address = format!("{}/graphql", server.replacen("http", "ws", 1));
    let mut request = address.into_client_request().expect("an address");
    request.headers_mut().insert("sec-websocket-protocol", "graphql-transport-ws".parse().expect("a word"));
    let (mut socket, _) = connect_async(request).await.expect("a socket");
    say(&mut socket, &json!({"type": "connection_init", "payload": {"token": token}})).await;
    assert_eq!(next(&mut socket).await["type"], "connection_ack");
    let query = json!({"query": "subscription{syncPoke}"});
    say(&mut socket, &json!({"type": "subscribe", "id": "1", "payload": query})).await;
    // The first says that it has begun.
    hear(&mut socket).await;
    socket
}

/// Waits for a poke.
async fn hear(socket: &mut Socket) {
    while next(socket).await["type"] != "next" {}
}

async fn say(socket: &mut Socket, message: &Value) {
    socket.send(Message::text(message.to_string())).await.expect("the socket is open");
}

async fn next(socket: &mut Socket) -> Value {
    let mut answer = None;
    loop {
        match socket.next().await.expect("the socket is open").expect("the socket is open") {
            Message::Text(text) => {
                let message: Value = serde_json::from_str(text.as_str()).expect("JSON");
                if message["type"] == "ping" {
                    answer = Some(json!({"type": "pong"}));
                } else {
                    return message;
                }
            }
            Message::Close(frame) => panic!("closed: {frame:?}"),
            _ => {}
        }
        if let Some(answer) = answer.take() {
            say(socket, &answer).await;
        }
    }
}
