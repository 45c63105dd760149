//! What a family may ask of the record that a school keeps on a child: to see it, to have it
//! corrected, and where the school will not, to have their own words stand beside it
//! (34 CFR 300.613, 300.618 to 300.620; 99.10, 99.20 to 99.22; domain.md P01, P08).
//!
//! ```text
//! to see     asked → answered
//! to correct asked → granted
//!                  → refused → hearing asked → granted
//!                                            → refused
//!                            → disagreement, as often as there is something to say
//! ```
//! Each answer is given once and is final. The days count from receipt, so the server writes
//! them beside what the phone sent.

mod answer;

pub use answer::{AnswerRequest, AskForHearing, Stage, Standing, StateDisagreement, standing};

use crate::{
    check::{self, Fault},
    kinds,
};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use serde_json::{Map, json};
use sync::{Change, Kind, Micros, Record, RecordId};

/// No later than this many days after it is received, whatever else is true: 34 CFR 300.613(a).
pub const DAYS_TO_SHOW: u64 = 45;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Asks {
    /// To see the record, or a part of it.
    See,
    /// To correct what is wrong in it.
    Correct,
}

/// The record that is said to be wrong. Only what all of a family sees can be named: an id that
/// somebody guessed must not tell whether it is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contested {
    /// Its kind.
    pub kind: ContestedKind,
    /// Which.
    pub id: RecordId,
}

/// A kind of record that can be named as wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ContestedKind {
    /// A goal.
    Goal,
    /// A visit.
    Visit,
    /// A meeting.
    Meeting,
}

impl From<ContestedKind> for Kind {
    fn from(kind: ContestedKind) -> Self {
        match kind {
            ContestedKind::Goal => kinds::GOAL,
            ContestedKind::Visit => kinds::VISIT,
            ContestedKind::Meeting => kinds::MEETING,
        }
    }
}

/// Asks the school for something about a child's record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AskOfRecord {
    /// The new request's id.
    pub request: RecordId,
    /// Whose record.
    pub student: RecordId,
    /// What for.
    pub asks: Asks,
    /// What they want to see, or what is wrong.
    #[serde(default)]
    pub words: String,
    /// What it should say instead.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub instead: String,
    /// What is wrong, if it is one thing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contests: Option<Contested>,
}

impl AskOfRecord {
    /// Names the field that makes no sense. Whoever wants to see everything need not say so;
    /// what is wrong has to be said.
    pub fn check(&self) -> Result<(), Fault> {
        check::text("words", &self.words)?;
        check::text("instead", &self.instead)?;
        match self.asks {
            Asks::See => {
                check::holds("instead", self.instead.is_empty())?;
                check::holds("contests", self.contests.is_none())
            }
            Asks::Correct => check::holds("words", !self.words.trim().is_empty()),
        }
    }

    /// A new request.
    pub fn changes(&self) -> Vec<Change> {
        let mut fields = Map::new();
        fields.insert("asks".into(), json!(self.asks));
        fields.insert("words".into(), json!(self.words));
        if !self.instead.is_empty() {
            fields.insert("instead".into(), json!(self.instead));
        }
        if let Some(contested) = self.contests {
            fields.insert("contests".into(), json!(contested));
        }
        let (id, subject) = (self.request, Some(self.student.0));
        vec![Change::Create { kind: kinds::REQUEST, id, subject, parent: None, fields }]
    }
}

/// Writes down beside new requests when they reached the server, on a `day` of the agency, and
/// until when the record has to be shown.
pub fn received(changes: &mut [Change], at: Micros, day: NaiveDate) {
    for change in changes {
        if let Change::Create { kind, fields, .. } = change
            && *kind == kinds::REQUEST
        {
            fields.insert("receivedAt".into(), json!(at));
            if fields.get("asks") == Some(&json!(Asks::See)) {
                fields.insert("dueOn".into(), json!(day + Days::new(DAYS_TO_SHOW)));
            }
        }
    }
}

/// Until when a record has to be shown: before any meeting about the plan, and no later than
/// what was written down at receipt (34 CFR 300.613(a), 99.10(b)). `meetings` are the days of
/// those that stand. A meeting before `received` does not count.
pub fn due(request: &Record, received: NaiveDate, meetings: impl Iterator<Item = NaiveDate>) -> Option<NaiveDate> {
    let latest: NaiveDate = serde_json::from_value(request.field("dueOn").clone()).ok()?;
    Some(meetings.filter(|day| *day >= received).chain([latest]).min().unwrap_or(latest))
}

#[cfg(test)]
mod tests;
