//! Devices for their owner.

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use sync::{DeviceId, OperationId};

use super::{LONGEST_NAME, rows};
use crate::error::{Error, Result};
use crate::graphql::Request;
use crate::graphql::answer::{UserError, minted};
use crate::graphql::node::{NodeId, NodeKind};
use crate::graphql::scalars::DateTime;

/// What kind of place it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "super::DeviceKind")]
pub enum DeviceKind {
    /// A phone's store: works offline.
    Phone,
    /// A browser session.
    Web,
}

/// A place where an account is or was signed in. Only its owner gets one.
pub struct Device {
    device: super::Device,
    current: bool,
}

impl Device {
    /// One of the caller's devices; `here` is the one they ask from.
    pub fn new(device: super::Device, here: DeviceId) -> Self {
        Self { current: device.id == here, device }
    }
}

/// A place where an account is or was signed in.
#[Object]
impl Device {
    /// Its global id.
    async fn id(&self) -> NodeId {
        NodeId::bare(NodeKind::Device, self.device.id)
    }

    /// What its owner would call it.
    async fn name(&self) -> &str {
        &self.device.name
    }

    /// Phone or browser.
    async fn kind(&self) -> DeviceKind {
        self.device.kind.into()
    }

    /// Whether it is the one that asks.
    async fn current(&self) -> bool {
        self.current
    }

    /// When it first signed in.
    async fn created_at(&self) -> DateTime {
        self.device.created_at.into()
    }

    /// When it was last heard of.
    async fn last_seen_at(&self) -> DateTime {
        self.device.last_seen_at.into()
    }

    /// When it was signed out, there or from elsewhere.
    async fn revoked_at(&self) -> Option<DateTime> {
        self.device.revoked_at.or(self.device.signed_out_at).map(Into::into)
    }
}

/// A device to sign out.
#[derive(InputObject)]
pub struct DeviceRevokeInput {
    /// Minted by the client: the same again changes nothing.
    operation_id: ID,
    /// The device.
    device: NodeId,
}

/// A new name for a device.
#[derive(InputObject)]
pub struct DeviceRenameInput {
    /// Minted by the client: the same again changes nothing.
    operation_id: ID,
    /// The device.
    device: NodeId,
    /// What to call it.
    name: String,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct DevicePayload {
    /// The device as it is now.
    device: Option<Device>,
    /// What to put right.
    user_errors: Vec<UserError>,
}

/// Naming devices and signing them out.
#[derive(Default)]
pub struct DeviceMutation;

/// Naming devices and signing them out.
#[Object]
impl DeviceMutation {
    /// Calls one of the caller's devices something else.
    async fn device_rename(&self, ctx: &Context<'_>, input: DeviceRenameInput) -> Result<DevicePayload> {
        let Request { app, caller } = Request::of(ctx)?;
        minted::<OperationId>("operationId", &input.operation_id)?;
        let id = input.device.bare_id(NodeKind::Device)?;
        let name = input.name.trim().to_owned();
        let is_short = !name.is_empty() && name.chars().count() <= LONGEST_NAME;
        let work = move |db: &mut _| match is_short {
            true => rows::rename(db, caller.account, id, &name),
            false => Ok(rows::device_of(db, id)?.filter(|device| device.account == caller.account)),
        };
        let device = app.database.writing(work).await?.ok_or(Error::NotFound)?;
        let wrong = || UserError {
            code: "INVALID".to_owned(),
            message: "Use a short name.".to_owned(),
            field: vec!["name".to_owned()],
        };
        let user_errors = if is_short { Vec::new() } else { vec![wrong()] };
        Ok(DevicePayload { device: Some(Device::new(device, caller.device)), user_errors })
    }

    /// Signs one of the caller's devices out. A phone destroys its copy at the next contact.
    async fn device_revoke(&self, ctx: &Context<'_>, input: DeviceRevokeInput) -> Result<DevicePayload> {
        let Request { app, caller } = Request::of(ctx)?;
        minted::<OperationId>("operationId", &input.operation_id)?;
        let id = input.device.bare_id(NodeKind::Device)?;
        let now = app.clock.now();
        let work = move |db: &mut _| rows::revoke(db, caller.account, id, now);
        let device = app.database.writing(work).await?.ok_or(Error::NotFound)?;
        Ok(DevicePayload { device: Some(Device::new(device, caller.device)), user_errors: Vec::new() })
    }
}
