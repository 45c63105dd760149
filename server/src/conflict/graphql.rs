//! Disagreements for the web: what stands, who may choose, what was settled, and choosing.

use super::{
    queue::{self, may_choose, part},
    rows::{Dispute, Settled},
};
use crate::{
    access::{Action, Part},
    contact::Channel,
    error::{Error, Result},
    graphql::{
        Request,
        answer::{Author, UserError, minted, seen, user_errors},
        load::StudentRef,
        node::{NodeId, NodeKind},
        scalars::DateTime,
        view::View,
    },
    people::graphql::{Student, student_of},
    records::{self, Stored},
};
use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use domain::{contact, family::Resolve, kinds};
use serde_json::Value;
use sync::{
    AgencyId, Kind, Micros, OperationId, Record, RecordId, operation::Shown, record::Alternative as Voice,
    value::ValueHash,
};

/// What people disagree on about a student.
#[derive(Clone, Copy)]
pub struct StudentConflicts(pub StudentRef);

/// What people disagree on about a student.
#[Object]
impl StudentConflicts {
    /// Fields that wait for a choice.
    async fn conflicts(&self, ctx: &Context<'_>) -> Result<Vec<Conflict>> {
        let StudentRef { agency, id } = self.0;
        let all = queue::about(ctx, self.0).await?;
        let open = all.into_iter().filter(|dispute| dispute.settled.is_none());
        Ok(open.filter_map(|dispute| Conflict::of(agency, id, dispute)).collect())
    }

    /// Choices that were made, the oldest first. One that stands can be taken back:
    /// `conflictResolve` of the same conflict, with the choice as what was shown.
    async fn settled_conflicts(&self, ctx: &Context<'_>) -> Result<Vec<SettledConflict>> {
        let StudentRef { agency, id } = self.0;
        let all = queue::about(ctx, self.0).await?;
        Ok(all.into_iter().filter_map(|dispute| SettledConflict::of(agency, id, dispute)).collect())
    }
}

/// A field on which people disagree: all their versions are kept until one of them chooses.
pub struct Conflict {
    agency: AgencyId,
    student: RecordId,
    node: NodeKind,
    dispute: Dispute,
}

impl Conflict {
    pub(super) fn of(agency: AgencyId, student: RecordId, dispute: Dispute) -> Option<Self> {
        Some(Self { agency, student, node: node_of(&dispute.kind)?, dispute })
    }

    /// Those of one record, as it stands.
    pub(crate) fn on(agency: AgencyId, stored: &Stored) -> Vec<Self> {
        let Some(student) = stored.record.subject.map(RecordId) else { return Vec::new() };
        let open = stored.record.open.iter().filter_map(|(field, voices)| {
            let dispute = Dispute {
                kind: stored.kind.clone(),
                record: stored.id,
                field: field.clone(),
                subject: Some(student),
                raised_at: voices.last().map_or(Micros(0), |voice| voice.stamp.at),
                alternatives: voices.clone(),
                settled: None,
            };
            Self::of(agency, student, dispute)
        });
        open.collect()
    }

    /// That of one field of a record, if it waits for a choice.
    pub(crate) fn in_field(agency: AgencyId, stored: &Stored, field: &str) -> Option<Self> {
        Self::on(agency, stored).into_iter().find(|open| open.dispute.field == field)
    }

    fn name(&self) -> ID {
        ID(format!("{}.{}", NodeId::new(self.node, self.agency, self.dispute.record), self.dispute.field))
    }

    async fn whose(&self, ctx: &Context<'_>) -> Result<Student> {
        student_of(ctx, self.agency, Some(self.student.0)).await
    }

    async fn is_for(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(may_choose(&View::of(ctx, self.agency).await?, &self.dispute))
    }

    async fn told(&self, ctx: &Context<'_>) -> Result<Option<ConflictAbout>> {
        let about = StudentRef { agency: self.agency, id: self.student };
        let all = about.records(ctx, self.dispute.kind.clone()).await?;
        let stored = all.iter().find(|stored| stored.id == self.dispute.record);
        Ok(stored.and_then(|stored| ConflictAbout::of(&stored.kind, &stored.record)))
    }

    fn saw_before(&self) -> Option<String> {
        self.dispute.alternatives.iter().find_map(|voice| voice.saw.as_ref()).map(said)
    }

    fn voices(&self) -> Vec<Alternative> {
        self.dispute
            .alternatives
            .iter()
            .map(|voice| Alternative { agency: self.agency, voice: voice.clone() })
            .collect()
    }
}

const NODES: [(Kind, NodeKind); 5] = [
    (kinds::STATEMENT, NodeKind::FamilyStatement),
    (kinds::INPUT, NodeKind::ParentInput),
    (kinds::MEETING, NodeKind::Meeting),
    (kinds::VISIT, NodeKind::Visit),
    (kinds::ATTEMPT, NodeKind::ContactAttempt),
];

