//! Codes with which people sign in for the first time, or again when they cannot any more.

use serde_json::{Value, json};
use tests::names::{self, node, person};
use tests::{Stage, Wire, World};
use uuid::Uuid;

const NEW: &str = "another sentence that nobody guesses";

/// Ana's world with a director, the office, and Ben whose mother is Ana's father's colleague.
fn world() -> World {
    World::of_ana().director("dora").office("ona").student("ben").guardian("mia").provider("pat", "speech")
}

fn make(desk: &mut Wire, who: &str, ends: bool) -> Value {
    let input = json!({"operationId": Uuid::new_v4(), "person": node("per", person(who)), "endsSignIns": ends});
    let query = "mutation($i: EntryCodeCreateInput!) {
        entryCodeCreate(input: $i) { code invitation { madeBy { name } endsSignIns } userErrors { code } }
    }";
    desk.graphql(query, &json!({"i": input}))
}

fn code_for(desk: &mut Wire, who: &str, ends: bool) -> String {
    let made = make(desk, who, ends);
    made["data"]["entryCodeCreate"]["code"].as_str().unwrap_or_else(|| panic!("a code: {made}")).to_owned()
}

/// The status with which a code is answered, and who that is then.
fn redeem(stage: &Stage, code: &str, login: &str, password: &str) -> (u16, Value) {
    let device = json!({"kind": "phone", "name": "A phone", "store": Uuid::new_v4()});
    let body = json!({"code": code, "login": login, "password": password, "device": device});
    let answer = tests::Http::new(&stage.server.address()).post_json("/auth/redeem", None, &body);
    (answer.status, answer.json()["account"].clone())
}

fn sign_in(stage: &Stage, login: &str, password: &str) -> u16 {
    let device = json!({"kind": "phone", "name": "A phone", "store": Uuid::new_v4()});
    let body = json!({"login": login, "password": password, "device": device});
    tests::Http::new(&stage.server.address()).post_json("/auth/sign-in", None, &body).status
}

#[test]
fn whoever_forgot_everything_gets_in_by_a_code_to_the_same_account_and_nothing_is_lost() {
    for stage in world().on_each_engine() {
        let mut phone = stage.phone_of("pat");
        phone.offline();
        phone.log_visit("ana", "Worked on /r/.");
        let code = code_for(&mut stage.wire_of("dora"), "pat", false);
        let (status, account) = redeem(&stage, &code, "pat.anew", NEW);
        assert_eq!((status, &account["id"]), (200, &json!(names::account("pat"))));
        assert_eq!(account["login"], "pat.anew");
        assert_eq!(sign_in(&stage, &names::login("pat"), names::PASSWORD), 401, "the old way has ended");
        assert_eq!(sign_in(&stage, "pat.anew", NEW), 200);
        assert_eq!(redeem(&stage, &code, "pat.anew", NEW).0, 200, "the reply may have been lost");
        assert_eq!(redeem(&stage, &code, "eve", NEW).0, 404, "a code works once");

        phone.online();
        assert_eq!((phone.state(), stage.notes("ana")), ("ready".into(), vec!["Worked on /r/.".into()]));
    }
}

#[test]
fn a_recovery_that_ends_sign_ins_shuts_out_whoever_holds_the_old_phone() {
    for stage in world().on_each_engine() {
        let mut thief = stage.wire_of("mia");
        let passkey = stage.passkey_of("mia");
        assert!(passkey.is_string());
        let code = code_for(&mut stage.wire_of("ona"), "mia", true);
        assert!(thief.ask("{viewer{login}}", &Value::Null)["viewer"]["login"].is_string(), "until it is used");
        assert_eq!(redeem(&stage, &code, &names::login("mia"), NEW).0, 200);
        let push = thief.request(1, &[]);
        assert_eq!(thief.refused(&push), "UNAUTHENTICATED");
        let (refresh, store) = (thief.refresh.clone(), thief.store);
        assert_eq!(thief.present(&refresh, store).status, 401);
        let mut mia = stage.phone();
        mia.sign_in_with("mia", NEW);
        assert_eq!(mia.state(), "ready");
        let dora = &mut stage.wire_of("ona");
        let query = "query($p: ID!) { node(id: $p) { ... on Person { entry { password passkeys } } } }";
        let entry = dora.ask(query, &json!({"p": node("per", person("mia"))}));
        assert_eq!(entry["node"]["entry"], json!({"password": true, "passkeys": 0}));
    }
}

