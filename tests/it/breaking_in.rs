//! Ways to sign in as somebody else, or to go on as somebody whom one robbed, over real HTTP: each is
//! tried, and none leads anywhere. What is wrong with a single token, cookie or answer is told beside
//! the code that judges it.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use serde_json::{Value, json};
use sync::StoreId;
use tests::names::{self, PASSWORD};
use tests::{Http, Stage, Wire, World};
use uuid::Uuid;

/// A mutation of one's own account, on something of that id.
fn change(wire: &mut Wire, mutation: &str, input: &str, more: Value) -> Value {
    let mut fields = more;
    fields["operationId"] = json!(Uuid::new_v4());
    let query = format!("mutation($i: {input}!) {{ {mutation}(input: $i) {{ userErrors {{ code }} }} }}");
    wire.graphql(&query, &json!({"i": fields}))
}

#[test]
fn what_belongs_to_another_account_reads_like_what_is_not_there() {
    for stage in World::of_ana().on_each_engine() {
        let (mut mia, mut pat) = (stage.wire_of("mia"), stage.wire_of("pat"));
        let asked = mia.ask("{viewer{devices{id name}}}", &Value::Null);
        let device = asked["viewer"]["devices"][0]["id"].clone();
        let passkey = stage.passkey_of("mia");
        let nothing = |prefix: &str| json!(format!("{prefix}_{}", Uuid::from_u128(0xbad).simple()));
        #[rustfmt::skip]
        let table = [
            ("deviceRevoke",  "DeviceRevokeInput",  "device",  device.clone(), nothing("dev"), json!({})),
            ("deviceRename",  "DeviceRenameInput",  "device",  device,         nothing("dev"), json!({"name": "mine"})),
            ("passkeyRename", "PasskeyRenameInput", "passkey", passkey.clone(), nothing("pky"), json!({"name": "mine"})),
            ("passkeyRemove", "PasskeyRemoveInput", "passkey", passkey,        nothing("pky"), json!({})),
        ];
        for (mutation, input, field, theirs, nobodys, more) in table {
            let with = |id: &Value| {
                let mut more = more.clone();
                more[field] = id.clone();
                more
            };
            let tried = change(&mut pat, mutation, input, with(&theirs));
            let blank = change(&mut pat, mutation, input, with(&nobodys));
            assert_eq!(
                tried["errors"][0]["extensions"]["code"], blank["errors"][0]["extensions"]["code"],
                "{mutation}"
            );
            assert_eq!(tried["data"], blank["data"], "{mutation}");
        }
        let kept = mia.ask("{viewer{devices{name revokedAt} passkeys{name}}}", &Value::Null);
        assert_eq!(
            kept["viewer"],
            json!({"devices": [{"name": "A wire", "revokedAt": null}], "passkeys": [{"name": "her phone"}]})
        );
    }
}

#[test]
fn a_stolen_refresh_token_ends_for_both_as_soon_as_both_have_used_it() {
    for stage in World::of_ana().on_each_engine() {
        let mut mia = stage.wire_of("mia");
        let (stolen, store) = (mia.refresh.clone(), mia.store);
        let mine = mia.present(&stolen, store).json();
        stage.pass(TimeDelta::seconds(61));
        let mut thief = Http::new(&stage.server.address());
        let body = json!({"refresh": stolen, "store": store});
        assert_eq!(thief.post_json("/auth/refresh", None, &body).status, 401, "the same token from the same store");

        mine["access"].as_str().expect("a token").clone_into(&mut mia.access);
        let push = mia.request(1, &[]);
        assert_eq!(mia.refused(&push), "UNAUTHENTICATED", "who was robbed is told at once");
        let next = mine["refresh"].as_str().expect("a token").to_owned();
        assert_eq!(mia.present(&next, store).status, 401);
        assert!(stage.wire_of("mia").ask("{viewer{login}}", &Value::Null)["viewer"]["login"].is_string());
    }
}

#[test]
fn a_thief_who_uses_it_first_from_a_store_of_their_own_gets_nothing_for_it() {
    for stage in World::of_ana().on_each_engine() {
        let mut mia = stage.wire_of("mia");
        let (stolen, store) = (mia.refresh.clone(), mia.store);
        assert_eq!(mia.present(&stolen, StoreId(Uuid::from_u128(0xbad))).status, 401);
        let push = mia.request(1, &[]);
        assert_eq!(mia.refused(&push), "UNAUTHENTICATED");
        assert_eq!(mia.present(&stolen, store).status, 401);
    }
}

