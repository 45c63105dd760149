//! The outbox: everything the person did, kept before they are told so, and the pushes
//! that are made of it.

use super::{
    records::Place,
    tables::{Key, forgotten, joined, outbox, stream, touch},
};
use crate::error::{Error, Result};
use diesel::{dsl::exists, prelude::*};
use domain::Intent;
use serde_json::value::RawValue;
use std::collections::BTreeSet;
use sync::{
    AgencyId, Change, Micros, OperationId, Scope, StoreId,
    operation::{Base, Operation, Sent},
    push::{MAX_OPERATIONS, PushRequest},
    replica::{
        overlay::OwnEdit,
        queue::{self, Waiting},
    },
    wire,
};
use uuid::Uuid;

/// Has no verdict yet.
pub(crate) const WAITING: &str = "waiting";
/// Taken by the server.
pub(crate) const RECEIVED: &str = "received";
/// Rejected, or standing on what was.
pub(crate) const PARKED: &str = "parked";
/// Rejected after its scope was purged.
pub(crate) const RECEIPT: &str = "receipt";

/// Whether an event with this id was kept before.
pub(crate) fn is_known(db: &mut SqliteConnection, id: OperationId) -> Result<bool> {
    let in_outbox = exists(outbox::table.filter(outbox::id.eq(Key::of(id))));
    let in_another = exists(joined::table.find(Key::of(id)));
    Ok(diesel::select(in_outbox.or(in_another)).get_result(db)?)
}

/// Whether an operation is on its way, or was taken and is remembered here.
pub(crate) fn stands(db: &mut SqliteConnection, id: OperationId) -> Result<bool> {
    let one = outbox::table.filter(outbox::id.eq(Key::of(id))).filter(outbox::state.eq_any([WAITING, RECEIVED]));
    Ok(diesel::select(exists(one)).get_result(db)?)
}

/// Keeps an operation at the end of the queue.
pub(crate) fn keep(db: &mut SqliteConnection, agency: AgencyId, sent: &Sent, intent: &Intent) -> Result<()> {
    let place: i64 = diesel::insert_into(outbox::table)
        .values((
            outbox::id.eq(Key::of(sent.operation.id)),
            outbox::agency.eq(Key::of(agency)),
            outbox::subject.eq(Key::of(intent.student())),
            outbox::name.eq(&sent.operation.name),
            outbox::done_at.eq(sent.operation.at.corrected().0),
            outbox::bytes.eq(sent.bytes.get()),
            outbox::state.eq(WAITING),
        ))
        .returning(outbox::place)
        .get_result(db)?;
    for change in intent.changes(sent.operation.at.corrected()) {
        let (kind, id) = change.key();
        let field = match &change {
            Change::Create { .. } => "",
            Change::Edit { field, .. } | Change::Resolve { field, .. } => field,
        };
        diesel::insert_into(touch::table)
            .values((
                touch::place.eq(place),
                touch::agency.eq(Key::of(agency)),
                touch::kind.eq(kind.name()),
                touch::id.eq(Key::of(id)),
                touch::field.eq(field),
            ))
            .execute(db)?;
    }
    Ok(())
}

/// Writes an unsent edit anew, with what the person wrote since. The event that did so is
/// known from now on.
pub(crate) fn join(db: &mut SqliteConnection, event: OperationId, sent: &Sent) -> Result<()> {
    diesel::update(outbox::table.filter(outbox::id.eq(Key::of(sent.operation.id))))
        .set((outbox::bytes.eq(sent.bytes.get()), outbox::done_at.eq(sent.operation.at.corrected().0)))
        .execute(db)?;
    diesel::insert_into(joined::table).values(joined::id.eq(Key::of(event))).execute(db)?;
    Ok(())
}

/// One operation as it was written.
pub(crate) fn find(db: &mut SqliteConnection, id: OperationId) -> Result<Option<Sent>> {
    let bytes: Option<String> = outbox::table
        .filter(outbox::id.eq(Key::of(id)))
        .filter(outbox::sealed.eq(false))
        .filter(outbox::state.ne(RECEIPT))
        .select(outbox::bytes)
        .first(db)
        .optional()?;
    bytes.map(read).transpose()
}

