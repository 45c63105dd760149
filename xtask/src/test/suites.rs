//! The suites, in the order in which they run: the quick ones that fail most often come first.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, ensure};

use super::{Ground, Outcome, Suite, kotlin, missing, python, swift};
use crate::toolchain::Toolchain;
use crate::{debian, npm, process, run, wasm, web};

/// Every suite.
pub(super) const ALL: [Suite; 13] = [
    Suite { name: "format", check: format },
    Suite { name: "lints", check: lints },
    Suite { name: "rust", check: rust },
    Suite { name: "simulator", check: simulator },
    Suite { name: "docs", check: docs },
    Suite { name: "wasm", check: wasm },
    Suite { name: "web", check: web_project },
    Suite { name: "door", check: door },
    Suite { name: "python", check: python::check },
    Suite { name: "swift", check: swift::check },
    Suite { name: "kotlin", check: kotlin::check },
    Suite { name: "browser", check: browser },
    Suite { name: "licences", check: licences },
];

fn format(ground: &Ground<'_>) -> Result<Outcome> {
    process::run(ground.workspace.cargo().args(["fmt", "--all", "--check"]))?;
    Ok(Outcome::Passed)
}

fn lints(ground: &Ground<'_>) -> Result<Outcome> {
    process::run(
        ground
            .workspace
            .cargo()
            .args(["clippy", "--workspace", "--all-targets", "--quiet"])
            .args(["--", "-D", "warnings"]),
    )?;
    // Not among all targets, because it is a suite of its own.
    process::run(
        ground
            .workspace
            .cargo()
            .args(["clippy", "--workspace", "--test", "simulator", "--quiet"])
            .args(["--", "-D", "warnings"]),
    )?;
    Ok(Outcome::Passed)
}

/// Units, stories and the guards: layers, schema, wire, access. The tests start a PostgreSQL of
/// their own, for which its programs must be here.
fn rust(ground: &Ground<'_>) -> Result<Outcome> {
    if !has_postgres() && debian::install(&["postgresql"]).is_err() {
        let absent = missing("PostgreSQL's programs are not here (package postgresql)")?;
        cargo_test(ground)?;
        return Ok(absent);
    }
    cargo_test(ground)?;
    Ok(Outcome::Passed)
}

fn cargo_test(ground: &Ground<'_>) -> Result<()> {
    let mut test = ground.workspace.cargo();
    test.args(["test", "--workspace", "--quiet", "--no-fail-fast"]);
    if ground.long {
        test.env("PROPTEST_CASES", "10000").env("AIMLINE_FUZZ_SECONDS", "60");
    }
    process::run(&mut test)
}

/// Hundreds of stories of loss, crash and change, a process killed at its every write, and faults
/// on purpose that have to be found; with figures at the end.
fn simulator(ground: &Ground<'_>) -> Result<Outcome> {
    let mut test = ground.workspace.cargo();
    test.args(["test", "--workspace", "--test", "simulator", "--quiet", "--", "--nocapture"]);
    if ground.long {
        refuses_faults(ground)?;
        test.env("AIMLINE_SEEDS", "10000").env("AIMLINE_KILLS", "50");
        test.env("AIMLINE_EVERY_POINT", "1").env("AIMLINE_POSTGRES_SEEDS", "300");
    }
    process::run(&mut test)?;
    Ok(Outcome::Passed)
}

/// What breaks replication on purpose cannot be built into a release.
fn refuses_faults(ground: &Ground<'_>) -> Result<()> {
    let build = ground.workspace.cargo().args(["check", "--release", "-p", "sync", "--features", "faults"]).output()?;
    let why = String::from_utf8_lossy(&build.stderr);
    ensure!(!build.status.success() && why.contains("never for a release"), "a release was built with faults: {why}");
    Ok(())
}

/// Debian keeps the server's programs out of the path, a folder for each version.
fn has_postgres() -> bool {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    process::exists("postgres") || versions.into_iter().any(|version| version.path().join("bin/postgres").exists())
}

fn docs(ground: &Ground<'_>) -> Result<Outcome> {
    process::run(
        ground
            .workspace
            .cargo()
            .args(["doc", "--workspace", "--no-deps", "--quiet"])
            .env("RUSTDOCFLAGS", "-D warnings"),
    )?;
    Ok(Outcome::Passed)
}

/// The phone core for the browser, linted for that target where the toolchain can.
fn wasm(ground: &Ground<'_>) -> Result<Outcome> {
    let toolchain = match Toolchain::find() {
        Ok(toolchain) => toolchain,
        Err(why) => return missing(format!("{why:#}")),
    };
    if toolchain.lints() {
        process::run(
            toolchain
                .cargo(ground.workspace, "clippy")
                .args(["-p", "mobile-shared", "--lib", "--profile", "wasm", "--quiet"])
                .args(["--", "-D", "warnings"]),
        )?;
    }
    wasm::build_with(ground.workspace, &toolchain)?;
    Ok(Outcome::Passed)
}

/// Types, lints and units of the pages, then the pages themselves.
fn web_project(ground: &Ground<'_>) -> Result<Outcome> {
    let folder = ground.workspace.web();
    npm::install(&folder)?;
    npm::script(&folder, "check")?;
    web::build(ground.workspace)?;
    Ok(Outcome::Passed)
}

/// The product in a real browser, against the real server.
fn browser(ground: &Ground<'_>) -> Result<Outcome> {
    if !Path::new("/usr/bin/chromium").exists() && debian::install(&["chromium"]).is_err() {
        return missing("Chromium is not here (package chromium)");
    }
    against_server(ground, "tests/browser")
}

/// The GraphQL door, judged by clients and audits that others wrote.
fn door(ground: &Ground<'_>) -> Result<Outcome> {
    against_server(ground, "tests/door")
}

/// Node's tests in a folder, which start the server's program themselves.
fn against_server(ground: &Ground<'_>, folder: &str) -> Result<Outcome> {
    let folder = ground.workspace.root().join(folder);
    npm::install(&folder)?;
    let server = run::tested_server(ground.workspace)?;
    process::run(
        Command::new("node")
            .current_dir(&folder)
            .args(["--test", "--test-concurrency=1"])
            .env("AIMLINE_PROGRAM", server),
    )?;
    Ok(Outcome::Passed)
}

fn licences(ground: &Ground<'_>) -> Result<Outcome> {
    if !process::exists("cargo-deny") {
        // Not one of CI's programs: it takes longer to build than all of ours together.
        return Ok(Outcome::Skipped("cargo-deny is not here (cargo install cargo-deny --locked)".into()));
    }
    process::run(ground.workspace.cargo().args(["deny", "check", "bans", "licenses", "sources"]))?;
    Ok(Outcome::Passed)
}
