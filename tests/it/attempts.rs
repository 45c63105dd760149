//! Attempts to reach a family: written down once, put right by another record, evidence like a
//! visit (34 CFR 300.322(d), domain.md §8.4).

use chrono::TimeDelta;
use domain::contact::{Channel, LogAttempt, Reached};
use domain::{Intent, kinds};
use serde_json::{Value, json};
use sync::verdict::Code;
use sync::{OperationId, RecordId, Verdict};
use tests::wire::operation;
use tests::{Stage, Wire, World, names};
use uuid::Uuid;

fn written(stage: &Stage, n: u128, intent: LogAttempt) -> sync::operation::Sent {
    let intent = Intent::from(intent);
    operation(OperationId(Uuid::from_u128(n)), intent.name(), stage.server.clock.now(), &Value::Object(intent.body()))
}

fn call(stage: &Stage, n: u128, whom: &str, note: &str, amends: Option<u128>) -> LogAttempt {
    LogAttempt {
        attempt: RecordId(Uuid::from_u128(n)),
        student: names::student("ana"),
        person: names::person(whom),
        at: stage.server.clock.now(),
        channel: Channel::Call,
        language: "es".into(),
        reached: Reached::Nobody,
        meeting: None,
        note: note.into(),
        amends: amends.map(|amended| RecordId(Uuid::from_u128(amended))),
    }
}

const REVIEW: &str = "mutation($i:ContactAttemptReviewInput!){contactAttemptReview(input:$i){\
    attempt{flags review{finding by{name}}} conflict{id field about{channel at}} userErrors{code}}}";

/// A word on the attempt of that number, by somebody whose page showed `saw`.
fn word(n: u128, saw: &Value, finding: &str) -> Value {
    let attempt = names::node("att", RecordId(Uuid::from_u128(n)));
    json!({"i": {"operationId": Uuid::new_v4(), "attempt": attempt, "saw": saw, "finding": finding}})
}

/// A call from long before she managed the case, written down today.
fn found_in_a_drawer(stage: &Stage, n: u128) -> LogAttempt {
    LogAttempt { at: stage.server.clock.now().plus_days(-300), ..call(stage, n, "mia", "Rang twice.", None) }
}

/// The attempts as the web shows them, newest first.
fn shown(wire: &mut Wire, fields: &str) -> Value {
    let query = format!("query($id:ID!){{node(id:$id){{...on Student{{contactAttempts{{{fields}}}}}}}}}");
    wire.ask(&query, &json!({"id": names::node("stu", names::student("ana"))}))["node"]["contactAttempts"].clone()
}

#[test]
fn a_call_that_nobody_answered_is_on_record_for_the_team_and_for_whom_it_was() {
    for stage in World::of_ana().on_each_engine() {
        let (mut cas, mut mia, mut fred) = (stage.wire_of("cas"), stage.wire_of("mia"), stage.wire_of("fred"));
        let first = written(&stage, 1, call(&stage, 0xc1, "mia", "Rang twice.", None));
        let second = written(&stage, 2, call(&stage, 0xc2, "mia", "Rang three times.", Some(0xc1)));
        assert_eq!(cas.verdicts(1, &[first, second]), [Verdict::Applied, Verdict::Applied]);
        assert_eq!(stage.records(&kinds::ATTEMPT, "ana").len(), 2);

        let stands = json!([{"note": "Rang three times.", "reached": "NOBODY", "person": {"name": "Mia Story"}}]);
        let seen = |wire: &mut Wire| shown(wire, "note reached person{name}");
        assert_eq!((seen(&mut cas), seen(&mut mia), seen(&mut fred)), (stands.clone(), stands, json!([])));
        let mut phone = stage.phone_of("fred");
        phone.sync();
        assert!(!phone.holds("Rang twice."), "it is between her and the team");
    }
}