/// The person's own last edit of a field that the rows do not show yet.
pub(crate) fn own_edit(db: &mut SqliteConnection, place: &Place, field: &str) -> Result<Option<OwnEdit>> {
    let last: Option<(String, bool, String)> = touch::table
        .inner_join(outbox::table)
        .filter(touch::agency.eq(Key::of(place.agency)))
        .filter(touch::kind.eq(place.kind.name()))
        .filter(touch::id.eq(Key::of(place.id)))
        .filter(touch::field.eq(field))
        .filter(outbox::sealed.eq(false))
        .filter(outbox::state.eq(WAITING).or(outbox::state.eq(RECEIVED).and(outbox::shown.eq(false))))
        .order(outbox::place.desc())
        .select((outbox::bytes, outbox::attempted, outbox::state))
        .first(db)
        .optional()?;
    let Some((bytes, attempted, state)) = last else { return Ok(None) };
    let operation = read(bytes)?.operation;
    let changes =
        Intent::read(&operation).map_or_else(|_| Vec::new(), |intent| intent.changes(operation.at.corrected()));
    let edit = changes.into_iter().find_map(|change| match change {
        Change::Edit { field: edited, base, value, .. } if edited == field => Some((Some(base), value)),
        Change::Resolve { field: chosen, value, .. } if chosen == field => Some((None, value)),
        _ => None,
    });
    let Some((base, value)) = edit else { return Ok(None) };
    // A choice between versions is built on, never written anew.
    let attempted = attempted || state == RECEIVED || base.is_none();
    Ok(Some(OwnEdit { id: operation.id, attempted, base: base.unwrap_or(Base::Unknown), value }))
}

/// The person's own edit of a field in which they wrote just this, the last one; not one that was
/// refused.
pub(crate) fn own_words(
    db: &mut SqliteConnection,
    place: &Place,
    field: &str,
    words: &str,
) -> Result<Option<OperationId>> {
    let taken: Vec<String> = touch::table
        .inner_join(outbox::table)
        .filter(touch::agency.eq(Key::of(place.agency)))
        .filter(touch::kind.eq(place.kind.name()))
        .filter(touch::id.eq(Key::of(place.id)))
        .filter(touch::field.eq(field))
        .filter(outbox::sealed.eq(false).and(outbox::state.eq_any([WAITING, RECEIVED])))
        .order(outbox::place.desc())
        .select(outbox::bytes)
        .load(db)?;
    for bytes in taken {
        let operation = read(bytes)?.operation;
        let wrote = Intent::read(&operation).ok().and_then(|intent| intent.own_value(field));
        if wrote.is_some_and(|wrote| wrote.as_str() == Some(words)) {
            return Ok(Some(operation.id));
        }
    }
    Ok(None)
}

/// The agencies that a contact has something to send to: operations, or word that a scope
/// was forgotten.
pub(crate) fn agencies(db: &mut SqliteConnection) -> Result<BTreeSet<AgencyId>> {
    let waiting: Vec<Key> =
        outbox::table.filter(outbox::state.eq(WAITING)).select(outbox::agency).distinct().load(db)?;
    let told: Vec<Key> = forgotten::table.select(forgotten::agency).distinct().load(db)?;
    Ok(waiting.into_iter().chain(told).map(Key::to).collect())
}

/// A push that is about to leave, and what it holds.
pub(crate) struct Push {
    /// What is sent.
    pub(crate) request: PushRequest,
    /// The operations in it.
    pub(crate) ids: Vec<OperationId>,
}

