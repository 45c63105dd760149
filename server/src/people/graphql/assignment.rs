//! Staff who work with a student.

use std::collections::BTreeSet;

use async_graphql::{Context, Enum, Object};
use domain::team::TeamRole;
use sync::PersonId;

use super::Person;
use crate::error::{Error, Result};
use crate::graphql::load::{StudentRef, one};
use crate::graphql::node::{NodeId, NodeKind};
use crate::graphql::scalars::DateTime;
use crate::people::load::{AssignmentsTo, OnePerson};
use crate::people::{self, words};

/// As what somebody works with a student.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum AssignmentRole {
    /// Runs the process for this student.
    CaseManager,
    /// Gives a related service.
    Provider,
    /// Teaches the student.
    Teacher,
}

impl AssignmentRole {
    fn of(role: TeamRole) -> Option<Self> {
        match role {
            TeamRole::CaseManager => Some(Self::CaseManager),
            TeamRole::Provider => Some(Self::Provider),
            TeamRole::Teacher => Some(Self::Teacher),
            TeamRole::Guardian | TeamRole::Notified => None,
        }
    }
}

impl From<AssignmentRole> for TeamRole {
    fn from(role: AssignmentRole) -> Self {
        match role {
            AssignmentRole::CaseManager => Self::CaseManager,
            AssignmentRole::Provider => Self::Provider,
            AssignmentRole::Teacher => Self::Teacher,
        }
    }
}

/// The services that somebody gives a student, or gave. Whoever sees the student may know them.
pub(crate) async fn services_of(ctx: &Context<'_>, student: StudentRef, person: PersonId) -> Result<BTreeSet<String>> {
    let rows = one(ctx, student.agency, AssignmentsTo(student.id)).await?.unwrap_or_default();
    Ok(rows.into_iter().filter(|row| row.person.0 == person).filter_map(|row| row.service).collect())
}

/// A staff member's assignment to a student. Whoever sees the student may see it.
pub struct Assignment {
    row: people::Assignment,
    role: AssignmentRole,
    reachable: bool,
}

impl Assignment {
    /// An assignment; `None` for a role that only a newer version knows. Colleagues also see
    /// how to reach whoever is assigned.
    pub fn of(row: people::Assignment, reachable: bool) -> Option<Self> {
        let role = AssignmentRole::of(words::role(&row.role)?)?;
        Some(Self { row, role, reachable })
    }
}

/// A staff member's dated assignment to a student.
#[Object]
impl Assignment {
    async fn id(&self) -> NodeId {
        NodeId::new(NodeKind::Assignment, self.row.agency.0, self.row.id.0)
    }

    async fn person(&self, ctx: &Context<'_>) -> Result<Person> {
        let row = one(ctx, self.row.agency.0, OnePerson(self.row.person.0)).await?;
        Ok(Person::named(row.ok_or(Error::NotFound)?, self.reachable))
    }

    async fn role(&self) -> AssignmentRole {
        self.role
    }

    /// For a provider: which service.
    async fn service(&self) -> Option<&str> {
        self.row.service.as_deref()
    }

    async fn starts_at(&self) -> DateTime {
        self.row.starts_at.0.into()
    }

    async fn ends_at(&self) -> Option<DateTime> {
        self.row.ends_at.map(|at| at.0.into())
    }

    /// The office, or a roster by its name.
    async fn source(&self) -> &str {
        &self.row.source
    }
}
