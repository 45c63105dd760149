//! Invitations and what people answer.

use chrono::TimeDelta;
use domain::family::Resolve;
use domain::meeting::{AnswerMeeting, CallMeeting, MeetingTime, MoveMeeting, Reply};
use domain::{Intent, kinds};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use sync::{Micros, OperationId, Record, RecordId, Verdict};
use sync::{operation::Shown, value::ValueHash};
use tests::names::{self, node};
use tests::{Stage, Wire, World, wire};
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
fn who_answered_differently_on_two_devices_is_asked_and_then_one_answer_stands() {
    for stage in World::of_ana().meeting("annual review").on_each_engine() {
        let (mut mia, mut tablet) = (stage.phone_of("mia"), stage.phone_of("mia"));
        tablet.offline();
        tablet.answer("annual review", Reply::No, "");
        stage.pass(TimeDelta::hours(1));
        mia.answer("annual review", Reply::Yes, "");
        tablet.online();
        mia.sync();
        for phone in [&mut mia, &mut tablet] {
            let shown = phone.invitation("ana", "annual review");
            assert_eq!((&shown["answer"]["answer"], &shown["asked"]), (&"yes".into(), &true.into()));
        }

        mia.answer("annual review", Reply::No, "");
        tablet.sync();
        for phone in [&mut mia, &mut tablet] {
            let shown = phone.invitation("ana", "annual review");
            assert_eq!((&shown["answer"]["answer"], &shown["asked"]), (&"no".into(), &false.into()));
        }
        let answers = "query($id:ID!){node(id:$id){...on Meeting{answers{answer}}}}";
        let stand = stage.wire_of("cas").ask(answers, &json!({"id": meeting()}))["node"]["answers"].clone();
        assert_eq!(stand, json!([{"answer": "NO"}]), "the team reads one, and the others stay on record");
        assert_eq!(stage.records(&kinds::ANSWER, "ana").len(), 3);
    }
}

const MOVE: &str =
    "mutation($i:MeetingMoveInput!){meetingMove(input:$i){meeting{place} conflict{id} userErrors{code}}}";

fn meeting() -> String {
    node("mtg", names::meeting("annual review"))
}

/// What the page shows of the meeting, as the server names it.
fn token(wire: &mut Wire) -> Value {
    wire.ask("query($id:ID!){node(id:$id){...on Meeting{timeToken}}}", &json!({"id": meeting()}))["node"]["timeToken"]
        .clone()
}

/// A click on a page that showed the time of this token.
fn click(saw: &Value, place: &str) -> Value {
    let (starts, ends) = ("2026-12-01T15:00:00Z", "2026-12-01T16:00:00Z");
    let id = Uuid::new_v4();
    json!({"i": {"operationId": id, "meeting": meeting(), "saw": saw, "startsAt": starts, "endsAt": ends, "place": place}})
}

fn revision(stage: &Stage) -> Value {
    stage.records(&kinds::MEETING, "ana")[0].field("time")["revision"].clone()
}

#[test]
fn a_move_that_is_clicked_twice_moves_once() {
    for stage in World::of_ana().meeting("annual review").on_each_engine() {
        let mut cas = stage.wire_of("cas");
        let saw = token(&mut cas);
        let first = click(&saw, "Room 4");
        let done = json!({"meeting": {"place": "Room 4"}, "conflict": null, "userErrors": []});
        assert_eq!(cas.ask(MOVE, &first)["meetingMove"], done);
        assert_eq!(revision(&stage), 2);
        stage.pass(TimeDelta::minutes(10));
        assert_eq!(cas.ask(MOVE, &first)["meetingMove"], done, "the answer was lost, and it was sent again");
        assert_eq!(cas.ask(MOVE, &click(&saw, "Room 4"))["meetingMove"], done, "in another window it is the same move");
        assert_eq!(revision(&stage), 2, "no answer is to an old time");

        let mut other = first.clone();
        other["i"]["place"] = json!("Room 5");
        assert_eq!(cas.ask(MOVE, &other)["meetingMove"]["userErrors"][0]["code"], "EXISTS");
        let saw = token(&mut cas);
        cas.ask(MOVE, &click(&saw, "Room 5"));
        assert_eq!(revision(&stage), 3);
    }
}

#[test]
fn a_move_on_a_page_that_showed_an_older_time_takes_nobody_elses_away() {
    for stage in World::of_ana().meeting("annual review").on_each_engine() {
        let (mut cas, mut mia) = (stage.wire_of("cas"), stage.phone_of("mia"));
        let shown_long_ago = token(&mut cas);
        stage.move_meeting("annual review", "ana");
        mia.sync();
        mia.answer("annual review", Reply::Yes, "");

        let moved = cas.ask(MOVE, &click(&shown_long_ago, "Room 4"))["meetingMove"].clone();
        assert_eq!(moved["meeting"]["place"], "Library", "the first move stands until somebody chooses");
        let conflict = &moved["conflict"]["id"];
        assert!(conflict.is_string(), "and both are kept: {moved}");
        let versions = cas.ask(
            "query($id:ID!){node(id:$id){...on Student{conflicts{alternatives{id value}}}}}",
            &json!({"id": node("stu", names::student("ana"))}),
        )["node"]["conflicts"][0]["alternatives"]
            .clone();
        let [first, second] = &versions.as_array().expect("two")[..] else { panic!("two: {versions}") };

        // Chosen, the second one is a time of its own: nobody has answered to it.
        let resolve = "mutation($i:ConflictResolveInput!){conflictResolve(input:$i){conflict{id} userErrors{code}}}";
        let choice = |value: &Value| {
            let saw = [&first["id"], &second["id"]];
            json!({"i": {"operationId": Uuid::new_v4(), "conflict": conflict, "saw": saw, "value": value}})
        };
        let nonsense = cas.ask(resolve, &choice(&json!("{\"startsAt\": 1}")))["conflictResolve"].clone();
        assert_eq!(nonsense["userErrors"][0]["code"], "INVALID");
        assert_eq!(cas.ask(resolve, &choice(&second["value"]))["conflictResolve"]["conflict"], Value::Null);
        mia.sync();
        let answer = mia.my_answer("ana", "annual review");
        assert_eq!((&answer["answer"], &answer["toOldTime"]), (&"yes".into(), &true.into()));
    }
}

