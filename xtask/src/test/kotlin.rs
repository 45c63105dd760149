//! The phone core through its Kotlin face, compiled as Android would and run on a JVM, against the
//! real server. JetBrains' compiler comes from npm, JNA and Gson from Debian.

use std::env;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use super::{Ground, Outcome, missing};
use crate::{debian, faces, npm, process, run};

/// What a JVM needs beside the compiler, as Debian calls it and where it puts it.
const PACKAGES: [&str; 3] = ["openjdk-17-jre-headless", "libjna-java", "libgoogle-gson-java"];
const JARS: [&str; 2] = ["/usr/share/java/jna.jar", "/usr/share/java/gson.jar"];

/// Generates the face, compiles it together with `tests/kotlin` and runs that.
pub(super) fn check(ground: &Ground<'_>) -> Result<Outcome> {
    if !ground.long {
        return Ok(Outcome::Skipped("the Kotlin face is compiled with --long".into()));
    }
    if !is_here() && debian::install(&PACKAGES).is_err() {
        return missing(format!("a JVM, JNA and Gson are not here (packages {})", PACKAGES.join(", ")));
    }
    let stories = ground.workspace.root().join("tests/kotlin");
    npm::install(&stories)?;
    let face = faces::generate(ground.workspace, "kotlin")?;
    let server = run::tested_server(ground.workspace)?;

    let compiler = stories.join("node_modules/kotlin-compiler");
    let libraries = ["kotlin-stdlib.jar", "kotlinx-coroutines-core-jvm.jar"].map(|jar| compiler.join("lib").join(jar));
    let program = face.join("stories.jar");
    let path = |first: Option<&Path>| {
        let jars = JARS.iter().map(Path::new).chain(libraries.iter().map(AsRef::as_ref));
        env::join_paths(first.into_iter().chain(jars)).context("a path with a colon")
    };
    process::run(
        Command::new(compiler.join("bin/kotlinc"))
            .arg("-nowarn")
            .arg("-cp")
            .arg(path(None)?)
            .arg("-d")
            .arg(&program)
            .arg(face.join("uniffi/mobile_shared/mobile_shared.kt"))
            .args(["Main.kt", "Phone.kt", "Server.kt"].map(|file| stories.join(file))),
    )?;
    let mut folder = std::ffi::OsString::from("-Djna.library.path=");
    folder.push(&face);
    process::run(
        Command::new("java")
            .arg(folder)
            .arg("-cp")
            .arg(path(Some(&program))?)
            .arg("MainKt")
            .env("AIMLINE_PROGRAM", server),
    )?;
    Ok(Outcome::Passed)
}

fn is_here() -> bool {
    process::exists("java") && JARS.iter().all(|jar| Path::new(jar).exists())
}
