//! What becomes of operations that were not taken, of those that stand on them, and of
//! disagreements.

use super::*;
use crate::{apply, conflict};
use domain::facts::Assign;

const CAROL: u128 = 4;

fn rejected_about(db: &Fresh) -> Vec<apply::Rejected> {
    let since = At::from_micros(NOW.plus_days(-400).0).expect("a time");
    let mut found = db.read(|db| apply::rejected_about(db, agency(), &[ana()], since)).expect("an answer");
    found.remove(&ana()).unwrap_or_default()
}

#[test]
fn what_builds_on_a_rejected_edit_is_rejected_with_it_and_the_rest_goes_on() {
    for db in fresh_databases() {
        world(&db);
        let mut mother = TestPhone::of(MOTHER);
        let too_long = statement(1, Base::Unknown, &"x".repeat(20_001));
        let on_it = statement(2, Base::After { after: OperationId(uuid(1)) }, "and more");
        let on_that = statement(3, Base::After { after: OperationId(uuid(2)) }, "and still more");
        let other = statement(4, Base::Seen { seen: ValueHash::of(&Value::Null), text: None }, "by itself");
        let verdicts = mother.push(&db, &[too_long, on_it, on_that, other], NOW);
        assert!(matches!(verdicts[0], Verdict::Rejected { code: Code::Invalid, .. }));
        let follows = Verdict::rejected(Code::Dependency);
        assert_eq!(verdicts[1..], [follows.clone(), follows, Verdict::Applied]);
    }
}

#[test]
fn a_group_that_fails_takes_back_facts_too() {
    for db in fresh_databases() {
        world(&db);
        db.write(|db| {
            on!(db => diesel::update(people::person::table.find((Id(agency()), Id(PersonId(uuid(PROVIDER))))))
                .set(people::person::staff_role.eq(Some("director")))
                .execute(db))?;
            let ana = people::Student {
                agency: Id(agency()),
                id: Id(ana()),
                source_id: None,
                person: None,
                given_name: "Ana".into(),
                family_name: "Story".into(),
                preferred_name: None,
                birth_date: None,
                grade: None,
                school: None,
                home_language: None,
                plan: None,
                ended_at: None,
            };
            people::insert_students(db, &[ana])
        })
        .expect("a director");
        let group = |sent: Sent, index| {
            let group = Some(Group { id: OperationId(uuid(6)), index, count: 2 });
            Sent::write(Operation { group, ..sent.operation }).expect("small")
        };
        let assign = Assign {
            assignment: uuid(0x41),
            student: ana(),
            person: PersonId(uuid(PROVIDER)),
            role: TeamRole::CaseManager,
            service: None,
            from: None,
        };
        let mut director = TestPhone::of(PROVIDER);
        let nonsense = statement(2, Base::Unknown, "not hers to write");
        let verdicts = director.push(&db, &[group(operation(1, NOW, &assign.into()), 0), group(nonsense, 1)], NOW);
        assert_eq!(verdicts, [Verdict::rejected(Code::Group), Verdict::rejected(Code::NotFound)]);
        let managers = db
            .read(|db| people::case_managers_of(db, agency(), &std::collections::BTreeSet::from([ana()]), NOW))
            .expect("an answer");
        assert!(managers.is_empty(), "nothing of it happened");
    }
}

#[test]
fn a_torn_group_is_remembered_like_any_other_rejection() {
    for db in fresh_databases() {
        world(&db);
        let mut provider = TestPhone::of(PROVIDER);
        let group = Some(Group { id: OperationId(uuid(6)), index: 0, count: 2 });
        let torn = Sent::write(Operation { group, ..visit(1, NOW.plus_days(-1), "half").operation }).expect("small");
        let request = provider.request(1, std::slice::from_ref(&torn));
        assert_eq!(provider.push(&db, &[torn], NOW), [Verdict::rejected(Code::Group)]);
        let again = provider.answer(&db, &request, NOW);
        assert!(
            matches!(again, PushAnswer::Taken { verdicts, .. } if verdicts[0].verdict == Verdict::rejected(Code::Group))
        );
    }
}

#[test]
fn what_did_not_arrive_is_known_until_its_author_sends_it_again() {
    for db in fresh_databases() {
        world(&db);
        let (mut mother, mut stranger) = (TestPhone::of(MOTHER), TestPhone::of(CAROL));
        db.write(|db| {
            let carol = people::Person {
                agency: Id(agency()),
                id: Id(PersonId(uuid(CAROL))),
                account: Some(Id(AccountId(uuid(CAROL)))),
                source_id: None,
                given_name: "Carol".into(),
                family_name: "Story".into(),
                preferred_name: None,
                email: None,
                phone: None,
                language: None,
                staff_role: None,
                ended_at: None,
            };
            people::insert_people(db, &[carol])
        })
        .expect("somebody else");
        stranger.push(&db, &[statement(0x51, Base::Unknown, "not her child")], NOW);
        assert!(rejected_about(&db).is_empty(), "who never had to do with the child is nobody's concern");

        mother.push(&db, &[statement(1, Base::Unknown, &"x".repeat(20_001))], NOW);
        let nothing = Base::Seen { seen: ValueHash::of(&Value::Null), text: None };
        let [lost] = &rejected_about(&db)[..] else { panic!("one") };
        assert_eq!((lost.by, lost.code), (PersonId(uuid(MOTHER)), Code::Invalid));
        let again = Operation { replaces: Some(OperationId(uuid(1))), ..statement(2, nothing, "shorter").operation };
        assert_eq!(mother.push(&db, &[Sent::write(again).expect("small")], NOW), [Verdict::Applied]);
        assert!(rejected_about(&db).is_empty());
    }
}

