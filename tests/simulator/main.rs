//! The simulator, as a test: many seeds, and the same seed twice.

#![expect(clippy::print_stdout, reason = "figures of a run are for whoever runs it by hand")]

mod kills;
mod points;

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use tests::simulator::{Deed, Fate, Figures, Story, cast, shrink, tell};

/// How many seeds a run without further words tells.
const SEEDS: u64 = 1_000;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|text| text.parse().ok())
}

#[test]
fn stories_of_loss_crash_and_change_end_well() {
    let (first, seeds) = match number("AIMLINE_SEED") {
        Some(seed) => (seed, 1),
        None => (0, number("AIMLINE_SEEDS").unwrap_or(SEEDS)),
    };
    let (next, sum, broken) = (AtomicU64::new(first), Mutex::new(Figures::default()), Mutex::new(None));
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                while let Some(seed) = Some(next.fetch_add(1, Ordering::Relaxed)).filter(|seed| *seed < first + seeds) {
                    let story = Story::of(seed);
                    let outcome = tell(&story, cast::on_sqlite());
                    sum.lock().expect("nobody panics while counting").add(&outcome.figures);
                    if let Some(failure) = outcome.failure {
                        next.store(u64::MAX - 100, Ordering::Relaxed);
                        *broken.lock().expect("nobody panics while counting") = Some((story, failure));
                    }
                }
            });
        }
    });
    println!("{}", sum.into_inner().expect("nobody panics while counting"));
    if let Some((story, failure)) = broken.into_inner().expect("nobody panics while counting") {
        let (short, failure) = shrink(&story, &failure, cast::on_sqlite());
        panic!("{failure}\n\n{short}\nAIMLINE_SEED={} tells it again", story.seed);
    }
}

#[test]
fn a_story_told_twice_has_the_same_log_byte_for_byte() {
    for seed in 0..5 {
        let story = Story::of(seed);
        let (one, two) = (tell(&story, cast::on_sqlite()), tell(&story, cast::on_sqlite()));
        assert!(one.log.text().lines().count() > 100, "something happens");
        assert_eq!(one, two);
    }
}

/// A fault on purpose that nobody finds in so many seeds is not found at all.
#[cfg(feature = "faults")]
const FAULT_SEEDS: u64 = 200;

/// Each is found, and the run without it is what `stories_of_loss_crash_and_change_end_well` tells.
#[cfg(feature = "faults")]
#[test]
fn every_fault_on_purpose_is_found() {
    use sync::faults::{ALL, commit};
    let (next, missed) = (AtomicU64::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                while let Some(fault) = ALL.get(next.fetch_add(1, Ordering::Relaxed) as usize) {
                    cast::on_sqlite();
                    commit(Some(*fault));
                    let found = (0..FAULT_SEEDS)
                        .find_map(|seed| Some((seed, tell(&Story::of(seed), cast::on_sqlite()).failure?)));
                    commit(None);
                    match found {
                        Some((seed, failure)) => println!("{fault:?} is found by seed {seed}: {}", failure.invariant),
                        None => missed.lock().expect("nobody panics while counting").push(*fault),
                    }
                }
            });
        }
    });
    assert_eq!(missed.into_inner().expect("nobody panics while counting"), []);
}

/// Those that broke something once, each as short as it could be made.
#[test]
fn what_once_broke_holds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("simulator/cases");
    for file in std::fs::read_dir(folder).expect("the cases").flatten() {
        let text = std::fs::read_to_string(file.path()).expect("a case");
        let story: Story = serde_json::from_str(&text).expect("a story");
        let failure = tell(&story, cast::on_sqlite()).failure;
        assert_eq!(failure, None, "{}", file.path().display());
    }
}

/// What depends on counting statements is left out: the engines need different ones.
#[test]
fn a_story_has_the_same_log_on_both_engines() {
    let Some(postgres) = cast::on_postgres() else { return };
    for seed in 0..6 {
        let mut story = Story::of(seed);
        let counts = |deed| matches!(deed, Deed::Spoil(Fate::ServerDies { .. } | Fate::Overtaken { .. }));
        story.steps.retain(|step| !counts(step.deed));
        assert_eq!(tell(&story, cast::on_sqlite()), tell(&story, postgres), "seed {seed}");
    }
}

#[test]
fn stories_end_well_on_postgresql_too() {
    let Some(postgres) = cast::on_postgres() else { return };
    for seed in 0..number("AIMLINE_POSTGRES_SEEDS").unwrap_or(10) {
        assert_eq!(tell(&Story::of(seed), postgres).failure, None, "seed {seed}");
    }
}
