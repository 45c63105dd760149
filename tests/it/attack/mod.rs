//! The whole cast against one child: everybody tries to read, write and hear what
//! `tests/access.txt` does not give them, through every path of the schema and of replication.
//! The paths are taken from the printed schema and from the wire's samples, so that one that is
//! added is tried as well; what may be is taken from the reviewed matrix and not from the rules.

mod cast;
mod changing;
mod graph;
mod hearing;
mod reading;
mod replicating;

use std::collections::BTreeMap;
use std::io::Write as _;

use cast::{Actor, Matrix, Scene, Secret};
use graph::Graph;
use serde_json::{Value, json};
use sync::Kind;
use tests::names::{self, node};
use tests::{Stage, Statements, Wire};
use uuid::Uuid;

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

    /// Tries something that is there and something that is not: the answers are the same, and so is
    /// the work, so that the time which it takes says nothing (domain.md §8.3). The work is counted;
    /// no clock is read.
    fn tell_apart(&mut self, (actor, how): (Actor, &str), on: &Statements, mut ask: impl FnMut(bool) -> Vec<String>) {
        let (real, work) = on.during(|| ask(true));
        let (absent, no_work) = on.during(|| ask(false));
        for (real, absent) in real.iter().zip(&absent) {
            self.differ(actor, how, real, absent);
        }
        assert!(!work.is_empty() && real.len() == absent.len(), "{} tried nothing by {how}", actor.name);
        let [more, less] = [(&work, &no_work), (&no_work, &work)].map(|(these, those)| beyond(these, those));
        self.differ(actor, &format!("the work of {how}"), &more, &less);
    }

    fn end(self, story: &str, scene: Scene) {
        let _ =
            writeln!(std::io::stderr(), "{story}, {scene:?}: {} attempts, {} leaks", self.attempts, self.leaks.len());
        assert!(self.leaks.is_empty(), "{:#?}", self.leaks);
    }
}

/// What stands in one list more often than in another.
fn beyond(these: &[String], those: &[String]) -> String {
    let mut left = those.to_vec();
    let more = these.iter().filter(|one| match left.iter().position(|other| other == *one) {
        Some(at) => {
            left.remove(at);
            false
        }
        None => true,
    });
    more.cloned().collect::<Vec<_>>().join("; ")
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

/// What is written about Ana, for comparing.
fn everything_about_ana(stage: &Stage) -> BTreeMap<String, String> {
    let wanted = domain::kinds::ALL.into_iter().filter(|kind| *kind != domain::kinds::ORG);
    let mut all: BTreeMap<String, String> =
        wanted.map(|kind: Kind| (kind.name().to_owned(), format!("{:?}", stage.records(&kind, "ana")))).collect();
    let facts = "query($id: ID!) { node(id: $id) { ... on Student {
        contacts { id verified rights { id endsAt } restrictions { id liftedAt } invitation { id } }
        assignments { id endsAt } comingOfAge { recorded { id } law { age } } disclosures { id }
        retention { holds { id liftedAt } notices { on } } agency { retentionRule { law } } } } }";
    all.insert("facts".into(), stage.wire_of("dora").ask(facts, &json!({"id": ana()})).to_string());
    all
}
