//! Which of the two media types a client wants.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT;

/// How an answer is labelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Media {
    /// `application/graphql-response+json`: the status tells what became of the document.
    GraphQl,
    /// `application/json`, from before there was another: 200 for whatever GraphQL answers.
    Json,
}

impl Media {
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::GraphQl => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }
}

/// The best of what is accepted; `None` if it is neither. Without `Accept` it is plain JSON.
pub(super) fn negotiate(headers: &HeaderMap) -> Option<Media> {
    if !headers.contains_key(ACCEPT) {
        return Some(Media::Json);
    }
    let ranges = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let mut best: Option<(f32, u8, Media)> = None;
    for (quality, rank, media) in ranges.flat_map(|value| value.split(',')).filter_map(offer) {
        if best.is_none_or(|(q, r, _)| (quality, rank) > (q, r)) {
            best = Some((quality, rank, media));
        }
    }
    best.map(|(_, _, media)| media)
}

/// What we have for one media range: its quality, and its rank among equals.
fn offer(range: &str) -> Option<(f32, u8, Media)> {
    let mut parts = range.split(';').map(str::trim);
    let name = parts.next()?.to_ascii_lowercase();
    let mut quality = 1.0;
    for part in parts {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        let value = value.trim().trim_matches('"');
        match key.trim().to_ascii_lowercase().as_str() {
            "q" => quality = value.parse().ok()?,
            "charset" if !value.eq_ignore_ascii_case("utf-8") => return None,
            _ => {}
        }
    }
    let (rank, media) = match name.as_str() {
        "application/graphql-response+json" => (2, Media::GraphQl),
        "application/json" => (1, Media::Json),
        "application/*" | "*/*" => (0, Media::Json),
        _ => return None,
    };
    (quality > 0.0).then_some((quality, rank, media))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_gets_what_it_likes_best() {
        #[rustfmt::skip]
        let table = [
            (None,                                                                 Some(Media::Json)),
            (Some("application/json"),                                             Some(Media::Json)),
            (Some("application/graphql-response+json"),                            Some(Media::GraphQl)),
            (Some("application/graphql-response+json, application/json;q=0.9"),    Some(Media::GraphQl)),
            (Some("application/json, application/graphql-response+json"),          Some(Media::GraphQl)),
            (Some("application/json, application/graphql-response+json;q=0.5"),    Some(Media::Json)),
            (Some("application/graphql-response+json;q=0, */*"),                   Some(Media::Json)),
            (Some("*/*"),                                                          Some(Media::Json)),
            (Some("APPLICATION/JSON; charset=UTF-8"),                              Some(Media::Json)),
            (Some("application/json; charset=iso-8859-1"),                         None),
            (Some("text/html"),                                                    None),
        ];
        for (accept, expected) in table {
            let headers = accept.map(|accept| (ACCEPT, accept.parse().unwrap())).into_iter().collect();
            assert_eq!(negotiate(&headers), expected, "{accept:?}");
        }
    }
}
