//! Adults around a student, their rights, and the codes with which they make an account.

use async_graphql::{Context, Enum, Object};
use domain::team::TeamRole;
use sync::{AgencyId, Micros, PersonId, RecordId};

use super::Person;
use crate::access::Right;
use crate::auth;
use crate::error::{Error, Result};
use crate::graphql::answer::Author;
use crate::graphql::load::one;
use crate::graphql::node::{NodeId, NodeKind};
use crate::graphql::scalars::DateTime;
use crate::people;
use crate::people::load::{InvitationOf, MajoritiesOf, OnePerson, RestrictionsFor, RightsFor};

/// Why somebody holds educational rights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::facts::RightsBasis")]
pub enum RightsBasis {
    /// Birth or adoption.
    Parent,
    /// Guardianship.
    Guardian,
    /// Foster care, where the state allows it.
    Foster,
    /// Acts in the place of a parent.
    ActingParent,
    /// Appointed, 34 CFR 300.519.
    Surrogate,
    /// A court's order.
    Court,
    /// The student, of age.
    AdultStudent,
    /// A court has made them guardian of the student, who is of age.
    AdultGuardian,
    /// Appointed to represent a student of age who cannot give informed consent, 34 CFR 300.520(b).
    Representative,
    /// The student, of age, has them decide as well.
    Delegate,
}

/// An adult around a student. Whoever gets one may see all of it.
pub struct Contact {
    row: people::Relationship,
    agency: AgencyId,
}

impl Contact {
    /// A contact that the caller may see.
    pub fn new(row: people::Relationship, agency: AgencyId) -> Self {
        Self { row, agency }
    }
}

/// An adult around a student, as the roster or the office knows. It is not a right.
#[Object]
impl Contact {
    async fn id(&self) -> NodeId {
        NodeId::new(NodeKind::Contact, self.agency, self.row.id.0)
    }

    async fn person(&self, ctx: &Context<'_>) -> Result<Person> {
        let row = one(ctx, self.agency, OnePerson(self.row.person.0)).await?;
        Ok(Person::new(row.ok_or(Error::NotFound)?))
    }

    /// What they say they are: mother, grandparent, neighbour.
    async fn relation(&self) -> &str {
        &self.row.relation
    }

    /// Whether they live together; it says nothing about rights.
    async fn lives_with(&self) -> Option<bool> {
        self.row.lives_with
    }

    /// Where it is known from.
    async fn source(&self) -> &str {
        &self.row.source
    }

    /// Whether somebody confirmed who they are.
    async fn verified(&self) -> bool {
        self.row.verified_at.is_some()
    }

    /// Their rights for this student, ended ones too.
    async fn rights(&self, ctx: &Context<'_>) -> Result<Vec<EducationalRight>> {
        EducationalRight::all(ctx, self.agency, self.row.student.0, self.row.person.0).await
    }

    /// What keeps them from this student's record, or did: while one stands, no right of theirs
    /// gives anything.
    async fn restrictions(&self, ctx: &Context<'_>) -> Result<Vec<Restriction>> {
        let rows = one(ctx, self.agency, RestrictionsFor(self.row.student.0)).await?.unwrap_or_default();
        Ok(rows.into_iter().filter(|row| row.person == self.row.person).map(Restriction).collect())
    }

    /// The newest code that was made for them.
    async fn invitation(&self, ctx: &Context<'_>) -> Result<Option<Invitation>> {
        Ok(one(ctx, self.agency, InvitationOf(self.row.person.0)).await?.map(Invitation::new))
    }
}

/// Educational rights of a person for a student.
pub struct EducationalRight {
    row: people::EducationalRight,
    right: Right,
    /// When the student comes of age.
    majority: Option<Micros>,
}

impl EducationalRight {
    /// The rights of a person for a student, ended ones too, without those on grounds that only a
    /// newer version knows.
    pub(super) async fn all(
        ctx: &Context<'_>,
        agency: AgencyId,
        student: RecordId,
        person: PersonId,
    ) -> Result<Vec<Self>> {
        let rows = one(ctx, agency, RightsFor(student)).await?.unwrap_or_default();
        let facts = one(ctx, agency, MajoritiesOf(student)).await?.unwrap_or_default();
        let stands = facts.into_iter().find(|fact| fact.withdrawn_at.is_none());
        let majority = stands.map(|fact| Micros(fact.starts_at.micros()));
        let theirs = rows.into_iter().filter(|row| row.person.0 == person);
        Ok(theirs.filter_map(|row| Some(Self { right: people::right(&row)?, row, majority })).collect())
    }
}

