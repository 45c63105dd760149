//! Which texts a field had before the one that stands: what a person may have seen who edits it.
//!
//! A base that is none of them stood in a timeline that a restore lost. Merged three ways it
//! would read as if somebody had taken out what this timeline does not have; so it counts as
//! unknown, both versions are kept, and a person chooses (docs/decisions/0005).

use super::ApplyTx;
use crate::{
    db::{BATCH, Db, types::Id},
    error::Result,
    on,
};
use diesel::prelude::*;
use domain::policy;
use std::{borrow::Cow, collections::HashSet};
use sync::{AgencyId, Base, Change, Record, RecordId, merge::Policy, value::ValueHash};

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uid;

    past_text (agency, record, field, hash) {
        agency -> Uid,
        record -> Uid,
        field -> Text,
        hash -> Text,
    }
}

/// A text that a field had, by its hash.
pub(super) type Past = (RecordId, String, ValueHash);

/// The change as it can be judged: a base that this field never had is unknown.
pub(super) fn over_what_was_there<'c>(
    tx: &mut ApplyTx<'_>,
    change: &'c Change,
    present: Option<&Record>,
) -> Result<Cow<'c, Change>> {
    let Change::Edit { kind, id, field, base: Base::Seen { seen, text: Some(_) }, .. } = change else {
        return Ok(Cow::Borrowed(change));
    };
    if policy::of(kind, field, present) != Policy::KeepBoth
        || present.is_some_and(|present| texts(present, field).any(|text| text == *seen))
        || was_there(tx, *id, field, *seen)?
    {
        return Ok(Cow::Borrowed(change));
    }
    let mut change = change.clone();
    if let Change::Edit { base, .. } = &mut change {
        *base = Base::Unknown;
    }
    Ok(Cow::Owned(change))
}

/// What an edit or a choice is about to change in a record goes into the past.
pub(super) fn goes(tx: &mut ApplyTx<'_>, change: &Change, present: Option<&Record>) {
    let (Change::Edit { kind, id, field, .. } | Change::Resolve { kind, id, field, .. }) = change else { return };
    let Some(present) = present.filter(|present| policy::of(kind, field, Some(present)) == Policy::KeepBoth) else {
        return;
    };
    tx.past.extend(texts(present, field).map(|hash| (*id, field.clone(), hash)));
}

/// The texts that a field has: the one that stands, and those between which somebody has to choose.
fn texts<'r>(record: &'r Record, field: &str) -> impl Iterator<Item = ValueHash> + use<'r> {
    let voices = record.open.get(field).into_iter().flatten().map(|voice| &voice.value);
    std::iter::once(record.field(field)).chain(voices).filter(|value| value.is_string()).map(ValueHash::of)
}

fn was_there(tx: &mut ApplyTx<'_>, id: RecordId, field: &str, seen: ValueHash) -> Result<bool> {
    if tx.past.contains(&(id, field.to_owned(), seen)) {
        return Ok(true);
    }
    let agency = tx.agency();
    let db = tx.db();
    let of = past_text::table.find((Id(agency.0), Id(id.0), field, seen.to_string()));
    Ok(on!(db => diesel::select(diesel::dsl::exists(of)).get_result(db))?)
}

/// Writes down what a unit put into the past.
pub(super) fn write(db: &mut Db, agency: AgencyId, past: HashSet<Past>) -> Result<()> {
    let rows: Vec<_> = past
        .into_iter()
        .map(|(record, field, hash)| {
            (
                past_text::agency.eq(Id(agency.0)),
                past_text::record.eq(Id(record.0)),
                past_text::field.eq(field),
                past_text::hash.eq(hash.to_string()),
            )
        })
        .collect();
    for some in rows.chunks(BATCH) {
        let some = some.to_vec();
        on!(db => diesel::insert_into(past_text::table).values(some).on_conflict_do_nothing().execute(db))?;
    }
    Ok(())
}
