//! Stories.

mod layering;
mod starting;
