//! Hears everything that server and phones log during a story, down to the last detail: no name
//! and no word of a person may be in it.

use super::{Failure, ledger::sentences_in};
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use tracing::subscriber::DefaultGuard;
use tracing_subscriber::filter::LevelFilter;

/// The family name of everybody in the cast.
const NAME: &str = "Story";

/// What was logged on this thread since it began to listen.
#[derive(Clone, Default)]
pub(super) struct Ear(Arc<Mutex<Vec<u8>>>);

impl Ear {
    /// Listens as long as the guard lives.
    pub(super) fn listen(&self) -> DefaultGuard {
        let ear = self.clone();
        let subscriber = tracing_subscriber::fmt().with_max_level(LevelFilter::TRACE).with_writer(move || ear.clone());
        tracing::subscriber::set_default(subscriber.finish())
    }

    /// Nothing of anybody was heard.
    pub(super) fn check(&self) -> Result<(), Failure> {
        let heard = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let heard = String::from_utf8_lossy(&heard);
        match heard.lines().find(|line| line.contains(NAME) || !sentences_in(line).is_empty()) {
            Some(line) => Err(Failure::new("no name and no word of a person is logged", line.to_owned())),
            None => Ok(()),
        }
    }
}

impl io::Write for Ear {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
