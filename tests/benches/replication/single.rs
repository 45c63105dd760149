//! One phone and one server.

use std::path::Path;
use std::time::Instant;

use diesel::connection::SimpleConnection as _;
use diesel::sql_types::BigInt;
use diesel::{Connection as _, QueryableByName, RunQueryDsl as _, SqliteConnection, sql_query};
use tempfile::TempDir;

use crate::district::{self, Ground, write_notes};
use crate::floor;
use crate::meter::{Meter, cpu_ms, millis, percentile};
use crate::phone::{Phone, now};
use crate::serving::Serving;

fn folder() -> TempDir {
    TempDir::with_prefix("aimline-bench-").expect("a folder")
}

/// A provider comes back from a week without a network, and a second phone of theirs learns of it.
pub(crate) fn a_time_without_a_network(ground: &Ground, notes: u64, on: &str) {
    let (one, two) = (folder(), folder());
    let server = Serving::start(ground);
    let mut phone = Phone::ready(one.path(), server.address(), "pat");
    let mut second = Phone::ready(two.path(), server.address(), "pat");

    phone.offline();
    let meter = Meter::begin(&server);
    (0..notes).for_each(|n| phone.log(n));
    meter.line(&format!("log_{notes}_notes_offline")).say();

    let (before, meter) = (phone.traffic(), Meter::begin(&server));
    phone.online();
    let line = meter.line(&format!("push_{notes}_notes{on}")).travelled(before, phone.traffic());
    assert_eq!(phone.unsent(), 0);
    let database = ground.database();
    line.over(floor::of_push(&database, notes)).say();

    let (before, meter) = (second.traffic(), Meter::begin(&server));
    second.sync();
    let line = meter.line(&format!("pull_{notes}_notes{on}")).travelled(before, second.traffic());
    assert_eq!(visits_in(two.path()), notes);
    line.over(floor::of_pull(&database, notes)).say();
}

/// Somebody signs in on a new phone, and there are so many records.
pub(crate) fn a_first_sync(ground: &Ground, records: u64, on: &str) {
    let one = folder();
    let server = Serving::start(ground);
    write_notes(server.address(), 0..records, now());
    let mut phone = Phone::new(one.path(), server.address());
    phone.sign_in("pat");

    let (before, meter) = (phone.traffic(), Meter::begin(&server));
    phone.settle();
    let line = meter.line(&format!("first_sync_{records}{on}")).travelled(before, phone.traffic());
    assert_eq!(visits_in(one.path()), records);
    line.over(floor::of_pull(&ground.database(), records)).say();
}

/// What a contact costs does not depend on how much the agency has that is not one's own.
pub(crate) fn a_large_agency() {
    for agency in [10_000, 1_000_000] {
        let (ground, one) = (Ground::sqlite(), folder());
        let server = Serving::start(&ground);
        write_notes(server.address(), 0..10_000, now());
        drop(server);
        add_others(&district::file(ground.folder()), agency / 10_000 - 1);
        let server = Serving::start(&ground);
        let mut phone = Phone::ready(one.path(), server.address(), "pat");
        contacts(&server, &mut phone, &format!("idle_pull_of_{agency}"), |_| {});
        let mut next = 10_000;
        contacts(&server, &mut phone, &format!("delta_200_of_{agency}"), |server| {
            write_notes(server.address(), next..next + 200, now());
            next += 200;
        });
    }
}

/// Many contacts, each after something happened elsewhere. `answer_*` is the part of the wall that
/// is the server's: the rest is the phone's, and most of that its disk.
fn contacts(server: &Serving, phone: &mut Phone, name: &str, mut elsewhere: impl FnMut(&Serving)) {
    const TIMES: u64 = 50;
    let (before, mut server_cpu, mut phone_cpu) = (phone.traffic(), 0, 0);
    let (mut walls, mut answers) = (Vec::new(), Vec::new());
    for _ in 0..TIMES {
        elsewhere(server);
        let (cpu, own_cpu, waited) = (cpu_ms(&server.id()), cpu_ms("self"), phone.waited);
        let start = Instant::now();
        phone.sync();
        walls.push(millis(start));
        answers.push(phone.waited - waited);
        server_cpu += cpu_ms(&server.id()) - cpu;
        phone_cpu += cpu_ms("self") - own_cpu;
    }
    let after = phone.traffic();
    Meter::begin(server)
        .line(name)
        .with("wall_ms", percentile(&mut walls, 0.5))
        .with("p99_ms", percentile(&mut walls, 0.99))
        .with("answer_p50_ms", percentile(&mut answers, 0.5))
        .with("answer_p99_ms", percentile(&mut answers, 0.99))
        .with("server_cpu_ms", server_cpu as f64 / TIMES as f64)
        .with("phone_cpu_ms", phone_cpu as f64 / TIMES as f64)
        .with("down", (after.down - before.down) / TIMES)
        .with("up", (after.up - before.up) / TIMES)
        .say();
}

/// Copies every record so many times as another child's, whom nobody here may see.
fn add_others(file: &str, times: u64) {
    let mut db = SqliteConnection::establish(file).expect("the server's file");
    // Nobody measures this, and nothing else is open.
    db.batch_execute("PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000; BEGIN").expect("a connection");
    for _ in 0..times {
        db.batch_execute(
            "CREATE TEMP TABLE copied AS
                 SELECT agency, kind, id, randomblob(16) AS new, 'student/' || lower(hex(randomblob(2))) AS scope
                 FROM record WHERE kind = 'visit' LIMIT 10000;
             INSERT INTO record (agency, kind, id, subject, parent, body, changed_at)
                 SELECT agency, kind, new, randomblob(16), parent, body, changed_at
                 FROM copied JOIN record USING (agency, kind, id);
             INSERT INTO visible (agency, scope, version, kind, id, deleted, changed_at)
                 SELECT agency, scope, (SELECT version FROM head) + row_number() OVER (), kind, new, FALSE, 0 FROM copied;
             UPDATE head SET version = version + 10000;
             DROP TABLE copied;",
        )
        .expect("the copies are written");
    }
    db.batch_execute("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)").expect("the copies are written");
}

/// How many visits lie in a phone's folder, past its own code.
pub(crate) fn visits_in(folder: &Path) -> u64 {
    let files = std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path());
    let database = files.filter(|path| path.extension().is_some_and(|end| end == "db"));
    let of_person = database.filter(|path| path.file_stem().is_some_and(|name| name.len() == 32));
    of_person.map(|path| visits(path.to_str().expect("plain letters"))).sum()
}

fn visits(file: &str) -> u64 {
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        count: i64,
    }
    let mut db = SqliteConnection::establish(file).expect("a file");
    let count: Count =
        sql_query("SELECT count(*) AS count FROM record WHERE kind = 'visit'").get_result(&mut db).expect("a count");
    count.count.unsigned_abs()
}
