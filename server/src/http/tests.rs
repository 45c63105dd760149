use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{ACCEPT, ALLOW, AUTHORIZATION, CONTENT_TYPE};
use axum::http::request::Builder;
use axum::http::{Method, Request, StatusCode};
use axum::middleware::from_fn_with_state;
use chrono::TimeDelta;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tower::ServiceExt;

use crate::app::graphql_routes;
use crate::door::documents::Documents;
use crate::door::rates::Rates;
use crate::edge::{self, Hardened};
use crate::fixture::{Served, schema};
use crate::front::Front;

const GRAPHQL: &str = "application/graphql-response+json";

fn routes(served: &Served) -> Router {
    graphql_routes(Front::new(served.app.clone(), schema())).layer(from_fn_with_state(Hardened::default(), edge::pass))
}

fn post() -> Builder {
    Request::post("/graphql").header(CONTENT_TYPE, "application/json").header(ACCEPT, GRAPHQL)
}

fn get(query: &str) -> Builder {
    Request::get(format!("/graphql?{query}")).header(ACCEPT, GRAPHQL)
}

/// Status, body, and what `Allow` says.
async fn send(served: &Served, request: Builder, body: impl Into<Body>) -> (u16, Value, String) {
    let request = request.body(body.into()).unwrap();
    let response = routes(served).oneshot(request).await.unwrap();
    let status = response.status().as_u16();
    let allow = response.headers().get(ALLOW).map_or(String::new(), |value| value.to_str().unwrap().into());
    let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    (status, serde_json::from_slice(&body).unwrap_or_default(), allow)
}

fn code(body: &Value) -> &str {
    body["errors"][0]["extensions"]["code"].as_str().unwrap_or_default()
}