#[test]
fn a_newer_code_ends_the_older_and_the_history_says_who_made_each() {
    for stage in world().on_each_engine() {
        let (mut dora, mut ona) = (stage.wire_of("dora"), stage.wire_of("ona"));
        let older = code_for(&mut ona, "fred", false);
        stage.pass(chrono::TimeDelta::minutes(1));
        let newer = code_for(&mut dora, "fred", true);
        assert_eq!(redeem(&stage, &older, "fred.anew", NEW).0, 404);
        assert_eq!(redeem(&stage, &newer, "fred.anew", NEW).0, 200);
        let query = "query($p: ID!) { node(id: $p) { ... on Person { entry { invitations {
            madeBy { name } endsSignIns usedAt endedAt } } } } }";
        let asked = ona.ask(query, &json!({"p": node("per", person("fred"))}));
        let history: Vec<(&Value, bool, bool, bool)> = asked["node"]["entry"]["invitations"]
            .as_array()
            .expect("codes")
            .iter()
            .map(|code| {
                (
                    &code["madeBy"]["name"],
                    code["endsSignIns"] == true,
                    code["usedAt"].is_string(),
                    code["endedAt"].is_string(),
                )
            })
            .collect();
        assert_eq!(history, [(&json!("Ona Story"), false, false, true), (&json!("Dora Story"), true, true, false)]);
    }
}

#[test]
fn codes_are_made_by_those_who_may_and_for_those_who_see_less_than_they_do() {
    for stage in world().on_each_engine() {
        for (name, who, may) in [
            ("dora", "pat", true),
            ("dora", "ona", true),
            ("dora", "mia", true),
            ("ona", "mia", true),
            ("ona", "pat", false),
            ("ona", "dora", false),
            ("cas", "mia", false),
            ("pat", "mia", false),
            ("mia", "fred", false),
            ("mia", "mia", false),
        ] {
            let mut desk = stage.wire_of(name);
            let made = make(&mut desk, who, false);
            assert_eq!(made["data"]["entryCodeCreate"]["code"].is_string(), may, "{name} for {who}: {made}");
            if may {
                continue;
            }
            let nobody = json!({"operationId": Uuid::new_v4(), "person": node("per", Uuid::from_u128(0xbad)),
                "endsSignIns": false});
            let query = "mutation($i: EntryCodeCreateInput!) { entryCodeCreate(input: $i) { code } }";
            let blank = desk.graphql(query, &json!({"i": nobody}));
            assert_eq!(made["errors"][0]["extensions"], blank["errors"][0]["extensions"], "{name} for {who}");
            let query = "query($p: ID!) { node(id: $p) { ... on Person { entry { password } } } }";
            let seen = desk.ask(query, &json!({"p": node("per", person(who))}));
            assert!(seen["node"]["entry"].is_null(), "{name} of {who}: {seen}");
        }
    }
}

#[test]
fn a_code_opens_one_person_and_never_what_else_their_account_may_be() {
    for stage in world().on_each_engine() {
        // Ona of the office is also Dora, as far as signing in goes; a code for Ona must not open Dora.
        let dora = names::account("dora");
        let work = |db: &mut _| server::testing::link_account(db, names::AGENCY, person("ona"), dora);
        stage.server.database().write(work).expect("one account, two people");
        let code = code_for(&mut stage.wire_of("dora"), "ona", false);
        let (status, account) = redeem(&stage, &code, "ona.anew", NEW);
        assert_eq!(status, 200);
        assert_ne!(account["id"], json!(dora), "it is an account of its own");
        let people: Vec<&Value> =
            account["people"].as_array().expect("people").iter().map(|who| &who["name"]).collect();
        assert_eq!(people, ["Ona Story"]);
        assert_eq!(sign_in(&stage, &names::login("dora"), names::PASSWORD), 200, "and hers stays hers");
    }
}
