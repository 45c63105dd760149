//! Stories of signing in, on both engines.

use crate::auth::keys::Keys;
use crate::auth::refresh::RefreshToken;
use crate::auth::rows;
use crate::auth::sign_in::{self, Chance, Redeemed, Refreshed, Tokens};
use crate::auth::{Account, Auth, Caller, Invitation, caller};
use crate::db::Db;
use crate::db::testing::{Fresh, fresh_databases};
use crate::db::types::{At, Id};
use crate::devices::{self, Arrival, DeviceKind};
use crate::error::Error;
use crate::people::{self, Agency, Person};
use chrono::{DateTime, TimeDelta, Utc};
use sync::{AccountId, AgencyId, DeviceId, PersonId, StoreId};
use uuid::Uuid;

const ANA: AccountId = AccountId(Uuid::from_u128(1));
const AGENCY: AgencyId = AgencyId(Uuid::from_u128(2));
const MOTHER: PersonId = PersonId(Uuid::from_u128(3));

fn day(day: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000, 0).expect("a time within the calendar") + TimeDelta::days(day)
}

fn later(seconds: i64) -> DateTime<Utc> {
    day(0) + TimeDelta::seconds(seconds)
}

fn keys() -> Keys {
    auth().keys
}

fn auth() -> Auth {
    Auth::new([1; 32], false)
}

fn chance(seed: u8) -> Chance {
    let id = Uuid::from_bytes([seed; 16]);
    Chance { device: DeviceId(id), family: id, token: [seed; 32] }
}

fn store(seed: u8) -> StoreId {
    StoreId(Uuid::from_bytes([seed; 16]))
}

fn phone(seed: u8) -> Arrival {
    Arrival { kind: DeviceKind::Phone, name: "Ana's phone".into(), store: Some(store(seed)) }
}

fn browser() -> Arrival {
    Arrival { kind: DeviceKind::Web, name: "Firefox".into(), store: None }
}

/// One account on one database, with the steps of the stories.
struct Story {
    database: Fresh,
}

impl Story {
    fn on_each_engine(story: impl Fn(Self)) {
        for database in fresh_databases() {
            database.write(|db| rows::insert_account(db, &account(ANA, "ana"))).expect("an account");
            story(Self { database });
        }
    }

    fn write<T>(&self, work: impl Fn(&mut Db) -> crate::error::Result<T>) -> T {
        self.database.write(work).expect("the database answers")
    }

    fn sign_in(&self, arrival: &Arrival, seed: u8, now: DateTime<Utc>) -> Tokens {
        self.write(|db| sign_in::begin(db, &keys(), ANA, arrival, &chance(seed), now))
    }

    fn refresh(&self, token: RefreshToken, store: Option<StoreId>, now: DateTime<Utc>) -> Option<Tokens> {
        match self.write(|db| sign_in::go_on(db, &keys(), token, store, now)) {
            Refreshed::Tokens(tokens) => Some(tokens),
            Refreshed::SignInAgain | Refreshed::Revoked => None,
        }
    }

    fn caller(&self, access: &str, now: DateTime<Utc>) -> Option<Caller> {
        match self.database.read(|db| caller::identify(db, &auth(), access, now)) {
            Ok(caller) => Some(caller),
            Err(Error::Unauthenticated) => None,
            Err(other) => panic!("{other:?}"),
        }
    }
}

fn account(id: AccountId, login: &str) -> Account {
    Account { id: Id(id), login: login.into(), password_hash: None, locale: "en".into(), created_at: At(day(0)) }
}

#[test]
fn a_phone_that_signs_in_is_known_until_its_token_expires() {
    Story::on_each_engine(|story| {
        let tokens = story.sign_in(&phone(1), 1, day(0));
        let caller = story.caller(&tokens.access, later(899)).expect("known");
        assert_eq!((caller.account, caller.device, caller.store), (ANA, tokens.device, Some(store(1))));
        assert_eq!(caller.expires_at(), tokens.access_expires_at);
        assert!(story.caller(&tokens.access, later(900)).is_none());
    });
}

#[test]
fn a_phone_whose_reply_was_lost_gets_the_same_successor_for_a_minute() {
    Story::on_each_engine(|story| {
        let first = story.sign_in(&phone(1), 1, day(0));
        let lost = story.refresh(first.refresh, Some(store(1)), later(1000)).expect("refreshed");
        let again = story.refresh(first.refresh, Some(store(1)), later(1059)).expect("refreshed again");
        assert_eq!(again.refresh.to_text(), lost.refresh.to_text());
        assert_eq!(again.refresh_expires_at, lost.refresh_expires_at);
        assert!(story.caller(&again.access, later(1060)).is_some());

        let next = story.refresh(again.refresh, Some(store(1)), later(1100));
        assert!(next.is_some());
    });
}