/// Makes the next push of an agency's stream. From now on the bytes in it never change.
pub(crate) fn push(db: &mut SqliteConnection, store: StoreId, agency: AgencyId) -> Result<Push> {
    // What a restored server has to get again comes first, in its old order.
    let rows: Vec<(i64, String, Option<i64>)> = outbox::table
        .filter(outbox::state.eq(WAITING))
        .filter(outbox::agency.eq(Key::of(agency)))
        .order((outbox::number.is_null(), outbox::number, outbox::place))
        .limit(MAX_OPERATIONS as i64 + 1)
        .select((outbox::place, outbox::bytes, outbox::number))
        .load(db)?;
    let next = next_number(db, agency)?;
    // What was received long ago, or was about somebody whose data had to leave, is not kept.
    let kept = rows.first().and_then(|(_, _, number)| *number).map_or(next, i64::unsigned_abs).max(next);
    let rows: Vec<(i64, String)> = rows
        .into_iter()
        .zip(kept.cast_signed()..)
        .take_while(|((_, _, number), expected)| number.is_none_or(|number| number == *expected))
        .map(|((place, bytes, _), _)| (place, bytes))
        .collect();
    let mut queue = Vec::with_capacity(rows.len());
    let mut travelling = Vec::with_capacity(rows.len());
    for (place, bytes) in rows {
        let sent = read(bytes)?;
        let (id, group) = (sent.operation.id, sent.operation.group);
        queue.push(Waiting { id, size: sent.bytes.get().len(), group });
        travelling.push((place, id, sent.bytes));
    }
    travelling.truncate(queue::batch(&queue));
    let places: Vec<i64> = travelling.iter().map(|(place, ..)| *place).collect();
    diesel::update(outbox::table.filter(outbox::place.eq_any(places))).set(outbox::attempted.eq(true)).execute(db)?;
    let (ids, operations): (Vec<_>, Vec<Box<RawValue>>) =
        travelling.into_iter().map(|(_, id, bytes)| (id, bytes)).unzip();
    let request = PushRequest {
        wire: wire::VERSION,
        store,
        agency,
        first: kept,
        skip: (next < kept).then_some(next),
        operations,
        forgotten: forgotten(db, agency)?,
    };
    Ok(Push { request, ids })
}

fn forgotten(db: &mut SqliteConnection, agency: AgencyId) -> Result<Vec<Scope>> {
    let paths: Vec<String> =
        forgotten::table.filter(forgotten::agency.eq(Key::of(agency))).select(forgotten::path).load(db)?;
    Ok(paths.into_iter().map(|path| Scope::new(agency, path)).collect())
}

/// The agencies to which anything was ever sent.
pub(crate) fn streams(db: &mut SqliteConnection) -> Result<BTreeSet<AgencyId>> {
    let agencies: Vec<Key> = stream::table.select(stream::agency).load(db)?;
    Ok(agencies.into_iter().map(Key::to).collect())
}

/// The number of the stream's next operation.
pub(crate) fn next_number(db: &mut SqliteConnection, agency: AgencyId) -> Result<u64> {
    let next: Option<i64> = stream::table.find(Key::of(agency)).select(stream::next_number).first(db).optional()?;
    Ok(next.map_or(1, i64::unsigned_abs))
}

/// Reads what was written.
pub(crate) fn read(bytes: String) -> Result<Sent> {
    let raw = RawValue::from_string(bytes).map_err(Error::Damaged)?;
    let operation = serde_json::from_str(raw.get()).map_err(Error::Damaged)?;
    Ok(Sent { operation, bytes: raw })
}

/// How much the server does not have yet and can still get.
pub(crate) fn unsent(db: &mut SqliteConnection) -> Result<i64> {
    Ok(outbox::table.filter(outbox::state.eq(WAITING)).count().get_result(db)?)
}

/// How much the person has to look at: set aside, or gone with its scope.
pub(crate) fn parked(db: &mut SqliteConnection) -> Result<i64> {
    Ok(outbox::table.filter(outbox::state.eq_any([PARKED, RECEIPT])).count().get_result(db)?)
}

/// A parked operation that its author can still read.
pub(crate) fn parked_one(db: &mut SqliteConnection, id: OperationId) -> Result<Option<Operation>> {
    let bytes: Option<String> = outbox::table
        .filter(outbox::id.eq(Key::of(id)))
        .filter(outbox::state.eq(PARKED))
        .select(outbox::bytes)
        .first(db)
        .optional()?;
    Ok(bytes.map(read).transpose()?.map(|sent| sent.operation))
}