fn node_of(kind: &Kind) -> Option<NodeKind> {
    NODES.into_iter().find(|(known, _)| known == kind).map(|(_, node)| node)
}

/// A field on which people disagree.
#[Object]
impl Conflict {
    /// The record and the field, for `conflictResolve`.
    async fn id(&self) -> ID {
        self.name()
    }

    /// About whom.
    async fn student(&self, ctx: &Context<'_>) -> Result<Student> {
        self.whose(ctx).await
    }

    /// The record.
    async fn record(&self) -> NodeId {
        NodeId::new(self.node, self.agency, self.dispute.record)
    }

    /// Which of several such records it is; null where a student has only one.
    async fn about(&self, ctx: &Context<'_>) -> Result<Option<ConflictAbout>> {
        self.told(ctx).await
    }

    /// The field.
    async fn field(&self) -> &str {
        &self.dispute.field
    }

    /// When it was raised.
    async fn raised_at(&self) -> DateTime {
        self.dispute.raised_at.into()
    }

    /// What stood there before they disagreed, where that is known.
    async fn base(&self) -> Option<String> {
        self.saw_before()
    }

    /// Whether the caller may choose.
    async fn may_choose(&self, ctx: &Context<'_>) -> Result<bool> {
        self.is_for(ctx).await
    }

    /// The versions, oldest first.
    async fn alternatives(&self) -> Vec<Alternative> {
        self.voices()
    }
}

/// A disagreement that was settled.
pub struct SettledConflict {
    was: Conflict,
    settled: Settled,
}

impl SettledConflict {
    pub(super) fn of(agency: AgencyId, student: RecordId, dispute: Dispute) -> Option<Self> {
        let settled = dispute.settled.clone()?;
        Some(Self { was: Conflict::of(agency, student, dispute)?, settled })
    }
}

/// A disagreement that was settled.
#[Object]
impl SettledConflict {
    /// The conflict, for `conflictResolve`.
    async fn conflict(&self) -> ID {
        self.was.name()
    }

    /// About whom.
    async fn student(&self, ctx: &Context<'_>) -> Result<Student> {
        self.was.whose(ctx).await
    }

    /// What stood there before they disagreed, where that is known.
    async fn base(&self) -> Option<String> {
        self.was.saw_before()
    }

    /// Whether the caller may choose again.
    async fn may_choose(&self, ctx: &Context<'_>) -> Result<bool> {
        self.was.is_for(ctx).await
    }

    /// The record.
    async fn record(&self) -> NodeId {
        NodeId::new(self.was.node, self.was.agency, self.was.dispute.record)
    }

    /// Which of several such records it is; null where a student has only one.
    async fn about(&self, ctx: &Context<'_>) -> Result<Option<ConflictAbout>> {
        self.was.told(ctx).await
    }

    /// The field.
    async fn field(&self) -> &str {
        &self.was.dispute.field
    }

    /// When it was raised.
    async fn raised_at(&self) -> DateTime {
        self.was.dispute.raised_at.into()
    }

    /// The versions between which was chosen.
    async fn alternatives(&self) -> Vec<Alternative> {
        self.was.voices()
    }

    /// Who chose.
    async fn settled_by(&self) -> Author {
        Author { agency: self.was.agency, person: self.settled.by }
    }

    /// When.
    async fn settled_at(&self) -> DateTime {
        self.settled.at.into()
    }

    /// What was chosen.
    async fn chosen(&self) -> String {
        said(&self.settled.chosen)
    }

    /// Until when it stood: then somebody chose again or wrote something else. Null while it
    /// stands.
    async fn stood_until(&self) -> Option<DateTime> {
        self.settled.until.map(DateTime::from)
    }

    /// Names the choice in `conflictResolve`, to take it back.
    async fn choice(&self) -> ID {
        named(self.settled.choice, &self.settled.chosen)
    }
}

/// What tells a record apart from others of its kind about the same student.
#[derive(SimpleObject)]
pub struct ConflictAbout {
    /// The service that was given in the visit.
    service: Option<String>,
    /// How the family was tried to be reached.
    channel: Option<Channel>,
    /// When that visit began, or that attempt was made.
    at: Option<DateTime>,
    /// What the meeting is for.
    purpose: Option<String>,
}

impl ConflictAbout {
    fn of(kind: &Kind, record: &Record) -> Option<Self> {
        let text = |field: &str| Some(record.text(field).to_owned());
        let moment = |field: &str| record.field(field).as_i64().map(|at| Micros(at).into());
        let untold = Self { service: None, channel: None, at: None, purpose: None };
        match kind {
            kind if *kind == kinds::VISIT => Some(Self { service: text("service"), at: moment("startedAt"), ..untold }),
            kind if *kind == kinds::ATTEMPT => {
                let channel = serde_json::from_value::<contact::Channel>(record.field("channel").clone());
                Some(Self { channel: channel.ok().map(Channel::from), at: moment("at"), ..untold })
            }
            kind if *kind == kinds::MEETING => Some(Self { purpose: text("purpose"), ..untold }),
            _ => None,
        }
    }
}

