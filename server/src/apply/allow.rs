//! Which rule of [`access`](crate::access) an intention falls under.

use super::{Actor, Role};
use crate::access::{Action, Judgement, Part, may};
use domain::{
    Intent,
    family::{MOST_INPUTS, input_of},
    kinds,
};
use sync::{Kind, Micros, PersonId, Record, RecordId, time::Occurred};

/// Why a record that was written waits for a look by a person.
pub(super) const REVIEW_LATE: &str = "late";
pub(super) const REVIEW_CLOCK: &str = "clock";

/// The answer: as whom, perhaps with a reason for a look by a person; or not at all.
pub(super) enum Answer {
    Allowed {
        by: PersonId,
        review: Option<&'static str>,
    },
    /// As whom they had to do with the student, now or once.
    NotFound {
        linked: Option<PersonId>,
    },
}

/// As which of its people the actor may do this now. `present` reads records as they are.
pub(super) fn allow(
    actor: &Actor,
    intent: &Intent,
    at: Occurred,
    now: Micros,
    present: &dyn Fn(&Kind, RecordId) -> Option<Record>,
) -> Answer {
    let people = match &actor.role {
        Role::Job(job) => return Answer::Allowed { by: *job, review: None },
        Role::People(people) => people,
    };
    let mut late = Answer::NotFound { linked: linked(actor, intent.student()) };
    for facts in people {
        let Some(action) = action(facts.person, intent, at, present) else { continue };
        match may(facts, action, Some(intent.student()), now) {
            Judgement::Allowed => {
                let evidence = matches!(intent, Intent::LogVisit(_) | Intent::LogAttempt(_));
                return Answer::Allowed {
                    by: facts.person,
                    review: (evidence && at.is_skewed()).then_some(REVIEW_CLOCK),
                };
            }
            Judgement::Review => late = Answer::Allowed { by: facts.person, review: Some(REVIEW_LATE) },
            Judgement::NotFound => {}
        }
    }
    late
}

/// As whom the actor has or had anything to do with a student.
pub(super) fn linked(actor: &Actor, student: RecordId) -> Option<PersonId> {
    let Role::People(people) = &actor.role else { return None };
    let has = |facts: &&crate::access::Facts| facts.links.iter().any(|link| link.student == student);
    people.iter().find(has).map(|facts| facts.person)
}

/// The rule; `None` for what only jobs do, or only another person.
fn action<'i>(
    person: PersonId,
    intent: &'i Intent,
    at: Occurred,
    present: &dyn Fn(&Kind, RecordId) -> Option<Record>,
) -> Option<Action<'i>> {
    let author = |kind: &Kind, id| present(kind, id).map(|record| record.made.by);
    // One that nobody has begun is his of whom its id is made: no guardian takes another's place.
    let made_by = |student, id| {
        let own = || (0..MOST_INPUTS).any(|n| input_of(student, person, n) == id);
        author(&kinds::INPUT, id).or_else(|| own().then_some(person))
    };
    Some(match intent {
        // One corrects what one logged oneself: domain.md §8.3, *m*.
        Intent::LogVisit(visit) if visit.amends.is_some_and(|id| author(&kinds::VISIT, id) != Some(person)) => {
            return None;
        }
        // Judged when it happened, by the corrected clock: domain.md §8.3.
        Intent::LogVisit(visit) => Action::LogVisit { service: &visit.service, at: visit.started_at.plus(at.offset) },
        Intent::ReviewVisit(_) | Intent::ReviewAttempt(_) => Action::Review,
        Intent::LogAttempt(attempt) => Action::LogAttempt { at: attempt.at.plus(at.offset) },
        Intent::EditInput(edit) => Action::EditInput { by: made_by(edit.student, edit.input)? },
        Intent::SubmitInput(input) => Action::EditInput { by: made_by(input.student, input.input)? },
        Intent::EditStatement(_) => Action::EditStatement,
        Intent::AnswerMeeting(_) => Action::AnswerMeeting,
        Intent::Resolve(choice) => Action::Resolve(match choice.kind.as_str() {
            "statement" => Part::Statement,
            "visit" => Part::Visits { service: "" },
            "attempt" => Part::Attempts { with: person },
            "input" => Part::Input { by: made_by(choice.student, choice.record)? },
            _ => Part::Meetings,
        }),
        Intent::CallMeeting(_) | Intent::MoveMeeting(_) => Action::CallMeeting,
        Intent::WriteGoal(_) => Action::WriteGoal,
        Intent::AskOfRecord(_) => Action::AskOfRecord,
        Intent::AskForHearing(hearing) => Action::GoOnAsking { by: author(&kinds::REQUEST, hearing.request)? },
        Intent::StateDisagreement(words) => Action::GoOnAsking { by: author(&kinds::REQUEST, words.request)? },
        Intent::AnswerRequest(_) => Action::AnswerRequest,
        Intent::VerifyContact(_)
        | Intent::GrantRights(_)
        | Intent::EndRights(_)
        | Intent::Restrict(_)
        | Intent::LiftRestriction(_)
        | Intent::RecordMajority(_)
        | Intent::WithdrawMajority(_) => Action::KeepRights,
        Intent::RecordDisclosure(_) => Action::Disclose,
        Intent::PlaceHold(_) | Intent::LiftHold(_) | Intent::TellNotNeeded(_) => Action::Retain,
        Intent::Assign(_) | Intent::EndAssignment(_) => Action::Assign,
        Intent::PlaceStudent(_) | Intent::PlaceMember(_) => return None,
    })
}
