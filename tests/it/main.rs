//! Stories.

mod access_matrix;
mod layering;
mod starting;
