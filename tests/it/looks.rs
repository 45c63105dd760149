//! Who looked at what: noted before it is shown, read by the family and the director
//! (34 CFR 99.32; domain.md P05, §8.3).

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::names::{node, student};
use tests::{Stage, Wire, World};

fn world() -> World {
    World::of_ana().director("dora").office("ona").teacher("tess").student("ben").guardian("gus")
}

fn ana() -> Value {
    json!({"id": node("stu", student("ana"))})
}

const GOALS: &str = "query($id: ID!) { node(id: $id) { ... on Student { goals { title } } } }";
const PAGE: &str = "query($id: ID!) { node(id: $id) { ... on Student {
    goals { title } visits { nodes { note } } familyStatement { vision } contacts { relation } } } }";

/// The log as somebody reads it: day, name, whether as family, topics.
fn log(reader: &mut Wire, more: &str) -> Vec<String> {
    let query = format!(
        "query($id: ID!) {{ node(id: $id) {{ ... on Student {{
            accessLog{more} {{ on by {{ name }} asFamily topics }} }} }} }}"
    );
    let answer = reader.graphql(&query, &ana());
    assert!(answer["errors"].is_null(), "{answer}");
    let entries = answer["data"]["node"]["accessLog"].as_array().cloned().unwrap_or_default();
    let line = |entry: &Value| {
        let topics: Vec<&str> = entry["topics"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let family = if entry["asFamily"] == true { " (family)" } else { "" };
        let name = entry["by"]["name"].as_str().unwrap_or_default();
        format!("{} {name}{family}: {}", entry["on"].as_str().unwrap_or_default(), topics.join(" "))
    };
    entries.iter().map(line).collect()
}

fn look(stage: &Stage, name: &str, query: &str) {
    let answer = stage.wire_of(name).graphql(query, &ana());
    assert!(answer["errors"].is_null(), "{answer}");
}

#[test]
fn a_family_reads_who_of_the_school_looked_at_what_and_when() {
    for stage in world().on_each_engine() {
        stage.phone_of("pat").log_visit("ana", "Read two pages.");
        look(&stage, "pat", GOALS);
        look(&stage, "pat", GOALS);
        look(&stage, "cas", PAGE);
        // Two in the morning in London, and still the same evening at the school.
        stage.pass(TimeDelta::hours(14));
        look(&stage, "pat", PAGE);
        stage.pass(TimeDelta::hours(24));
        look(&stage, "tess", GOALS);

        let mut mia = stage.wire_of("mia");
        let all = log(&mut mia, "");
        let (first, second) = (&all[2][..10], &all[0][..10]);
        let mut expected = vec![
            format!("{first} Cas Story: CONTACTS GOALS STATEMENT VISITS"),
            format!("{first} Pat Story: GOALS VISITS"),
        ];
        let mut of_first = all[1..].to_vec();
        of_first.sort();
        expected.sort();
        assert_eq!(all[0], format!("{second} Tess Story: GOALS"), "the newest day first");
        assert_eq!(of_first, expected, "a day has one line of somebody, of what they may see alone");
        assert!(first < second);
        assert_eq!(log(&mut mia, "(days: 1)"), all[..1]);
        assert_eq!(log(&mut mia, &format!("(before: \"{second}\")")).len(), 2);
    }
}

#[test]
fn a_guardian_reads_nothing_of_another_and_the_director_reads_all() {
    for stage in world().on_each_engine() {
        for name in ["mia", "fred", "dora"] {
            look(&stage, name, GOALS);
        }
        let names = |reader: &str| {
            let lines = log(&mut stage.wire_of(reader), "");
            let mut names: Vec<_> = lines.iter().map(|line| line[11..].to_owned()).collect();
            names.sort();
            names
        };
        assert_eq!(names("mia"), ["Dora Story: GOALS", "Mia Story (family): GOALS"]);
        assert_eq!(names("fred"), ["Dora Story: GOALS", "Fred Story (family): GOALS"]);
        assert_eq!(names("dora"), ["Dora Story: GOALS", "Fred Story (family): GOALS", "Mia Story (family): GOALS"]);
    }
}

