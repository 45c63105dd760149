//! The whole cast against one child: everybody tries to read, write and hear what
//! `tests/access.txt` does not give them, through every path of the schema and of replication.
//! The paths are taken from the printed schema and from the wire's samples, so that one that is
//! added is tried as well; what may be is taken from the reviewed matrix and not from the rules.

mod cast;
mod graph;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use cast::{Actor, Matrix, REQUEST, Scene, Secret};
use domain::intent::NAMES;
use futures_util::{SinkExt as _, StreamExt as _};
use graph::Graph;
use serde_json::{Value, json};
use sync::operation::Sent;
use sync::page::PullReply;
use sync::{Kind, Verdict};
use tests::names::{self, node};
use tests::wire::{pull, raw};
use tests::{File, Stage, Wire};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use uuid::Uuid;

use crate::record_copy::{self, Copy};

/// How deep a query goes into what it was led to.
const LEVELS: usize = 3;

/// What was tried, and what came out of it that should not have.
#[derive(Default)]
struct Tally {
    attempts: u64,
    leaks: Vec<String>,
}

impl Tally {
    /// Looks for what somebody may not read in something that they got.
    fn look(&mut self, actor: Actor, how: &str, got: &str, secrets: &[Secret], matrix: &Matrix, with_ids: bool) {
        self.attempts += 1;
        for secret in secrets.iter().filter(|secret| with_ids || !secret.is_id) {
            if secret.stands_in(got) && !matrix.allows(actor.column, secret.row(actor)) {
                self.leaks.push(format!("{} read {:?} by {how}", actor.name, secret.forms[0]));
            }
        }
    }

    fn differ(&mut self, actor: Actor, how: &str, real: &str, absent: &str) {
        self.attempts += 1;
        if real != absent {
            self.leaks.push(format!("{} can tell by {how}: {real} where there is one, {absent} else", actor.name));
        }
    }

    fn end(self, story: &str, scene: Scene) {
        let _ =
            writeln!(std::io::stderr(), "{story}, {scene:?}: {} attempts, {} leaks", self.attempts, self.leaks.len());
        assert!(self.leaks.is_empty(), "{:#?}", self.leaks);
    }
}

fn every_scene() -> impl Iterator<Item = (Scene, Stage, Vec<Secret>)> {
    Scene::ALL.into_iter().map(|scene| {
        let (stage, secrets) = scene.play();
        (scene, stage, secrets)
    })
}

/// The child, as an id.
fn ana() -> Value {
    node("stu", names::student("ana")).into()
}

/// Everything that begins at whoever is signed in.
fn from_the_viewer(graph: &Graph, wire: &mut Wire) -> Vec<String> {
    let mut got = Vec::new();
    for selection in graph.selections("Viewer", 2) {
        got.push(wire.graphql(&format!("{{ viewer {{ {selection} }} }}"), &Value::Null).to_string());
    }
    for selection in graph.selections("Agency", LEVELS) {
        let query = format!("{{ viewer {{ people {{ agency {{ {selection} }} }} }} }}");
        got.push(wire.graphql(&query, &Value::Null).to_string());
        let id = format!("agy_{}", names::AGENCY.0.simple());
        let query = format!("query($id: ID!) {{ agency(id: $id) {{ {selection} }} }}");
        got.push(wire.graphql(&query, &json!({"id": id})).to_string());
    }
    got
}

/// Everything below one node, as what it is and as what it is not.
fn from_a_node(graph: &Graph, wire: &mut Wire, object: &str, id: &Value) -> Vec<String> {
    let selections = graph.selections(object, LEVELS);
    let queries =
        selections.iter().map(|text| format!("query($id: ID!) {{ node(id: $id) {{ ... on {object} {{ {text} }} }} }}"));
    let mut got: Vec<String> = queries.map(|query| wire.graphql(&query, &json!({"id": id})).to_string()).collect();
    let several = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }";
    got.push(wire.graphql(several, &json!({"ids": [id, id]})).to_string());
    got
}

