//! `aimline serve`: from a folder and an address to a server that answers, and to its orderly
//! end.

use std::io::{self, IsTerminal, Write};
use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context, bail};
use axum::serve::ListenerExt;
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

use crate::app::{self, App};
use crate::auth::Auth;
use crate::auth::oidc::{Issuers, settings};
use crate::auth::passkey::party::Party;
use crate::clock::Clock;
use crate::config::{Serve, Store};
use crate::data_dir::{self, DataDir};
use crate::db::{Database, Location, migrate};
use crate::devices;
use crate::document::{Fonts, Printer};
use crate::lines::{self, SILENCE};
use crate::off_thread::off_thread;
use crate::pages::Pages;
use crate::people;
use crate::replication::{self, Hub};
use crate::sample::{self, Seeded};
use crate::stages::Stages;
use crate::tls::Certificate;

/// How long requests under way may take after the server was told to stop.
const DRAIN: Duration = Duration::from_secs(20);

/// What a shell expects of a program that Ctrl-C ended.
const INTERRUPTED: i32 = 130;

const A_DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Serves until told to stop.
pub async fn run(options: Serve) -> anyhow::Result<()> {
    // From the first moment, and even under a shell that has its jobs ignore Ctrl-C.
    let closing = CancellationToken::new();
    tokio::spawn(stop_when_told(closing.clone()));
    let data = DataDir::open(&options.store.data_dir)?;
    let listener = listen(SocketAddr::new(options.listen, options.port)).await?;
    let address = listener.local_addr()?;
    let secret = match &options.secret {
        Some(text) => data_dir::secret_of(text)?,
        None => data.secret()?,
    };

    let door = options.door()?;
    let known_at = options.address_at(address);
    let passkeys = known_at.as_deref().map(|known_at| Party::at(known_at, &options.passkey_origins)).transpose()?;
    let issuers = options.oidc.as_deref().map(settings::read).transpose()?.unwrap_or_default();
    if !issuers.is_empty() && known_at.is_none() {
        bail!("an issuer sends browsers back to this server: name its --address");
    }
    let certificate = options.tls().map(Certificate::read).transpose()?;
    let fonts = options.fonts.as_deref().map(Fonts::with_folder).transpose()?;
    let scheme = if certificate.is_some() { "https" } else { "http" };
    let prepared = off_thread(move || prepare(&options, &data).map(|database| (database, options, data)));
    let (database, options, _held) = tokio::select! {
        prepared = prepared => prepared??,
        () = closing.cancelled() => {
            say("Stopped before it was ready. The next start goes on from here.")?;
            std::process::exit(INTERRUPTED);
        }
    };

    let agencies = database.reading(people::agencies).await?;
    let issuers = Issuers::of(issuers, &agencies, &known_at.unwrap_or_default())?;
    let app = App {
        database: database.clone(),
        clock: Clock::system(),
        auth: Auth::new(secret, options.https || certificate.is_some()).with_passkeys(passkeys).with_issuers(issuers),
        door,
        hub: Hub::default(),
        leases: options.leases(),
        printer: fonts.map(Printer::with).unwrap_or_default(),
        closing: closing.clone(),
    };
    let pages = Pages(Some(options.web).filter(|folder| folder.join("index.html").is_file()));

    let serving = match certificate {
        Some(certificate) => {
            let listener = certificate.listen(listener)?;
            tokio::spawn(lines::serve(listener, app::router(app, pages), SILENCE, closing.clone()))
        }
        None => {
            let listener = listener.tap_io(send_at_once);
            tokio::spawn(lines::serve(listener, app::router(app, pages), SILENCE, closing.clone()))
        }
    };
    say(&format!("Aimline is at {scheme}://{address}/"))?;
    if options.sample {
        say(&sample::sign_ins())?;
    }
    tokio::spawn(keep_house(database.clone(), closing.clone()));
    closing.cancelled().await;
    if tokio::time::timeout(DRAIN, serving).await.is_err() {
        tracing::warn!("requests under way were cut off");
    }
    off_thread(move || database.settle()).await??;
    tracing::info!("stopped");
    Ok(())
}

/// The end of an answer does not wait until the client has confirmed what came before it.
pub(crate) fn send_at_once(line: &mut TcpStream) {
    if let Err(error) = line.set_nodelay(true) {
        tracing::debug!(%error, "answers on this line may come late");
    }
}

/// Once at the start and once a day. A failure waits for the next day.
async fn keep_house(database: Database, closing: CancellationToken) {
    loop {
        let database = database.clone();
        let forget = move || replication::forget_old(&database, Clock::system().micros());
        match off_thread(forget).await {
            Ok(Ok(forgotten)) => tracing::debug!(forgotten, "kept house"),
            Ok(Err(error)) => tracing::warn!(%error, "could not keep house"),
            Err(error) => tracing::warn!(%error, "could not keep house"),
        }
        tokio::select! {
            () = closing.cancelled() => return,
            () = tokio::time::sleep(A_DAY) => {}
        }
    }
}

async fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    match TcpListener::bind(address).await {
        Ok(listener) => Ok(listener),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            bail!("port {} is taken by another program: choose another with --port", address.port())
        }
        Err(error) => Err(error).with_context(|| format!("cannot listen on {address}")),
    }
}

/// The database, with its tables and, if wished, its sample district.
fn prepare(options: &Serve, data: &DataDir) -> anyhow::Result<Database> {
    let location = location(&options.store, data);
    if options.fresh {
        start_over(&location, data, options.store.connections)?;
    }
    let database = Database::open(&location, options.store.connections)?;
    if options.sample && sample::seed(&database, Clock::system().now(), &Stages::on_stderr())? == Seeded::NotEmpty {
        bail!("this database holds districts of its own: leave --sample out, or choose another with --data-dir");
    }
    Ok(database)
}

/// Where the data is: at the given address, or in the data folder.
pub fn location(store: &Store, data: &DataDir) -> Location {
    store.database_url.as_deref().map_or_else(|| data.database(), Location::parse)
}

/// Empties the database. Phones that signed in to it hold work that it has not seen.
fn start_over(location: &Location, data: &DataDir, connections: u32) -> anyhow::Result<()> {
    if matches!(location, Location::Sqlite(file) if !file.exists()) {
        return Ok(());
    }
    let database = Database::open(location, connections)?;
    let phones = database.read(devices::phones)?;
    drop(database);
    if phones > 0 && !confirmed(phones)? {
        bail!("nothing was changed");
    }
    match location {
        Location::Sqlite(_) => data.forget_database(),
        Location::Postgres(_) => migrate::down(location),
    }
}

fn confirmed(phones: i64) -> anyhow::Result<bool> {
    if !io::stdin().is_terminal() {
        bail!("{phones} phones have signed in to this database: run --fresh in a terminal, where it can ask");
    }
    let mut out = io::stdout();
    write!(out, "{phones} phones have signed in to this database and will have to sign in anew. Start over? [y/N] ")?;
    out.flush()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

/// Cancels `closing` at the first signal; the second ends the process as it stands, which loses
/// nothing that was acknowledged.
async fn stop_when_told(closing: CancellationToken) {
    told().await;
    tracing::info!("stopping");
    closing.cancel();
    told().await;
    std::process::exit(INTERRUPTED);
}

#[cfg(unix)]
async fn told() {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut interrupt), Ok(mut terminate)) = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
    else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
}

#[cfg(not(unix))]
async fn told() {
    let _ = tokio::signal::ctrl_c().await;
}

/// For whoever started it, past the log.
fn say(line: &str) -> io::Result<()> {
    writeln!(io::stdout(), "{line}")
}
