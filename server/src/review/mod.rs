//! Saying whether evidence counts that came late, or by a clock that was off: a visit, or an
//! attempt to reach a family.

pub mod graphql;

pub use graphql::{Review, ReviewMutation};
