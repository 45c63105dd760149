//! Attempts to reach a family: written down once, put right by another record, evidence like a
//! visit (34 CFR 300.322(d), domain.md §8.4).

use chrono::TimeDelta;
use domain::contact::{Channel, LogAttempt, Reached};
use domain::{Intent, kinds};
use serde_json::{Value, json};
use sync::verdict::Code;
use sync::{OperationId, RecordId, Verdict};
use tests::wire::operation;
use tests::{Stage, Wire, World, names};
use uuid::Uuid;

fn written(stage: &Stage, n: u128, intent: LogAttempt) -> sync::operation::Sent {
    let intent = Intent::from(intent);
    operation(OperationId(Uuid::from_u128(n)), intent.name(), stage.server.clock.now(), &Value::Object(intent.body()))
}

fn call(stage: &Stage, n: u128, whom: &str, note: &str, amends: Option<u128>) -> LogAttempt {
    LogAttempt {
        attempt: RecordId(Uuid::from_u128(n)),
        student: names::student("ana"),
        person: names::person(whom),
        at: stage.server.clock.now(),
        channel: Channel::Call,
        language: "es".into(),
        reached: Reached::Nobody,
        meeting: None,
        note: note.into(),
        amends: amends.map(|amended| RecordId(Uuid::from_u128(amended))),
    }
}

/// The attempts as the web shows them, newest first.
fn shown(wire: &mut Wire, fields: &str) -> Value {
    let query = format!("query($id:ID!){{node(id:$id){{...on Student{{contactAttempts{{{fields}}}}}}}}}");
    wire.ask(&query, &json!({"id": names::node("stu", names::student("ana"))}))["node"]["contactAttempts"].clone()
}

#[test]
fn a_call_that_nobody_answered_is_on_record_for_the_team_and_for_whom_it_was() {
    for stage in World::of_ana().on_each_engine() {
        let (mut cas, mut mia, mut fred) = (stage.wire_of("cas"), stage.wire_of("mia"), stage.wire_of("fred"));
        let first = written(&stage, 1, call(&stage, 0xc1, "mia", "Rang twice.", None));
        let second = written(&stage, 2, call(&stage, 0xc2, "mia", "Rang three times.", Some(0xc1)));
        assert_eq!(cas.verdicts(1, &[first, second]), [Verdict::Applied, Verdict::Applied]);
        assert_eq!(stage.records(&kinds::ATTEMPT, "ana").len(), 2);

        let stands = json!([{"note": "Rang three times.", "reached": "NOBODY", "person": {"name": "Mia Story"}}]);
        let seen = |wire: &mut Wire| shown(wire, "note reached person{name}");
        assert_eq!((seen(&mut cas), seen(&mut mia), seen(&mut fred)), (stands.clone(), stands, json!([])));
        let mut phone = stage.phone_of("fred");
        phone.sync();
        assert!(!phone.holds("Rang twice."), "it is between her and the team");
    }
}

#[test]
fn a_correction_made_on_the_phone_stands_instead_and_what_was_wrong_stays_on_record() {
    for stage in World::of_ana().on_each_engine() {
        let (mut cas, mut mia) = (stage.phone_of("cas"), stage.phone_of("mia"));
        cas.log_call("ana", "mia", "Rang twice.");
        cas.offline();
        stage.pass(TimeDelta::minutes(5));
        cas.correct_call("ana", "Rang three times.");
        assert_eq!(cas.calls_shown("ana"), ["Rang three times."], "at once, without a network");
        mia.sync();
        assert_eq!(mia.calls_shown("ana"), ["Rang twice."]);

        cas.lose_next_reply();
        cas.online();
        cas.sync();
        mia.sync();
        assert_eq!((cas.unsent(), cas.calls_shown("ana")), (0, vec!["Rang three times.".into()]));
        assert_eq!(mia.calls_shown("ana"), ["Rang three times."]);
        let [wrong, right] = &stage.records(&kinds::ATTEMPT, "ana")[..] else { panic!("two records, and no third") };
        assert_eq!((wrong.text("note"), right.text("note")), ("Rang twice.", "Rang three times."));
        assert!(wrong.field("amends").is_null() && !right.field("amends").is_null());
    }
}

#[test]
fn an_attempt_is_put_right_by_those_who_keep_the_record_and_only_for_whom_it_was() {
    for stage in World::of_ana().on_each_engine() {
        let (mut cas, mut pat, mut mia) = (stage.wire_of("cas"), stage.wire_of("pat"), stage.wire_of("mia"));
        let first = written(&stage, 1, call(&stage, 0xc1, "mia", "Rang twice.", None));
        assert_eq!(cas.verdicts(1, &[first]), [Verdict::Applied]);

        let not_found = [Verdict::rejected(Code::NotFound)];
        let his = written(&stage, 2, call(&stage, 0xc2, "mia", "Nobody rang.", Some(0xc1)));
        assert_eq!(pat.verdicts(1, &[his]), not_found, "a provider keeps no such record");
        let hers = written(&stage, 3, call(&stage, 0xc3, "mia", "I was at home.", Some(0xc1)));
        assert_eq!(mia.verdicts(1, &[hers]), not_found, "nor does whom it was about");
        let of_nothing = written(&stage, 4, call(&stage, 0xc4, "mia", "Never.", Some(0xcff)));
        assert_eq!(cas.verdicts(2, &[of_nothing]), not_found);
        // Mia would go on reading what was wrong, and Fred that somebody rang her.
        let of_another = written(&stage, 5, call(&stage, 0xc5, "fred", "It was Fred.", Some(0xc1)));
        assert_eq!(cas.verdicts(3, &[of_another]), [Verdict::rejected(Code::Invalid)]);

        assert_eq!(shown(&mut cas, "note"), json!([{"note": "Rang twice."}]));
        assert_eq!(stage.records(&kinds::ATTEMPT, "ana").len(), 1);
    }
}

#[test]
fn a_correction_made_offline_arrives_though_the_case_went_to_somebody_else_meanwhile() {
    for stage in World::of_ana().director("dora").on_each_engine() {
        let mut cas = stage.phone_of("cas");
        cas.log_call("ana", "mia", "Rang twice.");
        cas.offline();
        stage.pass(TimeDelta::minutes(5));
        cas.correct_call("ana", "Rang three times.");
        stage.pass(TimeDelta::hours(1));
        stage.end_assignment("cas", "ana");
        stage.pass(TimeDelta::hours(1));
        cas.log_call("ana", "fred", "Rang after the end.");
        cas.online();

        assert_eq!((cas.unsent(), cas.parked()), (0, vec![]), "it is evidence: judged when it was made");
        assert!(!cas.holds("Rang three times."), "and it leaves with the child");
        let stands = json!([
            {"note": "Rang after the end.", "flags": ["late"]},
            {"note": "Rang three times.", "flags": []},
        ]);
        assert_eq!(shown(&mut stage.wire_of("dora"), "note flags"), stands);
    }
}
