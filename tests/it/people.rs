//! What the office does about people, by the mutations that the web sends: contacts, rights,
//! codes, assignments, devices. Nobody else can, and to them it reads as if nothing was there.

use serde_json::{Value, json};
use tests::names::{contact, node, person, right, student};
use tests::{Wire, World};
use uuid::Uuid;

/// Ana's world with Nora, whom the roster calls her mother, and Ona of the office.
fn world() -> World {
    World::of_ana().contact("nora").office("ona").student("ben").guardian("mia").provider("pat", "speech")
}

/// One mutation: the name, what goes in beside an operation id, and what is asked back.
fn change(desk: &mut Wire, name: &str, mut input: Value, back: &str) -> Value {
    if input["operationId"].is_null() {
        input["operationId"] = json!(Uuid::new_v4());
    }
    let (first, rest) = name.split_at(1);
    let query = format!(
        "mutation($input: {}{rest}Input!) {{ {name}(input: $input) {{ {back} userErrors {{ code field }} }} }}",
        first.to_uppercase()
    );
    desk.graphql(&query, &json!({"input": input}))
}

/// What came of it: the payload of a mutation that was understood.
fn done(desk: &mut Wire, name: &str, input: Value, back: &str) -> Value {
    let answer = change(desk, name, input, back);
    assert!(answer["errors"].is_null(), "{answer}");
    answer["data"][name].clone()
}

fn refused(desk: &mut Wire, name: &str, input: Value) -> Value {
    done(desk, name, input, "__typename")["userErrors"][0].clone()
}

fn nora() -> String {
    node("con", contact("nora", "ana"))
}

fn grant() -> Value {
    json!({"contact": nora(), "basis": "PARENT", "evidence": "birth certificate"})
}

#[test]
fn a_contact_is_verified_gets_rights_a_code_and_sees_her_child_until_the_rights_end() {
    for stage in world().on_each_engine() {
        let mut ona = stage.wire_of("ona");
        let of_nora = json!({"contact": nora()});
        assert_eq!(refused(&mut ona, "rightsGrant", grant()), json!({"code": "INVALID", "field": ["contact"]}));
        assert_eq!(refused(&mut ona, "invitationCreate", of_nora.clone())["code"], "WITHOUT_RIGHTS");

        let back = "contact { verified rights { id basis evidence endsAt grantedBy { name } } }";
        let verify = json!({"contact": nora(), "verified": true});
        assert_eq!(done(&mut ona, "contactVerify", verify, back)["contact"]["verified"], true);
        let granted = done(&mut ona, "rightsGrant", grant(), back)["contact"]["rights"][0].clone();
        assert_eq!(granted["grantedBy"]["name"], "Ona Story");
        assert_eq!(refused(&mut ona, "rightsGrant", grant())["code"], "EXISTS", "rights are held once");

        let once = json!({"contact": nora(), "operationId": Uuid::new_v4()});
        let code = done(&mut ona, "invitationCreate", once.clone(), "code")["code"].clone();
        assert_eq!(done(&mut ona, "invitationCreate", once, "code")["code"], code, "the same click twice");
        let mut phone = stage.phone();
        phone.redeem(code.as_str().expect("a code"), "nora");
        assert_eq!(phone.students(), ["Ana"]);
        phone.edit_statement("ana", "vision", "She reads to her brother.");
        assert_eq!(refused(&mut ona, "invitationCreate", of_nora)["code"], "HAS_ACCOUNT");
        let mut other = stage.phone();
        other.redeem(code.as_str().expect("a code"), "eve");
        assert_eq!((other.state(), other.trouble()), ("signedOut".into(), "CODE_UNKNOWN".into()), "a code works once");

        let ended = done(&mut ona, "rightsEnd", json!({"right": granted["id"]}), back);
        assert!(ended["contact"]["rights"][0]["endsAt"].is_string());
        phone.sync();
        assert!(phone.students().is_empty());
        assert!(!phone.holds("reads aloud") && !phone.holds("She reads to her brother"));
        assert_eq!(stage.statement("ana", "vision"), "She reads to her brother.", "what she wrote stays");
    }
}

