//! An authenticator as a phone has one, which can be told to do what no honest one does.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use sync::AccountId;

const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const HAS_KEY: u8 = 0x40;

/// One key, and how its owner uses it.
#[derive(Clone)]
pub(super) struct Authenticator {
    key: SigningKey,
    id: Vec<u8>,
    /// The account that it was made for.
    owner: Vec<u8>,
    /// How often it signed.
    counter: u32,
    /// The page that the browser shows.
    origin: &'static str,
    /// Whether its owner's finger was on it.
    verified: bool,
}

impl Authenticator {
    /// A new one, with a key that is its own.
    pub(super) fn new(seed: u8) -> Self {
        Self {
            key: SigningKey::from_slice(&[seed; 32]).expect("a key"),
            id: vec![seed; 16],
            owner: Vec::new(),
            counter: 0,
            origin: "http://localhost:8080",
            verified: true,
        }
    }

    /// Whom it says it belongs to from now on.
    pub(super) fn claims(mut self, account: AccountId) -> Self {
        self.owner = account.0.as_bytes().to_vec();
        self
    }

    /// The browser shows another page from now on.
    pub(super) fn at(self, origin: &'static str) -> Self {
        Self { origin, ..self }
    }

    /// Nobody's finger is on it from now on.
    pub(super) fn untouched(self) -> Self {
        Self { verified: false, ..self }
    }

    /// Makes a passkey as it was asked to.
    pub(super) fn make(&mut self, offer: &Value) -> Value {
        let options = &offer["publicKey"];
        assert_eq!(options["authenticatorSelection"]["residentKey"], "required");
        assert_eq!(options["authenticatorSelection"]["userVerification"], "required");
        self.owner = URL_SAFE_NO_PAD.decode(options["user"]["id"].as_str().expect("an owner")).expect("base64");
        let mut data = self.data(options["rp"]["id"].as_str().expect("a name"), HAS_KEY);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).expect("short").to_be_bytes());
        data.extend(&self.id);
        data.extend(self.public_key());
        // {"fmt": "none", "attStmt": {}, "authData": …}
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        object.push(u8::try_from(data.len()).expect("short"));
        object.extend(data);
        let client = self.client("webauthn.create", options);
        self.credential(json!({"clientDataJSON": text(&client), "attestationObject": text(&object)}))
    }

    /// Signs what it was asked to.
    pub(super) fn sign(&mut self, question: &Value) -> Value {
        let options = &question["publicKey"];
        assert_eq!(options["userVerification"], "required");
        self.counter += 1;
        let data = self.data(options["rpId"].as_str().expect("a name"), 0);
        let client = self.client("webauthn.get", options);
        let signature: Signature = self.key.sign(&[data.as_slice(), &Sha256::digest(&client)].concat());
        self.credential(json!({
            "clientDataJSON": text(&client),
            "authenticatorData": text(&data),
            "signature": text(signature.to_der().as_bytes()),
            "userHandle": text(&self.owner),
        }))
    }

    fn data(&self, party: &str, more: u8) -> Vec<u8> {
        let flags = PRESENT | if self.verified { VERIFIED } else { 0 } | more;
        let mut data = Sha256::digest(party).to_vec();
        data.push(flags);
        data.extend(self.counter.to_be_bytes());
        data
    }

    /// {kty: EC2, alg: ES256, crv: P-256, x, y}
    fn public_key(&self) -> Vec<u8> {
        let point = self.key.verifying_key().to_sec1_point(false);
        let (x, y) = (point.x().expect("a point"), point.y().expect("a point"));
        [b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20".as_slice(), x, b"\x22\x58\x20", y].concat()
    }

    fn client(&self, kind: &str, options: &Value) -> Vec<u8> {
        let data =
            json!({"type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": false});
        data.to_string().into_bytes()
    }

    fn credential(&self, response: Value) -> Value {
        let id = text(&self.id);
        json!({"id": id, "rawId": id, "type": "public-key", "response": response, "clientExtensionResults": {}})
    }
}

fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
