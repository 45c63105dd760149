//! Subscriptions.

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;

use super::cast::Matrix;
use super::{Tally, ana, every_scene, nothing_like};

/// What a subscription says first; nothing, where it keeps silent for a while.
async fn first_word(address: &str, token: &str, query: &str, variables: &Value, patience: Duration) -> String {
    let mut request =
        format!("{}/graphql", address.replacen("http", "ws", 1)).into_client_request().expect("an address");
    request.headers_mut().insert("sec-websocket-protocol", "graphql-transport-ws".parse().expect("a word"));
    let (mut socket, _) = tokio_tungstenite::connect_async(request).await.expect("a socket");
    for message in [
        json!({"type": "connection_init", "payload": {"token": token}}),
        json!({"type": "subscribe", "id": "1", "payload": {"query": query, "variables": variables}}),
    ] {
        socket.send(Message::text(message.to_string())).await.expect("it is heard");
    }
    let hear = async {
        while let Some(Ok(message)) = socket.next().await {
            let read: Value = serde_json::from_str(message.to_text().unwrap_or_default()).unwrap_or_default();
            if read["id"] == "1" {
                return read.to_string();
            }
        }
        "the line is closed".into()
    };
    tokio::time::timeout(patience, hear).await.unwrap_or_else(|_| "nothing".into())
}

#[test]
fn nobody_hears_of_a_child_that_is_out_of_reach() {
    let matrix = Matrix::read();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a thread");
    for (scene, stage, secrets) in every_scene() {
        let mut tally = Tally::default();
        let watch = "subscription($watch: [ID!]!) { changed(watch: $watch) }";
        for actor in scene.cast() {
            let wire = stage.wire_of(actor.name);
            // Long for those who will hear something, short for those who must not.
            let is_told = matrix.allows(actor.column, "see card and team");
            let patience = Duration::from_millis(if is_told { 20_000 } else { 300 });
            let hear = |query: &str, variables: Value| {
                let address = stage.server.address();
                runtime.block_on(first_word(&address, &wire.access, query, &variables, patience))
            };
            let real = hear(watch, json!({"watch": [ana()]}));
            if is_told {
                assert!(real.contains(ana().as_str().expect("an id")), "{} watches: {real}", actor.name);
            } else {
                tally.differ(actor, "changed", &real, &hear(watch, json!({"watch": [nothing_like(&ana())]})));
            }
            tally.look(actor, "syncPoke", &hear("subscription { syncPoke }", Value::Null), &secrets, &matrix, true);
        }
        tally.end("hearing", scene);
    }
}
