//! TLS in the server itself, for a school that puts nothing before it. The certificate is read
//! again when its file changes, so that renewing it needs no restart.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use anyhow::Context;
use axum::serve::Listener;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::door::address::Network;

use crate::serve::send_at_once;

/// How long a client may take to agree on keys.
const HANDSHAKE: Duration = Duration::from_secs(5);
/// Handshakes at once of one network: a school's phones come in many at once, and answer.
const MOST_OF_ONE: usize = 64;
/// Handshakes at once of all.
const MOST: usize = 2_048;
/// Lines that wait to be taken up.
const AGREED: usize = 64;
/// How often the file is looked at.
const LOOK: Duration = Duration::from_secs(60);

/// A certificate's chain and its key, each in a PEM file.
#[derive(Clone, Debug)]
pub struct Files {
    /// The server's certificate first, then those that vouch for it.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// A certificate that can be shown to clients.
pub struct Certificate {
    files: Files,
    acceptor: TlsAcceptor,
    changed_at: Option<[SystemTime; 2]>,
}

impl Certificate {
    /// Reads it; says what is wrong with it before anybody connects.
    pub fn read(files: Files) -> anyhow::Result<Self> {
        let changed_at = changed_at(&files);
        let of = |file: &Path| format!("cannot read {}", file.display());
        let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_file_iter(&files.certificate)
            .and_then(Iterator::collect)
            .with_context(|| of(&files.certificate))?;
        let key = PrivateKeyDer::from_pem_file(&files.key).with_context(|| of(&files.key))?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .context("the certificate and its key do not belong together")?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self { files, acceptor: TlsAcceptor::from(Arc::new(config)), changed_at })
    }

    /// Shows it to all who connect from now on.
    pub fn listen(self, listener: TcpListener) -> std::io::Result<TlsListener> {
        let address = listener.local_addr()?;
        let (agree, agreed) = mpsc::channel(AGREED);
        tokio::spawn(accept(listener, self, agree));
        Ok(TlsListener { agreed, address })
    }

    /// Itself, or what has taken its place in the file.
    fn look_again(&mut self) {
        let now = changed_at(&self.files);
        if now.is_none() || now == self.changed_at {
            return;
        }
        match Self::read(self.files.clone()) {
            Ok(fresh) => *self = fresh,
            Err(error) => tracing::warn!(error = format!("{error:#}"), "the old certificate is kept"),
        }
    }
}

fn changed_at(files: &Files) -> Option<[SystemTime; 2]> {
    let of = |file: &Path| std::fs::metadata(file).and_then(|known| known.modified()).ok();
    Some([of(&files.certificate)?, of(&files.key)?])
}

/// Takes connections whose keys are agreed on. A client that dawdles keeps nobody waiting.
pub struct TlsListener {
    agreed: mpsc::Receiver<(TlsStream<TcpStream>, SocketAddr)>,
    address: SocketAddr,
}

async fn accept(
    mut listener: TcpListener,
    mut certificate: Certificate,
    agree: mpsc::Sender<(TlsStream<TcpStream>, SocketAddr)>,
) {
    let mut look = tokio::time::interval(LOOK);
    let under_way = UnderWay::default();
    loop {
        let (mut stream, from) = tokio::select! {
            accepted = Listener::accept(&mut listener) => accepted,
            () = agree.closed() => return,
            _ = look.tick() => {
                certificate.look_again();
                continue;
            }
        };
        // Who keeps many lines open and says nothing closes the port to nobody but itself.
        let Some(place) = under_way.take(Network::of(from.ip())) else { continue };
        send_at_once(&mut stream);
        let (handshake, agree) = (certificate.acceptor.accept(stream), agree.clone());
        tokio::spawn(async move {
            match tokio::time::timeout(HANDSHAKE, handshake).await {
                Ok(Ok(stream)) => drop(agree.send((stream, from)).await),
                Ok(Err(error)) => tracing::debug!(%error, "no keys were agreed on"),
                Err(_) => tracing::debug!("a client took too long to agree on keys"),
            }
            drop(place);
        });
    }
}

/// The handshakes under way, by network.
#[derive(Clone, Default)]
struct UnderWay(Arc<Mutex<HashMap<Network, usize>>>);

/// One of them.
struct Place(UnderWay, Network);

impl UnderWay {
    fn take(&self, from: Network) -> Option<Place> {
        let mut all = self.counts();
        let of_it = all.get(&from).copied().unwrap_or_default();
        if of_it >= MOST_OF_ONE || all.values().sum::<usize>() >= MOST {
            return None;
        }
        all.insert(from, of_it + 1);
        Some(Place(self.clone(), from))
    }

