//! How replication feels: one JSON line each for what a phone and a server do together over
//! real HTTP, on SQLite with every commit on the disk. `wall_ms` is the clock on the wall,
//! `cpu_ms` what phone and server spent together, `up` and `down` bytes of HTTP bodies.
//!
//! `cargo xtask bench`; a name as argument runs the measurements that contain it.

use std::io::Write as _;
use std::time::Instant;

use serde_json::json;
use sync::push::MAX_OPERATIONS;
use tests::wire::visit;
use tests::{Stage, TestPhone, World};

fn main() {
    let wanted = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let wants = |name: &str| wanted.as_deref().is_none_or(|wanted| name.contains(wanted));
    if wants("notes") {
        a_thousand_notes();
    }
    if wants("first_sync") {
        a_first_sync(10_000);
    }
}

/// A provider comes back from a week without a network, and a guardian's phone learns of it.
fn a_thousand_notes() {
    let stage = World::of_ana().on_sqlite();
    let (mut pat, mut mia) = (stage.phone_of("pat"), stage.phone_of("mia"));
    pat.offline();
    measure("log_1000_notes_offline", &mut pat, |pat| {
        for n in 0..1_000 {
            pat.log_visit("ana", &format!("Note {n}: said /r/ in {} of 20 words, tired after lunch.", n % 20));
        }
    });
    measure("push_1000_notes", &mut pat, TestPhone::online);
    assert_eq!((pat.unsent(), stage.notes("ana").len()), (0, 1_000));
    measure("pull_1000_notes_on_a_second_phone", &mut mia, TestPhone::sync);
    assert_eq!(mia.notes("ana").len(), 1_000);
    measure("idle_pull", &mut mia, TestPhone::sync);
}

/// Somebody signs in on a new phone, and there are so many records.
fn a_first_sync(records: usize) {
    let stage = World::of_ana().on_sqlite();
    write_visits(&stage, records / 2);
    let mut mia = stage.phone();
    measure("first_sync_10000_records", &mut mia, |mia| mia.sign_in("mia"));
    assert_eq!(mia.notes("ana").len(), records / 2);
    measure("idle_pull_over_10000_records", &mut mia, TestPhone::sync);
}

/// Each visit has one point: two records.
fn write_visits(stage: &Stage, visits: usize) {
    let mut pat = stage.wire_of("pat");
    let started = stage.server.clock.now().plus_days(-30);
    let all: Vec<_> = (0..visits as u64)
        .map(|n| visit(n, started.plus(n as i64 * 1_000_000), &format!("Visit {n}: read to her brother.")))
        .collect();
    let mut first = 1;
    for some in all.chunks(MAX_OPERATIONS) {
        pat.verdicts(first, some);
        first += some.len() as u64;
    }
}

fn measure(name: &str, phone: &mut TestPhone, work: impl FnOnce(&mut TestPhone)) {
    let (traffic, cpu, start) = (phone.traffic(), cpu_ms(), Instant::now());
    work(phone);
    let wall_ms = start.elapsed().as_secs_f64() * 1e3;
    let (after, cpu) = (phone.traffic(), cpu_ms() - cpu);
    let line = json!({
        "bench": name,
        "wall_ms": (wall_ms * 10.0).round() / 10.0,
        "cpu_ms": cpu,
        "requests": after.requests - traffic.requests,
        "up": after.up - traffic.up,
        "down": after.down - traffic.down,
    });
    writeln!(std::io::stdout(), "{line}").expect("somebody reads");
}

/// What this process has spent so far. Linux counts in hundredths of a second; elsewhere 0.
fn cpu_ms() -> u64 {
    let Ok(stat) = std::fs::read_to_string("/proc/self/stat") else { return 0 };
    // Past the name in brackets, which may hold anything: the 12th and 13th word.
    let words = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
    words.filter_map(|word| word.parse::<u64>().ok()).sum::<u64>() * 10
}
