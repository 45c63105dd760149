//! What a person began and has not done yet: a form as its screen knows it, one for each
//! student and thing to do. It is never sent; it goes when the thing is done.

use super::{
    outbox::RECEIPT,
    tables::{Key, draft, outbox},
};
use crate::error::{Error, Result};
use diesel::{prelude::*, sql_query};
use serde_json::Value;
use std::collections::BTreeSet;
use sync::{AgencyId, Micros, OperationId, RecordId};

/// A draft's place: whom it is about, and what is to be done: the name of the intent, with what
/// it is about where there may be several.
#[derive(Clone, Debug)]
pub(crate) struct Desk<'a> {
    pub(crate) agency: AgencyId,
    pub(crate) student: RecordId,
    pub(crate) name: &'a str,
}

impl Desk<'_> {
    fn key(&self) -> (Key, Key, &str) {
        (Key::of(self.agency), Key::of(self.student), self.name)
    }
}

/// What was begun there.
pub(crate) fn find(db: &mut SqliteConnection, desk: &Desk<'_>) -> Result<Option<Value>> {
    let body: Option<String> = draft::table.find(desk.key()).select(draft::body).first(db).optional()?;
    body.map(|text| serde_json::from_str(&text)).transpose().map_err(Error::Damaged)
}

/// Keeps what was begun. Says whether it is new.
pub(crate) fn keep(db: &mut SqliteConnection, desk: &Desk<'_>, body: &Value, now: Micros) -> Result<bool> {
    let (agency, student, name) = desk.key();
    let text = body.to_string();
    let values = (draft::at.eq(now.0), draft::body.eq(&text));
    if diesel::update(draft::table.find(desk.key())).set(values).execute(db)? > 0 {
        return Ok(false);
    }
    let key = (draft::agency.eq(agency), draft::student.eq(student), draft::name.eq(name));
    diesel::insert_into(draft::table).values((key, values)).execute(db)?;
    Ok(true)
}

/// Nothing is begun there any more. Says whether something was.
pub(crate) fn forget(db: &mut SqliteConnection, desk: &Desk<'_>) -> Result<bool> {
    Ok(diesel::delete(draft::table.find(desk.key())).execute(db)? > 0)
}

/// The students about whom something is begun.
pub(crate) fn begun(db: &mut SqliteConnection) -> Result<BTreeSet<(AgencyId, RecordId)>> {
    let rows: Vec<(Key, Key)> = draft::table.select((draft::agency, draft::student)).load(db)?;
    Ok(rows.into_iter().map(|(agency, student)| (agency.to(), student.to())).collect())
}

/// Says on a receipt that it was begun and never done.
const BEGUN: &str = "BEGUN";

#[derive(QueryableByName)]
#[diesel(table_name = draft)]
struct Lost {
    agency: Key,
    student: Key,
    name: String,
    at: i64,
}

/// Deletes drafts about students who are not here any more. Their author keeps a receipt.
pub(crate) fn sweep(db: &mut SqliteConnection) -> Result<()> {
    let lost: Vec<Lost> = sql_query(
        "DELETE FROM draft WHERE NOT EXISTS (SELECT 1 FROM record
             WHERE kind = 'student' AND record.agency = draft.agency AND record.id = draft.student)
         RETURNING agency, student, name, at",
    )
    .load(db)?;
    for Lost { agency, student, name, at } in lost {
        let id: OperationId = sync::id::derived(student.0, &format!("draft/{name}/{at}"));
        diesel::insert_or_ignore_into(outbox::table)
            .values((
                outbox::id.eq(Key::of(id)),
                outbox::agency.eq(agency),
                outbox::subject.eq(student),
                // The receipt names the intent alone.
                outbox::name.eq(name.split('/').next().unwrap_or_default()),
                outbox::done_at.eq(at),
                outbox::bytes.eq("{}"),
                outbox::state.eq(RECEIPT),
                outbox::sealed.eq(true),
                outbox::code.eq(BEGUN),
            ))
            .execute(db)?;
    }
    Ok(())
}
