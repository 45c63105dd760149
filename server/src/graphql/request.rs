//! What a resolver knows of the request that it answers.

use async_graphql::Context;
use sync::{AgencyId, Kind, Micros, RecordId};

use crate::access::{self, Action, Judgement};
use crate::app::App;
use crate::apply::Touched;
use crate::auth::Caller;
use crate::db::Db;
use crate::edge::RequestId;
use crate::error::{Error, Result};
use crate::people;
use crate::records::{self, Stored};

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

    /// Something of a student's that the caller means to change, and whose it is. Where there is no
    /// such thing and where the rule keeps them from it, the same statements run and the same is
    /// answered: neither the words nor the time that they take tell which (domain.md §8.3). Whether
    /// it is done is judged by the door, in its own unit.
    pub(crate) async fn find<T: Send + 'static>(
        &self,
        agency: AgencyId,
        read: impl FnOnce(&mut Db) -> Result<Option<(RecordId, T)>> + Send + 'static,
        action: impl Fn(&T) -> Action<'static> + Send + 'static,
    ) -> Result<(RecordId, T)> {
        let (account, now) = (self.caller.account, Micros(self.app.clock.now().timestamp_micros()));
        let work = move |db: &mut Db| {
            let people = people::facts_in(db, account, agency, now)?;
            let may = |(student, found): &(RecordId, T)| {
                people.iter().any(|facts| access::may(facts, action(found), Some(*student), now) == Judgement::Allowed)
            };
            read(db)?.filter(may).ok_or(Error::NotFound)
        };
        self.read(work).await
    }

    /// The same of a record.
    pub(crate) async fn find_record(
        &self,
        agency: AgencyId,
        (kind, id): (Kind, RecordId),
        action: impl Fn(&Stored) -> Action<'static> + Send + 'static,
    ) -> Result<(RecordId, Stored)> {
        let read = move |db: &mut Db| {
            let found = records::find(db, agency, &kind, id)?;
            Ok(found.and_then(|stored| Some((RecordId(stored.record.subject?), stored))))
        };
        self.find(agency, read, action).await
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
