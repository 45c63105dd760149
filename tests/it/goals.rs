//! Goals, written at a desk; and what a desk is offered at all.

use serde_json::{Value, json};
use tests::{Stage, World};

const STUDENTS: &str = "{viewer{people{agency{students(first:5){nodes{id can}}}}}}";

fn ana_for(stage: &Stage, name: &str) -> Value {
    let answer = stage.wire_of(name).graphql(STUDENTS, &json!({}));
    answer["data"]["viewer"]["people"][0]["agency"]["students"]["nodes"][0].clone()
}

#[test]
fn a_page_is_told_what_its_reader_may_do_and_no_more() {
    let stage = World::of_ana().on_sqlite();
    let table = [
        (
            "cas",
            json!([
                "SEE_GOALS",
                "SEE_VISITS",
                "SEE_MEETINGS",
                "SEE_STATEMENT",
                "SEE_INPUT",
                "SEE_CONTACTS",
                "SEE_NOT_RECEIVED",
                "SEE_REQUESTS",
                "SEE_DISCLOSURES",
                "WRITE_GOAL",
                "CALL_MEETING",
                "LOG_ATTEMPT",
                "REVIEW"
            ]),
        ),
        ("pat", json!(["SEE_GOALS", "SEE_VISITS", "SEE_MEETINGS"])),
    ];
    for (name, can) in table {
        assert_eq!(ana_for(&stage, name)["can"], can, "{name}");
    }
}

#[test]
fn a_goal_written_at_a_desk_is_on_the_providers_phone_and_who_may_not_is_refused() {
    for stage in World::of_ana().on_each_engine() {
        let mut pat = stage.phone_of("pat");
        let create = "mutation($i:GoalCreateInput!){goalCreate(input:$i){goal{title} userErrors{code}}}";
        let goal = |student: &Value| {
            json!({"i": {
                "operationId": uuid::Uuid::new_v4(), "student": student["id"], "title": "Says /r/ in words",
                "area": "speech", "unit": "percent", "direction": "INCREASE", "baseline": 20.0,
                "baselineOn": "2026-09-01", "target": 80.0, "targetOn": "2027-06-01",
            }})
        };
        let ana = ana_for(&stage, "pat");
        let refused = stage.wire_of("pat").graphql(create, &goal(&ana));
        assert_eq!(refused["errors"][0]["extensions"]["code"], "NOT_FOUND");

        let written = stage.wire_of("cas").graphql(create, &goal(&ana));
        assert_eq!(written["data"]["goalCreate"]["goal"]["title"], "Says /r/ in words");
        pat.sync();
        let shown = pat.student("ana");
        let titles: Vec<_> = shown["goals"].as_array().into_iter().flatten().map(|goal| &goal["title"]).collect();
        assert!(titles.contains(&&json!("Says /r/ in words")), "{titles:?}");
    }
}
