//! Many phones at once, as the wire sees them: what they cost the server, and who waits.

use std::sync::Barrier;
use std::time::{Duration, Instant};

use sync::operation::Sent;
use sync::page::PullReply;
use sync::push::PushAnswer;
use tests::Wire;
use tests::wire::pull;

use crate::district::{Ground, visit, write_notes};
use crate::meter::{Meter, millis, percentile, rounded};
use crate::phone::now;
use crate::serving::Serving;

/// The first morning of school: a hundred phones begin from nothing.
pub(crate) fn a_hundred_phones_begin() {
    const ROWS: u64 = 20_000;
    let ground = Ground::sqlite();
    let server = Serving::start(&ground);
    write_notes(server.address(), 0..ROWS, now());
    let phones: Vec<Wire> = (0..100).map(|_| Wire::sign_in(server.address(), "pat")).collect();
    let meter = Meter::begin(&server);
    let (mut walls, down) = at_once(phones, |phone| {
        let rows = pull_all(phone);
        assert!(rows >= ROWS, "{rows}");
    });
    let (median, last) = (percentile(&mut walls, 0.5), percentile(&mut walls, 0.99));
    meter
        .line("first_sync_of_20000_on_100_phones")
        .with("median_ms", median)
        .with("p99_ms", last)
        .with("p99_to_median", rounded(last / median))
        .with("down", down)
        .say();
}

fn pull_all(phone: &mut Wire) -> u64 {
    let (mut cursor, mut rows) = (None, 0);
    loop {
        let PullReply::Page(page) = phone.pull(&pull(cursor.as_deref())) else { panic!("no page") };
        rows += page.rows.len() as u64;
        cursor = Some(page.cursor);
        if page.complete {
            return rows;
        }
    }
}

/// The network of a whole county comes back: a thousand phones with fifty notes each.
pub(crate) fn a_thousand_phones_come_back(ground: &Ground, on: &str) {
    const EACH: u64 = 50;
    let server = Serving::start(ground);
    let phones: Vec<(Wire, Vec<Sent>)> = (0..1_000)
        .map(|n| {
            let notes = (n * EACH..(n + 1) * EACH).map(|note| visit(note, now())).collect();
            (Wire::sign_in(server.address(), "pat"), notes)
        })
        .collect();
    let meter = Meter::begin(&server);
    let (mut walls, _) = at_once(phones, |(phone, notes)| drain(phone, notes));
    meter
        .line(&format!("push_of_50_notes_from_1000_phones{on}"))
        .with("median_ms", percentile(&mut walls, 0.5))
        .with("p99_ms", percentile(&mut walls, 0.99))
        .say();
    drop(server);
    assert_eq!(ground.visits(), 1_000 * EACH, "none lost, none twice");
}

/// Pushes what there is; asked to wait, a phone waits.
fn drain(phone: &mut Wire, notes: &[Sent]) {
    let request = phone.request(1, notes);
    loop {
        match phone.push(&request) {
            PushAnswer::Taken { verdicts, .. } => {
                return assert!(verdicts.iter().all(|judged| judged.verdict.is_success()));
            }
            PushAnswer::Deferred { retry_after } => std::thread::sleep(Duration::from_millis(retry_after)),
            other => panic!("not taken: {other:?}"),
        }
    }
}

/// Something to count the traffic of.
trait Counted: Send {
    fn down(&self) -> u64;
}

impl Counted for Wire {
    fn down(&self) -> u64 {
        self.http.traffic.down
    }
}

impl Counted for (Wire, Vec<Sent>) {
    fn down(&self) -> u64 {
        self.0.down()
    }
}

/// Lets all of them do it at the same moment; how long each took, and what they received.
fn at_once<P: Counted>(phones: Vec<P>, work: impl Fn(&mut P) + Sync) -> (Vec<f64>, u64) {
    let start = Barrier::new(phones.len());
    let (work, start) = (&work, &start);
    let done = std::thread::scope(|scope| {
        let begun: Vec<_> = phones
            .into_iter()
            .map(|mut phone| {
                let run = move || {
                    start.wait();
                    let (began, before) = (Instant::now(), phone.down());
                    work(&mut phone);
                    (millis(began), phone.down() - before)
                };
                std::thread::Builder::new().stack_size(512 << 10).spawn_scoped(scope, run).expect("a thread")
            })
            .collect();
        begun.into_iter().map(|thread| thread.join().expect("it ends well")).collect::<Vec<_>>()
    });
    done.into_iter().fold((Vec::new(), 0), |(mut walls, down), (wall, more)| {
        walls.push(wall);
        (walls, down + more)
    })
}
