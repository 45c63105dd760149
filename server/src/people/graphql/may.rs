//! What the caller may do about one student, so that a page offers what would be taken and
//! shows what would be answered. The rules are those of [`access`](crate::access); asking
//! for something that is not named here is refused all the same.

use async_graphql::Enum;
use sync::RecordId;

use crate::access::{Action, NOBODY, Part};
use crate::graphql::view::View;

/// Something that can be seen or done about a student.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum StudentAction {
    /// See goals and how they go.
    SeeGoals,
    /// See visits of some service.
    SeeVisits,
    /// See meetings.
    SeeMeetings,
    /// See what the family says together.
    SeeStatement,
    /// See what each guardian handed in.
    SeeInput,
    /// See contacts, their rights and invitations.
    SeeContacts,
    /// See what did not arrive.
    SeeNotReceived,
    /// See what the family asks of the record.
    SeeRequests,
    /// See who looked at the record.
    SeeAccessLog,
    /// See what was given to parties outside.
    SeeDisclosures,
    /// Write a goal.
    WriteGoal,
    /// Call a meeting or move it.
    CallMeeting,
    /// See and write down attempts to reach the family.
    LogAttempt,
    /// Answer what the family asks of the record.
    AnswerRequest,
    /// Take a copy of the whole record, at `POST /record/copy`.
    CopyRecord,
    /// Write down what was given to a party outside, and take the copy for it.
    Disclose,
    /// See how long the record is kept, put a hold on it, and write down that the family was told.
    Retain,
    /// Say whether a visit counts that waits for a look, or an attempt to reach the family.
    Review,
    /// Verify a contact, grant or end rights, hand out an invitation.
    KeepRights,
    /// Assign staff, or end that.
    Assign,
    /// Write down at which age somebody is of age here.
    SetLaw,
}

impl StudentAction {
    const ALL: [Self; 21] = [
        Self::SeeGoals,
        Self::SeeVisits,
        Self::SeeMeetings,
        Self::SeeStatement,
        Self::SeeInput,
        Self::SeeContacts,
        Self::SeeNotReceived,
        Self::SeeRequests,
        Self::SeeAccessLog,
        Self::SeeDisclosures,
        Self::WriteGoal,
        Self::CallMeeting,
        Self::LogAttempt,
        Self::AnswerRequest,
        Self::CopyRecord,
        Self::Disclose,
        Self::Retain,
        Self::Review,
        Self::KeepRights,
        Self::Assign,
        Self::SetLaw,
    ];

    fn is_for(self, view: &View, student: RecordId) -> bool {
        let action = match self {
            Self::SeeVisits => return view.sees_visits(student),
            Self::SeeGoals => Action::See(Part::Goals),
            Self::SeeMeetings => Action::See(Part::Meetings),
            Self::SeeNotReceived => Action::See(Part::NotReceived),
            // Of any member of staff.
            Self::SeeAccessLog => Action::See(Part::Look { by: NOBODY, family: false }),
            Self::SeeStatement => Action::See(Part::Statement),
            // Of any guardian.
            Self::SeeInput => Action::See(Part::Input { by: NOBODY }),
            Self::SeeContacts => Action::See(Part::Contacts),
            // Of any guardian.
            Self::SeeRequests => Action::See(Part::Request { by: NOBODY }),
            Self::SeeDisclosures => Action::See(Part::Disclosures),
            Self::WriteGoal => Action::WriteGoal,
            Self::CallMeeting => Action::CallMeeting,
            Self::AnswerRequest => Action::AnswerRequest,
            Self::CopyRecord => Action::CopyRecord,
            Self::Disclose => Action::Disclose,
            Self::Retain => Action::Retain,
            Self::LogAttempt => Action::See(Part::Attempts { with: NOBODY }),
            Self::Review => Action::Review,
            Self::KeepRights => Action::KeepRights,
            Self::Assign => Action::Assign,
            Self::SetLaw => return view.may(Action::SetLaw, None).is_some(),
        };
        view.may(action, Some(student)).is_some()
    }

    /// All that the caller may.
    pub(super) fn of(view: &View, student: RecordId) -> Vec<Self> {
        Self::ALL.into_iter().filter(|action| action.is_for(view, student)).collect()
    }
}
