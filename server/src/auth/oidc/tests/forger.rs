//! An issuer that does what its keeper likes: it signs honestly, or says whatever it is told to.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use openidconnect::url::Url;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

pub(super) const CLIENT: &str = "aimline";
pub(super) const SECRET: &str = "a secret between the two of them";

/// How a token is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signed {
    /// By the key that it shows, of that number.
    With(u8),
    /// By no key at all.
    Not,
    /// By what the client and it both know.
    BySecret,
}

/// An issuer on this machine.
#[derive(Clone)]
pub(super) struct Forger {
    /// Where it is.
    pub(super) url: String,
    desk: Arc<Mutex<Desk>>,
}

#[derive(Default)]
struct Desk {
    codes: HashMap<String, (Value, Signed, String)>,
    shown_key: u8,
    told: Value,
    is_away: bool,
}

/// What a browser was sent to it with.
pub(super) struct Sent {
    pub(super) state: String,
    pub(super) nonce: String,
    challenge: String,
    pub(super) address: Url,
}

impl Sent {
    pub(super) fn with(address: &str) -> Self {
        let address = Url::parse(address).expect("an address");
        let words: HashMap<String, String> = address.query_pairs().into_owned().collect();
        assert_eq!((words["response_type"].as_str(), words["code_challenge_method"].as_str()), ("code", "S256"));
        let [state, nonce, challenge] = ["state", "nonce", "code_challenge"].map(|word| words[word].clone());
        Self { state, nonce, challenge, address }
    }
}

impl Forger {
    pub(super) async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("it is bound"));
        let forger = Self { url, desk: Arc::new(Mutex::new(Desk { shown_key: 1, ..Desk::default() })) };
        let routes = Router::new()
            .route("/.well-known/openid-configuration", get(metadata))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .route("/me", get(me))
            .with_state(forger.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        forger
    }

    /// Somebody has shown who they are: the code that they are sent back with.
    pub(super) fn code(&self, sent: &Sent, claims: Value, signed: Signed) -> String {
        let mut desk = self.desk();
        let code = format!("code-{}", desk.codes.len());
        desk.codes.insert(code.clone(), (claims, signed, sent.challenge.clone()));
        code
    }

    /// What it tells of somebody beside the token.
    pub(super) fn tells(&self, claims: Value) {
        self.desk().told = claims;
    }

    /// It has a new key, and no other.
    pub(super) fn changes_its_key_to(&self, seed: u8) {
        self.desk().shown_key = seed;
    }

    pub(super) fn is_away(&self, is_away: bool) {
        self.desk().is_away = is_away;
    }

    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().expect("nobody panicked at the desk")
    }

    fn unless_away(&self, answer: Value) -> Response {
        if self.desk().is_away { StatusCode::BAD_GATEWAY.into_response() } else { Json(answer).into_response() }
    }
}

async fn metadata(State(forger): State<Forger>) -> Response {
    let url = &forger.url;
    forger.unless_away(json!({
        "issuer": url,
        "authorization_endpoint": format!("{url}/authorize"),
        "token_endpoint": format!("{url}/token"),
        "userinfo_endpoint": format!("{url}/me"),
        "jwks_uri": format!("{url}/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256", "HS256", "none"],
        "authorization_response_iss_parameter_supported": true,
    }))
}

async fn keys(State(forger): State<Forger>) -> Response {
    let seed = forger.desk().shown_key;
    let point = key(seed).verifying_key().to_sec1_point(false);
    let [x, y] = [point.x(), point.y()].map(|half| URL_SAFE_NO_PAD.encode(half.expect("a point")));
    let kid = seed.to_string();
    forger.unless_away(json!({"keys": [{"kty": "EC", "crv": "P-256", "use": "sig", "kid": kid, "x": x, "y": y}]}))
}

async fn token(State(forger): State<Forger>, Form(words): Form<HashMap<String, String>>) -> Response {
    let known = forger.desk().codes.remove(&words["code"]);
    let shown = URL_SAFE_NO_PAD.encode(Sha256::digest(&words["code_verifier"]));
    let Some((claims, signed, _)) = known.filter(|(_, _, challenge)| *challenge == shown) else {
        return (StatusCode::BAD_REQUEST, Json(json!({"error": "invalid_grant"}))).into_response();
    };
    forger.unless_away(json!({"access_token": "open", "token_type": "Bearer", "id_token": write(&claims, signed)}))
}

async fn me(State(forger): State<Forger>) -> Response {
    let told = forger.desk().told.clone();
    forger.unless_away(told)
}

fn key(seed: u8) -> SigningKey {
    SigningKey::from_slice(&[seed; 32]).expect("a key")
}

/// A token as it is written down.
fn write(claims: &Value, signed: Signed) -> String {
    let header = match signed {
        Signed::With(seed) => json!({"alg": "ES256", "kid": seed.to_string()}),
        Signed::Not => json!({"alg": "none"}),
        Signed::BySecret => json!({"alg": "HS256"}),
    };
    let [header, claims] = [&header, claims].map(|part| URL_SAFE_NO_PAD.encode(part.to_string()));
    let message = format!("{header}.{claims}");
    let signature = match signed {
        Signed::With(seed) => {
            let signature: Signature = key(seed).sign(message.as_bytes());
            signature.to_bytes().to_vec()
        }
        Signed::Not => Vec::new(),
        Signed::BySecret => {
            let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).expect("any length");
            mac.update(message.as_bytes());
            mac.finalize().into_bytes().to_vec()
        }
    };
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
}
