//! The simulator: one seed, one story. Phones of several people against the real sign-in, push
//! and pull and the real phone core, on one thread with one clock, one network and one source
//! of luck, over a database of the story's own.
//!
//! [`Story::of`] draws a story as data; [`tell`] tells it and holds the invariants of the design
//! against it; [`shrink`] makes one that ends badly short. The same story has the same log, byte
//! for byte, each time and on each engine.

mod carry;
pub mod cast;
mod chance;
mod checks;
mod deeds;
mod ear;
mod forms;
mod fuse;
mod group;
mod happen;
mod lease;
mod ledger;
mod log;
mod net;
mod office;
mod people;
mod phone;
mod rights;
mod run;
mod server;
mod shrink;
mod step;
mod witness;

pub use log::{Figures, Log};
pub use shrink::shrink;
pub use step::{Deed, Fate, Leaving, Step, Story};

use self::fuse::{Burnt, with_fuse};
use ::server::db::Location;
use ear::Ear;
use run::Run;
use std::fmt;
use std::path::Path;
use tempfile::TempDir;

/// Something that must not be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What must always hold.
    pub invariant: &'static str,
    /// How it does not.
    pub what: String,
}

impl Failure {
    fn new(invariant: &'static str, what: String) -> Self {
        Self { invariant, what }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "broken: {}\n{}", self.invariant, self.what)
    }
}

/// How a story ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// What broke, if anything did.
    pub failure: Option<Failure>,
    /// What happened, in figures.
    pub figures: Figures,
    /// What happened, line by line.
    pub log: Log,
}

/// Tells a story over a copy of the world at noon.
pub fn tell(story: &Story, noon: &Location) -> Outcome {
    let folder = quick_folder();
    let ear = Ear::default();
    let listening = ear.listen();
    let told = with_fuse(None, || Run::tell(story, noon, folder.path()));
    drop(listening);
    match told {
        Burnt::Done(outcome) => Outcome { failure: outcome.failure.or(ear.check().err()), ..outcome },
        Burnt::Ended => unreachable!("no fuse was laid"),
        Burnt::Panicked(words) => {
            let figures = Figures { seeds: 1, failures: 1, ..Figures::default() };
            Outcome { failure: Some(Failure::new("no panic", words)), figures, log: Log::default() }
        }
    }
}

/// A folder in memory where the system has one: what a story keeps need not outlive it.
fn quick_folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { TempDir::with_prefix_in("aimline-story-", memory) } else { TempDir::new() };
    made.expect("a folder")
}
