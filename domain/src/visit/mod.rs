//! Visits: one delivery of a service to one student, with the data points taken in it.
//! Append-only: a visit that was wrong gets an amendment, never an edit.

mod flags;

pub use flags::{Flag, Pair, pairs, superseded};

use crate::{
    check::{self, Fault},
    kinds,
    progress::Score,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, json};
use sync::{Change, Micros, RecordId};

/// The services that are given, by their codes.
pub const SERVICES: [&str; 5] = ["speech", "occupational", "physical", "counseling", "specialized"];

/// Longer than any visit: a slip of the finger or a forgotten stop.
const MAX_VISIT: i64 = 12 * 60 * 60 * 1_000_000;

/// Whether the visit took place, and if not, why (domain.md §3.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Attendance {
    /// It took place.
    Present,
    /// The student was not there.
    AbsentStudent,
    /// The provider was not there.
    AbsentProvider,
    /// The school was closed.
    SchoolClosed,
    /// The student refused.
    Refused,
}

/// Logs one visit and the data points taken in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LogVisit {
    /// The new visit's id.
    pub visit: RecordId,
    /// Who was served.
    pub student: RecordId,
    /// One of [`SERVICES`].
    pub service: String,
    /// When it began.
    pub started_at: Micros,
    /// When it ended.
    pub ended_at: Micros,
    /// Whether it took place.
    pub attendance: Attendance,
    /// What was done and seen, in the provider's words.
    #[serde(default)]
    pub note: String,
    /// The data points taken.
    #[serde(default)]
    pub points: Vec<TakenPoint>,
    /// The author's own visit that was logged wrongly and reads like this instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amends: Option<RecordId>,
}

/// A data point as it is taken in a visit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TakenPoint {
    /// The new point's id.
    pub id: RecordId,
    /// The goal.
    pub goal: RecordId,
    /// Raw parts; absent is not zero.
    #[serde(flatten)]
    pub score: Score,
}

impl LogVisit {
    /// Names the first field that makes no sense.
    pub fn check(&self) -> Result<(), Fault> {
        check::holds("service", SERVICES.contains(&self.service.as_str()))?;
        check::holds("endedAt", self.ended_at >= self.started_at)?;
        check::holds("endedAt", self.ended_at.0 - self.started_at.0 <= MAX_VISIT)?;
        check::text("note", &self.note)?;
        check::holds("amends", self.amends != Some(self.visit))?;
        check::holds("points", self.points.len() <= 60)?;
        self.points.iter().enumerate().try_for_each(|(n, point)| point.score.check(&format!("points.{n}")))
    }

    /// A visit and its points: all new.
    pub fn changes(&self) -> Vec<Change> {
        let mut fields = Map::new();
        fields.insert("service".into(), json!(self.service));
        fields.insert("startedAt".into(), json!(self.started_at));
        fields.insert("endedAt".into(), json!(self.ended_at));
        fields.insert("attendance".into(), json!(self.attendance));
        if !self.note.is_empty() {
            fields.insert("note".into(), json!(self.note));
        }
        if let Some(amended) = self.amends {
            fields.insert("amends".into(), json!(amended));
        }
        let visit =
            Change::Create { kind: kinds::VISIT, id: self.visit, subject: Some(self.student.0), parent: None, fields };
        let points = self.points.iter().map(|point| {
            let mut fields = point.score.fields();
            fields.insert("at".into(), json!(self.ended_at));
            fields.insert("visit".into(), json!(self.visit));
            if let Some(amended) = self.amends {
                fields.insert("amends".into(), json!(amended));
            }
            Change::Create {
                kind: kinds::POINT,
                id: point.id,
                subject: Some(self.student.0),
                parent: Some(point.goal.0),
                fields,
            }
        });
        std::iter::once(visit).chain(points).collect()
    }
}
