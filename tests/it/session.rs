//! Signing in, going on and leaving, over real HTTP.

use chrono::TimeDelta;
use mobile_shared::event::Unsent;
use sync::StoreId;
use sync::page::PullReply;
use tests::wire::{code_of, pull, visit};
use tests::{Wire, World};
use uuid::Uuid;

#[test]
fn a_second_person_sees_nothing_of_the_first_and_does_not_send_as_her() {
    for stage in World::of_ana().student("ben").guardian("bea").on_each_engine() {
        let mut phone = stage.phone_of("mia");
        phone.offline();
        phone.edit_statement("ana", "vision", "hers");
        phone.second_person("bea");
        assert_eq!((phone.students(), phone.unsent()), (vec!["Ben".into()], 0));
        assert!(phone.student("ana").is_null());
        assert!(stage.statement("ana", "vision").is_null(), "nothing was sent in her name");

        phone.sign_in("mia");
        phone.sync();
        assert_eq!((phone.students(), phone.unsent()), (vec!["Ana".into()], 0));
        assert_eq!(stage.statement("ana", "vision"), "hers");
    }
}

#[test]
fn a_refresh_whose_reply_was_lost_gives_the_same_successor_for_a_minute() {
    for stage in World::of_ana().on_each_engine() {
        let mut mia = stage.wire_of("mia");
        let (refresh, store) = (mia.refresh.clone(), mia.store);
        let first = mia.present(&refresh, store).json()["refresh"].clone();
        stage.pass(TimeDelta::seconds(59));
        assert_eq!(mia.present(&refresh, store).json()["refresh"], first);
        assert_ne!(first, refresh);

        // After that minute, two parties hold the token: both have to sign in.
        stage.pass(TimeDelta::seconds(2));
        assert_eq!(mia.present(&refresh, store).status, 401);
        let successor = first.as_str().expect("a token");
        assert_eq!(mia.present(successor, store).status, 401);
    }
}

#[test]
fn a_phone_whose_refresh_was_lost_stays_signed_in() {
    for stage in World::of_ana().on_each_engine() {
        let mut mia = stage.phone_of("mia");
        stage.pass(TimeDelta::minutes(20));
        mia.lose_next_reply();
        mia.sync();
        stage.pass(TimeDelta::seconds(30));
        mia.sync();
        assert_eq!(mia.state(), "ready");
        mia.edit_statement("ana", "vision", "still here");
        assert_eq!((mia.unsent(), stage.statement("ana", "vision")), (0, "still here".into()));
    }
}

#[test]
fn when_a_sign_in_expired_with_a_full_outbox_signing_in_opens_the_copy_and_sends_it() {
    for stage in World::of_ana().on_each_engine() {
        let mut pat = stage.phone_of("pat");
        pat.offline();
        pat.log_visit("ana", "in June");
        stage.pass(TimeDelta::days(121));
        pat.online();
        assert_eq!((pat.state(), pat.unsent()), ("expired".into(), 1));
        assert!(pat.needs_contact());
        pat.log_visit("ana", "in October");
        assert!(stage.notes("ana").is_empty());

        pat.sign_in("pat");
        assert_eq!((pat.state(), pat.unsent(), pat.needs_contact()), ("ready".into(), 0, false));
        assert_eq!(stage.notes("ana"), ["in June", "in October"]);
    }
}

#[test]
fn a_device_that_was_revoked_loses_its_copy_and_another_does_not() {
    for stage in World::of_ana().on_each_engine() {
        let mut lost = stage.phone_of("mia");
        stage.revoke_devices_of("mia");
        let mut kept = stage.phone_of("mia");
        lost.sync();
        assert_eq!((lost.state(), lost.trouble()), ("signedOut".into(), "DEVICE_REVOKED".into()));
        assert!(lost.students().is_empty() && !lost.holds("reads aloud"));
        kept.sync();
        assert_eq!((kept.state(), kept.students()), ("ready".into(), vec!["Ana".into()]));
    }
}

#[test]
fn a_revoked_device_is_refused_at_once_and_not_when_its_token_ends() {
    for stage in World::of_ana().on_each_engine() {
        let mut mia = stage.wire_of("mia");
        let push = mia.request(1, &[]);
        stage.revoke_devices_of("mia");
        assert_eq!(mia.refused(&push), "UNAUTHENTICATED");
    }
}

