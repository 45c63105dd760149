//! What of a record was given to parties outside, and who asked for it (34 CFR 99.32, 300.614;
//! domain.md P05): written down once, read by the family, and made by itself with a copy.

use serde_json::{Value, json};
use tests::{Stage, Wire, World, names};
use uuid::Uuid;

use crate::record_copy::{Copy, ask};

fn world() -> World {
    World::of_ana().teacher("tom").director("dora").office("ona").student("ben").guardian("gus")
}

fn ana() -> String {
    names::node("stu", names::student("ana"))
}

/// The day it is at the school.
fn today(stage: &Stage) -> String {
    stage.server.clock.date().date_naive().to_string()
}

/// What the director writes: to another school, unless `more` says otherwise.
fn given(stage: &Stage, n: u128, more: &Value) -> Value {
    let mut input = json!({"operationId": Uuid::from_u128(n), "student": ana(), "on": today(stage),
        "party": "Lincoln Middle School", "interest": "She enrolls there", "basis": "OTHER_SCHOOL",
        "what": "The plan and the last report"});
    if let (Some(input), Some(more)) = (input.as_object_mut(), more.as_object()) {
        input.extend(more.clone());
    }
    input
}

/// Sends it, and says what has to be put right.
fn write(desk: &mut Wire, mutation: &str, input: &Value) -> Vec<String> {
    let name = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
    let query = format!("mutation($i:{name}!){{{mutation}(input:$i){{userErrors{{code field}}}}}}");
    let answer = desk.graphql(&query, &json!({"i": input}));
    if let Some(code) = answer["errors"][0]["extensions"]["code"].as_str() {
        return vec![code.to_owned()];
    }
    let errors = answer["data"][mutation]["userErrors"].as_array().cloned().unwrap_or_default();
    let say = |error: &Value| {
        let field: Vec<&str> = error["field"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        format!("{} {}", error["code"].as_str().unwrap_or_default(), field.join("."))
    };
    errors.iter().map(say).collect()
}

/// The list as somebody reads it.
fn list(reader: &mut Wire, fields: &str) -> Value {
    let query = format!("query($id:ID!){{node(id:$id){{...on Student{{disclosures{{{fields}}}}}}}}}");
    let answer = reader.ask(&query, &json!({"id": ana()}));
    answer["node"]["disclosures"].clone()
}

#[test]
fn a_family_reads_to_whom_outside_something_was_given_why_and_by_what_right() {
    for stage in world().on_each_engine() {
        let mut dora = stage.wire_of("dora");
        let emergency = json!({"on": "2026-09-01", "party": "County hospital", "interest": "To treat her",
            "basis": "EMERGENCY", "threat": "A seizure on the bus that did not stop",
            "what": "What her plan says of seizures, by telephone"});
        assert_eq!(write(&mut dora, "disclosureRecord", &given(&stage, 1, &emergency)), [""; 0]);
        assert_eq!(write(&mut dora, "disclosureRecord", &given(&stage, 2, &json!({}))), [""; 0]);
        let asked = json!({"operationId": Uuid::from_u128(3), "student": ana(), "on": "2026-09-02",
            "party": "A company", "interest": "To sell lessons", "what": "Her scores"});
        assert_eq!(write(&mut dora, "disclosureRequestRecord", &asked), [""; 0]);

        for reader in ["mia", "fred", "cas", "dora"] {
            let seen = list(&mut stage.wire_of(reader), "on act party interest rule threat what recordedBy{name}");
            let expected = json!([
                {"on": today(&stage), "act": "DISCLOSED", "party": "Lincoln Middle School", "threat": null,
                    "interest": "She enrolls there", "rule": "34 CFR 99.31(a)(2), 99.34",
                    "what": "The plan and the last report", "recordedBy": {"name": "Dora Story"}},
                {"on": "2026-09-02", "act": "REQUESTED", "party": "A company", "interest": "To sell lessons",
                    "rule": null, "threat": null, "what": "Her scores", "recordedBy": {"name": "Dora Story"}},
                {"on": "2026-09-01", "act": "DISCLOSED", "party": "County hospital", "interest": "To treat her",
                    "rule": "34 CFR 99.31(a)(10), 99.36", "threat": "A seizure on the bus that did not stop",
                    "what": "What her plan says of seizures, by telephone", "recordedBy": {"name": "Dora Story"}},
            ]);
            assert_eq!(seen, expected, "{reader}");
        }
        for nobody in ["tom", "pat", "ona"] {
            assert_eq!(list(&mut stage.wire_of(nobody), "id"), json!([]), "{nobody}");
        }
        for (n, nobody) in (4..).zip(["mia", "cas", "ona", "gus"]) {
            let written = write(&mut stage.wire_of(nobody), "disclosureRecord", &given(&stage, n, &json!({})));
            assert_eq!(written, ["NOT_FOUND"], "{nobody}");
        }
    }
}

#[test]
fn an_entry_is_refused_that_does_not_say_what_the_law_asks_for() {
    let stage = world().on_sqlite();
    let mut dora = stage.wire_of("dora");
    #[rustfmt::skip]
    let table = [
        // 34 CFR 99.32(a)(5)(i): the articulable and significant threat.
        (json!({"basis": "EMERGENCY"}),                             "INVALID threat"),
        // 34 CFR 99.30(b), 99.35(a)(3): which consent, which agreement.
        (json!({"basis": "CONSENT"}),                               "INVALID paper"),
        (json!({"basis": "EVALUATION", "paper": " "}),              "INVALID paper"),
        // 34 CFR 99.32(a)(3): the parties and their legitimate interests.
        (json!({"party": ""}),                                      "INVALID party"),
        (json!({"interest": " "}),                                  "INVALID interest"),
        (json!({"on": "2030-01-01"}),                               "INVALID on"),
        (json!({"corrects": names::node("dsc", Uuid::from_u128(404))}), "INVALID corrects"),
    ];
    for (n, (more, error)) in (10..).zip(table) {
        assert_eq!(write(&mut dora, "disclosureRecord", &given(&stage, n, &more)), [error], "{more}");
    }
    assert_eq!(list(&mut dora, "id"), json!([]));
}

#[test]
fn a_wrong_entry_stays_and_another_says_so_once() {
    for stage in world().on_each_engine() {
        let mut dora = stage.wire_of("dora");
        for _ in 0..2 {
            let again = write(&mut dora, "disclosureRecord", &given(&stage, 1, &json!({})));
            assert_eq!(again, [""; 0], "the same again is the same entry");
        }
        let wrong = list(&mut dora, "id")[0]["id"].clone();
        let right = json!({"corrects": wrong, "party": "Washington Middle School"});
        assert_eq!(write(&mut dora, "disclosureRecord", &given(&stage, 2, &right)), [""; 0]);
        let twice = json!({"operationId": Uuid::from_u128(3), "disclosure": wrong, "why": "Nothing was sent."});
        assert_eq!(write(&mut dora, "disclosureWithdraw", &twice), ["INVALID corrects"]);

        let entries = list(&mut dora, "id party corrects");
        let second =
            entries.as_array().into_iter().flatten().find(|one| one["corrects"] == wrong).expect("it is there");
        let withdraw =
            json!({"operationId": Uuid::from_u128(4), "disclosure": second["id"], "why": "Nothing was sent."});
        assert_eq!(write(&mut dora, "disclosureWithdraw", &withdraw), [""; 0]);

        let seen = list(&mut stage.wire_of("mia"), "act party what corrects correctedBy");
        let mut seen = seen.as_array().cloned().unwrap_or_default();
        seen.sort_by_key(|one| one["corrects"].as_str().map(|id| id != wrong));
        let said: Vec<_> = seen.iter().map(|one| (&one["act"], &one["party"], one["correctedBy"].is_null())).collect();
        let (given, mistaken) = (json!("DISCLOSED"), json!("MISTAKEN"));
        let names = ["Lincoln Middle School", "Washington Middle School", ""].map(|name| json!(name));
        assert_eq!(said, [(&given, &names[0], false), (&given, &names[1], false), (&mistaken, &names[2], true)]);
    }
}

fn to_a_school(n: u128) -> Value {
    json!({"disclosure": {"operationId": Uuid::from_u128(n), "party": "Lincoln Middle School",
        "interest": "She enrolls there", "basis": "otherSchool", "what": "A copy of the record"}})
}

#[test]
fn a_copy_for_a_party_outside_is_written_down_in_the_same_act_and_holds_no_guardians_own() {
    for stage in world().on_each_engine() {
        stage.phone_of("pat").log_visit("ana", "Read two pages aloud.");
        let (mut mia, mut dora) = (stage.phone_of("mia"), stage.wire_of("dora"));
        mia.edit_statement("ana", "vision", "She reads to her brother.");
        mia.write_input("ana", "concerns", "She tires after lunch.");
        mia.submit_input("ana");

        let copy = Copy::of(&ask(&mut dora, &to_a_school(1)));
        assert!(copy.says("Read two pages aloud.") && copy.says("She reads to her brother."));
        assert!(!copy.says("She tires after lunch."), "it is between Mia and the school");
        assert_eq!(copy.json["madeFor"], "party");
        assert_eq!(copy.json["givenTo"]["rule"], "34 CFR 99.31(a)(2), 99.34");
        assert_eq!((&copy.json["looks"], &copy.json["disclosures"]), (&json!([]), &json!([])));
        // 34 CFR 99.33(d): the party is told that it may not hand it on.
        assert!(copy.says("Lincoln Middle School") && copy.pages().contains("(34CFR99.33)"));
        assert_eq!(ask(&mut dora, &to_a_school(1)).status, 200, "the download was lost");

        let seen = list(&mut stage.wire_of("fred"), "party what copied on");
        let entry = json!({"party": "Lincoln Middle School", "what": "A copy of the record", "copied": true,
            "on": today(&stage)});
        assert_eq!(seen, json!([entry]), "once");
        for (reader, names_it) in [("mia", true), ("dora", true)] {
            let own = Copy::of(&ask(&mut stage.wire_of(reader), &json!({})));
            assert_eq!(own.says("Lincoln Middle School"), names_it, "{reader}");
        }
    }
}

#[test]
fn what_cannot_be_written_down_is_not_given() {
    let stage = world().on_sqlite();
    for nobody in ["mia", "cas", "ona", "gus"] {
        assert_eq!(ask(&mut stage.wire_of(nobody), &to_a_school(1)).status, 404, "{nobody}");
    }
    let mut dora = stage.wire_of("dora");
    let mut nameless = to_a_school(2);
    nameless["disclosure"]["party"] = json!("");
    assert_eq!(ask(&mut dora, &nameless).status, 400);
    let refuse = "CREATE TRIGGER full BEFORE INSERT ON disclosure BEGIN SELECT RAISE(FAIL, 'the disk is full'); END";
    stage.server.database().write(|db| Ok(db.batch(refuse)?)).expect("a trigger");
    assert_eq!(ask(&mut dora, &to_a_school(3)).status, 503);
    assert_eq!(list(&mut dora, "id"), json!([]));
    let log = "query($id:ID!){node(id:$id){...on Student{accessLog{topics}}}}";
    assert_eq!(dora.ask(log, &json!({"id": ana()}))["node"]["accessLog"], json!([]), "nothing left, nobody took it");
}

#[test]
fn nothing_is_written_down_of_a_child_who_is_not_there() {
    for stage in world().on_each_engine() {
        let nobody = json!({"student": names::node("stu", Uuid::from_u128(0xbad))});
        assert_eq!(write(&mut stage.wire_of("dora"), "disclosureRecord", &given(&stage, 1, &nobody)), ["NOT_FOUND"]);
    }
}