#[test]
fn whoever_does_not_keep_people_finds_what_is_not_there() {
    for stage in world().on_each_engine() {
        let nowhere = Uuid::from_u128(0xbad);
        #[rustfmt::skip]
        let table = [
            ("contactVerify",    json!({"contact": nora(), "verified": true}),               "contact"),
            ("rightsGrant",      grant(),                                                    "contact"),
            ("invitationCreate", json!({"contact": nora()}),                                 "contact"),
            ("rightsEnd",        json!({"right": node("rgt", right("fred", "ana"))}),        "right"),
            ("restrictionRecord", json!({"contact": nora(), "order": "none"}),               "contact"),
            ("assignmentCreate", json!({"student": node("stu", student("ana")), "person": node("per", person("pat")),
                                        "role": "PROVIDER", "service": "occupational"}),     "student"),
            ("assignmentEnd",    json!({"assignment": node("asg", tests::names::assignment("cas", "ana"))}), "assignment"),
        ];
        for name in ["mia", "pat", "cas"] {
            let mut desk = stage.wire_of(name);
            for (mutation, input, what) in &table {
                let tried = change(&mut desk, mutation, input.clone(), "__typename");
                let mut missing = input.clone();
                let prefix = input[what].as_str().and_then(|id| id.split('_').next()).unwrap_or_default();
                missing[what] = json!(node(prefix, nowhere));
                let blank = change(&mut desk, mutation, missing, "__typename");
                assert_eq!(tried["errors"][0]["extensions"]["code"], "NOT_FOUND", "{name} {mutation}: {tried}");
                assert_eq!(tried["errors"][0]["extensions"], blank["errors"][0]["extensions"], "{name} {mutation}");
            }
        }
        assert_eq!(stage.phone_of("fred").students(), ["Ana"], "nothing was changed");
    }
}

/// A parent has rights unless the agency holds an order to the contrary (34 CFR 99.4, 300.613(c)).
#[test]
fn an_order_of_a_court_takes_the_child_from_one_parents_phone_and_not_from_the_others() {
    for stage in world().on_each_engine() {
        let (mut ona, mut fred, mut mia) = (stage.wire_of("ona"), stage.phone_of("fred"), stage.phone_of("mia"));
        fred.offline();
        fred.edit_statement("ana", "vision", "his words");
        let of_fred = node("con", contact("fred", "ana"));
        let back = "contact { restrictions { id order startsAt liftedAt liftedEvidence recordedBy { name } } }";
        let record = json!({"contact": of_fred, "order": "Family court 26-114, seen by Ona"});
        assert_eq!(
            refused(&mut ona, "restrictionRecord", json!({"contact": of_fred, "order": ""})),
            json!({"code": "INVALID", "field": ["order"]})
        );
        let kept = done(&mut ona, "restrictionRecord", record.clone(), back)["contact"]["restrictions"][0].clone();
        assert_eq!(kept["recordedBy"]["name"], "Ona Story");
        assert!(kept["liftedAt"].is_null());
        assert_eq!(refused(&mut ona, "restrictionRecord", record)["code"], "EXISTS");

        fred.online();
        assert!(fred.students().is_empty() && !fred.holds("reads aloud"), "nothing is left in the files");
        assert_eq!(fred.parked(), [("EditStatement".into(), "NOT_FOUND".into())]);
        let ana = json!({"id": node("stu", student("ana"))});
        let read = "query($id: ID!) { node(id: $id) { id } }";
        assert!(stage.wire_of("fred").graphql(read, &ana)["data"]["node"].is_null());
        mia.sync();
        assert_eq!(mia.students(), ["Ana", "Ben"], "an order against one parent takes nothing from the other");

        let lift = json!({"restriction": kept["id"], "evidence": "Family court 26-201"});
        for name in ["mia", "fred", "cas"] {
            let tried = change(&mut stage.wire_of(name), "restrictionLift", lift.clone(), "__typename");
            assert_eq!(tried["errors"][0]["extensions"]["code"], "NOT_FOUND", "{name}");
        }
        let lifted = done(&mut ona, "restrictionLift", lift, back)["contact"]["restrictions"][0].clone();
        assert_eq!(lifted["liftedEvidence"], "Family court 26-201");
        fred.sync();
        assert_eq!(fred.students(), ["Ana"]);
    }
}

