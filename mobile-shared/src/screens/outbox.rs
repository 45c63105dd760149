//! `{"screen":"outbox"}`: what the server does not have, oldest first.
//!
//! ```json
//! {"operations":[{"id","name","agency","subject","at","state":"waiting"|"sending"|"parked",
//!  "code","field","because","studentName","intent":{"name",…}|null,
//!  "undo":null|{"also":["…"]}}],"lastContact":null|ms}
//! ```
//! `intent`: what was meant, as `do` takes it. `undo`: it was in no push yet, so `withdraw`
//! takes it back, and what stands on it (`also`) with it. `parked`: the server refused it
//! (`code`, `field`), or it stands on one that was refused (`because`); its author sends
//! another instead (`do` with `replaces`) or throws it away (`drop`). Of work about a child
//! whom this person does not see any more only that it exists is shown: no `subject`, no
//! `studentName`, no `intent`.

use crate::{
    Core, Result,
    core::meant,
    event::Intent as Meant,
    store::{
        meta::{Contact, Meta as _},
        outbox::{self, Entry},
        records, withdraw,
    },
};
use domain::{Intent, kinds};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
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
#[serde(rename_all = "camelCase")]
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
    /// What the student is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub student_name: Option<String>,
    /// What was meant.
    pub intent: Option<Meant>,
    /// It can be taken back.
    pub undo: Option<Undo>,
}

/// How an operation is taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Undo {
    /// What stands on it, and goes as well.
    pub also: Vec<OperationId>,
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
    let entries = outbox::list(db)?;
    let mut untried = BTreeMap::new();
    for agency in entries.iter().map(|entry| entry.agency).collect::<BTreeSet<_>>() {
        untried.extend(withdraw::all(db, agency)?);
    }
    let students = records::of_kind(db, &kinds::STUDENT)?;
    let travelling = link.travelling();
    let operations = entries.into_iter().map(|entry| {
        let undo = untried.remove(&entry.id).map(|also| Undo { also });
        show(entry, &students, travelling, undo)
    });
    let operations = operations.collect();
    let last = Contact::find(db)?.and_then(|contact| contact.last);
    Ok(Outbox { operations, last_contact: last.map(sync::Micros::millis) })
}

fn show(
    entry: Entry,
    students: &BTreeMap<(AgencyId, RecordId), Record>,
    travelling: &[OperationId],
    undo: Option<Undo>,
) -> Waiting {
    let state = match entry.state.as_str() {
        outbox::WAITING if travelling.contains(&entry.id) => State::Sending,
        outbox::WAITING => State::Waiting,
        _ => State::Parked,
    };
    let student = entry.subject.and_then(|subject| students.get(&(entry.agency, RecordId(subject))));
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
        student_name: student.map(|student| student.text("name").to_owned()),
        intent: entry.operation.and_then(|operation| Intent::read(&operation).ok()).and_then(meant),
        undo,
    }
}
