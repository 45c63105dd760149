//! What was judged: every operation with its verdict and its bytes. It makes a replay
//! harmless, resolves `after(operation)`, and is the audit trail.

use super::{Actor, ApplyTx};
use crate::{
    db::{
        Db,
        types::{At, Id},
    },
    error::{Error, Result},
    on,
};
use diesel::{prelude::*, upsert::excluded};
use sync::{
    AccountId, AgencyId, Operation, OperationId, PersonId, StoreId, Verdict,
    operation::{Digest, Sent},
};

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::{Instant, Uid};

    operation (agency, id) {
        agency -> Uid,
        id -> Uid,
        account -> Nullable<Uid>,
        person -> Nullable<Uid>,
        store -> Nullable<Uid>,
        number -> Nullable<BigInt>,
        digest -> Binary,
        name -> Text,
        subject -> Nullable<Uid>,
        verdict -> Text,
        bytes -> Text,
        occurred_at -> Instant,
        received_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uid;

    stream (account, agency, store) {
        account -> Uid,
        agency -> Uid,
        store -> Uid,
        last_number -> BigInt,
    }
}

#[derive(Insertable, Clone, Debug)]
#[diesel(table_name = operation, treat_none_as_default_value = false)]
struct Row {
    agency: Id,
    id: Id,
    account: Option<Id>,
    person: Option<Id>,
    store: Option<Id>,
    number: Option<i64>,
    digest: Vec<u8>,
    name: String,
    subject: Option<Id>,
    verdict: String,
    bytes: String,
    occurred_at: At,
    received_at: At,
}

/// A verdict that waits for the end of its unit.
pub(super) struct Remembered {
    operation: Operation,
    account: Option<AccountId>,
    person: Option<PersonId>,
    store: Option<StoreId>,
    number: Option<u64>,
    digest: Digest,
    bytes: String,
    pub(super) verdict: Verdict,
}

/// What is known of an operation that was judged before.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub(crate) id: OperationId,
    pub(crate) account: Option<AccountId>,
    pub(crate) digest: Digest,
    pub(crate) verdict: Verdict,
}

type KnownRow = (Id, Option<Id>, Vec<u8>, String);

fn read_known((id, account, digest, verdict): KnownRow) -> Result<Known> {
    Ok(Known {
        id: OperationId(id.0),
        account: account.map(|account| AccountId(account.0)),
        digest: Digest(digest.try_into().map_err(|_| Error::internal(anyhow::anyhow!("a digest has 32 bytes")))?),
        verdict: serde_json::from_str(&verdict).map_err(Error::internal)?,
    })
}

/// What was judged under these ids in this agency.
pub(crate) fn known(db: &mut Db, agency: AgencyId, ids: &[OperationId]) -> Result<Vec<Known>> {
    let mut found = Vec::new();
    for some in ids.chunks(crate::records::rows::BATCH) {
        let some: Vec<Id> = some.iter().map(|id| Id(id.0)).collect();
        let rows: Vec<KnownRow> = on!(db => operation::table
            .filter(operation::agency.eq(Id(agency.0)).and(operation::id.eq_any(&some)))
            .select((operation::id, operation::account, operation::digest, operation::verdict))
            .load(db))?;
        found.extend(rows);
    }
    found.into_iter().map(read_known).collect()
}

/// What was judged earlier in the same unit.
fn judged_now<'t>(tx: &'t ApplyTx<'_>, id: OperationId) -> Option<&'t Remembered> {
    tx.remembered.get(*tx.remembered_at.get(&id)?)
}

pub(super) fn known_id(tx: &mut ApplyTx<'_>, id: OperationId) -> Result<Option<Known>> {
    if let Some(earlier) = judged_now(tx, id) {
        return Ok(Some(Known {
            id,
            account: earlier.account,
            digest: earlier.digest,
            verdict: earlier.verdict.clone(),
        }));
    }
    if let Some(known) = tx.known.get(&id) {
        return Ok(known.clone());
    }
    let agency = tx.agency();
    Ok(known(tx.db(), agency, &[id])?.pop())
}