/// The ids that stand in an answer, by the type of what has them.
fn ids_in(answer: &Value, found: &mut BTreeMap<String, Vec<Value>>) {
    match answer {
        Value::Object(object) => {
            if let (Some(Value::String(name)), Some(id)) = (object.get("__typename"), object.get("id")) {
                let ids = found.entry(name.clone()).or_default();
                if !ids.contains(id) {
                    ids.push(id.clone());
                }
            }
            object.values().for_each(|value| ids_in(value, found));
        }
        Value::Array(list) => list.iter().for_each(|value| ids_in(value, found)),
        _ => {}
    }
}

/// What those who may see most of Ana find when they go through everything about her.
fn known_ids(graph: &Graph, stage: &Stage) -> BTreeMap<String, Vec<Value>> {
    let mut found = BTreeMap::new();
    for name in ["dora", "cas", "mia"] {
        let mut wire = stage.wire_of(name);
        for text in from_a_node(graph, &mut wire, "Student", &ana()).iter().chain(&from_the_viewer(graph, &mut wire)) {
            ids_in(&serde_json::from_str(text).expect("JSON"), &mut found);
        }
    }
    found
}

/// An id of the same shape of which there is nothing: another last number.
fn nothing_like(id: &Value) -> Value {
    let text = id.as_str().expect("an id");
    let is_number =
        |at: &usize| text.get(*at..*at + 32).is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let at = (0..text.len()).rev().find(is_number).unwrap_or_else(|| panic!("no number in {text}"));
    format!("{}{}{}", &text[..at], Uuid::from_u128(0xbad).simple(), &text[at + 32..]).into()
}

#[test]
fn nobody_reads_what_is_not_theirs_by_any_path_of_the_graph() {
    let (graph, matrix) = (Graph::of_the_server(), Matrix::read());
    for (scene, stage, secrets) in every_scene() {
        let ids = known_ids(&graph, &stage);
        let nodes: Vec<(&String, &Value)> = ids
            .iter()
            .filter(|(name, _)| !matches!(name.as_str(), "Viewer" | "Device" | "Passkey"))
            .flat_map(|(name, ids)| ids.iter().map(move |id| (name, id)))
            .collect();
        let (mut tally, mut found) = (Tally::default(), vec![false; secrets.len()]);
        for actor in scene.cast() {
            let mut wire = stage.wire_of(actor.name);
            let mut got = from_the_viewer(&graph, &mut wire);
            for text in &got {
                tally.look(actor, "the viewer or the agency", text, &secrets, &matrix, true);
            }
            for (object, id) in &nodes {
                let texts = from_a_node(&graph, &mut wire, object, id);
                for text in &texts {
                    tally.look(actor, &format!("{object}.*"), text, &secrets, &matrix, false);
                }
                got.extend(texts);
            }
            for (secret, found) in secrets.iter().zip(&mut found) {
                *found |= got.iter().any(|text| secret.stands_in(text));
            }
        }
        let unseen = secrets.iter().zip(&found).filter(|(_, found)| !**found).map(|(secret, _)| &secret.forms[0]);
        if scene == Scene::Minor {
            // A draft is no input yet: it stands in what is replicated alone.
            assert_eq!(unseen.collect::<Vec<_>>(), ["input-secret of fred"], "these queries do not look everywhere");
        }
        tally.end("reading", scene);
    }
}

#[test]
fn nobody_carries_away_what_is_not_theirs_in_a_copy() {
    let matrix = Matrix::read();
    for (scene, stage, secrets) in every_scene() {
        let mut tally = Tally::default();
        for actor in scene.cast() {
            let mut wire = stage.wire_of(actor.name);
            let real = record_copy::ask(&mut wire, &json!({}));
            assert_eq!(real.status == 200, matrix.allows(actor.column, "take a copy of the record"), "{}", actor.name);
            if real.status == 200 {
                let copy = Copy::of(&real);
                let got = format!("{} {}", copy.json, copy.pages());
                tally.look(actor, "a copy", &got, &secrets, &matrix, true);
            } else {
                let absent = record_copy::ask(&mut wire, &json!({"student": nothing_like(&ana())}));
                let text = |file: &File| format!("{} {}", file.status, String::from_utf8_lossy(&file.bytes));
                tally.differ(actor, "a copy", &without_number(&text(&real)), &without_number(&text(&absent)));
            }
        }
        tally.end("copying", scene);
    }
}

/// An answer outside GraphQL, whose errors carry the number of their request.
fn without_number(text: &str) -> String {
    text.split("\"requestId\"").next().unwrap_or_default().to_owned()
}

