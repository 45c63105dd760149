//! Whom an issuer signs in.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::*;
use crate::auth::ways::ways_of;
use crate::auth::{Account, insert_account};
use crate::db::types::At;
use diesel::prelude::*;

const NOBODY: (u16, &str) = (403, "NOBODY_MATCHES");

fn person_of(reply: &Reply) -> (u16, &Value) {
    (reply.status, &reply.body["account"]["people"][0]["person"])
}

#[tokio::test]
async fn a_colleague_is_found_by_the_address_once_and_by_the_name_from_then_on() {
    let bend = Bend::new().await;
    let ruth = json!(Uuid::from_u128(30));
    let first = bend.round(&json!({})).await;
    assert_eq!(person_of(&first), (200, &ruth), "{}", first.body);
    assert_eq!((&first.body["access"], &first.body["account"]["login"]), (&Value::Null, &json!("ruth@school.example")));
    assert!(first.cookies().contains("aimline-access=") && first.cookies().ends_with("aimline-attempt="));
    let married = bend.round(&json!({"email": "ruth.yazzie@school.example"})).await;
    assert_eq!(person_of(&married), (200, &ruth));
    let told_nothing = bend.round(&json!({"email": null, "email_verified": null})).await;
    assert_eq!(person_of(&told_nothing), (200, &ruth));
    assert_eq!(first.body["account"]["id"], married.body["account"]["id"]);
}

#[tokio::test]
async fn somebody_with_a_password_keeps_it_and_their_account() {
    let bend = Bend::new().await;
    bend.write(|db| {
        let theo = people::rows::person::table;
        crate::on!(db => diesel::update(theo.find((Id(HOME), Id(PersonId(Uuid::from_u128(11))))))
            .set(people::rows::person::email.eq("theo@school.example"))
            .execute(db))?;
        Ok(())
    });
    let by_issuer = bend.round(&json!({"sub": "t-3", "email": "theo@school.example"})).await;
    let by_password = bend.story.sign_in("theo@example.org", crate::auth::tests::story::PASSWORD).await;
    assert_eq!((by_issuer.status, &by_issuer.body["account"]), (200, &by_password.body["account"]));
}

#[tokio::test]
async fn the_address_may_be_told_beside_the_token() {
    let bend = Bend::new().await;
    let without = json!({"email": null, "email_verified": null});
    bend.forger.tells(json!({"sub": "somebody else", "email": "ruth@school.example", "email_verified": true}));
    assert_eq!(bend.round(&without).await.code(), NOBODY, "of somebody else");
    bend.forger.tells(json!({"sub": "r-17", "email": "ruth@school.example", "email_verified": false}));
    assert_eq!(bend.round(&without).await.code(), NOBODY, "but not confirmed");
    bend.forger.tells(json!({"sub": "r-17", "email": "ruth@school.example", "email_verified": true}));
    assert_eq!(bend.round(&without).await.status, 200);
}

#[tokio::test]
async fn only_a_colleague_with_a_confirmed_address_is_let_in() {
    let bend = Bend::new().await;
    bend.hires(31, "Maria", "maria@home.example", None);
    bend.hires(32, "Left", "left@school.example", Some("teacher"));
    bend.write(|db| {
        let left = people::rows::person::table;
        crate::on!(db => diesel::update(left.find((Id(HOME), Id(PersonId(Uuid::from_u128(32))))))
            .set(people::rows::person::ended_at.eq(At(noon() - TimeDelta::days(1))))
            .execute(db))?;
        Ok(())
    });
    for (what, claims) in [
        ("nobody confirmed it", json!({"email_verified": false})),
        ("nobody said so", json!({"email_verified": null})),
        ("a stranger", json!({"email": "mallory@school.example"})),
        ("a guardian", json!({"email": "maria@home.example"})),
        ("who has left", json!({"email": "left@school.example"})),
    ] {
        assert_eq!(bend.round(&claims).await.code(), NOBODY, "{what}");
    }
    assert!(!bend.is_known());
}

#[tokio::test]
async fn an_address_that_went_to_another_colleague_opens_nobodys_account() {
    let bend = Bend::new().await;
    assert_eq!(bend.round(&json!({})).await.status, 200);
    let heir = bend.round(&json!({"sub": "r-99"})).await;
    assert_eq!(heir.code(), (403, "SEVERAL_MATCH"));

    bend.hires(40, "Ann", "office@school.example", Some("office"));
    bend.hires(41, "Bob", "office@school.example", Some("office"));
    let shared = bend.round(&json!({"sub": "o-1", "email": "office@school.example"})).await;
    assert_eq!(shared.code(), (403, "SEVERAL_MATCH"));
}

