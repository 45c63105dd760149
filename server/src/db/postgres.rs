//! Connections to PostgreSQL: pure Rust, TLS by rustls, used from blocking threads.

use std::cell::Cell;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use anyhow::Context;
use diesel::QueryResult;
use diesel_async::async_connection_wrapper::{AsyncConnectionWrapper, BlockOn};
use diesel_async::{AnsiTransactionManager, AsyncPgConnection};
use tokio::runtime::{Builder, Runtime};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::trust::trust;

/// The blocking diesel connection to PostgreSQL.
pub type PgConn = AsyncConnectionWrapper<AsyncPgConnection, Driver>;

/// Where one PostgreSQL database is and how to speak to it.
#[derive(Clone)]
pub(super) struct Address {
    config: tokio_postgres::Config,
    tls: MakeRustlsConnect,
}

impl Address {
    /// Reads `postgres://…`. Its `sslmode` says whether TLS is used; what is trusted is what
    /// the machine trusts, or the file that `SSL_CERT_FILE` names.
    pub(super) fn parse(url: &str) -> anyhow::Result<Self> {
        // The source is left out: it may repeat parts of the address, and with them a password.
        let mut config = url
            .parse::<tokio_postgres::Config>()
            .map_err(|_| anyhow::anyhow!("the database address is not a valid postgres:// URL"))?;
        if config.get_application_name().is_none() {
            config.application_name("aimline");
        }
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(std::time::Duration::from_secs(5));
        }
        Ok(Self { config, tls: MakeRustlsConnect::new(trust()?) })
    }

    pub(super) fn connect(&self) -> anyhow::Result<PgSession> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let inner = runtime.block_on(async {
            let (client, socket) = self.config.connect(self.tls.clone()).await.context("PostgreSQL does not answer")?;
            AsyncPgConnection::try_from_client_and_connection(client, socket)
                .await
                .context("PostgreSQL refused the session")
        })?;
        let driver = Driver(Arc::new(Owned(Some(runtime))));
        OPENED_ON.set(Some(driver.clone()));
        Ok(PgSession { conn: Box::new(PgConn::from(inner)), driver })
    }
}

/// One session with PostgreSQL. It is the diesel connection, and knows what drives it.
pub struct PgSession {
    conn: Box<PgConn>,
    driver: Driver,
}

impl PgSession {
    /// Begins a transaction that sees one moment and cannot write, in one round trip.
    pub(super) fn begin_snapshot(&mut self) -> QueryResult<()> {
        let inner: &mut AsyncPgConnection = &mut self.conn;
        self.driver.block_on(AnsiTransactionManager::begin_transaction_sql(
            inner,
            "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY",
        ))
    }
}

impl Deref for PgSession {
    type Target = PgConn;
    fn deref(&self) -> &PgConn {
        &self.conn
    }
}

impl DerefMut for PgSession {
    fn deref_mut(&mut self) -> &mut PgConn {
        &mut self.conn
    }
}

/// The small runtime of one session: its socket is read on the thread that asks, so a query
/// wakes no other thread.
#[derive(Clone)]
pub struct Driver(Arc<Owned>);

thread_local! {
    // `PgConn::from` asks for its runtime through a function without arguments, and it must
    // get the one on which the socket was opened.
    static OPENED_ON: Cell<Option<Driver>> = const { Cell::new(None) };
}

impl BlockOn for Driver {
    fn block_on<F: Future>(&self, future: F) -> F::Output {
        let Owned(runtime) = &*self.0;
        runtime.as_ref().expect("the runtime is taken only when its last owner goes").block_on(future)
    }

    fn get_runtime() -> Self {
        OPENED_ON.take().expect("sessions are opened by Address::connect alone")
    }
}

struct Owned(Option<Runtime>);

impl Drop for Owned {
    fn drop(&mut self) {
        // A plain drop waits, which tokio forbids on an async thread, where the last handle
        // of a database may well go.
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}
