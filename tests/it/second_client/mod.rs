//! Whether `docs/sync.md` is enough: a client that knows nothing but the page takes part, beside
//! the phones that share our code.

mod client;
mod rows;

use domain::family::statement_of;
use serde_json::{Value, json};
use tests::{World, names};
use uuid::Uuid;

use self::client::{Client, seen, sum};
use self::rows::rows_of;
use crate::protocol_page::example;

/// The visit that the page logs.
const VISIT: Uuid = Uuid::from_u128(0x0190a000_0000_7000_8000_000000000002);

/// The one operation of the page's push, as it is written there.
fn logged() -> String {
    let push = example("push");
    let from = push.find("\"operations\":[").expect("operations") + "\"operations\":[".len();
    push[from..push.rfind("],\n \"forgotten\"").expect("their end")].to_owned()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

#[test]
fn the_push_on_the_page_is_taken_as_the_page_says_and_for_ever() {
    for stage in World::of_ana().on_each_engine() {
        let mut pat = Client::sign_in(&stage.server.address());
        let told = json(&example("push-reply"));
        assert_eq!(pat.push_as_written(&example("push")), told);
        assert_eq!(pat.push_as_written(&example("push")), told);
        // Without the rest of the page's push, the operation's bytes are the same.
        assert_eq!(pat.push(1, &[&logged()])["verdicts"], told["verdicts"]);
        assert_eq!(stage.notes("ana"), ["Said /r/ in “red” and “carrot”."]);
    }
}

#[test]
fn a_gap_and_a_fork_store_nothing_and_another_store_goes_on_with_the_same_bytes() {
    for stage in World::of_ana().on_each_engine() {
        let mut pat = Client::sign_in(&stage.server.address());
        let gap = pat.push(2, &[&logged()]);
        assert_eq!((&gap["answer"], &gap["number"]), (&json!("expected"), &json!(1)));
        pat.push(1, &[&logged()]);
        let other = logged().replace("carrot", "parrot");
        assert_eq!(pat.push(1, &[&other])["answer"], "forked");

        let mut anew = Client::sign_in_as(&stage.server.address(), "pat@example.org");
        assert_eq!(anew.push(1, &[&logged()])["verdicts"], json(&example("push-reply"))["verdicts"]);
        assert_eq!(stage.notes("ana").len(), 1);
    }
}

#[test]
fn what_was_logged_reaches_both_kinds_of_client_and_the_sums_are_right() {
    for stage in World::of_ana().on_each_engine() {
        let address = stage.server.address();
        let (mut pat, mut mia) = (Client::sign_in(&address), Client::sign_in_as(&address, "mia@example.org"));
        let mut fred = stage.phone_of("fred");
        assert!(mia.pull() > 0);
        pat.push_as_written(&example("push"));

        assert_eq!(mia.pull(), 2, "the visit and its point");
        assert_eq!(mia.pull(), 0);
        let visit = mia.record("visit", VISIT).expect("it came");
        assert_eq!(visit["m"]["by"], json!(names::person("pat")));
        fred.sync();
        assert_eq!(fred.notes("ana"), stage.notes("ana"));

        fred.edit_statement("ana", "vision", "She reads.");
        assert_eq!(mia.pull(), 1);
        let statement = mia.record("statement", statement_of(names::student("ana")).0).expect("it came");
        assert_eq!(statement["f"]["vision"], "She reads.");
    }
}

#[test]
fn a_copy_that_lost_a_row_gets_that_row_again_and_no_other() {
    for stage in World::of_ana().on_each_engine() {
        let mut pat = Client::sign_in(&stage.server.address());
        pat.push_as_written(&example("push"));
        pat.pull();
        let scopes = pat.lose("visit", VISIT);
        assert!(!scopes.is_empty() && pat.record("visit", VISIT).is_none());
        assert_eq!(pat.pull_and_compare(&scopes), scopes.len());
        assert!(pat.record("visit", VISIT).is_some());
    }
}

#[test]
fn two_guardians_disagree_and_one_of_them_chooses() {
    for stage in World::of_ana().on_each_engine() {
        let address = stage.server.address();
        let (mut mia, mut fred) = (Client::sign_in_as(&address, "mia@example.org"), stage.phone_of("fred"));
        mia.pull();
        fred.edit_statement("ana", "vision", "She reads.");
        let edit = operation(
            1,
            "EditStatement",
            &json!({
                "student": names::student("ana"), "field": "vision",
                "base": {"seen": seen(&Value::Null)}, "value": "She reads aloud.",
            }),
        );
        assert_eq!(mia.push(1, &[&edit])["verdicts"][0]["verdict"]["is"], "conflict");

        mia.pull();
        let id = statement_of(names::student("ana")).0;
        let versions = mia.record("statement", id).expect("it came")["o"]["vision"].clone();
        let shown = |version: &Value| json!({"op": version["op"], "seen": seen(&version["value"])});
        let saw: Vec<Value> = versions.as_array().expect("versions").iter().map(shown).collect();
        assert_eq!(saw.len(), 2);
        let choice = operation(
            2,
            "Resolve",
            &json!({
                "kind": "statement", "record": id, "student": names::student("ana"), "field": "vision",
                "saw": saw, "value": "She reads aloud, every day.",
            }),
        );
        assert_eq!(mia.push(2, &[&choice])["verdicts"][0]["verdict"]["is"], "applied");
        mia.pull();
        assert!(mia.record("statement", id).expect("it stays")["o"].is_null());
        fred.sync();
        assert_eq!(fred.statement("ana", "vision"), "She reads aloud, every day.");
    }
}

#[test]
fn whose_rights_ended_forgets_and_says_so() {
    for stage in World::of_ana().on_each_engine() {
        let mut mia = Client::sign_in_as(&stage.server.address(), "mia@example.org");
        mia.pull();
        assert_eq!(mia.ids("goal").len(), 1);
        stage.end_rights("mia", "ana");
        mia.push(1, &[]);
        mia.pull();
        let ana = names::student("ana").0.simple().to_string();
        assert!(mia.ids("goal").is_empty() && mia.scopes().iter().all(|scope| !scope.contains(&ana)));
        assert_eq!(mia.push(1, &[])["answer"], "taken");
        assert_eq!(mia.pull(), 0);
    }
}

#[test]
fn the_sums_on_the_page_are_those_of_its_rows() {
    let page = &json(&example("page"))["page"];
    for told in page["sums"].as_array().expect("sums") {
        let rows = rows_of(page);
        let alive = rows.iter().filter(|row| json!(row.scope) == told[0] && !row.record.is_null());
        let (live, total) = sum(alive.map(|row| (row.kind.as_str(), row.id, row.version)));
        assert_eq!((&told[1], &told[2]), (&json!(live), &json!(total)));
    }
}

/// An operation of the second client, written once.
fn operation(n: u128, name: &str, body: &Value) -> String {
    let id = Uuid::from_u128(0x0190a000_0000_7000_9000_000000000000 + n);
    json!({"id": id, "name": name, "v": 1, "at": {"device": 1_790_000_000_000_000_i64, "offset": 0}, "body": body})
        .to_string()
}
