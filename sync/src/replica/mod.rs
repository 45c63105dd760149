//! The phone's side of replication: what a contact with the server means for a copy that
//! also holds a person's own pending work.
//!
//! [`queue`] says which operations travel next and what an answer to them means;
//! [`round`] turns a page into writes; [`overlay`] lays pending work over a record again
//! and finds the base that the next edit has to carry; [`lease`] says for how long a copy may be
//! read without a contact. All of it decides from values;
//! a store carries it out.

pub mod lease;
pub mod overlay;
pub mod queue;
pub mod round;
