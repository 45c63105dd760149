//! What a resolver knows of the request that it answers.

use async_graphql::Context;

use crate::app::App;
use crate::auth::Caller;
use crate::db::Db;
use crate::edge::RequestId;
use crate::error::{Error, Result};

/// Who asks, under which number. The fronts put it into every request.
#[derive(Clone, Copy, Debug)]
pub struct Asking {
    /// Nobody, where nobody is signed in.
    pub caller: Option<Caller>,
    /// The request's number.
    pub request: RequestId,
}

/// A request of somebody who is signed in.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The server.
    pub app: &'a App,
    /// Who asks.
    pub caller: Caller,
}

impl<'a> Request<'a> {
    /// This request, if somebody is signed in.
    pub fn of(ctx: &Context<'a>) -> Result<Self> {
        let caller = caller(ctx).ok_or(Error::Unauthenticated)?;
        Ok(Self { app: app(ctx)?, caller })
    }

    /// Reads in one snapshot.
    pub async fn read<T: Send + 'static>(&self, work: impl FnOnce(&mut Db) -> Result<T> + Send + 'static) -> Result<T> {
        self.app.database.reading(work).await
    }

    /// Writes in one transaction, which may run more than once.
    pub async fn write<T: Send + 'static>(&self, work: impl Fn(&mut Db) -> Result<T> + Send + 'static) -> Result<T> {
        self.app.database.writing(work).await
    }
}

/// Who asks, if somebody is signed in.
pub fn caller(ctx: &Context<'_>) -> Option<Caller> {
    ctx.data_opt::<Asking>().and_then(|asking| asking.caller)
}

/// The server that the schema was built for.
pub fn app<'a>(ctx: &Context<'a>) -> Result<&'a App> {
    ctx.data_opt::<App>().ok_or_else(|| Error::internal(anyhow::anyhow!("the schema was built without its app")))
}
