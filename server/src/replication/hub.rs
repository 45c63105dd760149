//! Tells those who watch that something was written. A hint, never the truth: it may be
//! lost or late, and who hears it asks the database.

use crate::apply::Touched;
use std::sync::Arc;
use tokio::sync::broadcast;

/// How many hints a slow watcher may lag behind before it is told to look at everything.
const LAG: usize = 1_024;

/// One node's publisher. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Hub {
    sender: broadcast::Sender<Arc<Touched>>,
}

impl Default for Hub {
    fn default() -> Self {
        Self { sender: broadcast::channel(LAG).0 }
    }
}

impl Hub {
    /// Says what a committed unit touched.
    pub fn publish(&self, touched: Touched) {
        if !touched.scopes.is_empty() || !touched.students.is_empty() {
            // Nobody listening is fine.
            let _ = self.sender.send(Arc::new(touched));
        }
    }

    /// Hears everything from now on.
    pub fn listen(&self) -> broadcast::Receiver<Arc<Touched>> {
        self.sender.subscribe()
    }
}