/// Educational rights of a person for a student: dated, with evidence, granted by a person.
#[Object]
impl EducationalRight {
    async fn id(&self) -> NodeId {
        NodeId::new(NodeKind::EducationalRight, self.row.agency.0, self.row.id.0)
    }

    async fn basis(&self) -> RightsBasis {
        self.right.basis.into()
    }

    /// What was seen that shows it.
    async fn evidence(&self) -> &str {
        &self.row.evidence
    }

    async fn starts_at(&self) -> DateTime {
        self.row.starts_at.0.into()
    }

    /// When somebody ended them, or the student comes of age.
    async fn ends_at(&self) -> Option<DateTime> {
        let held = self.right.holds(self.majority).map_or(Some(self.right.span.from), |span| span.until);
        held.map(DateTime::from)
    }

    /// From when on their holder is still sent notices and no more: a parent whose child is of age
    /// (34 CFR 300.520(a)(1)(i)). Null once nothing is left of the right.
    async fn notified_from(&self) -> Option<DateTime> {
        let links = self.right.links(self.majority, &[]);
        let notified = links.into_iter().find(|link| link.role == TeamRole::Notified && link.span.until.is_none());
        notified.map(|link| link.span.from.into())
    }

    async fn granted_by(&self) -> Author {
        Author { agency: self.row.agency.0, person: self.row.granted_by.0 }
    }
}

/// What keeps a person from a student's record.
pub struct Restriction(people::Restriction);

/// A court's order or a law that keeps a person from a student's record (34 CFR 99.4). It stands
/// until somebody lifts it.
#[Object]
impl Restriction {
    async fn id(&self) -> NodeId {
        NodeId::new(NodeKind::Restriction, self.0.agency.0, self.0.id.0)
    }

    /// Which order or law, and who has seen it.
    async fn order(&self) -> &str {
        &self.0.court_order
    }

    async fn starts_at(&self) -> DateTime {
        self.0.starts_at.0.into()
    }

    async fn recorded_by(&self) -> Author {
        Author { agency: self.0.agency.0, person: self.0.recorded_by.0 }
    }

    async fn lifted_at(&self) -> Option<DateTime> {
        self.0.lifted_at.map(|at| at.0.into())
    }

    async fn lifted_by(&self) -> Option<Author> {
        self.0.lifted_by.map(|person| Author { agency: self.0.agency.0, person: person.0 })
    }

    /// What was seen that ended it.
    async fn lifted_evidence(&self) -> Option<&str> {
        self.0.lifted_evidence.as_deref()
    }
}

/// A code that was made for somebody; the code itself is told once, to whoever made it.
pub struct Invitation(auth::Invitation);

impl Invitation {
    /// An invitation that the caller may see.
    pub fn new(row: auth::Invitation) -> Self {
        Self(row)
    }
}

/// A single-use code with which somebody makes an account.
#[Object]
impl Invitation {
    async fn id(&self) -> NodeId {
        NodeId::new(NodeKind::Invitation, self.0.agency.0, self.0.id.0)
    }

    async fn made_at(&self) -> DateTime {
        self.0.made_at.0.into()
    }

    /// Until then, unless a newer code takes its place.
    async fn expires_at(&self) -> DateTime {
        self.0.expires_at.0.into()
    }

    async fn used_at(&self) -> Option<DateTime> {
        self.0.used_at.map(|at| at.0.into())
    }

    /// When a newer one took its place.
    async fn ended_at(&self) -> Option<DateTime> {
        self.0.ended_at.map(|at| at.0.into())
    }

    /// Who made it; nobody where it was made at the server itself.
    async fn made_by(&self) -> Option<Author> {
        self.0.made_by.map(|person| Author { agency: self.0.agency.0, person: person.0 })
    }

    /// Whether it signs out whoever is signed in until it is used.
    async fn ends_sign_ins(&self) -> bool {
        self.0.ends_sign_ins
    }
}
