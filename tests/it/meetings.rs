//! Invitations and what people answer.

use chrono::TimeDelta;
use domain::kinds;
use domain::meeting::Reply;
use serde_json::json;
use tests::{World, names};
use uuid::Uuid;

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

#[test]
fn a_move_that_is_clicked_twice_moves_once() {
    for stage in World::of_ana().meeting("annual review").on_each_engine() {
        let mut cas = stage.wire_of("cas");
        let meeting = format!("mtg_{}_{}", names::AGENCY.0.simple(), names::meeting("annual review").0.simple());
        let moves = "mutation($i:MeetingMoveInput!){meetingMove(input:$i){meeting{id place} userErrors{code}}}";
        let click = |place: &str| {
            let (starts, ends) = ("2026-12-01T15:00:00Z", "2026-12-01T16:00:00Z");
            json!({"i": {"operationId": Uuid::new_v4(), "meeting": meeting, "startsAt": starts, "endsAt": ends, "place": place}})
        };
        let revision = || stage.records(&kinds::MEETING, "ana")[0].field("time")["revision"].clone();
        let first = click("Room 4");
        let done = json!({"meeting": {"id": meeting, "place": "Room 4"}, "userErrors": []});
        assert_eq!(cas.ask(moves, &first)["meetingMove"], done);
        assert_eq!(revision(), 2);
        stage.pass(TimeDelta::minutes(10));
        assert_eq!(cas.ask(moves, &first)["meetingMove"], done, "the answer was lost, and it was sent again");
        assert_eq!(cas.ask(moves, &click("Room 4"))["meetingMove"], done, "in another window it is the same move");
        assert_eq!(revision(), 2, "no answer is to an old time");

        let mut other = first.clone();
        other["i"]["place"] = json!("Room 5");
        assert_eq!(cas.ask(moves, &other)["meetingMove"]["userErrors"][0]["code"], "EXISTS");
        cas.ask(moves, &click("Room 5"));
        assert_eq!(revision(), 3);
    }
}
