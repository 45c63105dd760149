//! What a sample promises, on values alone.

use std::collections::{BTreeMap, BTreeSet};

use domain::Intent;
use sync::Micros;

use super::SIGN_INS;
use super::blueprint::DISTRICTS;
use super::district::District;
use crate::access::{self, Action, Judgement, Part, StaffRole};
use crate::access_log::Topic;

/// A Sunday in November 2026.
const NOW: Micros = Micros(1_795_363_200_000_000);

fn districts(now: Micros) -> Vec<District> {
    DISTRICTS.iter().map(|blueprint| District::draw(1, blueprint, now)).collect()
}

#[test]
fn the_same_seed_and_moment_give_the_same_sample() {
    let print = |districts: Vec<District>| format!("{districts:?}");
    assert!(print(districts(NOW)) == print(districts(NOW)));
}

#[test]
fn it_is_as_large_as_a_small_district() {
    let districts = districts(NOW);
    let home = &districts[0];
    assert!(home.roster.students.len() >= 400);
    assert!(home.roster.orgs.iter().filter(|org| org.kind == "school").count() >= 3);
    let plans = home.roster.students.iter().filter(|student| student.plan.is_some_and(|plan| plan.word().is_some()));
    assert!(plans.count() >= 60);
    let count = |name| {
        let acts = districts.iter().flat_map(|district| &district.acts);
        acts.filter(|act| act.intent.name() == name).count()
    };
    assert!(count("LogVisit") > 1_500, "{}", count("LogVisit"));
    assert!(count("WriteGoal") > 130);
    assert!(count("CallMeeting") > 8);
    for name in ["EditStatement", "EditInput", "SubmitInput", "AnswerMeeting", "MoveMeeting", "EndAssignment"] {
        assert!(count(name) > 0, "{name}");
    }
}

#[test]
fn two_providers_serve_both_districts() {
    let districts = districts(NOW);
    for login in ["provider", "provider2"] {
        for district in &districts {
            let (_, person) = district.sign_ins.iter().find(|(known, _)| *known == login).expect("both districts");
            let visits = district.acts.iter().filter(|act| act.by == *person);
            assert!(visits.count() > 30, "{login} in {}", district.name);
        }
    }
}

#[test]
fn everybody_who_signs_in_is_somebody() {
    let districts = districts(NOW);
    let logins: BTreeSet<_> = districts.iter().flat_map(|d| &d.sign_ins).map(|(login, _)| *login).collect();
    assert_eq!(logins, SIGN_INS.iter().map(|known| known.login).collect());
    let director = &districts[0].sign_ins.iter().find(|(login, _)| *login == "director").expect("a director").1;
    assert_eq!(districts[0].facts[director].staff_role, Some(StaffRole::Director));
}

#[test]
fn nothing_happens_in_the_future_and_everything_makes_sense() {
    for district in districts(NOW) {
        for act in &district.acts {
            assert!(act.at < NOW);
            assert_eq!(act.intent.check(), Ok(()), "{:?}", act.intent);
            assert!(district.facts.contains_key(&act.by));
        }
        assert!(district.acts.is_sorted_by_key(|act| act.at));
    }
}

#[test]
fn of_late_only_those_who_may_looked_and_nobody_today() {
    let rare = [Topic::Statement, Topic::Input, Topic::Contacts, Topic::Attempts];
    for district in districts(NOW) {
        assert!(district.looks.is_sorted() && district.looks.len() > 200, "{}", district.looks.len());
        for (at, look) in &district.looks {
            assert!(*at < NOW && *at > NOW.plus_days(-22));
            let facts = &district.facts[&look.person];
            // A teacher comes to the class by the roster, which is not drawn here.
            let may = |part| access::may(facts, Action::See(part), Some(look.student), *at) == Judgement::Allowed;
            let teaches =
                facts.staff_role == Some(StaffRole::Teacher) && matches!(look.topic, Topic::Goals | Topic::Meetings);
            assert!(teaches || may(Part::Goals), "{look:?}");
            assert!(!rare.contains(&look.topic) || may(Part::Statement), "{look:?}");
        }
    }
}

#[test]
fn nobody_gives_two_services_at_once() {
    let mut busy: BTreeMap<_, Vec<(Micros, Micros)>> = BTreeMap::new();
    for (n, district) in districts(NOW).into_iter().enumerate() {
        for act in &district.acts {
            if let Intent::LogVisit(visit) = &act.intent {
                let login = district.sign_ins.iter().find(|(_, person)| *person == act.by).map(|(login, _)| *login);
                let who = login.map_or_else(|| format!("{n} {}", act.by), str::to_owned);
                busy.entry(who).or_default().push((visit.started_at, visit.ended_at));
            }
        }
    }
    for (who, mut visits) in busy {
        visits.sort();
        assert!(visits.windows(2).all(|pair| pair[0].1 <= pair[1].0), "{who}");
    }
}

#[test]
fn notes_name_nobody() {
    for district in districts(NOW) {
        let students = district.roster.students.iter().map(|student| student.name.given.as_str());
        let adults = district.roster.people.iter().map(|person| person.name.given.as_str());
        let names: BTreeSet<_> = students.chain(adults).collect();
        for act in &district.acts {
            if let Intent::LogVisit(visit) = &act.intent {
                let words = visit.note.split(|c: char| !c.is_alphabetic());
                assert!(words.into_iter().all(|word| !names.contains(word)), "{}", visit.note);
            }
        }
    }
}

/// In July as in March there is a past, and whatever comes next lies ahead.
#[test]
fn a_sample_can_be_made_on_any_day_of_the_year() {
    for days in (0..365).step_by(23) {
        let now = NOW.plus_days(days);
        let district = District::draw(2, &DISTRICTS[1], now);
        assert!(district.acts.len() > 300 && !district.looks.is_empty(), "{days}");
        for act in &district.acts {
            if let Intent::CallMeeting(meeting) = &act.intent {
                assert!(meeting.time.starts_at > now);
            }
        }
    }
}
