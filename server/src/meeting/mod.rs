//! Meetings and their answers, as typed reads and the mutations that call and move them.

pub mod graphql;

pub use graphql::{Meeting, MeetingMutation, StudentMeetings};
