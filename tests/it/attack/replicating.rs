//! Replication: every operation of the wire's samples, and pulls.

use std::collections::BTreeMap;
use std::path::Path;

use domain::intent::NAMES;
use serde_json::{Value, json};
use sync::operation::Sent;
use sync::page::PullReply;
use sync::{Kind, Verdict};
use tests::Stage;
use tests::names;
use tests::wire::{pull, raw};
use uuid::Uuid;

use super::cast::{Actor, HOLD, Matrix, REQUEST};
use super::{Tally, every_scene, everything_about_ana};

/// Under which row of the matrix an operation on Ana's record, or on Mia's part of it, stands.
fn row_of_operation(name: &str, actor: Actor) -> Option<&'static str> {
    let own = |mine, another| if actor.name == "mia" { mine } else { another };
    Some(match name {
        "LogVisit" => "log speech of yesterday",
        "EditInput" | "SubmitInput" => own("edit own input", "edit another's input"),
        "EditStatement" => "edit statement",
        "AnswerMeeting" => "answer meeting",
        "Resolve" => "resolve statement",
        "CallMeeting" | "MoveMeeting" => "call or move meeting",
        "WriteGoal" => "write goal",
        "VerifyContact" | "GrantRights" | "EndRights" | "Restrict" | "LiftRestriction" | "RecordMajority"
        | "WithdrawMajority" => "keep rights",
        "Assign" | "EndAssignment" => "assign staff",
        "RecordDisclosure" => "disclose to a party outside",
        "PlaceHold" | "LiftHold" | "TellNotNeeded" => "hold the record",
        "LogAttempt" => "log attempt of yesterday",
        "ReviewVisit" | "ReviewAttempt" => "review evidence",
        "AskOfRecord" => "ask to see or correct the record",
        "AskForHearing" | "StateDisagreement" => own("go on with own request", "go on with another's request"),
        "AnswerRequest" => "answer request",
        // The agency's own: no person does these.
        "PlaceStudent" | "PlaceMember" => return None,
        other => panic!("{other} is not tried: say here under which row it stands"),
    })
}

/// Every operation of the wire's samples, about the child and the records that `swap` puts in.
fn operations(swap: &dyn Fn(&str) -> String) -> Vec<Sent> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("it/wire/v1/operations.jsonl");
    let samples = std::fs::read_to_string(file).expect("samples");
    let one = |sample: &str| {
        let mut read: Value = serde_json::from_str(&swap(sample)).expect("JSON");
        read["id"] = json!(Uuid::new_v4());
        let object = read.as_object_mut().expect("an operation");
        object.remove("replaces");
        object.remove("group");
        Sent::read(raw(&read.to_string())).expect("an operation")
    };
    samples.lines().map(one).collect()
}

#[test]
fn nobody_pushes_or_pulls_what_is_not_theirs() {
    let matrix = Matrix::read();
    for (scene, stage, secrets) in every_scene() {
        let student = names::student("ana");
        let first = |kind: &Kind| stage_id(&stage, kind);
        // What the samples call so, as it is called here.
        let real: BTreeMap<u8, String> = BTreeMap::from([
            (0x01, student.0.to_string()),
            (0x02, first(&domain::kinds::VISIT)),
            (0x04, names::goal("goal-secret").0.to_string()),
            (0x08, first(&domain::kinds::INPUT)),
            (0x0b, names::meeting("meeting-secret").0.to_string()),
            (0x0d, first(&domain::kinds::STATEMENT)),
            (0x0f, names::person("mia").0.to_string()),
            (0x10, names::contact("mia", "ana").to_string()),
            (0x11, names::right("mia", "ana").to_string()),
            (0x12, names::assignment("pat", "ana").to_string()),
            (0x14, Uuid::from_u128(0x0bde).to_string()),
            (0x20, first(&domain::kinds::ATTEMPT)),
            (0x17, HOLD.to_string()),
            (0x40, REQUEST.0.to_string()),
            (0x41, REQUEST.0.to_string()),
        ]);
        let swapped = |sample: &str| {
            real.iter().fold(sample.to_owned(), |text, (n, id)| {
                text.replace(&format!("0190a000-0000-7000-8000-0000000000{n:02x}"), id)
            })
        };
        let before = everything_about_ana(&stage);
        let (mut tally, mut tried) = (Tally::default(), Vec::new());
        let statements = stage.server.statements();
        for actor in scene.cast() {
            let mut wire = stage.wire_of(actor.name);
            let may = |sent: &Sent| {
                let row = row_of_operation(&sent.operation.name, actor);
                row.is_some_and(|row| matrix.allows(actor.column, row))
            };
            let chosen = |swap: &dyn Fn(&str) -> String| -> Vec<Sent> {
                operations(swap).into_iter().filter(|sent| !may(sent)).collect()
            };
            let (on_ana, on_nobody) = (chosen(&swapped), chosen(&str::to_owned));
            let mut next = 1;
            for (real_one, absent_one) in on_ana.iter().zip(&on_nobody) {
                let name = real_one.operation.name.as_str();
                tally.tell_apart((actor, name), &statements, |real| {
                    let sent = if real { real_one } else { absent_one };
                    let verdict = wire.verdicts(next, std::slice::from_ref(sent)).remove(0);
                    assert!(matches!(verdict, Verdict::Rejected { .. }), "{} did {name}: {verdict:?}", actor.name);
                    next += 1;
                    vec![format!("{verdict:?}")]
                });
                tried.push(name.to_owned());
            }
            let mut cursor: Option<String> = None;
            loop {
                let PullReply::Page(page) = wire.pull(&pull(cursor.as_deref())) else { panic!("no page") };
                let text = format!("{:?}", page.rows);
                tally.look(actor, "a pull", &text, &secrets, &matrix, true);
                cursor = Some(page.cursor);
                if page.complete {
                    break;
                }
            }
        }
        let untried: Vec<_> = NAMES.iter().filter(|name| !tried.iter().any(|tried| tried == *name)).collect();
        assert!(untried.is_empty(), "nobody tried {untried:?}");
        assert_eq!(everything_about_ana(&stage), before, "somebody changed it");
        tally.end("replicating", scene);
    }
}

fn stage_id(stage: &Stage, kind: &Kind) -> String {
    let find = |db: &mut _| server::records::about(db, names::AGENCY, kind, &[names::student("ana")]);
    let found = stage.server.database().read(find).expect("records");
    let mut ids: Vec<String> = found.into_values().flatten().map(|stored| stored.id.0.to_string()).collect();
    ids.sort();
    ids.into_iter().next().unwrap_or_else(|| panic!("there is no {}", kind.name()))
}
