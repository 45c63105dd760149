//! What a family asks of the record: to see it, to correct it, and to say so where the school
//! will not (34 CFR 300.613, 300.618 to 300.620; 99.10, 99.20 to 99.22).

use chrono::TimeDelta;
use domain::Intent;
use domain::record_request::StateDisagreement;
use domain::record_request::{AnswerRequest, AskForHearing, AskOfRecord, Asks, Contested, ContestedKind, Stage as Of};
use serde_json::{Value, json};
use sync::verdict::Code;
use sync::{OperationId, RecordId, Verdict};
use tests::wire::operation;
use tests::{Stage, Wire, World, names};
use uuid::Uuid;

const REQUEST: RecordId = RecordId(Uuid::from_u128(0xa1));

fn written(stage: &Stage, n: u128, intent: impl Into<Intent>) -> sync::operation::Sent {
    let intent = intent.into();
    operation(OperationId(Uuid::from_u128(n)), intent.name(), stage.server.clock.now(), &Value::Object(intent.body()))
}

fn ask(asks: Asks, words: &str) -> AskOfRecord {
    let student = names::student("ana");
    AskOfRecord { request: REQUEST, student, asks, words: words.into(), instead: String::new(), contests: None }
}

fn refusal() -> AnswerRequest {
    let words = "The provider's log says that it took place.".into();
    AnswerRequest { request: REQUEST, student: names::student("ana"), stage: Of::Answer, granted: false, words }
}

fn disagreement() -> StateDisagreement {
    StateDisagreement {
        disagreement: RecordId(Uuid::from_u128(0xd1)),
        request: REQUEST,
        student: names::student("ana"),
        words: "We waited for an hour.".into(),
    }
}

/// The requests as the web shows them, newest first.
fn shown(wire: &mut Wire, fields: &str) -> Value {
    let query = format!("query($id:ID!){{node(id:$id){{...on Student{{recordRequests{{{fields}}}}}}}}}");
    wire.ask(&query, &json!({"id": names::node("stu", names::student("ana"))}))["node"]["recordRequests"].clone()
}

fn answer(wire: &mut Wire, operation: u128, stage: &str, granted: bool, words: &str) -> Value {
    let query = "mutation($input:RecordRequestAnswerInput!){recordRequestAnswer(input:$input)\
                 {request{standing answer answeredBy{name}}userErrors{code field}}}";
    let request = names::node("req", REQUEST);
    let operation = Uuid::from_u128(operation);
    let input =
        json!({"operationId": operation, "request": request, "stage": stage, "granted": granted, "words": words});
    wire.ask(query, &json!({"input": input}))["recordRequestAnswer"].clone()
}

/// 34 CFR 300.613(a): before any meeting, and never beyond 45 days. The phone was offline for
/// three days, and the days count from receipt.
#[test]
fn a_parent_asks_offline_to_see_the_record_and_the_school_has_45_days_from_receipt() {
    for stage in World::of_ana().director("dora").on_each_engine() {
        let asked = written(&stage, 1, ask(Asks::See, ""));
        stage.pass(TimeDelta::days(3));
        let (mut mia, mut dora, mut fred) = (stage.wire_of("mia"), stage.wire_of("dora"), stage.wire_of("fred"));
        assert_eq!(mia.verdicts(1, &[asked]), [Verdict::Applied]);

        let seen = shown(&mut dora, "asks standing by{name} askedAt receivedAt dueOn");
        let one = &seen[0];
        assert_eq!(
            (&one["asks"], &one["standing"], &one["by"]["name"]),
            (&json!("SEE"), &json!("ASKED"), &json!("Mia Story"))
        );
        let day = |field: &str| one[field].as_str().expect("a day")[..10].parse::<chrono::NaiveDate>().expect("a day");
        assert_eq!(day("receivedAt") - day("askedAt"), TimeDelta::days(3));
        assert_eq!(day("dueOn") - day("receivedAt"), TimeDelta::days(45));

        let queue = "query($id:ID!){agency(id:$id){recordRequests{student{name}dueOn}}}";
        let of_agency = json!({"id": format!("agy_{}", names::AGENCY.0.simple())});
        assert_eq!(dora.ask(queue, &of_agency)["agency"]["recordRequests"].as_array().map(Vec::len), Some(1));
        let answered = answer(&mut dora, 2, "ANSWER", true, "Copies went home on paper.");
        assert_eq!(
            answered["request"],
            json!({"standing": "GRANTED", "answer": "Copies went home on paper.", "answeredBy": {"name": "Dora Story"}})
        );
        assert_eq!(dora.ask(queue, &of_agency)["agency"]["recordRequests"], json!([]));
        assert_eq!(shown(&mut mia, "answer"), json!([{"answer": "Copies went home on paper."}]));
        assert_eq!(shown(&mut fred, "answer"), json!([]), "it is between her and the school");
    }
}

