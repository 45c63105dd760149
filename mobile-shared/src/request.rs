//! Requests as they go over HTTP, and what their answers say.

use crate::effect::Request;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use sync::{Micros, page::PullRequest, push::PushRequest, wire};

/// What an answer says, before anybody looks at the content.
#[derive(Debug)]
pub(crate) enum Answer<T> {
    /// This.
    Got(T),
    /// The access token is not good (any more).
    Unauthenticated,
    /// The request itself is refused; the same again would be, too.
    Refused {
        /// Which part of it, if one is named.
        field: Option<String>,
    },
    /// Nothing that can be used: try again later.
    Trouble,
}

/// A push of operations.
pub(crate) fn push(name: String, token: &str, push: &PushRequest) -> Request {
    graphql(name, token, "mutation($b:SyncChunk!){syncPush(batch:$b)}", json!({"b": wire::close(push)}))
}

/// A pull of changes.
pub(crate) fn pull(name: String, token: &str, pull: &PullRequest) -> Request {
    graphql(name, token, "query($r:SyncChunk!){syncPull(request:$r)}", json!({"r": wire::close(pull)}))
}

fn graphql(name: String, token: &str, query: &str, variables: Value) -> Request {
    let mut request = post(name, "/graphql", Some(token), &json!({"query": query, "variables": variables}));
    request.headers.insert("accept".into(), "application/graphql-response+json".into());
    request
}

/// A POST of JSON.
pub(crate) fn post(name: String, path: &str, token: Option<&str>, body: &Value) -> Request {
    let mut headers = BTreeMap::from([("content-type".to_owned(), "application/json".to_owned())]);
    if let Some(token) = token {
        headers.insert("authorization".into(), format!("Bearer {token}"));
    }
    Request { request: name, method: "POST".into(), path: path.into(), headers, body: body.to_string() }
}

/// Reads the chunk that one field of a GraphQL answer holds.
pub(crate) fn chunk<T: DeserializeOwned>(status: u16, body: &str, field: &str) -> Answer<T> {
    #[derive(Deserialize)]
    struct Response {
        #[serde(default)]
        data: Option<Map<String, Value>>,
        #[serde(default)]
        errors: Vec<Error>,
    }
    #[derive(Deserialize)]
    struct Error {
        #[serde(default)]
        extensions: Extensions,
    }
    #[derive(Deserialize, Default)]
    struct Extensions {
        #[serde(default)]
        code: String,
        #[serde(default)]
        field: Option<String>,
    }
    let Ok(response) = serde_json::from_str::<Response>(body) else {
        return if status == 401 { Answer::Unauthenticated } else { Answer::Trouble };
    };
    if status == 401 || response.errors.iter().any(|error| error.extensions.code == "UNAUTHENTICATED") {
        return Answer::Unauthenticated;
    }
    let refused = |error: &&Error| ["BAD_USER_INPUT", "NOT_FOUND"].contains(&error.extensions.code.as_str());
    if let Some(error) = response.errors.iter().find(refused) {
        return Answer::Refused { field: error.extensions.field.clone() };
    }
    let chunk = response.data.and_then(|mut data| data.remove(field));
    match chunk.as_ref().and_then(Value::as_str).map(wire::open) {
        Some(Ok(opened)) => Answer::Got(opened),
        _ => Answer::Trouble,
    }
}

/// What the doors of sign-in answer; the account is there after a sign-in, not after a
/// refresh.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Tokens {
    pub(crate) access: String,
    access_expires_at: i64,
    pub(crate) refresh: String,
    server_time: i64,
    #[serde(default)]
    pub(crate) account: Option<crate::store::meta::Account>,
}

impl Tokens {
    /// Until when the access token is good, by the server's clock.
    pub(crate) fn access_until(&self) -> Micros {
        Micros::from_millis(self.access_expires_at)
    }

    /// The server's clock when it answered.
    pub(crate) fn server_time(&self) -> Micros {
        Micros::from_millis(self.server_time)
    }
}

/// Why a door of sign-in stays shut.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Shut {
    /// Why.
    pub(crate) code: String,
    /// Which part of what was typed.
    pub(crate) field: Option<String>,
}

/// Reads the answer of a door of sign-in. A refusal that can be acted on is `Err`.
pub(crate) fn tokens(status: u16, body: &str) -> Answer<Result<Tokens, Shut>> {
    #[derive(Deserialize)]
    struct Refusal {
        error: Reason,
    }
    #[derive(Deserialize)]
    struct Reason {
        code: String,
        #[serde(default)]
        field: Option<String>,
    }
    match status {
        200..300 => serde_json::from_str(body).map_or(Answer::Trouble, |tokens| Answer::Got(Ok(tokens))),
        400..500 => serde_json::from_str::<Refusal>(body).map_or(Answer::Trouble, |refusal| {
            Answer::Got(Err(Shut { code: refusal.error.code, field: refusal.error.field }))
        }),
        _ => Answer::Trouble,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_whatever_its_status_says() {
        let body = json!({"data": {"syncPush": wire::close(&7)}}).to_string();
        assert!(matches!(chunk::<u8>(200, &body, "syncPush"), Answer::Got(7)));
        let refused = json!({"errors": [{"message": "m", "extensions": {"code": "UNAUTHENTICATED"}}]}).to_string();
        assert!(matches!(chunk::<u8>(200, &refused, "syncPush"), Answer::Unauthenticated));
        assert!(matches!(chunk::<u8>(502, "<html>", "syncPush"), Answer::Trouble));
        assert!(matches!(chunk::<u8>(200, &json!({"data": null}).to_string(), "syncPush"), Answer::Trouble));
    }

    #[test]
    fn a_refused_sign_in_names_why() {
        let body = json!({"error": {"code": "SIGN_IN_AGAIN", "message": "m"}}).to_string();
        let shut = Shut { code: "SIGN_IN_AGAIN".into(), field: None };
        assert!(matches!(tokens(401, &body), Answer::Got(Err(why)) if why == shut));
        assert!(matches!(tokens(500, &body), Answer::Trouble));
    }
}
