//! `{"screen":"outbox"}`: what the server does not have, oldest first.
//!
//! ```json
//! {"operations":[{"id","name","agency","subject","at","state":"waiting"|"sending"|"parked",
//!  "code","field","because","summary":{"studentName",…}}],"lastContact":null|ms}
//! ```
//! `parked`: the server refused it (`code`, `field`), or it stands on one that was refused
//! (`because`); its author sends another instead (`do` with `replaces`) or throws it away
//! (`drop`). Of work about a child whom this person does not see any more only that it
//! exists is shown: no `subject`, an empty `summary`.
//! `summary` by name: LogVisit `service`, `startedAt`, `minutes`, `points`; EditInput and
//! EditStatement `field`, `value`; AnswerMeeting `answer`; Resolve `field`.

use crate::{
    Core, Result,
    store::{
        meta::{Contact, Meta as _},
        outbox::{self, Entry},
        records,
    },
};
use domain::{Intent, kinds};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use sync::{AgencyId, OperationId, Record, RecordId};
use uuid::Uuid;

/// The outbox.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Outbox {
    /// What the server does not have, oldest first.
    pub operations: Vec<Waiting>,
    /// When a round was last complete, epoch ms.
    pub last_contact: Option<i64>,
}

/// One operation.
#[derive(Clone, Debug, Serialize)]
pub struct Waiting {
    /// The operation.
    pub id: OperationId,
    /// What was intended.
    pub name: String,
    /// In which agency.
    pub agency: AgencyId,
    /// About which student.
    pub subject: Option<Uuid>,
    /// When it was done, epoch ms.
    pub at: i64,
    /// Where it stands.
    pub state: State,
    /// Why it is parked.
    pub code: Option<String>,
    /// Which part of it was refused.
    pub field: Option<String>,
    /// The refused operation that it stands on.
    pub because: Option<OperationId>,
    /// What a person knows it by.
    pub summary: Map<String, Value>,
}

/// Where an operation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum State {
    /// Kept on this phone.
    Waiting,
    /// In a push that has no answer yet.
    Sending,
    /// Waits for its author.
    Parked,
}

pub(crate) fn read(core: &mut Core) -> Result<Outbox> {
    let Some((_, db, link)) = core.copy() else {
        return Ok(Outbox { operations: Vec::new(), last_contact: None });
    };
    let travelling = link.travelling();
    let students = records::of_kind(db, &kinds::STUDENT)?;
    let operations = outbox::list(db)?.into_iter().map(|entry| show(entry, &students, travelling)).collect();
    let last = Contact::find(db)?.and_then(|contact| contact.last);
    Ok(Outbox { operations, last_contact: last.map(sync::Micros::millis) })
}

fn show(entry: Entry, students: &BTreeMap<(AgencyId, RecordId), Record>, travelling: &[OperationId]) -> Waiting {
    let state = match entry.state.as_str() {
        outbox::WAITING if travelling.contains(&entry.id) => State::Sending,
        outbox::WAITING => State::Waiting,
        _ => State::Parked,
    };
    let mut summary =
        entry.operation.as_ref().and_then(|operation| Intent::read(operation).ok()).map_or_else(Map::new, summary);
    if let Some(student) = entry.subject.and_then(|subject| students.get(&(entry.agency, RecordId(subject)))) {
        summary.insert("studentName".into(), json!(student.text("name")));
    }
    Waiting {
        id: entry.id,
        name: entry.name,
        agency: entry.agency,
        subject: entry.subject,
        at: entry.done_at.millis(),
        state,
        code: entry.code,
        field: entry.field,
        because: entry.because,
        summary,
    }
}

fn summary(intent: Intent) -> Map<String, Value> {
    let values = match intent {
        Intent::LogVisit(visit) => json!({
            "service": visit.service,
            "startedAt": visit.started_at.millis(),
            "minutes": (visit.ended_at.millis() - visit.started_at.millis()) / 60_000,
            "points": visit.points.len(),
        }),
        Intent::EditInput(edit) => json!({"field": edit.field, "value": edit.value}),
        Intent::EditStatement(edit) => json!({"field": edit.field, "value": edit.value}),
        Intent::AnswerMeeting(answer) => json!({"answer": answer.answer}),
        Intent::Resolve(choice) => json!({"field": choice.field}),
        _ => Value::Null,
    };
    values.as_object().cloned().unwrap_or_default()
}
