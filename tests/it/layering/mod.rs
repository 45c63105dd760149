//! Who may know whom, as ARCHITECTURE draws it. A line of code that points the wrong way fails here
//! with its file, before anything is built upon it.

mod source;

use source::{Source, rust, typescript};

/// Fails with every place where one of these files names one of these paths.
fn never(files: Vec<Source>, paths: &[&str]) {
    assert!(!files.is_empty(), "the rule holds for no file: has a folder moved?");
    let broken: Vec<_> = files
        .iter()
        .flat_map(|file| file.names.iter().map(move |name| (file, name)))
        .filter(|(_, name)| paths.iter().any(|path| names(name, path)))
        .map(|(file, name)| format!("{} names {name}", file.path))
        .collect();
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}

/// Whether a written path holds another, whole words only: `chrono::Utc::now` holds `Utc::now`.
fn names(written: &str, path: &str) -> bool {
    format!("::{written}::").contains(&format!("::{path}::"))
}

const CLOCKS_AND_CHANCE: [&str; 9] = [
    "Utc::now",
    "Local::now",
    "SystemTime::now",
    "Instant::now",
    "Uuid::now_v7",
    "Uuid::new_v4",
    "rand",
    "getrandom",
    "thread_rng",
];

const THE_WORLD_OUTSIDE: [&str; 10] = [
    "std::fs",
    "std::net",
    "std::env",
    "std::io::stdin",
    "std::io::stdout",
    "std::process",
    "std::thread",
    "diesel",
    "tokio",
    "async_graphql",
];

#[test]
fn packages_depend_downwards_only() {
    let ours = ["sync", "domain", "server", "mobile-shared", "tests", "fuzz", "xtask"];
    let may = |package: &str| -> &[&str] {
        match package {
            "domain" => &["sync"],
            "server" | "mobile-shared" => &["domain", "sync"],
            "fuzz" => &["domain", "sync"],
            "tests" => &["domain", "sync", "server", "mobile-shared"],
            _ => &[],
        }
    };
    for package in ours {
        for dependency in source::dependencies(package) {
            let known = !ours.contains(&dependency.as_str()) || may(package).contains(&dependency.as_str());
            assert!(known, "{package} must not depend on {dependency}");
        }
    }
}

#[test]
fn the_engine_and_the_field_touch_nothing_outside() {
    let pure = || rust("sync/src", |_| true).into_iter().chain(rust("domain/src", |_| true)).collect();
    never(pure(), &THE_WORLD_OUTSIDE);
    never(pure(), &CLOCKS_AND_CHANCE);
}

#[test]
fn the_engine_knows_no_area_of_the_field() {
    never(rust("sync/src", |_| true), &["domain"]);
}

#[test]
fn rows_know_nothing_above_them() {
    let above = ["crate::graphql", "crate::apply", "crate::http", "crate::ws", "async_graphql", "axum"];
    never(rust("server/src", |path| path.ends_with("/rows.rs") || path.ends_with("/rows/mod.rs")), &above);
}

#[test]
fn access_decides_from_facts_alone() {
    let files = || rust("server/src/access", |_| true);
    never(files(), &["crate::db", "crate::graphql", "crate::apply", "axum"]);
    never(files(), &THE_WORLD_OUTSIDE);
    never(files(), &CLOCKS_AND_CHANCE);
}

/// But for the door, which writes all of them, and the loaders, which read them in bulk; and
/// for what other crates' tests write where a roster would.
#[test]
fn areas_meet_through_their_modules_not_their_tables() {
    let mut tables: Vec<_> = rust("server/src", |path| path.ends_with("/rows.rs") || path.ends_with("/rows/mod.rs"));
    tables.retain(|table| area(&table.path) != "db");
    for table in tables {
        let area = area(&table.path).to_owned();
        let others = rust("server/src", |path| ![&area, "apply", "graphql", "testing.rs"].contains(&self::area(path)));
        never(others, &[&format!("{area}::rows")]);
    }
}

/// `server/src/<area>/…`
fn area(path: &str) -> &str {
    path.split('/').nth(2).unwrap_or_default()
}

#[test]
fn the_phone_does_not_know_who_holds_it() {
    let faces = |path: &str| ["/ffi", "/wasm", "/bin/", "/lib.rs"].iter().any(|face| path.contains(face));
    let faces_words = ["uniffi", "wasm_bindgen", "js_sys", "crate::ffi", "crate::wasm"];
    never(rust("mobile-shared/src", |path| !faces(path)), &faces_words);
}

#[test]
fn the_core_takes_time_and_chance_with_each_event() {
    never(rust("mobile-shared/src", |_| true), &CLOCKS_AND_CHANCE);
}

/// What the core carries to the server and back for a page: what is asked, what is answered and
/// what went wrong. They know no way there.
const THE_SERVERS_WORDS: [&str; 3] = ["api::fault.ts", "api::question.ts", "api::schema.ts"];

#[test]
fn the_phone_pages_reach_data_through_the_core_only() {
    let mut pages = typescript("web/src/phone");
    pages.iter_mut().for_each(|page| page.names.retain(|name| !THE_SERVERS_WORDS.contains(&name.as_str())));
    never(pages, &["staff", "api", "graphql"]);

    let mut words = typescript("web/src/api");
    words.retain(|file| ["/fault.ts", "/question.ts"].iter().any(|name| file.path.ends_with(name)));
    never(words, &["api::auth.ts", "api::live.ts", "api::post.ts", "api::request.ts"]);
}

#[test]
fn the_staff_pages_do_not_reach_into_the_phone() {
    never(typescript("web/src/staff"), &["phone", "core"]);
}

#[test]
fn components_serve_both_pages_and_know_neither() {
    never(typescript("web/src/components"), &["phone", "staff", "core", "api"]);
}

#[test]
fn what_is_about_ones_own_account_serves_both_pages_and_knows_neither() {
    for area in ["devices", "passkeys"] {
        never(typescript(&format!("web/src/{area}")), &["phone", "staff", "core"]);
    }
}

#[test]
fn the_web_knows_nothing_of_the_repository_but_the_schema() {
    // Tests share a set-up with the build, beside `web/src`.
    let pages = typescript("web/src").into_iter().filter(|file| !file.path.contains(".test."));
    never(pages.collect(), &["outside"]);
}
