//! The rules, each in the words in which people agreed on it.

use super::facts::{Facts, Link, StaffRole};
use domain::team::TeamRole;
use std::collections::BTreeSet;
use sync::{Micros, PersonId, RecordId};
use uuid::Uuid;

/// For how long after an assignment's end evidence of it may still arrive.
pub const LATE_DAYS: i64 = 30;

/// An id that no person has: it stands for any of the family where a part has one for each of them,
/// and only who sees all of those sees it.
pub const NOBODY: PersonId = PersonId(Uuid::nil());

/// A part of what is known of one student, with its own audience.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// Name, grade, school, and who is on the team.
    Card,
    /// Goals and their data.
    Goals,
    /// Visits of one service.
    Visits {
        /// Which.
        service: &'a str,
    },
    /// What the family says together.
    Statement,
    /// One guardian's submitted input.
    Input {
        /// Whose.
        by: PersonId,
    },
    /// Meetings about the student.
    Meetings,
    /// One person's answer to a meeting.
    Answer {
        /// Whose.
        by: PersonId,
    },
    /// Contacts, how to reach them, their rights and invitations.
    Contacts,
    /// What somebody wrote about the student and the server did not take.
    NotReceived,
    /// Attempts to reach one person of the family.
    Attempts {
        /// Whom.
        with: PersonId,
    },
    /// What one guardian asks of the record, what was answered, and their own words beside it.
    Request {
        /// Who asks.
        by: PersonId,
    },
    /// That somebody looked at the student's record.
    Look {
        /// Who.
        by: PersonId,
        /// As one of the family, not as staff.
        family: bool,
    },
    /// What of the record was given to parties outside, and who asked for it.
    Disclosures,
    /// How long the record is kept, and what keeps it longer.
    Retention,
}

/// What somebody asks to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action<'a> {
    /// Reads a part of a student's record.
    See(Part<'a>),
    /// Hands in a visit: evidence, judged at the time of the event.
    LogVisit {
        /// Which service was given.
        service: &'a str,
        /// When it began, by the corrected clock.
        at: Micros,
    },
    /// Says whether evidence counts that waits for a look.
    Review,
    /// Writes down an attempt to reach the family: evidence, judged at the time of the event.
    LogAttempt {
        /// When it was made, by the corrected clock.
        at: Micros,
    },
    /// Writes the family's shared statement.
    EditStatement,
    /// Writes a guardian's input, or hands it in.
    EditInput {
        /// Whose input it is.
        by: PersonId,
    },
    /// Answers an invitation to a meeting.
    AnswerMeeting,
    /// Asks to see the record, or to have it corrected.
    AskOfRecord,
    /// Goes on with what a guardian asked: a hearing, their own words beside the record.
    GoOnAsking {
        /// Who asked.
        by: PersonId,
    },
    /// Answers what a guardian asked of the record.
    AnswerRequest,
    /// Takes a copy of all of the record that they may see.
    CopyRecord,
    /// Gives something of the record to a party outside, and writes that down.
    Disclose,
    /// Puts a hold on the record or lifts it, and writes down that the family was told that it is no
    /// longer needed.
    Retain,
    /// Chooses between two versions of a part.
    Resolve(Part<'a>),
    /// Writes a goal.
    WriteGoal,
    /// Calls a meeting or moves it.
    CallMeeting,
    /// Confirms a contact, grants or ends rights.
    KeepRights,
    /// Assigns staff to a student, or ends that.
    Assign,
    /// Writes down at which age people come of age here, and by which law.
    SetLaw,
    /// Writes down for how long records are kept here, and reads whose are no longer needed.
    SetRetention,
    /// Reads the agency's staff list.
    SeeStaff,
    /// Loads a roster, and reads what became of it.
    Import,
    /// Sees how somebody signs in, and hands out a code with which they do from then on.
    LetIn {
        /// One of the staff: whoever holds the code sees what they see.
        staff: bool,
    },
}

/// The answer to [`may`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// Yes.
    Allowed,
    /// Evidence from somebody who has or had the assignment, but at another time or too
    /// late: a person looks at it.
    Review,
    /// No, and it reads as if it were not there.
    NotFound,
}

/// Whether a person may do that, to that student of their agency where there is one.
pub fn may(facts: &Facts, action: Action<'_>, student: Option<RecordId>, now: Micros) -> Judgement {
    let allowed = match (action, student) {
        (Action::LogVisit { service, at }, Some(student)) => {
            return evidence(facts, student, at, now, |link| is_provider_of(link, service));
        }
        // Where a student has no case manager, the director does it.
        (Action::LogAttempt { at }, Some(student)) if facts.staff_role != Some(StaffRole::Director) => {
            return evidence(facts, student, at, now, |link| link.role == TeamRole::CaseManager);
        }
        (action, Some(student)) => may_about(facts, action, student, now),
        (action, None) => may_in_agency(facts, action),
    };
    if allowed { Judgement::Allowed } else { Judgement::NotFound }
}

fn may_in_agency(facts: &Facts, action: Action<'_>) -> bool {
    match action {
        Action::SeeStaff => facts.staff_role.is_some(),
        Action::Import | Action::LetIn { staff: false } => keeps_people(facts),
        // For a state's law the director answers. And the office sees less than those whom it would let in.
        Action::SetLaw | Action::SetRetention | Action::LetIn { staff: true } => {
            facts.staff_role == Some(StaffRole::Director)
        }
        _ => false,
    }
}

