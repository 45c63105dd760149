//! Reading: nodes, what hangs below them, and copies of the record.

use serde_json::{Value, json};
use tests::File;
use tests::names::{self, node};
use uuid::Uuid;

use super::cast::{Matrix, Scene};
use super::graph::Graph;
use super::{Tally, ana, every_scene, from_a_node, from_the_viewer, known_ids, nothing_like};
use crate::record_copy::{self, Copy};

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
        let (mut tally, statements) = (Tally::default(), stage.server.statements());
        for actor in scene.cast() {
            let mut wire = stage.wire_of(actor.name);
            let outside = json!({"disclosure": {"operationId": Uuid::new_v4(), "party": "An attacker",
                "interest": "Spite", "basis": "otherSchool", "what": "All of it"}});
            for (to, row) in [(json!({}), "take a copy of the record"), (outside, "disclose to a party outside")] {
                if matrix.allows(actor.column, row) {
                    let copy = Copy::of(&record_copy::ask(&mut wire, &to));
                    let got = format!("{} {}", copy.json, copy.pages());
                    tally.look(actor, row, &got, &secrets, &matrix, true);
                    continue;
                }
                let text = |file: &File| format!("{} {}", file.status, String::from_utf8_lossy(&file.bytes));
                tally.tell_apart((actor, row), &statements, |real| {
                    let mut to = to.clone();
                    to["student"] = if real { ana() } else { nothing_like(&ana()) };
                    let refused = record_copy::ask(&mut wire, &to);
                    assert_eq!(refused.status, 404, "{}: {row}", actor.name);
                    vec![without_number(&text(&refused))]
                });
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
        let (mut tally, statements) = (Tally::default(), stage.server.statements());
        for actor in scene.cast().into_iter().filter(|actor| !matrix.allows(actor.column, "see card and team")) {
            let mut wire = stage.wire_of(actor.name);
            for object in ["Student", "Goal", "Visit", "DataPoint", "Meeting", "FamilyStatement", "ParentInput"] {
                for id in
                    ids.get(object).into_iter().flatten().filter(|id| **id != json!(node("stu", names::student("ben"))))
                {
                    let nothing = nothing_like(id);
                    tally.tell_apart((actor, &format!("{object}.*")), &statements, |real| {
                        from_a_node(&graph, &mut wire, object, if real { id } else { &nothing })
                    });
                }
            }
        }
        assert!(tally.attempts > 0 || scene == Scene::Adult, "nobody is without a way to the child");
        tally.end("telling apart", scene);
    }
}