#[test]
fn what_a_school_will_not_correct_stands_beside_the_familys_own_words() {
    for stage in World::of_ana().director("dora").on_each_engine() {
        let (mut mia, mut dora) = (stage.wire_of("mia"), stage.wire_of("dora"));
        let asked = written(&stage, 1, ask(Asks::Correct, "The visit did not take place."));
        let early = written(&stage, 2, disagreement());
        let verdicts = mia.verdicts(1, &[asked, early]);
        assert_eq!(verdicts, [Verdict::Applied, Verdict::rejected(Code::Invalid)], "nothing was refused yet");

        let refused = answer(&mut dora, 3, "ANSWER", false, "The log says that it did.");
        assert_eq!(refused["request"]["standing"], "REFUSED");
        let again = answer(&mut dora, 4, "ANSWER", true, "Now we think so too.");
        assert_eq!(again["userErrors"][0]["code"], "FROZEN", "an answer is given once");
        let unasked = answer(&mut dora, 5, "HEARING", false, "It stays.");
        assert_eq!(unasked["userErrors"][0]["code"], "INVALID", "nobody asked for a hearing");

        let hearing = written(&stage, 6, AskForHearing { request: REQUEST, student: names::student("ana") });
        let words = written(&stage, 7, disagreement());
        assert_eq!(mia.verdicts(3, &[hearing, words]), [Verdict::Applied, Verdict::Applied]);
        assert_eq!(answer(&mut dora, 8, "HEARING", false, "It stays.")["request"]["standing"], "REFUSED_AFTER_HEARING");
        let seen = shown(&mut dora, "standing disagreements{words by{name}}");
        let hers = json!([{"words": "We waited for an hour.", "by": {"name": "Mia Story"}}]);
        assert_eq!(seen, json!([{"standing": "REFUSED_AFTER_HEARING", "disagreements": hers}]));
    }
}

#[test]
fn nobody_asks_or_answers_in_anothers_place() {
    for stage in World::of_ana().director("dora").on_each_engine() {
        let not_found = [Verdict::rejected(Code::NotFound)];
        let mut mia = stage.wire_of("mia");
        let asked = written(&stage, 1, ask(Asks::Correct, "The visit did not take place."));
        assert_eq!(mia.verdicts(1, &[asked]), [Verdict::Applied]);
        for (n, who) in [(10, "pat"), (20, "cas"), (30, "dora")] {
            let request = AskOfRecord { request: RecordId(Uuid::from_u128(n)), ..ask(Asks::See, "") };
            assert_eq!(stage.wire_of(who).verdicts(1, &[written(&stage, n, request)]), not_found, "{who} asks");
        }
        for (n, who) in [(11, "pat"), (21, "cas"), (41, "mia"), (51, "fred")] {
            assert_eq!(stage.wire_of(who).verdicts(1, &[written(&stage, n, refusal())]), not_found, "{who} answers");
        }
        let mut fred = stage.wire_of("fred");
        let hearing = written(&stage, 52, AskForHearing { request: REQUEST, student: names::student("ana") });
        let words = written(&stage, 53, disagreement());
        let verdicts = fred.verdicts(1, &[hearing, words]);
        assert_eq!(
            verdicts,
            [not_found.clone(), not_found.clone()].concat(),
            "nor does the other guardian go on with it"
        );
    }
}

/// An id of another guardian's input is made of names that anybody in the family knows.
#[test]
fn naming_what_is_wrong_tells_nobody_what_there_is() {
    for stage in World::of_ana().on_each_engine() {
        let mut mia = stage.wire_of("mia");
        let of = |kind, id| Some(Contested { kind, id });
        let other = RecordId(Uuid::from_u128(0xfff));
        let about = |n, contests| AskOfRecord {
            request: RecordId(Uuid::from_u128(n)),
            contests,
            ..ask(Asks::Correct, "This is wrong.")
        };
        let nothing = written(&stage, 1, about(1, of(ContestedKind::Visit, other)));
        let hidden = domain::family::input_of(names::student("ana"), names::person("fred"), 0);
        let guessed = written(&stage, 2, about(2, of(ContestedKind::Goal, hidden)));
        let not_found = Verdict::rejected(Code::NotFound);
        assert_eq!(mia.verdicts(1, &[nothing, guessed]), [not_found.clone(), not_found]);
    }
}
