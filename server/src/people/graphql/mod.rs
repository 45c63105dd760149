//! People in GraphQL: who the caller is, agencies, students, contacts and their rights.

pub mod agency;
mod assignment;
mod contact;
mod entry;
pub mod majority;
mod may;
pub mod mutation;
mod person;
mod student;
mod viewer;

use async_graphql::{Context, Object};
use chrono_tz::Tz;
use sync::{AgencyId, PersonId, RecordId};

pub use self::agency::Agency;
pub(crate) use self::assignment::services_of;
pub use self::assignment::{Assignment, AssignmentRole};
pub use self::contact::{Contact, EducationalRight, Invitation, Restriction, RightsBasis};
pub use self::entry::Entry;
pub use self::majority::{ComingOfAge, MajorityMutation};
pub use self::may::StudentAction;
pub use self::mutation::PeopleMutation;
pub(crate) use self::person::staff_role;
pub use self::person::{Person, StaffRole};
pub use self::student::{Student, StudentCard};
pub use self::viewer::{Membership, Viewer};

use super::load::{OnePerson, OneStudent, TheAgency};
use crate::access::Part;
use crate::error::{Error, Result};
use crate::graphql::Request;
use crate::graphql::load::one;
use crate::graphql::node::{NodeId, NodeKind};
use crate::graphql::view::View;
use crate::people;

/// Where reading begins.
#[derive(Default)]
pub struct PeopleQuery;

/// Where reading begins.
#[Object]
impl PeopleQuery {
    /// Who asks; null when nobody is signed in.
    async fn viewer(&self, ctx: &Context<'_>) -> Result<Option<Viewer>> {
        match crate::graphql::caller(ctx) {
            Some(_) => Viewer::of(&Request::of(ctx)?).await.map(Some),
            None => Ok(None),
        }
    }

    /// An agency that the caller works for; null for any other, and for whoever is not signed in.
    async fn agency(&self, ctx: &Context<'_>, id: NodeId) -> Result<Option<Agency>> {
        let (agency, _) = id.expect::<AgencyId>(NodeKind::Agency)?;
        match crate::graphql::caller(ctx) {
            Some(_) => agency_node(ctx, agency).await,
            None => Ok(None),
        }
    }
}

/// The agency with that id, for its staff.
pub(crate) async fn agency_node(ctx: &Context<'_>, agency: AgencyId) -> Result<Option<Agency>> {
    let view = View::of(ctx, agency).await?;
    if !view.is_staff() {
        return Ok(None);
    }
    Ok(one(ctx, agency, TheAgency).await?.map(|row| Agency::new(row, view)))
}

/// The time zone in which an agency's days are counted.
pub(crate) async fn zone_of(ctx: &Context<'_>, agency: AgencyId) -> Result<Tz> {
    let row = one(ctx, agency, TheAgency).await?;
    people::zone(row.as_ref())
}

/// The student with that id, for those who may see them.
pub(crate) async fn student_node(ctx: &Context<'_>, agency: AgencyId, id: RecordId) -> Result<Option<Student>> {
    let view = View::of(ctx, agency).await?;
    if !view.sees(Part::Card, id) {
        return Ok(None);
    }
    Ok(one(ctx, agency, OneStudent(id)).await?.map(|row| Student::new(row, view)))
}

/// The student that something is about, for whoever may see it: they may see the card as well.
pub(crate) async fn student_of(ctx: &Context<'_>, agency: AgencyId, subject: Option<uuid::Uuid>) -> Result<Student> {
    let student = match subject {
        Some(id) => student_node(ctx, agency, RecordId(id)).await?,
        None => None,
    };
    student.ok_or(Error::NotFound)
}

/// The person with that id, for themselves, for those who keep people, and staff for staff.
pub(crate) async fn person_node(ctx: &Context<'_>, agency: AgencyId, id: PersonId) -> Result<Option<Person>> {
    let view = View::of(ctx, agency).await?;
    let found = one(ctx, agency, OnePerson(id)).await?;
    Ok(found.filter(|row| Person::is_for(row, &view)).map(Person::new))
}
