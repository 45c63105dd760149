//! What a family asks of the record, as its screens show it.

use super::{Author, Names};
use domain::{
    kinds,
    record_request::{Asks, Contested, Standing, standing},
};
use serde::Serialize;
use std::collections::BTreeSet;
use sync::{Kind, Micros, OperationId, Record, RecordId};

/// What a guardian asks of the record.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Request {
    /// The request.
    pub id: RecordId,
    /// What for.
    pub asks: Asks,
    /// What they want to see, or what is wrong.
    pub words: String,
    /// What it should say instead.
    pub instead: String,
    /// What is wrong, if it is one thing.
    pub contests: Option<Contested>,
    /// Who asks.
    pub by: Author,
    /// When it was asked, epoch ms.
    pub asked_at: i64,
    /// When the school got it, epoch ms.
    pub received_at: Option<i64>,
    /// The last day on which the record has to be shown, whatever meeting comes first.
    pub due_on: Option<String>,
    /// Where it stands.
    pub standing: Standing,
    /// The last answer's words.
    pub answer: Option<String>,
    /// The family's own words beside what was not corrected, oldest first.
    pub disagreements: Vec<Disagreement>,
    /// The server does not have all of it yet.
    pub pending: bool,
}

/// A family's own words beside what was not corrected.
#[derive(Clone, Debug, Serialize)]
pub struct Disagreement {
    /// The statement.
    pub id: RecordId,
    /// The words.
    pub words: String,
    /// When they were written, epoch ms.
    pub at: i64,
    /// The server does not have it yet.
    pub pending: bool,
}

/// The requests among a student's records, newest first.
pub(super) fn requests<'r>(
    of: impl Fn(Kind) -> Vec<(RecordId, &'r Record)>,
    names: &Names,
    pending: &BTreeSet<OperationId>,
) -> Vec<Request> {
    let stated = of(kinds::DISAGREEMENT);
    let one = |(id, request): &(RecordId, &Record)| {
        let beside = stated.iter().filter(|(_, words)| words.parent == Some(id.0));
        let mut disagreements: Vec<Disagreement> =
            beside.map(|(id, words)| disagreement(*id, words, pending)).collect();
        disagreements.sort_by_key(|stated| (stated.at, stated.id));
        let (standing, answer) = standing(request);
        Some(Request {
            id: *id,
            asks: serde_json::from_value(request.field("asks").clone()).ok()?,
            words: request.text("words").to_owned(),
            instead: request.text("instead").to_owned(),
            contests: serde_json::from_value(request.field("contests").clone()).ok(),
            by: names.author(request.made.by),
            asked_at: request.made.at.millis(),
            received_at: request.field("receivedAt").as_i64().map(|at| Micros(at).millis()),
            due_on: request.field("dueOn").as_str().map(str::to_owned),
            standing,
            answer,
            pending: pending.contains(&request.made.op) || pending.contains(&request.stamp_of("hearing").op),
            disagreements,
        })
    };
    let mut requests: Vec<Request> = of(kinds::REQUEST).iter().filter_map(one).collect();
    requests.sort_by_key(|request| (std::cmp::Reverse(request.asked_at), request.id));
    requests
}

fn disagreement(id: RecordId, stated: &Record, pending: &BTreeSet<OperationId>) -> Disagreement {
    Disagreement {
        id,
        words: stated.text("words").to_owned(),
        at: stated.made.at.millis(),
        pending: pending.contains(&stated.made.op),
    }
}
