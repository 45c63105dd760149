//! The face for Kotlin, Swift and Python, through uniffi. It only translates: one call
//! carries a whole event or screen as JSON, because a call through JNA costs some 50 µs.

use crate::{Event, Files, error, screens::Ask};
use std::sync::{Arc, Mutex, PoisonError};
use sync::Micros;

/// A failure of the core; what a person does wrong is an effect instead.
#[derive(Debug, thiserror::Error, uniffi::Error)]
#[uniffi(flat_error)]
pub enum CoreError {
    /// Nothing of the event was kept.
    #[error("{0}")]
    Failed(String),
}

impl From<error::Error> for CoreError {
    fn from(error: error::Error) -> Self {
        Self::Failed(error.to_string())
    }
}

impl From<serde_json::Error> for CoreError {
    fn from(error: serde_json::Error) -> Self {
        error::Error::Unknown(error).into()
    }
}

/// The phone core. Calls wait for each other; call it from one thread of its own.
#[derive(uniffi::Object)]
pub struct Core(Mutex<crate::Core>);

#[uniffi::export]
impl Core {
    /// Opens what is on this phone, in `folder`. `device` names it for its owner, `build`
    /// the program.
    #[uniffi::constructor]
    pub fn open(folder: String, device: String, build: String) -> Result<Arc<Self>, CoreError> {
        let core = crate::Core::open(Files::new(folder)?, &device, &build)?;
        Ok(Arc::new(Self(Mutex::new(core))))
    }

    /// Takes an event as JSON and returns effects as a JSON array. What the event means is
    /// on the disk before it returns. `entropy`: 16 fresh random bytes.
    pub fn handle(&self, event: String, now_ms: i64, entropy: Vec<u8>) -> Result<String, CoreError> {
        let event: Event = serde_json::from_str(&event)?;
        let entropy = <[u8; 16]>::try_from(entropy).map_err(|_| CoreError::Failed("entropy is 16 bytes".into()))?;
        let mut core = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let effects = core.handle(event, Micros::from_millis(now_ms), entropy)?;
        Ok(serde_json::to_string(&effects)?)
    }

    /// Reads a screen, asked for as JSON, as JSON.
    pub fn read(&self, screen: String, now_ms: i64) -> Result<String, CoreError> {
        let ask: Ask = serde_json::from_str(&screen)?;
        let mut core = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(serde_json::to_string(&core.read(&ask, Micros::from_millis(now_ms))?)?)
    }
}