#[test]
fn a_correction_made_on_the_phone_stands_instead_and_what_was_wrong_stays_on_record() {
    for stage in World::of_ana().on_each_engine() {
        let (mut cas, mut mia) = (stage.phone_of("cas"), stage.phone_of("mia"));
        cas.log_call("ana", "mia", "Rang twice.");
        cas.offline();
        stage.pass(TimeDelta::minutes(5));
        cas.correct_call("ana", "Rang three times.");
        assert_eq!(cas.calls_shown("ana"), ["Rang three times."], "at once, without a network");
        mia.sync();
        assert_eq!(mia.calls_shown("ana"), ["Rang twice."]);

        cas.lose_next_reply();
        cas.online();
        cas.sync();
        mia.sync();
        assert_eq!((cas.unsent(), cas.calls_shown("ana")), (0, vec!["Rang three times.".into()]));
        assert_eq!(mia.calls_shown("ana"), ["Rang three times."]);
        let [wrong, right] = &stage.records(&kinds::ATTEMPT, "ana")[..] else { panic!("two records, and no third") };
        assert_eq!((wrong.text("note"), right.text("note")), ("Rang twice.", "Rang three times."));
        assert!(wrong.field("amends").is_null() && !right.field("amends").is_null());
    }
}

#[test]
fn an_attempt_is_put_right_by_those_who_keep_the_record_and_only_for_whom_it_was() {
    for stage in World::of_ana().on_each_engine() {
        let (mut cas, mut pat, mut mia) = (stage.wire_of("cas"), stage.wire_of("pat"), stage.wire_of("mia"));
        let first = written(&stage, 1, call(&stage, 0xc1, "mia", "Rang twice.", None));
        assert_eq!(cas.verdicts(1, &[first]), [Verdict::Applied]);

        let not_found = [Verdict::rejected(Code::NotFound)];
        let his = written(&stage, 2, call(&stage, 0xc2, "mia", "Nobody rang.", Some(0xc1)));
        assert_eq!(pat.verdicts(1, &[his]), not_found, "a provider keeps no such record");
        let hers = written(&stage, 3, call(&stage, 0xc3, "mia", "I was at home.", Some(0xc1)));
        assert_eq!(mia.verdicts(1, &[hers]), not_found, "nor does whom it was about");
        let of_nothing = written(&stage, 4, call(&stage, 0xc4, "mia", "Never.", Some(0xcff)));
        assert_eq!(cas.verdicts(2, &[of_nothing]), not_found);
        // Mia would go on reading what was wrong, and Fred that somebody rang her.
        let of_another = written(&stage, 5, call(&stage, 0xc5, "fred", "It was Fred.", Some(0xc1)));
        assert_eq!(cas.verdicts(3, &[of_another]), [Verdict::rejected(Code::Invalid)]);

        assert_eq!(shown(&mut cas, "note"), json!([{"note": "Rang twice."}]));
        assert_eq!(stage.records(&kinds::ATTEMPT, "ana").len(), 1);
    }
}

#[test]
fn a_correction_made_offline_arrives_though_the_case_went_to_somebody_else_meanwhile() {
    for stage in World::of_ana().director("dora").on_each_engine() {
        let mut cas = stage.phone_of("cas");
        cas.log_call("ana", "mia", "Rang twice.");
        cas.offline();
        stage.pass(TimeDelta::minutes(5));
        cas.correct_call("ana", "Rang three times.");
        stage.pass(TimeDelta::hours(1));
        stage.end_assignment("cas", "ana");
        stage.pass(TimeDelta::hours(1));
        cas.log_call("ana", "fred", "Rang after the end.");
        cas.online();

        assert_eq!((cas.unsent(), cas.parked()), (0, vec![]), "it is evidence: judged when it was made");
        assert!(!cas.holds("Rang three times."), "and it leaves with the child");
        let stands = json!([
            {"note": "Rang after the end.", "flags": ["late"]},
            {"note": "Rang three times.", "flags": []},
        ]);
        assert_eq!(shown(&mut stage.wire_of("dora"), "note flags"), stands);
    }
}

