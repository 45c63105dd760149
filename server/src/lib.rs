//! The Aimline server: GraphQL, sign-in, access, and the one door for writes, on SQLite or
//! PostgreSQL.

pub mod access;
pub mod access_log;
pub mod app;
pub mod apply;
pub mod auth;
pub mod clock;
pub mod config;
pub mod conflict;
pub mod contact;
pub mod data_dir;
pub mod db;
pub mod devices;
pub mod disclosure;
pub mod document;
pub mod door;
pub mod edge;
pub mod error;
pub mod family;
#[cfg(test)]
mod fixture;
pub mod front;
pub mod graphql;
pub mod guard;
pub mod health;
pub mod http;
pub mod lines;
pub mod log;
pub mod meeting;
pub mod off_thread;
pub mod pages;
pub mod people;
pub mod progress;
pub mod record_copy;
pub mod record_request;
pub mod records;
pub mod replication;
pub mod retention;
pub mod review;
pub mod roster;
pub mod sample;
pub mod serve;
pub mod stages;
#[cfg(feature = "testing")]
pub mod testing;
pub mod tls;
mod trust;
pub mod visit;
pub mod ws;
