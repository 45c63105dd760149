//! Who asks.

use async_graphql::{Context, Object, SimpleObject};

use super::{Agency, Person, StaffRole};
use crate::auth::passkey::graphql::Passkey;
use crate::auth::{self, Account};
use crate::devices::devices_of;
use crate::devices::graphql::Device;
use crate::error::{Error, Result};
use crate::graphql::Request;
use crate::graphql::node::{NodeId, NodeKind};
use crate::graphql::view::View;
use crate::people;

/// Whoever is signed in.
pub struct Viewer {
    account: Account,
    people: Vec<(people::Person, people::Agency)>,
}

impl Viewer {
    /// The caller.
    pub async fn of(request: &Request<'_>) -> Result<Self> {
        let id = request.caller.account;
        let work = move |db: &mut _| {
            let account = auth::account_of(db, id)?.ok_or(Error::Unauthenticated)?;
            Ok(Self { account, people: people::rows::people_of(db, id)? })
        };
        request.read(work).await
    }
}

/// Whoever is signed in.
#[Object]
impl Viewer {
    /// The account.
    async fn id(&self) -> NodeId {
        NodeId::bare(NodeKind::Account, self.account.id.0)
    }

    /// What they sign in with.
    async fn login(&self) -> &str {
        &self.account.login
    }

    /// The language they read, as a BCP 47 tag.
    async fn locale(&self) -> &str {
        &self.account.locale
    }

    /// Who they are, agency by agency.
    async fn people(&self, ctx: &Context<'_>) -> Result<Vec<Membership>> {
        let mut memberships = Vec::with_capacity(self.people.len());
        for (person, agency) in &self.people {
            let view = View::of(ctx, agency.id.0).await?;
            let agency = Agency::new(agency.clone(), view);
            memberships.push(Membership {
                agency,
                staff_role: StaffRole::of(person),
                person: Person::new(person.clone()),
            });
        }
        Ok(memberships)
    }

    /// Where they are or were signed in, the place last seen first.
    async fn devices(&self, ctx: &Context<'_>) -> Result<Vec<Device>> {
        let request = Request::of(ctx)?;
        let (account, here) = (request.caller.account, request.caller.device);
        let devices = request.read(move |db| devices_of(db, account)).await?;
        Ok(devices.into_iter().map(|device| Device::new(device, here)).collect())
    }

    /// The passkeys with which they sign in, in the order in which they were made.
    async fn passkeys(&self, ctx: &Context<'_>) -> Result<Vec<Passkey>> {
        let request = Request::of(ctx)?;
        let account = request.caller.account;
        let passkeys = request.read(move |db| auth::passkeys_of(db, account)).await?;
        Ok(passkeys.into_iter().map(Passkey::from).collect())
    }
}

/// Who the viewer is in one agency.
#[derive(SimpleObject)]
pub struct Membership {
    /// The agency.
    agency: Agency,
    /// Who they are there.
    person: Person,
    /// What the agency employs them as.
    staff_role: Option<StaffRole>,
}
