//! Visits that were logged where there is no network.

use chrono::TimeDelta;
use domain::kinds;
use tests::World;

#[test]
fn a_visit_logged_offline_arrives_once_even_when_the_reply_is_lost() {
    for stage in World::of_ana().on_each_engine() {
        let (mut pat, mut mia) = (stage.phone_of("pat"), stage.phone_of("mia"));
        pat.offline();
        pat.log_visit_with("ana", "Worked on /r/.", &[("reads aloud", 24.0)]);
        assert_eq!((pat.notes("ana"), pat.unsent()), (vec!["Worked on /r/.".into()], 1));

        pat.lose_next_reply();
        pat.online();
        assert_eq!((stage.notes("ana").len(), pat.unsent()), (1, 1));
        pat.sync();

        mia.sync();
        assert_eq!((mia.notes("ana"), pat.unsent()), (stage.notes("ana"), 0));
        assert_eq!(stage.notes("ana"), ["Worked on /r/."]);
        assert_eq!(stage.records(&kinds::POINT, "ana").len(), 1);
    }
}

#[test]
fn what_was_kept_offline_is_sent_after_the_app_was_closed() {
    for stage in World::of_ana().on_each_engine() {
        let mut pat = stage.phone_of("pat");
        pat.offline();
        for note in ["one", "two", "three"] {
            pat.log_visit("ana", note);
        }
        pat.reopen();
        assert_eq!(pat.unsent(), 3);
        pat.online();
        assert_eq!(stage.notes("ana"), ["one", "three", "two"]);
    }
}

#[test]
fn a_reinstalled_phone_has_everything_that_was_sent() {
    for stage in World::of_ana().on_each_engine() {
        let mut pat = stage.phone_of("pat");
        pat.log_visit("ana", "sent");
        pat.offline();
        pat.log_visit("ana", "lost with the phone");
        pat.reinstall();
        assert_eq!(pat.state(), "signedOut");
        pat.sign_in("pat");
        assert_eq!((pat.notes("ana"), pat.unsent()), (vec!["sent".into()], 0));
    }
}

#[test]
fn a_phone_a_day_ahead_keeps_the_true_order_and_a_person_is_told() {
    for stage in World::of_ana().on_each_engine() {
        let mut pat = stage.phone();
        pat.clock_ahead(24);
        pat.sign_in("pat");
        pat.offline();
        pat.log_visit("ana", "by a clock that is wrong");
        stage.pass(TimeDelta::hours(2));
        pat.online();
        assert_eq!(pat.unsent(), 0);

        let visit = &stage.records(&kinds::VISIT, "ana")[0];
        assert_eq!(visit.text("review"), "clock");
        let two_hours_ago = stage.server.clock.now().plus(-2 * 3_600_000_000);
        assert!((visit.made.at.0 - two_hours_ago.0).abs() < 1_000_000, "the server's reading of the moment");

        // It goes on reading and its sign-in lives as long as any other.
        stage.pass(TimeDelta::minutes(20));
        pat.log_visit("ana", "later");
        assert_eq!((pat.unsent(), pat.state()), (0, "ready".into()));
    }
}

#[test]
fn a_thousand_notes_made_offline_drain_by_themselves() {
    let stage = World::of_ana().on_sqlite();
    let mut pat = stage.phone_of("pat");
    pat.offline();
    for n in 0..1_000 {
        pat.log_visit("ana", &format!("note {n:04}"));
    }
    pat.online();
    assert_eq!((pat.unsent(), stage.notes("ana").len()), (0, 1_000));
}
