//! What a server asks of its database, statement by statement, as diesel tells it. On SQLite, where
//! each connection names its file.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};

static HEARD: Mutex<BTreeMap<String, Vec<String>>> = Mutex::new(BTreeMap::new());

fn heard() -> MutexGuard<'static, BTreeMap<String, Vec<String>>> {
    HEARD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The statements on one database file.
#[derive(Debug)]
pub struct Statements {
    file: String,
}

impl Statements {
    /// From now on every connection that is opened in this process can be listened to.
    pub fn can_be_heard() {
        static ONCE: Once = Once::new();
        ONCE.call_once(|| {
            set_default_instrumentation(|| Some(Box::new(Ear::default()))).expect("nobody panicked while holding it");
        });
    }

    /// Listens to a file until it is dropped.
    pub(crate) fn on(file: String) -> Self {
        heard().insert(file.clone(), Vec::new());
        Self { file }
    }

    /// The statements that ran meanwhile, without their values. Loaders ask in no order of their own,
    /// so they are sorted.
    pub fn during<T>(&self, work: impl FnOnce() -> T) -> (T, Vec<String>) {
        let take = || std::mem::take(heard().get_mut(&self.file).expect("somebody listens"));
        take();
        let done = work();
        let mut statements = take();
        statements.sort();
        (done, statements)
    }
}

impl Drop for Statements {
    fn drop(&mut self) {
        heard().remove(&self.file);
    }
}

#[derive(Default)]
struct Ear {
    file: String,
}

impl Instrumentation for Ear {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        match event {
            InstrumentationEvent::StartEstablishConnection { url, .. } => url.clone_into(&mut self.file),
            InstrumentationEvent::StartQuery { query, .. } => {
                if let Some(statements) = heard().get_mut(&self.file) {
                    let text = query.to_string();
                    statements.push(text.split(" -- binds").next().unwrap_or_default().to_owned());
                }
            }
            _ => {}
        }
    }
}
