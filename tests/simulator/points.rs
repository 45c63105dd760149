//! A kill at every statement of the phone's store and of the server's door: each short story is
//! told once for every place at which a process can end, and must end well each time. What does
//! not fit into every check is told every few places there, and at all of them with
//! `AIMLINE_EVERY_POINT` (`cargo xtask test --long`).

use sync::page::MAX_PAGE;
use tests::simulator::{Deed, Fate, Leaving, Outcome, Step, Story, cast, tell};

/// Beyond the last statement of anything.
const MOST: u32 = 400;

/// With it all write about the same child, and in the same field.
const LUCK: u64 = 4;

/// How far apart the places are at which a process ends.
fn stride() -> u32 {
    if std::env::var_os("AIMLINE_EVERY_POINT").is_some() { 1 } else { 5 }
}

fn step(phone: usize, deed: Deed) -> Step {
    Step { after: 5, phone, luck: LUCK, deed }
}

/// What was before, the kill that is to come, what it meets, and time for all of it to happen.
fn story(phones: usize, before: &[Step], kill: Step, what: &[Step]) -> Story {
    let time = Step { after: 60, ..step(0, Deed::Spoil(Fate::Arrives)) };
    let steps = [before, &[kill], what, &[time]].concat();
    Story { seed: 7, phones, room: MAX_PAGE, listens: false, steps }
}

/// Tells the story of each kill until one comes after the last statement; how many there were.
fn every_point(told: impl Fn(u32) -> Story, untold: &str) -> u32 {
    let mut points = 0;
    for at in (1..MOST).step_by(stride() as usize) {
        let Outcome { failure, figures, .. } = tell(&told(at), cast::on_sqlite());
        assert_eq!(failure, None, "killed at statement {at} of\n{}", told(at));
        points += 1;
        if figures.faults.contains_key(untold) {
            return points;
        }
    }
    panic!("no end of\n{}", told(MOST));
}

/// Kills the phone at every statement of each of the first events after `before`.
fn phone_killed(phones: usize, events: u32, before: &[Step], what: &[Step]) {
    let phone = what[0].phone;
    for after in 0..events {
        let kill = |at| step(phone, Deed::Dies { after, at });
        let points = every_point(|at| story(phones, before, kill(at), what), "phone killed untold");
        assert!(points >= 2, "event {after} writes something");
    }
}

/// Kills the server at every statement of each of the first requests after `before`.
fn server_killed(phones: usize, requests: u32, before: &[Step], what: &[Step]) {
    let phone = what[0].phone;
    for after in 0..requests {
        let arrives = (0..after).map(|_| step(phone, Deed::Spoil(Fate::Arrives)));
        let before: Vec<Step> = before.iter().cloned().chain(arrives).collect();
        let kill = |at| step(phone, Deed::Spoil(Fate::ServerDies { at }));
        every_point(|at| story(phones, &before, kill(at), what), "server killed untold");
    }
}

#[test]
fn a_phone_killed_while_its_owner_writes_loses_nothing() {
    // It is kept; the push is answered; the page that shows it comes.
    phone_killed(1, 3, &[], &[step(0, Deed::EditStatement)]);
    phone_killed(3, 3, &[], &[step(2, Deed::LogVisit)]);
}

#[test]
fn a_phone_killed_while_two_versions_meet_loses_neither() {
    let apart = [step(0, Deed::Offline), step(1, Deed::EditStatement), step(0, Deed::EditStatement)];
    phone_killed(2, 3, &apart, &[step(0, Deed::Online)]);
    // Then one of them chooses.
    let met = [&apart[..], &[step(0, Deed::Online), step(1, Deed::Hello)]].concat();
    phone_killed(2, 3, &met, &[step(1, Deed::Resolve)]);
}

#[test]
fn a_phone_killed_while_access_ends_keeps_no_more_than_it_must() {
    let ended = [
        step(0, Deed::EditInput),
        step(0, Deed::Offline),
        step(0, Deed::EditInput),
        step(0, Deed::End { tie: 0, hours: 0 }),
    ];
    // The push, the page that purges, and the word that it is done.
    phone_killed(1, 4, &ended, &[step(0, Deed::Online)]);
}

#[test]
fn a_phone_killed_after_a_restore_of_the_server_sends_again_and_compares() {
    let restored = [
        step(0, Deed::EditStatement),
        step(0, Deed::ServerBackup),
        step(0, Deed::EditInput),
        step(0, Deed::LogVisit),
        step(0, Deed::ServerRestore),
    ];
    phone_killed(1, 6, &restored, &[step(0, Deed::Hello)]);
}

#[test]
fn a_phone_killed_while_it_becomes_another_store_loses_nothing() {
    let restored = [step(0, Deed::Backup), step(0, Deed::EditStatement), step(0, Deed::Restore)];
    phone_killed(1, 5, &restored, &[step(0, Deed::EditInput), step(0, Deed::SignIn)]);
}

#[test]
fn a_phone_killed_while_somebody_signs_in_or_leaves_opens_again() {
    phone_killed(1, 3, &[step(0, Deed::SignOut(Leaving::Keep))], &[step(0, Deed::SignIn)]);
    phone_killed(1, 2, &[step(0, Deed::EditStatement)], &[step(0, Deed::HandOver)]);
}

#[test]
fn a_server_killed_at_any_statement_of_a_push_or_a_pull_takes_it_once() {
    let write = [step(0, Deed::EditStatement), step(0, Deed::EditInput)];
    server_killed(1, 2, &[], &write);
    server_killed(3, 2, &[], &[step(2, Deed::LogVisit)]);
    // A page that purges is written down after it was read.
    let ended = [step(0, Deed::Offline), step(0, Deed::EditInput), step(0, Deed::End { tie: 0, hours: 0 })];
    server_killed(1, 3, &ended, &[step(0, Deed::Online)]);
}

#[test]
fn a_server_killed_at_any_statement_of_a_sign_in_lets_in_again() {
    server_killed(1, 1, &[step(0, Deed::SignOut(Leaving::Keep))], &[step(0, Deed::SignIn)]);
    server_killed(1, 1, &[step(0, Deed::Pass { hours: 1 })], &[step(0, Deed::Hello)]);
}
