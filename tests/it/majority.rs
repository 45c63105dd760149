//! Coming of age: the day on which the rights of the parents are the student's own (34 CFR 300.520),
//! what stays with the parents, who stands for whom afterwards, and who may write any of it down.

use chrono::TimeDelta;
use domain::meeting::Reply;
use serde_json::{Value, json};
use tests::names::{AGENCY, contact, node, student};
use tests::{Stage, TestPhone, Wire, World};
use uuid::Uuid;

/// The day, as the roster and the law have it. Stories begin on the morning of the 21st.
const DAY: &str = "2026-09-23";

fn world() -> World {
    World::of_ana().meeting("annual plan").born("2008-09-23").director("dora").office("ona")
}

fn ana() -> String {
    node("stu", student("ana"))
}

/// One mutation, with an operation id of its own.
fn change(desk: &mut Wire, name: &str, mut input: Value, back: &str) -> Value {
    input["operationId"] = json!(Uuid::new_v4());
    let (first, rest) = name.split_at(1);
    let first = first.to_uppercase();
    let query = format!(
        "mutation($input: {first}{rest}Input!) {{ {name}(input: $input) {{ {back} userErrors {{ code field }} }} }}"
    );
    desk.graphql(&query, &json!({"input": input}))
}

/// What somebody has to put right; nothing after a success.
fn errors(desk: &mut Wire, name: &str, input: Value) -> Vec<String> {
    let answer = change(desk, name, input, "__typename");
    assert!(answer["errors"].is_null(), "{name}: {answer}");
    let errors = answer["data"][name]["userErrors"].as_array().cloned().unwrap_or_default();
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    errors.iter().map(|error| format!("{} {}", word(&error["code"]), word(&error["field"][0]))).collect()
}

fn law() -> Value {
    json!({"agency": format!("agy_{}", AGENCY.0.simple()), "age": 18, "law": "State code 1-2-3"})
}

fn record() -> Value {
    json!({"student": ana(), "on": DAY, "told": "In the plan, and a letter to both."})
}

/// What the page shows of it.
fn coming(desk: &mut Wire) -> Value {
    let query = "query($id: ID!) { node(id: $id) { ... on Student { comingOfAge {
        on tellBy law { age law } person { id hasAccount } rights { basis startsAt endsAt }
        recorded { id on law toldLate told recordedBy { name } withdrawnAt withdrawnEvidence } } } } }";
    desk.ask(query, &json!({"id": ana()}))["node"]["comingOfAge"].clone()
}

/// The director has written the law down and the office the day; it has come.
pub(crate) fn of_age(stage: &Stage) {
    assert_eq!(errors(&mut stage.wire_of("dora"), "majorityLawSet", law()), [""; 0]);
    assert_eq!(errors(&mut stage.wire_of("ona"), "majorityRecord", record()), [""; 0]);
    stage.pass(TimeDelta::hours(40));
}

/// Ana's own phone, by a code from the office.
pub(crate) fn phone_of_ana(stage: &Stage) -> TestPhone {
    let mut ona = stage.wire_of("ona");
    let person = coming(&mut ona)["person"]["id"].clone();
    let made = change(&mut ona, "entryCodeCreate", json!({"person": person, "endsSignIns": false}), "code");
    let mut phone = stage.phone();
    phone.redeem(made["data"]["entryCodeCreate"]["code"].as_str().unwrap_or_else(|| panic!("{made}")), "ana");
    phone
}

pub(crate) fn grants(stage: &Stage, who: &str, basis: &str) -> Vec<String> {
    let input = json!({"contact": node("con", contact(who, "ana")), "basis": basis, "evidence": "a paper, seen"});
    errors(&mut stage.wire_of("ona"), "rightsGrant", input)
}

