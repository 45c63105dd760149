//! Where a request comes from. A header may say it only where something that we were told to
//! trust passed the request on: anybody can write a header.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName};
use axum::middleware::Next;
use axum::response::Response;
use ipnet::IpNet;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Where a request comes from, as far as it matters for counting: one household has many
/// addresses of version 6, all of which begin alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Network(IpAddr);

impl Network {
    /// The network of an address.
    pub fn of(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
            address => address,
        })
    }
}

impl Default for Network {
    /// Of whoever has no address.
    fn default() -> Self {
        Self(IpAddr::V4(Ipv4Addr::UNSPECIFIED))
    }
}

impl<S: Sync> FromRequestParts<S> for Network {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get().copied().unwrap_or_default())
    }
}

/// What stands between browsers and this server, and says whom it speaks for.
#[derive(Debug, Default)]
pub struct Proxies {
    trusted: Vec<IpNet>,
}

impl Proxies {
    /// These and no others.
    pub fn new(trusted: Vec<IpNet>) -> Self {
        Self { trusted }
    }

    /// Who asks: the last in the chain of those who passed the request on whom we do not trust.
    /// What stands before it was written by whoever it was.
    fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let said = headers.get_all(FORWARDED_FOR).iter().map(|value| String::from_utf8_lossy(value.as_bytes()));
        let said: Vec<String> =
            said.flat_map(|list| list.split(',').map(|hop| hop.trim().to_owned()).collect::<Vec<_>>()).collect();
        let mut client = peer.to_canonical();
        for hop in said.iter().rev() {
            let Some(before) = self.trusts(client).then(|| read(hop)).flatten() else { break };
            client = before;
        }
        client
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.trusted.iter().any(|net| net.contains(&address))
    }
}

/// An address, as some proxies write it with a port or in brackets.
fn read(hop: &str) -> Option<IpAddr> {
    let bare = hop.strip_prefix('[').and_then(|hop| hop.strip_suffix(']')).unwrap_or(hop);
    let address = bare.parse().ok().or_else(|| hop.parse::<SocketAddr>().ok().map(|address| address.ip()));
    address.map(|address| address.to_canonical())
}

/// Finds out where a request comes from, for all who ask further in.
pub async fn locate(State(proxies): State<Arc<Proxies>>, mut request: Request, next: Next) -> Response {
    if let Some(ConnectInfo(peer)) = request.extensions().get::<ConnectInfo<SocketAddr>>() {
        let client = proxies.client(peer.ip(), request.headers());
        request.extensions_mut().insert(Network::of(client));
    }
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn client(trusted: &[&str], peer: &str, said: &[&str]) -> String {
        let proxies = Proxies::new(trusted.iter().map(|net| net.parse().expect("a network")).collect());
        let mut headers = HeaderMap::new();
        for line in said {
            headers.append(FORWARDED_FOR, HeaderValue::from_bytes(line.as_bytes()).expect("a header"));
        }
        proxies.client(peer.parse().expect("an address"), &headers).to_string()
    }

    #[test]
    fn only_who_is_trusted_says_whom_it_speaks_for() {
        assert_eq!(client(&[], "203.0.113.9", &["198.51.100.7"]), "203.0.113.9");
        assert_eq!(client(&["10.0.0.0/8"], "203.0.113.9", &["198.51.100.7"]), "203.0.113.9");
        assert_eq!(client(&["10.0.0.0/8"], "10.1.2.3", &["198.51.100.7"]), "198.51.100.7");
        assert_eq!(client(&["10.0.0.0/8"], "::ffff:10.1.2.3", &["198.51.100.7:4711"]), "198.51.100.7");
    }

    #[test]
    fn what_a_client_wrote_before_the_proxies_is_not_believed() {
        let trusted = &["10.0.0.0/8", "fd00::/8"];
        assert_eq!(client(trusted, "10.1.2.3", &["127.0.0.1, 198.51.100.7", "fd00::1"]), "198.51.100.7");
        assert_eq!(client(trusted, "10.1.2.3", &["198.51.100.7, nonsense"]), "10.1.2.3");
        assert_eq!(client(trusted, "10.1.2.3", &[""]), "10.1.2.3");
        assert_eq!(client(trusted, "10.1.2.3", &["127.0.0.1", "ÿ, 198.51.100.7"]), "198.51.100.7");
        assert_eq!(client(trusted, "10.1.2.3", &["[2001:db8::1]"]), "2001:db8::1");
    }

    #[test]
    fn a_household_is_one_network() {
        let network = |text: &str| Network::of(text.parse().expect("an address"));
        assert_eq!(network("2001:db8:1:2:3::4"), network("2001:db8:1:2::ffff"));
        assert_ne!(network("2001:db8:1:3::"), network("2001:db8:1:2::"));
        assert_eq!(network("::ffff:192.0.2.1"), network("192.0.2.1"));
    }
}
