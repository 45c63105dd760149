//! The roster: who goes to school here, who works here, who is whose contact, taken from the
//! exports of a student information system (OneRoster CSV 1.1 and 1.2, School Data Sync 2.1).
//!
//! Files are read within bounds (`source`), told into rows (`line`, `table`, `shape`), read into a
//! draft by format (`oneroster`, `sds`) and settled into a roster (`settle`): pure from there on.
//! All faults are collected with file, line and column, and one fault refuses the whole export.

pub mod command;
mod compare;
mod draft;
mod fault;
mod format;
pub mod graphql;
pub(crate) mod ids;
mod import;
#[cfg(test)]
mod import_tests;
mod line;
pub(crate) mod model;
mod oneroster;
mod plan;
#[cfg(test)]
mod plan_tests;
mod report;
pub(crate) mod rows;
mod sds;
mod sessions;
mod settle;
mod shape;
mod source;
mod table;
#[cfg(test)]
mod tests;
mod wanted;

pub use fault::{Fault, Faulty, Place};
pub use graphql::RosterImport;
pub(crate) use import::load;
pub use import::{Options, Refusal, import};
pub use model::{FileRead, Remark, Weight};
pub use plan::TooManyWouldEnd;
pub use report::{Lines, Report, Section};
pub use rows::{Import, imports};
pub(crate) use wanted::Setting;
