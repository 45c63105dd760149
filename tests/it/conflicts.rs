//! Disagreements and what did not arrive, as those see them whose job it is.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{Stage, TestPhone, Wire, World, names};
use uuid::Uuid;

fn student() -> String {
    format!("stu_{}_{}", names::AGENCY.0.simple(), names::student("ana").0.simple())
}

fn about(wire: &mut Wire, fields: &str) -> Value {
    let query = format!("query($id:ID!){{node(id:$id){{...on Student{{{fields}}}}}}}");
    wire.ask(&query, &json!({"id": student()}))["node"].clone()
}

/// Both guardians write the same sentence without knowing of each other.
fn disagree(stage: &Stage) -> (TestPhone, TestPhone) {
    let (mut mia, mut fred) = (stage.phone_of("mia"), stage.phone_of("fred"));
    mia.edit_statement("ana", "vision", "She reads.");
    fred.sync();
    for (phone, words) in [(&mut mia, "She loves to read."), (&mut fred, "She learns to read.")] {
        phone.offline();
        phone.edit_statement("ana", "vision", words);
    }
    mia.online();
    fred.online();
    (mia, fred)
}

const QUEUE: &str = "query{viewer{people{agency{conflictQueue{id field alternatives{id value saw by{name}}}}}}}";

fn queue(wire: &mut Wire) -> Vec<Value> {
    let viewer = wire.ask(QUEUE, &json!({}))["viewer"].clone();
    viewer["people"][0]["agency"]["conflictQueue"].as_array().cloned().unwrap_or_default()
}

#[test]
fn a_disagreement_waits_for_the_case_manager_and_where_there_is_none_for_the_director() {
    for stage in World::of_ana().director("dora").on_each_engine() {
        let _phones = disagree(&stage);
        let (mut cas, mut dora, mut pat) = (stage.wire_of("cas"), stage.wire_of("dora"), stage.wire_of("pat"));
        let waits = queue(&mut cas);
        let saw: Vec<_> =
            waits[0]["alternatives"].as_array().expect("versions").iter().map(|one| &one["saw"]).collect();
        assert_eq!(saw, [&Value::Null, &json!("She reads.")], "what the later one had seen");
        assert_eq!((queue(&mut dora).len(), queue(&mut pat).len()), (0, 0));
        stage.end_assignment("cas", "ana");
        assert_eq!((queue(&mut cas).len(), queue(&mut dora).len()), (0, 1));
    }
}

#[test]
fn a_choice_is_on_record_and_can_be_taken_back() {
    for stage in World::of_ana().on_each_engine() {
        let (mut mia, _fred) = disagree(&stage);
        let mut cas = stage.wire_of("cas");
        let resolve = "mutation($i:ConflictResolveInput!){conflictResolve(input:$i){conflict{id} userErrors{code}}}";
        let waits = queue(&mut cas).remove(0);
        let saw: Vec<_> =
            waits["alternatives"].as_array().expect("versions").iter().map(|one| one["id"].clone()).collect();
        let choose = |saw: &Value, value: &str| json!({"i": {"operationId": Uuid::new_v4(), "conflict": waits["id"], "saw": saw, "value": value}});
        let done = json!({"conflict": null, "userErrors": []});
        assert_eq!(cas.ask(resolve, &choose(&json!(saw), "She loves to read."))["conflictResolve"], done);
        let settled =
            about(&mut cas, "conflicts{id} settledConflicts{chosen choice settledBy{name} alternatives{value}}");
        assert_eq!(settled["conflicts"], json!([]));
        let life = &settled["settledConflicts"][0];
        assert_eq!((&life["chosen"], &life["settledBy"]["name"]), (&json!("She loves to read."), &json!("Cas Story")));
        assert_eq!(life["alternatives"].as_array().map(Vec::len), Some(2));

        stage.pass(TimeDelta::minutes(1));
        let back = choose(&json!([life["choice"]]), "She learns to read.");
        assert_eq!(cas.ask(resolve, &back)["conflictResolve"], done);
        mia.sync();
        assert_eq!(mia.statement("ana", "vision"), "She learns to read.");

        // Both choices stay on record; the first one says until when it stood.
        let of_late = "query{viewer{people{agency{settledConflicts{chosen stoodUntil mayChoose student{name}}}}}}";
        let lived = |wire: &mut Wire| wire.ask(of_late, &json!({}))["viewer"]["people"][0]["agency"].clone();
        let lived_by_cas = lived(&mut cas)["settledConflicts"].as_array().cloned().expect("a list");
        let told: Vec<_> = lived_by_cas.iter().map(|one| (&one["chosen"], one["stoodUntil"].is_null())).collect();
        assert_eq!(told, [(&json!("She learns to read."), true), (&json!("She loves to read."), false)]);
        assert_eq!(lived_by_cas[0]["mayChoose"], true);
        assert_eq!(lived(&mut stage.wire_of("pat"))["settledConflicts"], json!([]), "it is not for everybody");

        mia.edit_statement("ana", "vision", "She reads to her brother.");
        let life = about(&mut cas, "settledConflicts{stoodUntil}")["settledConflicts"].clone();
        let over = life.as_array().expect("a list").iter().all(|one| !one["stoodUntil"].is_null());
        assert!(over, "what is written after a choice ends it, and is none itself: {life}");
        assert_eq!(life.as_array().map(Vec::len), Some(2));
    }
}

#[test]
fn the_case_manager_sees_that_something_did_not_arrive_and_keeps_what_its_author_cannot_send_again() {
    for stage in World::of_ana().on_each_engine() {
        let mut mia = stage.phone_of("mia");
        mia.offline();
        mia.edit_statement("ana", "vision", "She sings.");
        mia.write_input("ana", "hopes", "That nobody else reads this.");
        stage.end_rights("mia", "ana");
        mia.online();
        assert!(
            mia.student("ana").is_null() && !mia.holds("She sings."),
            "she keeps a receipt without the child's data"
        );
        assert_eq!(mia.parked().len(), 2);

        let mut cas = stage.wire_of("cas");
        let lost = about(&mut cas, "notReceived{what code words by{name}}")["notReceived"].clone();
        let mut lost: Vec<Value> = lost.as_array().cloned().unwrap_or_default();
        lost.sort_by_key(|one| one["what"].to_string());
        let of = |what: &str, words: Value| json!({"what": what, "code": "NOT_FOUND", "words": words, "by": {"name": "Mia Story"}});
        assert_eq!(lost, [of("EditInput", Value::Null), of("EditStatement", json!("She sings."))]);
        let mut pat = stage.wire_of("pat");
        assert_eq!(about(&mut pat, "notReceived{what}")["notReceived"], json!([]), "it is not for everybody");
    }
}
