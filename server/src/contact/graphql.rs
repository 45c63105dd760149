//! Contact attempts as typed reads, and writing one down.

use crate::{
    access::{NOBODY, Part},
    error::Result,
    graphql::{
        Request,
        answer::{Author, UserError, minted, user_errors},
        load::StudentRef,
        node::{NodeId, NodeKind},
        scalars::DateTime,
    },
    records::Stored,
    review::Review,
};
use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use domain::{contact::LogAttempt, kinds};
use std::collections::HashSet;
use sync::{AgencyId, Micros, OperationId, PersonId, RecordId};

/// How a student's family was tried to be reached.
#[derive(Clone, Copy)]
pub struct StudentAttempts(pub StudentRef);

/// How a student's family was tried to be reached.
#[Object]
impl StudentAttempts {
    /// Attempts to reach the family, newest first; guardians see those that were for them.
    /// What was amended is left out: the amendment stands instead.
    async fn contact_attempts(&self, ctx: &Context<'_>) -> Result<Vec<ContactAttempt>> {
        if !self.0.sees_own(ctx, |with| Part::Attempts { with }).await? {
            return Ok(Vec::new());
        }
        let stored = self.0.records(ctx, kinds::ATTEMPT).await?;
        let amended: HashSet<&str> =
            stored.iter().filter_map(|stored| stored.record.field("amends").as_str()).collect();
        let mut seen = Vec::new();
        for one in stored.iter().filter(|one| !amended.contains(one.id.to_string().as_str())) {
            let attempt = ContactAttempt { agency: self.0.agency, stored: one.clone() };
            if self.0.sees(ctx, Part::Attempts { with: attempt.whom() }).await? {
                seen.push(attempt);
            }
        }
        seen.sort_by_key(|attempt| std::cmp::Reverse((attempt.moment(), attempt.stored.id)));
        Ok(seen)
    }
}

/// How somebody was tried to be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::contact::Channel")]
pub enum Channel {
    /// A call.
    Call,
    /// A text message.
    Text,
    /// Electronic mail.
    Email,
    /// A letter.
    Letter,
    /// A visit at home or at work.
    HomeVisit,
    /// In person, at school.
    InPerson,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::contact::Reached")]
pub enum Reached {
    /// They talked.
    Yes,
    /// A message was left, a letter sent.
    LeftWord,
    /// Nobody was there.
    Nobody,
    /// The number or address is not theirs.
    WrongAddress,
}

/// One attempt to reach somebody of a student's family.
pub struct ContactAttempt {
    pub(crate) agency: AgencyId,
    pub(crate) stored: Stored,
}

impl ContactAttempt {
    fn whom(&self) -> PersonId {
        // Of a record that names nobody, nobody is the one that it was for.
        self.stored.record.text("person").parse().unwrap_or(NOBODY)
    }

    fn moment(&self) -> Micros {
        self.stored.record.field("at").as_i64().map_or(self.stored.record.made.at, Micros)
    }
}

/// One attempt to reach somebody of a student's family.
#[Object]
impl ContactAttempt {
    /// Its global id.
    async fn id(&self) -> NodeId {
        NodeId::new(NodeKind::ContactAttempt, self.agency, self.stored.id)
    }

    /// Whom it was to reach.
    async fn person(&self) -> Author {
        Author { agency: self.agency, person: self.whom() }
    }

    /// When.
    async fn at(&self) -> DateTime {
        self.moment().into()
    }

    /// How.
    async fn channel(&self) -> Channel {
        let channel = serde_json::from_value(self.stored.record.field("channel").clone());
        channel.unwrap_or(domain::contact::Channel::Call).into()
    }

    /// In which language.
    async fn language(&self) -> &str {
        self.stored.record.text("language")
    }

    /// What came of it.
    async fn reached(&self) -> Reached {
        let reached = serde_json::from_value(self.stored.record.field("reached").clone());
        reached.unwrap_or(domain::contact::Reached::Nobody).into()
    }

    /// The meeting that it was about.
    async fn meeting(&self) -> Option<NodeId> {
        self.stored.record.parent.map(|meeting| NodeId::new(NodeKind::Meeting, self.agency, meeting))
    }

    /// What was said.
    async fn note(&self) -> &str {
        self.stored.record.text("note")
    }

    /// Who wrote it down.
    async fn by(&self) -> Author {
        Author { agency: self.agency, person: self.stored.record.made.by }
    }

    /// When it reached the server.
    async fn received_at(&self) -> DateTime {
        self.stored.changed_at.into()
    }

    /// What somebody should look at: `late` (outside the assignment or long after it), `clock` (the
    /// phone's clock was off). It stops nothing, and goes when the case manager has said a word.
    async fn flags(&self) -> Vec<&str> {
        Review::flag(&self.stored.record).into_iter().collect()
    }

    /// What the case manager said of an attempt that waited for a look; null before.
    async fn review(&self) -> Option<Review> {
        Review::of(self.agency, &self.stored.record)
    }
}

/// An attempt to write down.
#[derive(InputObject)]
pub struct ContactAttemptLogInput {
    /// Minted by the client: the same again is the same attempt.
    operation_id: ID,
    /// About whom.
    student: NodeId,
    /// Whom it was to reach.
    person: NodeId,
    /// When.
    at: DateTime,
    /// How.
    channel: Channel,
    /// In which language, as BCP 47 writes it.
    language: String,
    /// What came of it.
    reached: Reached,
    /// The meeting that it was about.
    meeting: Option<NodeId>,
    /// What was said.
    note: Option<String>,
    /// The attempt that was written down wrongly and reads like this instead.
    amends: Option<NodeId>,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct ContactAttemptPayload {
    /// The attempt's id, if it was written down.
    attempt: Option<NodeId>,
    /// What to put right.
    user_errors: Vec<UserError>,
}

/// Writing attempts down.
#[derive(Default)]
pub struct AttemptMutation;

/// Writing attempts down.
#[Object]
impl AttemptMutation {
    /// Writes down an attempt to reach the family (34 CFR 300.322(d)).
    async fn contact_attempt_log(
        &self,
        ctx: &Context<'_>,
        input: ContactAttemptLogInput,
    ) -> Result<ContactAttemptPayload> {
        let request = Request::of(ctx)?;
        let (agency, student) = input.student.expect(NodeKind::Student)?;
        let operation: OperationId = minted("operationId", &input.operation_id)?;
        let attempt: RecordId = sync::id::derived(operation.0, "attempt");
        let meeting = input.meeting.map(|meeting| meeting.expect::<RecordId>(NodeKind::Meeting)).transpose()?;
        let amends = input.amends.map(|attempt| attempt.expect::<RecordId>(NodeKind::ContactAttempt)).transpose()?;
        let intent = LogAttempt {
            attempt,
            student,
            person: input.person.expect(NodeKind::Person)?.1,
            at: input.at.into(),
            channel: input.channel.into(),
            language: input.language,
            reached: input.reached.into(),
            meeting: meeting.map(|(_, meeting)| meeting),
            note: input.note.unwrap_or_default(),
            amends: amends.map(|(_, attempt)| attempt),
        };
        let user_errors = user_errors(&request.apply(agency, operation, intent.into()).await?);
        let attempt = user_errors.is_empty().then(|| NodeId::new(NodeKind::ContactAttempt, agency, attempt));
        Ok(ContactAttemptPayload { attempt, user_errors })
    }
}
