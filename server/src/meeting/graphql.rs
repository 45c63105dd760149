//! Meetings for the web.

use crate::{
    access::Action,
    access::Part,
    conflict::graphql::Conflict,
    error::Result,
    graphql::{
        Request,
        answer::{Author, UserError, minted, seen, user_errors},
        load::{StudentRef, under},
        node::{NodeId, NodeKind},
        scalars::DateTime,
    },
    people::graphql::{Student, student_of},
    records::{self, Stored},
};
use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use domain::{
    kinds,
    meeting::{CallMeeting, MeetingTime, MoveMeeting, Reply, is_to_this_time, standing},
};
use std::collections::BTreeMap;
use sync::{AgencyId, OperationId, PersonId, RecordId};

/// A student's meetings.
#[derive(Clone, Copy)]
pub struct StudentMeetings(pub StudentRef);

/// A student's meetings.
#[Object]
impl StudentMeetings {
    /// Meetings of the team, the next first.
    async fn meetings(&self, ctx: &Context<'_>) -> Result<Vec<Meeting>> {
        if !self.0.sees(ctx, Part::Meetings).await? {
            return Ok(Vec::new());
        }
        let records = self.0.records(ctx, kinds::MEETING).await?;
        let mut meetings: Vec<Meeting> =
            records.iter().filter_map(|stored| Meeting::of(self.0.agency, stored)).collect();
        meetings.sort_by_key(|meeting| std::cmp::Reverse(meeting.time.starts_at));
        Ok(meetings)
    }
}

/// A meeting of the team about a student.
pub struct Meeting {
    agency: AgencyId,
    time: MeetingTime,
    stored: Stored,
}

impl Meeting {
    /// From its record; `None` if this version cannot read it.
    pub(crate) fn of(agency: AgencyId, stored: &Stored) -> Option<Self> {
        Some(Self { agency, time: MeetingTime::of(&stored.record)?, stored: stored.clone() })
    }
}

/// A meeting of the team about a student.
#[Object]
impl Meeting {
    /// Its global id.
    pub(crate) async fn id(&self) -> NodeId {
        NodeId::new(NodeKind::Meeting, self.agency, self.stored.id)
    }

    /// Whose it is.
    async fn student(&self, ctx: &Context<'_>) -> Result<Student> {
        student_of(ctx, self.agency, self.stored.record.subject).await
    }

    /// What for.
    async fn purpose(&self) -> &str {
        self.stored.record.text("purpose")
    }

    /// When it begins.
    async fn starts_at(&self) -> DateTime {
        self.time.starts_at.into()
    }

    /// When it ends.
    async fn ends_at(&self) -> DateTime {
        self.time.ends_at.into()
    }

    /// A room, or how to join.
    async fn place(&self) -> &str {
        &self.time.place
    }

    /// Counts the moves, from 1.
    async fn revision(&self) -> u32 {
        self.time.revision
    }

    /// Names when and where it is, for `meetingMove`: another time has another one.
    async fn time_token(&self) -> ID {
        ID(self.stored.record.hash_of("time").to_string())
    }

    /// Who is invited.
    async fn invited(&self) -> Vec<Author> {
        let invited: Vec<PersonId> =
            serde_json::from_value(self.stored.record.field("invited").clone()).unwrap_or_default();
        invited.into_iter().map(|person| Author { agency: self.agency, person }).collect()
    }

    /// The answers that stand: one a person, two if two of their devices answered without
    /// knowing of each other. Guardians see their own.
    async fn answers(&self, ctx: &Context<'_>) -> Result<Vec<MeetingAnswer>> {
        let Some(student) = self.stored.record.subject else { return Ok(Vec::new()) };
        let student = StudentRef { agency: self.agency, id: RecordId(student) };
        let answers = under(ctx, self.agency, kinds::ANSWER, self.stored.id.0).await?;
        let mut by_person: BTreeMap<PersonId, Vec<&Stored>> = BTreeMap::new();
        for answer in answers.iter() {
            by_person.entry(answer.record.made.by).or_default().push(answer);
        }
        let mut seen = Vec::new();
        for (by, answers) in by_person {
            if !student.sees(ctx, Part::Answer { by }).await? {
                continue;
            }
            let pairs: Vec<_> = answers.iter().map(|stored| (stored.id, &stored.record)).collect();
            let standing = standing(&pairs).standing;
            let stand = answers.into_iter().filter(|stored| standing.iter().any(|(id, _)| *id == stored.id));
            seen.extend(stand.map(|stored| MeetingAnswer {
                agency: self.agency,
                to_old_time: !is_to_this_time(&stored.record, &self.stored.record),
                stored: stored.clone(),
            }));
        }
        Ok(seen)
    }
}

/// What somebody answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Reply")]
pub enum Answer {
    /// Comes.
    Yes,
    /// Does not come.
    No,
    /// Asks for another time.
    OtherTime,
}

/// One person's answer to one revision of a meeting.
pub struct MeetingAnswer {
    agency: AgencyId,
    to_old_time: bool,
    stored: Stored,
}

