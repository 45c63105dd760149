//! How far a long piece of work is, told to whoever waits at a terminal: a bar where one can be
//! drawn, a plain line for each stage where the output goes into a file.

use std::io::{IsTerminal, Write};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// Where the stages of a long piece of work are told.
#[derive(Clone, Debug)]
pub enum Stages {
    /// To nobody.
    Silent,
    /// On standard error, one line a stage.
    Lines,
    /// On standard error, as a bar.
    Bar(ProgressBar),
}

impl Stages {
    /// As fits standard error.
    pub fn on_stderr() -> Self {
        if !std::io::stderr().is_terminal() {
            return Self::Lines;
        }
        let bar = ProgressBar::no_length();
        let style = ProgressStyle::with_template("{msg:28} {wide_bar} {human_pos}/{human_len}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.enable_steady_tick(Duration::from_millis(200));
        Self::Bar(bar)
    }

    /// Begins a stage of so many steps.
    pub fn begin(&self, what: &str, steps: usize) {
        match self {
            Self::Silent => {}
            Self::Lines => {
                let count = if steps > 1 { format!(" ({steps})") } else { String::new() };
                // Nobody reading is no reason to stop.
                let _ = writeln!(std::io::stderr(), "{what}{count}");
            }
            Self::Bar(bar) => {
                bar.set_message(what.to_owned());
                bar.set_length(steps as u64);
                bar.set_position(0);
            }
        }
    }

    /// So many steps more are done.
    pub fn step(&self, steps: usize) {
        if let Self::Bar(bar) = self {
            bar.inc(steps as u64);
        }
    }

    /// Takes the bar away.
    pub fn end(&self) {
        if let Self::Bar(bar) = self {
            bar.finish_and_clear();
        }
    }
}
