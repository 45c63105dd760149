//! What compiles for `wasm32-unknown-unknown` on this machine: the target's standard library, and
//! a clang with the wasm back end, because SQLite is compiled from source.
//!
//! In order: rustup's target; Debian's own compiler for the web; else words that say what to do.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::workspace::Workspace;
use crate::{debian, process};

/// The target's name.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

const DEBIAN_RUST: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-19"];
const DEBIAN_CLANG: &str = "clang-19";

/// How to compile for wasm here.
pub(crate) enum Toolchain {
    /// The toolchain in use has the target.
    Own { clang: String },
    /// Debian's `rustc-web`, which builds the standard library on the way.
    Debian,
}

impl Toolchain {
    /// The best one that this machine has, else can get.
    pub(crate) fn find() -> Result<Self> {
        let has_debians = || debian::has(&DEBIAN_RUST) && debian::has(&[DEBIAN_CLANG]);
        if has_target() || (!has_debians() && add_target()) {
            if let Some(clang) = find_clang().or_else(install_clang) {
                return Ok(Self::Own { clang });
            }
        } else if debian::install(&DEBIAN_RUST).is_ok() && debian::install(&[DEBIAN_CLANG]).is_ok() {
            return Ok(Self::Debian);
        }
        bail!("{}", advice())
    }

    /// Whether it brings clippy along.
    pub(crate) fn lints(&self) -> bool {
        matches!(self, Self::Own { .. })
    }

    /// `cargo <verb>` for the wasm target, in the wasm build's own folder.
    pub(crate) fn cargo(&self, workspace: &Workspace, verb: &str) -> Command {
        let mut cargo = match self {
            Self::Own { clang } => {
                let mut cargo = workspace.cargo();
                cargo.env("CC_wasm32_unknown_unknown", clang).arg(verb);
                cargo
            }
            Self::Debian => debian_cargo(workspace.root(), verb),
        };
        cargo.args(["--target", TARGET]).env("CARGO_TARGET_DIR", workspace.wasm_target());
        cargo
    }
}

/// Debian's cargo and rustc stand beside rustup's and must not hear of them.
fn debian_cargo(root: &Path, verb: &str) -> Command {
    const MACHINE: [&str; 4] = ["CARGO_HOME", "CARGO_HTTP_", "CARGO_NET_", "CARGO_REGISTRIES_"];
    let mut cargo = Command::new("/usr/bin/cargo");
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        let of_machine = MACHINE.iter().any(|prefix| text.starts_with(prefix));
        let of_toolchain = ["CARGO", "RUSTC", "RUSTUP", "RUSTFLAGS"].iter().any(|prefix| text.starts_with(prefix));
        if of_toolchain && !of_machine {
            cargo.env_remove(name);
        }
    }
    cargo
        .current_dir(root)
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTC", "/usr/bin/rustc")
        .env("RUSTFLAGS", "-C linker=wasm-ld-19")
        .env("CC_wasm32_unknown_unknown", DEBIAN_CLANG)
        .args([verb, "-Zbuild-std=std,panic_abort"]);
    cargo
}

fn has_target() -> bool {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    process::output(Command::new(rustc).args(["--print", "target-libdir", "--target", TARGET]))
        .is_ok_and(|folder| Path::new(folder.trim()).is_dir())
}

fn add_target() -> bool {
    if !process::exists("rustup") {
        return false;
    }
    process::step(&format!("Adding the target {TARGET} with rustup"));
    process::run(Command::new("rustup").args(["target", "add", TARGET])).is_ok() && has_target()
}

fn find_clang() -> Option<String> {
    let named = env::var("CC_wasm32_unknown_unknown").ok();
    let versions = (15..=25).rev().map(|version| format!("clang-{version}"));
    let homebrew = ["/opt/homebrew/opt/llvm/bin/clang", "/usr/local/opt/llvm/bin/clang"];
    named
        .into_iter()
        .chain([DEBIAN_CLANG.to_owned()])
        .chain(versions)
        .chain(homebrew.map(str::to_owned))
        .chain(["clang".to_owned()])
        .find(|clang| makes_wasm(clang))
}

/// Apple's clang, for one, has no wasm back end.
fn makes_wasm(clang: &str) -> bool {
    process::output(Command::new(clang).arg("--print-targets")).is_ok_and(|targets| targets.contains("wasm32"))
}

fn install_clang() -> Option<String> {
    debian::install(&[DEBIAN_CLANG]).ok().map(|()| DEBIAN_CLANG.to_owned())
}

/// The exact commands for the system that this program was built for.
fn advice() -> String {
    let install_clang = if cfg!(target_os = "macos") {
        "brew install llvm"
    } else if PathBuf::from("/etc/debian_version").exists() {
        "sudo apt-get install -y --no-install-recommends clang-19"
    } else {
        "install clang with the WebAssembly back end (clang --print-targets names wasm32)"
    };
    format!(
        "The phone app cannot be built here yet: it needs Rust's {TARGET} target and a clang that \
         compiles to wasm. Install them, then start again:\n    rustup target add {TARGET}\n    \
         {install_clang}"
    )
}
