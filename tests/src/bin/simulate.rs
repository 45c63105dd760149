//! `cargo xtask simulate`: tells the stories of many seeds, and ends with one line of figures.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it talks to the person who started it")]

use clap::Parser;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
#[cfg(feature = "faults")]
use sync::faults::{ALL, Fault, commit};
use tests::simulator::{Figures, Story, cast, shrink, tell};

/// Tells stories of loss, crash and change.
#[derive(Parser)]
struct Options {
    /// How many seeds
    #[arg(long, default_value_t = 1_000)]
    seeds: u64,
    /// The first of them
    #[arg(long, default_value_t = 0)]
    first: u64,
    /// Prints the log of each story
    #[arg(long)]
    log: bool,
    /// Tells one story from its file instead
    #[arg(long)]
    story: Option<PathBuf>,
    /// Keeps each short story that ends badly in this folder
    #[arg(long)]
    keep: Option<PathBuf>,
    /// Stops at the first that ends badly
    #[arg(long)]
    stop: bool,
    /// Breaks replication on purpose: a name such as `SkipDedupe`
    #[cfg(feature = "faults")]
    #[arg(long, value_parser = fault)]
    fault: Option<Fault>,
    /// Tells how a story ends and does not make it short
    #[arg(long)]
    long: bool,
    /// How many at once; as many as there are processors unless told
    #[arg(long)]
    threads: Option<usize>,
}

fn main() -> ExitCode {
    let options = Options::parse();
    if let Some(file) = &options.story {
        return one_from(file);
    }
    let (next, sum) = (AtomicU64::new(options.first), Mutex::new(Figures::default()));
    let threads = options.threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                cast::on_sqlite();
                #[cfg(feature = "faults")]
                commit(options.fault);
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= options.first + options.seeds {
                        break;
                    }
                    let figures = one(seed, &options);
                    let failed = figures.failures > 0;
                    sum.lock().expect("nobody panics while counting").add(&figures);
                    if failed && options.stop {
                        next.store(u64::MAX / 2, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    let sum = sum.into_inner().expect("nobody panics while counting");
    println!("{sum}");
    if sum.failures == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[cfg(feature = "faults")]
fn fault(name: &str) -> Result<Fault, String> {
    let found = ALL.into_iter().find(|fault| format!("{fault:?}") == name);
    found.ok_or_else(|| format!("there are {ALL:?}"))
}

fn one_from(file: &Path) -> ExitCode {
    let text = std::fs::read_to_string(file).expect("a story's file");
    let outcome = tell(&serde_json::from_str(&text).expect("a story"), cast::on_sqlite());
    println!("{}", outcome.log.text());
    match outcome.failure {
        Some(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
        None => ExitCode::SUCCESS,
    }
}

fn one(seed: u64, options: &Options) -> Figures {
    let story = Story::of(seed);
    let outcome = tell(&story, cast::on_sqlite());
    if options.log {
        println!("{}", outcome.log.text());
    }
    if let Some(failure) = &outcome.failure
        && options.long
    {
        eprintln!("seed {seed}: {failure}\n");
    } else if let Some(failure) = &outcome.failure {
        let (short, found) = shrink(&story, failure, cast::on_sqlite());
        let log = tell(&short, cast::on_sqlite()).log;
        if let Some(folder) = &options.keep {
            let text = serde_json::to_string_pretty(&short).expect("a story is JSON");
            std::fs::write(folder.join(format!("{seed}.json")), text).expect("the folder takes a file");
        }
        eprintln!("seed {seed}: {found}\n{short}\nthe end of its log:\n{}\n", log.end(40));
    }
    outcome.figures
}
