//! The closed list of things that can be done, each a named and versioned intention.
//!
//! Reading an operation gives an [`Intent`]; an intent says whom it is about, what it
//! refers to, and what changes it means. Whether the actor may is decided elsewhere.

use crate::{
    check::{self, Fault},
    contact::LogAttempt,
    disclosure::RecordDisclosure,
    facts::{
        Assign, EndAssignment, EndRights, GrantRights, LiftRestriction, RecordMajority, Restrict, VerifyContact,
        WithdrawMajority,
    },
    family::{EditInput, EditStatement, Resolve, SubmitInput},
    kinds, lift,
    meeting::{AnswerMeeting, CallMeeting, MoveMeeting},
    progress::WriteGoal,
    record_request::{AnswerRequest, AskForHearing, AskOfRecord, StateDisagreement},
    retention::{LiftHold, PlaceHold, TellNotNeeded},
    review::{self, ReviewAttempt, ReviewVisit},
    student::PlaceStudent,
    team::PlaceMember,
    visit::LogVisit,
};
use serde::Serialize;
use serde_json::{Map, Value};
use sync::{Change, Kind, Micros, Operation, Record, RecordId, verdict::Code};

macro_rules! intents {
    ($($(#[$doc:meta])* $name:ident)+) => {
        /// What somebody means to do.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Intent {$(
            $(#[$doc])*
            $name($name),
        )+}

        /// The names of all intentions, as they stand on the wire.
        pub const NAMES: &[&str] = &[$(stringify!($name)),+];

        impl Intent {
            /// Reads an operation of any version. Within a known wire version an unknown name is
            /// a fault.
            pub fn read(operation: &Operation) -> Result<Self, Fault> {
                let unknown = || Fault { code: Code::UnknownOperation, field: String::new() };
                let body = lift::lift(operation, lift::LIFTERS).ok_or_else(unknown)?;
                let intent = match operation.name.as_str() {
                    $(stringify!($name) => Self::$name(check::read(&body)?),)+
                    _ => return Err(unknown()),
                };
                intent.check()?;
                Ok(intent)
            }

            /// Its name on the wire.
            pub fn name(&self) -> &'static str {
                match self {
                    $(Self::$name(_) => stringify!($name),)+
                }
            }

            /// Its body on the wire.
            pub fn body(&self) -> Map<String, Value> {
                match self {
                    $(Self::$name(intent) => body(intent),)+
                }
            }
        }

        $(impl From<$name> for Intent {
            fn from(intent: $name) -> Self {
                Self::$name(intent)
            }
        })+
    };
}

intents! {
    /// A provider gave a service.
    LogVisit
    /// A case manager settles a visit that waits for a look.
    ReviewVisit
    /// Staff tried to reach somebody of the family.
    LogAttempt
    /// A case manager settles an attempt that waits for a look.
    ReviewAttempt
    /// A guardian writes input for the plan.
    EditInput
    /// A guardian hands the input to the team.
    SubmitInput
    /// A guardian writes in the shared family statement.
    EditStatement
    /// An invited person answers.
    AnswerMeeting
    /// A person chooses between versions.
    Resolve
    /// Staff call a meeting.
    CallMeeting
    /// Staff move a meeting.
    MoveMeeting
    /// Staff write a goal.
    WriteGoal
    /// A guardian asks to see the record, or to have it corrected.
    AskOfRecord
    /// The school answers.
    AnswerRequest
    /// A guardian asks for a hearing on a refusal.
    AskForHearing
    /// A guardian puts their own words beside what was not corrected.
    StateDisagreement
    /// The roster places a student.
    PlaceStudent
    /// A fact places a person on the team list.
    PlaceMember
    /// Staff verify a contact.
    VerifyContact
    /// Staff grant educational rights.
    GrantRights
    /// Staff end educational rights.
    EndRights
    /// Staff write down an order that keeps somebody away.
    Restrict
    /// Staff lift it.
    LiftRestriction
    /// Staff write down when a student comes of age.
    RecordMajority
    /// Staff take that back.
    WithdrawMajority
    /// Staff write down that a party outside was given something, or asked for it.
    RecordDisclosure
    /// Staff keep a record from being destroyed.
    PlaceHold
    /// Staff lift that.
    LiftHold
    /// Staff write down that a family was told that the record is no longer needed.
    TellNotNeeded
    /// Staff assign a colleague.
    Assign
    /// Staff end an assignment.
    EndAssignment
}

