//! The verdict on one operation, or on a group that is taken whole or not at all.

use super::{
    Actor, ApplyTx, Asked,
    allow::{Answer, allow, linked},
    memory::{self, Known},
    past,
    tx::Key,
};
use crate::{disclosure, error::Result, people, retention};
use domain::{Intent, check::Fault, meeting, policy, record_request};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use sync::{
    Change, Kind, OperationId, PersonId, Record, RecordId, Verdict,
    reconcile::{Outcome, reconcile},
    record::Stamp,
    verdict::{Code, Place},
};

/// Judges one operation and remembers the verdict. A replay gets the same answer again.
pub fn apply(tx: &mut ApplyTx<'_>, actor: &Actor, asked: Asked, number: Option<u64>) -> Result<Verdict> {
    if let Some(known) = memory::known_id(tx, asked.id())? {
        return Ok(replay(known, actor, &asked));
    }
    let (by, verdict) = judge(tx, actor, &asked)?;
    memory::remember(tx, actor, by, asked, number, &verdict);
    Ok(verdict)
}

/// Judges operations that belong together: one rejection rejects all.
pub fn apply_group(tx: &mut ApplyTx<'_>, actor: &Actor, group: Vec<(Asked, u64)>) -> Result<Vec<Verdict>> {
    let first = tx.remembered.len();
    let members: BTreeSet<OperationId> = group.iter().map(|(one, _)| one.id()).collect();
    tx.all_or_nothing(|tx| {
        let judged = group.into_iter().map(|(one, number)| apply(tx, actor, one, Some(number)));
        let mut verdicts = judged.collect::<Result<Vec<_>>>()?;
        let whole = verdicts.iter().all(Verdict::is_success);
        if !whole {
            // What jobs did on behalf of a member never happened.
            let mut nth = 0..;
            tx.remembered.retain(|one| nth.next().is_none_or(|n| n < first) || members.contains(&one.id()));
            tx.remembered_at = tx.remembered.iter().map(memory::Remembered::id).zip(0..).collect();
            let rejected = Verdict::rejected(Code::Group);
            let judged_now = tx.remembered[first..].iter_mut().map(|one| &mut one.verdict);
            for verdict in verdicts.iter_mut().chain(judged_now).filter(|verdict| verdict.is_success()) {
                verdict.clone_from(&rejected);
            }
        }
        Ok((whole, verdicts))
    })
}

/// Rejects an operation unread, and remembers that.
pub(crate) fn refuse(tx: &mut ApplyTx<'_>, actor: &Actor, asked: Asked, number: u64, code: Code) -> Result<Verdict> {
    if let Some(known) = memory::known_id(tx, asked.id())? {
        return Ok(replay(known, actor, &asked));
    }
    let verdict = Verdict::rejected(code);
    let by = memory::subject_of(&asked.sent.operation).and_then(|student| linked(actor, student));
    memory::remember(tx, actor, by, asked, Some(number), &verdict);
    Ok(verdict)
}

/// Sameness is id, bytes and author: an id that somebody else used is no way to their verdict.
fn replay(known: Known, actor: &Actor, asked: &Asked) -> Verdict {
    if known.digest == asked.digest && known.account == actor.account {
        known.verdict
    } else {
        Verdict::rejected(Code::Exists)
    }
}

/// The verdict, and as whom it was done if it was.
fn judge(tx: &mut ApplyTx<'_>, actor: &Actor, asked: &Asked) -> Result<(Option<PersonId>, Verdict)> {
    let operation = &asked.sent.operation;
    let intent = match &asked.intent {
        Ok(intent) => intent,
        Err(fault) => {
            let by = memory::subject_of(operation).and_then(|student| linked(actor, student));
            return Ok((by, fault.clone().into()));
        }
    };
    tx.look_ahead(asked.keys())?;
    let present = snapshot(tx, asked.keys())?;
    let read = |kind: &Kind, id: RecordId| present.get(&(kind.clone(), id)).cloned().flatten();

    let (by, review) = match allow(actor, intent, operation.at, tx.now(), &read) {
        Answer::Allowed { by, review } => (by, review),
        Answer::NotFound { linked } => return Ok((linked, Verdict::rejected(Code::NotFound))),
    };
    let student = intent.student();
    let about_this_student = |record: &Record| record.subject == Some(student.0);
    if !intent.refers().iter().all(|(kind, id)| read(kind, *id).as_ref().is_some_and(about_this_student)) {
        return Ok((Some(by), Verdict::rejected(Code::NotFound)));
    }
    // An id of another child's record reads as not found, whatever was meant with it.
    if !present.values().flatten().all(about_this_student) {
        return Ok((Some(by), Verdict::rejected(Code::NotFound)));
    }
    if let Some(code) = intent.objection(&read) {
        return Ok((Some(by), Verdict::rejected(code)));
    }
    let stamp = Stamp { op: operation.id, by, at: operation.at.corrected() };
    let verdict = match intent.changes(stamp.at) {
        changes if changes.is_empty() => write_fact(tx, by, intent)?,
        mut changes => {
            if let Some(reason) = review {
                mark_for_review(&mut changes, reason);
            }
            if matches!(intent, Intent::AskOfRecord(_)) {
                // Days count from receipt, where the agency is.
                let today = tx.today()?;
                record_request::received(&mut changes, tx.now(), today);
            }
            lay(tx, actor, &changes, stamp)?
        }
    };
    Ok((Some(by), verdict))
}