#[test]
fn who_signs_out_says_what_becomes_of_unsent_work() {
    for stage in World::of_ana().on_each_engine() {
        let mut pat = stage.phone_of("pat");
        pat.offline();
        pat.log_visit("ana", "kept");
        pat.sign_out(Unsent::Keep);
        assert_eq!((pat.state(), pat.students().len()), ("signedOut".into(), 0));
        pat.online();
        pat.sign_in("pat");
        assert_eq!(stage.notes("ana"), ["kept"]);

        pat.offline();
        pat.log_visit("ana", "sent first");
        pat.sign_out(Unsent::Send);
        assert_eq!(pat.state(), "ready", "it waits for the network");
        pat.online();
        assert_eq!((pat.state(), stage.notes("ana").len()), ("signedOut".into(), 2));
        assert!(!pat.holds("reads aloud"), "nothing stays behind");

        pat.sign_in("pat");
        pat.offline();
        pat.log_visit("ana", "destroyed");
        pat.sign_out(Unsent::Destroy);
        assert!(!pat.holds("destroyed"));
        pat.online();
        pat.sign_in("pat");
        assert_eq!((pat.unsent(), stage.notes("ana").len()), (0, 2));
    }
}

#[test]
fn a_wrong_password_and_an_unknown_login_read_alike() {
    for stage in World::of_ana().on_each_engine() {
        let mut phone = stage.phone();
        phone.sign_in_with("mia", "not the sentence");
        let wrong = (phone.state(), phone.trouble());
        phone.sign_in_with("nobody", "not the sentence");
        assert_eq!((phone.state(), phone.trouble()), wrong);
        assert_eq!(wrong.1, "SIGN_IN_FAILED");
    }
}

#[test]
fn a_token_that_is_wrong_expired_or_of_another_installation_opens_nothing() {
    for stage in World::of_ana().on_each_engine() {
        let mut mia = stage.wire_of("mia");
        let push = mia.request(1, &[]);
        let good = mia.access.clone();
        let mut torn = good.clone().into_bytes();
        torn[20] = if torn[20] == b'A' { b'B' } else { b'A' };
        let torn = String::from_utf8(torn).expect("text");
        let refresh = mia.refresh.clone();
        for access in ["", "x", "null", &torn, &refresh, &good[..good.len() - 1], &format!("{good}A")] {
            access.clone_into(&mut mia.access);
            assert_eq!(mia.refused(&push), "UNAUTHENTICATED", "{access:.12}");
        }
        good.clone_into(&mut mia.access);
        stage.pass(TimeDelta::minutes(16));
        assert_eq!(mia.refused(&push), "UNAUTHENTICATED");
    }
}

#[test]
fn a_refresh_token_that_another_store_presents_ends_the_sign_in() {
    for stage in World::of_ana().on_each_engine() {
        let mut mia = stage.wire_of("mia");
        let (refresh, store) = (mia.refresh.clone(), mia.store);
        assert_eq!(mia.present(&refresh, StoreId(Uuid::from_u128(0xbad))).status, 401);
        assert_eq!(mia.present(&refresh, store).status, 401, "who was robbed has to sign in, too");
        let push = mia.request(1, &[]);
        assert_eq!(mia.refused(&push), "UNAUTHENTICATED");
    }
}

#[test]
fn nobody_who_is_not_signed_in_gets_anything() {
    for stage in World::of_ana().on_each_engine() {
        let mut mia = stage.wire_of("mia");
        let document = r#"{"query":"{syncPull(request:\"AAAA\")}"}"#.as_bytes();
        let headers = [("content-type".to_owned(), "application/json".to_owned())].into();
        let answer = mia.http.post("/graphql", &headers, document).expect("an answer");
        assert_eq!(code_of(&answer), "UNAUTHENTICATED");
    }
}

#[test]
fn one_store_does_not_push_for_another_and_accounts_share_no_stream() {
    for stage in World::of_ana().on_each_engine() {
        let (mut pat, mut mia) = (stage.wire_of("pat"), stage.wire_of("mia"));
        let day_ago = stage.server.clock.now().plus_days(-1);
        let mut stolen = pat.request(1, &[visit(1, day_ago, "hers")]);
        assert_eq!(mia.refused(&stolen), "BAD_USER_INPUT");
        stolen.store = mia.store;
        assert_ne!(mia.verdicts(1, &[visit(1, day_ago, "hers")]), [sync::Verdict::Applied]);
        assert!(stage.notes("ana").is_empty());
        let mut other = Wire::sign_in(&stage.server.address(), "pat");
        assert!(matches!(other.pull(&pull(None)), PullReply::Page(_)));
        assert_eq!(pat.verdicts(1, &[visit(2, day_ago, "his")]), [sync::Verdict::Applied]);
    }
}