#[test]
fn a_child_that_is_out_of_reach_cannot_be_told_from_none() {
    let (graph, matrix) = (Graph::of_the_server(), Matrix::read());
    for (scene, stage, _) in every_scene() {
        let ids = known_ids(&graph, &stage);
        let mut tally = Tally::default();
        for actor in scene.cast().into_iter().filter(|actor| !matrix.allows(actor.column, "see card and team")) {
            let mut wire = stage.wire_of(actor.name);
            for object in ["Student", "Goal", "Visit", "DataPoint", "Meeting", "FamilyStatement", "ParentInput"] {
                for id in
                    ids.get(object).into_iter().flatten().filter(|id| **id != json!(node("stu", names::student("ben"))))
                {
                    let real = from_a_node(&graph, &mut wire, object, id);
                    let absent = from_a_node(&graph, &mut wire, object, &nothing_like(id));
                    for (real, absent) in real.iter().zip(&absent) {
                        tally.differ(actor, &format!("{object}.*"), real, absent);
                    }
                }
            }
        }
        assert!(tally.attempts > 0 || scene == Scene::Adult, "nobody is without a way to the child");
        tally.end("telling apart", scene);
    }
}

/// Under which row of the matrix a mutation of something of Ana's stands.
fn row_of(mutation: &str) -> Option<&'static str> {
    Some(match mutation {
        "assignmentCreate" | "assignmentEnd" => "assign staff",
        "contactVerify" | "rightsGrant" | "rightsEnd" | "restrictionRecord" | "restrictionLift" | "majorityRecord"
        | "majorityWithdraw" => "keep rights",
        "contactAttemptLog" => "log attempt of yesterday",
        "contactAttemptReview" | "visitReview" => "review evidence",
        "conflictResolve" => "resolve statement",
        "entryCodeCreate" | "invitationCreate" => "let a guardian in",
        "goalCreate" => "write goal",
        "majorityLawSet" => "set the law of age",
        "meetingCall" | "meetingMove" => "call or move meeting",
        "recordRequestAnswer" => "answer request",
        _ => return None,
    })
}

/// Mutations that are about one's own account: `breaking_in.rs` tells of them.
const OF_ONES_OWN: [&str; 4] = ["deviceRename", "deviceRevoke", "passkeyRename", "passkeyRemove"];

/// What is written about Ana, for comparing.
fn everything_about_ana(stage: &Stage) -> BTreeMap<String, String> {
    let wanted = domain::kinds::ALL.into_iter().filter(|kind| *kind != domain::kinds::ORG);
    let mut all: BTreeMap<String, String> =
        wanted.map(|kind: Kind| (kind.name().to_owned(), format!("{:?}", stage.records(&kind, "ana")))).collect();
    let facts = "query($id: ID!) { node(id: $id) { ... on Student {
        contacts { id verified rights { id endsAt } restrictions { id liftedAt } invitation { id } }
        assignments { id endsAt } comingOfAge { recorded { id } law { age } } } } }";
    all.insert("facts".into(), stage.wire_of("dora").ask(facts, &json!({"id": ana()})).to_string());
    all
}