/// What is parked because another one was rejected, in order, and whether its bytes were
/// in a push already.
pub(crate) fn parked_because(
    db: &mut SqliteConnection,
    rejected: OperationId,
) -> Result<Vec<(AgencyId, Operation, bool)>> {
    let rows: Vec<(Key, String, bool)> = outbox::table
        .filter(outbox::because.eq(Key::of(rejected)))
        .filter(outbox::state.eq(PARKED))
        .order(outbox::place)
        .select((outbox::agency, outbox::bytes, outbox::attempted))
        .load(db)?;
    rows.into_iter().map(|(agency, bytes, attempted)| Ok((agency.to(), read(bytes)?.operation, attempted))).collect()
}

/// Takes an operation out, because another one stands in its place now.
pub(crate) fn remove(db: &mut SqliteConnection, id: OperationId) -> Result<()> {
    diesel::delete(outbox::table.filter(outbox::id.eq(Key::of(id)))).execute(db)?;
    Ok(())
}

/// Throws a parked operation or a receipt away, as its author wished. What stood on it is on its
/// own from then on.
pub(crate) fn throw_away(db: &mut SqliteConnection, id: OperationId) -> Result<()> {
    let stood_on_it = outbox::table.filter(outbox::because.eq(Key::of(id)));
    diesel::update(stood_on_it).set(outbox::because.eq(None::<Key>)).execute(db)?;
    let one = outbox::table.filter(outbox::id.eq(Key::of(id)));
    diesel::delete(one.filter(outbox::state.eq_any([PARKED, RECEIPT]))).execute(db)?;
    Ok(())
}

impl Entry {
    /// Whether no verdict on it came: what the server refused it has all the same.
    pub(crate) fn was_never_judged(&self) -> bool {
        self.state == WAITING || (self.state == PARKED && !self.attempted)
    }
}

/// Something the server does not have, as a screen lists it.
pub(crate) struct Entry {
    pub(crate) id: OperationId,
    pub(crate) agency: AgencyId,
    pub(crate) name: String,
    pub(crate) done_at: Micros,
    pub(crate) state: String,
    /// Its bytes were in a push.
    pub(crate) attempted: bool,
    pub(crate) code: Option<String>,
    pub(crate) field: Option<String>,
    pub(crate) because: Option<OperationId>,
    /// Not of sealed ones.
    pub(crate) subject: Option<Uuid>,
    /// Not of sealed ones.
    pub(crate) operation: Option<Operation>,
}

/// Everything that the server does not have, oldest first.
pub(crate) fn list(db: &mut SqliteConnection) -> Result<Vec<Entry>> {
    #[derive(Queryable, Selectable)]
    #[diesel(table_name = outbox)]
    struct Row {
        id: Key,
        agency: Key,
        subject: Key,
        name: String,
        done_at: i64,
        bytes: String,
        state: String,
        attempted: bool,
        sealed: bool,
        code: Option<String>,
        field: Option<String>,
        because: Option<Key>,
    }
    let rows: Vec<Row> =
        outbox::table.filter(outbox::state.ne(RECEIVED)).order(outbox::place).select(Row::as_select()).load(db)?;
    rows.into_iter()
        .map(|row| {
            let is_open = !row.sealed && row.state != RECEIPT;
            let operation = if is_open { Some(read(row.bytes)?.operation) } else { None };
            Ok(Entry {
                id: row.id.to(),
                agency: row.agency.to(),
                name: row.name,
                done_at: Micros(row.done_at),
                state: row.state,
                attempted: row.attempted,
                code: row.code,
                field: row.field,
                because: row.because.map(Key::to),
                subject: is_open.then_some(row.subject.0),
                operation,
            })
        })
        .collect()
}

/// The operations that the server does not have: what they wrote shows as pending.
pub(crate) fn pending(db: &mut SqliteConnection) -> Result<BTreeSet<OperationId>> {
    let ids: Vec<Key> = outbox::table.filter(outbox::state.eq(WAITING)).select(outbox::id).load(db)?;
    Ok(ids.into_iter().map(Key::to).collect())
}
