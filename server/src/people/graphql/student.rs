//! A student: the card, and the people around them. What is recorded of a student lies in
//! other areas, which add their fields to [`Student`].

use async_graphql::{Context, MergedObject, Object};

use super::may::StudentAction;
use super::{Agency, Assignment, ComingOfAge, Contact};
use crate::access::Part;
use crate::access_log::graphql::StudentAccessLog;
use crate::conflict::StudentConflicts;
use crate::contact::StudentAttempts;
use crate::disclosure::StudentDisclosures;
use crate::error::{Error, Result};
use crate::family::StudentFamily;
use crate::graphql::load::{StudentRef, one};
use crate::graphql::node::{NodeId, NodeKind};
use crate::graphql::scalars::Date;
use crate::graphql::view::View;
use crate::meeting::StudentMeetings;
use crate::people;
use crate::people::load::{AssignmentsTo, ContactsOf, OneOrg, TheAgency};
use crate::progress::StudentGoals;
use crate::record_request::StudentRequests;
use crate::replication::StudentLost;
use crate::retention::StudentRetention;
use crate::visit::StudentVisits;

/// A student in one agency; the same child elsewhere is another one.
#[derive(MergedObject)]
pub struct Student(
    StudentCard,
    StudentGoals,
    StudentVisits,
    StudentMeetings,
    StudentFamily,
    StudentAttempts,
    StudentConflicts,
    StudentLost,
    StudentAccessLog,
    StudentRequests,
    StudentDisclosures,
    StudentRetention,
);

impl Student {
    /// A student whom the caller may see.
    pub fn new(row: people::Student, view: View) -> Self {
        let student = StudentRef { agency: view.agency, id: row.id.0 };
        Self(
            StudentCard { row, view },
            StudentGoals(student),
            StudentVisits(student),
            StudentMeetings(student),
            StudentFamily(student),
            StudentAttempts(student),
            StudentConflicts(student),
            StudentLost(student),
            StudentAccessLog(student),
            StudentRequests(student),
            StudentDisclosures(student),
            StudentRetention(student),
        )
    }
}

impl Student {
    /// What the interface `Node` asks of each of its types.
    pub(crate) async fn id(&self, _: &Context<'_>) -> async_graphql::Result<NodeId> {
        Ok(NodeId::new(NodeKind::Student, self.0.view.agency, self.0.row.id.0))
    }
}

/// What the roster knows of a student.
pub struct StudentCard {
    row: people::Student,
    view: View,
}

/// What the roster knows of a student.
#[Object]
impl StudentCard {
    pub(crate) async fn id(&self) -> NodeId {
        NodeId::new(NodeKind::Student, self.view.agency, self.row.id.0)
    }

    async fn agency(&self, ctx: &Context<'_>) -> Result<Agency> {
        let row = one(ctx, self.view.agency, TheAgency).await?;
        Ok(Agency::new(row.ok_or(Error::NotFound)?, self.view.clone()))
    }

    /// The name to show.
    async fn name(&self) -> String {
        self.row.name()
    }

    async fn given_name(&self) -> &str {
        &self.row.given_name
    }

    async fn family_name(&self) -> &str {
        &self.row.family_name
    }

    /// As the roster writes it.
    async fn grade(&self) -> Option<&str> {
        self.row.grade.as_deref()
    }

    async fn birth_date(&self) -> Option<Date> {
        self.row.birth_date.map(Date)
    }

    /// The name of the school.
    async fn school(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let Some(school) = self.row.school else { return Ok(None) };
        Ok(one(ctx, self.view.agency, OneOrg(school.0)).await?.map(|org| org.name))
    }

    /// As a BCP 47 tag.
    async fn home_language(&self) -> Option<&str> {
        self.row.home_language.as_deref()
    }

    /// Whether there is a plan.
    async fn has_plan(&self) -> bool {
        self.row.plan.is_some()
    }

    /// What the caller may see and do about the student.
    async fn can(&self) -> Vec<StudentAction> {
        StudentAction::of(&self.view, self.row.id.0)
    }

    /// Adults around the student with their rights; for those who keep them and the case
    /// manager.
    async fn contacts(&self, ctx: &Context<'_>) -> Result<Vec<Contact>> {
        let student = StudentRef { agency: self.view.agency, id: self.row.id.0 };
        if !student.sees(ctx, Part::Contacts).await? {
            return Ok(Vec::new());
        }
        let rows = one(ctx, self.view.agency, ContactsOf(self.row.id.0)).await?.unwrap_or_default();
        Ok(rows
            .into_iter()
            .filter(|row| row.ended_at.is_none())
            .map(|row| Contact::new(row, self.view.agency))
            .collect())
    }

    /// When the student comes of age, and what was written down of it; for those who keep rights and
    /// the case manager.
    async fn coming_of_age(&self, ctx: &Context<'_>) -> Result<Option<ComingOfAge>> {
        let student = StudentRef { agency: self.view.agency, id: self.row.id.0 };
        if !student.sees(ctx, Part::Contacts).await? {
            return Ok(None);
        }
        ComingOfAge::of(ctx, self.row.clone()).await.map(Some)
    }

    /// Staff who work with the student, or did.
    async fn assignments(&self, ctx: &Context<'_>) -> Result<Vec<Assignment>> {
        let rows = one(ctx, self.view.agency, AssignmentsTo(self.row.id.0)).await?.unwrap_or_default();
        Ok(rows.into_iter().filter_map(|row| Assignment::of(row, self.view.is_staff())).collect())
    }
}
