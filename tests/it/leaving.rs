//! Access that ends while a phone is away: the data leaves it, work that was right arrives.

use chrono::TimeDelta;
use domain::kinds;
use tests::World;

fn world() -> World {
    World::of_ana().student("ben").goal("ties shoes").guardian("mia").provider("pat", "speech")
}

#[test]
fn an_assignment_that_ended_takes_the_child_and_lets_an_earlier_visit_arrive() {
    for stage in world().on_each_engine() {
        let (mut pat, mut mia) = (stage.phone_of("pat"), stage.phone_of("mia"));
        pat.offline();
        pat.log_visit("ana", "before the end");
        stage.pass(TimeDelta::hours(1));
        stage.end_assignment("pat", "ana");
        stage.pass(TimeDelta::hours(1));
        pat.log_visit("ana", "after the end");
        assert_eq!(pat.students(), ["Ana", "Ben"]);
        pat.online();

        assert_eq!((pat.students(), pat.unsent()), (vec!["Ben".into()], 0));
        assert!(pat.student("ana").is_null());
        assert!(!pat.holds("reads aloud") && !pat.holds("before the end"), "nothing is left in the files");
        mia.sync();
        assert_eq!(mia.notes("ana"), ["after the end", "before the end"]);
        let reviews: Vec<_> =
            stage.records(&kinds::VISIT, "ana").iter().map(|visit| visit.text("review").to_owned()).collect();
        assert_eq!(reviews, ["", "late"], "a person looks at what does not fit");
    }
}

#[test]
fn rights_that_ended_take_the_child_and_only_her() {
    for stage in world().on_each_engine() {
        let mut mia = stage.phone_of("mia");
        mia.edit_statement("ana", "vision", "She reads.");
        mia.offline();
        mia.edit_statement("ana", "vision", "She loves to read.");
        mia.edit_statement("ben", "vision", "He ties his shoes.");
        stage.end_rights("mia", "ana");
        mia.online();

        assert_eq!(mia.students(), ["Ben"]);
        assert!(!mia.holds("She reads.") && !mia.holds("reads aloud"));
        assert_eq!(mia.statement("ben", "vision"), "He ties his shoes.");
        assert_eq!(stage.statement("ana", "vision"), "She reads.", "who has no rights does not write");
        assert_eq!(mia.parked(), [("EditStatement".into(), "NOT_FOUND".into())]);
    }
}

#[test]
fn a_purge_that_was_lost_on_its_way_is_told_again() {
    for stage in world().on_each_engine() {
        let mut pat = stage.phone_of("pat");
        stage.end_assignment("pat", "ana");
        pat.lose_next_reply();
        pat.sync();
        assert_eq!(pat.students(), ["Ana", "Ben"]);
        pat.sync();
        assert_eq!(pat.students(), ["Ben"]);
    }
}

#[test]
fn an_assignment_that_begins_brings_the_child() {
    for stage in world().on_each_engine() {
        let mut cas = stage.phone_of("cas");
        assert_eq!(cas.students(), ["Ana"]);
        stage.office(domain::facts::Assign {
            assignment: tests::names::assignment("cas", "ben"),
            student: tests::names::student("ben"),
            person: tests::names::person("cas"),
            role: domain::team::TeamRole::CaseManager,
            service: None,
            from: None,
        });
        cas.sync();
        assert_eq!(cas.students(), ["Ana", "Ben"]);
    }
}
