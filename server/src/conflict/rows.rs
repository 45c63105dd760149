//! The table of disagreements. The door writes it in the unit that changes the record.

use crate::{
    db::{
        BATCH, Db,
        types::{At, Id},
    },
    error::{Error, Result},
    on,
};
use diesel::prelude::*;
use domain::kinds;
use std::collections::HashMap;
use sync::{
    AgencyId, Kind, Micros, OperationId, PersonId, Record, RecordId,
    record::{Alternative, Stamp},
};
use uuid::Uuid;

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::{Instant, Uid};

    conflict (agency, record, field, raised_by) {
        agency -> Uid,
        record -> Uid,
        field -> Text,
        raised_by -> Uid,
        kind -> Text,
        subject -> Nullable<Uid>,
        raised_at -> Instant,
        alternatives -> Text,
        settled_at -> Nullable<Instant>,
        settled_by -> Nullable<Uid>,
        choice -> Nullable<Uid>,
        chosen -> Nullable<Text>,
        stood_until -> Nullable<Instant>,
    }
}

#[derive(Queryable, Selectable, Insertable, Clone, Debug)]
#[diesel(table_name = conflict, treat_none_as_default_value = false)]
struct Row {
    agency: Id,
    record: Id,
    field: String,
    raised_by: Id,
    kind: String,
    subject: Option<Id>,
    raised_at: At,
    alternatives: String,
    settled_at: Option<At>,
    settled_by: Option<Id>,
    choice: Option<Id>,
    chosen: Option<String>,
    stood_until: Option<At>,
}

/// One disagreement, standing or settled.
#[derive(Clone, Debug)]
pub(crate) struct Dispute {
    pub(crate) kind: Kind,
    pub(crate) record: RecordId,
    pub(crate) field: String,
    pub(crate) subject: Option<RecordId>,
    pub(crate) raised_at: Micros,
    /// Those that stood last.
    pub(crate) alternatives: Vec<Alternative>,
    pub(crate) settled: Option<Settled>,
}

/// How a disagreement ended.
#[derive(Clone, Debug)]
pub(crate) struct Settled {
    pub(crate) at: Micros,
    pub(crate) by: PersonId,
    /// The operation that chose: whoever saw it can take it back.
    pub(crate) choice: OperationId,
    pub(crate) chosen: serde_json::Value,
    /// When somebody chose again or wrote something else; none while it stands.
    pub(crate) until: Option<Micros>,
}

