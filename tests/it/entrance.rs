//! What stands before every request: phones get through it, whatever an installation chose.

use serde_json::json;
use server::door::Door;
use server::door::address::Proxies;
use server::door::documents::Documents;
use server::door::rates::Rates;
use std::collections::BTreeMap;
use std::sync::Arc;
use tests::{Http, World, names};

#[test]
fn phones_go_on_where_nothing_but_known_documents_is_carried_out() {
    for mut stage in World::of_ana().on_each_engine() {
        let mut pat = stage.phone_of("pat");
        let pages = tempfile::tempdir().expect("a folder");
        std::fs::write(pages.path().join("documents.json"), "{}").expect("to write");
        let documents = Documents::of(pages.path(), true).expect("those of phones");
        stage.server.restart_behind(Door { documents: Arc::new(documents), ..Door::default() });

        pat.log_visit("ana", "Worked on /r/.");
        assert_eq!((stage.notes("ana"), pat.unsent()), (vec!["Worked on /r/.".into()], 0));
        let mut mia = stage.phone_of("mia");
        mia.sync();
        assert_eq!(mia.notes("ana"), ["Worked on /r/."]);
    }
}

#[test]
fn a_phone_that_is_told_to_wait_loses_nothing() {
    for mut stage in World::of_ana().on_each_engine() {
        let mut pat = stage.phone_of("pat");
        stage.server.restart_behind(Door { rates: Arc::new(Rates::of(1)), ..Door::default() });
        let notes: Vec<String> = (0..30).map(|n| format!("note {n}")).collect();
        for note in &notes {
            pat.log_visit("ana", note);
        }
        assert!(pat.unsent() > 0, "each goes in a request of its own, and 20 are let in at once");
        stage.server.restart_behind(Door::default());
        pat.sync();
        let mut there = stage.notes("ana");
        there.sort_by_key(|note| note.trim_start_matches("note ").parse::<u32>().ok());
        assert_eq!((there, pat.unsent()), (notes, 0));
    }
}

/// The status with which a sign-in is answered that says where it comes from.
fn sign_in(http: &mut Http, from: &str, password: &str) -> u16 {
    let device = json!({"kind": "phone", "name": "A phone", "store": uuid::Uuid::new_v4()});
    let body = json!({"login": names::login("mia"), "password": password, "device": device});
    let headers = [("content-type", "application/json"), ("x-forwarded-for", from)];
    let headers: BTreeMap<String, String> =
        headers.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    http.post("/auth/sign-in", &headers, body.to_string().as_bytes()).expect("the server answers").status
}

#[test]
fn who_guesses_behind_a_proxy_waits_and_the_house_next_door_does_not() {
    let mut stage = World::of_ana().on_sqlite();
    let proxies = Arc::new(Proxies::new(vec!["127.0.0.0/8".parse().expect("a network")]));
    stage.server.restart_behind(Door { proxies, ..Door::default() });
    let mut http = Http::new(&stage.server.address());
    let wrong = (0..50).take_while(|_| sign_in(&mut http, "198.51.100.7", "a guess") == 401).count();
    assert!((1..50).contains(&wrong), "{wrong}");
    assert_eq!(sign_in(&mut http, "198.51.100.7", names::PASSWORD), 429, "even the right one waits");
    assert_eq!(sign_in(&mut http, "198.51.100.7, 203.0.113.9", names::PASSWORD), 200, "from another house");

    // A server that trusts nobody does not believe what a client writes there.
    stage.server.restart_behind(Door::default());
    let elsewhere = |n: usize| format!("198.51.100.{n}");
    let let_in = (0..50).take_while(|n| sign_in(&mut http, &elsewhere(*n), "a guess") == 401).count();
    assert_eq!(let_in, wrong, "all of them come from where they come from");
}
