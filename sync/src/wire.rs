//! The version of the wire and the chunk in which requests and replies travel:
//! base64url of deflated JSON, bounded when it is opened.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use serde::{Serialize, de::DeserializeOwned};
use std::io::{Read, Write};

/// What this build writes.
pub const VERSION: u16 = 1;

/// The oldest version that is still understood.
pub const OLDEST: u16 = 1;

/// One line for each version: what changed and who still sends it.
pub const HISTORY: &[(u16, &str)] = &[(1, "the first: operations, verdicts, pages; sent by every phone")];

/// The largest chunk that is opened, in bytes of JSON.
pub const MAX_OPEN: usize = 4 * 1024 * 1024;

/// On columns of visits level 6 saves 0.7 % more and costs more than twice as much.
const LEVEL: Compression = Compression::new(3);

/// Why a chunk cannot be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Not base64url of deflated data.
    #[error("the chunk is damaged")]
    Damaged,
    /// Larger than [`MAX_OPEN`] once opened.
    #[error("the chunk is larger than {MAX_OPEN} bytes when opened")]
    TooLarge,
    /// Not the JSON that is expected here.
    #[error("the chunk does not hold what is expected here")]
    Unexpected,
}

/// Closes a message into a chunk.
pub fn close(message: &impl Serialize) -> String {
    let json = serde_json::to_vec(message).expect("the wire's own types have string keys and no failing parts");
    close_json(&json)
}

/// Closes JSON that was written by hand.
pub fn close_json(json: &[u8]) -> String {
    let mut closing = Closing::default();
    closing.text(json);
    closing.close()
}

/// A piece of JSON, deflated so that it can stand in any chunk: many phones are sent the same.
#[derive(Clone, Debug)]
pub struct Segment(Vec<u8>);

impl Segment {
    /// Deflates a piece of JSON.
    pub fn of(json: &[u8]) -> Self {
        Self(deflated(json))
    }

    /// How much memory it takes.
    pub fn size(&self) -> usize {
        self.0.len()
    }
}

/// Deflates up to a byte's end; what comes next does not look back at it.
fn deflated(json: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::with_capacity(json.len() / 3), LEVEL);
    encoder.write_all(json).and_then(|()| encoder.flush()).expect("writing to memory does not fail");
    std::mem::take(encoder.get_mut())
}

/// A chunk that is being put together, of texts and of segments that were closed before.
#[derive(Debug, Default)]
pub struct Closing {
    packed: Vec<u8>,
    text: Vec<u8>,
}

impl Closing {
    /// Goes on with some text.
    pub fn text(&mut self, json: impl AsRef<[u8]>) {
        self.text.extend_from_slice(json.as_ref());
    }

    /// Goes on with a segment.
    pub fn segment(&mut self, segment: &Segment) {
        if !self.text.is_empty() {
            self.packed.extend(deflated(&std::mem::take(&mut self.text)));
        }
        self.packed.extend_from_slice(&segment.0);
    }

    /// The chunk.
    pub fn close(self) -> String {
        let mut encoder = DeflateEncoder::new(self.packed, LEVEL);
        encoder.write_all(&self.text).expect("writing to memory does not fail");
        URL_SAFE_NO_PAD.encode(encoder.finish().expect("writing to memory does not fail"))
    }
}

/// Opens a chunk that somebody else closed.
pub fn open<T: DeserializeOwned>(chunk: &str) -> Result<T, Unreadable> {
    let packed = URL_SAFE_NO_PAD.decode(chunk).map_err(|_| Unreadable::Damaged)?;
    let mut json = Vec::new();
    let limit = MAX_OPEN as u64 + 1;
    DeflateDecoder::new(packed.as_slice()).take(limit).read_to_end(&mut json).map_err(|_| Unreadable::Damaged)?;
    if json.len() > MAX_OPEN {
        return Err(Unreadable::TooLarge);
    }
    serde_json::from_slice(&json).map_err(|_| Unreadable::Unexpected)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn what_was_closed_before_opens_in_every_chunk() {
        let long = format!("\"{}\"", "said again and again, ".repeat(5_000));
        let segment = Segment::of(long.as_bytes());
        for n in 0..3 {
            let mut closing = Closing::default();
            closing.text(format!("[{long},"));
            for _ in 0..n {
                closing.segment(&segment);
                closing.text(",");
            }
            closing.text(format!("{long}]"));
            let opened: Vec<String> = open(&closing.close()).expect("a list");
            assert_eq!(opened.len(), n + 2);
            assert!(opened.iter().all(|text| long[1..].starts_with(text.as_str())));
        }
    }

    #[test]
    fn a_chunk_gives_back_what_was_closed_byte_for_byte() {
        let text = json!({"note": "👩‍👧‍👦 \u{202e}שלום\u{202c} \u{0007} é"});
        assert_eq!(open::<Value>(&close(&text)), Ok(text));
    }

    #[test]
    fn damaged_large_and_foreign_chunks_are_refused() {
        assert_eq!(open::<Value>("not base64!"), Err(Unreadable::Damaged));
        assert_eq!(open::<Value>("AAAA"), Err(Unreadable::Damaged));
        assert_eq!(open::<u8>(&close(&json!("text"))), Err(Unreadable::Unexpected));
        assert_eq!(open::<Value>(&close(&"x".repeat(MAX_OPEN + 1))), Err(Unreadable::TooLarge));
    }
}
