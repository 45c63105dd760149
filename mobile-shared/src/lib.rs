//! The phone core: what a phone knows and what it will send. Storage is inside, network
//! outside.
//!
//! Its one function takes an [`Event`] (something a person did, a reply, a timer,
//! connectivity) and returns [`Effect`]s. [`Core::read`] answers with plain read-models
//! for screens. The faces for Kotlin, Swift, Python (`ffi`) and the browser (`wasm`) only
//! translate.

pub mod effect;
mod error;
pub mod event;
pub mod screens;

mod core;
mod request;
mod store;

#[cfg(not(target_family = "wasm"))]
pub mod ffi;
#[cfg(target_family = "wasm")]
mod wasm;

#[cfg(not(target_family = "wasm"))]
uniffi::setup_scaffolding!("mobile_shared");

pub use crate::core::Core;
pub use effect::Effect;
pub use error::{Error, Result};
pub use event::Event;
pub use store::{Files, StoreKey};
