//! How long records are kept, what keeps one longer, and that a family is told when theirs is no longer
//! needed (34 CFR 300.624, 99.10(e); domain.md P10).

use chrono::{Days, TimeDelta};
use domain::Intent;
use domain::record_request::{AskOfRecord, Asks};
use serde_json::{Value, json};
use sync::{OperationId, RecordId, Verdict};
use tests::names::{self, AGENCY, node};
use tests::wire::operation;
use tests::{Stage, Wire, World};
use uuid::Uuid;

fn world() -> World {
    World::of_ana().director("dora").office("ona").student("ben").guardian("gus")
}

fn ana() -> String {
    node("stu", names::student("ana"))
}

/// Sends it, and says what has to be put right.
fn write(desk: &mut Wire, mutation: &str, n: u128, more: Value) -> Vec<String> {
    let name = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
    let query = format!("mutation($i:{name}!){{{mutation}(input:$i){{userErrors{{code field}}}}}}");
    let mut input = more;
    input["operationId"] = json!(Uuid::from_u128(n));
    let answer = desk.graphql(&query, &json!({"i": input}));
    if let Some(code) = answer["errors"][0]["extensions"]["code"].as_str() {
        return vec![code.to_owned()];
    }
    let errors = answer["data"][mutation]["userErrors"].as_array().cloned().unwrap_or_default();
    let say = |error: &Value| format!("{} {}", error["code"].as_str().unwrap_or_default(), error["field"][0]);
    errors.iter().map(say).collect()
}

/// What the director reads of the keeping of Ana's record.
fn keeping(desk: &mut Wire) -> Value {
    let query = "query($id:ID!){node(id:$id){...on Student{retention{leftOn keptUntil obstacles \
                 holds{id reason liftedWhy} notices{on told}}}}}";
    desk.ask(query, &json!({"id": ana()}))["node"]["retention"].clone()
}

fn obstacles(desk: &mut Wire) -> Value {
    keeping(desk)["obstacles"].clone()
}

/// Whose records are no longer needed, by name.
fn due(desk: &mut Wire) -> Value {
    let query = "query($id:ID!){agency(id:$id){noLongerNeeded{name}}}";
    desk.ask(query, &json!({"id": agency()}))["agency"]["noLongerNeeded"].clone()
}

fn agency() -> String {
    format!("agy_{}", AGENCY.0.simple())
}

fn five_years() -> Value {
    json!({"agency": agency(), "years": 5, "law": "State records manual, schedule 7"})
}

/// She left so many days ago.
fn left(stage: &Stage, days: u64) {
    let at = stage.server.clock.date() - Days::new(days);
    let leave = |db: &mut _| server::testing::student_leaves(db, AGENCY, names::student("ana"), at);
    stage.server.database().write(leave).expect("she left");
}

#[test]
fn without_a_schedule_everything_is_kept_for_ever_and_with_one_for_its_years() {
    for stage in world().on_each_engine() {
        let mut dora = stage.wire_of("dora");
        assert_eq!(obstacles(&mut dora), json!(["STILL_HERE", "NO_SCHEDULE"]));
        left(&stage, 5 * 366);
        assert_eq!(obstacles(&mut dora), json!(["NO_SCHEDULE"]));
        assert_eq!(due(&mut dora), json!([]));

        for (n, wrong, field) in [(1, json!(-1), "years"), (2, json!(101), "years")] {
            let mut input = five_years();
            input["years"] = wrong;
            assert_eq!(write(&mut dora, "retentionRuleSet", n, input), [format!("INVALID {field:?}")]);
        }
        for _ in 0..2 {
            assert_eq!(write(&mut dora, "retentionRuleSet", 3, five_years()), [""; 0]);
        }
        assert_eq!(obstacles(&mut dora), json!(["NOT_TOLD"]));
        assert_eq!(due(&mut dora), json!([{"name": "Ana Story"}]));

        stage.pass(TimeDelta::minutes(1));
        let mut ten = five_years();
        ten["years"] = json!(10);
        assert_eq!(write(&mut dora, "retentionRuleSet", 4, ten), [""; 0]);
        assert_eq!(obstacles(&mut dora), json!(["NOT_YET"]));
        stage.pass(TimeDelta::minutes(1));
        let mut for_ever = five_years();
        for_ever["years"] = Value::Null;
        assert_eq!(write(&mut dora, "retentionRuleSet", 5, for_ever), [""; 0]);
        assert_eq!((obstacles(&mut dora), due(&mut dora)), (json!(["NO_SCHEDULE"]), json!([])));
    }
}

