//! What families do: write their statement, give input before a meeting, answer invitations.

use chrono::{Days, NaiveDate};
use domain::family::{EditInput, EditStatement, INPUT_FIELDS, STATEMENT_FIELDS, SubmitInput, input_of};
use domain::meeting::{AnswerMeeting, CallMeeting, MeetingTime, MoveMeeting, Reply};
use serde_json::{Value, json};
use sync::{Base, Micros, PersonId, RecordId, value::ValueHash};

use super::history::Diary;
use super::plans::{Guardian, Served};
use super::{attempts, words};

/// A minute, in microseconds.
const MINUTE: i64 = 60_000_000;

/// Two of three families wrote a statement; in one of them two parents wrote the same part without
/// knowing of each other.
pub(super) fn speaks(diary: &mut Diary<'_>, child: &Served<'_>, n: usize) {
    let language = child.pupil.language;
    let Some(first) = child.guardians.first().map(|guardian| guardian.person) else { return };
    if !child.pupil.is_known && !diary.chance.happens(0.66) {
        return;
    }
    let after = diary.chance.between(3, 40).unsigned_abs();
    let evening = diary.ground.calendar.at(child.began + Days::new(after), 20, 15);
    for (minutes, field) in STATEMENT_FIELDS.into_iter().enumerate() {
        let Some(text) = words::statement(&mut diary.chance, language, field) else { return };
        let at = evening.plus(4 * MINUTE * minutes as i64);
        diary.write(at, first, statement(child, field, text));
    }
    if let (Some(second), 5, false) = (child.guardians.get(1), n % 12, child.pupil.is_known)
        && let Some(text) = words::statement(&mut diary.chance, language, "vision")
    {
        diary.write(evening.plus_days(2), second.person, statement(child, "vision", text));
    }
}

/// Whoever writes first saw an empty field.
fn blank() -> Base {
    Base::Seen { seen: ValueHash::of(&Value::Null), text: None }
}

fn statement(child: &Served<'_>, field: &str, text: &str) -> EditStatement {
    EditStatement { student: child.student, field: field.to_owned(), base: blank(), value: text.to_owned() }
}

/// The yearly review comes near, or the team wants to look at the data together.
pub(super) fn is_invited(diary: &mut Diary<'_>, child: &Served<'_>) {
    let ground = diary.ground;
    let left = (child.ends - ground.today).num_days();
    let (purpose, ahead) = if child.pupil.is_known {
        ("Progress check and plan for spring", 9)
    } else if (0..50).contains(&left) {
        ("Annual review of the plan", (left - 8).max(5))
    } else if diary.chance.happens(0.1) {
        ("Progress check", diary.chance.between(4, 20))
    } else {
        return;
    };
    let mut day = ground.today + Days::new(ahead.unsigned_abs());
    while !ground.calendar.is_school_day(day) {
        day = day + Days::new(1);
    }
    let called = last_school_day(diary, diary.chance.clone().between(4, 9).unsigned_abs());
    let at = ground.calendar.at(called, 14, 10);
    let meeting: RecordId = diary.mint(at);
    let time = time(diary, child, day);
    let invited = invited(child);
    let student = child.student;
    let call = CallMeeting { meeting, student, purpose: purpose.to_owned(), time: time.clone(), invited };
    diary.write(at, child.manager, call);
    answers(diary, child, meeting, at);
    if !child.pupil.is_known && diary.chance.happens(0.15) {
        moved(diary, child, meeting, &time, at.plus_days(2));
    }
    gives_input(diary, child, at);
}

fn last_school_day(diary: &Diary<'_>, back: u64) -> NaiveDate {
    let mut day = diary.ground.today - Days::new(back);
    while !diary.ground.calendar.is_school_day(day) {
        day = day - Days::new(1);
    }
    day
}

fn time(diary: &mut Diary<'_>, child: &Served<'_>, day: NaiveDate) -> MeetingTime {
    let ground = diary.ground;
    let (hour, minute) = diary.chance.pick(&[(8, 0), (13, 30), (15, 15), (16, 0)]);
    let starts_at = ground.calendar.at(day, hour, minute);
    let school = ground.blueprint.schools[child.pupil.school].name;
    let place = match diary.chance.between(0, 4) {
        0 => "Video call, link in the invitation".to_owned(),
        room => format!("Room {}, {school}", 10 + room),
    };
    MeetingTime { revision: 1, starts_at, ends_at: starts_at.plus(60 * MINUTE), place }
}

fn invited(child: &Served<'_>) -> Vec<PersonId> {
    let guardians = child.guardians.iter().map(|guardian| guardian.person);
    let providers = child.services.iter().map(|service| service.provider);
    let mut all: Vec<_> = guardians.chain([child.manager]).chain(providers).chain(child.teacher).collect();
    let mut seen = std::collections::BTreeSet::new();
    all.retain(|person| seen.insert(*person));
    all
}

/// Some answer within days. The mother who signs in has not yet: that is hers to do.
fn answers(diary: &mut Diary<'_>, child: &Served<'_>, meeting: RecordId, called: Micros) {
    for (n, guardian) in child.guardians.iter().enumerate() {
        let does = if child.pupil.is_known { n == 1 } else { diary.chance.happens(0.55) };
        if !does {
            attempts::tries(diary, child, meeting, guardian.person, called);
            continue;
        }
        let reply = if child.pupil.is_known {
            Reply::Yes
        } else {
            *diary.chance.weighted(&[(70, Reply::Yes), (10, Reply::No), (20, Reply::OtherTime)])
        };
        let note = match reply {
            Reply::OtherTime => words::other_time(&mut diary.chance, child.pupil.language).to_owned(),
            _ => String::new(),
        };
        let at = called.plus(diary.chance.between(30, 60 * 40) * MINUTE);
        let id = diary.mint(at);
        let answer = AnswerMeeting {
            id,
            meeting,
            student: child.student,
            revision: 1,
            seen: None,
            replaces: Vec::new(),
            answer: reply,
            note,
        };
        diary.write(at, guardian.person, answer);
    }
}

/// A later hour on the same day: earlier answers are then answers to an old time.
fn moved(diary: &mut Diary<'_>, child: &Served<'_>, meeting: RecordId, time: &MeetingTime, at: Micros) {
    let by = 45 * MINUTE;
    let (starts_at, ends_at, place) = (time.starts_at.plus(by), time.ends_at.plus(by), time.place.clone());
    let seen = ValueHash::of(&json!(time));
    let student = child.student;
    diary.write(at, child.manager, MoveMeeting { meeting, student, seen, starts_at, ends_at, place });
}

/// Half of the families write before a meeting, and most of them hand it in.
fn gives_input(diary: &mut Diary<'_>, child: &Served<'_>, called: Micros) {
    let Some(Guardian { person, .. }) = child.guardians.first() else { return };
    if child.pupil.is_known || !diary.chance.happens(0.5) {
        return;
    }
    let at = called.plus_days(1).plus(5 * 60 * MINUTE);
    let input = input_of(child.student, *person, 0);
    for (minutes, field) in INPUT_FIELDS.into_iter().enumerate() {
        let Some(text) = words::input(&mut diary.chance, child.pupil.language, field) else { return };
        let edit =
            EditInput { input, student: child.student, field: field.to_owned(), base: blank(), value: text.to_owned() };
        diary.write(at.plus(3 * MINUTE * minutes as i64), *person, edit);
    }
    if diary.chance.happens(0.75) {
        diary.write(at.plus(15 * MINUTE), *person, SubmitInput { input, student: child.student });
    }
}