#[test]
fn a_stolen_token_ends_the_sign_in_of_thief_and_owner() {
    Story::on_each_engine(|story| {
        let stolen = story.sign_in(&phone(1), 1, day(0)).refresh;
        let owner = story.refresh(stolen, Some(store(1)), later(1000)).expect("the owner refreshes");
        assert!(story.refresh(stolen, Some(store(1)), later(1060)).is_none());
        assert!(story.refresh(owner.refresh, Some(store(1)), later(1061)).is_none());
        assert!(story.caller(&owner.access, later(1061)).is_none());
    });
}

#[test]
fn a_token_is_worth_nothing_on_another_device() {
    Story::on_each_engine(|story| {
        let first = story.sign_in(&phone(1), 1, day(0));
        let other = story.sign_in(&phone(2), 2, day(0));
        assert!(story.refresh(first.refresh, Some(store(2)), later(1)).is_none());
        assert!(story.refresh(first.refresh, Some(store(1)), later(2)).is_none());
        assert!(story.refresh(other.refresh, Some(store(2)), later(3)).is_some());
    });
}

#[test]
fn a_phone_in_a_drawer_signs_in_again_after_120_days_and_a_browser_after_7() {
    Story::on_each_engine(|story| {
        let phone_tokens = story.sign_in(&phone(1), 1, day(0));
        let browser_tokens = story.sign_in(&browser(), 2, day(0));
        assert!(story.refresh(browser_tokens.refresh, None, day(7)).is_none());
        let kept = story.refresh(phone_tokens.refresh, Some(store(1)), day(119)).expect("still signed in");
        assert!(story.refresh(kept.refresh, Some(store(1)), day(119 + 120)).is_none());
    });
}

#[test]
fn a_device_signed_out_from_elsewhere_is_dead_at_once_and_told_to_forget() {
    Story::on_each_engine(|story| {
        let lost = story.sign_in(&phone(1), 1, day(0));
        let here = story.sign_in(&browser(), 2, day(0));
        let revoked = story.write(|db| devices::rows::revoke(db, ANA, lost.device, later(10)));
        assert!(revoked.is_some());
        assert!(story.caller(&lost.access, later(11)).is_none());
        let answer = story.write(|db| sign_in::go_on(db, &keys(), lost.refresh, Some(store(1)), later(11)));
        assert!(matches!(answer, Refreshed::Revoked));
        assert!(story.caller(&here.access, later(11)).is_some());
    });
}

#[test]
fn nobody_signs_out_somebody_elses_device() {
    Story::on_each_engine(|story| {
        let ana = story.sign_in(&phone(1), 1, day(0));
        let stranger = AccountId(Uuid::from_u128(77));
        assert!(story.write(|db| devices::rows::revoke(db, stranger, ana.device, later(10))).is_none());
        assert!(story.caller(&ana.access, later(11)).is_some());
    });
}

#[test]
fn signing_out_ends_both_tokens() {
    Story::on_each_engine(|story| {
        let tokens = story.sign_in(&phone(1), 1, day(0));
        let caller = story.caller(&tokens.access, later(9)).expect("known");
        story.write(|db| sign_in::end(db, &caller, later(10)));
        assert!(story.caller(&tokens.access, later(11)).is_none());
        assert!(story.refresh(tokens.refresh, Some(store(1)), later(11)).is_none());
    });
}

#[test]
fn signing_in_again_on_a_phone_keeps_the_device_and_ends_what_was_before() {
    Story::on_each_engine(|story| {
        let before = story.sign_in(&phone(1), 1, day(0));
        let after = story.sign_in(&phone(1), 2, later(10));
        assert_eq!(after.device, before.device);
        assert!(story.caller(&before.access, later(11)).is_none());
        assert!(story.refresh(before.refresh, Some(store(1)), later(11)).is_none());
        assert!(story.refresh(after.refresh, Some(store(1)), later(12)).is_some());
    });
}

#[test]
fn the_owner_of_a_found_phone_may_sign_in_on_it_again() {
    Story::on_each_engine(|story| {
        let lost = story.sign_in(&phone(1), 1, day(0));
        story.write(|db| devices::rows::revoke(db, ANA, lost.device, later(10)));
        let found = story.sign_in(&phone(1), 2, later(20));
        assert!(story.caller(&found.access, later(21)).is_some());
        assert!(story.caller(&lost.access, later(21)).is_none());
    });
}

#[test]
fn two_browsers_are_two_devices() {
    Story::on_each_engine(|story| {
        story.sign_in(&browser(), 1, day(0));
        story.sign_in(&browser(), 2, day(1));
        let devices = story.write(|db| devices::rows::devices_of(db, ANA));
        assert_eq!(devices.iter().map(|device| device.id).collect::<Vec<_>>(), [chance(2).device, chance(1).device]);
    });
}

