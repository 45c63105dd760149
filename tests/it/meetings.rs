//! Invitations and what people answer.

use domain::kinds;
use domain::meeting::Reply;
use tests::World;

#[test]
fn an_answer_given_offline_reaches_the_team_and_no_other_guardian() {
    for stage in World::of_ana().meeting("annual review").on_each_engine() {
        let (mut mia, mut fred) = (stage.phone_of("mia"), stage.phone_of("fred"));
        mia.offline();
        mia.answer("annual review", Reply::OtherTime, "Tuesdays suit us.");
        assert_eq!(mia.my_answer("ana", "annual review")["pending"], true);
        mia.online();

        assert_eq!(mia.my_answer("ana", "annual review")["pending"], false);
        assert_eq!(stage.records(&kinds::ANSWER, "ana")[0].text("note"), "Tuesdays suit us.");
        fred.sync();
        assert!(!fred.holds("Tuesdays suit us."));
    }
}

#[test]
fn an_answer_to_a_time_that_does_not_hold_any_more_shows_as_that() {
    for stage in World::of_ana().meeting("annual review").on_each_engine() {
        let mut mia = stage.phone_of("mia");
        mia.offline();
        mia.answer("annual review", Reply::Yes, "");
        stage.move_meeting("annual review", "ana");
        mia.online();

        let answer = mia.my_answer("ana", "annual review");
        assert_eq!((&answer["answer"], &answer["toOldTime"]), (&"yes".into(), &true.into()));
        mia.answer("annual review", Reply::No, "");
        let answer = mia.my_answer("ana", "annual review");
        assert_eq!((&answer["answer"], &answer["toOldTime"]), (&"no".into(), &false.into()));
        assert_eq!(stage.records(&kinds::ANSWER, "ana").len(), 2, "nothing that was said is overwritten");
    }
}
