//! Few documents at a time, and off the async threads.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;

use super::{Document, Fonts, render};
use crate::error::{Error, Result};
use crate::off_thread::off_thread;

/// How many documents are set at once: each takes one processor and, if it is long, much memory.
const AT_ONCE: usize = 2;

/// How long a document may wait for its turn.
const PATIENCE: Duration = Duration::from_secs(20);

/// Sets documents. Cheap to clone: all clones share one queue.
#[derive(Clone)]
pub struct Printer {
    /// More than those of the program, where there are more.
    fonts: Option<Arc<Fonts>>,
    turns: Arc<Semaphore>,
}

impl Default for Printer {
    fn default() -> Self {
        Self { fonts: None, turns: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

impl Printer {
    /// A printer with these fonts.
    pub fn with(fonts: Fonts) -> Self {
        Self { fonts: Some(Arc::new(fonts)), ..Self::default() }
    }

    /// Makes a PDF. Whoever would wait too long for their turn is told to come again. A document that
    /// nobody waits for any more is finished all the same, and holds its turn until then.
    pub async fn print(&self, document: Document) -> Result<Vec<u8>> {
        let turn = tokio::time::timeout(PATIENCE, self.turns.clone().acquire_owned()).await;
        let busy = |_| Error::unavailable(anyhow::anyhow!("no turn to print within {PATIENCE:?}"));
        let turn = turn.map_err(busy)?.map_err(Error::internal)?;
        let fonts = self.fonts.clone();
        let work = move || {
            let made = render(&document, &fonts.unwrap_or_else(Fonts::built_in));
            drop(turn);
            made
        };
        off_thread(work).await.map_err(Error::internal)?
    }
}
