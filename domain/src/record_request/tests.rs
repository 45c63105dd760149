//! The life of a request, as tables.

use super::*;
use serde_json::Value;
use sync::{
    OperationId, PersonId,
    reconcile::{Outcome, reconcile},
    record::Stamp,
    verdict::Code,
};
use uuid::Uuid;

const ANA: RecordId = RecordId(Uuid::from_u128(1));
const REQUEST: RecordId = RecordId(Uuid::from_u128(2));

fn asked(asks: Asks) -> Record {
    let request = AskOfRecord {
        request: REQUEST,
        student: ANA,
        asks,
        words: "The visit of 3 May did not take place.".into(),
        instead: String::new(),
        contests: None,
    };
    let mut changes = request.changes();
    received(&mut changes, Micros(7), day("2026-09-01"));
    lay(None, &changes[0])
}

fn lay(record: Option<Record>, change: &Change) -> Record {
    let (record, outcome) = laid(record, change);
    assert_eq!(outcome, Outcome::Applied);
    record.expect("a record")
}

fn laid(record: Option<Record>, change: &Change) -> (Option<Record>, Outcome) {
    let stamp = Stamp { op: OperationId(Uuid::from_u128(3)), by: PersonId(Uuid::from_u128(4)), at: Micros(5) };
    let field = if let Change::Edit { field, .. } = change { field } else { "" };
    let policy = crate::policy::of(&kinds::REQUEST, field, record.as_ref());
    reconcile(record, change, stamp, policy, &|_, _| None)
}

fn answered(record: Record, stage: Stage, granted: bool) -> Record {
    lay(Some(record), &answer(stage, granted).changes()[0])
}

fn answer(stage: Stage, granted: bool) -> AnswerRequest {
    AnswerRequest { request: REQUEST, student: ANA, stage, granted, words: format!("{stage:?} {granted}") }
}

fn hearing() -> AskForHearing {
    AskForHearing { request: REQUEST, student: ANA }
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// 34 CFR 300.613(a), domain.md P01: without needless delay, before any meeting, never beyond 45
/// days. Received on 1 September 2026: 29 days are left of September, and 16 of October make 45.
#[test]
fn a_record_is_shown_before_the_next_meeting_and_within_45_days() {
    #[rustfmt::skip]
    let table: [(&[&str], &str); 5] = [
        (&[],                           "2026-10-16"),
        (&["2026-09-15"],               "2026-09-15"),
        (&["2026-11-01"],               "2026-10-16"),
        (&["2026-10-02", "2026-09-15"], "2026-09-15"),
        (&["2026-08-31"],               "2026-10-16"),
    ];
    let request = asked(Asks::See);
    for (meetings, expected) in table {
        let meetings = meetings.iter().map(|text| day(text));
        assert_eq!(due(&request, day("2026-09-01"), meetings), Some(day(expected)));
    }
    assert_eq!(due(&asked(Asks::Correct), day("2026-09-01"), std::iter::empty()), None, "the law names no day");
}

#[test]
fn a_request_stands_where_its_last_answer_left_it() {
    let refused = || answered(asked(Asks::Correct), Stage::Answer, false);
    let heard = || lay(Some(refused()), &hearing().changes()[0]);
    #[rustfmt::skip]
    let table = [
        ("asked",                 asked(Asks::Correct),                               Standing::Asked,               None),
        ("granted",               answered(asked(Asks::Correct), Stage::Answer, true), Standing::Granted,             Some("Answer true")),
        ("refused",               refused(),                                          Standing::Refused,             Some("Answer false")),
        ("a hearing asked for",   heard(),                                            Standing::HearingAsked,        Some("Answer false")),
        ("refused after hearing", answered(heard(), Stage::Hearing, false),           Standing::RefusedAfterHearing, Some("Hearing false")),
        ("granted after hearing", answered(heard(), Stage::Hearing, true),            Standing::Granted,             Some("Hearing true")),
    ];
    for (name, request, expected, said) in table {
        assert_eq!(standing(&request), (expected, said.map(str::to_owned)), "{name}");
    }
}

#[test]
fn an_answer_is_given_once() {
    let refused = answered(asked(Asks::Correct), Stage::Answer, false);
    let (_, again) = laid(Some(refused.clone()), &answer(Stage::Answer, true).changes()[0]);
    assert_eq!(again, Outcome::Refused(Code::Frozen));
    let (_, same) = laid(Some(refused), &answer(Stage::Answer, false).changes()[0]);
    assert_eq!(same, Outcome::Applied, "the same words are the same answer");
}

#[test]
fn what_does_not_fit_where_it_stands_is_objected_to() {
    let refused = || answered(asked(Asks::Correct), Stage::Answer, false);
    let granted = || answered(asked(Asks::Correct), Stage::Answer, true);
    let heard = || lay(Some(refused()), &hearing().changes()[0]);
    let state = StateDisagreement {
        disagreement: RecordId(Uuid::from_u128(9)),
        request: REQUEST,
        student: ANA,
        words: "We were there, and nobody came.".into(),
    };
    #[rustfmt::skip]
    let table = [
        ("to see cannot be refused",      answer(Stage::Answer, false).objection(Some(&asked(Asks::See))), Some(Code::Invalid)),
        ("to see is granted",             answer(Stage::Answer, true).objection(Some(&asked(Asks::See))),  None),
        ("to correct can be refused",     answer(Stage::Answer, false).objection(Some(&asked(Asks::Correct))), None),
        ("no hearing was asked for",      answer(Stage::Hearing, true).objection(Some(&refused())),        Some(Code::Invalid)),
        ("a hearing was asked for",       answer(Stage::Hearing, true).objection(Some(&heard())),          None),
        ("a hearing on a refusal",        hearing().objection(Some(&refused())),                           None),
        ("a hearing before an answer",    hearing().objection(Some(&asked(Asks::Correct))),                Some(Code::Invalid)),
        ("a hearing on what was granted", hearing().objection(Some(&granted())),                           Some(Code::Invalid)),
        ("words beside a refusal",        state.objection(Some(&refused())),                               None),
        ("words beside what was granted", state.objection(Some(&granted())),                               Some(Code::Invalid)),
    ];
    for (name, found, expected) in table {
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn a_fault_names_the_field() {
    let ask = |asks, words: &str, instead: &str| AskOfRecord {
        request: REQUEST,
        student: ANA,
        asks,
        words: words.into(),
        instead: instead.into(),
        contests: None,
    };
    assert_eq!(ask(Asks::See, "", "").check(), Ok(()), "everything");
    assert_eq!(ask(Asks::See, "", "something else").check(), Err(Fault::invalid("instead")));
    assert_eq!(ask(Asks::Correct, "  ", "").check(), Err(Fault::invalid("words")));
    let answer = AnswerRequest { words: " ".into(), ..answer(Stage::Answer, true) };
    assert_eq!(answer.check(), Err(Fault::invalid("words")));
}

#[test]
fn only_what_a_whole_family_sees_can_be_named_as_wrong() {
    for (kind, known) in [("goal", true), ("visit", true), ("meeting", true), ("input", false), ("answer", false)] {
        let read = serde_json::from_value::<Contested>(json!({"kind": kind, "id": ANA})).is_ok();
        assert_eq!(read, known, "{kind}");
    }
    assert_eq!(Value::from(Kind::from(ContestedKind::Visit).name()), json!(ContestedKind::Visit));
}
