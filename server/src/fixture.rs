//! For tests of the fronts: a server on an SQLite file, somebody signed in, and a small schema.

use std::time::Duration;

use async_graphql::{Context, Object, Schema, Subscription};
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::{Stream, StreamExt, stream};
use sync::{AccountId, DeviceId};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::app::App;
use crate::auth::passkey::party::Party;
use crate::auth::sign_in::{self, Chance};
use crate::auth::{Auth, Caller, caller};
use crate::clock::Clock;
use crate::db::testing::{Fresh, fresh_sqlite};
use crate::devices::{Arrival, DeviceKind};
use crate::document::Printer;
use crate::door::Door;
use crate::error::{Error, Result};
use crate::graphql;
use crate::replication::{Hub, Leases};

/// Noon on the first day of the tests' calendar.
pub(crate) fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000, 0).expect("a moment of the calendar")
}

/// A server of its own, whose clock stands at noon until the test moves it.
pub(crate) struct Served {
    pub(crate) app: App,
    pub(crate) token: String,
    pub(crate) account: AccountId,
    clock: tokio::sync::watch::Sender<DateTime<Utc>>,
    _database: Fresh,
}

impl Served {
    pub(crate) fn new() -> Self {
        let database = fresh_sqlite();
        let (clock, now) = tokio::sync::watch::channel(noon());
        let app = App {
            database: database.clone(),
            clock: Clock::from(move || *now.borrow()),
            auth: Auth::new([7; 32], false)
                .with_passkeys(Party::at("http://localhost:8080", &["android:apk-key-hash:test".to_owned()]).ok()),
            door: Door::default(),
            hub: Hub::default(),
            leases: Leases::default(),
            printer: Printer::default(),
            closing: CancellationToken::new(),
        };
        let account = AccountId(Uuid::from_u128(1));
        let chance = Chance { device: DeviceId(Uuid::from_u128(2)), family: Uuid::from_u128(3), token: [4; 32] };
        let browser = Arrival { kind: DeviceKind::Web, name: "Firefox".into(), store: None };
        let tokens = database
            .write(|db| sign_in::begin(db, &app.auth.keys, account, &browser, &chance, noon()))
            .expect("signs in");
        Self { app, token: tokens.access, account, clock, _database: database }
    }

    pub(crate) fn pass(&self, time: TimeDelta) {
        self.clock.send_modify(|now| *now += time);
    }

    /// Signs the device out, as from elsewhere.
    pub(crate) fn sign_out(&self) {
        let work = |db: &mut _| {
            let caller = caller::identify(db, &self.app.auth, &self.token, noon())?;
            sign_in::end(db, &caller, noon())
        };
        self.app.database.write(work).expect("signs out");
    }
}

pub(crate) type Small = Schema<Query, Mutation, Subscriptions>;

pub(crate) fn schema() -> Small {
    Schema::new(Query, Mutation, Subscriptions)
}

pub(crate) struct Query;

#[Object]
impl Query {
    async fn hello(&self) -> &str {
        "world"
    }

    async fn twice(&self, number: i32) -> i32 {
        number.wrapping_mul(2)
    }

    async fn who(&self, ctx: &Context<'_>) -> Option<String> {
        graphql::caller(ctx).map(|Caller { account, .. }| account.to_string())
    }

    async fn nested(&self) -> Self {
        Self
    }

    /// Fails as a unique constraint does, with the row in its words.
    async fn sql(&self) -> Option<Result<i32>> {
        use diesel::result::{DatabaseErrorKind, Error as Sql};
        let words = "duplicate key value violates unique constraint \"account_login\"".to_owned();
        Some(Err(Sql::DatabaseError(DatabaseErrorKind::UniqueViolation, Box::new(words)).into()))
    }

    async fn foreign(&self) -> Option<async_graphql::Result<i32>> {
        Some(Err(async_graphql::Error::new("select * from account")))
    }

    async fn absent(&self) -> Option<Result<i32>> {
        Some(Err(Error::NotFound))
    }
}

pub(crate) struct Mutation;

#[Object]
impl Mutation {
    async fn touch(&self, name: String) -> String {
        name
    }
}

pub(crate) struct Subscriptions;

#[Subscription]
impl Subscriptions {
    async fn count(&self, to: i32) -> impl Stream<Item = i32> {
        stream::iter(1..=to)
    }

    /// A number whenever a moment has passed.
    async fn tick(&self) -> impl Stream<Item = i32> {
        stream::unfold(0, async |n| {
            tokio::time::sleep(Duration::from_millis(20)).await;
            Some((n, n + 1))
        })
        .boxed()
    }

    async fn never(&self) -> impl Stream<Item = i32> {
        stream::pending()
    }
}
