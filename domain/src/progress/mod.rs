//! Goals, data points and the mathematics of progress (domain.md §5): the aim line, the
//! robust trend, and one careful sentence about whether a child is on track.
//!
//! Raw parts are stored and values derived. Absent is not zero: only scored points enter
//! the mathematics. The time axis is days, not session numbers.

mod outlook;
mod trend;

pub use outlook::{Outlook, OutlookStatus, Strength, outlook};
pub use trend::{Line, ordinary_least_squares, theil_sen};

use crate::{
    check::{self, Fault},
    kinds,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use sync::{Change, Record, RecordId};

/// Which way a goal goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Direction {
    /// More is better.
    Increase,
    /// Less is better.
    Decrease,
    /// Staying is the aim.
    Maintain,
}

/// What a data point is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PointStatus {
    /// A score was taken.
    Scored,
    /// The student was absent.
    Absent,
    /// There was no opportunity.
    NotOffered,
    /// It was taken wrongly.
    Invalid,
}

/// The raw parts of one observation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// Whether there is a score at all.
    pub status: PointStatus,
    /// How many were right, for opportunities.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scored: Option<f64>,
    /// Out of how many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub possible: Option<f64>,
    /// The count, rate or level, for measures that are not opportunities.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
}

impl Score {
    /// Either k of n or a value when scored, nothing otherwise.
    pub fn check(&self, field: &str) -> Result<(), Fault> {
        let parts = (self.scored, self.possible, self.value);
        match (self.status, parts) {
            (PointStatus::Scored, (Some(scored), Some(possible), None)) => {
                check::holds(&format!("{field}.possible"), possible > 0.0 && possible.is_finite())?;
                check::holds(&format!("{field}.scored"), (0.0..=possible).contains(&scored))
            }
            (PointStatus::Scored, (None, None, Some(value))) => {
                check::holds(&format!("{field}.value"), value.is_finite() && value.abs() < 1e9)
            }
            (PointStatus::Scored, _) => Err(Fault::invalid(format!("{field}.scored"))),
            (_, (None, None, None)) => Ok(()),
            _ => Err(Fault::invalid(format!("{field}.status"))),
        }
    }

    /// As a record's fields.
    pub fn fields(&self) -> Map<String, Value> {
        match serde_json::to_value(self) {
            Ok(Value::Object(fields)) => fields,
            _ => unreachable!("a score is a struct with string keys"),
        }
    }

    /// The value that is drawn and calculated with: percent for k of n. `None` unless scored.
    pub fn derived(&self) -> Option<f64> {
        match (self.status, self.scored, self.possible, self.value) {
            (PointStatus::Scored, Some(scored), Some(possible), _) if possible > 0.0 => Some(100.0 * scored / possible),
            (PointStatus::Scored, _, _, value) => value,
            _ => None,
        }
    }
}

/// Writes a measurable annual goal: where the child is, where the team aims, by when
/// (34 CFR 300.320(a)(1)–(3)).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WriteGoal {
    /// The new goal's id.
    pub goal: RecordId,
    /// Whose goal it is.
    pub student: RecordId,
    /// What the student will do.
    pub title: String,
    /// Reading, speech and so on.
    pub area: String,
    /// `percent`, `wordsPerMinute`, `count`, …
    pub unit: String,
    /// Which way is better.
    pub direction: Direction,
    /// Where the child is.
    pub baseline: f64,
    /// As measured on this day.
    pub baseline_on: NaiveDate,
    /// Where the team aims.
    pub target: f64,
    /// By when.
    pub target_on: NaiveDate,
}

impl WriteGoal {
    /// Names the field that makes no sense.
    pub fn check(&self) -> Result<(), Fault> {
        check::line("title", &self.title)?;
        check::line("area", &self.area)?;
        check::line("unit", &self.unit)?;
        check::holds("baseline", self.baseline.is_finite())?;
        check::holds("target", self.target.is_finite())?;
        check::holds("targetOn", self.target_on > self.baseline_on)
    }

    /// A new goal.
    pub fn changes(&self) -> Vec<Change> {
        let mut fields = Map::new();
        fields.insert("title".into(), json!(self.title));
        fields.insert("area".into(), json!(self.area));
        fields.insert("unit".into(), json!(self.unit));
        fields.insert("direction".into(), json!(self.direction));
        fields.insert("baseline".into(), json!(self.baseline));
        fields.insert("baselineOn".into(), json!(self.baseline_on));
        fields.insert("target".into(), json!(self.target));
        fields.insert("targetOn".into(), json!(self.target_on));
        vec![Change::Create { kind: kinds::GOAL, id: self.goal, subject: Some(self.student.0), parent: None, fields }]
    }
}

/// The visits whose points count no more, because an amendment brought its own. Points say
/// it themselves: not everybody who sees a goal sees the visits.
pub fn amended_visits<'a>(points: impl IntoIterator<Item = &'a Record>) -> BTreeSet<&'a str> {
    points.into_iter().filter_map(|point| point.field("amends").as_str()).collect()
}

/// Where a goal starts and aims.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Aim {
    /// Which way is better.
    pub direction: Direction,
    /// b₀.
    pub baseline: f64,
    /// t₀.
    pub baseline_on: NaiveDate,
    /// G.
    pub target: f64,
    /// t_G.
    pub target_on: NaiveDate,
}

impl Aim {
    /// Of a goal's record; `None` if it is not one.
    pub fn of(goal: &Record) -> Option<Self> {
        serde_json::from_value(Value::Object(goal.fields.clone())).ok()
    }

    /// The aim line y(t) = b₀ + (G − b₀)(t − t₀)/(t_G − t₀).
    pub fn at(&self, day: NaiveDate) -> f64 {
        let span = (self.target_on - self.baseline_on).num_days() as f64;
        let gone = (day - self.baseline_on).num_days() as f64;
        self.baseline + (self.target - self.baseline) * gone / span
    }

    /// What has to be gained a week to arrive.
    pub fn per_week(&self) -> f64 {
        7.0 * (self.target - self.baseline) / (self.target_on - self.baseline_on).num_days() as f64
    }
}
