use std::time::Duration;

use axum::body::to_bytes;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde_json::{Value, json};

use super::{Error, masked, report};
use crate::edge::RequestId;
use crate::fixture;

fn one_of_each() -> Vec<Error> {
    vec![
        Error::Unauthenticated,
        Error::NotFound,
        Error::Invalid { field: "login", why: "is empty" },
        Error::TooOld,
        Error::RateLimited { retry_after: Duration::from_millis(1500) },
        Error::TooComplex("too many fields"),
        Error::unavailable(anyhow::anyhow!("connection refused (os error 111)")),
        Error::internal(anyhow::anyhow!("no such column: secret")),
    ]
}

async fn over_http(error: Error, id: RequestId) -> (StatusCode, Value) {
    let response = report(error.into_response(), id);
    let status = response.status();
    let body = to_bytes(response.into_body(), 4096).await.unwrap();
    (status, serde_json::from_slice(&body).unwrap())
}

#[tokio::test]
async fn each_error_has_a_status_a_code_and_a_sentence() {
    let mut seen = Vec::new();
    for error in one_of_each() {
        let (status, body) = over_http(error, RequestId::new()).await;
        let error = &body["error"];
        seen.push(format!("{} {} {}", status.as_u16(), error["code"], error["message"]));
    }
    insta::assert_snapshot!(seen.join("\n"), @r#"
    401 "UNAUTHENTICATED" "sign in again"
    404 "NOT_FOUND" "no such thing, or none that you may see"
    400 "BAD_USER_INPUT" "login: is empty"
    426 "TOO_OLD" "this version is too old"
    429 "RATE_LIMITED" "too many requests, try again later"
    400 "QUERY_TOO_COMPLEX" "too many fields"
    503 "UNAVAILABLE" "not available at the moment, try again"
    500 "INTERNAL" "something went wrong"
    "#);
}

#[tokio::test]
async fn a_person_can_report_the_number_of_our_fault() {
    let id = RequestId::new();
    let (_, body) = over_http(Error::internal(anyhow::anyhow!("x")), id).await;
    assert_eq!(body["error"]["requestId"], json!(id.to_string()));
}

#[tokio::test]
async fn who_tries_too_often_is_told_when_to_come_back() {
    let error = Error::RateLimited { retry_after: Duration::from_secs(30) };
    let response = report(error.into_response(), RequestId::new());
    assert_eq!(response.headers()["retry-after"], "30");
}

#[tokio::test]
async fn no_word_of_sql_leaves() {
    let answer = fixture::schema().execute("{ sql foreign absent }").await;
    let id = RequestId::new();
    let errors = serde_json::to_value(masked(answer.errors, id)).unwrap();
    let told: Vec<_> = errors.as_array().unwrap().iter().map(|e| (&e["message"], &e["extensions"])).collect();
    let ours = json!({ "code": "INTERNAL", "requestId": id.to_string() });
    assert_eq!(
        told,
        [
            (&json!("something went wrong"), &ours),
            (&json!("something went wrong"), &ours),
            (&json!("no such thing, or none that you may see"), &json!({ "code": "NOT_FOUND" })),
        ]
    );
}

#[tokio::test]
async fn what_is_wrong_with_a_document_is_said_in_few_words() {
    let long = format!("{{ {} }}", "x".repeat(5_000));
    for document in ["{ nothing }", "{ twice(number: 3000000000) }", "{ twice }", long.as_str()] {
        let answer = fixture::schema().execute(document).await;
        for error in masked(answer.errors, RequestId::new()) {
            let extensions = serde_json::to_value(&error.extensions).unwrap();
            assert_eq!(extensions, json!({ "code": "BAD_USER_INPUT" }), "{}", error.message);
            assert!(error.message.len() < 310);
        }
    }
}

#[tokio::test]
async fn only_so_many_errors_are_listed() {
    let wrong: String = (0..400).map(|n| format!(" wrong{n}")).collect();
    let answer = fixture::schema().execute(format!("{{{wrong} }}")).await;
    assert_eq!(masked(answer.errors, RequestId::new()).len(), 20);
}
