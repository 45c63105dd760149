//! The cookies of a browser session. Its tokens live in them alone: scripts cannot read
//! them, other sites cannot send them, and they count only from our own pages.

use axum::http::header::{COOKIE, HOST, ORIGIN, SET_COOKIE};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use chrono::{DateTime, Utc};

use super::sign_in::Tokens;

/// Which of the three.
#[derive(Clone, Copy)]
pub enum Cookie {
    /// The access token: goes with every request.
    Access,
    /// The refresh token: goes to `/auth` alone.
    Refresh,
    /// A sign-in that was begun in this browser at an agency's own sign-in, and not come to its end.
    Attempt,
}

/// How cookies are written.
#[derive(Clone, Copy, Debug)]
pub struct Cookies {
    /// Whether browsers reach this server by https. Then the names say so, and a browser
    /// refuses the same cookies from anywhere else.
    pub secure: bool,
}

impl Cookies {
    fn name(self, cookie: Cookie) -> &'static str {
        match (cookie, self.secure) {
            (Cookie::Access, true) => "__Host-aimline-access",
            (Cookie::Access, false) => "aimline-access",
            (Cookie::Refresh, true) => "__Secure-aimline-refresh",
            (Cookie::Refresh, false) => "aimline-refresh",
            (Cookie::Attempt, true) => "__Secure-aimline-attempt",
            (Cookie::Attempt, false) => "aimline-attempt",
        }
    }

    /// A token that one of our own pages sends along.
    pub fn token(self, cookie: Cookie, headers: &HeaderMap) -> Option<&str> {
        if !is_from_our_page(headers) {
            return None;
        }
        let pairs =
            headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(';'));
        let mut named =
            pairs.filter_map(|pair| pair.trim().split_once('=')).filter(|(name, _)| *name == self.name(cookie));
        named.next().map(|(_, token)| token)
    }

    /// Hands tokens to a browser. The access cookie outlives its token, so that a late request
    /// is told to refresh and not taken for a stranger's.
    pub fn set(self, tokens: &Tokens, now: DateTime<Utc>) -> [(HeaderName, HeaderValue); 2] {
        let seconds = (tokens.refresh_expires_at - now).num_seconds();
        [
            self.header(Cookie::Access, &tokens.access, seconds),
            self.header(Cookie::Refresh, &tokens.refresh.to_text(), seconds),
        ]
    }

    /// Remembers which sign-in was begun here, for so long.
    pub fn attempt(self, attempt: &str, seconds: i64) -> (HeaderName, HeaderValue) {
        self.header(Cookie::Attempt, attempt, seconds)
    }

    /// Takes them back.
    pub fn clear(self) -> [(HeaderName, HeaderValue); 2] {
        [self.header(Cookie::Access, "", 0), self.header(Cookie::Refresh, "", 0)]
    }

    fn header(self, cookie: Cookie, token: &str, seconds: i64) -> (HeaderName, HeaderValue) {
        let path = match cookie {
            Cookie::Access => "/",
            Cookie::Refresh => "/auth",
            Cookie::Attempt => "/auth/oidc",
        };
        let secure = if self.secure { "; Secure" } else { "" };
        let name = self.name(cookie);
        let text = format!("{name}={token}; Path={path}; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}");
        (SET_COOKIE, HeaderValue::try_from(text).expect("base64, ids and our own words are header text"))
    }
}

/// Whether the browser says that one of our own pages asks. What says nothing is not
/// believed: cookies belong to browsers, and browsers say.
fn is_from_our_page(headers: &HeaderMap) -> bool {
    let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    match (text(&ORIGIN), text(&HOST)) {
        (Some(origin), Some(host)) => {
            origin.split_once("://").is_some_and(|(_, authority)| authority.eq_ignore_ascii_case(host))
        }
        (None, _) => text(&HeaderName::from_static("sec-fetch-site")) == Some("same-origin"),
        (Some(_), None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Cookies = Cookies { secure: false };

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn a_cookie_counts_only_from_our_own_pages() {
        let cookie = ("cookie", "theme=dark; aimline-access=token; x=y");
        let host = ("host", "school.example:8080");
        type Headers = Vec<(&'static str, &'static str)>;
        #[rustfmt::skip]
        let table: [(&str, Headers, Option<&str>); 7] = [
            ("our page posts",           vec![cookie, host, ("origin", "https://school.example:8080")],   Some("token")),
            ("our page gets",            vec![cookie, host, ("sec-fetch-site", "same-origin")],           Some("token")),
            ("another site",             vec![cookie, host, ("origin", "https://evil.example")],          None),
            ("another port",             vec![cookie, host, ("origin", "https://school.example")],        None),
            ("a sandboxed page",         vec![cookie, host, ("origin", "null")],                          None),
            ("a link from another site", vec![cookie, host, ("sec-fetch-site", "cross-site")],            None),
            ("nothing said",             vec![cookie, host],                                              None),
        ];
        for (name, pairs, expected) in table {
            assert_eq!(PLAIN.token(Cookie::Access, &headers(&pairs)), expected, "{name}");
        }
    }

    #[test]
    fn cookies_are_out_of_reach_of_scripts_and_other_sites() {
        let (_, plain) = PLAIN.header(Cookie::Refresh, "t", 60);
        assert_eq!(plain, "aimline-refresh=t; Path=/auth; Max-Age=60; HttpOnly; SameSite=Strict");
        let (_, secure) = Cookies { secure: true }.header(Cookie::Access, "t", 60);
        assert_eq!(secure, "__Host-aimline-access=t; Path=/; Max-Age=60; HttpOnly; SameSite=Strict; Secure");
    }
}