#[test]
fn a_family_reads_what_somebody_is_to_the_child() {
    let stage = world().on_sqlite();
    for name in ["pat", "cas", "dora", "mia"] {
        look(&stage, name, GOALS);
    }
    let query = "query($id: ID!) { node(id: $id) { ... on Student {
        accessLog { by { name } role services } } } }";
    let answer = stage.wire_of("mia").graphql(query, &ana());
    let entries = answer["data"]["node"]["accessLog"].as_array().cloned().unwrap_or_default();
    let mut said: Vec<_> = entries
        .iter()
        .map(|entry| format!("{} {} {}", entry["by"]["name"], entry["role"], entry["services"]).replace('"', ""))
        .collect();
    said.sort();
    assert_eq!(
        said,
        ["Cas Story CASE_MANAGER []", "Dora Story DIRECTOR []", "Mia Story null []", "Pat Story PROVIDER [speech]"]
    );
}

#[test]
fn a_day_on_which_only_another_guardian_looked_is_passed_over() {
    for stage in world().on_each_engine() {
        look(&stage, "pat", GOALS);
        for _ in 0..3 {
            stage.pass(TimeDelta::days(1));
            look(&stage, "mia", GOALS);
        }
        let of_fred = log(&mut stage.wire_of("fred"), "(days: 1)");
        assert_eq!(of_fred.len(), 1, "{of_fred:?}");
        assert!(of_fred[0].ends_with("Pat Story: GOALS"));
        let of_dora = log(&mut stage.wire_of("dora"), "(days: 2)");
        assert!(of_dora.len() == 2 && of_dora.iter().all(|line| line.contains("Mia Story (family)")), "{of_dora:?}");
    }
}

#[test]
fn a_look_at_a_list_with_nothing_in_it_is_a_look_at_the_record() {
    let lists = "query($id: ID!) { node(id: $id) { ... on Student {
        visits { nodes { note } } parentInputs { hopes } contactAttempts { note } } } }";
    for stage in world().on_each_engine() {
        for name in ["cas", "pat", "tess"] {
            look(&stage, name, lists);
        }
        let mut lines = log(&mut stage.wire_of("mia"), "");
        lines.sort();
        let lines: Vec<_> = lines.iter().map(|line| &line[11..]).collect();
        // A teacher may see none of it, whatever there is.
        assert_eq!(lines, ["Cas Story: ATTEMPTS INPUT VISITS", "Pat Story: VISITS"]);
    }
}

#[test]
fn nobody_else_reads_the_log_and_a_look_that_shows_nothing_is_none() {
    for stage in world().on_each_engine() {
        // May not see her goals, or her at all: nothing is shown, so nothing is noted.
        look(&stage, "ona", GOALS);
        look(&stage, "gus", GOALS);
        assert!(log(&mut stage.wire_of("mia"), "").is_empty());
        look(&stage, "pat", GOALS);
        for name in ["pat", "cas", "tess", "ona", "gus"] {
            assert!(log(&mut stage.wire_of(name), "").is_empty(), "{name}");
        }
    }
}

#[test]
fn versions_that_are_read_in_the_queue_of_those_who_choose_are_looked_at() {
    for stage in world().on_each_engine() {
        let (mut mia, mut fred) = (stage.phone_of("mia"), stage.phone_of("fred"));
        mia.offline();
        mia.edit_statement("ana", "vision", "hers");
        fred.edit_statement("ana", "vision", "his");
        mia.online();
        let queue = "{ viewer { people { agency { conflictQueue { alternatives { value } } } } } }";
        look(&stage, "cas", queue);
        let lines = log(&mut stage.wire_of("mia"), "");
        assert!(lines.iter().any(|line| line.ends_with("Cas Story: STATEMENT")), "{lines:?}");
    }
}

#[test]
fn more_days_than_can_be_read_at_once_are_refused_by_name() {
    let stage = world().on_sqlite();
    for days in [0, -1, 101] {
        let query =
            format!("query($id: ID!) {{ node(id: $id) {{ ... on Student {{ accessLog(days: {days}) {{ on }} }} }} }}");
        let answer = stage.wire_of("mia").graphql(&query, &ana());
        assert_eq!(answer["errors"][0]["extensions"]["field"], "days", "{answer}");
    }
}

#[test]
fn what_cannot_be_noted_is_not_shown() {
    let stage = world().on_sqlite();
    let refuse = "CREATE TRIGGER full BEFORE INSERT ON look BEGIN SELECT RAISE(FAIL, 'the disk is full'); END";
    stage.server.database().write(|db| Ok(db.batch(refuse)?)).expect("a trigger");
    let answer = stage.wire_of("pat").graphql(GOALS, &ana());
    assert!(answer["data"]["node"]["goals"].is_null() && !answer["errors"][0].is_null(), "{answer}");
    assert!(!answer.to_string().contains("reads aloud"));
}