#[test]
fn the_record_passes_to_the_student_on_the_day_and_the_parents_keep_notices_alone() {
    for stage in world().on_each_engine() {
        let (mut mia, mut cas) = (stage.phone_of("mia"), stage.phone_of("cas"));
        mia.edit_statement("ana", "vision", "She drives a car.");
        mia.write_input("ana", "hopes", "that she calls");
        let (mut dora, mut ona) = (stage.wire_of("dora"), stage.wire_of("ona"));
        assert_eq!(coming(&mut ona)["on"], Value::Null, "nobody knows the law");
        assert_eq!(errors(&mut ona, "majorityRecord", record()), ["INVALID at"]);
        let too_young = json!({"agency": law()["agency"], "age": 5, "law": "State code 1-2-3"});
        assert_eq!(errors(&mut dora, "majorityLawSet", too_young), ["INVALID age"]);
        assert_eq!(errors(&mut dora, "majorityLawSet", law()), [""; 0]);
        let known = coming(&mut ona);
        assert_eq!(
            (&known["on"], &known["tellBy"], &known["law"]["age"]),
            (&json!(DAY), &json!("2025-09-23"), &json!(18))
        );
        let elsewhen = json!({"student": ana(), "on": "2026-09-22", "told": "a letter"});
        assert_eq!(errors(&mut ona, "majorityRecord", elsewhen), ["INVALID at"], "not what the roster says");
        assert_eq!(errors(&mut ona, "majorityRecord", record()), [""; 0]);
        assert_eq!(errors(&mut ona, "majorityRecord", record()), ["EXISTS "]);
        let written = coming(&mut ona);
        assert_eq!((&written["recorded"][0]["toldLate"], &written["recorded"][0]["on"]), (&json!(true), &json!(DAY)));
        let early = json!({"person": written["person"]["id"], "endsSignIns": false});
        assert_eq!(errors(&mut ona, "entryCodeCreate", early), ["WITHOUT_RIGHTS person"], "a minor has nothing to see");
        mia.sync();
        assert!(mia.holds("She drives a car.") && mia.holds("reads aloud"), "until the day");

        stage.pass(TimeDelta::hours(40));
        mia.sync();
        assert!(!mia.holds("She drives a car.") && !mia.holds("reads aloud") && !mia.holds("that she calls"));
        assert!(mia.holds("annual plan"), "notices stay");
        let shown = mia.student("ana");
        assert_eq!(shown["mine"]["roles"][0]["role"], "notified");
        assert_eq!((&shown["statement"], &shown["input"], &shown["goals"]), (&Value::Null, &Value::Null, &json!([])));

        let mut ana = phone_of_ana(&stage);
        assert_eq!((ana.students(), ana.statement("ana", "vision")), (vec!["Ana".into()], "She drives a car.".into()));
        ana.edit_statement("ana", "vision", "I drive a car.");
        cas.sync();
        assert_eq!(stage.statement("ana", "vision"), "I drive a car.");
        let team = cas.student("ana")["team"].clone();
        let family = team.as_array().into_iter().flatten().filter(|one| one["role"] == "guardian");
        assert_eq!(family.map(|one| one["name"].clone()).collect::<Vec<_>>(), ["Ana Story"]);
    }
}

#[test]
fn a_parent_of_an_adult_reads_writes_and_answers_nothing_by_any_path() {
    for stage in world().on_each_engine() {
        let mut mia = stage.phone_of("mia");
        mia.offline();
        of_age(&stage);
        mia.edit_statement("ana", "vision", "too late");
        mia.answer("annual plan", Reply::Yes, "");
        mia.online();
        let refused = |name: &str| (name.to_owned(), "NOT_FOUND".to_owned());
        assert_eq!(mia.parked(), [refused("EditStatement"), refused("AnswerMeeting")]);
        assert_eq!(stage.statement("ana", "vision"), Value::Null);

        let mut desk = stage.wire_of("mia");
        let query = "query($id: ID!) { node(id: $id) { ... on Student {
            meetings { purpose answers { answer } } goals { id } visits { nodes { id } } familyStatement { id }
            parentInputs { id } contacts { id } contactAttempts { id } accessLog { __typename } notReceived { __typename }
            comingOfAge { on } conflicts { id } } } }";
        let seen = desk.ask(query, &json!({"id": ana()}))["node"].clone();
        assert_eq!(seen["meetings"], json!([{"purpose": "annual plan", "answers": []}]));
        for (part, value) in seen.as_object().expect("a student").iter().filter(|(part, _)| *part != "meetings") {
            let nothing = [json!([]), Value::Null, json!({"nodes": []})];
            assert!(nothing.contains(value), "{part}: {value}");
        }
        let goal = json!({"id": node("goa", tests::names::goal("reads aloud"))});
        assert!(desk.ask("query($id: ID!) { node(id: $id) { id } }", &goal)["node"].is_null());
    }
}

