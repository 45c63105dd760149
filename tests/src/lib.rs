//! The whole system from outside, for stories, guards and benches.
//!
//! A [`World`] says in one line who is there; [`World::on_each_engine`] brings it to life
//! as a [`Stage`]: the real router on a free port over a database of its own, once on SQLite
//! and once on PostgreSQL where this machine has it. A [`TestPhone`] is the real phone core
//! with a real HTTP client in its hand. A [`Wire`] is a phone that was written by somebody
//! else: it says what it likes. Time stands still until the test moves it, and nothing here
//! stands in for our own code.

mod attempts;
mod clock;
mod http;
pub mod names;
mod phone;
pub mod program;
mod server;
pub mod simulator;
mod stage;
mod statements;
pub mod wire;
mod world;

pub use clock::TestClock;
pub use http::{Answer, File, Http, Traffic};
pub use phone::{Fate, TestPhone};
pub use server::TestServer;
pub use stage::Stage;
pub use statements::Statements;
pub use wire::Wire;
pub use world::World;
