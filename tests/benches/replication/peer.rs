//! Ours in the peers' bench, by that bench's contract: what a process is told stands in the
//! environment, and a client ends with one JSON line. The script beside `peer.json` runs it.

use std::io::Write as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use server::db::Database;

use crate::district;
use crate::meter::{cpu_ms, millis, peak_mib};
use crate::phone::{Phone, now};
use crate::serving;
use crate::single::visits_in;

fn told(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("the bench says {name}"))
}

fn count(name: &str) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or_default()
}

/// `aimline serve`, with a district.
pub(crate) fn serve() {
    let data = PathBuf::from(told("BENCH_DIR"));
    // The bench makes the folder after it has started the server.
    while !data.is_dir() {
        std::thread::sleep(Duration::from_millis(10));
    }
    district::begin(&Database::open(&district::location(&data), 2).expect("a database"), now());
    serving::run(&["--port".into(), told("BENCH_PORT"), "--data-dir".into(), told("BENCH_DIR")]);
}

/// A phone that sends its notes, or gets everybody's.
pub(crate) fn client() {
    let folder = PathBuf::from(told("BENCH_DIR"));
    let server = format!("http://127.0.0.1:{}", told("BENCH_PORT"));
    let began = Instant::now();
    let mut phone = Phone::new(&folder, &server);
    phone.sign_in("pat");
    let pushes = told("BENCH_ROLE") == "push";
    if pushes {
        phone.settle();
        phone.offline();
        let from = count("BENCH_OFFSET");
        (from..from + count("BENCH_N")).for_each(|n| phone.log(n));
    }
    let (prepared, cpu, start) = (millis(began), cpu_ms("self"), Instant::now());
    if pushes {
        phone.online();
    } else {
        phone.settle();
    }
    let (ms, cpu, peak) = (millis(start), cpu_ms("self") - cpu, peak_mib("self"));
    assert_eq!(phone.unsent(), 0);
    assert_eq!(visits_in(&folder), count("BENCH_EXPECT"));
    // The bench looks for a line that begins with the time.
    let (count, cpu) = (count("BENCH_EXPECT"), cpu as f64 / 1e3);
    let line =
        format!(r#"{{"ms":{ms},"prep_ms":{prepared},"count":{count},"client_cpu_s":{cpu},"client_peak_mib":{peak}}}"#);
    writeln!(std::io::stdout(), "{line}").expect("somebody reads");
}
