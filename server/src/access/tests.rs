//! The rules as tables: each row is a decision that somebody can read and dispute.

use super::*;
use domain::{kinds, scope::lies_in, team::TeamRole};
use std::collections::BTreeSet;
use sync::{AgencyId, Kind, Micros, OperationId, PersonId, Record, RecordId, Scope, record::Stamp};
use uuid::Uuid;

const ANA: RecordId = RecordId(Uuid::from_u128(1));
const BEN: RecordId = RecordId(Uuid::from_u128(2));
const ME: PersonId = PersonId(Uuid::from_u128(10));
const OTHER: PersonId = PersonId(Uuid::from_u128(11));
const NOW: Micros = Micros(1_000_000_000_000_000);

fn day(days: i64) -> Micros {
    NOW.plus_days(days)
}

fn person(staff_role: Option<StaffRole>, links: Vec<Link>) -> Facts {
    Facts { agency: AgencyId(Uuid::from_u128(99)), person: ME, staff_role, links }
}

fn link(role: TeamRole, span: Span) -> Link {
    let service = (role == TeamRole::Provider).then(|| "speech".to_owned());
    Link { student: ANA, role, service, span }
}

fn linked(role: TeamRole) -> Facts {
    person(None, vec![link(role, Span::new(day(-100), None))])
}

fn ended(role: TeamRole, days_ago: i64) -> Facts {
    person(None, vec![link(role, Span::new(day(-100), Some(day(-days_ago))))])
}

fn staff(role: StaffRole) -> Facts {
    person(Some(role), vec![])
}

fn is_allowed(facts: &Facts, action: Action<'_>, student: RecordId) -> bool {
    may(facts, action, Some(student), NOW) == Judgement::Allowed
}

#[test]
fn a_link_to_one_student_is_none_to_another() {
    for role in [TeamRole::Guardian, TeamRole::CaseManager, TeamRole::Provider, TeamRole::Teacher] {
        let facts = linked(role);
        assert!(is_allowed(&facts, Action::See(Part::Card), ANA), "{role:?}");
        assert!(!is_allowed(&facts, Action::See(Part::Card), BEN), "{role:?}");
        assert_eq!(students(&facts, NOW), Reach::Only(BTreeSet::from([ANA])), "{role:?}");
    }
}

#[test]
fn reading_ends_with_the_link() {
    for role in [TeamRole::Guardian, TeamRole::CaseManager, TeamRole::Provider, TeamRole::Teacher] {
        assert!(!is_allowed(&ended(role, 0), Action::See(Part::Card), ANA), "{role:?}");
        assert_eq!(students(&ended(role, 0), NOW), Reach::Only(BTreeSet::new()), "{role:?}");
    }
}

#[test]
fn being_staff_gives_no_child_by_itself() {
    for role in [StaffRole::CaseManager, StaffRole::Teacher, StaffRole::Provider] {
        assert!(!is_allowed(&staff(role), Action::See(Part::Card), ANA), "{role:?}");
    }
}

#[test]
fn the_office_keeps_people_and_reads_no_goals() {
    let office = staff(StaffRole::Office);
    assert!(is_allowed(&office, Action::KeepRights, ANA));
    assert!(is_allowed(&office, Action::See(Part::Contacts), ANA));
    assert!(!is_allowed(&office, Action::See(Part::Goals), ANA));
    assert!(!is_allowed(&office, Action::See(Part::Visits { service: "speech" }), ANA));
}

#[test]
fn one_guardian_never_sees_what_another_told_the_team() {
    let guardian = linked(TeamRole::Guardian);
    assert!(is_allowed(&guardian, Action::See(Part::Input { by: ME }), ANA));
    assert!(!is_allowed(&guardian, Action::See(Part::Input { by: OTHER }), ANA));
    assert!(!is_allowed(&guardian, Action::See(Part::Answer { by: OTHER }), ANA));
    assert!(!is_allowed(&guardian, Action::EditInput { by: OTHER }, ANA));
    assert!(!is_allowed(&guardian, Action::See(Part::Contacts), ANA));
}

