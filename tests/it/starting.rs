//! The program `aimline` as `cargo xtask run` starts it: first and second start, what is in its
//! way, an end in the middle, and starting over.

#![expect(clippy::unwrap_used, reason = "a test says what it expects")]

use std::net::TcpListener;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use server::db::Location;
use server::db::testing::fresh_postgres;
use tempfile::TempDir;
use tests::Http;
use tests::program::{self, Running};

fn secret(data: &TempDir) -> Vec<u8> {
    std::fs::read(data.path().join("secret")).unwrap()
}

/// A phone on which somebody of the sample signs in: a token.
fn sign_in(server: &Running, login: &str, password: &str) -> (Http, String) {
    let mut http = Http::new(&server.address);
    let device = json!({"kind": "phone", "name": "A phone", "store": uuid::Uuid::new_v4()});
    let answer =
        http.post_json("/auth/sign-in", None, &json!({"login": login, "password": password, "device": device}));
    assert_eq!(answer.status, 200, "{}", answer.body);
    let token = answer.json()["access"].as_str().unwrap().to_owned();
    (http, token)
}

/// Names of the districts in which the sample's provider works, with the students she sees.
fn districts(server: &Running) -> Value {
    let (mut http, token) = sign_in(server, "provider", "yellow river lantern");
    let query = "{viewer{people{agency{name students{totalCount}}}}}";
    http.post_json("/graphql", Some(&token), &json!({"query": query})).json()["data"]["viewer"]["people"].clone()
}

#[test]
fn a_first_start_serves_and_ctrl_c_ends_it_in_order() {
    let data = TempDir::new().unwrap();

    let server = Running::start(data.path(), &[]).unwrap();

    assert!(server.answers("/healthz") && server.answers("/readyz"));
    assert!(server.interrupt());
}

#[test]
fn a_second_start_takes_under_three_seconds_and_keeps_the_installation() {
    let data = TempDir::new().unwrap();
    assert!(Running::start(data.path(), &[]).unwrap().interrupt());
    let first = secret(&data);

    let started = Instant::now();
    let server = Running::start(data.path(), &[]).unwrap();

    assert!(server.answers("/readyz"));
    assert!(started.elapsed() < Duration::from_secs(3), "{:?}", started.elapsed());
    assert_eq!(secret(&data), first);
}

/// One story, because drawing the sample takes longer than everything else here.
#[test]
fn a_sample_interrupted_in_the_middle_is_finished_kept_and_not_started_over_unasked() {
    let data = TempDir::new().unwrap();
    program::interrupted_at(data.path(), &["--sample"], |line| line.contains("writing"));

    let server = Running::start(data.path(), &["--sample"]).unwrap();
    let found = districts(&server);
    assert_eq!(found.as_array().map(Vec::len), Some(2), "{found}");
    assert!(server.interrupt());

    let started = Instant::now();
    let server = Running::start(data.path(), &["--sample"]).unwrap();
    assert!(started.elapsed() < Duration::from_secs(3), "{:?}", started.elapsed());
    assert_eq!(districts(&server), found, "a second start keeps the data");
    assert!(server.interrupt());

    let refused = Running::start(data.path(), &["--fresh"]).unwrap_err();
    assert!(refused.contains("phones have signed in") && refused.contains("in a terminal"), "{refused}");
    let fresh = ["serve", "--fresh", "--port", "0"];
    let Some(refused) = program::at_a_terminal(data.path(), &fresh, "n\n") else { return };
    assert!(refused.contains("Start over? [y/N]") && refused.contains("nothing was changed"), "{refused}");
    let server = Running::start(data.path(), &[]).unwrap();
    assert_eq!(districts(&server), found, "whoever says no keeps the data");
}

#[test]
fn a_fresh_start_without_phones_asks_nobody() {
    let data = TempDir::new().unwrap();
    assert!(Running::start(data.path(), &[]).unwrap().interrupt());
    assert!(Running::start(data.path(), &["--fresh"]).unwrap().answers("/readyz"));
}

#[test]
fn a_server_on_postgresql_keeps_everything_there() {
    let Some(fresh) = fresh_postgres() else { return };
    let Location::Postgres(url) = &fresh.location else { unreachable!("it is PostgreSQL") };
    let data = TempDir::new().unwrap();
    let roster = super::district::aspen();
    let url = url.as_str();
    program::run(data.path(), ["import", "oneroster", roster.path().to_str().unwrap(), "--database-url", url]).unwrap();

    let server = Running::start(data.path(), &["--database-url", url]).unwrap();

    assert!(server.answers("/readyz"));
    assert!(server.interrupt());
    assert!(!data.path().join("aimline.db").exists());
    let listed = program::run(data.path(), ["invite", "--database-url", url]).unwrap();
    assert!(listed.contains("tom@aspen.example"), "{listed}");
}

#[test]
fn a_taken_port_is_named_with_what_to_do() {
    let data = TempDir::new().unwrap();
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = other.local_addr().unwrap().port().to_string();

    let complaint = Running::start(data.path(), &["--port", &port]).unwrap_err();

    assert!(complaint.contains(&format!("port {port} is taken")) && complaint.contains("--port"), "{complaint}");
}

#[test]
fn a_data_folder_in_use_is_refused_and_the_first_server_goes_on() {
    let data = TempDir::new().unwrap();
    let first = Running::start(data.path(), &[]).unwrap();

    let complaint = Running::start(data.path(), &[]).unwrap_err();

    assert!(complaint.contains("in use by another aimline"), "{complaint}");
    assert!(complaint.contains(&first.id().to_string()), "{complaint}");
    assert!(first.answers("/readyz"));
}
