//! The family statement and guardians' input, for the web.

use crate::{
    access::Part,
    conflict::graphql::Conflict,
    error::Result,
    graphql::{
        answer::Author,
        load::StudentRef,
        node::{NodeId, NodeKind},
        scalars::DateTime,
    },
    people::graphql::{Student, student_of},
    records::Stored,
};
use async_graphql::{Context, Object};
use domain::kinds;
use sync::{AgencyId, Micros};

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
        if !self.0.sees_own(ctx, |by| Part::Input { by }).await? {
            return Ok(Vec::new());
        }
        let mut seen = Vec::new();
        for stored in self.0.records(ctx, kinds::INPUT).await?.iter() {
            let Some(input) = ParentInput::of(self.0.agency, stored) else { continue };
            if self.0.sees(ctx, Part::Input { by: stored.record.made.by }).await? {
                seen.push(input);
            }
        }
        Ok(seen)
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
        Conflict::on(self.agency, &self.stored)
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
