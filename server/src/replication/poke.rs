//! `syncPoke`: tells a phone that it is worth pulling. It says so once when it begins to watch,
//! without names, because what happened before is unknown. Then it sleeps until one of its scopes is touched,
//! somebody changes what this person may see, or a dated fact does; and looks at the facts
//! again, because what it watches may be another set by now.

use super::{
    again::until_answered,
    hub::{Hub, Mark, Marks, Watch},
};
use crate::{access, app::App, clock::Clock, error::Result, people};
use futures_util::{Stream, stream};
use std::{
    collections::{BTreeSet, HashSet},
    time::Duration,
};
use sync::{AccountId, Micros, PersonId, Scope};

/// A push is rarely alone: what follows within this time is told with it.
const GATHER: Duration = Duration::from_millis(20);

/// The clock is looked at this often: clocks are set, and machines sleep.
const LOOK: Duration = Duration::from_secs(1);

/// Names of the account's scopes in which something changed, as often as it does.
pub(super) fn pokes(app: App, account: AccountId) -> impl Stream<Item = Vec<String>> {
    stream::unfold((app, None::<Listener>), move |(app, listener)| async move {
        let (names, listener) = match listener {
            None => Listener::begin(&app, account).await,
            Some(mut listener) => (listener.next(&app, account).await, listener),
        };
        Some((names, (app, Some(listener))))
    })
}

struct Listener {
    watch: Watch,
    /// When a dated fact changes what this person may see.
    next_change: Option<Micros>,
}

impl Listener {
    /// Watches first and tells then, so that nothing falls between the two.
    async fn begin(app: &App, account: AccountId) -> (Vec<String>, Self) {
        let mut listener = Self { watch: app.hub.watch(Marks::default()), next_change: None };
        listener.look_about(app, account).await;
        // No names: they would lie in the socket's memory for as long as it waits.
        (Vec::new(), listener)
    }

    async fn next(&mut self, app: &App, account: AccountId) -> Vec<String> {
        loop {
            tokio::select! {
                () = self.watch.heard() => tokio::time::sleep(GATHER).await,
                () = moment(&app.clock, self.next_change) => {}
            }
            let hits = self.watch.take();
            let (sees, changed) = self.look_about(app, account).await;
            let names = sees.names(&hits, changed);
            // Told even if nothing is left to see: then something has to go.
            if changed || !names.is_empty() {
                return names;
            }
        }
    }

    /// Watches what is seen now, until nothing changed while it turned to that; says whether
    /// it is another set than before.
    async fn look_about(&mut self, app: &App, account: AccountId) -> (Sees, bool) {
        let mut changed = false;
        loop {
            let sees = Sees::once_it_can_be_read(app, account).await;
            if !self.look(&app.hub, &sees) {
                return (sees, changed);
            }
            changed = true;
        }
    }

    /// Watches what is seen now; says whether that is another set than before.
    fn look(&mut self, hub: &Hub, sees: &Sees) -> bool {
        self.next_change = sees.next_change;
        let marks = sees.marks();
        if marks == *self.watch.marks() {
            return false;
        }
        self.watch = hub.watch(marks);
        true
    }
}

/// Waits for a moment, for ever if there is none.
async fn moment(clock: &Clock, at: Option<Micros>) {
    let Some(at) = at else { return std::future::pending().await };
    loop {
        let left = at.0 - clock.micros().0;
        if left <= 0 {
            return;
        }
        tokio::time::sleep(LOOK.min(Duration::from_micros(left.unsigned_abs()))).await;
    }
}

/// What somebody may see.
struct Sees {
    scopes: BTreeSet<Scope>,
    people: Vec<PersonId>,
    next_change: Option<Micros>,
}

impl Sees {
    /// A database that is away for a moment makes no phone deaf.
    async fn once_it_can_be_read(app: &App, account: AccountId) -> Self {
        until_answered("what a phone watches", || Self::now(app, account)).await
    }

    async fn now(app: &App, account: AccountId) -> Result<Self> {
        let now = app.clock.micros();
        let facts = app.database.reading(move |db| people::facts_of(db, account, now)).await?;
        let mut sees = Self { scopes: BTreeSet::new(), people: Vec::new(), next_change: None };
        for facts in facts {
            let (scopes, change) = access::scopes(&facts, now);
            sees.scopes.extend(scopes);
            sees.people.push(facts.person);
            sees.next_change = [sees.next_change, change].into_iter().flatten().min();
        }
        Ok(sees)
    }

    fn marks(&self) -> Marks {
        let scopes = self.scopes.iter().map(|scope| Mark::scope(scope.agency, &scope.path));
        scopes.chain(self.people.iter().copied().map(Mark::person)).collect()
    }

    /// The scopes that were hit; all of them when what is seen has changed, or may have.
    fn names(&self, hits: &HashSet<Mark>, changed: bool) -> Vec<String> {
        let all = changed || self.people.iter().any(|person| hits.contains(&Mark::person(*person)));
        let hit = |scope: &&Scope| all || hits.contains(&Mark::scope(scope.agency, &scope.path));
        self.scopes.iter().filter(hit).map(ToString::to_string).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;
    use tokio::{sync::watch, time::timeout};

    #[tokio::test]
    async fn a_subscription_wakes_at_the_moment_and_not_before() {
        let (time, now) = watch::channel(0_i64);
        let clock = Clock::from(move || DateTime::from_timestamp_micros(*now.borrow()).expect("a moment"));
        let (soon, long) = (Duration::from_millis(60), Duration::from_secs(10));
        assert!(timeout(soon, moment(&clock, Some(Micros(10_000)))).await.is_err(), "the clock stands still");
        time.send_replace(10_000);
        assert!(timeout(long, moment(&clock, Some(Micros(10_000)))).await.is_ok());
        assert!(timeout(long, moment(&clock, Some(Micros(1)))).await.is_ok(), "told late is told");
        assert!(timeout(soon, moment(&clock, None)).await.is_err(), "nothing changes any more");
    }
}
