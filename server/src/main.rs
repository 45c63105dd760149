//! The program `aimline`.

fn main() {}
