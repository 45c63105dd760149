//! The phone core: what a phone knows and what it will send. Storage is inside, network outside.

#[cfg(target_family = "wasm")]
mod wasm;
