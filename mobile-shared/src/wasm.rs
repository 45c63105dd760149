//! The browser's face, for a dedicated worker: only there the origin-private file system
//! can be written at once. It only translates; events, effects and screens are JSON.

use crate::{Event, Files, StoreKey, screens::Ask};
use sync::{AccountId, Micros};
use wasm_bindgen::prelude::*;

/// The phone core. `free()` closes its database.
#[wasm_bindgen]
pub struct Core(crate::Core);

#[wasm_bindgen]
impl Core {
    /// Installs the file system and opens what is on this phone. `device` names it for its
    /// owner, `build` the program.
    pub async fn open(device: String, build: String) -> Result<Self, JsError> {
        console_error_panic_hook::set_once();
        let files = Files::install().await?;
        Ok(Self(crate::Core::open(files, &device, &build)?))
    }

    /// Takes an event as JSON and returns effects as a JSON array. What the event means is
    /// on the disk before it returns. `seed`: 16 fresh random bytes.
    pub fn handle(&mut self, event: &str, now_ms: f64, seed: &[u8]) -> Result<String, JsError> {
        let event: Event = serde_json::from_str(event)?;
        let effects = self.0.handle(event, Micros::from_millis(now_ms as i64), <[u8; 16]>::try_from(seed)?)?;
        Ok(serde_json::to_string(&effects)?)
    }

    /// Opens the copy of this account with its key, 32 bytes; returns effects as `handle` does.
    pub fn unlock(&mut self, account: &str, key: &[u8], now_ms: f64, seed: &[u8]) -> Result<String, JsError> {
        let (account, key) = (AccountId(account.parse()?), StoreKey::try_from(key)?);
        let effects = self.0.unlock(account, &key, Micros::from_millis(now_ms as i64), <[u8; 16]>::try_from(seed)?)?;
        Ok(serde_json::to_string(&effects)?)
    }

    /// Writes the open copy anew under its owner's next key.
    #[wasm_bindgen(js_name = changeKey)]
    pub fn change_key(&mut self, key: &[u8]) -> Result<(), JsError> {
        Ok(self.0.change_key(&StoreKey::try_from(key)?)?)
    }

    /// The accounts whose copy is from before copies were encrypted, as a JSON array.
    pub fn unencrypted(&mut self) -> Result<String, JsError> {
        Ok(serde_json::to_string(&self.0.unencrypted()?)?)
    }

    /// Encrypts such a copy under the account's first key.
    pub fn encrypt(&mut self, account: &str, key: &[u8]) -> Result<(), JsError> {
        Ok(self.0.encrypt(AccountId(account.parse()?), &StoreKey::try_from(key)?)?)
    }

    /// Reads a screen, asked for as JSON, as JSON.
    pub fn read(&mut self, screen: &str, now_ms: f64) -> Result<String, JsError> {
        let ask: Ask = serde_json::from_str(screen)?;
        Ok(serde_json::to_string(&self.0.read(&ask, Micros::from_millis(now_ms as i64))?)?)
    }
}
