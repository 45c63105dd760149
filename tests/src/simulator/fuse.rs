//! Processes that end in the middle of what they do. diesel tells its instrumentation of every
//! statement before it runs; a fuse on this thread counts them and ends the work by unwinding,
//! which the story catches: the connection closes with its transaction open, as if the process
//! were gone. The product has no hook for it.

use diesel::connection::{DebugQuery, Instrumentation, InstrumentationEvent, set_default_instrumentation};
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Once;

type Interlude = Box<dyn FnOnce()>;

thread_local! {
    static FUSE: Cell<Option<u32>> = const { Cell::new(None) };
    static INTERLUDE: RefCell<Option<(u32, Interlude)>> = const { RefCell::new(None) };
    static HOLDS_LOCK: Cell<bool> = const { Cell::new(false) };
}

/// The process ended.
#[derive(Clone, Copy, Debug)]
struct Ended;

/// What became of some work.
#[derive(Debug)]
pub(super) enum Burnt<T> {
    /// It came to its end; the fuse was longer.
    Done(T),
    /// The process ended at a statement.
    Ended,
    /// It panicked on its own account.
    Panicked(String),
}

/// From now on every new connection in this process counts its statements.
pub(super) fn lay() {
    static LAID: Once = Once::new();
    LAID.call_once(|| {
        set_default_instrumentation(|| Some(Box::new(Counting))).expect("nobody panicked while holding it");
    });
}

struct Counting;

impl Instrumentation for Counting {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            interlude(query);
            burn();
        }
    }
}

fn burn() {
    match FUSE.get() {
        Some(0 | 1) => {
            FUSE.set(None);
            resume_unwind(Box::new(Ended));
        }
        Some(left) => FUSE.set(Some(left - 1)),
        None => {}
    }
}

fn interlude(query: &dyn DebugQuery) {
    let due = INTERLUDE.with_borrow_mut(|waiting| match waiting {
        Some(_) if holds_lock(&query.to_string()) => None,
        Some((left, _)) if *left > 1 => {
            *left -= 1;
            None
        }
        _ => waiting.take(),
    });
    if let Some((_, play)) = due {
        play();
    }
}

/// Whether SQLite's one write lock is held from here on: on two threads the other would wait for
/// it, on one it never comes.
fn holds_lock(query: &str) -> bool {
    let held = HOLDS_LOCK.get();
    let begins = query.starts_with("BEGIN IMMEDIATE");
    HOLDS_LOCK.set(begins || held && !query.starts_with("COMMIT") && !query.starts_with("ROLLBACK"));
    begins || held
}

/// Runs `work` with a fuse that ends it at the `at`th statement.
pub(super) fn with_fuse<T>(at: Option<u32>, work: impl FnOnce() -> T) -> Burnt<T> {
    FUSE.set(at);
    let outcome = catch_unwind(AssertUnwindSafe(work));
    FUSE.set(None);
    match outcome {
        Ok(value) => Burnt::Done(value),
        Err(cause) if cause.is::<Ended>() => Burnt::Ended,
        Err(cause) => {
            let words = cause.downcast_ref::<String>().cloned();
            let words = words.or_else(|| cause.downcast_ref::<&str>().map(|words| (*words).to_owned()));
            Burnt::Panicked(words.unwrap_or_else(|| "a panic without words".into()))
        }
    }
}

/// Runs `work`, and `play` before its `at`th statement, or as soon as it can after it: two units
/// of work at once, on one thread. `play` runs afterwards if `work` was shorter.
pub(super) fn with_interlude<T>(at: u32, play: Interlude, work: impl FnOnce() -> T) -> T {
    HOLDS_LOCK.set(false);
    INTERLUDE.set(Some((at, play)));
    let value = work();
    if let Some((_, play)) = INTERLUDE.take() {
        play();
    }
    value
}
