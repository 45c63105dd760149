//! The family statement, guardians' input and open conflicts, for the web.

use crate::{
    access::Part,
    error::{Error, Result},
    graphql::{
        Request,
        answer::{Author, UserError, minted, user_errors},
        load::StudentRef,
        node::{NodeId, NodeKind},
        scalars::DateTime,
    },
    people::graphql::{Student, student_of},
    records::{self, Stored},
};
use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use domain::{
    family::{Resolve, STATEMENT_FIELDS},
    kinds,
};
use serde_json::Value;
use std::sync::Arc;
use sync::{AgencyId, Micros, OperationId, RecordId, record::Alternative as Voice};

/// What a student's family wrote.
#[derive(Clone, Copy)]
pub struct StudentFamily(pub StudentRef);

/// What a student's family wrote.
#[Object]
impl StudentFamily {
    /// The one statement that all guardians share.
    async fn family_statement(&self, ctx: &Context<'_>) -> Result<Option<FamilyStatement>> {
        Ok(self.statement(ctx).await?.map(|stored| FamilyStatement { agency: self.0.agency, stored }))
    }

    /// Input that guardians have submitted, oldest first.
    async fn parent_inputs(&self, ctx: &Context<'_>) -> Result<Vec<ParentInput>> {
        let mut seen = Vec::new();
        for stored in self.0.records(ctx, kinds::INPUT).await?.iter() {
            let Some(input) = ParentInput::of(self.0.agency, stored) else { continue };
            if self.0.sees(ctx, Part::Input { by: stored.record.made.by }).await? {
                seen.push(input);
            }
        }
        Ok(seen)
    }

    /// Fields that wait for a choice.
    async fn conflicts(&self, ctx: &Context<'_>) -> Result<Vec<Conflict>> {
        Ok(self.statement(ctx).await?.map_or_else(Vec::new, |stored| conflicts(self.0.agency, &stored)))
    }
}

impl StudentFamily {
    async fn statement(&self, ctx: &Context<'_>) -> Result<Option<Stored>> {
        if !self.0.sees(ctx, Part::Statement).await? {
            return Ok(None);
        }
        Ok(self.0.records(ctx, kinds::STATEMENT).await?.first().cloned())
    }
}

/// The statement that a family shares.
pub struct FamilyStatement {
    pub(crate) agency: AgencyId,
    pub(crate) stored: Stored,
}

/// The statement that a family shares.
#[Object]
impl FamilyStatement {
    /// Its global id.
    pub(crate) async fn id(&self) -> NodeId {
        NodeId::new(NodeKind::FamilyStatement, self.agency, self.stored.id)
    }

    /// Whose it is.
    async fn student(&self, ctx: &Context<'_>) -> Result<Student> {
        student_of(ctx, self.agency, self.stored.record.subject).await
    }

    /// What the child is good at.
    async fn strengths(&self) -> &str {
        self.stored.record.text("strengths")
    }

    /// What worries the family.
    async fn concerns(&self) -> &str {
        self.stored.record.text("concerns")
    }

    /// What they hope for.
    async fn vision(&self) -> &str {
        self.stored.record.text("vision")
    }

    /// Parts that wait for a choice.
    async fn conflicts(&self) -> Vec<Conflict> {
        conflicts(self.agency, &self.stored)
    }
}

/// One guardian's input before a plan is drafted.
pub struct ParentInput {
    agency: AgencyId,
    submitted: Micros,
    stored: Stored,
}

impl ParentInput {
    /// From its record; `None` until it is submitted.
    pub(crate) fn of(agency: AgencyId, stored: &Stored) -> Option<Self> {
        let submitted = Micros(stored.record.field("submittedAt").as_i64()?);
        Some(Self { agency, submitted, stored: stored.clone() })
    }
}

/// One guardian's input before a plan is drafted. Final since it was submitted.
#[Object]
impl ParentInput {
    /// Its global id.
    pub(crate) async fn id(&self) -> NodeId {
        NodeId::new(NodeKind::ParentInput, self.agency, self.stored.id)
    }

    /// Whose it is.
    async fn student(&self, ctx: &Context<'_>) -> Result<Student> {
        student_of(ctx, self.agency, self.stored.record.subject).await
    }

    /// Whose.
    async fn by(&self) -> Author {
        Author { agency: self.agency, person: self.stored.record.made.by }
    }

    /// What the child is good at.
    async fn strengths(&self) -> &str {
        self.stored.record.text("strengths")
    }

    /// What worries them.
    async fn concerns(&self) -> &str {
        self.stored.record.text("concerns")
    }

    /// What they hope for.
    async fn hopes(&self) -> &str {
        self.stored.record.text("hopes")
    }

