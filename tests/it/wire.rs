//! The wire against its number. Every version that is still understood has a folder of
//! samples here: what stands in them is read, and written again byte for byte. Their hash is
//! sealed: a change of shape needs a new version, a line of `sync::wire::HISTORY` and a new
//! folder.

use std::path::{Path, PathBuf};

use domain::Intent;
use domain::intent::NAMES;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};
use sync::operation::Sent;
use sync::page::{PullReply, PullRequest};
use sync::push::{PushReply, PushRequest};
use sync::{Operation, Record, wire};

/// The samples of each version, by the hash of their bytes.
const SEALED: &[(u16, &str)] = &[(1, "adb67049a9bc834b5ecd23bba997674a21f209a5dcd6fc136068770266fa2039")];

fn folder(version: u16) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("it/wire/v{version}"))
}

/// The samples in one file: one JSON a line.
fn samples(version: u16, file: &str) -> Vec<String> {
    let path = folder(version).join(file);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.lines().map(str::to_owned).collect()
}

/// The versions that this build reads.
fn understood() -> impl Iterator<Item = u16> {
    wire::HISTORY.iter().map(|(version, _)| *version).filter(|version| *version >= wire::OLDEST)
}

/// Every sample reads as a `T` and is written again as it was.
fn comes_back<T: DeserializeOwned + Serialize>(file: &str) {
    for sample in understood().flat_map(|version| samples(version, file)) {
        let read: T = serde_json::from_str(&sample).unwrap_or_else(|error| panic!("{file}: {error}\n{sample}"));
        assert_eq!(serde_json::to_string(&read).expect("JSON"), sample, "{file}");
    }
}

#[test]
fn what_every_understood_version_says_is_read_and_written_alike() {
    comes_back::<Operation>("operations.jsonl");
    comes_back::<PushRequest>("push.jsonl");
    comes_back::<PushReply>("push-replies.jsonl");
    comes_back::<PullRequest>("pull.jsonl");
    comes_back::<PullReply>("pull-replies.jsonl");
    comes_back::<Record>("records.jsonl");
}

#[test]
fn every_intention_has_a_sample_that_is_understood() {
    let mut names = Vec::new();
    for sample in understood().flat_map(|version| samples(version, "operations.jsonl")) {
        let bytes = RawValue::from_string(sample).expect("JSON");
        let sent = Sent::read(bytes).expect("an operation");
        let intent = Intent::read(&sent.operation).unwrap_or_else(|fault| panic!("{}: {fault}", sent.operation.name));
        assert_eq!(intent.body(), sent.operation.body, "{}", sent.operation.name);
        names.push(intent.name());
    }
    for name in NAMES {
        assert!(names.contains(name), "{name} has no sample");
    }
}

#[test]
fn the_samples_are_sealed_by_their_version() {
    let sealed: Vec<u16> = SEALED.iter().map(|(version, _)| *version).collect();
    assert_eq!(
        wire::HISTORY.last().map(|(version, _)| *version),
        Some(wire::VERSION),
        "the newest version has a line of history"
    );
    assert_eq!(sealed, understood().collect::<Vec<_>>(), "every version that is understood has samples, and no other");
    for (version, seal) in SEALED {
        assert_eq!(hash_of(*version), *seal, "the samples of version {version} changed: that is a new version");
    }
}

#[test]
fn what_a_newer_version_wrote_beside_stays_in_a_record() {
    let newer = samples(1, "records.jsonl").into_iter().find(|sample| sample.contains("fromTheFuture"));
    let record: Record = serde_json::from_str(&newer.expect("a sample of it")).expect("a record");
    assert!(!record.unknown.is_empty());
}

fn hash_of(version: u16) -> String {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder(version)).expect("samples").flatten().map(|entry| entry.path()).collect();
    files.sort();
    let mut hash = Sha256::new();
    for file in files {
        hash.update(file.file_name().expect("a name").as_encoded_bytes());
        hash.update(std::fs::read(&file).expect("a sample"));
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