fn body(intent: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(intent) {
        Ok(Value::Object(body)) => body,
        _ => unreachable!("an intent is a struct with string keys"),
    }
}

impl Intent {
    /// The version of this intention that this build writes.
    pub const VERSION: u16 = 1;

    /// Names the first field that makes no sense.
    pub fn check(&self) -> Result<(), Fault> {
        match self {
            Self::LogVisit(intent) => intent.check(),
            Self::LogAttempt(intent) => intent.check(),
            Self::EditInput(intent) => intent.check(),
            Self::EditStatement(intent) => intent.check(),
            Self::AnswerMeeting(intent) => intent.check(),
            Self::Resolve(intent) => intent.check(),
            Self::CallMeeting(intent) => intent.check(),
            Self::MoveMeeting(intent) => intent.check(),
            Self::WriteGoal(intent) => intent.check(),
            Self::AskOfRecord(intent) => intent.check(),
            Self::AnswerRequest(intent) => intent.check(),
            Self::StateDisagreement(intent) => intent.check(),
            Self::GrantRights(intent) => intent.check(),
            Self::Restrict(intent) => intent.check(),
            Self::LiftRestriction(intent) => intent.check(),
            Self::RecordMajority(intent) => intent.check(),
            Self::WithdrawMajority(intent) => intent.check(),
            Self::RecordDisclosure(intent) => intent.check(),
            Self::PlaceHold(intent) => intent.check(),
            Self::LiftHold(intent) => intent.check(),
            Self::TellNotNeeded(intent) => intent.check(),
            Self::Assign(intent) => intent.check(),
            Self::SubmitInput(_)
            | Self::ReviewVisit(_)
            | Self::AskForHearing(_)
            | Self::ReviewAttempt(_)
            | Self::PlaceStudent(_)
            | Self::PlaceMember(_)
            | Self::VerifyContact(_)
            | Self::EndRights(_)
            | Self::EndAssignment(_) => Ok(()),
        }
    }

    /// The student it is about. Every intention so far is about one.
    pub fn student(&self) -> RecordId {
        match self {
            Self::LogVisit(intent) => intent.student,
            Self::ReviewVisit(intent) => intent.student,
            Self::LogAttempt(intent) => intent.student,
            Self::ReviewAttempt(intent) => intent.student,
            Self::EditInput(intent) => intent.student,
            Self::SubmitInput(intent) => intent.student,
            Self::EditStatement(intent) => intent.student,
            Self::AnswerMeeting(intent) => intent.student,
            Self::Resolve(intent) => intent.student,
            Self::CallMeeting(intent) => intent.student,
            Self::MoveMeeting(intent) => intent.student,
            Self::WriteGoal(intent) => intent.student,
            Self::AskOfRecord(intent) => intent.student,
            Self::AnswerRequest(intent) => intent.student,
            Self::AskForHearing(intent) => intent.student,
            Self::StateDisagreement(intent) => intent.student,
            Self::PlaceStudent(intent) => intent.student,
            Self::PlaceMember(intent) => intent.student,
            Self::VerifyContact(intent) => intent.student,
            Self::GrantRights(intent) => intent.student,
            Self::EndRights(intent) => intent.student,
            Self::Restrict(intent) => intent.student,
            Self::LiftRestriction(intent) => intent.student,
            Self::RecordMajority(intent) => intent.student,
            Self::WithdrawMajority(intent) => intent.student,
            Self::RecordDisclosure(intent) => intent.student,
            Self::PlaceHold(intent) => intent.student,
            Self::LiftHold(intent) => intent.student,
            Self::TellNotNeeded(intent) => intent.student,
            Self::Assign(intent) => intent.student,
            Self::EndAssignment(intent) => intent.student,
        }
    }

