//! A complete copy of what is kept on a child, as one package: for the family, whose right it is
//! (34 CFR 300.613, 300.501(a), 99.10), and for the director, who answers their requests.
//!
//! `record.json` is for programs ([`shape`], docs/record-copy.md), `record.pdf` says the same to
//! people (`paper`). What goes in is what its reader may see, record by record, by the same list of
//! audiences that decides what a phone holds (`domain::scope`); and beside it the family's words of
//! disagreement, which go wherever the record goes (34 CFR 300.620(c)(2)), whoever wrote them.

mod contents;
mod package;
mod paper;
pub mod routes;
pub mod shape;
#[cfg(test)]
mod tests;
mod words;

pub use shape::RecordCopy;
