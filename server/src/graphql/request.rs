//! What a resolver knows of the request that it answers.

use async_graphql::Context;

use crate::app::App;
use crate::apply::Touched;
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

    /// Writes in one transaction and tells those who watch, also if whoever asked has gone
    /// meanwhile: their phone asks again and is told that it was done, and nobody else would be.
    pub(crate) async fn write_and_tell<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Db) -> Result<(T, Touched)> + Send + 'static,
    ) -> Result<T> {
        let hub = self.app.hub.clone();
        let tell = move |(value, touched)| {
            hub.publish(touched);
            value
        };
        self.app.database.writing_then(work, tell).await
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::caller;
    use crate::fixture::{Served, noon};
    use std::collections::BTreeSet;
    use std::sync::mpsc;
    use std::time::Duration;
    use sync::{AgencyId, RecordId};
    use tokio::time::timeout;
    use uuid::Uuid;

    /// A page is closed, a phone's app is put away: the work goes on, and who watches hears of it.
    #[tokio::test]
    async fn what_is_written_is_told_even_if_whoever_asked_has_gone() {
        let served = Served::new();
        let (database, mut hints) = (served.app.database.clone(), served.app.hub.listen());
        let (has_begun, begun) = mpsc::channel();
        let (end, ended) = mpsc::channel();
        let other = std::thread::spawn(move || {
            database.write(|_| {
                let _ = has_begun.send(());
                let _: Result<(), _> = ended.recv();
                Ok(())
            })
        });
        begun.recv().expect("somebody else writes");

        let identify = |db: &mut Db| caller::identify(db, &served.app.auth, &served.token, noon());
        let caller = served.app.database.read(identify).expect("somebody is signed in");
        let (agency, ana) = (AgencyId(Uuid::from_u128(8)), RecordId(Uuid::from_u128(9)));
        let touched = Touched { agency: Some(agency), students: BTreeSet::from([ana]), ..Touched::default() };
        let request = Request { app: &served.app, caller };
        let asked = request.write_and_tell(move |_| Ok(((), touched.clone())));
        assert!(timeout(Duration::from_millis(200), asked).await.is_err(), "it has to wait, and is given up");

        end.send(()).expect("the other one waits for it");
        let hint = timeout(Duration::from_secs(20), hints.recv()).await.expect("it is told").expect("to everybody");
        assert_eq!(hint.students, BTreeSet::from([ana]));
        other.join().expect("no panic").expect("written");
    }
}
