//! Evidence: written once, amended by another record, and looked at where it came late
//! (domain.md §8.4).

use chrono::TimeDelta;
use domain::Intent;
use domain::review::{Finding, ReviewVisit};
use domain::visit::{Attendance, LogVisit};
use serde_json::{Value, json};
use sync::value::ValueHash;
use sync::verdict::Code;
use sync::{Base, OperationId, RecordId, Verdict};
use tests::wire::{operation, visit};
use tests::{Stage, Wire, World, names};
use uuid::Uuid;

fn written(stage: &Stage, n: u128, intent: impl Into<Intent>) -> sync::operation::Sent {
    let intent = intent.into();
    let body = Value::Object(intent.body());
    operation(OperationId(Uuid::from_u128(n)), intent.name(), stage.server.clock.now(), &body)
}

fn amendment(stage: &Stage, of: RecordId, note: &str) -> LogVisit {
    let ended_at = stage.server.clock.now().plus_days(-1);
    LogVisit {
        visit: RecordId(Uuid::new_v4()),
        student: names::student("ana"),
        service: "speech".into(),
        started_at: ended_at.plus(-1_800_000_000),
        ended_at,
        attendance: Attendance::Present,
        note: note.into(),
        points: Vec::new(),
        amends: Some(of),
    }
}

/// Of each visit as the case manager reads it: note, flags, finding.
fn visits(cas: &mut Wire) -> Vec<(String, Vec<String>, Value, Value)> {
    let query = "query($id:ID!){node(id:$id){...on Student{visits{nodes{id note flags review{finding by{name}}}}}}}";
    let data = cas.ask(query, &json!({"id": student()}));
    let nodes = data["node"]["visits"]["nodes"].as_array().expect("visits").clone();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let words = |value: &Value| value.as_array().into_iter().flatten().map(text).collect();
    let read =
        |visit: &Value| (text(&visit["note"]), words(&visit["flags"]), visit["review"].clone(), visit["id"].clone());
    let mut all: Vec<_> = nodes.iter().map(read).collect();
    all.sort_by_key(|(note, ..)| note.clone());
    all
}

fn student() -> String {
    format!("stu_{}_{}", names::AGENCY.0.simple(), names::student("ana").0.simple())
}

#[test]
fn a_visit_is_amended_by_its_author_and_by_nobody_else() {
    for stage in World::of_ana().provider("sam", "speech").on_each_engine() {
        let (mut pat, mut sam) = (stage.wire_of("pat"), stage.wire_of("sam"));
        let wrong = visit(1, stage.server.clock.now().plus_days(-1), "wrong child's words");
        assert_eq!(pat.verdicts(1, std::slice::from_ref(&wrong)), [Verdict::Applied]);
        let id: RecordId = serde_json::from_value(wrong.operation.body["visit"].clone()).expect("its id");
        let his = written(&stage, 20, amendment(&stage, id, "his words"));
        assert_eq!(sam.verdicts(1, &[his]), [Verdict::rejected(Code::NotFound)]);
        let hers = written(&stage, 21, amendment(&stage, id, "the right words"));
        assert_eq!(pat.verdicts(2, &[hers]), [Verdict::Applied]);
        assert_eq!(stage.notes("ana"), ["the right words", "wrong child's words"], "what was said stays");
    }
}

#[test]
fn two_amendments_of_one_visit_and_a_visit_logged_twice_are_flagged_and_stop_nothing() {
    for stage in World::of_ana().on_each_engine() {
        let (mut pat, mut cas) = (stage.wire_of("pat"), stage.wire_of("cas"));
        let started = stage.server.clock.now().plus_days(-2);
        let sent =
            [visit(1, started, "a"), visit(2, started.plus(60_000_000), "b"), visit(3, started.plus_days(-1), "c")];
        pat.verdicts(1, &sent);
        let id: RecordId = serde_json::from_value(sent[2].operation.body["visit"].clone()).expect("its id");
        let twins = ["d", "e"].map(|note| written(&stage, note.as_bytes()[0].into(), amendment(&stage, id, note)));
        assert_eq!(pat.verdicts(4, &twins), [Verdict::Applied, Verdict::Applied]);
        let flags: Vec<_> = visits(&mut cas).into_iter().map(|(note, flags, ..)| (note, flags.join(" "))).collect();
        let expected =
            [("a", "duplicate"), ("b", "duplicate"), ("c", ""), ("d", "twinAmendment"), ("e", "twinAmendment")];
        assert_eq!(flags, expected.map(|(note, flags)| (note.to_owned(), flags.to_owned())));
    }
}