/// What a change of a record means for its disagreements.
#[derive(Clone, Debug, PartialEq)]
enum Turn<'r> {
    Raised(&'r [Alternative]),
    Goes(&'r [Alternative]),
    Settled(Stamp, &'r serde_json::Value),
    /// What an operation had written stands no more. Where nothing was in dispute, this was
    /// written instead.
    Over {
        was: OperationId,
        again: Option<(Stamp, &'r serde_json::Value)>,
    },
}

fn turns<'r>(before: Option<&Record>, after: &'r Record) -> Vec<(&'r str, Turn<'r>)> {
    let Some(before) = before else {
        return after.open.iter().map(|(field, voices)| (field.as_str(), Turn::Raised(voices))).collect();
    };
    let stands = after.fields.iter().flat_map(|(field, value)| {
        let (was, is) = (before.stamp_of(field), after.stamp_of(field));
        let closes = before.open.contains_key(field) && !after.open.contains_key(field);
        let moves = before.fields.contains_key(field) && was.op != is.op;
        let over = moves
            .then_some(Turn::Over { was: was.op, again: (!before.open.contains_key(field)).then_some((is, value)) });
        let settled = closes.then_some(Turn::Settled(is, value));
        over.into_iter().chain(settled).map(|turn| (field.as_str(), turn))
    });
    let open = after.open.iter().filter_map(|(field, voices)| match before.open.get(field) {
        None => Some((field.as_str(), Turn::Raised(voices))),
        Some(before) if before != voices => Some((field.as_str(), Turn::Goes(voices))),
        Some(_) => None,
    });
    stands.chain(open).collect()
}

/// Kinds with fields that can be in dispute.
const DISPUTED: [Kind; 5] = [kinds::STATEMENT, kinds::INPUT, kinds::MEETING, kinds::VISIT, kinds::ATTEMPT];

/// Writes down what a unit's change of one record did to its disagreements. `is_choice` knows
/// the operations of the unit.
pub(crate) fn write(
    db: &mut Db,
    (agency, now): (AgencyId, At),
    (kind, id): (&Kind, RecordId),
    (before, after): (Option<&Record>, &Record),
    is_choice: impl Fn(OperationId) -> bool,
) -> Result<()> {
    if !DISPUTED.contains(kind) {
        return Ok(());
    }
    let text = |voices: &[Alternative]| serde_json::to_string(voices).map_err(Error::internal);
    for (field, turn) in turns(before, after) {
        match turn {
            Turn::Raised(voices) => {
                // The last one to speak raised it.
                let Some(last) = voices.last() else { continue };
                let row = Row {
                    agency: Id(agency.0),
                    record: Id(id.0),
                    field: field.to_owned(),
                    raised_by: Id(last.stamp.op.0),
                    kind: kind.name().to_owned(),
                    subject: after.subject.map(Id),
                    raised_at: now,
                    alternatives: text(voices)?,
                    settled_at: None,
                    settled_by: None,
                    choice: None,
                    chosen: None,
                    stood_until: None,
                };
                on!(db => diesel::insert_into(conflict::table).values(&row).execute(db))?;
            }
            Turn::Goes(voices) => {
                let voices = text(voices)?;
                on!(db => diesel::update(conflict::table)
                    .filter(conflict::agency.eq(Id(agency.0)))
                    .filter(conflict::record.eq(Id(id.0)))
                    .filter(conflict::field.eq(field))
                    .filter(conflict::settled_at.is_null())
                    .set(conflict::alternatives.eq(&voices))
                    .execute(db))?;
            }
            Turn::Over { was, again } => {
                let over = end(db, (agency, id, field), was, now)?;
                // Who takes a choice back chooses anew between the same versions.
                let Some((stamp, value)) = again.filter(|(stamp, _)| is_choice(stamp.op)) else { continue };
                for row in over {
                    let row = Row {
                        raised_by: Id(stamp.op.0),
                        settled_at: Some(now),
                        settled_by: Some(Id(stamp.by.0)),
                        choice: Some(Id(stamp.op.0)),
                        chosen: Some(serde_json::to_string(value).map_err(Error::internal)?),
                        stood_until: None,
                        ..row
                    };
                    on!(db => diesel::insert_into(conflict::table).values(&row).execute(db))?;
                }
            }
            Turn::Settled(stamp, value) => {
                let chosen = serde_json::to_string(value).map_err(Error::internal)?;
                on!(db => diesel::update(conflict::table)
                    .filter(conflict::agency.eq(Id(agency.0)))
                    .filter(conflict::record.eq(Id(id.0)))
                    .filter(conflict::field.eq(field))
                    .filter(conflict::settled_at.is_null())
                    .set((
                        conflict::settled_at.eq(Some(now)),
                        conflict::settled_by.eq(Some(Id(stamp.by.0))),
                        conflict::choice.eq(Some(Id(stamp.op.0))),
                        conflict::chosen.eq(Some(&chosen)),
                    ))
                    .execute(db))?;
            }
        }
    }
    Ok(())
}

/// A choice stands no more. Says what it was, if it was one.
fn end(db: &mut Db, place: (AgencyId, RecordId, &str), choice: OperationId, now: At) -> Result<Vec<Row>> {
    let (agency, record, field) = place;
    let ended = on!(db => diesel::update(conflict::table)
        .filter(conflict::agency.eq(Id(agency.0)))
        .filter(conflict::record.eq(Id(record.0)))
        .filter(conflict::field.eq(field))
        .filter(conflict::choice.eq(Some(Id(choice.0))))
        .set(conflict::stood_until.eq(Some(now)))
        .returning(Row::as_returning())
        .load(db))?;
    Ok(ended)
}

/// What stands in an agency, the oldest first.
pub(crate) fn standing(db: &mut Db, agency: AgencyId) -> Result<Vec<Dispute>> {
    let rows: Vec<Row> = on!(db => conflict::table
        .filter(conflict::agency.eq(Id(agency.0)))
        .filter(conflict::settled_at.is_null())
        .order((conflict::raised_at, conflict::raised_by))
        .select(Row::as_select())
        .load(db))?;
    rows.into_iter().map(read).collect()
}

/// What was settled in an agency since a moment, the newest first.
pub(crate) fn settled(db: &mut Db, agency: AgencyId, since: At) -> Result<Vec<Dispute>> {
    let rows: Vec<Row> = on!(db => conflict::table
        .filter(conflict::agency.eq(Id(agency.0)))
        .filter(conflict::settled_at.ge(Some(since)))
        .order((conflict::settled_at.desc(), conflict::raised_by.desc()))
        .select(Row::as_select())
        .load(db))?;
    rows.into_iter().map(read).collect()
}

/// All about these students, settled ones too, the oldest first.
pub(crate) fn about(db: &mut Db, agency: AgencyId, students: &[RecordId]) -> Result<HashMap<RecordId, Vec<Dispute>>> {
    let mut found: HashMap<RecordId, Vec<Dispute>> = HashMap::new();
    for some in students.chunks(BATCH) {
        let some: Vec<Option<Id>> = some.iter().map(|id| Some(Id(id.0))).collect();
        let rows: Vec<Row> = on!(db => conflict::table
            .filter(conflict::agency.eq(Id(agency.0)).and(conflict::subject.eq_any(&some)))
            .order((conflict::raised_at, conflict::settled_at, conflict::raised_by))
            .select(Row::as_select())
            .load(db))?;
        for row in rows {
            let dispute = read(row)?;
            if let Some(student) = dispute.subject {
                found.entry(student).or_default().push(dispute);
            }
        }
    }
    Ok(found)
}

fn read(row: Row) -> Result<Dispute> {
    let parts = row.settled_at.zip(row.settled_by).zip(row.choice).zip(row.chosen);
    let settled = parts.map(|(((at, by), choice), chosen)| {
        Ok::<_, serde_json::Error>(Settled {
            at: Micros(at.micros()),
            by: PersonId(by.0),
            choice: OperationId(choice.0),
            chosen: serde_json::from_str(&chosen)?,
            until: row.stood_until.map(|at| Micros(at.micros())),
        })
    });
    Ok(Dispute {
        kind: Kind::from(row.kind),
        record: RecordId(row.record.0),
        field: row.field,
        subject: row.subject.map(|Id(id): Id<Uuid>| RecordId(id)),
        raised_at: Micros(row.raised_at.micros()),
        alternatives: serde_json::from_str(&row.alternatives).map_err(Error::internal)?,
        settled: settled.transpose().map_err(Error::internal)?,
    })
}
