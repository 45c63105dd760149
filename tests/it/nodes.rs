//! `node(id)`: every type that says it is a `Node` can be asked for by its id, by those who may
//! see it; to everybody else it is null, as what was never there.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tests::World;

/// The types that implement `Node`, from the printed schema.
fn node_types() -> Vec<String> {
    let sdl = server::graphql::sdl();
    let implementing = sdl.lines().filter(|line| line.starts_with("type ") && line.contains("implements Node"));
    implementing.filter_map(|line| line.split_whitespace().nth(1).map(str::to_owned)).collect()
}

#[test]
fn every_node_is_found_by_its_id_and_by_nobody_who_may_not_see_it() {
    for stage in World::of_ana().meeting("review").student("ben").guardian("gus").on_each_engine() {
        stage.phone_of("pat").log_visit_with("ana", "Read two pages.", &[("reads aloud", 31.0)]);
        let mut mia = stage.phone_of("mia");
        mia.edit_statement("ana", "vision", "She reads.");
        mia.write_input("ana", "hopes", "More books.");
        mia.submit_input("ana");
        let mut cas = stage.wire_of("cas");
        let whole = "{ viewer { people { person { id } agency { id students(first: 5) { nodes { id
            goals { id points { id } } visits { nodes { id } } meetings { id }
            familyStatement { id } parentInputs { id } } } } } } }";
        let answer = cas.graphql(whole, &Value::Null);
        assert!(answer["errors"].is_null(), "{answer}");
        let me = &answer["data"]["viewer"]["people"][0];
        let ana = &me["agency"]["students"]["nodes"][0];
        let ids: BTreeMap<&str, &Value> = BTreeMap::from([
            ("Agency", &me["agency"]["id"]),
            ("Person", &me["person"]["id"]),
            ("Student", &ana["id"]),
            ("Goal", &ana["goals"][0]["id"]),
            ("DataPoint", &ana["goals"][0]["points"][0]["id"]),
            ("Visit", &ana["visits"]["nodes"][0]["id"]),
            ("Meeting", &ana["meetings"][0]["id"]),
            ("FamilyStatement", &ana["familyStatement"]["id"]),
            ("ParentInput", &ana["parentInputs"][0]["id"]),
        ]);
        assert_eq!(ids.keys().copied().collect::<Vec<_>>(), sorted(node_types()));

        let mut gus = stage.wire_of("gus");
        for (name, id) in ids {
            let query = "query($id: ID!) { node(id: $id) { __typename id } }";
            let found = cas.graphql(query, &json!({"id": id}));
            assert_eq!(found["data"]["node"], json!({"__typename": name, "id": id}), "{found}");
            let hidden = gus.graphql(query, &json!({"id": id}));
            assert_eq!(hidden, json!({"data": {"node": null}}), "{name}");
        }
    }
}

#[test]
fn what_belongs_to_a_child_leads_back_to_the_child() {
    let stage = World::of_ana().meeting("review").on_sqlite();
    stage.phone_of("pat").log_visit("ana", "Read two pages.");
    let mut mia = stage.phone_of("mia");
    mia.edit_statement("ana", "vision", "She reads.");
    mia.write_input("ana", "hopes", "More books.");
    mia.submit_input("ana");
    let query = "{ viewer { people { agency { students { nodes { id
        goals { student { id } } meetings { student { id } } familyStatement { student { id } }
        parentInputs { student { id } } visits { nodes { student { id } } } } } } } } }";

    let answer = stage.wire_of("cas").graphql(query, &Value::Null);

    let ana = &answer["data"]["viewer"]["people"][0]["agency"]["students"]["nodes"][0];
    let each = [
        &ana["goals"][0],
        &ana["meetings"][0],
        &ana["familyStatement"],
        &ana["parentInputs"][0],
        &ana["visits"]["nodes"][0],
    ];
    for one in each {
        assert_eq!(one["student"]["id"], ana["id"], "{answer}");
    }
}

fn sorted(mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names
}