#[test]
fn a_hold_keeps_a_record_until_somebody_lifts_it() {
    for stage in world().on_each_engine() {
        let mut dora = stage.wire_of("dora");
        assert_eq!(write(&mut dora, "retentionRuleSet", 1, five_years()), [""; 0]);
        left(&stage, 5 * 366);
        let hold = json!({"student": ana(), "reason": "A complaint to the state"});
        for _ in 0..2 {
            assert_eq!(write(&mut dora, "retentionHoldPlace", 2, hold.clone()), [""; 0], "the same is the same");
        }
        let seen = keeping(&mut dora);
        assert_eq!(seen["obstacles"], json!(["HELD", "NOT_TOLD"]));
        assert_eq!(seen["holds"].as_array().map(Vec::len), Some(1));
        let held = seen["holds"][0]["id"].clone();
        let nameless = json!({"retentionHold": held, "why": " "});
        assert_eq!(write(&mut dora, "retentionHoldLift", 3, nameless), ["INVALID \"why\""]);
        for (n, why) in [(4, "The complaint is decided"), (5, "Once more")] {
            assert_eq!(write(&mut dora, "retentionHoldLift", n, json!({"retentionHold": held, "why": why})), [""; 0]);
        }
        let seen = keeping(&mut dora);
        assert_eq!(seen["obstacles"], json!(["NOT_TOLD"]));
        assert_eq!(seen["holds"][0]["liftedWhy"], "The complaint is decided", "it is lifted once");
    }
}

/// 34 CFR 99.10(e): not while there is an outstanding request to inspect. 300.624(a): the parents are told.
#[test]
fn what_is_asked_of_a_record_keeps_it_and_its_family_is_told_before_it_goes() {
    for stage in world().on_each_engine() {
        let mut dora = stage.wire_of("dora");
        assert_eq!(write(&mut dora, "retentionRuleSet", 1, five_years()), [""; 0]);
        let request = RecordId(Uuid::from_u128(0xa1));
        let words = String::new();
        let asked = Intent::from(AskOfRecord {
            request,
            student: names::student("ana"),
            asks: Asks::See,
            words: words.clone(),
            instead: words,
            contests: None,
        });
        let body = Value::Object(asked.body());
        let sent = operation(OperationId(Uuid::from_u128(7)), asked.name(), stage.server.clock.now(), &body);
        assert_eq!(stage.wire_of("mia").verdicts(1, &[sent]), [Verdict::Applied]);
        left(&stage, 5 * 366);
        assert_eq!(obstacles(&mut dora), json!(["ASKED_TO_SEE", "NOT_TOLD"]));

        let shown = "mutation($i:RecordRequestAnswerInput!){recordRequestAnswer(input:$i){userErrors{code}}}";
        let answer = json!({"operationId": Uuid::from_u128(8), "request": node("req", request), "stage": "ANSWER",
            "granted": true, "words": "Shown on paper."});
        dora.ask(shown, &json!({"i": answer}));
        assert_eq!(obstacles(&mut dora), json!(["NOT_TOLD"]));

        let today = stage.server.clock.date().date_naive();
        let told = |on: String| json!({"student": ana(), "on": on, "told": "A letter to both parents"});
        let tomorrow = (today + Days::new(2)).to_string();
        assert_eq!(write(&mut dora, "retentionNoticeRecord", 9, told(tomorrow)), ["INVALID \"on\""]);
        let before = (today - Days::new(400)).to_string();
        assert_eq!(write(&mut dora, "retentionNoticeRecord", 10, told(before)), [""; 0]);
        assert_eq!(obstacles(&mut dora), json!(["NOT_TOLD"]), "it was not so then");
        stage.pass(TimeDelta::minutes(1));
        assert_eq!(write(&mut dora, "retentionNoticeRecord", 11, told(today.to_string())), [""; 0]);
        assert_eq!(obstacles(&mut dora), json!([]), "nothing stands in the way");
    }
}

#[test]
fn holds_are_for_who_answers_for_the_records_and_nobody_else() {
    let stage = world().on_sqlite();
    let mut dora = stage.wire_of("dora");
    let hold = json!({"student": ana(), "reason": "A lawsuit of a parent"});
    assert_eq!(write(&mut dora, "retentionHoldPlace", 1, hold.clone()), [""; 0]);
    let held = keeping(&mut dora)["holds"][0]["id"].clone();
    for (n, name) in (10..).step_by(10).zip(["mia", "cas", "pat", "ona", "gus"]) {
        let mut wire = stage.wire_of(name);
        assert_eq!(keeping(&mut wire), Value::Null, "{name}");
        assert_eq!(write(&mut wire, "retentionHoldPlace", n, hold.clone()), ["NOT_FOUND"], "{name}");
        let lift = json!({"retentionHold": held, "why": "It is mine"});
        assert_eq!(write(&mut wire, "retentionHoldLift", n + 1, lift), ["NOT_FOUND"], "{name}");
        assert_eq!(write(&mut wire, "retentionRuleSet", n + 2, five_years()), ["NOT_FOUND"], "{name}");
    }
    assert_eq!(obstacles(&mut dora), json!(["STILL_HERE", "NO_SCHEDULE", "HELD"]));
}
