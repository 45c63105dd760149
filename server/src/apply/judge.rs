//! The verdict on one operation, or on a group that is taken whole or not at all.

use super::{
    Actor, ApplyTx,
    allow::{Answer, allow},
    memory::{self, Known},
};
use crate::{error::Result, people};
use domain::{Intent, check::Fault, policy};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use sync::{
    Change, Kind, PersonId, Record, RecordId, Verdict,
    operation::Sent,
    reconcile::{Outcome, reconcile},
    record::Stamp,
    verdict::{Code, Place},
};

/// Judges one operation and remembers the verdict. A replay gets the same answer again.
pub fn apply(tx: &mut ApplyTx<'_>, actor: &Actor, sent: &Sent, number: Option<u64>) -> Result<Verdict> {
    if let Some(known) = memory::known_id(tx, sent.operation.id)? {
        return Ok(replay(known, actor, sent));
    }
    let (by, verdict) = judge(tx, actor, sent)?;
    memory::remember(tx, actor, by, sent, number, &verdict);
    Ok(verdict)
}

/// Judges operations that belong together: one rejection rejects all.
pub fn apply_group(tx: &mut ApplyTx<'_>, actor: &Actor, sent: &[(Sent, u64)]) -> Result<Vec<Verdict>> {
    let checkpoint = tx.checkpoint();
    let first = tx.remembered.len();
    let mut verdicts = Vec::with_capacity(sent.len());
    for (one, number) in sent {
        verdicts.push(apply(tx, actor, one, Some(*number))?);
    }
    if !verdicts.iter().all(Verdict::is_success) {
        tx.roll_back(checkpoint);
        let rejected = Verdict::rejected(Code::Group);
        let judged_now = tx.remembered[first..].iter_mut().map(|one| &mut one.verdict);
        for verdict in verdicts.iter_mut().chain(judged_now).filter(|verdict| verdict.is_success()) {
            verdict.clone_from(&rejected);
        }
    }
    Ok(verdicts)
}

/// Sameness is id, bytes and author: an id that somebody else used is no way to their verdict.
fn replay(known: Known, actor: &Actor, sent: &Sent) -> Verdict {
    if known.digest == sent.digest() && known.account == actor.account {
        known.verdict
    } else {
        Verdict::rejected(Code::Exists)
    }
}

/// The verdict, and as whom it was done if it was.
fn judge(tx: &mut ApplyTx<'_>, actor: &Actor, sent: &Sent) -> Result<(Option<PersonId>, Verdict)> {
    let operation = &sent.operation;
    let intent = match Intent::read(operation) {
        Ok(intent) => intent,
        Err(fault) => return Ok((None, fault.into())),
    };
    tx.look_ahead(super::tx::keys_of(sent))?;
    let present = snapshot(tx, &intent)?;
    let read = |kind: &Kind, id: RecordId| present.get(&(kind.clone(), id)).cloned().flatten();

    let Answer::Allowed { by, review } = allow(actor, &intent, operation.at, tx.now(), &read) else {
        return Ok((None, Verdict::rejected(Code::NotFound)));
    };
    let student = intent.student();
    let about_this_student = |record: &Record| record.subject == Some(student.0);
    if !intent.refers().iter().all(|(kind, id)| read(kind, *id).as_ref().is_some_and(about_this_student)) {
        return Ok((None, Verdict::rejected(Code::NotFound)));
    }
    // An id of another child's record reads as not found, whatever was meant with it.
    if !present.values().flatten().all(about_this_student) {
        return Ok((None, Verdict::rejected(Code::NotFound)));
    }
    if let Some(code) = intent.objection(&read) {
        return Ok((Some(by), Verdict::rejected(code)));
    }
    let stamp = Stamp { op: operation.id, by, at: operation.at.corrected() };
    let verdict = match intent.changes(stamp.at) {
        changes if changes.is_empty() => people::write(tx, by, &intent)?,
        mut changes => {
            if let Some(reason) = review {
                mark_for_review(&mut changes, reason);
            }
            lay(tx, actor, &changes, stamp)?
        }
    };
    Ok((Some(by), verdict))
}

/// The records that an intention looks at, as they are now.
fn snapshot(tx: &mut ApplyTx<'_>, intent: &Intent) -> Result<BTreeMap<(Kind, RecordId), Option<Record>>> {
    let mut keys = intent.refers();
    keys.extend(intent.changes(tx.now()).iter().map(Change::key).map(|(kind, id)| (kind.clone(), id)));
    keys.into_iter()
        .map(|(kind, id)| {
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
    let own_values = own_values(tx, actor, changes)?;
    let own = |after: &sync::OperationId, field: &str| {
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
        let (record, outcome) = reconcile(present, change, stamp, policy, &own);
        match outcome {
            Outcome::Refused(code) => return Ok(Fault { code, field: field.to_owned() }.into()),
            Outcome::Merged => merged.push(place()),
            Outcome::Conflict => open.push(place()),
            Outcome::Applied => {}
        }
        if let Some(record) = record {
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

/// What `after(operation)` stands for: the author's own words in it. Another person's
/// operation is no base.
fn own_values(
    tx: &mut ApplyTx<'_>,
    actor: &Actor,
    changes: &[Change],
) -> Result<Vec<(sync::OperationId, String, Value)>> {
    let mut values = Vec::new();
    for change in changes {
        if let Change::Edit { base: sync::Base::After { after }, field, .. } = change
            && let Some(earlier) = memory::operation_of(tx, actor, *after)?
            && let Ok(intent) = Intent::read(&earlier)
            && let Some(value) = intent.own_value(field)
        {
            values.push((*after, field.clone(), value));
        }
    }
    Ok(values)
}

fn field_of(change: &Change) -> &str {
    match change {
        Change::Create { .. } => "",
        Change::Edit { field, .. } | Change::Resolve { field, .. } => field,
    }
}
