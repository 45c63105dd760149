//! `node(id)`: anything that has a global id, for those who may see it. What is not there and
//! what is not for the caller read alike: null.

use async_graphql::{Context, Interface, Object};
use domain::kinds;
use futures_util::try_join;
use sync::{AgencyId, Kind, RecordId};

use super::load::StudentRef;
use super::node::{NodeId, NodeKind};
use super::view::View;
use super::{Request, caller};
use crate::access::Part;
use crate::error::{Error, Result};
use crate::family::{FamilyStatement, ParentInput};
use crate::meeting::Meeting;
use crate::people::graphql::{Agency, Person, Student, agency_node, person_node, student_node};
use crate::progress::{DataPoint, Goal};
use crate::records::{self, Stored};
use crate::visit::Visit;

/// More than a page shows.
const MOST: usize = 100;

/// Anything that has a global id.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "NodeId"))]
#[expect(clippy::large_enum_variant, reason = "a few live at a time, on their way into an answer")]
pub enum Node {
    /// A tenant.
    Agency(Agency),
    /// An adult as one agency knows them.
    Person(Person),
    /// A student in one agency.
    Student(Student),
    /// A goal of a plan.
    Goal(Goal),
    /// An observation of a goal.
    DataPoint(DataPoint),
    /// One delivery of a service.
    Visit(Visit),
    /// A meeting of the team.
    Meeting(Meeting),
    /// The statement that a family shares.
    FamilyStatement(FamilyStatement),
    /// One guardian's input, once it was submitted.
    ParentInput(ParentInput),
}

/// Reading by global id.
#[derive(Default)]
pub struct Nodes;

/// Reading by global id.
#[Object]
impl Nodes {
    /// What an id names; null if it is not there or not for the caller.
    async fn node(&self, ctx: &Context<'_>, id: NodeId) -> Result<Option<Node>> {
        find(ctx, id).await
    }

    /// The same for many, in the order of the ids.
    #[graphql(complexity = "ids.len() * child_complexity + 1")]
    async fn nodes(&self, ctx: &Context<'_>, ids: Vec<NodeId>) -> Result<Vec<Option<Node>>> {
        if ids.len() > MOST {
            return Err(Error::Invalid { field: "ids", why: "ask for at most 100 at a time" });
        }
        let found = futures_util::future::join_all(ids.into_iter().map(|id| find(ctx, id))).await;
        found.into_iter().collect()
    }
}

async fn find(ctx: &Context<'_>, id: NodeId) -> Result<Option<Node>> {
    let (Some(_), Some(agency)) = (caller(ctx), id.agency) else { return Ok(None) };
    Ok(match id.kind {
        NodeKind::Agency => agency_node(ctx, agency).await?.map(Node::from),
        NodeKind::Person => person_node(ctx, agency, id.id.into()).await?.map(Node::from),
        NodeKind::Student => student_node(ctx, agency, id.id.into()).await?.map(Node::from),
        NodeKind::Goal => {
            record(ctx, agency, kinds::GOAL, id).await?.and_then(|stored| Goal::of(agency, &stored)).map(Node::from)
        }
        NodeKind::DataPoint => {
            record(ctx, agency, kinds::POINT, id).await?.map(|stored| DataPoint { agency, stored }.into())
        }
        NodeKind::Visit => record(ctx, agency, kinds::VISIT, id).await?.map(|stored| Visit { agency, stored }.into()),
        NodeKind::Meeting => record(ctx, agency, kinds::MEETING, id)
            .await?
            .and_then(|stored| Meeting::of(agency, &stored))
            .map(Node::from),
        NodeKind::FamilyStatement => {
            record(ctx, agency, kinds::STATEMENT, id).await?.map(|stored| FamilyStatement { agency, stored }.into())
        }
        NodeKind::ParentInput => record(ctx, agency, kinds::INPUT, id)
            .await?
            .and_then(|stored| ParentInput::of(agency, &stored))
            .map(Node::from),
        // The rest is reached through the student it is about.
        _ => None,
    })
}

/// A record that the caller may see.
async fn record(ctx: &Context<'_>, agency: AgencyId, kind: Kind, id: NodeId) -> Result<Option<Stored>> {
    let request = Request::of(ctx)?;
    let find = request.read(move |db| records::find(db, agency, &kind, RecordId(id.id)));
    // Both are read whatever the other says: how long it takes tells nobody whether there is one.
    let (view, found) = try_join!(View::of(ctx, agency), find)?;
    let Some(stored) = found else { return Ok(None) };
    let Some(student) = stored.record.subject else { return Ok(None) };
    let part = match id.kind {
        NodeKind::Visit => Part::Visits { service: stored.record.text("service") },
        NodeKind::Meeting => Part::Meetings,
        NodeKind::FamilyStatement => Part::Statement,
        NodeKind::ParentInput => Part::Input { by: stored.record.made.by },
        _ => Part::Goals,
    };
    let student = RecordId(student);
    let sees = view.sees(part, student) && StudentRef { agency, id: student }.sees(ctx, part).await?;
    Ok(sees.then_some(stored))
}
