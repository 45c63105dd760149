//! What was judged: every operation with its verdict and its bytes. It makes a replay
//! harmless, resolves `after(operation)`, and is the audit trail.

use super::{Actor, ApplyTx, Asked};
use crate::{
    db::{
        Db,
        types::{At, Id},
    },
    error::{Error, Result},
    on,
};
use diesel::{prelude::*, upsert::excluded};
use std::collections::{HashMap, HashSet};
use sync::{
    AccountId, AgencyId, Micros, Operation, OperationId, PersonId, RecordId, StoreId, Verdict,
    faults::{self, Fault},
    operation::{Digest, Sent},
    verdict::Code,
};
use uuid::Uuid;

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
        replaces -> Nullable<Uid>,
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
    replaces: Option<Id>,
    verdict: String,
    bytes: String,
    occurred_at: At,
    received_at: At,
}

/// A verdict that waits for the end of its unit.
pub(super) struct Remembered {
    asked: Asked,
    account: Option<AccountId>,
    person: Option<PersonId>,
    store: Option<StoreId>,
    number: Option<u64>,
    pub(super) verdict: Verdict,
}

impl Remembered {
    /// Which one.
    pub(super) fn id(&self) -> OperationId {
        self.asked.id()
    }

    /// The student about whom it did not arrive, if it did not.
    pub(super) fn not_received(&self) -> Option<RecordId> {
        if self.verdict.is_success() { None } else { subject_of(&self.asked.sent.operation) }
    }

    /// Whether somebody chose between versions.
    pub(super) fn is_choice(&self) -> bool {
        matches!(self.asked.intent, Ok(domain::Intent::Resolve(_)))
    }
}

