//! The real router on a free port, with a database and a clock of the test's own.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use chrono::TimeDelta;
use server::app::{self, App};
use server::auth::Auth;
use server::clock::Clock;
use server::db::testing::Fresh;
use server::db::{Database, Location};
use server::document::Printer;
use server::door::Door;
use server::pages::Pages;
use server::replication::{Hub, Leases};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio_util::sync::CancellationToken;

use crate::{Statements, TestClock};

/// The secret of every test's installation.
const SECRET: [u8; 32] = [7; 32];

/// A server that runs in this process until it is killed or dropped.
pub struct TestServer {
    /// Its clock.
    pub clock: TestClock,
    app: App,
    fresh: Fresh,
    address: SocketAddr,
    running: Option<Runtime>,
}

impl TestServer {
    /// Serves a database.
    pub fn start(fresh: Fresh, clock: TestClock) -> Self {
        let app = app_of(fresh.clone(), &clock);
        let (running, address) = serve(app.clone(), SocketAddr::from(([127, 0, 0, 1], 0)));
        Self { clock, app, fresh, address, running: Some(running) }
    }

    /// Serves the database in a file by the machine's own clock, for as long as this process
    /// lives. `ready` is called when it answers.
    pub fn serve_for_ever(file: &Path, address: SocketAddr, ready: impl FnOnce()) {
        let database = Database::open(&Location::Sqlite(file.to_owned()), 4).expect("the database opens");
        let app = App { clock: Clock::system(), ..app_of(database, &TestClock::at_noon()) };
        let (_runtime, _) = serve(app, address);
        ready();
        std::thread::park();
    }

    /// Where it is.
    pub fn address(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Its database, for a look or a change from outside.
    pub fn database(&self) -> &Database {
        &self.app.database
    }

    /// Listens to what it asks of its database. It must be SQLite, opened after
    /// [`Statements::can_be_heard`].
    pub fn statements(&self) -> Statements {
        match &self.fresh.location {
            Location::Sqlite(file) => Statements::on(file.to_str().expect("plain letters").to_owned()),
            Location::Postgres(_) => panic!("only a file can be listened to"),
        }
    }

    /// Ends it in the middle of whatever it does. What was not answered may have happened.
    pub fn kill(&mut self) {
        if let Some(running) = self.running.take() {
            running.shutdown_background();
        }
    }

    /// Starts it again, on the same database, at the same address.
    pub fn restart(&mut self) {
        self.kill();
        let database = Database::open(&self.fresh.location, 4).expect("the database opens again");
        self.app = app_of(database, &self.clock);
        let (running, address) = serve(self.app.clone(), self.address);
        (self.running, self.address) = (Some(running), address);
    }

    /// Starts it again with other rules about who is let in.
    pub fn restart_behind(&mut self, door: Door) {
        self.restart_as(|app| App { door, ..app });
    }

    /// Starts it again with other words on how long phones may show what they hold.
    pub fn restart_lending(&mut self, leases: Leases) {
        self.restart_as(|app| App { leases, ..app });
    }

    fn restart_as(&mut self, change: impl FnOnce(App) -> App) {
        self.kill();
        self.app = change(app_of(self.app.database.clone(), &self.clock));
        let (running, address) = serve(self.app.clone(), self.address);
        (self.running, self.address) = (Some(running), address);
    }

    /// Lets time pass for everybody.
    pub fn pass(&self, time: TimeDelta) {
        self.clock.pass(time);
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        self.kill();
    }
}

fn app_of(database: Database, clock: &TestClock) -> App {
    App {
        database,
        clock: clock.for_server(),
        auth: Auth::new(SECRET, false),
        door: Door::default(),
        hub: Hub::default(),
        leases: Leases::default(),
        printer: Printer::default(),
        closing: CancellationToken::new(),
    }
}

/// A port; one that a killed server held is given up a moment later.
async fn bind(address: SocketAddr) -> TcpListener {
    for _ in 0..100 {
        match TcpListener::bind(address).await {
            Err(error) if error.kind() == ErrorKind::AddrInUse => tokio::time::sleep(Duration::from_millis(50)).await,
            bound => return bound.expect("a port"),
        }
    }
    panic!("{address} is not given up")
}

fn serve(app: App, address: SocketAddr) -> (Runtime, SocketAddr) {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    let runtime = builder.worker_threads(2).enable_all().build().expect("threads");
    let listener = runtime.block_on(bind(address));
    let address = listener.local_addr().expect("it is bound");
    // The schema's loaders look for the runtime that they will run on.
    let entered = runtime.enter();
    let routes = app::router(app, Pages(None)).into_make_service_with_connect_info::<SocketAddr>();
    runtime.spawn(async move { axum::serve(listener, routes).await });
    drop(entered);
    (runtime, address)
}
