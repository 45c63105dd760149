//! What becomes of a request: answers, a hearing, and the family's own words beside what the
//! school would not change.

use super::Asks;
use crate::{
    check::{self, Fault},
    kinds,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use sync::{Base, Change, Record, RecordId, value::ValueHash, verdict::Code};

/// Which of the two answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Stage {
    /// The school's own (34 CFR 300.618(b)).
    Answer,
    /// What a hearing came to (34 CFR 300.620).
    Hearing,
}

impl Stage {
    /// The field of the request in which it stands.
    const fn field(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Hearing => "outcome",
        }
    }
}

/// What was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Answer {
    granted: bool,
    words: String,
}

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Standing {
    /// It waits for an answer.
    Asked,
    /// The record was shown, or corrected.
    Granted,
    /// The school will not change what it says. The family may ask for a hearing and state that
    /// it disagrees.
    Refused,
    /// A hearing was asked for.
    HearingAsked,
    /// The hearing came to the same: the family's words stand beside the record.
    RefusedAfterHearing,
}

/// Where a request stands, and what was said last.
pub fn standing(request: &Record) -> (Standing, Option<String>) {
    let answer = |stage: Stage| serde_json::from_value::<Answer>(request.field(stage.field()).clone()).ok();
    match (answer(Stage::Answer), request.field("hearing").as_bool(), answer(Stage::Hearing)) {
        (_, _, Some(outcome)) if outcome.granted => (Standing::Granted, Some(outcome.words)),
        (_, _, Some(outcome)) => (Standing::RefusedAfterHearing, Some(outcome.words)),
        (Some(answer), _, _) if answer.granted => (Standing::Granted, Some(answer.words)),
        (Some(answer), Some(true), _) => (Standing::HearingAsked, Some(answer.words)),
        (Some(answer), _, _) => (Standing::Refused, Some(answer.words)),
        (None, _, _) => (Standing::Asked, None),
    }
}

/// Answers a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AnswerRequest {
    /// The request.
    pub request: RecordId,
    /// Whose record.
    pub student: RecordId,
    /// The school's own answer, or what a hearing came to.
    pub stage: Stage,
    /// Whether it was shown, or is corrected.
    pub granted: bool,
    /// How and when it was shown; what was changed; why not.
    pub words: String,
}

impl AnswerRequest {
    /// A family is told why, in words.
    pub fn check(&self) -> Result<(), Fault> {
        check::holds("words", !self.words.trim().is_empty())?;
        check::text("words", &self.words)
    }

    /// One edit beside what the family wrote.
    pub fn changes(&self) -> Vec<Change> {
        let answer = Answer { granted: self.granted, words: self.words.clone() };
        vec![once(self.request, self.student, self.stage.field(), json!(answer))]
    }

    /// To see one's child's record cannot be refused; only what was refused is heard again.
    pub fn objection(&self, request: Option<&Record>) -> Option<Code> {
        let request = request?;
        let asks_to_see = request.field("asks") == &json!(Asks::See);
        let fits = match self.stage {
            Stage::Answer => self.granted || !asks_to_see,
            Stage::Hearing => matches!(standing(request).0, Standing::HearingAsked | Standing::RefusedAfterHearing),
        };
        (!fits).then_some(Code::Invalid)
    }
}

/// Asks for a hearing on what the school would not correct (34 CFR 300.619).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskForHearing {
    /// The request.
    pub request: RecordId,
    /// Whose record.
    pub student: RecordId,
}

impl AskForHearing {
    /// One edit.
    pub fn changes(&self) -> Vec<Change> {
        vec![once(self.request, self.student, "hearing", json!(true))]
    }

    /// Only on a refusal.
    pub fn objection(&self, request: Option<&Record>) -> Option<Code> {
        let fits = matches!(standing(request?).0, Standing::Refused | Standing::HearingAsked);
        (!fits).then_some(Code::Invalid)
    }
}

/// Puts the family's words beside what the school would not correct. They stay with the record
/// and go wherever it goes (34 CFR 300.620(c)).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StateDisagreement {
    /// The new statement's id.
    pub disagreement: RecordId,
    /// The request that was refused.
    pub request: RecordId,
    /// Whose record.
    pub student: RecordId,
    /// The words.
    pub words: String,
}

impl StateDisagreement {
    /// Names the field that makes no sense.
    pub fn check(&self) -> Result<(), Fault> {
        check::holds("words", !self.words.trim().is_empty())?;
        check::text("words", &self.words)
    }

    /// A new statement.
    pub fn changes(&self) -> Vec<Change> {
        let fields = Map::from_iter([("words".to_owned(), json!(self.words))]);
        let (id, subject, parent) = (self.disagreement, Some(self.student.0), Some(self.request.0));
        vec![Change::Create { kind: kinds::DISAGREEMENT, id, subject, parent, fields }]
    }

    /// There must be something to disagree with. A family need not go through a hearing first:
    /// the law gives the right after one, and keeps nobody from giving it sooner.
    pub fn objection(&self, request: Option<&Record>) -> Option<Code> {
        let refused =
            matches!(standing(request?).0, Standing::Refused | Standing::HearingAsked | Standing::RefusedAfterHearing);
        (!refused).then_some(Code::Invalid)
    }
}

/// A field that is written once: nothing stood there before.
fn once(request: RecordId, student: RecordId, field: &str, value: Value) -> Change {
    Change::Edit {
        kind: kinds::REQUEST,
        id: request,
        subject: Some(student.0),
        field: field.to_owned(),
        base: Base::Seen { seen: ValueHash::of(&Value::Null), text: None },
        value,
    }
}