    /// Records that must be there, about the same student and seen by the actor. An
    /// operation depends on the one that makes what it refers to.
    pub fn refers(&self) -> Vec<(Kind, RecordId)> {
        match self {
            Self::LogVisit(visit) => {
                let amended = visit.amends.map(|visit| (kinds::VISIT, visit));
                visit.points.iter().map(|point| (kinds::GOAL, point.goal)).chain(amended).collect()
            }
            Self::ReviewVisit(review) => vec![(kinds::VISIT, review.visit)],
            Self::LogAttempt(attempt) => {
                let amended = attempt.amends.map(|attempt| (kinds::ATTEMPT, attempt));
                attempt.meeting.map(|meeting| (kinds::MEETING, meeting)).into_iter().chain(amended).collect()
            }
            Self::ReviewAttempt(review) => vec![(kinds::ATTEMPT, review.attempt)],
            Self::AnswerMeeting(answer) => vec![(kinds::MEETING, answer.meeting)],
            Self::MoveMeeting(meeting) => vec![(kinds::MEETING, meeting.meeting)],
            Self::Resolve(choice) => vec![(choice.kind.clone().into(), choice.record)],
            Self::SubmitInput(input) => vec![(kinds::INPUT, input.input)],
            Self::AskOfRecord(request) => request.contests.map(|it| (it.kind.into(), it.id)).into_iter().collect(),
            Self::AnswerRequest(answer) => vec![(kinds::REQUEST, answer.request)],
            Self::AskForHearing(hearing) => vec![(kinds::REQUEST, hearing.request)],
            Self::StateDisagreement(words) => vec![(kinds::REQUEST, words.request)],
            _ => Vec::new(),
        }
    }

    /// What it does to records, done at `at`. Empty for facts, which the server writes.
    pub fn changes(&self, at: Micros) -> Vec<Change> {
        match self {
            Self::LogVisit(intent) => intent.changes(),
            Self::ReviewVisit(intent) => intent.changes(),
            Self::LogAttempt(intent) => intent.changes(),
            Self::ReviewAttempt(intent) => intent.changes(),
            Self::EditInput(intent) => intent.changes(),
            Self::SubmitInput(intent) => intent.changes(at),
            Self::EditStatement(intent) => intent.changes(),
            Self::AnswerMeeting(intent) => intent.changes(),
            Self::Resolve(intent) => intent.changes(),
            Self::CallMeeting(intent) => intent.changes(),
            Self::MoveMeeting(intent) => intent.changes(),
            Self::WriteGoal(intent) => intent.changes(),
            Self::AskOfRecord(intent) => intent.changes(),
            Self::AnswerRequest(intent) => intent.changes(),
            Self::AskForHearing(intent) => intent.changes(),
            Self::StateDisagreement(intent) => intent.changes(),
            Self::PlaceStudent(intent) => intent.changes(),
            Self::PlaceMember(intent) => intent.changes(),
            Self::VerifyContact(_)
            | Self::GrantRights(_)
            | Self::EndRights(_)
            | Self::Restrict(_)
            | Self::LiftRestriction(_)
            | Self::RecordMajority(_)
            | Self::WithdrawMajority(_)
            | Self::RecordDisclosure(_)
            | Self::PlaceHold(_)
            | Self::LiftHold(_)
            | Self::TellNotNeeded(_)
            | Self::Assign(_)
            | Self::EndAssignment(_) => Vec::new(),
        }
    }

