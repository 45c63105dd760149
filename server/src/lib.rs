//! The Aimline server: GraphQL, sign-in, access, and the one door for writes, on SQLite or
//! PostgreSQL.

pub mod access;
pub mod apply;
pub mod auth;
pub mod db;
pub mod devices;
pub mod error;
pub mod people;
pub mod records;
pub mod replication;
