//! Lifters: what an older version wrote, read by a newer one.
//!
//! What is sent, hashed and kept are the bytes first written, for at least a school year: an
//! outbox may be as old as that. The server lifts an operation to judge it, the phone to
//! preview it, and neither writes it anew.

use serde_json::{Map, Value};
use std::borrow::Cow;
use sync::Operation;

/// From one version of an intention's body to the next.
#[derive(Clone, Copy, Debug)]
pub struct Lifter {
    /// The intention.
    pub name: &'static str,
    /// The version that it reads; it writes the next one.
    pub from: u16,
    /// What changes.
    pub lift: fn(Map<String, Value>) -> Map<String, Value>,
}

/// All of them: none yet, every intention is in its first version. A new version of one adds
/// a line here, a line to `sync::wire::HISTORY`, and samples.
pub const LIFTERS: &[Lifter] = &[];

/// The newest version of an intention.
pub fn version(name: &str, lifters: &[Lifter]) -> u16 {
    lifters.iter().filter(|lifter| lifter.name == name).map(|lifter| lifter.from + 1).max().unwrap_or(1)
}

/// An operation's body as its newest version would have written it. `None` if it was written
/// by a version that nobody here knows.
pub fn lift<'o>(operation: &'o Operation, lifters: &[Lifter]) -> Option<Cow<'o, Map<String, Value>>> {
    let newest = version(&operation.name, lifters);
    if operation.v == 0 || operation.v > newest {
        return None;
    }
    let mut body = Cow::Borrowed(&operation.body);
    for from in operation.v..newest {
        let step = lifters.iter().find(|lifter| lifter.name == operation.name && lifter.from == from)?;
        body = Cow::Owned((step.lift)(body.into_owned()));
    }
    Some(body)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use sync::{Micros, OperationId, operation::Sent, time::Occurred};
    use uuid::Uuid;

    /// Version 2 calls it `words`, version 3 says in which language they are.
    const THREE_VERSIONS: &[Lifter] = &[
        Lifter {
            name: "Say",
            from: 1,
            lift: |mut body| {
                let words = body.remove("text").unwrap_or_default();
                body.insert("words".into(), words);
                body
            },
        },
        Lifter {
            name: "Say",
            from: 2,
            lift: |mut body| {
                body.insert("language".into(), json!("en"));
                body
            },
        },
    ];

    fn said(name: &str, v: u16, body: Value) -> Operation {
        let at = Occurred { device: Micros(0), offset: 0 };
        let body = body.as_object().cloned().expect("an object");
        Operation { id: OperationId(Uuid::nil()), name: name.into(), v, at, replaces: None, group: None, body }
    }

    #[test]
    fn every_older_version_reads_like_the_newest() {
        let newest = json!({"words": "hello", "language": "en"});
        for (v, body) in [(1, json!({"text": "hello"})), (2, json!({"words": "hello"})), (3, newest.clone())] {
            let operation = said("Say", v, body);
            let lifted = lift(&operation, THREE_VERSIONS).map(|body| Value::Object(body.into_owned()));
            assert_eq!(lifted.as_ref(), Some(&newest), "version {v}");
        }
    }

    #[test]
    fn lifting_leaves_the_bytes_as_they_were_first_written() {
        let sent = Sent::write(said("Say", 1, json!({"text": "hello"}))).expect("small");
        let (bytes, digest) = (sent.bytes.get().to_owned(), sent.digest());
        assert!(lift(&sent.operation, THREE_VERSIONS).is_some());
        assert_eq!((sent.bytes.get(), sent.digest()), (bytes.as_str(), digest));
    }

    #[test]
    fn a_version_that_nobody_knows_is_not_guessed_at() {
        for v in [0, 4] {
            assert!(lift(&said("Say", v, json!({})), THREE_VERSIONS).is_none());
        }
        assert!(lift(&said("Other", 2, json!({})), THREE_VERSIONS).is_none());
        assert_eq!((version("Say", THREE_VERSIONS), version("Other", THREE_VERSIONS)), (3, 1));
    }
}
