//! How replication feels and what it costs: one JSON line for each thing that phones and a server
//! do together. The server is `aimline serve` as it is, in a process of its own; phones are the
//! real core over real HTTP; both write to SQLite with every commit on the disk.
//!
//! `cargo xtask bench`; names as arguments choose what is measured. `wall_ms` is the clock on the
//! wall, `*_cpu_ms` what each side spent, `*_peak_mib` the most memory it held meanwhile, `up` and
//! `down` bytes of HTTP bodies. `floor_ms` is the same rows without us, in the same run: read from
//! the server's database and put into another SQLite file in one transaction.

mod crowd;
mod district;
mod floor;
mod live;
mod meter;
mod notes;
mod peer;
mod phone;
mod serving;
mod single;

use std::process::ExitCode;

use crate::district::Ground;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    match words.first().map(String::as_str) {
        // What this program becomes when it starts itself, or when the peers' bench starts it.
        Some("serve") => serving::run(&words[1..]),
        Some("peer-server") => peer::serve(),
        Some("peer-client") => peer::client(),
        _ => measure(&words),
    }
    ExitCode::SUCCESS
}

fn measure(wanted: &[String]) {
    let all: [(&str, fn()); 12] = [
        ("notes", || single::a_time_without_a_network(&Ground::sqlite(), 1_000, "")),
        ("long_outbox", || single::a_time_without_a_network(&Ground::sqlite(), 9_000, "")),
        ("first_sync_10k", || single::a_first_sync(&Ground::sqlite(), 10_000, "")),
        ("first_sync_100k", || single::a_first_sync(&Ground::sqlite(), 100_000, "")),
        ("large_agency", single::a_large_agency),
        ("crowd_first_sync", crowd::a_hundred_phones_begin),
        ("crowd_push", || crowd::a_thousand_phones_come_back(&Ground::sqlite(), "")),
        ("live", live::from_one_phone_to_another),
        ("subscriptions", live::ten_thousand_that_wait),
        ("postgres_notes", || on_postgres(|ground, on| single::a_time_without_a_network(ground, 1_000, on))),
        ("postgres_first_sync_10k", || on_postgres(|ground, on| single::a_first_sync(ground, 10_000, on))),
        ("postgres_crowd_push", || on_postgres(crowd::a_thousand_phones_come_back)),
    ];
    for (name, bench) in all {
        if wanted.is_empty() || wanted.iter().any(|word| name.starts_with(word.as_str())) {
            bench();
        }
    }
}

/// Where PostgreSQL is installed. What it spends itself is not in the server's figures.
fn on_postgres(bench: impl Fn(&Ground, &str)) {
    if let Some(ground) = Ground::postgres() {
        bench(&ground, "_on_postgres");
    }
}
