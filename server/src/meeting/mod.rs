//! Meetings and their answers, as typed reads and the mutations that call and move them.

mod graphql;

pub use graphql::{Meeting, MeetingMutation, StudentMeetings};