#[test]
fn late_evidence_waits_for_a_look_and_the_case_manager_accepts_or_refuses_it() {
    for stage in World::of_ana().on_each_engine() {
        let mut pat = stage.phone_of("pat");
        pat.offline();
        stage.end_assignment("pat", "ana");
        stage.pass(TimeDelta::hours(1));
        pat.log_visit("ana", "after the end");
        pat.online();
        assert_eq!(pat.unsent(), 0);

        let mut cas = stage.wire_of("cas");
        let (_, flags, finding, id) = visits(&mut cas).remove(0);
        assert_eq!((flags, finding), (vec!["late".to_owned()], Value::Null));
        let review =
            "mutation($i:VisitReviewInput!){visitReview(input:$i){visit{review{finding} flags} userErrors{code}}}";
        let input = || json!({"i": {"operationId": Uuid::new_v4(), "visit": id, "saw": null, "finding": "REFUSED"}});
        let click = input();
        let done = json!({"visit": {"review": {"finding": "REFUSED"}, "flags": []}, "userErrors": []});
        assert_eq!(cas.ask(review, &click)["visitReview"], done);
        stage.pass(TimeDelta::minutes(10));
        assert_eq!(cas.ask(review, &click)["visitReview"], done, "the answer was lost, and it was sent again");
        assert_eq!(cas.ask(review, &input())["visitReview"], done, "in another window it is the same word");
        assert_eq!(stage.notes("ana"), ["after the end"], "it stays to be seen");

        let mut mia = stage.wire_of("mia");
        let refused = mia.graphql(review, &input())["errors"][0]["extensions"]["code"].clone();
        assert_eq!(refused, "NOT_FOUND", "it is not for the family to say");
    }
}

#[test]
fn a_word_of_somebody_who_has_not_seen_another_is_kept_beside_it() {
    for stage in World::of_ana().director("dora").on_each_engine() {
        let mut pat = stage.phone_of("pat");
        pat.offline();
        stage.end_assignment("pat", "ana");
        stage.pass(TimeDelta::hours(1));
        pat.log_visit("ana", "after the end");
        pat.online();

        let (mut cas, mut dora) = (stage.wire_of("cas"), stage.wire_of("dora"));
        let (.., id) = visits(&mut cas).remove(0);
        let review = "mutation($i:VisitReviewInput!){visitReview(input:$i){visit{review{finding}} conflict{field} userErrors{code}}}";
        let says = |wire: &mut Wire, saw: Value, finding: &str| {
            let input = json!({"operationId": Uuid::new_v4(), "visit": id, "saw": saw, "finding": finding});
            let said = wire.ask(review, &json!({"i": input}))["visitReview"].clone();
            (said["visit"]["review"]["finding"].clone(), said["conflict"]["field"].clone())
        };
        let stands = |finding: &str| (json!(finding), Value::Null);
        assert_eq!(says(&mut cas, Value::Null, "REFUSED"), stands("REFUSED"));
        assert_eq!(
            says(&mut dora, json!("REFUSED"), "ACCEPTED"),
            stands("ACCEPTED"),
            "she saw it and thinks otherwise"
        );
        // The page of the first still shows what she said herself.
        let both = (json!("ACCEPTED"), json!("reviewed"));
        assert_eq!(says(&mut cas, Value::Null, "REFUSED"), both, "neither takes the other's word away");
    }
}

#[test]
fn two_visits_of_one_child_that_wait_for_a_choice_are_told_apart() {
    for stage in World::of_ana().on_each_engine() {
        let mut pat = stage.phone_of("pat");
        pat.offline();
        stage.end_assignment("pat", "ana");
        for note in ["the first", "the second"] {
            stage.pass(TimeDelta::hours(3));
            pat.log_visit("ana", note);
        }
        let visits: Vec<RecordId> = pat.logged("ana");
        pat.online();

        let mut cas = stage.wire_of("cas");
        let unseen = Base::Seen { seen: ValueHash::of(&Value::Null), text: None };
        let words = visits.iter().flat_map(|visit| [Finding::Accepted, Finding::Refused].map(|word| (*visit, word)));
        let reviews: Vec<_> = words
            .zip(1..)
            .map(|((visit, finding), n)| {
                let student = names::student("ana");
                written(&stage, n, ReviewVisit { visit, student, base: unseen.clone(), finding })
            })
            .collect();
        assert!(cas.verdicts(1, &reviews).iter().all(Verdict::is_success));

        let query = "query($id:ID!){node(id:$id){...on Student{conflicts{field about{service at purpose}}}}}";
        let conflicts = cas.ask(query, &json!({"id": student()}))["node"]["conflicts"].clone();
        let [one, other] = &conflicts.as_array().expect("two")[..] else { panic!("two: {conflicts}") };
        assert_eq!((&one["field"], &one["about"]["service"]), (&json!("reviewed"), &json!("speech")));
        assert_ne!(one["about"]["at"], other["about"]["at"]);
    }
}
