//! A PostgreSQL server that lives as long as the test process.
//!
//! A shell holds the server and waits for the end of its standard input, which is a pipe from
//! us: however this process ends, the pipe closes, the server stops and its folder goes.

use std::io::{BufRead, BufReader};
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, ensure};
use diesel::connection::SimpleConnection;
use tempfile::TempDir;

use crate::db::{Location, migrate, postgres::Address};

/// Made once with all tables; each test's database is a copy of it.
const TEMPLATE: &str = "migrated";

pub(super) struct TestPostgres {
    socket: PathBuf,
    // Its end is the server's end.
    _keeper: Child,
}

/// Nothing that a test writes has to survive a power cut.
pub(super) const QUICK: &str =
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c deadlock_timeout=20ms";

/// As it is installed: what is committed is on the disk.
pub(super) const DURABLE: &str = "";

const SCRIPT: &str = r#"
set -e
trap 'rm -rf "$1/data" "$1/log"; rmdir "$1"' EXIT
"$0/initdb" -D "$1/data" -U aimline -A trust -E UTF8 --locale=C --no-sync >"$1/log"
"$0/postgres" -D "$1/data" -c unix_socket_directories="$1" -c listen_addresses= \
    -c max_connections=300 $2 >>"$1/log" 2>&1 &
server=$!
tries=0
until grep -q '^ready' "$1/data/postmaster.pid" 2>/dev/null; do
    kill -0 $server; tries=$((tries + 1)); test $tries -lt 600; sleep 0.05
done
echo ready
cat >/dev/null
kill -INT $server
wait $server || true
"#;

impl TestPostgres {
    /// Starts a server, or answers `None` where PostgreSQL is not installed.
    pub(super) fn start(options: &str) -> anyhow::Result<Option<Self>> {
        let Some(programs) = programs() else {
            return Ok(None);
        };
        // Sockets have short names only, so not under a deep TMPDIR.
        let folder = TempDir::with_prefix_in("aimline-pg-", "/tmp")?;
        let mut shell = Command::new("sh");
        shell
            .arg("-c")
            .arg(SCRIPT)
            .args([&programs, folder.path()])
            .arg(options)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            // Ctrl-C goes to our group; the server ends with us, in order.
            .process_group(0);
        if let Some((user, group)) = unprivileged()? {
            // PostgreSQL refuses to run as root.
            chown(folder.path(), Some(user), Some(group))?;
            shell.uid(user).gid(group);
        }
        shell.current_dir(folder.path());
        let mut keeper = shell.spawn().context("sh")?;
        let socket = folder.keep();
        let mut ready = String::new();
        if let Some(output) = keeper.stdout.take() {
            BufReader::new(output).read_line(&mut ready)?;
        }
        ensure!(ready == "ready\n", "PostgreSQL did not start");
        let server = Self { socket, _keeper: keeper };
        let template = Location::Postgres(server.create_bare_database(TEMPLATE));
        migrate::up(&template)?;
        Ok(Some(server))
    }

    /// A database with all tables and no rows; its address.
    pub(super) fn create_database(&self, name: &str) -> String {
        self.run(&format!("CREATE DATABASE {name} TEMPLATE {TEMPLATE}"));
        self.address(name)
    }

    /// A copy of a database that nobody has open; its address.
    pub(super) fn copy_database(&self, name: &str, of: &str) -> String {
        self.run(&format!("CREATE DATABASE {name} TEMPLATE {}", name_in(of)));
        self.address(name)
    }

    /// Takes a database away that nobody has open.
    pub(super) fn drop_database(&self, url: &str) {
        self.run(&format!("DROP DATABASE {} WITH (FORCE)", name_in(url)));
    }

    /// A database without tables; its address.
    pub(super) fn create_bare_database(&self, name: &str) -> String {
        self.run(&format!("CREATE DATABASE {name}"));
        self.address(name)
    }

    fn run(&self, sql: &str) {
        Address::parse(&self.address("postgres"))
            .and_then(|address| address.connect())
            .and_then(|mut session| Ok(session.batch_execute(sql)?))
            .expect("the test server takes orders");
    }

    fn address(&self, database: &str) -> String {
        let socket = self.socket.display();
        format!("postgres:///{database}?host={socket}&user=aimline")
    }
}

/// The database that an address of ours names.
fn name_in(url: &str) -> &str {
    let after = url.strip_prefix("postgres:///").unwrap_or(url);
    after.split_once('?').map_or(after, |(name, _)| name)
}

/// The newest PostgreSQL of this machine: on the path, or where Debian puts it.
fn programs() -> Option<PathBuf> {
    let on_path =
        std::env::var_os("PATH").into_iter().flat_map(|path| std::env::split_paths(&path).collect::<Vec<_>>());
    let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|version| version.path().join("bin"))
        .collect();
    versions.sort();
    on_path
        .chain(versions.into_iter().rev())
        .find(|folder| folder.join("initdb").exists() && folder.join("postgres").exists())
}

/// Whom the server runs as where we are root: PostgreSQL's own user, else nobody.
fn unprivileged() -> anyhow::Result<Option<(u32, u32)>> {
    if !is_root()? {
        return Ok(None);
    }
    let users = std::fs::read_to_string("/etc/passwd")?;
    let of = |name: &str| {
        let mut fields = users
            .lines()
            .map(|line| line.split(':').collect::<Vec<_>>())
            .find(|fields| fields.first() == Some(&name))?
            .into_iter();
        let user = fields.nth(2)?.parse().ok()?;
        let group = fields.next()?.parse().ok()?;
        Some((user, group))
    };
    let user = of("postgres").or_else(|| of("nobody"));
    Ok(Some(user.context("no user to run PostgreSQL as")?))
}

fn is_root() -> anyhow::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let own = TempDir::new()?;
    Ok(Path::metadata(own.path())?.uid() == 0)
}