    fn counts(&self) -> MutexGuard<'_, HashMap<Network, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut all = self.0.counts();
        match all.get_mut(&self.1) {
            Some(many) if *many > 1 => *many -= 1,
            _ => drop(all.remove(&self.1)),
        }
    }
}

impl Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        match self.agreed.recv().await {
            Some(agreed) => agreed,
            // Nobody comes any more: the runtime is on its way down.
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> std::io::Result<Self::Addr> {
        Ok(self.address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::serve::ListenerExt;
    use rustls::pki_types::ServerName;
    use rustls::{ClientConfig, RootCertStore};
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio_rustls::TlsConnector;

    /// A new certificate for this machine, in a folder.
    fn certificate(folder: &Path) -> (Files, CertificateDer<'static>) {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
        let files = Files { certificate: folder.join("chain.pem"), key: folder.join("key.pem") };
        std::fs::write(&files.certificate, made.cert.pem()).expect("to write");
        std::fs::write(&files.key, made.signing_key.serialize_pem()).expect("to write");
        (files, made.cert.der().clone())
    }

    async fn ask(address: SocketAddr, trusted: &CertificateDer<'static>) -> std::io::Result<String> {
        let mut roots = RootCertStore::empty();
        roots.add(trusted.clone()).expect("a certificate");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_root_certificates(roots)
            .with_no_client_auth();
        let name = ServerName::try_from("localhost").expect("a name");
        let line = TcpStream::connect(address).await?;
        let mut line = TlsConnector::from(Arc::new(config)).connect(name, line).await?;
        line.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").await?;
        let mut answer = String::new();
        line.read_to_string(&mut answer).await?;
        Ok(answer)
    }

    async fn serve(certificate: Certificate) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let listener = certificate.listen(listener).expect("it listens");
        let address = listener.local_addr().expect("it is bound");
        let routes = axum::Router::new().fallback(|| async { "welcome" });
        tokio::spawn(async move {
            let routes = routes.into_make_service_with_connect_info::<SocketAddr>();
            axum::serve(listener.tap_io(|_| {}), routes).await
        });
        address
    }

    #[tokio::test]
    async fn https_is_spoken_and_who_dawdles_holds_nobody_up() {
        let folder = tempfile::tempdir().expect("a folder");
        let (files, der) = certificate(folder.path());
        let address = serve(Certificate::read(files).expect("it is sound")).await;
        let _silent = TcpStream::connect(address).await.expect("it is let in");
        let mut plain = TcpStream::connect(address).await.expect("it is let in");
        plain.write_all(b"GET / HTTP/1.1\r\n\r\n").await.expect("it writes");
        assert!(ask(address, &der).await.expect("an answer").ends_with("welcome"));
        let (_, other) = certificate(folder.path());
        assert!(ask(address, &other).await.is_err(), "another's certificate");
    }

    #[test]
    fn one_network_takes_no_more_than_its_places() {
        let under_way = UnderWay::default();
        let network = |last: u8| Network::of([192, 0, 2, last].into());
        let held: Vec<Place> = (0..MOST_OF_ONE).filter_map(|_| under_way.take(network(1))).collect();
        assert_eq!(held.len(), MOST_OF_ONE);
        assert!(under_way.take(network(1)).is_none());
        assert!(under_way.take(network(2)).is_some());
        drop(held);
        assert!(under_way.take(network(1)).is_some());
        assert!(under_way.counts().is_empty());
    }

    #[tokio::test]
    async fn a_renewed_certificate_is_shown_and_a_broken_one_is_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let (files, before) = certificate(folder.path());
        let mut read = Certificate::read(files.clone()).expect("it is sound");
        let (_, renewed) = certificate(folder.path());
        read.changed_at = None;
        read.look_again();
        std::fs::write(&files.certificate, "nothing").expect("to write");
        read.changed_at = None;
        read.look_again();
        let address = serve(read).await;
        assert!(ask(address, &renewed).await.is_ok());
        assert!(ask(address, &before).await.is_err());
    }

    #[test]
    fn what_is_wrong_with_a_certificate_is_said_at_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let (files, _) = certificate(folder.path());
        let why = |files: &Files| format!("{:#}", Certificate::read(files.clone()).err().expect("it is wrong"));
        let (other, _) = certificate(tempfile::tempdir().expect("a folder").path());
        assert!(why(&Files { key: other.key, ..files.clone() }).contains("cannot read"));
        let strange = folder.path().join("strange.pem");
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
        std::fs::write(&strange, made.signing_key.serialize_pem()).expect("to write");
        assert!(why(&Files { key: strange, ..files }).contains("do not belong together"));
    }
}
