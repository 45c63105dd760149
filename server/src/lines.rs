//! The lines that clients open: each speaks HTTP/1.1, and none is kept that says nothing. A line may
//! rest between two requests and take its time over the head of one, up to a bound; what a body may
//! take is the routes' matter, and sockets have their own pings.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use axum::serve::Listener;
use hyper::body::Incoming;
use hyper::rt::{Read, Write};
use hyper::server::conn::http1::{self, UpgradeableConnection};
use hyper::service::{HttpService, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

/// How long a line may say nothing before the head of its next request is whole. Longer than what
/// proxies keep a line of theirs for, so that it is they who hang up.
pub const SILENCE: Duration = Duration::from_secs(90);

/// Answers on every line until told to stop, and then until the last answer is given.
pub async fn serve<L>(mut listener: L, routes: Router, silence: Duration, closing: CancellationToken)
where
    L: Listener<Addr = SocketAddr>,
{
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(silence);
    let mut open = JoinSet::new();
    loop {
        let (line, from) = tokio::select! {
            accepted = listener.accept() => accepted,
            Some(_) = open.join_next() => continue,
            () = closing.cancelled() => break,
        };
        let routes = routes.clone();
        let answer = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(from));
            let routes = routes.clone();
            async move {
                Ok::<_, Infallible>(routes.oneshot(request.map(Body::new)).await.unwrap_or_else(|never| match never {}))
            }
        });
        let line = http.serve_connection(TokioIo::new(line), answer).with_upgrades();
        open.spawn(until_told(line, closing.clone()));
    }
    drop(listener);
    while open.join_next().await.is_some() {}
}

/// Answers on one line until it ends. When told to stop, the answer under way is the last.
async fn until_told<I, S>(line: UpgradeableConnection<I, S>, closing: CancellationToken)
where
    I: Read + Write + Unpin + Send + 'static,
    S: HttpService<Incoming, ResBody = Body, Error = Infallible>,
{
    let mut line = pin!(line);
    let ended = tokio::select! {
        ended = line.as_mut() => ended,
        () = closing.cancelled() => {
            line.as_mut().graceful_shutdown();
            line.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a line ended");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};

    /// A server whose lines may say nothing for so long.
    async fn served(silence: Duration, closing: CancellationToken) -> (SocketAddr, tokio::task::JoinHandle<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("it is bound");
        let slow = get(async || {
            tokio::time::sleep(Duration::from_millis(300)).await;
            "at last"
        });
        let routes = Router::new().route("/", get(async || "welcome")).route("/slow", slow);
        (address, tokio::spawn(serve(listener, routes, silence, closing)))
    }

    async fn heard(line: &mut TcpStream) -> String {
        let mut answer = String::new();
        line.read_to_string(&mut answer).await.expect("the line ends in order");
        answer
    }

    #[tokio::test]
    async fn a_line_that_says_nothing_is_hung_up_and_one_that_waits_for_an_answer_is_not() {
        let (address, _serving) = served(Duration::from_millis(100), CancellationToken::new()).await;
        let mut silent = TcpStream::connect(address).await.expect("a line");
        assert_eq!(heard(&mut silent).await, "");

        let mut dawdling = TcpStream::connect(address).await.expect("a line");
        dawdling.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n").await.expect("is sent");
        assert!(!heard(&mut dawdling).await.contains("welcome"));

        let mut patient = TcpStream::connect(address).await.expect("a line");
        patient.write_all(b"GET /slow HTTP/1.1\r\nhost: x\r\n\r\n").await.expect("is sent");
        assert!(heard(&mut patient).await.ends_with("at last"), "and then it is idle, and ends");
    }

    #[tokio::test]
    async fn who_is_being_answered_when_the_server_stops_gets_the_answer() {
        let closing = CancellationToken::new();
        let (address, serving) = served(SILENCE, closing.clone()).await;
        let mut resting = TcpStream::connect(address).await.expect("a line");
        resting.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.expect("is sent");
        let mut first = [0; 12];
        resting.read_exact(&mut first).await.expect("an answer");
        let mut asking = TcpStream::connect(address).await.expect("a line");
        asking.write_all(b"GET /slow HTTP/1.1\r\nhost: x\r\n\r\n").await.expect("is sent");
        tokio::time::sleep(Duration::from_millis(50)).await;
        closing.cancel();
        assert!(heard(&mut asking).await.ends_with("at last"));
        serving.await.expect("it stops, although a line was open");
    }
}
