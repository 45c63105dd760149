//! The district of the benches: as many students as the peers' notes have folders, each served by
//! Pat, and the notes as visits to them.

use std::path::Path;

use serde_json::json;
use server::data_dir::DataDir;
use server::db::{Database, Location};
use sync::operation::Sent;
use sync::push::MAX_OPERATIONS;
use sync::{Micros, OperationId};
use tests::wire::operation;
use tests::{Wire, World, names};
use uuid::Uuid;

use crate::notes::{FOLDERS, note};

/// The student of a folder.
pub(crate) fn student(folder: u64) -> String {
    format!("student{folder}")
}

/// Makes the district in an empty data folder, for a server that starts there.
pub(crate) fn begin(folder: &Path, now: Micros) {
    let everybody =
        (0..FOLDERS).fold(World::new(), |world, folder| world.student(&student(folder)).provider("pat", "speech"));
    everybody.begin(&Database::open(&location(folder), 2).expect("a database"), now);
}

/// Where the server of a data folder keeps its data.
pub(crate) fn location(folder: &Path) -> Location {
    DataDir::open(folder).expect("a data folder").database()
}

/// The file that it is.
pub(crate) fn file(folder: &Path) -> String {
    folder.join("aimline.db").to_str().expect("a path of plain letters").to_owned()
}

/// Sends some of the notes as visits, on a store that nobody uses otherwise.
pub(crate) fn write_notes(address: &str, notes: std::ops::Range<u64>, now: Micros) {
    let mut pat = Wire::sign_in(address, "pat");
    let all: Vec<Sent> = notes.map(|n| visit(n, now)).collect();
    let mut first = 1;
    for some in all.chunks(MAX_OPERATIONS) {
        let verdicts = pat.verdicts(first, some);
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
