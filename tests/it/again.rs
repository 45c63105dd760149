//! What an author takes back before it was sent, and what they set right after it was refused.

use chrono::TimeDelta;
use domain::kinds;
use mobile_shared::event::Intent;
use serde_json::{Value, json};
use tests::World;

#[test]
fn a_refused_visit_is_set_right_by_its_author_and_arrives_once() {
    for stage in World::of_ana().on_each_engine() {
        let mut pat = stage.phone_of("pat");
        pat.log_service("physical", "ana", "Threw a ball.");
        pat.log_visit("ana", "Worked on /r/.");
        assert_eq!(pat.parked(), [("LogVisit".into(), "NOT_FOUND".into())]);
        assert_eq!(stage.notes("ana"), ["Worked on /r/."], "the rest went on");

        pat.lose_next_reply();
        pat.send_again(|intent| {
            if let Intent::LogVisit { service, .. } = intent {
                "speech".clone_into(service);
            }
        });
        pat.sync();
        assert_eq!((pat.parked(), pat.unsent()), (vec![], 0));
        assert_eq!(stage.notes("ana"), ["Threw a ball.", "Worked on /r/."]);
    }
}

#[test]
fn input_that_came_after_the_handing_in_is_handed_in_as_the_next_one() {
    for stage in World::of_ana().on_each_engine() {
        let (mut mia, mut tablet) = (stage.phone_of("mia"), stage.phone_of("mia"));
        mia.write_input("ana", "hopes", "That she reads.");
        tablet.sync();
        tablet.offline();
        tablet.write_input("ana", "concerns", "She tires after lunch.");
        tablet.submit_input("ana");
        stage.pass(TimeDelta::hours(1));
        mia.submit_input("ana");
        tablet.online();
        assert_eq!(tablet.parked().len(), 2, "the words, and the handing in that stands on them");

        tablet.send_again(|_| {});
        assert_eq!((tablet.parked(), tablet.unsent()), (vec![], 0));
        let given: Vec<Value> = stage
            .records(&kinds::INPUT, "ana")
            .iter()
            .map(|input| json!([input.text("hopes"), input.text("concerns")]))
            .collect();
        assert_eq!(given, [json!(["That she reads.", ""]), json!(["", "She tires after lunch."])]);
        assert!(stage.records(&kinds::INPUT, "ana").iter().all(|input| !input.field("submittedAt").is_null()));
    }
}

#[test]
fn what_is_taken_back_offline_never_reaches_the_school_and_what_follows_does() {
    for stage in World::of_ana().on_each_engine() {
        let mut pat = stage.phone_of("pat");
        pat.log_visit("ana", "first");
        pat.offline();
        pat.log_visit("ana", "for the wrong child");
        pat.log_visit("ana", "third");
        pat.undo();
        pat.online();
        assert_eq!((stage.notes("ana"), pat.unsent()), (vec!["first".into(), "third".into()], 0));
        pat.log_visit("ana", "fourth");
        assert_eq!(stage.notes("ana").len(), 3, "the stream goes on without a gap");
    }
}