    /// Why it cannot be done to the record as it is now, beyond the field policies.
    pub fn objection(&self, present: &dyn Fn(&Kind, RecordId) -> Option<Record>) -> Option<Code> {
        match self {
            Self::SubmitInput(intent) => intent.objection(present(&kinds::INPUT, intent.input).as_ref()),
            Self::LogAttempt(intent) => {
                intent.objection(intent.amends.and_then(|amended| present(&kinds::ATTEMPT, amended)).as_ref())
            }
            Self::AnswerRequest(intent) => intent.objection(present(&kinds::REQUEST, intent.request).as_ref()),
            Self::AskForHearing(intent) => intent.objection(present(&kinds::REQUEST, intent.request).as_ref()),
            Self::StateDisagreement(intent) => intent.objection(present(&kinds::REQUEST, intent.request).as_ref()),
            Self::ReviewVisit(intent) => review::objection(present(&kinds::VISIT, intent.visit).as_ref()),
            Self::ReviewAttempt(intent) => review::objection(present(&kinds::ATTEMPT, intent.attempt).as_ref()),
            _ => None,
        }
    }

    /// The value that its author gave to a field of a record: what `after(operation)` means.
    pub fn own_value(&self, field: &str) -> Option<Value> {
        self.changes(Micros::default()).into_iter().find_map(|change| match change {
            Change::Edit { field: edited, value, .. } | Change::Resolve { field: edited, value, .. }
                if edited == field =>
            {
                Some(value)
            }
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use sync::{OperationId, time::Occurred};
    use uuid::Uuid;

    fn operation(name: &str, body: Value) -> Operation {
        Operation {
            id: OperationId(Uuid::from_u128(1)),
            name: name.into(),
            v: 1,
            at: Occurred { device: Micros(0), offset: 0 },
            replaces: None,
            group: None,
            body: body.as_object().cloned().unwrap_or_default(),
        }
    }

    fn visit() -> Value {
        let id = Uuid::from_u128(2);
        json!({"visit": id, "student": id, "service": "speech", "startedAt": 0, "endedAt": 1_800_000_000,
               "attendance": "present", "points": [{"id": id, "goal": id, "status": "scored", "scored": 7, "possible": 10}]})
    }

    #[test]
    fn a_visit_with_a_point_makes_two_records() {
        let intent = Intent::read(&operation("LogVisit", visit())).expect("a visit");
        assert_eq!(intent.changes(Micros(0)).len(), 2);
        assert_eq!(Intent::read(&operation("LogVisit", Value::Object(intent.body()))), Ok(intent));
    }

    #[test]
    fn a_fault_names_the_field() {
        let table = [
            ("service", json!("astrology"), "service"),
            ("endedAt", json!(-1), "endedAt"),
            ("note", json!("x".repeat(20_001)), "note"),
            (
                "points",
                json!([{"id": Uuid::nil(), "goal": Uuid::nil(), "status": "scored", "scored": 11, "possible": 10}]),
                "points.0.scored",
            ),
        ];
        for (field, value, named) in table {
            let mut body = visit();
            body[field] = value;
            let fault = Intent::read(&operation("LogVisit", body)).expect_err(field);
            assert_eq!(fault, Fault::invalid(named));
        }
        let mut body = visit();
        body.as_object_mut().expect("an object").remove("service");
        assert_eq!(Intent::read(&operation("LogVisit", body)), Err(Fault::invalid("service")));
    }

    #[test]
    fn what_this_build_writes_is_the_newest_version_of_each_intention() {
        for name in NAMES {
            assert_eq!(lift::version(name, lift::LIFTERS), Intent::VERSION, "{name}");
        }
    }

    #[test]
    fn an_unknown_name_is_a_fault_of_its_own() {
        let fault = Intent::read(&operation("Teleport", json!({}))).expect_err("unknown");
        assert_eq!(fault.code, Code::UnknownOperation);
    }
}
