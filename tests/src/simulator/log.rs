//! What happened in a story, line by line, the same each time it is told; and what it comes to
//! in figures.

use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fmt;
use sync::Micros;

use super::cast::NOON;

/// The log of a story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log(String);

impl Log {
    /// Notes what happened.
    pub(super) fn note(&mut self, now: Micros, what: fmt::Arguments<'_>) {
        use fmt::Write as _;
        let _ = writeln!(self.0, "{:>14} {what}", now.0 - NOON.0);
    }

    /// All of it.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Its last lines.
    pub fn end(&self, lines: usize) -> String {
        let all: Vec<&str> = self.0.lines().collect();
        all[all.len().saturating_sub(lines)..].join("\n")
    }
}

/// A few digits that tell one text from another.
pub(super) fn short(text: &str) -> String {
    Sha256::digest(text.as_bytes())[..5].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What stories come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// How many were told.
    pub seeds: u64,
    /// Things that people did.
    pub operations: u64,
    /// Requests that were sent.
    pub requests: u64,
    /// What went wrong on purpose, by kind.
    pub faults: BTreeMap<&'static str, u64>,
    /// How many stories ended badly.
    pub failures: u64,
}

impl Figures {
    /// One more of a kind.
    pub(super) fn fault(&mut self, kind: &'static str) {
        *self.faults.entry(kind).or_default() += 1;
    }

    /// Both together.
    pub fn add(&mut self, other: &Self) {
        self.seeds += other.seeds;
        self.operations += other.operations;
        self.requests += other.requests;
        self.failures += other.failures;
        for (kind, count) in &other.faults {
            *self.faults.entry(kind).or_default() += count;
        }
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} seeds, {} operations, {} requests; faults:", self.seeds, self.operations, self.requests)?;
        self.faults.iter().try_for_each(|(kind, count)| write!(f, " {kind} {count}"))?;
        write!(f, "; {} failures", self.failures)
    }
}