#[tokio::test]
async fn a_login_that_somebody_else_has_stays_theirs() {
    let bend = Bend::new().await;
    let other = Account {
        id: Id(AccountId(Uuid::from_u128(77))),
        login: "ruth@school.example".into(),
        password_hash: Some("$argon2id$…".into()),
        locale: "en".into(),
        created_at: At(noon()),
    };
    assert!(bend.write(|db| insert_account(db, &other)));
    let reply = bend.round(&json!({})).await;
    assert_eq!(person_of(&reply), (200, &json!(Uuid::from_u128(30))));
    assert_ne!(reply.body["account"]["id"], json!(Uuid::from_u128(77)));
}

#[tokio::test]
async fn an_issuer_opens_no_account_that_reaches_further_than_it_answers() {
    let bend = Bend::new().await;
    let account = bend.round(&json!({})).await.body["account"]["id"].clone();
    let account: AccountId = serde_json::from_value(account).expect("an account");
    // She is a mother in the same district as well.
    bend.hires(50, "Ruth", "ruth@home.example", None);
    bend.write(|db| people::link_account(db, HOME, PersonId(Uuid::from_u128(50)), account));
    assert_eq!(bend.round(&json!({})).await.code(), (403, "OPENS_MORE"));
}

#[tokio::test]
async fn a_changed_key_is_looked_up() {
    let bend = Bend::new().await;
    assert_eq!(bend.round(&json!({})).await.status, 200);
    bend.forger.changes_its_key_to(2);
    bend.story.served.pass(TimeDelta::seconds(5));
    let begun = bend.begin().await;
    let code = bend.forger.code(&begun.sent, bend.ruth(&begun.sent), Signed::With(2));
    assert_eq!(bend.finish(&begun.cookie, &begun.sent.state, &code).await.status, 200);
    assert_eq!(bend.round(&json!({})).await.code(), (401, "ISSUER_REFUSED"), "the old one has ended");
}

#[tokio::test]
async fn an_issuer_is_a_way_in_as_long_as_it_is_asked() {
    let bend = Bend::new().await;
    let account = bend.round(&json!({})).await.body["account"]["id"].clone();
    let account: AccountId = serde_json::from_value(account).expect("an account");
    let issuers = bend.story.served.app.auth.issuers.clone();
    assert!(bend.write(|db| ways_of(db, account, &issuers)).any());
    assert!(!bend.write(|db| ways_of(db, account, &Issuers::default())).any());
}

#[test]
fn an_agency_signs_in_at_the_nearest_issuer_above_it() {
    let agency = |id: u128, name: &str, parent: Option<u128>| Agency {
        id: Id(AgencyId(Uuid::from_u128(id))),
        name: name.into(),
        kind: "district".into(),
        parent: parent.map(|id| Id(AgencyId(Uuid::from_u128(id)))),
        time_zone: "America/Detroit".into(),
        locale: "en".into(),
    };
    let agencies = [
        agency(1, "state", None),
        agency(2, "unit", Some(1)),
        agency(3, "north", Some(2)),
        agency(4, "south", Some(2)),
        agency(5, "south annex", Some(4)),
        agency(6, "elsewhere", None),
        agency(7, "one end", Some(8)),
        agency(8, "the other", Some(7)),
    ];
    let told = vec![settings("unit", "https://unit.example"), settings("south", "https://south.example")];
    let issuers = Issuers::of(told, &agencies, "https://aimline.example").expect("two issuers");
    let served = |id: u128| {
        let served = issuers.served(&agencies, AgencyId(Uuid::from_u128(id)));
        served.into_iter().map(|agency| agency.0.as_u128()).collect::<Vec<_>>()
    };
    assert_eq!((served(2), served(4)), (vec![2, 3], vec![4, 5]));
    for (told, why) in [
        (vec![settings("nowhere", "https://x.example")], "0 agencies here are called so"),
        (vec![settings("unit", "https://a.example"), settings("unit", "https://b.example")], "has two issuers"),
    ] {
        let error = Issuers::of(told, &agencies, "https://aimline.example").expect_err(why);
        assert!(format!("{error:#}").contains(why), "{error:#}");
    }
}