/// The student that an operation names, whether or not the rest of it can be read.
pub(super) fn subject_of(operation: &Operation) -> Option<RecordId> {
    operation.body.get("student")?.as_str()?.parse().ok()
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
    if faults::is(Fault::SkipDedupe) {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for some in ids.chunks(crate::db::BATCH) {
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
            digest: earlier.asked.digest,
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
    asked: Asked,
    number: Option<u64>,
    verdict: &Verdict,
) {
    tx.remembered_at.entry(asked.id()).or_insert(tx.remembered.len());
    tx.remembered.push(Remembered {
        asked,
        account: actor.account,
        person: by,
        store: actor.store,
        number,
        verdict: verdict.clone(),
    });
}

/// An earlier operation of an author, with what became of it.
pub(super) struct Own {
    pub(super) operation: Operation,
    pub(super) verdict: Verdict,
}

/// An earlier operation of one of the people that the actor is.
pub(super) fn own_operation(tx: &mut ApplyTx<'_>, actor: &Actor, id: OperationId) -> Result<Option<Own>> {
    let own = |person: Option<PersonId>| person.is_some_and(|person| actor.is(person));
    if let Some(earlier) = judged_now(tx, id) {
        let found = || Own { operation: earlier.asked.sent.operation.clone(), verdict: earlier.verdict.clone() };
        return Ok(own(earlier.person).then(found));
    }
    let agency = tx.agency();
    let db = tx.db();
    let row: Option<(Option<Id>, String, String)> = on!(db => operation::table
        .find((Id(agency.0), Id(id.0)))
        .select((operation::person, operation::bytes, operation::verdict))
        .first(db)
        .optional())?;
    match row {
        Some((person, bytes, verdict)) if own(person.map(|person| PersonId(person.0))) => Ok(Some(Own {
            operation: serde_json::from_str(&bytes).map_err(Error::internal)?,
            verdict: serde_json::from_str(&verdict).map_err(Error::internal)?,
        })),
        _ => Ok(None),
    }
}

/// Something that was written about a student by somebody who has or had to do with them,
/// and was not taken. It is kept whole.
#[derive(Clone, Debug)]
pub(crate) struct Rejected {
    pub(crate) by: PersonId,
    pub(crate) code: Code,
    pub(crate) received: Micros,
    pub(crate) operation: Operation,
}

/// The most that is told of some students: a phone that sends nonsense fills nobody's page.
const MOST_REJECTED: i64 = 500;

/// What was not taken about these students since a moment, oldest first; without what its
/// author has sent again since.
pub(crate) fn rejected_about(
    db: &mut Db,
    agency: AgencyId,
    students: &[RecordId],
    since: At,
) -> Result<HashMap<RecordId, Vec<Rejected>>> {
    type Row = (Id, Id, Option<Id>, Option<Id>, String, String, At);
    let mut rows: Vec<Row> = Vec::new();
    let mut replaced: HashSet<Uuid> = HashSet::new();
    for some in students.chunks(crate::db::BATCH) {
        let some: Vec<Option<Id>> = some.iter().map(|id| Some(Id(id.0))).collect();
        let rejected: Vec<Row> = on!(db => operation::table
            .filter(operation::agency.eq(Id(agency.0)).and(operation::subject.eq_any(&some)))
            .filter(operation::received_at.ge(since))
            .filter(operation::person.is_not_null())
            .filter(operation::verdict.like(r#"{"is":"rejected"%"#))
            .order((operation::received_at.desc(), operation::id.desc()))
            .limit(MOST_REJECTED)
            .select((operation::agency, operation::id, operation::subject, operation::person, operation::verdict,
                     operation::bytes, operation::received_at))
            .load(db))?;
        let again: Vec<Option<Id>> = on!(db => operation::table
            .filter(operation::agency.eq(Id(agency.0)).and(operation::subject.eq_any(&some)))
            .filter(operation::received_at.ge(since))
            .filter(operation::replaces.is_not_null())
            .select(operation::replaces)
            .load(db))?;
        rows.extend(rejected.into_iter().rev());
        replaced.extend(again.into_iter().flatten().map(|id| id.0));
    }
    let mut found: HashMap<RecordId, Vec<Rejected>> = HashMap::new();
    for (_, id, subject, person, verdict, bytes, received) in rows {
        let (Some(student), Some(by), false) = (subject, person, replaced.contains(&id.0)) else { continue };
        let Verdict::Rejected { code, .. } = serde_json::from_str(&verdict).map_err(Error::internal)? else { continue };
        found.entry(RecordId(student.0)).or_default().push(Rejected {
            by: PersonId(by.0),
            code,
            received: Micros(received.micros()),
            operation: serde_json::from_str(&bytes).map_err(Error::internal)?,
        });
    }
    Ok(found)
}

/// What an account sent under an id, if it did.
pub(crate) fn sent_before(
    db: &mut Db,
    agency: AgencyId,
    account: AccountId,
    id: OperationId,
) -> Result<Option<Operation>> {
    let bytes: Option<String> = on!(db => operation::table
        .find((Id(agency.0), Id(id.0)))
        .filter(operation::account.eq(Some(Id(account.0))))
        .select(operation::bytes)
        .first(db)
        .optional())?;
    bytes.map(|bytes| serde_json::from_str(&bytes).map_err(Error::internal)).transpose()
}

pub(super) fn write(db: &mut Db, agency: AgencyId, now: At, remembered: Vec<Remembered>) -> Result<()> {
    let rows: Vec<Row> = remembered
        .into_iter()
        .map(|one| {
            let Sent { operation, bytes } = one.asked.sent;
            let subject = subject_of(&operation).map(|student| Id(student.0));
            let replaces = operation.replaces.map(|earlier| Id(earlier.0));
            Ok(Row {
                agency: Id(agency.0),
                id: Id(operation.id.0),
                account: one.account.map(|account| Id(account.0)),
                person: one.person.map(|person| Id(person.0)),
                store: one.store.map(|store| Id(store.0)),
                number: one.number.and_then(|number| i64::try_from(number).ok()),
                digest: one.asked.digest.0.to_vec(),
                name: operation.name,
                subject,
                replaces,
                verdict: serde_json::to_string(&one.verdict).map_err(Error::internal)?,
                bytes: bytes.get().to_owned(),
                occurred_at: At::from_micros(operation.at.corrected().0).unwrap_or(now),
                received_at: now,
            })
        })
        .collect::<Result<_>>()?;
    for some in rows.chunks(crate::db::BATCH) {
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
