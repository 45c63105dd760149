//! A phone that had no contact for too long shows nothing until it has.

use chrono::TimeDelta;
use server::replication::Leases;
use tests::World;

fn world() -> World {
    World::of_ana().student("ben").goal("ties shoes").guardian("mia").provider("pat", "speech")
}

#[test]
fn after_a_fortnight_staff_see_nothing_until_the_contact_that_takes_what_is_not_theirs_any_more() {
    for stage in world().on_each_engine() {
        let (mut pat, mut mia) = (stage.phone_of("pat"), stage.phone_of("mia"));
        pat.offline();
        mia.offline();
        pat.log_visit("ana", "before the end");
        stage.pass(TimeDelta::hours(1));
        stage.end_assignment("pat", "ana");
        stage.pass(TimeDelta::days(13));
        assert_eq!(pat.students(), ["Ana", "Ben"]);
        stage.pass(TimeDelta::days(1));
        assert!(pat.needs_contact() && pat.students().is_empty());
        assert_eq!((pat.state(), pat.unsent()), ("ready".into(), 1));
        assert_eq!(mia.students(), ["Ana", "Ben"], "families have longer");

        pat.online();
        assert_eq!((pat.needs_contact(), pat.students(), pat.unsent()), (false, vec!["Ben".into()], 0));
        assert_eq!(stage.notes("ana"), ["before the end"]);
    }
}

#[test]
fn an_operator_who_makes_it_shorter_is_heard_at_the_next_contact() {
    for mut stage in world().on_each_engine() {
        let mut mia = stage.phone_of("mia");
        stage.server.restart_lending(Leases { staff: 7, family: 30 });
        stage.pass(TimeDelta::days(29));
        mia.sync();
        mia.offline();
        stage.pass(TimeDelta::days(29));
        assert!(!mia.needs_contact());
        stage.pass(TimeDelta::days(1));
        assert!(mia.needs_contact());
    }
}

#[test]
fn what_a_form_says_that_was_open_when_it_ran_out_arrives() {
    for stage in world().on_each_engine() {
        let mut pat = stage.phone_of("pat");
        pat.offline();
        stage.pass(TimeDelta::days(14));
        pat.log_visit("ana", "the last words");
        assert!(pat.needs_contact());
        pat.online();
        assert_eq!(
            (pat.notes("ana"), stage.notes("ana")),
            (vec!["the last words".into()], vec!["the last words".into()])
        );
    }
}
