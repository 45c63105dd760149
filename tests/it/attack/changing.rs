//! Changing: every mutation of the schema.

use serde_json::json;
use tests::names::{self, node};
use uuid::Uuid;

use super::cast::{Matrix, REQUEST, Scene};
use super::graph::Graph;
use super::{Tally, ana, every_scene, everything_about_ana, known_ids, nothing_like};

/// Under which row of the matrix a mutation of something of Ana's stands.
fn row_of(mutation: &str) -> Option<&'static str> {
    Some(match mutation {
        "assignmentCreate" | "assignmentEnd" => "assign staff",
        "contactVerify" | "rightsGrant" | "rightsEnd" | "restrictionRecord" | "restrictionLift" | "majorityRecord"
        | "majorityWithdraw" => "keep rights",
        "contactAttemptLog" => "log attempt of yesterday",
        "contactAttemptReview" | "visitReview" => "review evidence",
        "conflictResolve" => "resolve statement",
        "disclosureRecord" | "disclosureRequestRecord" | "disclosureWithdraw" => "disclose to a party outside",
        "entryCodeCreate" | "invitationCreate" => "let a guardian in",
        "goalCreate" => "write goal",
        "majorityLawSet" => "set the law of age",
        "meetingCall" | "meetingMove" => "call or move meeting",
        "recordRequestAnswer" => "answer request",
        "retentionHoldPlace" | "retentionHoldLift" | "retentionNoticeRecord" => "hold the record",
        "retentionRuleSet" => "set the schedule of keeping",
        _ => return None,
    })
}

/// Mutations that are about one's own account: `breaking_in.rs` tells of them.
const OF_ONES_OWN: [&str; 4] = ["deviceRename", "deviceRevoke", "passkeyRename", "passkeyRemove"];

#[test]
fn nobody_changes_what_is_not_theirs_by_any_mutation() {
    let (graph, matrix) = (Graph::of_the_server(), Matrix::read());
    for (scene, stage, secrets) in every_scene() {
        let ids = known_ids(&graph, &stage);
        let one = |object: &str| ids.get(object).and_then(|ids| ids.first()).cloned();
        let hash = || Uuid::from_u128(7).simple().to_string();
        let id_for = |mutation: &str, name: &str| match name {
            "operationId" => json!(Uuid::new_v4()),
            "student" => ana(),
            "agency" => json!(format!("agy_{}", names::AGENCY.0.simple())),
            "person" | "invited" => node("per", names::person("mia")).into(),
            "right" => one("EducationalRight").expect("a right"),
            "attempt" => one("ContactAttempt").expect("an attempt"),
            "request" => node("req", REQUEST).into(),
            // The time of a meeting, or versions, as a page would have shown them.
            "saw" if mutation == "conflictResolve" => json!(format!("{}.{}", Uuid::from_u128(7), hash())),
            "saw" => json!(hash()),
            // Nobody is to come of age in the first scene.
            "majority" if scene == Scene::Minor => node("maj", Uuid::from_u128(7)).into(),
            other => {
                one(&format!("{}{}", other[..1].to_uppercase(), &other[1..])).unwrap_or_else(|| panic!("no {other}"))
            }
        };
        // That there is an agency is no secret, and whoever is one of its people knows it.
        let absent_for = |mutation: &str, name: &str| match name {
            "operationId" | "saw" | "agency" => id_for(mutation, name),
            _ => nothing_like(&id_for(mutation, name)),
        };
        let before = everything_about_ana(&stage);
        let (mut tally, statements) = (Tally::default(), stage.server.statements());
        for mutation in graph.mutations() {
            if mutation == "syncPush" || OF_ONES_OWN.contains(&mutation.as_str()) {
                continue;
            }
            let row = row_of(&mutation)
                .unwrap_or_else(|| panic!("{mutation} is not tried: say here under which row it stands"));
            for actor in scene.cast().into_iter().filter(|actor| !matrix.allows(actor.column, row)) {
                let mut wire = stage.wire_of(actor.name);
                let (document, real) = graph.filled(&mutation, &|name| id_for(&mutation, name));
                let real = wire.graphql(&document, &real).to_string();
                assert!(real.contains("\"NOT_FOUND\""), "{} was stopped at something else: {real}", actor.name);
                tally.look(actor, &mutation, &real, &secrets, &matrix, false);
                tally.tell_apart((actor, &mutation), &statements, |real| {
                    let id = |name: &str| if real { id_for(&mutation, name) } else { absent_for(&mutation, name) };
                    let (document, variables) = graph.filled(&mutation, &id);
                    vec![wire.graphql(&document, &variables).to_string()]
                });
            }
        }
        assert_eq!(everything_about_ana(&stage), before, "somebody changed it");
        tally.end("changing", scene);
    }
}
