//! Writes down what an answer means for the outbox.

use super::{
    meta::{Account, Contact},
    outbox::{self as kept, PARKED, RECEIPT, RECEIVED, WAITING},
    previews,
    tables::{Key, forgotten, outbox, stream},
};
use crate::error::{Error, Result};
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{BigInt, Text},
};
use domain::Intent;
use std::collections::BTreeSet;
use sync::{
    AgencyId, Micros, OperationId, RecordId, Scope, StoreId, Verdict,
    faults::{self, Fault},
    replica::queue::{Answered, Parked, Ties, dependants},
    verdict::Code,
};

/// How long what the server took is kept, for the case that it is restored from a backup.
const KEPT_DAYS: i64 = 35;

/// Writes down the verdicts on the head of an agency's queue.
pub(crate) fn verdicts(
    db: &mut SqliteConnection,
    account: &Account,
    agency: AgencyId,
    (first, answered): (u64, &Answered),
    now: Micros,
) -> Result<()> {
    if answered.judged.is_empty() {
        return Ok(());
    }
    let first = first.cast_signed();
    let rejected = answered.judged.iter().any(|(_, verdict)| !verdict.is_success());
    let queue = if rejected { ties(db, agency)? } else { Vec::new() };
    let taken = (first..).zip(&answered.judged).filter(|(_, (_, verdict))| verdict.is_success());
    // What was taken goes on to be shown until a round brings its effect.
    receive(db, taken.map(|(number, (id, _))| (*id, number)), now)?;
    let mut changed = BTreeSet::new();
    for (id, verdict) in &answered.judged {
        let Verdict::Rejected { code, field } = verdict else { continue };
        changed.extend(previews::touched_by(db, *id)?);
        reject(db, *id, *code, field.as_deref(), now)?;
    }
    for (id, verdict) in &answered.judged {
        let Verdict::Rejected { code, .. } = verdict else { continue };
        let Some(at) = queue.iter().position(|(queued, _)| queued == id) else { continue };
        for parked in dependants((*id, &queue[at].1), *code, &queue[at + 1..]) {
            changed.extend(previews::touched_by(db, parked.id)?);
            park(db, &parked)?;
        }
    }
    count_from(db, agency, first.unsigned_abs() + answered.judged.len() as u64)?;
    previews::lay_all(db, account, &changed)
}

/// What is waiting and what each stands on, in order.
pub(crate) fn ties(db: &mut SqliteConnection, agency: AgencyId) -> Result<Vec<(OperationId, Ties)>> {
    let rows: Vec<String> = outbox::table
        .filter(outbox::state.eq(WAITING))
        .filter(outbox::agency.eq(Key::of(agency)))
        .order((outbox::number.is_null(), outbox::number, outbox::place))
        .select(outbox::bytes)
        .load(db)?;
    rows.into_iter()
        .map(|bytes| {
            let operation = kept::read(bytes)?.operation;
            let ties = Intent::read(&operation).map_or_else(
                |_| Ties::default(),
                |intent| {
                    let refers: Vec<RecordId> = intent.refers().into_iter().map(|(_, id)| id).collect();
                    Ties::of(&intent.changes(operation.at.corrected()), refers)
                },
            );
            Ok((operation.id, ties))
        })
        .collect()
}

/// A thousand verdicts are two statements, `?1` an array of `[id, number]`.
fn receive(db: &mut SqliteConnection, taken: impl Iterator<Item = (OperationId, i64)>, now: Micros) -> Result<()> {
    let taken: Vec<_> = taken.map(|(id, number)| (id.0.simple().to_string(), number)).collect();
    let taken = serde_json::to_string(&taken).map_err(Error::Damaged)?;
    // Nothing of a purged scope is kept.
    sql_query("DELETE FROM outbox WHERE sealed AND id IN (SELECT unhex(value ->> 0) FROM json_each(?1))")
        .bind::<Text, _>(&taken)
        .execute(db)?;
    sql_query(
        "UPDATE outbox SET state = ?2, shown = FALSE, number = taken.number, judged_at = ?3
         FROM (SELECT unhex(value ->> 0) AS id, value ->> 1 AS number FROM json_each(?1)) AS taken
         WHERE outbox.id = taken.id",
    )
    .bind::<Text, _>(&taken)
    .bind::<Text, _>(RECEIVED)
    .bind::<BigInt, _>(now.0)
    .execute(db)?;
    Ok(())
}