#[test]
fn used_tokens_are_forgotten_after_a_month() {
    Story::on_each_engine(|story| {
        let first = story.sign_in(&phone(1), 1, day(0)).refresh;
        let second = story.refresh(first, Some(store(1)), day(1)).expect("refreshed").refresh;
        story.refresh(second, Some(store(1)), day(40)).expect("refreshed");
        let kept = |token: RefreshToken| story.write(|db| rows::refresh_token(db, &token.hash(&keys()))).is_some();
        assert_eq!((kept(first), kept(second)), (false, true));
    });
}

/// The mother of a student, with a code that the office made for her.
fn invite(db: &mut Db, code_hash: &[u8], at: DateTime<Utc>) -> crate::error::Result<()> {
    rows::insert_invitation(
        db,
        &Invitation {
            agency: Id(AGENCY),
            id: Id(Uuid::from_slice(&code_hash[..16]).expect("16 bytes")),
            code_hash: code_hash.to_vec(),
            person: Id(MOTHER),
            ends_sign_ins: false,
            made_by: Some(Id(PersonId(Uuid::from_u128(9)))),
            made_at: At(at),
            expires_at: At(at + crate::auth::code::LIFE),
            used_at: None,
            ended_at: None,
        },
    )
}

fn place_mother(db: &mut Db) -> crate::error::Result<()> {
    people::rows::insert_agencies(
        db,
        &[Agency {
            id: Id(AGENCY),
            name: "Grand Bend".into(),
            kind: "district".into(),
            parent: None,
            time_zone: "America/Detroit".into(),
            locale: "en".into(),
        }],
    )?;
    people::rows::insert_people(
        db,
        &[Person {
            agency: Id(AGENCY),
            id: Id(MOTHER),
            account: None,
            source_id: None,
            given_name: "Maria".into(),
            family_name: "Silva".into(),
            preferred_name: None,
            email: None,
            phone: None,
            language: Some("es".into()),
            staff_role: None,
            ended_at: None,
        }],
    )
}

#[test]
fn a_code_makes_an_account_its_person_once() {
    Story::on_each_engine(|story| {
        story.write(place_mother);
        story.write(|db| invite(db, &[7; 32], day(0)));
        let redeem = |login: &str, id, is_new, hash: u8, now| {
            story.write(|db| {
                sign_in::redeem(db, &[hash; 32], &account(AccountId(Uuid::from_u128(id)), login), is_new, now)
            })
        };
        assert_eq!(redeem("maria", 50, true, 8, day(1)), Redeemed::CodeUnknown);
        assert_eq!(redeem("maria", 50, true, 7, day(14)), Redeemed::CodeUnknown);
        assert_eq!(redeem("ana", 50, true, 7, day(1)), Redeemed::LoginTaken);
        assert_eq!(redeem("maria", 50, true, 7, day(1)), Redeemed::Linked);
        // The reply was lost, and the same person tries again.
        assert_eq!(redeem("maria", 50, false, 7, day(1)), Redeemed::Linked);
        // Somebody else found the slip of paper.
        assert_eq!(redeem("thief", 51, true, 7, day(1)), Redeemed::CodeUnknown);
        assert_eq!(redeem("ana", 1, false, 7, day(1)), Redeemed::CodeUnknown);
        assert!(story.write(|db| rows::account_by_login(db, "thief")).is_none());
        let people = story.write(|db| people::rows::people_of(db, AccountId(Uuid::from_u128(50))));
        assert_eq!(
            people.into_iter().map(|(person, agency)| (person.id.0, agency.name)).collect::<Vec<_>>(),
            [(MOTHER, "Grand Bend".to_owned())]
        );
    });
}

#[test]
fn a_new_code_ends_the_one_before() {
    Story::on_each_engine(|story| {
        story.write(place_mother);
        story.write(|db| invite(db, &[7; 32], day(0)));
        story.write(|db| invite(db, &[8; 32], day(1)));
        let redeem = |hash: u8| story.write(|db| sign_in::redeem(db, &[hash; 32], &account(ANA, "ana"), false, day(2)));
        assert_eq!(redeem(7), Redeemed::CodeUnknown);
        assert_eq!(redeem(8), Redeemed::Linked);
    });
}

#[test]
fn a_guardian_with_an_account_adds_a_second_agency_to_it() {
    Story::on_each_engine(|story| {
        story.write(place_mother);
        story.write(|db| invite(db, &[7; 32], day(0)));
        let linked = story.write(|db| sign_in::redeem(db, &[7; 32], &account(ANA, "ana"), false, day(1)));
        assert_eq!(linked, Redeemed::Linked);
        assert_eq!(story.write(|db| people::rows::account_of(db, AGENCY, MOTHER)), Some(ANA));
    });
}