#[test]
fn an_attempt_that_came_late_waits_for_a_look_and_who_manages_the_case_says_whether_it_counts() {
    for stage in World::of_ana().on_each_engine() {
        let (mut cas, mut mia, mut pat) = (stage.wire_of("cas"), stage.wire_of("mia"), stage.wire_of("pat"));
        let late = written(&stage, 1, found_in_a_drawer(&stage, 0xc1));
        let today = written(&stage, 2, call(&stage, 0xc2, "mia", "Rang today.", None));
        assert_eq!(cas.verdicts(1, &[late, today]), [Verdict::Applied, Verdict::Applied]);
        assert_eq!(shown(&mut cas, "flags review{finding}")[1], json!({"flags": ["late"], "review": null}));

        for somebody in [&mut mia, &mut pat] {
            let refused = somebody.graphql(REVIEW, &word(0xc1, &Value::Null, "REFUSED"));
            assert_eq!(refused["errors"][0]["extensions"]["code"], "NOT_FOUND", "it is not theirs to say");
        }
        let click = word(0xc1, &Value::Null, "ACCEPTED");
        let review = json!({"finding": "ACCEPTED", "by": {"name": "Cas Story"}});
        let done = json!({"attempt": {"flags": [], "review": review}, "conflict": null, "userErrors": []});
        assert_eq!(cas.ask(REVIEW, &click)["contactAttemptReview"], done);
        stage.pass(TimeDelta::minutes(10));
        assert_eq!(cas.ask(REVIEW, &click)["contactAttemptReview"], done, "the answer was lost, and it was sent again");
        let nothing_to_say = cas.ask(REVIEW, &word(0xc2, &Value::Null, "ACCEPTED"))["contactAttemptReview"].clone();
        assert_eq!(nothing_to_say["userErrors"], json!([{"code": "INVALID"}]), "it came in time");

        // Whom it was for reads it, what was written stays, and it does not wait any more.
        assert_eq!(shown(&mut mia, "note flags review{finding}")[1]["review"]["finding"], "ACCEPTED");
        assert_eq!(stage.records(&kinds::ATTEMPT, "ana")[0].text("note"), "Rang twice.");
    }
}

#[test]
fn two_who_differ_on_an_attempt_settle_it_between_them_and_it_stays_on_record() {
    for stage in World::of_ana().director("dora").on_each_engine() {
        let (mut cas, mut dora, mut mia) = (stage.wire_of("cas"), stage.wire_of("dora"), stage.wire_of("mia"));
        let late = written(&stage, 1, found_in_a_drawer(&stage, 0xc1));
        assert_eq!(cas.verdicts(1, &[late]), [Verdict::Applied]);
        cas.ask(REVIEW, &word(0xc1, &Value::Null, "ACCEPTED"));
        let second = dora.ask(REVIEW, &word(0xc1, &Value::Null, "REFUSED"))["contactAttemptReview"].clone();
        let conflict = &second["conflict"];
        assert_eq!((&conflict["field"], &conflict["about"]["channel"]), (&json!("reviewed"), &json!("CALL")));

        let queue = "query{viewer{people{agency{conflictQueue{id alternatives{id value by{name}}}}}}}";
        let waits = cas.ask(queue, &json!({}))["viewer"]["people"][0]["agency"]["conflictQueue"].clone();
        assert_eq!(waits[0]["id"], conflict["id"]);
        let saw: Vec<&Value> =
            waits[0]["alternatives"].as_array().into_iter().flatten().map(|voice| &voice["id"]).collect();
        let resolve = "mutation($i:ConflictResolveInput!){conflictResolve(input:$i){conflict{id} userErrors{code}}}";
        let choice = |value: &str| json!({"i": {"operationId": Uuid::new_v4(), "conflict": conflict["id"], "saw": saw, "value": value}});
        let not_hers = mia.graphql(resolve, &choice("accepted"));
        assert_eq!(not_hers["errors"][0]["extensions"]["code"], "NOT_FOUND");
        assert_eq!(cas.ask(resolve, &choice("perhaps"))["conflictResolve"]["userErrors"][0]["code"], "INVALID");
        let done = json!({"conflict": null, "userErrors": []});
        assert_eq!(cas.ask(resolve, &choice("refused"))["conflictResolve"], done);

        assert_eq!(shown(&mut cas, "review{finding}"), json!([{"review": {"finding": "REFUSED"}}]));
        let life =
            "query($id:ID!){node(id:$id){...on Student{settledConflicts{chosen settledBy{name} alternatives{value}}}}}";
        let ana = json!({"id": names::node("stu", names::student("ana"))});
        let settled = json!([{
            "chosen": "refused",
            "settledBy": {"name": "Cas Story"},
            "alternatives": [{"value": "accepted"}, {"value": "refused"}],
        }]);
        assert_eq!(dora.ask(life, &ana)["node"]["settledConflicts"], settled);
        assert_eq!(mia.ask(life, &ana)["node"]["settledConflicts"], json!([]), "it is for those who may settle it");
    }
}