#[test]
fn what_was_written_after_access_ended_is_kept_whole() {
    for db in fresh_databases() {
        world(&db);
        let mut mother = TestPhone::of(MOTHER);
        db.write(|db| {
            let now = At::from_micros(NOW.0).expect("a time");
            on!(db => diesel::update(people::educational_right::table)
                .set(people::educational_right::ends_at.eq(Some(now))).execute(db))?;
            Ok(())
        })
        .expect("it ends");
        let verdicts = mother.push(&db, &[statement(1, Base::Unknown, "She sings.")], NOW.plus_days(1));
        assert_eq!(verdicts, [Verdict::rejected(Code::NotFound)]);
        let [lost] = &rejected_about(&db)[..] else { panic!("one") };
        assert_eq!(lost.operation.body["value"], json!("She sings."));
    }
}

#[test]
fn a_disagreement_has_a_life_it_is_raised_settled_and_taken_back() {
    for db in fresh_databases() {
        world(&db);
        let (mut mother, mut father) = (TestPhone::of(MOTHER), TestPhone::of(FATHER));
        let lives = || {
            let mut found = db.read(|db| conflict::about(db, agency(), &[ana()])).expect("an answer");
            found.remove(&ana()).unwrap_or_default()
        };
        let empty = Base::Seen { seen: ValueHash::of(&Value::Null), text: None };
        mother.push(&db, &[statement(1, empty, "She reads.")], NOW);
        mother.push(&db, &[statement(2, saw("She reads."), "She loves to read.")], NOW);
        father.push(&db, &[statement(3, saw("She reads."), "She learns to read.")], NOW);
        let [raised] = &lives()[..] else { panic!("one") };
        let versions: Vec<_> =
            raised.alternatives.iter().map(|voice| (voice.value.clone(), voice.saw.clone())).collect();
        let expected = [(json!("She loves to read."), None), (json!("She learns to read."), Some(json!("She reads.")))];
        assert_eq!(versions, expected, "with what its author had seen");
        assert!(raised.settled.is_none());

        let choose = |n: u128, saw: &[(u128, &str)], value: &str| {
            let choice = family::Resolve {
                kind: "statement".into(),
                record: family::statement_of(ana()),
                student: ana(),
                field: "vision".into(),
                saw: saw.iter().map(|(op, said)| shown(*op, said)).collect(),
                value: json!(value),
            };
            operation(n, NOW, &choice.into())
        };
        assert_eq!(
            mother.push(
                &db,
                &[choose(5, &[(2, "She loves to read."), (3, "She learns to read.")], "She loves to read.")],
                NOW
            ),
            [Verdict::Applied]
        );
        let settled = lives()[0].settled.clone().expect("settled");
        assert_eq!(
            (settled.by, settled.choice.0, settled.chosen),
            (PersonId(uuid(MOTHER)), uuid(5), json!("She loves to read."))
        );

        assert_eq!(
            father.push(&db, &[choose(6, &[(5, "She loves to read.")], "She learns to read.")], NOW),
            [Verdict::Applied],
            "taken back"
        );
        let told: Vec<_> = lives()
            .into_iter()
            .filter_map(|life| life.settled)
            .map(|one| (one.choice.0, one.until.is_some()))
            .collect();
        assert_eq!(told, [(uuid(5), true), (uuid(6), false)], "what was chosen before is not forgotten");
        mother.pull(&db, NOW);
        assert_eq!(mother.texts("statement", "vision"), ["She learns to read."]);
    }
}

#[test]
fn nobody_begins_an_input_in_the_place_of_another_guardian() {
    for db in fresh_databases() {
        world(&db);
        let (mut mother, mut father) = (TestPhone::of(MOTHER), TestPhone::of(FATHER));
        let edit = |n: u128| {
            let edit = family::EditInput {
                input: family::input_of(ana(), PersonId(uuid(MOTHER)), 0),
                student: ana(),
                field: "hopes".into(),
                base: Base::Seen { seen: ValueHash::of(&Value::Null), text: None },
                value: "More books.".into(),
            };
            operation(n, NOW, &edit.into())
        };
        assert_eq!(father.push(&db, &[edit(1)], NOW), [Verdict::rejected(Code::NotFound)], "before it is there");
        assert_eq!(mother.push(&db, &[edit(2)], NOW), [Verdict::Applied]);
        assert_eq!(father.push(&db, &[edit(3)], NOW), [Verdict::rejected(Code::NotFound)], "and after");
    }
}