#[test]
fn a_visit_is_judged_when_it_took_place() {
    use Judgement::{Allowed, NotFound, Review};
    let visit = |service, at| Action::LogVisit { service, at };
    #[rustfmt::skip]
    let table = [
        ("assigned now",                       linked(TeamRole::Provider),       visit("speech", day(-1)),   Allowed),
        ("before the assignment began",        linked(TeamRole::Provider),       visit("speech", day(-101)), Review),
        ("within one that ended since",        ended(TeamRole::Provider, 10),    visit("speech", day(-11)),  Allowed),
        ("after it ended",                     ended(TeamRole::Provider, 10),    visit("speech", day(-9)),   Review),
        ("arrives 30 days after the end",      ended(TeamRole::Provider, 30),    visit("speech", day(-31)),  Allowed),
        ("arrives 31 days after the end",      ended(TeamRole::Provider, 31),    visit("speech", day(-32)),  Review),
        ("another service",                    linked(TeamRole::Provider),       visit("physical", day(-1)), NotFound),
        ("a teacher",                          linked(TeamRole::Teacher),        visit("speech", day(-1)),   NotFound),
        ("a case manager",                     linked(TeamRole::CaseManager),    visit("speech", day(-1)),   NotFound),
        ("a guardian",                         linked(TeamRole::Guardian),       visit("speech", day(-1)),   NotFound),
        ("a director",                         staff(StaffRole::Director),       visit("speech", day(-1)),   NotFound),
    ];
    for (name, facts, action, expected) in table {
        assert_eq!(may(&facts, action, Some(ANA), NOW), expected, "{name}");
    }
    assert_eq!(may(&linked(TeamRole::Provider), visit("speech", day(-1)), Some(BEN), NOW), NotFound);
}

#[test]
fn an_attempt_to_reach_a_family_is_judged_when_it_was_made() {
    use Judgement::{Allowed, NotFound, Review};
    let call = |at| Action::LogAttempt { at };
    #[rustfmt::skip]
    let table = [
        ("assigned now",                  linked(TeamRole::CaseManager),    call(day(-1)),   Allowed),
        ("before the assignment began",   linked(TeamRole::CaseManager),    call(day(-101)), Review),
        ("within one that ended since",   ended(TeamRole::CaseManager, 10), call(day(-11)),  Allowed),
        ("after it ended",                ended(TeamRole::CaseManager, 10), call(day(-9)),   Review),
        ("arrives 31 days after the end", ended(TeamRole::CaseManager, 31), call(day(-32)),  Review),
        ("the director",                  staff(StaffRole::Director),       call(day(-1)),   Allowed),
        ("a provider",                    linked(TeamRole::Provider),       call(day(-1)),   NotFound),
        ("a guardian",                    linked(TeamRole::Guardian),       call(day(-1)),   NotFound),
    ];
    for (name, facts, action, expected) in table {
        assert_eq!(may(&facts, action, Some(ANA), NOW), expected, "{name}");
    }
}

#[test]
fn a_familys_words_are_written_by_guardians_and_chosen_by_guardians_or_staff_who_answer_for_the_case() {
    #[rustfmt::skip]
    let table = [
        ("guardian",     linked(TeamRole::Guardian),    true,  true),
        ("case manager", linked(TeamRole::CaseManager), false, true),
        ("director",     staff(StaffRole::Director),    false, true),
        ("provider",     linked(TeamRole::Provider),    false, false),
        ("teacher",      linked(TeamRole::Teacher),     false, false),
        ("office",       staff(StaffRole::Office),      false, false),
        ("former",       ended(TeamRole::Guardian, 0),  false, false),
    ];
    for (name, facts, edits, resolves) in table {
        assert_eq!(is_allowed(&facts, Action::EditStatement, ANA), edits, "{name}");
        assert_eq!(is_allowed(&facts, Action::Resolve(Part::Statement), ANA), resolves, "{name}");
    }
}

#[test]
fn a_provider_sees_the_visits_of_their_own_service() {
    let speech = Reach::Only(BTreeSet::from(["speech".to_owned()]));
    #[rustfmt::skip]
    let table = [
        ("provider",     linked(TeamRole::Provider),    speech),
        ("teacher",      linked(TeamRole::Teacher),     Reach::Only(BTreeSet::new())),
        ("guardian",     linked(TeamRole::Guardian),    Reach::All),
        ("case manager", linked(TeamRole::CaseManager), Reach::All),
        ("director",     staff(StaffRole::Director),    Reach::All),
        ("office",       staff(StaffRole::Office),      Reach::Only(BTreeSet::new())),
    ];
    for (name, facts, expected) in table {
        assert_eq!(services(&facts, ANA, NOW), expected, "{name}");
    }
}

