//! Passkeys for their owner.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use sync::OperationId;

use super::ceremony::{self, Removed};
use super::routes::LONGEST_NAME;
use super::rows::{self, PasskeyRow};
use crate::error::{Error, Result};
use crate::graphql::Request;
use crate::graphql::answer::{UserError, minted};
use crate::graphql::node::{NodeId, NodeKind};
use crate::graphql::scalars::DateTime;

/// A key in a phone or computer with which its owner signs in. Only its owner gets one.
pub struct Passkey(PasskeyRow);

impl From<PasskeyRow> for Passkey {
    fn from(row: PasskeyRow) -> Self {
        Self(row)
    }
}

/// A key in a phone or computer with which its owner signs in.
#[Object]
impl Passkey {
    /// Its global id.
    async fn id(&self) -> NodeId {
        NodeId::bare(NodeKind::Passkey, self.0.id.0)
    }

    /// What its owner calls it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.0.into()
    }

    /// When it last signed its owner in.
    async fn last_used_at(&self) -> Option<DateTime> {
        self.0.last_used_at.map(|at| at.0.into())
    }
}

/// A new name for a passkey.
#[derive(InputObject)]
pub struct PasskeyRenameInput {
    /// Minted by the client: the same again changes nothing.
    operation_id: ID,
    /// The passkey.
    passkey: NodeId,
    /// What to call it.
    name: String,
}

/// A passkey that its owner no longer wants.
#[derive(InputObject)]
pub struct PasskeyRemoveInput {
    /// Minted by the client: the same again changes nothing.
    operation_id: ID,
    /// The passkey.
    passkey: NodeId,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct PasskeyPayload {
    /// The caller's passkeys as they are now.
    passkeys: Vec<Passkey>,
    /// What to put right.
    user_errors: Vec<UserError>,
}

/// Naming and removing passkeys. One is added at `/auth/passkey`.
#[derive(Default)]
pub struct PasskeyMutation;

/// Naming and removing passkeys.
#[Object]
impl PasskeyMutation {
    /// Calls one of the caller's passkeys something else.
    async fn passkey_rename(&self, ctx: &Context<'_>, input: PasskeyRenameInput) -> Result<PasskeyPayload> {
        let request = Request::of(ctx)?;
        minted::<OperationId>("operationId", &input.operation_id)?;
        let (account, id) = (request.caller.account, input.passkey.bare_id(NodeKind::Passkey)?);
        let name = input.name.trim().to_owned();
        if name.is_empty() || name.chars().count() > LONGEST_NAME {
            let passkeys = request.read(move |db| rows::passkeys_of(db, account)).await?;
            return Ok(payload(passkeys, Some(("INVALID", "Use a short name.", "name"))));
        }
        let work = move |db: &mut _| {
            if !rows::rename(db, account, id, &name)? {
                return Err(Error::NotFound);
            }
            rows::passkeys_of(db, account)
        };
        Ok(payload(request.write(work).await?, None))
    }

    /// Removes one of the caller's passkeys: it signs nobody in any more. Devices stay signed in.
    async fn passkey_remove(&self, ctx: &Context<'_>, input: PasskeyRemoveInput) -> Result<PasskeyPayload> {
        let request = Request::of(ctx)?;
        minted::<OperationId>("operationId", &input.operation_id)?;
        let (account, id) = (request.caller.account, input.passkey.bare_id(NodeKind::Passkey)?);
        let issuers = request.app.auth.issuers.clone();
        let work = move |db: &mut _| {
            let removed = ceremony::remove(db, account, id, &issuers)?;
            Ok((removed, rows::passkeys_of(db, account)?))
        };
        let (removed, passkeys) = request.write(work).await?;
        let last = ("LAST_WAY_IN", "You sign in with this passkey alone. Add another before you remove it.", "passkey");
        Ok(payload(passkeys, (removed == Removed::LastWayIn).then_some(last)))
    }
}

fn payload(passkeys: Vec<PasskeyRow>, wrong: Option<(&str, &str, &str)>) -> PasskeyPayload {
    let error = |(code, message, field): (&str, &str, &str)| UserError {
        code: code.to_owned(),
        message: message.to_owned(),
        field: vec![field.to_owned()],
    };
    PasskeyPayload {
        passkeys: passkeys.into_iter().map(Passkey::from).collect(),
        user_errors: wrong.map(error).into_iter().collect(),
    }
}