pub(super) fn remember(
    tx: &mut ApplyTx<'_>,
    actor: &Actor,
    by: Option<PersonId>,
    sent: &Sent,
    number: Option<u64>,
    verdict: &Verdict,
) {
    tx.remembered_at.entry(sent.operation.id).or_insert(tx.remembered.len());
    tx.remembered.push(Remembered {
        operation: sent.operation.clone(),
        account: actor.account,
        person: by,
        store: actor.store,
        number,
        digest: sent.digest(),
        bytes: sent.bytes.get().to_owned(),
        verdict: verdict.clone(),
    });
}

/// An earlier operation of one of the people that the actor is.
pub(super) fn operation_of(tx: &mut ApplyTx<'_>, actor: &Actor, id: OperationId) -> Result<Option<Operation>> {
    let own = |person: Option<PersonId>| person.is_some_and(|person| actor.is(person));
    if let Some(earlier) = judged_now(tx, id) {
        return Ok(own(earlier.person).then(|| earlier.operation.clone()));
    }
    let agency = tx.agency();
    let db = tx.db();
    let row: Option<(Option<Id>, String)> = on!(db => operation::table
        .find((Id(agency.0), Id(id.0)))
        .select((operation::person, operation::bytes))
        .first(db)
        .optional())?;
    match row {
        Some((person, bytes)) if own(person.map(|person| PersonId(person.0))) => {
            Ok(Some(serde_json::from_str(&bytes).map_err(Error::internal)?))
        }
        _ => Ok(None),
    }
}

pub(super) fn write(db: &mut Db, agency: AgencyId, now: At, remembered: Vec<Remembered>) -> Result<()> {
    let rows: Vec<Row> = remembered
        .into_iter()
        .map(|one| {
            let subject = domain::Intent::read(&one.operation).ok().map(|intent| Id(intent.student().0));
            Ok(Row {
                agency: Id(agency.0),
                id: Id(one.operation.id.0),
                account: one.account.map(|account| Id(account.0)),
                person: one.person.map(|person| Id(person.0)),
                store: one.store.map(|store| Id(store.0)),
                number: one.number.and_then(|number| i64::try_from(number).ok()),
                digest: one.digest.0.to_vec(),
                name: one.operation.name,
                subject,
                verdict: serde_json::to_string(&one.verdict).map_err(Error::internal)?,
                bytes: one.bytes,
                occurred_at: At::from_micros(one.operation.at.corrected().0).unwrap_or(now),
                received_at: now,
            })
        })
        .collect::<Result<_>>()?;
    for some in rows.chunks(crate::records::rows::BATCH) {
        on!(db => diesel::insert_into(operation::table).values(some).execute(db))?;
    }
    Ok(())
}

/// The last number judged in a stream; 0 before the first.
pub(crate) fn last_number(db: &mut Db, account: AccountId, agency: AgencyId, store: StoreId) -> Result<u64> {
    let last: Option<i64> = on!(db => stream::table
        .find((Id(account.0), Id(agency.0), Id(store.0)))
        .select(stream::last_number)
        .first(db)
        .optional())?;
    Ok(last.map_or(0, i64::unsigned_abs))
}

/// Moves a stream on.
pub(crate) fn set_last_number(tx: &mut ApplyTx<'_>, account: AccountId, store: StoreId, number: u64) -> Result<()> {
    let number = i64::try_from(number).map_err(Error::internal)?;
    let agency = tx.agency();
    let db = tx.db();
    on!(db => diesel::insert_into(stream::table)
        .values((
            stream::account.eq(Id(account.0)),
            stream::agency.eq(Id(agency.0)),
            stream::store.eq(Id(store.0)),
            stream::last_number.eq(number),
        ))
        .on_conflict((stream::account, stream::agency, stream::store))
        .do_update()
        .set(stream::last_number.eq(excluded(stream::last_number)))
        .execute(db))?;
    Ok(())
}
