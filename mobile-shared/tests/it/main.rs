//! The core from outside, with hand-made answers of a server where a test needs one. The
//! stories against the real server are in the package `tests`.

mod desk;

mod again;
mod crash;
mod drafts;
mod fetching;
mod lease;
mod migrations;
mod offline;
mod pushing;
mod rounds;
mod session;
mod undo;
