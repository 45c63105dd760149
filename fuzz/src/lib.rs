//! What may come from outside, as functions over bytes: none of them may panic, and each says
//! what must hold for every input.
//!
//! They run on stable Rust: `cargo test --workspace` tells each its corpus and a few seconds of
//! seeded mutations ([`mutate`]), `cargo xtask test --long` a minute of them. Where a nightly
//! toolchain is, `cargo fuzz run --fuzz-dir fuzz/libfuzzer page` lets libFuzzer look for more.

pub mod mutate;
mod targets;

pub use targets::{cursor, merge, operation, page, wire};

/// A target, by the name of its corpus.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// The name.
    pub name: &'static str,
    /// What is held against the bytes.
    pub holds: fn(&[u8]),
}

/// All of them.
pub const TARGETS: [Target; 5] = [
    Target { name: "wire", holds: wire },
    Target { name: "cursor", holds: cursor },
    Target { name: "page", holds: page },
    Target { name: "operation", holds: operation },
    Target { name: "merge", holds: merge },
];
