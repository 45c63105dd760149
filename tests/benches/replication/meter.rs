//! What a piece of work took, of the clock and of both sides, as a JSON line.

use std::fs;
use std::io::Write as _;
use std::time::Instant;

use serde_json::{Map, Value, json};
use tests::Traffic;

use crate::serving::Serving;

/// Measures from its making to [`Meter::line`].
pub(crate) struct Meter<'s> {
    server: &'s Serving,
    cpu: (u64, u64),
    start: Instant,
}

impl<'s> Meter<'s> {
    /// Begins.
    pub(crate) fn begin(server: &'s Serving) -> Self {
        forget_peak("self");
        forget_peak(&server.id());
        let cpu = (cpu_ms("self"), cpu_ms(&server.id()));
        Self { server, cpu, start: Instant::now() }
    }

    /// Ends, and says what was measured.
    pub(crate) fn line(self, name: &str) -> Line {
        let wall = millis(self.start);
        let mut line = Line(Map::new());
        line.0.insert("bench".into(), name.into());
        line.with("wall_ms", wall)
            .with("phone_cpu_ms", cpu_ms("self") - self.cpu.0)
            .with("server_cpu_ms", cpu_ms(&self.server.id()) - self.cpu.1)
            .with("phone_peak_mib", peak_mib("self"))
            .with("server_peak_mib", peak_mib(&self.server.id()))
    }
}

/// One measurement.
pub(crate) struct Line(Map<String, Value>);

impl Line {
    /// With something more.
    pub(crate) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.insert(name.into(), value.into());
        self
    }

    /// With what travelled between two readings.
    pub(crate) fn travelled(self, before: Traffic, after: Traffic) -> Self {
        self.with("requests", after.requests - before.requests)
            .with("up", after.up - before.up)
            .with("down", after.down - before.down)
    }

    /// With what the same rows took without us.
    pub(crate) fn over(self, floor_ms: f64) -> Self {
        let wall = self.0["wall_ms"].as_f64().unwrap_or_default();
        self.with("floor_ms", rounded(floor_ms)).with("ratio", rounded(wall / floor_ms))
    }

    /// Says it.
    pub(crate) fn say(self) {
        writeln!(std::io::stdout(), "{}", json!(self.0)).expect("somebody reads");
    }
}

/// Milliseconds since a moment, to a tenth.
pub(crate) fn millis(since: Instant) -> f64 {
    rounded(since.elapsed().as_secs_f64() * 1e3)
}

/// To a tenth.
pub(crate) fn rounded(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

/// The value below which a share of all values lies.
pub(crate) fn percentile(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let at = (values.len().saturating_sub(1)) as f64 * share;
    values.get(at.round() as usize).copied().map_or(0.0, rounded)
}

/// What a process has spent so far. Linux counts in hundredths of a second; elsewhere 0.
pub(crate) fn cpu_ms(process: &str) -> u64 {
    let Ok(stat) = fs::read_to_string(format!("/proc/{process}/stat")) else { return 0 };
    // Past the name in brackets, which may hold anything: the 12th and 13th word.
    let words = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
    words.filter_map(|word| word.parse::<u64>().ok()).sum::<u64>() * 10
}

/// The most memory that a process held since [`forget_peak`].
pub(crate) fn peak_mib(process: &str) -> u64 {
    memory_kib(process, "VmHWM:") / 1024
}

/// What a process holds now.
pub(crate) fn resident_kib(process: &str) -> u64 {
    memory_kib(process, "VmRSS:")
}

fn memory_kib(process: &str, which: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(which)).unwrap_or_default();
    line.split_whitespace().next().and_then(|kib| kib.parse().ok()).unwrap_or_default()
}

/// Counts the peak anew; where that cannot be done it is that of the whole life.
fn forget_peak(process: &str) {
    let _ = fs::write(format!("/proc/{process}/clear_refs"), "5");
}