/// What changes no record is a fact, which its area writes.
fn write_fact(tx: &mut ApplyTx<'_>, by: PersonId, intent: &Intent) -> Result<Verdict> {
    match intent {
        Intent::RecordDisclosure(entry) => disclosure::record(tx, by, entry),
        Intent::PlaceHold(hold) => retention::place(tx, by, hold),
        Intent::LiftHold(hold) => retention::lift(tx, by, hold),
        Intent::TellNotNeeded(told) => retention::tell(tx, by, told),
        _ => people::write(tx, by, intent),
    }
}

/// The records that an intention looks at, as they are now.
fn snapshot(tx: &mut ApplyTx<'_>, keys: impl Iterator<Item = Key>) -> Result<BTreeMap<Key, Option<Record>>> {
    keys.map(|(kind, id)| {
        let record = tx.record(&kind, id)?;
        Ok(((kind, id), record))
    })
    .collect()
}

fn mark_for_review(changes: &mut [Change], reason: &str) {
    for change in changes {
        if let Change::Create { fields, .. } = change {
            fields.insert("review".into(), json!(reason));
        }
    }
}

/// Lays all changes of one operation over the working copy, or none of them.
fn lay(tx: &mut ApplyTx<'_>, actor: &Actor, changes: &[Change], stamp: Stamp) -> Result<Verdict> {
    let Some(own_values) = own_values(tx, actor, changes)? else {
        return Ok(Verdict::rejected(Code::Dependency));
    };
    let own = |after: &OperationId, field: &str| {
        own_values.iter().find(|(id, name, _)| id == after && name == field).map(|(_, _, value)| value.clone())
    };
    let mut after: BTreeMap<(Kind, RecordId), Record> = BTreeMap::new();
    let (mut merged, mut open) = (Vec::new(), Vec::new());
    for change in changes {
        let (kind, id) = change.key();
        let key = (kind.clone(), id);
        let present = match after.get(&key) {
            Some(record) => Some(record.clone()),
            None => tx.record(kind, id)?,
        };
        let field = field_of(change);
        let policy = policy::of(kind, field, present.as_ref());
        let place = || Place { kind: kind.clone(), id, field: field.to_owned() };
        let change = past::over_what_was_there(tx, change, present.as_ref())?;
        let change = meeting::numbered(&change, present.as_ref());
        past::goes(tx, &change, present.as_ref());
        let (record, outcome) = reconcile(present, &change, stamp, policy, &own);
        match outcome {
            Outcome::Refused(code) => return Ok(Fault { code, field: field.to_owned() }.into()),
            Outcome::Merged => merged.push(place()),
            Outcome::Conflict => open.push(place()),
            Outcome::Applied => {}
        }
        if let Some(mut record) = record {
            meeting::keep_numbers(kind, &mut record);
            after.insert(key, record);
        }
    }
    for (key, record) in after {
        tx.put(key, record);
    }
    Ok(match (open.is_empty(), merged.is_empty()) {
        (false, _) => Verdict::Conflict { fields: open },
        (_, false) => Verdict::Merged { fields: merged },
        _ => Verdict::Applied,
    })
}

/// An author's own words in an earlier operation, by field.
type OwnValues = Vec<(OperationId, String, Value)>;

/// What `after(operation)` stands for: the author's own words in it. Another person's
/// operation is no base. `None` if the earlier one was rejected: what builds on it waits
/// with it.
fn own_values(tx: &mut ApplyTx<'_>, actor: &Actor, changes: &[Change]) -> Result<Option<OwnValues>> {
    let mut values = Vec::new();
    for change in changes {
        let Change::Edit { base: sync::Base::After { after }, field, .. } = change else { continue };
        let Some(earlier) = memory::own_operation(tx, actor, *after)? else { continue };
        if !earlier.verdict.is_success() {
            return Ok(None);
        }
        let value = Intent::read(&earlier.operation).ok().and_then(|intent| intent.own_value(field));
        values.extend(value.map(|value| (*after, field.clone(), value)));
    }
    Ok(Some(values))
}

fn field_of(change: &Change) -> &str {
    match change {
        Change::Create { .. } => "",
        Change::Edit { field, .. } | Change::Resolve { field, .. } => field,
    }
}
