//! An adult as one agency knows them.

use async_graphql::{Context, Enum, Object};
use sync::{AgencyId, PersonId};

use super::Entry;
use crate::access;
use crate::access::Action;
use crate::error::Result;
use crate::graphql::load::one;
use crate::graphql::node::{NodeId, NodeKind};
use crate::graphql::view::View;
use crate::people;
use crate::people::load::OnePerson;

/// What an agency employs somebody as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "access::StaffRole")]
pub enum StaffRole {
    /// Answers for special education in the whole agency.
    Director,
    /// Runs the process for some students.
    CaseManager,
    /// Teaches.
    Teacher,
    /// Gives a related service.
    Provider,
    /// Keeps people, contacts and rights.
    Office,
}

impl StaffRole {
    /// The role of a person, if it is one that is known.
    pub(super) fn of(person: &people::Person) -> Option<Self> {
        person.staff_role.as_deref().and_then(access::StaffRole::parse).map(Self::from)
    }
}

/// What an agency employs somebody as; none of who is no staff.
pub(crate) async fn staff_role(ctx: &Context<'_>, agency: AgencyId, person: PersonId) -> Result<Option<StaffRole>> {
    Ok(one(ctx, agency, OnePerson(person)).await?.as_ref().and_then(StaffRole::of))
}

/// An adult in one agency.
pub struct Person {
    row: people::Person,
    reachable: bool,
}

impl Person {
    /// A person of whom the caller may see everything.
    pub fn new(row: people::Person) -> Self {
        Self { row, reachable: true }
    }

    /// A person of whom the caller sees the name, and how to reach them only if `reachable`.
    pub fn named(row: people::Person, reachable: bool) -> Self {
        Self { row, reachable }
    }

    fn reach<'p>(&self, way: &'p Option<String>) -> Option<&'p str> {
        way.as_deref().filter(|_| self.reachable)
    }

    /// Whether a person by themselves, outside a child's record, is for that caller.
    pub fn is_for(row: &people::Person, view: &View) -> bool {
        let keeps_people = view.may(Action::Import, None).is_some();
        keeps_people || view.is(row.id.0) || (row.staff_role.is_some() && view.is_staff())
    }
}

/// An adult as one agency knows them: staff, guardian or other contact.
#[Object]
impl Person {
    pub(crate) async fn id(&self) -> NodeId {
        NodeId::new(NodeKind::Person, self.row.agency.0, self.row.id.0)
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

    async fn email(&self) -> Option<&str> {
        self.reach(&self.row.email)
    }

    async fn phone(&self) -> Option<&str> {
        self.reach(&self.row.phone)
    }

    /// The language they read, as a BCP 47 tag.
    async fn language(&self) -> Option<&str> {
        self.reach(&self.row.language)
    }

    /// What the agency employs them as.
    async fn staff_role(&self) -> Option<StaffRole> {
        StaffRole::of(&self.row)
    }

    /// Whether somebody signs in as them.
    async fn has_account(&self) -> bool {
        self.row.account.is_some()
    }

    /// How they get in; null for those who may not let them in.
    #[graphql(complexity = "child_complexity + 10")]
    async fn entry(&self, ctx: &Context<'_>) -> Result<Option<Entry>> {
        let agency = self.row.agency.0;
        let view = View::of(ctx, agency).await?;
        let staff = self.row.staff_role.is_some();
        match view.may(Action::LetIn { staff }, None) {
            Some(_) => Entry::of(ctx, &self.row).await.map(Some),
            None => Ok(None),
        }
    }
}