#[tokio::test]
async fn a_query_is_answered_by_post_and_by_get() {
    let served = Served::new();
    let (status, body, _) = send(&served, post(), r#"{"query":"{ hello }"}"#).await;
    assert_eq!((status, body), (200, json!({ "data": { "hello": "world" } })));
    let (status, body, _) = send(&served, get("query=%7B%20hello%20%7D"), Body::empty()).await;
    assert_eq!((status, body), (200, json!({ "data": { "hello": "world" } })));
}

#[tokio::test]
async fn variables_and_the_operations_name_count_on_both_ways() {
    let served = Served::new();
    let document = "query a($n: Int!) { twice(number: $n) } query b { hello }";
    let body = json!({ "query": document, "operationName": "a", "variables": { "n": 4 } });
    let (_, answer, _) = send(&served, post(), body.to_string()).await;
    assert_eq!(answer["data"]["twice"], 8);

    let address =
        "query=query+a($n:Int!)%7Btwice(number:$n)%7D+query+b%7Bhello%7D&operationName=a&variables=%7B%22n%22:4%7D";
    let (_, answer, _) = send(&served, get(address), Body::empty()).await;
    assert_eq!(answer["data"]["twice"], 8);
}

#[tokio::test]
async fn what_may_change_something_never_comes_by_get() {
    let served = Served::new();
    let by_get = get("query=mutation%7Btouch(name:%22x%22)%7D");
    let (status, body, allow) = send(&served, by_get, Body::empty()).await;
    assert_eq!((status, code(&body), allow.as_str()), (405, "METHOD_NOT_ALLOWED", "POST"));
    let (status, ..) = send(&served, post(), r#"{"query":"mutation { touch(name: \"x\") }"}"#).await;
    assert_eq!(status, 200);
}

#[tokio::test]
async fn other_sites_forms_are_not_read() {
    let served = Served::new();
    for label in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"] {
        let form = Request::post("/graphql").header(CONTENT_TYPE, label);
        let (status, body, _) = send(&served, form, r#"{"query":"{ hello }"}"#).await;
        assert_eq!((status, code(&body)), (415, "UNSUPPORTED_MEDIA_TYPE"), "{label}");
    }
    let (status, ..) = send(&served, Request::post("/graphql"), r#"{"query":"{ hello }"}"#).await;
    assert_eq!(status, 415);
}

#[tokio::test]
async fn each_fault_of_a_request_has_its_status() {
    #[rustfmt::skip]
    let table: [(&str, &str, u16, &str); 9] = [
        ("not JSON",               "{",                                            400, "BAD_REQUEST"),
        ("a batch",                r#"[{"query":"{ hello }"}]"#,                   400, "BAD_REQUEST"),
        ("no query",               r#"{"variables":{}}"#,                          400, "BAD_REQUEST"),
        ("variables not a map",    r#"{"query":"{ hello }","variables":[1]}"#,     400, "BAD_REQUEST"),
        ("not GraphQL",            r#"{"query":"{ hello"}"#,                       400, "GRAPHQL_PARSE_FAILED"),
        ("no such field",          r#"{"query":"{ goodbye }"}"#,                   400, "BAD_USER_INPUT"),
        ("no such operation",      r#"{"query":"{ hello }","operationName":"x"}"#, 400, "BAD_USER_INPUT"),
        ("too deep",               &deep(20),                                      400, "QUERY_TOO_COMPLEX"),
        ("a subscription",         r#"{"query":"subscription { never }"}"#,        400, "BAD_REQUEST"),
    ];
    let served = Served::new();
    for (name, body, expected, word) in table {
        let (status, answer, _) = send(&served, post(), body.to_owned()).await;
        assert_eq!((status, code(&answer)), (expected, word), "{name}");
        assert!(answer.get("data").is_none(), "{name}");
    }
}

fn deep(levels: usize) -> String {
    let document = format!("{{ {} hello {} }}", "nested {".repeat(levels), "}".repeat(levels));
    json!({ "query": document }).to_string()
}

#[tokio::test]
async fn an_old_client_reads_the_body_and_not_the_status() {
    let served = Served::new();
    let old = || Request::post("/graphql").header(CONTENT_TYPE, "application/json").header(ACCEPT, "application/json");
    for document in ["{ goodbye }", "{ hello"] {
        let (status, body, _) = send(&served, old(), json!({ "query": document }).to_string()).await;
        assert_eq!((status, body["errors"].is_array()), (200, true), "{document}");
    }
}

#[tokio::test]
async fn a_body_without_end_is_not_read_to_its_end() {
    let served = Served::new();
    let huge = format!(r#"{{"query":"{{ hello }}","extensions":{{"x":"{}"}}}}"#, "x".repeat(super::BODY_LIMIT));
    let (status, body, _) = send(&served, post(), huge).await;
    assert_eq!((status, code(&body)), (413, "TOO_LARGE"));
}

#[tokio::test]
async fn what_nobody_reads_is_not_sent() {
    let served = Served::new();
    let html = Request::post("/graphql").header(CONTENT_TYPE, "application/json").header(ACCEPT, "text/html");
    assert_eq!(send(&served, html, r#"{"query":"{ hello }"}"#).await.0, 406);
    let delete = Request::builder().method(Method::DELETE).uri("/graphql");
    let (status, _, allow) = send(&served, delete, Body::empty()).await;
    assert_eq!((status, allow.as_str()), (405, "GET, POST"));
}

#[tokio::test]
async fn a_token_says_who_asks() {
    let served = Served::new();
    let ask = r#"{"query":"{ who }"}"#;
    let who = async |token: Option<&str>| {
        let request = match token {
            Some(token) => post().header(AUTHORIZATION, format!("Bearer {token}")),
            None => post(),
        };
        let (status, body, _) = send(&served, request, ask).await;
        (status, body["data"]["who"].clone(), code(&body).to_owned())
    };
    assert_eq!(who(None).await, (200, Value::Null, String::new()));
    assert_eq!(who(Some(&served.token)).await, (200, json!(served.account.to_string()), String::new()));
    assert_eq!(who(Some("stolen")).await, (401, Value::Null, "UNAUTHENTICATED".into()));

    served.pass(TimeDelta::minutes(16));
    assert_eq!(who(Some(&served.token)).await, (401, Value::Null, "UNAUTHENTICATED".into()));
}

#[tokio::test]
async fn nobody_who_was_signed_out_elsewhere_goes_on() {
    let served = Served::new();
    served.sign_out();
    let request = post().header(AUTHORIZATION, format!("Bearer {}", served.token));
    assert_eq!(send(&served, request, r#"{"query":"{ hello }"}"#).await.0, 401);
}

#[tokio::test]
async fn a_failure_keeps_what_else_was_asked() {
    let served = Served::new();
    let (status, body, _) = send(&served, post(), r#"{"query":"{ absent hello }"}"#).await;
    assert_eq!(status, 200);
    assert_eq!(body["data"], json!({ "absent": null, "hello": "world" }));
    assert_eq!(code(&body), "NOT_FOUND");
}

#[tokio::test]
async fn answers_are_kept_by_no_cache_and_carry_their_number() {
    let served = Served::new();
    let request = post().body(Body::from(r#"{"query":"{ hello }"}"#)).unwrap();
    let response = routes(&served).oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    let headers = response.headers();
    assert_eq!(headers["cache-control"], "private, no-store");
    assert_eq!(headers["x-request-id"].len(), 32);
    assert!(headers["content-security-policy"].to_str().unwrap().contains("'wasm-unsafe-eval'"));
}

#[tokio::test]
async fn the_schema_is_explained_only_where_that_was_asked_for() {
    let mut served = Served::new();
    let ask = r#"{"query":"{ __schema { queryType { name } } }"}"#;
    let (status, body, _) = send(&served, post(), ask).await;
    assert_eq!((status, code(&body)), (400, "INTROSPECTION_OFF"));
    assert_eq!(send(&served, post(), r#"{"query":"{ __typename }"}"#).await.0, 200);
    served.app.door.introspection = true;
    assert_eq!(send(&served, post(), ask).await.0, 200);
}

#[tokio::test]
async fn a_document_is_carried_out_by_its_name() {
    let mut served = Served::new();
    let pages = tempfile::tempdir().unwrap();
    std::fs::write(pages.path().join("documents.json"), r#"{"its name":"{ hello }"}"#).unwrap();
    served.app.door.documents = Arc::new(Documents::of(pages.path(), true).unwrap());
    let name: String = Sha256::digest("{ hello }").iter().map(|byte| format!("{byte:02x}")).collect();

    let (status, body, _) = send(&served, post(), format!(r#"{{"documentId":"sha256:{name}"}}"#)).await;
    assert_eq!((status, body), (200, json!({ "data": { "hello": "world" } })));
    let (status, ..) = send(&served, get(&format!("documentId=sha256:{name}")), Body::empty()).await;
    assert_eq!(status, 200);
    assert_eq!(send(&served, post(), r#"{"query":"{ hello }"}"#).await.0, 200, "the pages' own, in full");
    for (refused, why) in [
        (r#"{"query":"{ nested { hello } }"}"#, "UNTRUSTED_DOCUMENT"),
        (r#"{"documentId":"sha256:00"}"#, "UNKNOWN_DOCUMENT"),
        (r#"{"documentId":"sha256:00","query":"{ hello }"}"#, "BAD_REQUEST"),
        ("{}", "BAD_REQUEST"),
    ] {
        let (status, body, _) = send(&served, post(), refused).await;
        assert_eq!((status, code(&body)), (400, why), "{refused}");
    }
}

#[tokio::test]
async fn whoever_asks_without_end_is_told_when_to_come_back() {
    let mut served = Served::new();
    served.app.door.rates = Arc::new(Rates::of(1));
    let ask = async |token: Option<&str>, body: &'static str| {
        let request = match token {
            Some(token) => post().header(AUTHORIZATION, format!("Bearer {token}")),
            None => post(),
        };
        let response = routes(&served).oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        (response.status().as_u16(), response.headers().clone())
    };
    // How many are let in before it says to wait, and what it says then.
    let until_refused = async |token: Option<&str>, body| {
        for asked in 0..200 {
            let (status, headers) = ask(token, body).await;
            if status == 429 {
                return (asked, headers);
            }
        }
        panic!("it goes on for ever");
    };
    let hello = r#"{"query":"{ hello }"}"#;
    let (_, first) = ask(Some(&served.token), hello).await;
    assert_eq!(first["ratelimit-limit"], "20");
    assert_eq!(first["ratelimit-remaining"], "19");
    let (asked, refused) = until_refused(Some(&served.token), hello).await;
    assert!((19..25).contains(&asked), "{asked}");
    assert_eq!(refused["retry-after"], "1");
    assert_eq!(ask(None, hello).await.0, 200, "others are not held up");
    let (asked, _) = until_refused(Some("stolen"), "what is not even GraphQL").await;
    assert!(asked < 50, "counted by where it comes from, whatever it says");
}
