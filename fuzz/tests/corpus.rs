//! Each target against its corpus, then against mutations of it: for a few seconds, or for
//! `AIMLINE_FUZZ_SECONDS`. What breaks is named by its bytes, to be kept in the corpus.

#![expect(clippy::print_stdout, reason = "how much was tried is for whoever runs it by hand")]

use fuzz::{TARGETS, Target, mutate::Mutations};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

/// How long all targets together take without further words.
const SECONDS: u64 = 5;
/// Where the mutations of every run begin.
const SEED: u64 = 1;

fn corpus(target: Target) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target.name);
    let mut files: Vec<_> = std::fs::read_dir(&folder).expect("a corpus").flatten().map(|file| file.path()).collect();
    files.sort();
    files.into_iter().map(|file| std::fs::read(file).expect("an input")).collect()
}

fn try_one(target: Target, input: &[u8], which: &str) {
    let outcome = catch_unwind(AssertUnwindSafe(|| (target.holds)(input)));
    assert!(outcome.is_ok(), "{}, {which}: {:?}", target.name, String::from_utf8_lossy(input));
}

#[test]
fn every_target_holds_for_its_corpus() {
    for target in TARGETS {
        let corpus = corpus(target);
        assert!(!corpus.is_empty(), "{} has a corpus", target.name);
        for (n, input) in corpus.iter().enumerate() {
            try_one(target, input, &format!("input {n} of the corpus"));
        }
    }
}

#[test]
fn every_target_holds_for_seeded_mutations_of_it() {
    let told = std::env::var("AIMLINE_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    let each = Duration::from_millis(1_000 * told.unwrap_or(SECONDS) / TARGETS.len() as u64);
    for target in TARGETS {
        let mut mutations = Mutations::of(corpus(target), SEED);
        let (begun, mut told) = (Instant::now(), 0_u64);
        while begun.elapsed() < each {
            try_one(target, &mutations.next_input(), &format!("mutation {told} of seed {SEED}"));
            told += 1;
        }
        assert!(told > 100, "{} was tried {told} times", target.name);
        println!("{}: {told} inputs", target.name);
    }
}