fn reject(db: &mut SqliteConnection, id: OperationId, code: Code, field: Option<&str>, now: Micros) -> Result<()> {
    let one = outbox::table.filter(outbox::id.eq(Key::of(id)));
    let why = || (outbox::code.eq(word(code)), outbox::judged_at.eq(now.0), outbox::number.eq(None::<i64>));
    if faults::is(Fault::ForgetRejected) {
        diesel::delete(one).execute(db)?;
    }
    // The server keeps the whole for the case manager; here only that it happened is left.
    diesel::update(one.filter(outbox::sealed.eq(true)))
        .set((outbox::state.eq(RECEIPT), outbox::bytes.eq("{}"), why()))
        .execute(db)?;
    diesel::update(one.filter(outbox::sealed.eq(false)))
        .set((outbox::state.eq(PARKED), outbox::field.eq(field), why()))
        .execute(db)?;
    Ok(())
}

/// Sets aside what stands on a rejected operation, unless it has a verdict of its own.
fn park(db: &mut SqliteConnection, parked: &Parked) -> Result<()> {
    let one = outbox::table.filter(outbox::id.eq(Key::of(parked.id))).filter(outbox::sealed.eq(false));
    let because = outbox::because.eq(parked.because.map(Key::of));
    diesel::update(one.filter(outbox::state.eq(PARKED)).filter(outbox::because.is_null())).set(because).execute(db)?;
    diesel::update(one.filter(outbox::state.eq(WAITING)))
        .set((outbox::state.eq(PARKED), outbox::code.eq(word(parked.code)), because))
        .execute(db)?;
    Ok(())
}

/// A code as it stands on the wire.
fn word(code: Code) -> String {
    serde_json::to_value(code).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The server knows now that these scopes are gone from here.
pub(crate) fn acknowledged(db: &mut SqliteConnection, told: &[Scope]) -> Result<()> {
    for scope in told {
        diesel::delete(forgotten::table.find((Key::of(scope.agency), &scope.path))).execute(db)?;
    }
    Ok(())
}

fn count_from(db: &mut SqliteConnection, agency: AgencyId, number: u64) -> Result<()> {
    diesel::replace_into(stream::table)
        .values((stream::agency.eq(Key::of(agency)), stream::next_number.eq(number.cast_signed())))
        .execute(db)?;
    Ok(())
}

/// The server goes on with an earlier number: it lost what came after, in a restore. What
/// is still kept goes back to the queue under its old numbers; the push skips the others.
/// `false` if the server knows more of this stream than we do: then it must fork.
pub(crate) fn send_again_from(db: &mut SqliteConnection, agency: AgencyId, number: u64) -> Result<bool> {
    let (from, next) = (number.cast_signed(), kept::next_number(db, agency)?.cast_signed());
    let lost = outbox::table
        .filter(outbox::state.eq(RECEIVED))
        .filter(outbox::agency.eq(Key::of(agency)))
        .filter(outbox::number.ge(from));
    diesel::update(lost).set((outbox::state.eq(WAITING), outbox::shown.eq(false))).execute(db)?;
    count_from(db, agency, number)?;
    Ok(from < next)
}

/// Takes a new store id: every stream begins again at 1 with what is pending. What the
/// server has already is recognised by its id and bytes.
pub(crate) fn fork(db: &mut SqliteConnection, contact: &mut Contact, store: StoreId) -> Result<()> {
    contact.store = store;
    if faults::is(Fault::ForkForgets) {
        diesel::delete(outbox::table.filter(outbox::state.eq(WAITING))).execute(db)?;
    }
    diesel::delete(stream::table).execute(db)?;
    diesel::update(outbox::table).set(outbox::number.eq(None::<i64>)).execute(db)?;
    Ok(())
}

/// A round is complete that began after these were received: the rows hold their effect.
/// Also lets go of what was received long ago.
pub(crate) fn rows_show_what_was_received(db: &mut SqliteConnection, now: Micros) -> Result<()> {
    diesel::update(outbox::table.filter(outbox::state.eq(RECEIVED)).filter(outbox::shown.eq(false)))
        .set(outbox::shown.eq(true))
        .execute(db)?;
    let long_ago = now.plus_days(-KEPT_DAYS).0;
    diesel::delete(outbox::table.filter(outbox::state.eq(RECEIVED)).filter(outbox::judged_at.lt(long_ago)))
        .execute(db)?;
    Ok(())
}
