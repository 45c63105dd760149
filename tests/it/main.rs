//! Stories.

mod layering;
