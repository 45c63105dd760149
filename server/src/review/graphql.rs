//! The word on evidence that waited for a look, as it is read and as it is said.

use crate::{
    access::Action,
    conflict::graphql::Conflict,
    contact::ContactAttempt,
    error::Result,
    graphql::{
        Request,
        answer::{Author, UserError, minted, user_errors},
        node::{NodeId, NodeKind},
        scalars::DateTime,
    },
    records::{self, Stored},
    visit::Visit,
};
use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use domain::{
    Intent, kinds,
    review::{self, ReviewAttempt, ReviewVisit},
};
use serde_json::{Value, json};
use sync::{AgencyId, Base, Kind, Record, RecordId, value::ValueHash};

/// The field that holds the word.
const FIELD: &str = "reviewed";

/// What is said of evidence that waited for a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "review::Finding")]
pub enum Finding {
    /// It counts.
    Accepted,
    /// It does not count; it stays to be seen.
    Refused,
}

/// The word on evidence that waited for a look.
#[derive(SimpleObject)]
pub struct Review {
    /// Whether it counts.
    finding: Finding,
    /// Who said so.
    by: Author,
    /// When.
    at: DateTime,
}

impl Review {
    /// Of a record; `None` while nobody has said a word.
    pub(crate) fn of(agency: AgencyId, record: &Record) -> Option<Self> {
        let finding: review::Finding = serde_json::from_value(record.field(FIELD).clone()).ok()?;
        let stamp = record.stamp_of(FIELD);
        Some(Self { finding: finding.into(), by: Author { agency, person: stamp.by }, at: stamp.at.into() })
    }

    /// Why a record waits for a look; `None` when it does not, or not any more.
    pub(crate) fn flag(record: &Record) -> Option<&str> {
        record.field("review").as_str().filter(|_| record.field(FIELD).is_null())
    }
}

/// A word on a visit that waits for a look.
#[derive(InputObject)]
pub struct VisitReviewInput {
    /// Minted by the client: the same again is the same word.
    operation_id: ID,
    /// The visit.
    visit: NodeId,
    /// The finding that was shown; null where nothing was said yet. If somebody said another word
    /// meanwhile, both are kept.
    saw: Option<Finding>,
    /// What is said of it.
    finding: Finding,
}

/// A word on an attempt to reach the family that waits for a look.
#[derive(InputObject)]
pub struct ContactAttemptReviewInput {
    /// Minted by the client: the same again is the same word.
    operation_id: ID,
    /// The attempt.
    attempt: NodeId,
    /// The finding that was shown; null where nothing was said yet. If somebody said another word
    /// meanwhile, both are kept.
    saw: Option<Finding>,
    /// What is said of it.
    finding: Finding,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct VisitReviewPayload {
    /// The visit as it is now.
    visit: Option<Visit>,
    /// Set while two who looked at it differ: one of them chooses.
    conflict: Option<Conflict>,
    /// What to put right.
    user_errors: Vec<UserError>,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct ContactAttemptReviewPayload {
    /// The attempt as it is now.
    attempt: Option<ContactAttempt>,
    /// Set while two who looked at it differ: one of them chooses.
    conflict: Option<Conflict>,
    /// What to put right.
    user_errors: Vec<UserError>,
}

/// Settling evidence that waits for a look.
#[derive(Default)]
pub struct ReviewMutation;

/// Settling evidence that waits for a look.
#[Object]
impl ReviewMutation {
    /// Accepts or refuses a visit that came late, or by a clock that was off. What the
    /// provider wrote stays as it is.
    async fn visit_review(&self, ctx: &Context<'_>, input: VisitReviewInput) -> Result<VisitReviewPayload> {
        let (agency, visit) = input.visit.expect::<RecordId>(NodeKind::Visit)?;
        let (base, finding) = (shown(input.saw), input.finding.into());
        let word = |student| ReviewVisit { visit, student, base, finding };
        let said = say(ctx, (agency, kinds::VISIT, visit), &input.operation_id, word).await?;
        let visit = said.stored.map(|stored| Visit { agency, stored });
        Ok(VisitReviewPayload { visit, conflict: said.conflict, user_errors: said.user_errors })
    }

    /// Accepts or refuses an attempt to reach the family that came late, or by a clock that was
    /// off. What its author wrote stays as it is.
    async fn contact_attempt_review(
        &self,
        ctx: &Context<'_>,
        input: ContactAttemptReviewInput,
    ) -> Result<ContactAttemptReviewPayload> {
        let (agency, attempt) = input.attempt.expect::<RecordId>(NodeKind::ContactAttempt)?;
        let (base, finding) = (shown(input.saw), input.finding.into());
        let word = |student| ReviewAttempt { attempt, student, base, finding };
        let said = say(ctx, (agency, kinds::ATTEMPT, attempt), &input.operation_id, word).await?;
        let attempt = said.stored.map(|stored| ContactAttempt { agency, stored });
        Ok(ContactAttemptReviewPayload { attempt, conflict: said.conflict, user_errors: said.user_errors })
    }
}

/// The record after a word was said of it: not told to whom the word was refused.
struct Said {
    stored: Option<Stored>,
    conflict: Option<Conflict>,
    user_errors: Vec<UserError>,
}

async fn say<I: Into<Intent>>(
    ctx: &Context<'_>,
    (agency, kind, id): (AgencyId, Kind, RecordId),
    operation: &ID,
    word: impl FnOnce(RecordId) -> I,
) -> Result<Said> {
    let request = Request::of(ctx)?;
    let operation = minted("operationId", operation)?;
    let (student, _) = request.find_record(agency, (kind.clone(), id), |_| Action::Review).await?;
    let intent = word(student).into();
    let user_errors = user_errors(&request.apply(agency, operation, intent).await?);
    if !user_errors.is_empty() {
        return Ok(Said { stored: None, conflict: None, user_errors });
    }
    let stored = request.read(move |db| records::find(db, agency, &kind, id)).await?;
    let conflict = stored.as_ref().and_then(|stored| Conflict::in_field(agency, stored, FIELD));
    Ok(Said { stored, conflict, user_errors })
}

/// What a page showed as the finding, as the base of another one.
fn shown(finding: Option<Finding>) -> Base {
    let value = finding.map_or(Value::Null, |finding| json!(review::Finding::from(finding)));
    Base::Seen { seen: ValueHash::of(&value), text: value.as_str().map(str::to_owned) }
}