/// A text as it is; anything else as JSON.
fn said(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// One of the versions.
pub struct Alternative {
    agency: AgencyId,
    voice: Voice,
}

/// One of the versions.
#[Object]
impl Alternative {
    /// Names it in `conflictResolve`.
    async fn id(&self) -> ID {
        named(self.voice.stamp.op, &self.voice.value)
    }

    /// Whose.
    async fn by(&self) -> Author {
        Author { agency: self.agency, person: self.voice.stamp.by }
    }

    /// When it was written.
    async fn at(&self) -> DateTime {
        self.voice.stamp.at.into()
    }

    /// The text; of what is no text, its JSON.
    async fn value(&self) -> String {
        said(&self.voice.value)
    }

    /// What its author had seen when they wrote it; null where nobody knows, or it is the
    /// version that stood first.
    async fn saw(&self) -> Option<String> {
        self.voice.saw.as_ref().map(said)
    }
}

/// A choice.
#[derive(InputObject)]
pub struct ConflictResolveInput {
    /// Minted by the client: the same again is the same choice.
    operation_id: ID,
    /// The conflict.
    conflict: ID,
    /// The versions that were shown; only they go. To take a choice back: that choice.
    saw: Vec<ID>,
    /// What was chosen, or a new text; of what is no text, its JSON.
    value: String,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct ConflictPayload {
    /// The conflict, if it still stands: somebody wrote a version that was not shown.
    conflict: Option<Conflict>,
    /// Names the choice, to be named as seen by one that takes it back.
    choice: Option<ID>,
    /// What to put right.
    user_errors: Vec<UserError>,
}

/// Choosing between versions.
#[derive(Default)]
pub struct ConflictMutation;

/// Choosing between versions.
#[Object]
impl ConflictMutation {
    /// Chooses one version, writes a new text instead of them, or takes an earlier choice back.
    async fn conflict_resolve(&self, ctx: &Context<'_>, input: ConflictResolveInput) -> Result<ConflictPayload> {
        let request = Request::of(ctx)?;
        let (agency, kind, record, field) = place_of(&input.conflict)?;
        let operation: OperationId = minted("operationId", &input.operation_id)?;
        let saw = input.saw.iter().map(shown).collect::<Result<Vec<Shown>>>()?;
        let find = move |kind: Kind| move |db: &mut crate::db::Db| records::find(db, agency, &kind, record);
        let asked = kind.clone();
        let action = move |stored: &Stored| {
            // What is left is a guardian's own input.
            Action::Resolve(part(&asked).unwrap_or(Part::Input { by: stored.record.made.by }))
        };
        let (student, _) = request.find_record(agency, (kind.clone(), record), action).await?;
        let value = match kind == kinds::MEETING {
            true => serde_json::from_str(&input.value).unwrap_or(Value::Null),
            false => Value::String(input.value),
        };
        let intent = Resolve { kind: kind.name().to_owned(), record, student, field: field.clone(), saw, value };
        let choice = named(operation, &intent.value);
        let verdict = request.apply(agency, operation, intent.into()).await?;
        let user_errors = user_errors(&verdict);
        if !user_errors.is_empty() {
            return Ok(ConflictPayload { conflict: None, choice: None, user_errors });
        }
        let stored = request.read(find(kind)).await?;
        let conflict = stored.and_then(|stored| Conflict::in_field(agency, &stored, &field));
        Ok(ConflictPayload { conflict, choice: Some(choice), user_errors })
    }
}

/// The id of a version: the operation, and the hash of what it says.
fn named(op: OperationId, value: &Value) -> ID {
    ID(format!("{op}.{}", ValueHash::of(value)))
}

/// The version that a page says it showed.
fn shown(id: &ID) -> Result<Shown> {
    let (op, hash) = id.split_once('.').ok_or(Error::Invalid { field: "saw", why: "as it was read" })?;
    Ok(Shown { op: minted("saw", &op.into())?, seen: seen("saw", &hash.into())? })
}

/// The record and the field that a conflict's id names. The domain knows which fields can be
/// in dispute.
fn place_of(conflict: &ID) -> Result<(AgencyId, Kind, RecordId, String)> {
    let (record, field) = conflict.split_once('.').ok_or(Error::NotFound)?;
    let node: NodeId = record.parse()?;
    let known = NODES.into_iter().find(|(_, kind)| *kind == node.kind).ok_or(Error::NotFound)?;
    let (agency, record) = node.expect(known.1)?;
    Ok((agency, known.0, record, field.to_owned()))
}