#[test]
fn an_answer_to_a_time_that_a_restored_server_lost_is_none_to_the_one_that_got_its_number() {
    for stage in World::of_ana().meeting("annual review").on_each_engine() {
        let mut mia = stage.wire_of("mia");
        stage.move_meeting("annual review", "ana");
        // She was shown another time under the number 2; then the server came back from last night.
        let lost = ValueHash::of(&json!(hour(&mut Luck(1))));
        let now = stage.record(&kinds::MEETING, names::meeting("annual review")).hash_of("time");
        let mut told = Vec::new();
        for (n, seen, replaces) in [(1, lost, vec![]), (2, now, vec![RecordId(Uuid::from_u128(1))])] {
            let (meeting, student) = (names::meeting("annual review"), names::student("ana"));
            let id = RecordId(Uuid::from_u128(n.into()));
            let (answer, note) = (Reply::Yes, String::new());
            let intent = AnswerMeeting { id, meeting, student, revision: 2, seen: Some(seen), replaces, answer, note };
            let body = Value::Object(Intent::from(intent).body());
            let id = OperationId(Uuid::new_v4());
            let sent = wire::operation(id, "AnswerMeeting", stage.server.clock.now(), &body);
            assert_eq!(mia.verdicts(n, &[sent]), [Verdict::Applied]);
            let answers = "query($id:ID!){node(id:$id){...on Meeting{answers{revision toOldTime}}}}";
            told.push(mia.ask(answers, &json!({"id": self::meeting()}))["node"]["answers"].clone());
        }
        let read = |old: bool| json!([{"revision": 2, "toOldTime": old}]);
        assert_eq!(told, [read(true), read(false)]);
    }
}

/// Luck that is the same each time.
struct Luck(u64);

impl Luck {
    fn below(&mut self, many: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % many
    }

    fn one_of<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())].clone()
    }
}

/// One of a few hours, so that people come back to one.
fn hour(luck: &mut Luck) -> MeetingTime {
    let starts_at = Micros(1_800_000_000_000_000).plus_days(luck.below(4) as i64);
    MeetingTime { revision: 1, starts_at, ends_at: starts_at.plus(3_600_000_000), place: "Library".into() }
}

/// The times between which somebody has to choose, or the one that stands.
fn times(meeting: &Record) -> Vec<(OperationId, Value)> {
    let voices = meeting.open.get("time").into_iter().flatten().map(|voice| (voice.stamp.op, voice.value.clone()));
    std::iter::once((meeting.stamp_of("time").op, meeting.field("time").clone())).chain(voices).collect()
}

/// What somebody does whose page showed what stands, or one of the times before.
fn deed(luck: &mut Luck, (meeting, now): (RecordId, &Record), before: &[Value]) -> Intent {
    let (student, there) = (names::student("ana"), times(now));
    if luck.below(2) == 0 {
        let seen = if luck.below(2) == 0 { luck.one_of(before) } else { now.field("time").clone() };
        let MeetingTime { starts_at, ends_at, place, .. } = hour(luck);
        return MoveMeeting { meeting, student, seen: ValueHash::of(&seen), starts_at, ends_at, place }.into();
    }
    let saw = there
        .iter()
        .filter(|_| luck.below(4) > 0)
        .map(|(op, time)| Shown { op: *op, seen: ValueHash::of(time) })
        .collect();
    let value = if luck.below(4) == 0 { json!(hour(luck)) } else { luck.one_of(&there).1 };
    Resolve { kind: "meeting".into(), record: meeting, student, field: "time".into(), saw, value }.into()
}

#[test]
fn a_number_names_one_time_for_ever_whatever_is_moved_chosen_and_taken_back() {
    for stage in World::of_ana().case_manager("kim").on_each_engine() {
        let (mut luck, mut pushed, mut open) = (Luck(7), [0, 0], 0);
        let mut desks = [stage.wire_of("cas"), stage.wire_of("kim")];
        let mut does = |who: usize, intent: Intent| {
            let id = OperationId(Uuid::new_v4());
            pushed[who] += 1;
            let sent = wire::operation(id, intent.name(), stage.server.clock.now(), &Value::Object(intent.body()));
            desks[who].verdicts(pushed[who], &[sent]);
        };
        for nth in 0..12 {
            let (meeting, student) = (RecordId(Uuid::from_u128(0xee00 + nth)), names::student("ana"));
            let (purpose, time) = ("annual review".to_owned(), hour(&mut luck));
            does(0, CallMeeting { meeting, student, purpose, time, invited: Vec::new() }.into());
            let (mut names_of, mut before) = (BTreeMap::new(), Vec::new());
            for _ in 0..12 {
                let now = stage.record(&kinds::MEETING, meeting);
                open += now.open.len();
                for (_, mut time) in times(&now) {
                    before.push(time.clone());
                    let number = time["revision"].take();
                    let first = names_of.entry(number.to_string()).or_insert_with(|| time.clone());
                    assert_eq!(*first, time, "number {number} of meeting {nth} was given to another time");
                }
                let intent = deed(&mut luck, (meeting, &now), &before);
                does(luck.below(2), intent);
            }
        }
        assert!(open > 10, "there was something to choose: {open}");
    }
}
