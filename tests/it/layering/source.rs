//! Reads source files for the names they use, without compiling them.

use std::fs;
use std::path::{Path, PathBuf};

/// A file and every path that its code names, `use` trees and macro bodies included.
pub(crate) struct Source {
    /// From the root of the repository.
    pub(crate) path: String,
    /// Segments joined by `::`.
    pub(crate) names: Vec<String>,
}

/// The Rust files under a folder, tests among them left out: they may know more.
pub(crate) fn rust(folder: &str, wanted: impl Fn(&str) -> bool) -> Vec<Source> {
    read(folder, &["rs"], |path| !path.contains("/tests") && wanted(path), |_, text| paths(text))
}

/// The TypeScript files under a folder, tests left out, with the modules they import, told from `web/src`.
pub(crate) fn typescript(folder: &str) -> Vec<Source> {
    read(folder, &["ts", "tsx"], |path| !path.contains("/wasm/") && !path.contains(".test."), imports)
}

/// What a package's manifest names as dependencies, of every kind and target.
pub(crate) fn dependencies(package: &str) -> Vec<String> {
    let manifest = fs::read_to_string(root().join(package).join("Cargo.toml")).expect("each package has a manifest");
    let mut listed = false;
    let mut names = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            listed = line.ends_with("dependencies]");
        } else if listed {
            names.extend(line.split(['.', ' ', '=']).next().filter(|name| !name.is_empty()).map(str::to_owned));
        }
    }
    names
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests lies in the workspace")
}

fn read(
    folder: &str,
    endings: &[&str],
    wanted: impl Fn(&str) -> bool,
    names: impl Fn(&str, &str) -> Vec<String>,
) -> Vec<Source> {
    let mut files = Vec::new();
    walk(&root().join(folder), &mut files);
    files
        .into_iter()
        .filter(|file| file.extension().is_some_and(|ending| endings.iter().any(|known| ending == *known)))
        .map(|file| (relative(&file), file))
        .filter(|(path, _)| wanted(path))
        .map(|(path, file)| {
            let text = fs::read_to_string(file).expect("source is UTF-8");
            let names = names(&path, &text);
            Source { path, names }
        })
        .collect()
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { walk(&path, files) } else { files.push(path) }
    }
}

fn relative(file: &Path) -> String {
    let path = file.strip_prefix(root()).expect("files lie under the root");
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Every path in Rust code. Braces after `::` spread what stands before them over what is inside.
fn paths(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut prefixes = vec![String::new()];
    let code: String =
        code.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n");
    let mut path = String::new();
    for letter in code.chars().chain([' ']) {
        if letter.is_alphanumeric() || letter == '_' || letter == ':' {
            path.push(letter);
            continue;
        }
        let prefix = prefixes.last().map(String::as_str).unwrap_or_default();
        let written = format!("{prefix}{path}");
        match letter {
            '{' if path.ends_with("::") => prefixes.push(written),
            '{' => prefixes.push(String::new()),
            '}' => {
                found.push(written);
                prefixes.pop();
            }
            _ if !path.is_empty() => found.push(written),
            _ => {}
        }
        path.clear();
    }
    found
}

/// Every module that TypeScript imports: `~/a/b.ts` and `../a/b.ts` alike as `a::b.ts`, what leads
/// out of `web/src` as `outside`, packages by their names.
fn imports(file: &str, text: &str) -> Vec<String> {
    let here: Vec<_> = file.split('/').skip(2).collect();
    let quoted = |line: &str| -> Option<String> {
        let from = line.split_once(" from ").map(|(_, from)| from).or_else(|| line.strip_prefix("import "))?;
        let mut parts = from.trim_start_matches('(').split(['\'', '"']);
        parts.next().filter(|before| before.is_empty())?;
        parts.next().map(str::to_owned)
    };
    text.lines().filter_map(quoted).map(|module| resolve(&here, &module)).collect()
}

fn resolve(here: &[&str], module: &str) -> String {
    if let Some(inside) = module.strip_prefix("~/") {
        return inside.replace('/', "::");
    }
    if !module.starts_with('.') {
        return module.replace('/', "::");
    }
    let mut place: Vec<_> = here[..here.len() - 1].to_vec();
    for step in module.split('/') {
        match step {
            "." => {}
            ".." if place.is_empty() => return "outside".to_owned(),
            ".." => {
                place.pop();
            }
            name => place.push(name),
        }
    }
    place.join("::")
}

#[test]
fn a_path_is_seen_through_braces_and_macros() {
    let code = "use crate::{a::rows, b::{self, c}}; // crate::d\nlet x = on!(db => { crate::e::rows::get(x) });";
    let names = paths(code);
    for expected in ["crate::a::rows", "crate::b::self", "crate::b::c", "crate::e::rows::get"] {
        assert!(names.iter().any(|name| name == expected), "{expected} in {names:?}");
    }
    assert!(!names.iter().any(|name| name.contains("crate::d")));
}

#[test]
fn an_import_is_seen_from_the_root_of_the_web() {
    let text = "import x from '../../../server/x';\nimport { y } from '~/api/y.ts';\nimport './z.css';";
    assert_eq!(imports("web/src/phone/a.ts", text), ["outside", "api::y.ts", "phone::z.css"]);
}
