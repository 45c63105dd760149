use super::*;
use sync::RecordId;
use uuid::Uuid;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn at(text: &str) -> At {
    At(day(text).and_hms_opt(12, 0, 0).expect("noon").and_utc())
}

fn rule(years: Option<i32>) -> Rule {
    let law = "A law".to_owned();
    Rule {
        agency: Id(AgencyId(Uuid::nil())),
        id: Id(Uuid::nil()),
        years,
        law,
        recorded_by: Id(PersonId(Uuid::nil())),
        recorded_at: at("2020-01-01"),
    }
}

fn hold(lifted: bool) -> Hold {
    Hold {
        agency: Id(AgencyId(Uuid::nil())),
        id: Id(Uuid::nil()),
        student: Id(RecordId(Uuid::nil())),
        reason: "A complaint".into(),
        placed_by: Id(PersonId(Uuid::nil())),
        placed_at: at("2026-01-01"),
        lifted_by: lifted.then_some(Id(PersonId(Uuid::nil()))),
        lifted_at: lifted.then(|| at("2026-02-01")),
        lifted_why: lifted.then(|| "It was settled".into()),
    }
}

fn notice(on: &str) -> Notice {
    Notice {
        agency: Id(AgencyId(Uuid::nil())),
        id: Id(Uuid::nil()),
        student: Id(RecordId(Uuid::nil())),
        day: day(on),
        told: "A letter".into(),
        recorded_by: Id(PersonId(Uuid::nil())),
        recorded_at: at(on),
    }
}

/// Left in June 2020, kept for five years, told since: nothing stands in the way.
fn done_with() -> Keeping {
    Keeping {
        left: Some(day("2020-06-05")),
        rule: Some(rule(Some(5))),
        holds: vec![hold(true)],
        notices: vec![notice("2025-09-01")],
        asked: Vec::new(),
    }
}

/// 34 CFR 300.624(a), 99.10(e); the default is to keep.
#[test]
fn what_stands_in_the_way_of_destroying_a_record() {
    use Obstacle::{AskedToCorrect, AskedToSee, Held, NoSchedule, NotTold, NotYet, StillHere};
    type Change = fn(&mut Keeping);
    #[rustfmt::skip]
    let table: [(&str, Change, &[Obstacle]); 10] = [
        ("nothing",                          |_| {},                                             &[]),
        ("the student is here",              |it| it.left = None,                                &[StillHere]),
        ("the student leaves in June",       |it| it.left = Some(day("2027-06-05")),             &[StillHere, NotYet]),
        ("nobody has said for how long",     |it| it.rule = None,                                &[NoSchedule]),
        ("for ever",                         |it| it.rule = Some(rule(None)),                    &[NoSchedule]),
        ("for seven years",                  |it| it.rule = Some(rule(Some(7))),                 &[NotYet]),
        ("a hold beside one that is lifted", |it| it.holds.push(hold(false)),                    &[Held]),
        ("a parent wants to see it",         |it| it.asked = vec![Asks::See],                    &[AskedToSee]),
        ("a parent wants it corrected",      |it| it.asked = vec![Asks::Correct],                &[AskedToCorrect]),
        ("told before it was so",            |it| it.notices = vec![notice("2025-06-04")],       &[NotTold]),
    ];
    for (what, change, expected) in table {
        let mut keeping = done_with();
        change(&mut keeping);
        assert_eq!(keeping.obstacles(day("2026-09-21")), expected, "{what}");
    }
    assert_eq!(Keeping::default().obstacles(day("2026-09-21")), [StillHere, NoSchedule]);
}