    /// When it was handed in.
    async fn submitted_at(&self) -> DateTime {
        self.submitted.into()
    }
}

/// A field on which people disagree: all their versions are kept until one of them chooses.
pub struct Conflict {
    agency: AgencyId,
    record: RecordId,
    field: String,
    voices: Arc<[Voice]>,
}

fn conflicts(agency: AgencyId, stored: &Stored) -> Vec<Conflict> {
    let of_field = |(field, voices): (&String, &Vec<Voice>)| Conflict {
        agency,
        record: stored.id,
        field: field.clone(),
        voices: Arc::from(voices.as_slice()),
    };
    stored.record.open.iter().map(of_field).collect()
}

/// A field on which people disagree.
#[Object]
impl Conflict {
    /// The record and the field, for `conflictResolve`.
    async fn id(&self) -> ID {
        ID(format!("{}.{}", NodeId::new(NodeKind::FamilyStatement, self.agency, self.record), self.field))
    }

    /// The record.
    async fn record(&self) -> NodeId {
        NodeId::new(NodeKind::FamilyStatement, self.agency, self.record)
    }

    /// The field.
    async fn field(&self) -> &str {
        &self.field
    }

    /// What stood there before they disagreed, where that is known.
    async fn base(&self) -> Option<&str> {
        self.voices.iter().find_map(|voice| voice.saw.as_ref()?.as_str())
    }

    /// The versions, oldest first.
    async fn alternatives(&self) -> Vec<Alternative> {
        self.voices.iter().map(|voice| Alternative { agency: self.agency, voice: voice.clone() }).collect()
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
        ID(self.voice.stamp.op.to_string())
    }

    /// Whose.
    async fn by(&self) -> Author {
        Author { agency: self.agency, person: self.voice.stamp.by }
    }

    /// When it was written.
    async fn at(&self) -> DateTime {
        self.voice.stamp.at.into()
    }

    /// The text.
    async fn value(&self) -> &str {
        self.voice.value.as_str().unwrap_or("")
    }
}

/// A choice.
#[derive(InputObject)]
pub struct ConflictResolveInput {
    /// Minted by the client: the same again is the same choice.
    operation_id: ID,
    /// The conflict.
    conflict: ID,
    /// The versions that were shown; only they go. To undo a choice: the choice.
    saw: Vec<ID>,
    /// What was chosen, or a new text.
    value: String,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct ConflictPayload {
    /// The conflict, if it still stands: somebody wrote a version that was not shown.
    conflict: Option<Conflict>,
    /// Names the choice, to be named as seen by one that undoes it.
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
    /// Chooses one version, or writes a new text instead of them.
    async fn conflict_resolve(&self, ctx: &Context<'_>, input: ConflictResolveInput) -> Result<ConflictPayload> {
        let request = Request::of(ctx)?;
        let (agency, record, field) = place_of(&input.conflict)?;
        let operation = minted("operationId", &input.operation_id)?;
        let saw = input.saw.iter().map(|id| minted("saw", id)).collect::<Result<Vec<OperationId>>>()?;
        let stored = request.read(move |db| records::find(db, agency, &kinds::STATEMENT, record)).await?;
        let student = stored.and_then(|stored| stored.record.subject).ok_or(Error::NotFound("conflict"))?;
        let intent = Resolve {
            kind: kinds::STATEMENT.name().to_owned(),
            record,
            student: RecordId(student),
            field: field.to_owned(),
            saw,
            value: Value::String(input.value),
        };
        let verdict = request.apply(agency, operation, intent.into()).await?;
        let user_errors = user_errors(&verdict);
        if !user_errors.is_empty() {
            return Ok(ConflictPayload { conflict: None, choice: None, user_errors });
        }
        let stored = request.read(move |db| records::find(db, agency, &kinds::STATEMENT, record)).await?;
        let open = stored.map_or_else(Vec::new, |stored| conflicts(agency, &stored));
        let conflict = open.into_iter().find(|open| open.field == field);
        Ok(ConflictPayload { conflict, choice: Some(ID(operation.to_string())), user_errors })
    }
}

/// The statement and the field that a conflict's id names.
fn place_of(conflict: &ID) -> Result<(AgencyId, RecordId, &'static str)> {
    let (record, field) = conflict.split_once('.').ok_or(Error::NotFound("conflict"))?;
    let (agency, record) = record.parse::<NodeId>()?.expect(NodeKind::FamilyStatement)?;
    let known = STATEMENT_FIELDS.into_iter().find(|known| *known == field);
    Ok((agency, record, known.ok_or(Error::NotFound("conflict"))?))
}
