//! What an author takes back before it was sent, what they set right after it was refused, and
//! what they click twice.

use chrono::TimeDelta;
use diesel::RunQueryDsl as _;
use domain::kinds;
use mobile_shared::event::Intent;
use serde_json::{Value, json};
use server::apply::in_agency;
use server::db::Db;
use server::on;
use std::sync::mpsc::channel;
use tests::names::{self, AGENCY, node};
use tests::{Stage, World};

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
fn words_that_were_refused_and_sent_again_take_nothing_away_that_came_meanwhile() {
    for stage in World::of_ana().on_each_engine() {
        let (mut mia, mut fred) = (stage.phone_of("mia"), stage.phone_of("fred"));
        mia.offline();
        mia.edit_statement("ana", "vision", "She loves to read.");
        // So many versions that one of them has to be chosen before there are more.
        let versions: Vec<_> = (0..10).map(|n| version(&stage, n)).collect();
        stage.wire_of("fred").verdicts(1, &versions);
        mia.online();
        assert_eq!(mia.parked(), [("EditStatement".into(), "UNRESOLVED".into())]);
        fred.sync();
        fred.resolve("ana", "vision", "She sings.");
        mia.sync();

        mia.send_again(|_| {});
        assert_eq!((mia.parked(), mia.unsent()), (vec![], 0));
        assert_eq!(mia.versions("ana", "vision"), ["She loves to read.", "She sings."], "a person chooses");
    }
}

/// Words of somebody of whom nobody knows what they saw.
fn version(stage: &Stage, n: u128) -> sync::operation::Sent {
    let body =
        json!({"student": names::student("ana"), "field": "vision", "value": format!("Version {n}."), "base": null});
    let id = sync::OperationId(uuid::Uuid::from_u128(n + 1));
    tests::wire::operation(id, "EditStatement", stage.server.clock.now(), &body)
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

/// Waits until so many units of PostgreSQL wait for a lock; SQLite has no two at once.
fn until_waiting(stage: &Stage, units: i64) {
    #[derive(diesel::QueryableByName)]
    struct Waiting {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        units: i64,
    }
    let count = "SELECT count(*) AS units FROM pg_stat_activity
                 WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let look = |db: &mut Db| match db {
        Db::Lite(_) => Ok(units),
        Db::Pg(_) => Ok(on!(db => diesel::sql_query(count).get_result::<Waiting>(db))?.units),
    };
    while stage.server.database().read(look).expect("the database answers") < units {
        std::thread::yield_now();
    }
}

#[test]
fn of_two_clicks_at_once_the_second_gets_the_answer_of_the_first() {
    for stage in World::of_ana().on_each_engine() {
        // An id that says nothing of when it was minted: the server takes its own time for it.
        let input = json!({
            "operationId": uuid::Uuid::new_v4(), "student": node("stu", names::student("ana")),
            "title": "Says /r/ in words", "area": "speech", "unit": "percent", "direction": "INCREASE",
            "baseline": 20.0, "baselineOn": "2026-09-01", "target": 80.0, "targetOn": "2027-06-01",
        });
        let create = "mutation($i:GoalCreateInput!){goalCreate(input:$i){goal{title} userErrors{code}}}";
        let click = || {
            let (mut cas, input) = (stage.wire_of("cas"), input.clone());
            move || cas.ask(create, &json!({"i": input}))["goalCreate"].clone()
        };
        let (first, second) = (click(), click());
        let ((is_held, held), (release, released)) = (channel(), channel::<()>());
        let (database, now) = (stage.server.database(), stage.server.clock.now());
        // Somebody else's unit holds the agency while both arrive.
        let hold = move |db: &mut Db| {
            in_agency(db, AGENCY, now, |_| {
                is_held.send(()).expect("somebody waits for it");
                released.recv().expect("it is let go");
                Ok(())
            })
        };
        let answers = std::thread::scope(|scope| {
            scope.spawn(move || database.write(hold).expect("it changes nothing"));
            held.recv().expect("it is held");
            let first = scope.spawn(first);
            until_waiting(&stage, 1);
            stage.pass(TimeDelta::seconds(1));
            let second = scope.spawn(second);
            until_waiting(&stage, 2);
            release.send(()).expect("somebody holds it");
            [first, second].map(|click| click.join().expect("an answer"))
        });
        let written = json!({"goal": {"title": "Says /r/ in words"}, "userErrors": []});
        assert_eq!(answers, [written.clone(), written]);
        assert_eq!(stage.records(&kinds::GOAL, "ana").len(), 2, "the one she had, and this one");
    }
}