#[test]
fn scopes_change_when_the_next_dated_fact_begins_or_ends() {
    let mut facts = person(
        None,
        vec![
            link(TeamRole::Teacher, Span::new(day(-5), Some(day(3)))),
            link(TeamRole::CaseManager, Span::new(day(2), None)),
            link(TeamRole::Guardian, Span::new(day(-5), Some(day(-1)))),
        ],
    );
    let at = |facts: &Facts, now| {
        let (scopes, next) = scopes(facts, now);
        let names = scopes.iter().map(|scope| scope.path.rsplit('/').next().unwrap_or_default().to_owned());
        (names.filter(|name| name.len() < 20).collect::<Vec<_>>().join(" "), next)
    };
    assert_eq!(at(&facts, NOW), ("reference glance teaching".into(), Some(day(2))));
    assert_eq!(at(&facts, day(2)), ("reference case glance teaching".into(), Some(day(3))));
    assert_eq!(at(&facts, day(3)), ("reference case glance teaching".into(), None));
    facts.links.clear();
    assert_eq!(at(&facts, NOW), ("reference".into(), None));
}

/// What lies in a scope that a phone holds can be read by its holder through typed queries,
/// and nothing more: the two ways to see a child's record say the same.
#[test]
fn the_scopes_a_role_holds_are_the_parts_it_may_see() {
    let record = |by, service: &str| {
        let stamp = Stamp { op: OperationId(Uuid::nil()), by, at: NOW };
        let mut record = Record::new(stamp, Some(ANA.0), None);
        record.fields.insert("service".into(), service.into());
        record.fields.insert("submittedAt".into(), 1.into());
        record
    };
    let holds = |facts: &Facts, kind: Kind, record: &Record| {
        let (held, _) = scopes(facts, NOW);
        let id = if kind == kinds::STUDENT { ANA } else { RecordId(Uuid::from_u128(5)) };
        lies_in(&kind, id, record).into_iter().any(|path| held.contains(&Scope::new(facts.agency, path)))
    };
    let parts = [
        (kinds::STUDENT, Part::Card, record(OTHER, "")),
        (kinds::MEMBER, Part::Card, record(OTHER, "")),
        (kinds::GOAL, Part::Goals, record(OTHER, "")),
        (kinds::POINT, Part::Goals, record(OTHER, "")),
        (kinds::VISIT, Part::Visits { service: "speech" }, record(OTHER, "speech")),
        (kinds::VISIT, Part::Visits { service: "physical" }, record(OTHER, "physical")),
        (kinds::STATEMENT, Part::Statement, record(OTHER, "")),
        (kinds::INPUT, Part::Input { by: OTHER }, record(OTHER, "")),
        (kinds::INPUT, Part::Input { by: ME }, record(ME, "")),
        (kinds::MEETING, Part::Meetings, record(OTHER, "")),
        (kinds::ANSWER, Part::Answer { by: OTHER }, record(OTHER, "")),
        (kinds::ANSWER, Part::Answer { by: ME }, record(ME, "")),
    ];
    for role in [TeamRole::Guardian, TeamRole::CaseManager, TeamRole::Provider, TeamRole::Teacher] {
        for facts in [linked(role), ended(role, 1)] {
            for (kind, part, record) in &parts {
                let expected = is_allowed(&facts, Action::See(*part), ANA);
                assert_eq!(holds(&facts, kind.clone(), record), expected, "{role:?} {kind} {part:?}");
            }
        }
    }
}

#[test]
fn a_phone_holds_500_scopes_of_a_person_and_whole_children() {
    let child = |n: u128, role| Link { student: RecordId(Uuid::from_u128(n)), ..link(role, Span::ALWAYS) };
    let classes = (1..=300).map(|n| child(n, TeamRole::Teacher));
    let own = std::iter::once(child(301, TeamRole::Guardian));
    let (scopes, _) = scopes(&person(Some(StaffRole::Teacher), classes.chain(own).collect()), NOW);

    assert_eq!(scopes.len(), MOST_SCOPES);
    let about = |n: u128| {
        let student = format!("student/{}/", Uuid::from_u128(n).simple());
        scopes.iter().filter(|scope| scope.path.starts_with(&student)).count()
    };
    assert_eq!((about(301), about(1), about(248), about(249)), (2, 2, 2, 0), "her own child, then her classes");
}

#[test]
fn a_caseload_is_full_when_one_more_child_would_not_fit() {
    let child = |n: u128| Link { student: RecordId(Uuid::from_u128(n)), ..link(TeamRole::Provider, Span::ALWAYS) };
    let caseload = |most: u128| person(Some(StaffRole::Provider), (1..=most).map(child).collect());

    assert!(fits(&caseload(165), child(166), NOW));
    assert!(!fits(&caseload(166), child(167), NOW));
    let teaches = Link { role: TeamRole::Teacher, service: None, ..child(166) };
    assert!(fits(&caseload(166), teaches, NOW), "a second role for a child that she has takes no more room");
}
