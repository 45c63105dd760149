//! The district of the benches: as many students as the peers' notes have folders, each served by
//! Pat, and the notes as visits to them.

use std::path::Path;

use diesel::sql_types::BigInt;
use diesel::{QueryableByName, RunQueryDsl as _, sql_query};
use serde_json::json;
use server::db::testing::{Fresh, durable_postgres};
use server::db::{Database, Location};
use server::on;
use sync::operation::Sent;
use sync::push::MAX_OPERATIONS;
use sync::{Micros, OperationId};
use tempfile::TempDir;
use tests::wire::operation;
use tests::{Wire, World, names};
use uuid::Uuid;

use crate::notes::{FOLDERS, note};
use crate::phone::now;

/// The student of a folder.
pub(crate) fn student(folder: u64) -> String {
    format!("student{folder}")
}

/// Where a server of the benches keeps its data. It goes with the value.
pub(crate) struct Ground {
    folder: TempDir,
    postgres: Option<Fresh>,
}

impl Ground {
    /// A file in a folder of its own, with the district in it.
    pub(crate) fn sqlite() -> Self {
        Self::begun(None)
    }

    /// A PostgreSQL that puts every commit on the disk, as it is installed.
    pub(crate) fn postgres() -> Option<Self> {
        durable_postgres().map(|fresh| Self::begun(Some(fresh)))
    }

    fn begun(postgres: Option<Fresh>) -> Self {
        let ground = Self { folder: TempDir::with_prefix("aimline-bench-").expect("a folder"), postgres };
        begin(&ground.database(), now());
        ground
    }

    /// The data folder.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The address of the database, where it is not in the folder.
    pub(crate) fn address(&self) -> Option<&str> {
        match &self.postgres.as_ref()?.location {
            Location::Postgres(url) => Some(url),
            Location::Sqlite(_) => None,
        }
    }

    /// The database itself, past the server.
    pub(crate) fn database(&self) -> Database {
        let location = match self.address() {
            Some(url) => Location::Postgres(url.to_owned()),
            None => location(self.folder()),
        };
        Database::open(&location, 2).expect("a database")
    }

    /// How many visits there are.
    pub(crate) fn visits(&self) -> u64 {
        #[derive(QueryableByName)]
        struct Count {
            #[diesel(sql_type = BigInt)]
            count: i64,
        }
        let count = sql_query("SELECT count(*) AS count FROM record WHERE kind = 'visit'");
        let found: Count = self.database().read(|db| Ok(on!(db => count.get_result(db))?)).expect("a count");
        found.count.unsigned_abs()
    }
}

/// Makes the district in an empty database, for a server that starts there.
pub(crate) fn begin(database: &Database, now: Micros) {
    let everybody =
        (0..FOLDERS).fold(World::new(), |world, folder| world.student(&student(folder)).provider("pat", "speech"));
    everybody.begin(database, now);
}

/// Where the server of a data folder keeps its data.
pub(crate) fn location(folder: &Path) -> Location {
    Location::Sqlite(file(folder).into())
}

/// The file that it is.
pub(crate) fn file(folder: &Path) -> String {
    folder.join("aimline.db").to_str().expect("a path of plain letters").to_owned()
}

/// Sends some of the notes as visits, on a store that nobody uses otherwise.
pub(crate) fn write_notes(address: &str, notes: std::ops::Range<u64>, now: Micros) {
    let mut pat = Wire::sign_in(address, "pat");
    let mut first = 1;
    for from in notes.clone().step_by(MAX_OPERATIONS) {
        let some: Vec<Sent> = (from..notes.end.min(from + MAX_OPERATIONS as u64)).map(|n| visit(n, now)).collect();
        let verdicts = pat.verdicts(first, &some);
        assert!(verdicts.iter().all(sync::Verdict::is_success), "a note was refused");
        first += some.len() as u64;
    }
}

/// Note `n` as the visit that somebody logged some seconds after the one before.
pub(crate) fn visit(n: u64, now: Micros) -> Sent {
    let note = note(n);
    let (student, started) = (names::student(&student(note.folder)), now.plus_days(-30).plus(n as i64 * 1_000_000));
    let body = json!({
        "visit": Uuid::now_v7(), "student": student, "service": "speech", "startedAt": started,
        "endedAt": started.plus(1_800_000_000), "attendance": "present", "note": note.text,
    });
    operation(OperationId(Uuid::now_v7()), "LogVisit", started.plus(1_800_000_000), &body)
}
