//! A goal with its points, its aim line and one careful sentence.
//!
//! ```json
//! {"id","title","area","unit","direction","baseline","baselineOn","target","targetOn",
//!  "startsOn","points":[{"id","at","status","value","scored","possible",
//!  "by":{"person","name"},"pending"}],"aimLine":[{"on","value"}],
//!  "sentence":{"key":"onTrack"|"close"|"notOnTrack"|"notEnoughData","args":{…}}}
//! ```
//! `sentence.args`: `latest`, `projected`, `target`, `targetOn`, `unit`, `points`,
//! `strength` (`weak`, `moderate`, `strong`), as far as they are known.

use super::{Author, Names};
use chrono::{DateTime, NaiveDate};
use domain::progress::{Aim, Direction, PointStatus, Score, amended_visits, outlook};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use sync::{Micros, OperationId, Record, RecordId};

/// A goal.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Goal {
    /// The goal.
    pub id: RecordId,
    /// What the student will do.
    pub title: String,
    /// Reading, speech and so on.
    pub area: String,
    /// `percent`, `wordsPerMinute`, `count`, …
    pub unit: String,
    /// Which way is better.
    pub direction: Direction,
    /// Where the child was.
    pub baseline: f64,
    /// When that was measured.
    pub baseline_on: NaiveDate,
    /// Where the team aims.
    pub target: f64,
    /// By when.
    pub target_on: NaiveDate,
    /// Where the aim line begins.
    pub starts_on: NaiveDate,
    /// What was seen, oldest first.
    pub points: Vec<Point>,
    /// From the baseline to the target.
    pub aim_line: Vec<AimPoint>,
    /// What the data say.
    pub sentence: Sentence,
}

/// One observation.
#[derive(Clone, Debug, Serialize)]
pub struct Point {
    /// The point.
    pub id: RecordId,
    /// When, epoch ms.
    pub at: i64,
    /// What it is.
    pub status: PointStatus,
    /// What is drawn: percent for k of n.
    pub value: Option<f64>,
    /// How many were right.
    pub scored: Option<f64>,
    /// Out of how many.
    pub possible: Option<f64>,
    /// Who took it.
    pub by: Author,
    /// The server does not have it yet.
    pub pending: bool,
}

/// A point of the aim line.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct AimPoint {
    /// The day.
    pub on: NaiveDate,
    /// Where the child should be.
    pub value: f64,
}

/// A catalogue key and what stands in it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sentence {
    /// The key.
    pub key: Value,
    /// Names and their values.
    pub args: Map<String, Value>,
}

/// Shows a goal with its points; `None` if the record is not a whole goal.
pub(crate) fn goal(
    id: RecordId,
    goal: &Record,
    points: &[(RecordId, &Record)],
    names: &Names,
    pending: &BTreeSet<OperationId>,
) -> Option<Goal> {
    let aim = Aim::of(goal)?;
    let gone = amended_visits(points.iter().map(|(_, point)| *point));
    let counting = points.iter().filter(|(_, point)| !gone.contains(point.text("visit")));
    let mut points: Vec<Point> = counting.filter_map(|(id, record)| point(*id, record, names, pending)).collect();
    points.sort_by_key(|point| (point.at, point.id));
    Some(Goal {
        id,
        title: goal.text("title").to_owned(),
        area: goal.text("area").to_owned(),
        unit: goal.text("unit").to_owned(),
        direction: aim.direction,
        baseline: aim.baseline,
        baseline_on: aim.baseline_on,
        target: aim.target,
        target_on: aim.target_on,
        starts_on: aim.baseline_on,
        aim_line: [aim.baseline_on, aim.target_on].map(|on| AimPoint { on, value: aim.at(on) }).to_vec(),
        sentence: sentence(&aim, goal.text("unit"), &points),
        points,
    })
}

fn point(id: RecordId, record: &Record, names: &Names, pending: &BTreeSet<OperationId>) -> Option<Point> {
    let score: Score = serde_json::from_value(Value::Object(record.fields.clone())).ok()?;
    Some(Point {
        id,
        at: Micros(record.field("at").as_i64()?).millis(),
        status: score.status,
        value: score.derived(),
        scored: score.scored,
        possible: score.possible,
        by: names.author(record.made.by),
        pending: pending.contains(&record.made.op),
    })
}

fn sentence(aim: &Aim, unit: &str, points: &[Point]) -> Sentence {
    let scored: Vec<(NaiveDate, f64)> = points
        .iter()
        .filter_map(|point| Some((DateTime::from_timestamp_millis(point.at)?.date_naive(), point.value?)))
        .collect();
    let outlook = outlook(aim, &scored);
    let mut args = Map::new();
    args.insert("target".into(), json!(aim.target));
    args.insert("targetOn".into(), json!(aim.target_on));
    args.insert("unit".into(), json!(unit));
    args.insert("points".into(), json!(scored.len()));
    args.insert("strength".into(), json!(outlook.strength));
    for (name, value) in [("latest", outlook.latest), ("projected", outlook.projected)] {
        // One decimal is what a person reads.
        if let Some(value) = value {
            args.insert(name.into(), json!((value * 10.0).round() / 10.0));
        }
    }
    Sentence { key: json!(outlook.status), args }
}