#[test]
fn nobody_changes_what_is_not_theirs_by_any_mutation() {
    let (graph, matrix) = (Graph::of_the_server(), Matrix::read());
    for (scene, stage, secrets) in every_scene() {
        let ids = known_ids(&graph, &stage);
        let one = |object: &str| ids.get(object).and_then(|ids| ids.first()).cloned();
        let id_for = |name: &str| match name {
            "operationId" => json!(Uuid::new_v4()),
            "student" => ana(),
            "agency" => json!(format!("agy_{}", names::AGENCY.0.simple())),
            "person" | "invited" => node("per", names::person("mia")).into(),
            "right" => one("EducationalRight").expect("a right"),
            "attempt" => one("ContactAttempt").expect("an attempt"),
            "request" => node("req", REQUEST).into(),
            // The time of a meeting, or versions, as a page would have shown them.
            "saw" => json!(Uuid::from_u128(7).simple().to_string()),
            // Nobody has come of age here.
            "majority" => node("maj", Uuid::from_u128(7)).into(),
            other => {
                one(&format!("{}{}", other[..1].to_uppercase(), &other[1..])).unwrap_or_else(|| panic!("no {other}"))
            }
        };
        let absent_for = |name: &str| match name {
            "operationId" | "saw" => id_for(name),
            _ => nothing_like(&id_for(name)),
        };
        let before = everything_about_ana(&stage);
        let mut tally = Tally::default();
        for mutation in graph.mutations() {
            if mutation == "syncPush" || OF_ONES_OWN.contains(&mutation.as_str()) {
                continue;
            }
            let row = row_of(&mutation)
                .unwrap_or_else(|| panic!("{mutation} is not tried: say here under which row it stands"));
            for actor in scene.cast().into_iter().filter(|actor| !matrix.allows(actor.column, row)) {
                let mut wire = stage.wire_of(actor.name);
                let (document, real) = graph.filled(&mutation, &id_for);
                let real = wire.graphql(&document, &real).to_string();
                tally.look(actor, &mutation, &real, &secrets, &matrix, false);
                let (document, absent) = graph.filled(&mutation, &absent_for);
                let absent = wire.graphql(&document, &absent).to_string();
                tally.differ(actor, &mutation, &real, &absent);
            }
        }
        assert_eq!(everything_about_ana(&stage), before, "somebody changed it");
        tally.end("changing", scene);
    }
}

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
            let verdicts = wire.verdicts(1, &on_ana);
            let absent = wire.verdicts(1 + on_ana.len() as u64, &on_nobody);
            for ((sent, real), absent) in on_ana.iter().zip(&verdicts).zip(&absent) {
                let name = sent.operation.name.as_str();
                tally.differ(actor, name, &format!("{real:?}"), &format!("{absent:?}"));
                assert!(matches!(real, Verdict::Rejected { .. }), "{} did {name}: {real:?}", actor.name);
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

/// What a subscription says first; nothing, where it keeps silent for a while.
async fn first_word(address: &str, token: &str, query: &str, variables: &Value, patience: Duration) -> String {
    let mut request =
        format!("{}/graphql", address.replacen("http", "ws", 1)).into_client_request().expect("an address");
    request.headers_mut().insert("sec-websocket-protocol", "graphql-transport-ws".parse().expect("a word"));
    let (mut socket, _) = tokio_tungstenite::connect_async(request).await.expect("a socket");
    for message in [
        json!({"type": "connection_init", "payload": {"token": token}}),
        json!({"type": "subscribe", "id": "1", "payload": {"query": query, "variables": variables}}),
    ] {
        socket.send(Message::text(message.to_string())).await.expect("it is heard");
    }
    let hear = async {
        while let Some(Ok(message)) = socket.next().await {
            let read: Value = serde_json::from_str(message.to_text().unwrap_or_default()).unwrap_or_default();
            if read["id"] == "1" {
                return read.to_string();
            }
        }
        "the line is closed".into()
    };
    tokio::time::timeout(patience, hear).await.unwrap_or_else(|_| "nothing".into())
}

#[test]
fn nobody_hears_of_a_child_that_is_out_of_reach() {
    let matrix = Matrix::read();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a thread");
    for (scene, stage, secrets) in every_scene() {
        let mut tally = Tally::default();
        let watch = "subscription($watch: [ID!]!) { changed(watch: $watch) }";
        for actor in scene.cast() {
            let wire = stage.wire_of(actor.name);
            // Long for those who will hear something, short for those who must not.
            let is_told = matrix.allows(actor.column, "see card and team");
            let patience = Duration::from_millis(if is_told { 20_000 } else { 300 });
            let hear = |query: &str, variables: Value| {
                let address = stage.server.address();
                runtime.block_on(first_word(&address, &wire.access, query, &variables, patience))
            };
            let real = hear(watch, json!({"watch": [ana()]}));
            if is_told {
                assert!(real.contains(ana().as_str().expect("an id")), "{} watches: {real}", actor.name);
            } else {
                tally.differ(actor, "changed", &real, &hear(watch, json!({"watch": [nothing_like(&ana())]})));
            }
            tally.look(actor, "syncPoke", &hear("subscription { syncPoke }", Value::Null), &secrets, &matrix, true);
        }
        tally.end("hearing", scene);
    }
}
