//! Goals and their data points, as typed reads and the mutation that writes a goal.

pub mod graphql;

pub use graphql::{DataPoint, Goal, GoalMutation, StudentGoals};