#[test]
fn who_stands_for_an_adult_does_so_on_other_grounds_than_a_parent() {
    for stage in world().on_each_engine() {
        assert_eq!(grants(&stage, "fred", "DELEGATE"), ["INVALID basis"], "she is a minor as far as anybody knows");
        of_age(&stage);
        let (mut ana, mut mia, mut fred) = (phone_of_ana(&stage), stage.phone_of("mia"), stage.phone_of("fred"));
        assert_eq!(grants(&stage, "mia", "PARENT"), ["INVALID basis"]);
        assert_eq!(grants(&stage, "mia", "DELEGATE"), [""; 0]);
        mia.sync();
        ana.sync();
        assert!(mia.holds("reads aloud") && ana.holds("reads aloud"), "she shares what is hers");

        assert_eq!(grants(&stage, "fred", "ADULT_GUARDIAN"), [""; 0]);
        fred.sync();
        ana.sync();
        assert!(fred.holds("reads aloud"));
        assert!(!ana.holds("reads aloud") && ana.students().is_empty(), "her own rights rest");
        let mut ona = stage.wire_of("ona");
        let query = "query($id: ID!) { node(id: $id) { ... on Student { contacts { person { name }
            rights { id basis endsAt notifiedFrom } } } } }";
        let contacts = ona.ask(query, &json!({"id": self::ana()}))["node"]["contacts"].clone();
        let of_fred = contacts.as_array().into_iter().flatten().find(|one| one["person"]["name"] == "Fred Story");
        let rights = of_fred.expect("fred")["rights"].as_array().cloned().unwrap_or_default();
        let on = |basis: &str| rights.iter().find(|right| right["basis"] == basis).cloned().unwrap_or_default();
        assert_eq!(on("PARENT")["endsAt"], "2026-09-23T05:00:00Z");
        assert_eq!(on("PARENT")["notifiedFrom"], "2026-09-23T05:00:00Z");
        assert_eq!(errors(&mut ona, "rightsEnd", json!({"right": on("ADULT_GUARDIAN")["id"]})), [""; 0]);
        fred.sync();
        ana.sync();
        assert!(ana.holds("reads aloud") && !fred.holds("reads aloud"));
        assert!(fred.holds("annual plan"));
        assert_eq!(errors(&mut ona, "rightsEnd", json!({"right": on("PARENT")["id"]})), [""; 0]);
        fred.sync();
        assert!(fred.students().is_empty(), "whose rights as a parent ended is not told of meetings");
    }
}

#[test]
fn a_day_that_was_wrong_is_taken_back_and_the_parents_have_what_they_had() {
    for stage in world().on_each_engine() {
        of_age(&stage);
        let (mut ana, mut mia) = (phone_of_ana(&stage), stage.phone_of("mia"));
        assert!(ana.holds("reads aloud") && !mia.holds("reads aloud"));
        let fact = coming(&mut stage.wire_of("ona"))["recorded"][0]["id"].clone();
        let input = json!({"majority": fact, "evidence": "birth certificate: 2009"});
        assert_eq!(errors(&mut stage.wire_of("ona"), "majorityWithdraw", input), [""; 0]);
        ana.sync();
        mia.sync();
        assert!(!ana.holds("reads aloud") && mia.holds("reads aloud"));
        let kept = coming(&mut stage.wire_of("cas"));
        assert_eq!(kept["recorded"][0]["withdrawnEvidence"], "birth certificate: 2009", "it stays in the history");
        assert!(kept["rights"][0]["endsAt"].is_string());
    }
}

#[test]
fn nobody_but_the_office_writes_a_day_down_and_nobody_but_the_director_the_law() {
    for stage in world().on_each_engine() {
        of_age(&stage);
        let fact = coming(&mut stage.wire_of("ona"))["recorded"][0]["id"].clone();
        let withdraw = json!({"majority": fact, "evidence": "because I say so"});
        for name in ["mia", "pat", "cas"] {
            let mut desk = stage.wire_of(name);
            let nowhere = node("maj", Uuid::from_u128(0xbad));
            let missing = json!({"majority": nowhere, "evidence": "because I say so"});
            let told = |answer: &Value| answer["errors"][0]["extensions"]["code"].clone();
            let tried = change(&mut desk, "majorityWithdraw", withdraw.clone(), "__typename");
            assert_eq!(told(&tried), "NOT_FOUND", "{name}: {tried}");
            let blank = change(&mut desk, "majorityWithdraw", missing, "__typename");
            assert_eq!(tried["errors"][0]["extensions"], blank["errors"][0]["extensions"], "{name}");
            assert_eq!(told(&change(&mut desk, "majorityRecord", record(), "__typename")), "NOT_FOUND", "{name}");
        }
        for name in ["mia", "pat", "cas", "ona"] {
            let tried = change(&mut stage.wire_of(name), "majorityLawSet", law(), "__typename");
            assert_eq!(tried["errors"][0]["extensions"]["code"], "NOT_FOUND", "{name}: {tried}");
        }
        assert!(phone_of_ana(&stage).holds("reads aloud"), "nothing was changed");
    }
}
