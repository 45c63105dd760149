//! Lays one change over one record. The phone runs it for the preview, the server for the
//! truth; it is the same function.

use crate::{
    faults::{self, Fault},
    merge::{Merged, Policy, merge},
    operation::{Base, Change, Shown},
    record::{Alternative, Record, Stamp},
    value::ValueHash,
    verdict::Code,
};
use serde_json::Value;

/// What a change did to its record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is there as it was meant.
    Applied,
    /// It is there together with what others wrote.
    Merged,
    /// Both are kept.
    Conflict,
    /// It is not taken.
    Refused(Code),
}

/// What an `after(operation)` base stands for: the value that this author wrote in it.
/// `None` when it is not known any more.
pub type OwnValue<'a> = dyn Fn(&crate::OperationId, &str) -> Option<Value> + 'a;

/// Applies `change`, made by `stamp`, to what is there now. Returns the record as it is
/// then, or `None` beside a refusal.
pub fn reconcile(
    present: Option<Record>,
    change: &Change,
    stamp: Stamp,
    policy: Policy,
    own: &OwnValue<'_>,
) -> (Option<Record>, Outcome) {
    match change {
        Change::Create { subject, parent, fields, .. } => match present {
            Some(_) => (None, Outcome::Refused(Code::Exists)),
            None => {
                let mut record = Record::new(stamp, *subject, *parent);
                record.fields.clone_from(fields);
                (Some(record), Outcome::Applied)
            }
        },
        Change::Edit { subject, field, base, value, .. } => {
            let mut record = present.unwrap_or_else(|| Record::new(stamp, *subject, None));
            let outcome = edit(&mut record, field, base, value, stamp, policy, own);
            keep(record, outcome)
        }
        Change::Resolve { field, saw, value, .. } => match present {
            None => (None, Outcome::Refused(Code::NotFound)),
            Some(_) if policy == Policy::Frozen => (None, Outcome::Refused(Code::Frozen)),
            Some(mut record) => {
                let outcome = resolve(&mut record, field, saw, value, stamp);
                keep(record, outcome)
            }
        },
    }
}

fn keep(record: Record, outcome: Outcome) -> (Option<Record>, Outcome) {
    let kept = !matches!(outcome, Outcome::Refused(_));
    (kept.then_some(record), outcome)
}

fn edit(
    record: &mut Record,
    field: &str,
    base: &Base,
    ours: &Value,
    stamp: Stamp,
    policy: Policy,
    own: &OwnValue<'_>,
) -> Outcome {
    if record.open.contains_key(field) {
        return edit_open(record, field, base, ours, stamp, policy, own);
    }
    let theirs = record.field(field).clone();
    let seen = seen_value(base, &theirs, field, own);
    match merge(policy, seen.as_ref(), &theirs, ours) {
        Merged::Refused => Outcome::Refused(Code::Frozen),
        Merged::Clean { value, blended } => {
            if value != theirs {
                record.set(field, value, stamp);
            }
            if blended { Outcome::Merged } else { Outcome::Applied }
        }
        Merged::Both => {
            let there = Alternative { stamp: record.stamp_of(field), value: theirs, saw: None };
            let here = Alternative { stamp, value: ours.clone(), saw: seen };
            record.open.insert(field.to_owned(), vec![there, here]);
            Outcome::Conflict
        }
    }
}

/// The value the person saw, as far as it is known.
fn seen_value(base: &Base, theirs: &Value, field: &str, own: &OwnValue<'_>) -> Option<Value> {
    match base {
        Base::Seen { seen, .. } if *seen == ValueHash::of(theirs) => Some(theirs.clone()),
        // A text that does not hash to what the person says they saw is no base.
        Base::Seen { seen, text: Some(text) } if *seen == ValueHash::of_text(text) => Some(Value::String(text.clone())),
        Base::Seen { seen, text: None } if *seen == ValueHash::of(&Value::Null) => Some(Value::String(String::new())),
        Base::After { after } => own(after, field),
        Base::Seen { .. } | Base::Unknown => None,
    }
}

/// Between so many versions of one sentence people choose before they write more: a record must
/// stay small enough to be sent.
const MOST_VOICES: usize = 10;

/// A field that waits for a choice takes one more voice; an author's later words replace
/// their own earlier ones and never conflict with them. What others wrote may have been blended
/// into those: it stays.
fn edit_open(
    record: &mut Record,
    field: &str,
    base: &Base,
    ours: &Value,
    stamp: Stamp,
    policy: Policy,
    own: &OwnValue<'_>,
) -> Outcome {
    let Some(voices) = record.open.get_mut(field) else { return Outcome::Applied };
    let mine = voices.iter().position(|voice| match base {
        Base::After { after } => voice.stamp.op == *after,
        Base::Seen { seen, .. } => voice.stamp.by == stamp.by && ValueHash::of(&voice.value) == *seen,
        Base::Unknown => false,
    });
    let going_on = mine.and_then(|at| {
        let theirs = &voices[at].value;
        match merge(policy, seen_value(base, theirs, field, own).as_ref(), theirs, ours) {
            Merged::Clean { value, .. } => Some((at, value)),
            Merged::Both | Merged::Refused => None,
        }
    });
    match going_on {
        Some((at, value)) => {
            let saw = voices[at].saw.take();
            voices[at] = Alternative { stamp, value, saw };
        }
        None if voices.iter().any(|voice| voice.value == *ours) => {}
        None if voices.len() >= MOST_VOICES => return Outcome::Refused(Code::Unresolved),
        None => voices.push(Alternative { stamp, value: ours.clone(), saw: None }),
    }
    Outcome::Conflict
}

fn resolve(record: &mut Record, field: &str, saw: &[Shown], value: &Value, stamp: Stamp) -> Outcome {
    let seen = |voice: &Alternative| saw.iter().any(|shown| shown.is(voice.stamp.op, &voice.value));
    let Some(voices) = record.open.remove(field) else {
        let there = Alternative { stamp: record.stamp_of(field), value: record.field(field).clone(), saw: None };
        // Who saw the choice that stands may take it back: that is how a choice is undone.
        if seen(&there) {
            record.set(field, value.clone(), stamp);
            return Outcome::Applied;
        }
        // Somebody else chose first. The same choice is fine; another one is a new voice.
        if there.value == *value {
            return Outcome::Applied;
        }
        record.open.insert(field.to_owned(), vec![there, Alternative { stamp, value: value.clone(), saw: None }]);
        return Outcome::Conflict;
    };
    let mut unseen: Vec<Alternative> = voices.into_iter().filter(|voice| !seen(voice)).collect();
    unseen.retain(|voice| voice.value != *value);
    if faults::is(Fault::ResolveAll) {
        unseen.clear();
    }
    record.set(field, value.clone(), stamp);
    if unseen.is_empty() {
        return Outcome::Applied;
    }
    unseen.insert(0, Alternative { stamp, value: value.clone(), saw: None });
    record.open.insert(field.to_owned(), unseen);
    Outcome::Conflict
}

#[cfg(test)]
#[path = "reconcile_tests.rs"]
mod tests;
