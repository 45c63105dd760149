//! A person's own pending work over a record, and the base of their next edit.

use crate::{
    Change, OperationId, Record,
    merge::Policy,
    operation::Base,
    reconcile::{Outcome, OwnValue, reconcile},
    record::{Alternative, Stamp},
    value::ValueHash,
};
use serde_json::Value;

/// What one pending operation does to one record.
#[derive(Clone, Debug)]
pub struct Pending {
    /// Who did it in which operation, when.
    pub stamp: Stamp,
    /// Its changes of this record.
    pub changes: Vec<Change>,
}

/// The word beside a field, as the domain says it for the record as it is.
pub type PolicyOf<'a> = dyn Fn(&str, Option<&Record>) -> Policy + 'a;

/// Lays pending operations over a record as the server last said it; also what the last of
/// them came to. The same function as on the server decides, so the preview is the truth
/// unless somebody else wrote meanwhile. What a record already holds is not laid on twice.
pub fn rebase(
    row: Option<Record>,
    pending: &[Pending],
    policy: &PolicyOf<'_>,
    own: &OwnValue<'_>,
) -> (Option<Record>, Outcome) {
    let mut shown = row;
    let mut last = Outcome::Applied;
    for Pending { stamp, changes } in pending {
        for change in changes {
            if holds(shown.as_ref(), change, stamp.op) {
                continue;
            }
            let field = match change {
                Change::Edit { field, .. } | Change::Resolve { field, .. } => field,
                Change::Create { .. } => "",
            };
            let word = policy(field, shown.as_ref());
            let (record, outcome) = reconcile(shown.clone(), change, *stamp, word, own);
            shown = record.or(shown);
            last = outcome;
        }
    }
    (shown, last)
}

/// Whether the server's record has this change of this operation in it.
fn holds(record: Option<&Record>, change: &Change, op: OperationId) -> bool {
    let Some(record) = record else { return false };
    match change {
        Change::Create { .. } => record.made.op == op,
        Change::Edit { field, .. } | Change::Resolve { field, .. } => {
            let voices = record.open.get(field).into_iter().flatten();
            let written = record.fields.contains_key(field) && record.stamp_of(field).op == op;
            written || voices.into_iter().any(|voice| voice.stamp.op == op)
        }
    }
}

/// The last of the person's own edits of a field that the rows do not show yet.
#[derive(Clone, Debug)]
pub struct OwnEdit {
    /// The operation.
    pub id: OperationId,
    /// Whether its bytes were in a push that was attempted.
    pub attempted: bool,
    /// The base it carries.
    pub base: Base,
    /// What they wrote in it.
    pub value: Value,
}

/// How the next edit of a field is written.
#[derive(Clone, Debug, PartialEq)]
pub enum Next {
    /// As an operation of its own, with this base.
    New(Base),
    /// Instead of an unsent edit of the same field, over what that one saw.
    Instead {
        /// The unsent edit.
        of: OperationId,
        /// What it saw.
        base: Base,
    },
}

/// Decides how the next edit of `field` is written, given the record as the person sees it
/// (with their pending work in it) and their own last edit that is not in the rows yet. `form` is
/// what their form showed, if it says so: all that stands there, or their own words alone.
pub fn next(
    shown: Option<&Record>,
    field: &str,
    author: crate::PersonId,
    own: Option<OwnEdit>,
    form: Option<&Value>,
) -> Next {
    match own.filter(|edit| goes_on(shown, field, author, edit, form)) {
        Some(edit) if !edit.attempted => Next::Instead { of: edit.id, base: edit.base },
        Some(edit) => Next::New(Base::After { after: edit.id }),
        None => Next::New(seen(shown, field, author)),
    }
}

/// Whether the author goes on from this edit of theirs: not if a later version of their own
/// stands beside it, which they wrote on another phone, nor if they see other words that were
/// merged into it: of these its base does not tell.
fn goes_on(shown: Option<&Record>, field: &str, author: crate::PersonId, edit: &OwnEdit, form: Option<&Value>) -> bool {
    let voice = mine(shown, field, author);
    let stands = voice.map(|voice| &voice.value).or_else(|| shown.map(|record| record.field(field)));
    voice.is_none_or(|voice| voice.stamp.op == edit.id) && form.or(stands) == Some(&edit.value)
}

/// The version of their own that an author edits while several stand: the last.
fn mine<'r>(shown: Option<&'r Record>, field: &str, author: crate::PersonId) -> Option<&'r Alternative> {
    let voices = shown.and_then(|record| record.open.get(field));
    voices.into_iter().flatten().rfind(|voice| voice.stamp.by == author)
}

/// The base of an edit of what is shown. Where several versions stand, an author edits
/// their own, the last of them if they wrote on two phones; one who has none adds a voice to
/// the first.
fn seen(shown: Option<&Record>, field: &str, author: crate::PersonId) -> Base {
    let value = match (mine(shown, field, author), shown) {
        (Some(voice), _) => &voice.value,
        (None, Some(record)) => record.field(field),
        (None, None) => &Value::Null,
    };
    Base::Seen { seen: ValueHash::of(value), text: value.as_str().map(str::to_owned) }
}

#[cfg(test)]
#[path = "overlay_tests.rs"]
mod tests;