/// One person's answer to one revision of a meeting.
#[Object]
impl MeetingAnswer {
    /// Who.
    async fn by(&self) -> Author {
        Author { agency: self.agency, person: self.stored.record.made.by }
    }

    /// What.
    async fn answer(&self) -> Answer {
        serde_json::from_value(self.stored.record.field("answer").clone()).unwrap_or(Reply::OtherTime).into()
    }

    /// In their words.
    async fn note(&self) -> &str {
        self.stored.record.text("note")
    }

    /// The revision that they saw.
    async fn revision(&self) -> u32 {
        self.stored.record.field("revision").as_u64().and_then(|n| u32::try_from(n).ok()).unwrap_or(0)
    }

    /// Whether the meeting is at another time now.
    async fn to_old_time(&self) -> bool {
        self.to_old_time
    }

    /// When they answered.
    async fn answered_at(&self) -> DateTime {
        self.stored.record.made.at.into()
    }

    /// When it reached the server.
    async fn received_at(&self) -> DateTime {
        self.stored.changed_at.into()
    }
}

/// A meeting to call.
#[derive(InputObject)]
pub struct MeetingCallInput {
    /// Minted by the client: the same again is the same meeting.
    operation_id: ID,
    /// About whom.
    student: NodeId,
    /// What for.
    purpose: String,
    /// When it begins.
    starts_at: DateTime,
    /// When it ends.
    ends_at: DateTime,
    /// A room, or how to join.
    place: String,
    /// Who is invited.
    invited: Vec<NodeId>,
}

/// A meeting to move.
#[derive(InputObject)]
pub struct MeetingMoveInput {
    /// Minted by the client: the same again is the same move.
    operation_id: ID,
    /// The meeting.
    meeting: NodeId,
    /// The time that was shown, as `Meeting.timeToken` names it. If somebody moved it meanwhile, both
    /// times are kept.
    saw: ID,
    /// When it begins now.
    starts_at: DateTime,
    /// When it ends now.
    ends_at: DateTime,
    /// Where it is now.
    place: String,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct MeetingPayload {
    /// The meeting as it is now.
    meeting: Option<Meeting>,
    /// Set while two different moves wait for a choice.
    conflict: Option<Conflict>,
    /// What to put right.
    user_errors: Vec<UserError>,
}

/// Calling and moving meetings.
#[derive(Default)]
pub struct MeetingMutation;

/// Calling and moving meetings.
#[Object]
impl MeetingMutation {
    /// Calls a meeting (34 CFR 300.322(a)).
    async fn meeting_call(&self, ctx: &Context<'_>, input: MeetingCallInput) -> Result<MeetingPayload> {
        let request = Request::of(ctx)?;
        let (agency, student) = input.student.expect(NodeKind::Student)?;
        let operation: OperationId = minted("operationId", &input.operation_id)?;
        let meeting: RecordId = sync::id::derived(operation.0, "meeting");
        let invited = input.invited.into_iter().map(|person| Ok(person.expect(NodeKind::Person)?.1));
        let intent = CallMeeting {
            meeting,
            student,
            purpose: input.purpose,
            time: MeetingTime {
                revision: 1,
                starts_at: input.starts_at.into(),
                ends_at: input.ends_at.into(),
                place: input.place,
            },
            invited: invited.collect::<Result<_>>()?,
        };
        let verdict = request.apply(agency, operation, intent.into()).await?;
        payload(&request, agency, meeting, user_errors(&verdict)).await
    }

    /// Moves a meeting; answers to the old time stay and show as that.
    async fn meeting_move(&self, ctx: &Context<'_>, input: MeetingMoveInput) -> Result<MeetingPayload> {
        let request = Request::of(ctx)?;
        let (agency, meeting) = input.meeting.expect::<RecordId>(NodeKind::Meeting)?;
        let operation = minted("operationId", &input.operation_id)?;
        let (student, _) = request.find_record(agency, (kinds::MEETING, meeting), |_| Action::CallMeeting).await?;
        let intent = MoveMeeting {
            meeting,
            student,
            seen: seen("saw", &input.saw)?,
            starts_at: input.starts_at.into(),
            ends_at: input.ends_at.into(),
            place: input.place,
        };
        let verdict = request.apply(agency, operation, intent.into()).await?;
        payload(&request, agency, meeting, user_errors(&verdict)).await
    }
}

/// The meeting, where there is nothing to put right: an actor who may not see it learns nothing.
async fn payload(
    request: &Request<'_>,
    agency: AgencyId,
    meeting: RecordId,
    user_errors: Vec<UserError>,
) -> Result<MeetingPayload> {
    if !user_errors.is_empty() {
        return Ok(MeetingPayload { meeting: None, conflict: None, user_errors });
    }
    let stored = request.read(move |db| records::find(db, agency, &kinds::MEETING, meeting)).await?;
    let conflict = stored.as_ref().and_then(|stored| Conflict::in_field(agency, stored, "time"));
    Ok(MeetingPayload { meeting: stored.and_then(|stored| Meeting::of(agency, &stored)), conflict, user_errors })
}