fn may_about(facts: &Facts, action: Action<'_>, student: RecordId, now: Micros) -> bool {
    use TeamRole::{CaseManager, Guardian, Notified, Provider, Teacher};
    let director = facts.staff_role == Some(StaffRole::Director);
    let is = |role| facts.links_at(now).any(|link| link.student == student && link.role == role);
    let team = || is(CaseManager) || is(Provider) || is(Teacher);
    let gives = |service| facts.links_at(now).any(|link| link.student == student && is_provider_of(link, service));
    match action {
        // Parents whose child is of age are still sent notices, and nothing else (34 CFR 300.520(a)(1)(i)).
        Action::See(Part::Card) => team() || is(Guardian) || is(Notified) || director || keeps_people(facts),
        Action::See(Part::Meetings) => team() || is(Guardian) || is(Notified) || director,
        Action::See(Part::Goals) => team() || is(Guardian) || director,
        Action::See(Part::Visits { service }) => gives(service) || is(CaseManager) || is(Guardian) || director,
        Action::See(Part::Statement) => is(CaseManager) || is(Guardian) || director,
        // Between one guardian and the team: never for the other guardians.
        Action::See(Part::Input { by } | Part::Answer { by } | Part::Request { by }) => {
            is(CaseManager) || director || (is(Guardian) && by == facts.person)
        }
        Action::See(Part::Attempts { with }) => is(CaseManager) || director || (is(Guardian) && with == facts.person),
        // A guardian reads of staff and of nobody else's devices and habits (domain.md §8.3).
        Action::See(Part::Look { by, family }) => director || (is(Guardian) && (!family || by == facts.person)),
        // 34 CFR 99.32(c): the parents, and who answers for the record.
        Action::See(Part::Disclosures) => is(Guardian) || is(CaseManager) || director,
        // A hold may tell of a lawsuit: it is for who answers for the records.
        Action::See(Part::Retention) => director,
        Action::See(Part::NotReceived) => is(CaseManager) || director,
        Action::See(Part::Contacts) => is(CaseManager) || director || keeps_people(facts),

        Action::EditStatement | Action::AnswerMeeting | Action::AskOfRecord => is(Guardian),
        Action::EditInput { by } | Action::GoOnAsking { by } | Action::Resolve(Part::Input { by }) => {
            is(Guardian) && by == facts.person
        }
        // Whoever keeps the records of the whole agency answers for them (domain.md §8.3).
        Action::AnswerRequest | Action::Disclose | Action::Retain => director,
        // Theirs by right (34 CFR 300.613, 99.10), and for whoever answers when they ask.
        Action::CopyRecord => is(Guardian) || director,
        Action::Resolve(Part::Statement) => is(Guardian) || is(CaseManager) || director,
        Action::Resolve(Part::Meetings | Part::Visits { .. } | Part::Attempts { .. }) => is(CaseManager) || director,
        Action::Resolve(_) => false,
        Action::WriteGoal | Action::CallMeeting => is(CaseManager),
        // Where a student has no case manager, the director does it.
        Action::Review => is(CaseManager) || director,
        Action::LogAttempt { .. } => director,
        Action::KeepRights | Action::Assign => keeps_people(facts),

        Action::LogVisit { .. }
        | Action::SetLaw
        | Action::SetRetention
        | Action::SeeStaff
        | Action::Import
        | Action::LetIn { .. } => false,
    }
}

/// Whether a person is one of the student's family, with rights or notices.
pub fn is_family(facts: &Facts, student: RecordId, now: Micros) -> bool {
    let family = |link: &Link| matches!(link.role, TeamRole::Guardian | TeamRole::Notified);
    facts.links_at(now).any(|link| link.student == student && family(link))
}

/// Directors and the office keep people, contacts, rights and assignments.
fn keeps_people(facts: &Facts) -> bool {
    matches!(facts.staff_role, Some(StaffRole::Director | StaffRole::Office))
}

fn is_provider_of(link: &Link, service: &str) -> bool {
    link.role == TeamRole::Provider && link.service.as_deref() == Some(service)
}

/// Who gave a service or rang a family may say so even if the assignment has ended since, for a
/// while (domain.md §8.3). What does not fit is for a person to judge: a child was perhaps seen.
fn evidence(facts: &Facts, student: RecordId, at: Micros, now: Micros, is_for_it: impl Fn(&Link) -> bool) -> Judgement {
    let held = || facts.links.iter().filter(|link| link.student == student && is_for_it(link));
    let in_time = |link: &Link| link.span.until.is_none_or(|until| now <= until.plus_days(LATE_DAYS));
    if held().any(|link| link.span.contains(at) && in_time(link)) {
        Judgement::Allowed
    } else if held().next().is_some() {
        Judgement::Review
    } else {
        Judgement::NotFound
    }
}

/// Whether a person may see a student's visits, be it of one service.
pub fn sees_visits(facts: &Facts, student: RecordId, now: Micros) -> bool {
    services(facts, student, now) != Reach::Only(BTreeSet::new())
}

/// All of them, or only some.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach<T> {
    /// Every one in the agency.
    All,
    /// These and no others.
    Only(BTreeSet<T>),
}

/// The students whose cards a person may see.
pub fn students(facts: &Facts, now: Micros) -> Reach<RecordId> {
    if keeps_people(facts) {
        return Reach::All;
    }
    Reach::Only(facts.links_at(now).map(|link| link.student).collect())
}

/// The services of which a person may see a student's visits.
pub fn services(facts: &Facts, student: RecordId, now: Micros) -> Reach<String> {
    let mut given = BTreeSet::new();
    for link in facts.links_at(now).filter(|link| link.student == student) {
        match link.role {
            TeamRole::Guardian | TeamRole::CaseManager => return Reach::All,
            TeamRole::Provider => given.extend(link.service.clone()),
            TeamRole::Teacher | TeamRole::Notified => {}
        }
    }
    if facts.staff_role == Some(StaffRole::Director) { Reach::All } else { Reach::Only(given) }
}