#[test]
fn a_colleague_is_assigned_sees_the_child_and_the_child_leaves_when_that_ends() {
    for stage in world().on_each_engine() {
        let mut ona = stage.wire_of("ona");
        let assign = |who: &str| json!({"student": node("stu", student("ben")), "person": node("per", person(who)), "role": "CASE_MANAGER"});
        let mut cas = stage.phone_of("cas");
        assert_eq!(cas.students(), ["Ana"]);
        assert_eq!(
            refused(&mut ona, "assignmentCreate", assign("mia")),
            json!({"code": "INVALID", "field": ["person"]})
        );

        let made = done(&mut ona, "assignmentCreate", assign("cas"), "assignment { id role person { name } }");
        assert_eq!(made["assignment"]["person"]["name"], "Cas Story");
        assert_eq!(refused(&mut ona, "assignmentCreate", assign("cas"))["code"], "EXISTS");
        cas.sync();
        assert_eq!(cas.students(), ["Ana", "Ben"]);

        let end = json!({"assignment": made["assignment"]["id"]});
        let ended = done(&mut ona, "assignmentEnd", end, "assignment { endsAt }");
        assert!(ended["assignment"]["endsAt"].is_string());
        cas.sync();
        assert_eq!(cas.students(), ["Ana"]);
    }
}

#[test]
fn a_lost_phone_is_signed_out_from_another_and_by_nobody_else() {
    for stage in world().on_each_engine() {
        let (mut lost, mut mia, mut pat) = (stage.phone_of("mia"), stage.wire_of("mia"), stage.wire_of("pat"));
        let list = |desk: &mut Wire| {
            let answer = desk.graphql("{viewer{devices{id kind current revokedAt}}}", &Value::Null);
            answer["data"]["viewer"]["devices"].as_array().cloned().unwrap_or_default()
        };
        let devices = list(&mut mia);
        assert_eq!(devices.len(), 2);
        let other = devices.iter().find(|device| device["current"] == false).expect("the phone");
        let revoke = json!({"device": other["id"]});

        let tried = change(&mut pat, "deviceRevoke", revoke.clone(), "__typename");
        assert_eq!(tried["errors"][0]["extensions"]["code"], "NOT_FOUND");
        lost.sync();
        assert_eq!(lost.students(), ["Ana", "Ben"]);

        done(&mut mia, "deviceRevoke", revoke, "device { revokedAt }");
        lost.sync();
        assert_eq!((lost.state(), lost.trouble()), ("signedOut".into(), "DEVICE_REVOKED".into()));
        assert!(!lost.holds("reads aloud"), "its copy is destroyed");
        let left: Vec<_> = list(&mut mia).into_iter().filter(|device| device["revokedAt"].is_null()).collect();
        assert_eq!((left.len(), &left[0]["current"]), (1, &json!(true)));
    }
}

#[test]
fn an_agency_is_nobodys_business_who_is_not_signed_in() {
    let stage = world().on_sqlite();
    let mut nobody = stage.wire_of("pat");
    nobody.access = String::new();
    let query = format!("{{ agency(id: \"agy_{}\") {{ name }} viewer {{ id }} }}", tests::names::AGENCY.0.simple());
    let answer = nobody.http.post_json("/graphql", None, &json!({"query": query})).json();
    assert_eq!(answer, json!({"data": {"agency": null, "viewer": null}}));
}