/// A sign-in as a browser does it, and the cookies that it got.
fn browser(stage: &Stage) -> String {
    let device = json!({"kind": "web", "name": "Firefox"});
    let body = json!({"login": names::login("mia"), "password": PASSWORD, "device": device});
    let reply = ureq::post(format!("{}/auth/sign-in", stage.server.address())).send_json(&body).expect("signs in");
    let set = reply.headers().get_all("set-cookie").iter().filter_map(|value| value.to_str().ok());
    set.filter_map(|cookie| cookie.split(';').next()).collect::<Vec<_>>().join("; ")
}

fn asks(stage: &Stage, headers: &[(&str, &str)]) -> Value {
    let mut all = vec![("content-type", "application/json")];
    all.extend(headers);
    let all: BTreeMap<String, String> =
        all.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let body = json!({"query": "{viewer{login}}"}).to_string();
    let answer = Http::new(&stage.server.address()).post("/graphql", &all, body.as_bytes());
    answer.expect("the server answers").json()["data"]["viewer"]["login"].clone()
}

#[test]
fn a_session_cookie_counts_from_our_own_pages_alone() {
    let stage = World::of_ana().on_sqlite();
    let cookie = browser(&stage);
    let ours = stage.server.address();
    let with = |more: &[(&str, &str)]| {
        let mut headers = vec![("cookie", cookie.as_str())];
        headers.extend(more);
        asks(&stage, &headers)
    };
    assert_eq!(with(&[("origin", &ours)]), names::login("mia"));
    assert_eq!(with(&[("sec-fetch-site", "same-origin")]), names::login("mia"));
    for theirs in [
        &[("origin", "https://evil.example")][..],
        &[("origin", "null")],
        &[("origin", "https://evil.example"), ("sec-fetch-site", "same-origin")],
        &[("sec-fetch-site", "same-site")],
        &[("sec-fetch-site", "cross-site")],
        &[],
    ] {
        assert_eq!(with(theirs), Value::Null, "{theirs:?}");
    }
}

#[test]
fn a_password_is_guessed_ten_times_and_neither_another_login_nor_another_list_of_words_helps() {
    let stage = World::of_ana().on_sqlite();
    let mut http = Http::new(&stage.server.address());
    let mut sign_in = |login: &str, password: &str| {
        let device = json!({"kind": "phone", "name": "A phone", "store": Uuid::new_v4()});
        let body = json!({"login": login, "password": password, "device": device});
        http.post_json("/auth/sign-in", None, &body).status
    };
    let mia = names::login("mia");
    for spelling in [mia.clone(), mia.to_uppercase(), format!(" {mia} ")] {
        for _ in 0..3 {
            assert_eq!(sign_in(&spelling, "a guess that is wrong"), 401);
        }
    }
    assert_eq!(sign_in(&mia, "a guess that is wrong"), 401);
    assert_eq!(sign_in(&mia, PASSWORD), 429, "the tenth was the last, in whatever spelling");
    assert_eq!(sign_in(&names::login("pat"), PASSWORD), 200, "nobody waits for what is done to another");
    stage.pass(TimeDelta::minutes(15));
    assert_eq!(sign_in(&mia, PASSWORD), 200, "nobody is locked out for good");
}

#[test]
fn a_code_is_guessed_thirty_times_from_one_network_and_says_nothing_about_logins() {
    let stage = World::of_ana().on_sqlite();
    let mut http = Http::new(&stage.server.address());
    let mut redeem = |login: &str| {
        let device = json!({"kind": "phone", "name": "A phone", "store": Uuid::new_v4()});
        let body = json!({"code": "22222-22222", "login": login, "password": PASSWORD, "device": device});
        http.post_json("/auth/redeem", None, &body)
    };
    let known = redeem(&names::login("mia"));
    let unknown = redeem("somebody@else.example");
    assert_eq!((known.status, known.json()), (404, unknown.json()));
    for _ in 0..28 {
        assert_eq!(redeem("somebody@else.example").status, 404);
    }
    assert_eq!(redeem("somebody@else.example").status, 429);
}
