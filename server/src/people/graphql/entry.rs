//! How a person gets in, for those who may let them in. Where and when somebody signed in is
//! nobody's business but their own.

use async_graphql::{Context, SimpleObject};

use super::Invitation;
use crate::auth;
use crate::error::Result;
use crate::graphql::Request;
use crate::people;

/// How a person gets in.
#[derive(SimpleObject)]
pub struct Entry {
    /// With a login and a password.
    password: bool,
    /// With so many passkeys.
    passkeys: i32,
    /// By their agency's own sign-in.
    issuer: bool,
    /// The codes that were ever made for them, the oldest first.
    invitations: Vec<Invitation>,
}

impl Entry {
    /// How that person gets in.
    pub(super) async fn of(ctx: &Context<'_>, person: &people::Person) -> Result<Self> {
        let request = Request::of(ctx)?;
        let (agency, id, account) = (person.agency.0, person.id.0, person.account);
        let issuers = request.app.auth.issuers.clone();
        let work = move |db: &mut _| {
            let ways = account.map(|account| auth::ways_of(db, account.0, &issuers)).transpose()?;
            Ok((ways.unwrap_or_default(), auth::invitations_of(db, agency, &[id])?))
        };
        let (ways, invitations) = request.read(work).await?;
        Ok(Self {
            password: ways.password,
            passkeys: i32::try_from(ways.passkeys).unwrap_or(i32::MAX),
            issuer: ways.issuer,
            invitations: invitations.into_iter().map(Invitation::new).collect(),
        })
    }
}
