//! Requests as typed reads.

use crate::{
    access::Part,
    error::Result,
    graphql::{
        answer::Author,
        load::{StudentRef, under},
        node::{NodeId, NodeKind},
        scalars::{Date, DateTime},
    },
    people::graphql::{Student, student_of, zone_of},
    records::Stored,
};
use async_graphql::{Context, Enum, Object, SimpleObject};
use chrono::NaiveDate;
use chrono_tz::Tz;
use domain::{
    kinds,
    meeting::MeetingTime,
    record_request::{self, Contested, ContestedKind},
};
use sync::{AgencyId, Micros, RecordId};

/// What is asked of a student's record.
#[derive(Clone, Copy)]
pub struct StudentRequests(pub StudentRef);

/// What is asked of a student's record.
#[Object]
impl StudentRequests {
    /// What the family asks of the record, newest first; guardians see what they asked themselves.
    async fn record_requests(&self, ctx: &Context<'_>) -> Result<Vec<RecordRequest>> {
        if !self.0.sees_own(ctx, |by| Part::Request { by }).await? {
            return Ok(Vec::new());
        }
        let mut seen = Vec::new();
        for stored in self.0.records(ctx, kinds::REQUEST).await?.iter() {
            if self.0.sees(ctx, Part::Request { by: stored.record.made.by }).await? {
                seen.push(RecordRequest { agency: self.0.agency, stored: stored.clone() });
            }
        }
        seen.sort_by_key(|request| std::cmp::Reverse((request.received(), request.stored.id)));
        Ok(seen)
    }
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "record_request::Asks")]
pub enum RecordRequestAsks {
    /// To see the record, or a part of it.
    See,
    /// To correct what is wrong in it.
    Correct,
}

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "record_request::Standing")]
pub enum RecordRequestStanding {
    /// It waits for an answer.
    Asked,
    /// The record was shown, or corrected.
    Granted,
    /// It will not be corrected; a hearing may be asked for.
    Refused,
    /// A hearing was asked for.
    HearingAsked,
    /// The hearing came to the same.
    RefusedAfterHearing,
}

/// What a guardian asks of the record of a student.
pub struct RecordRequest {
    pub(super) agency: AgencyId,
    pub(super) stored: Stored,
}

impl RecordRequest {
    /// When it reached the server.
    pub(super) fn received(&self) -> Micros {
        self.stored.record.field("receivedAt").as_i64().map_or(self.stored.record.made.at, Micros)
    }

    fn student_ref(&self) -> Option<StudentRef> {
        let id = RecordId(self.stored.record.subject?);
        Some(StudentRef { agency: self.agency, id })
    }

    /// Until when it has to be answered, where the law names a day.
    pub(super) async fn due(&self, ctx: &Context<'_>) -> Result<Option<NaiveDate>> {
        let Some(student) = self.student_ref() else { return Ok(None) };
        let zone = zone_of(ctx, self.agency).await?;
        let meetings = student.records(ctx, kinds::MEETING).await?;
        let begins = |stored: &Stored| MeetingTime::of(&stored.record).map(|time| day(time.starts_at, zone));
        let received = day(self.received(), zone);
        Ok(record_request::due(&self.stored.record, received, meetings.iter().filter_map(begins)))
    }
}

/// The day of a moment where the agency is.
fn day(at: Micros, zone: Tz) -> NaiveDate {
    DateTime::from(at).0.with_timezone(&zone).date_naive()
}

/// What a guardian asks of the record of a student.
#[Object]
impl RecordRequest {
    /// Its global id.
    async fn id(&self) -> NodeId {
        NodeId::new(NodeKind::RecordRequest, self.agency, self.stored.id)
    }

    /// Whose record.
    async fn student(&self, ctx: &Context<'_>) -> Result<Student> {
        student_of(ctx, self.agency, self.stored.record.subject).await
    }

    /// Who asks.
    async fn by(&self) -> Author {
        Author { agency: self.agency, person: self.stored.record.made.by }
    }

    /// What for.
    async fn asks(&self) -> RecordRequestAsks {
        let asks = serde_json::from_value(self.stored.record.field("asks").clone());
        asks.unwrap_or(record_request::Asks::See).into()
    }

    /// What they want to see (everything, where nothing is said), or what is wrong.
    async fn words(&self) -> &str {
        self.stored.record.text("words")
    }

    /// What it should say instead.
    async fn instead(&self) -> &str {
        self.stored.record.text("instead")
    }

    /// What is wrong, if it is one goal, visit or meeting.
    async fn contests(&self) -> Option<NodeId> {
        let contested: Contested = serde_json::from_value(self.stored.record.field("contests").clone()).ok()?;
        let kind = match contested.kind {
            ContestedKind::Goal => NodeKind::Goal,
            ContestedKind::Visit => NodeKind::Visit,
            ContestedKind::Meeting => NodeKind::Meeting,
        };
        Some(NodeId::new(kind, self.agency, contested.id))
    }

    /// When it was asked, by the phone's corrected clock.
    async fn asked_at(&self) -> DateTime {
        self.stored.record.made.at.into()
    }

    /// When it reached the school: days count from then.
    async fn received_at(&self) -> DateTime {
        self.received().into()
    }

    /// Until when the record has to be shown: before a meeting, and within 45 days (34 CFR
    /// 300.613(a)). Null of a correction: the law names no day.
    async fn due_on(&self, ctx: &Context<'_>) -> Result<Option<Date>> {
        Ok(self.due(ctx).await?.map(Date))
    }

    /// Where it stands.
    async fn standing(&self) -> RecordRequestStanding {
        record_request::standing(&self.stored.record).0.into()
    }

    /// The last answer's words.
    async fn answer(&self) -> Option<String> {
        record_request::standing(&self.stored.record).1
    }

    /// Who answered last.
    async fn answered_by(&self) -> Option<Author> {
        let person = self.stored.record.stamp_of(self.answer_field()?).by;
        Some(Author { agency: self.agency, person })
    }

    /// When.
    async fn answered_at(&self) -> Option<DateTime> {
        Some(self.stored.record.stamp_of(self.answer_field()?).at.into())
    }

    /// The family's own words beside what was not corrected, oldest first. They go wherever the
    /// record goes.
    async fn disagreements(&self, ctx: &Context<'_>) -> Result<Vec<Disagreement>> {
        let stated = under(ctx, self.agency, kinds::DISAGREEMENT, self.stored.id.0).await?;
        let disagreement = |stored: &Stored| Disagreement {
            id: NodeId::new(NodeKind::Disagreement, self.agency, stored.id),
            by: Author { agency: self.agency, person: stored.record.made.by },
            words: stored.record.text("words").to_owned(),
            stated_at: stored.record.made.at.into(),
        };
        Ok(stated.iter().map(disagreement).collect())
    }
}

impl RecordRequest {
    fn answer_field(&self) -> Option<&'static str> {
        ["outcome", "answer"].into_iter().find(|field| !self.stored.record.field(field).is_null())
    }
}

/// A family's own words beside what a school would not correct (34 CFR 300.620(b)).
#[derive(SimpleObject)]
pub struct Disagreement {
    /// Its global id.
    id: NodeId,
    /// Whose words.
    by: Author,
    /// The words.
    words: String,
    /// When they were written.
    stated_at: DateTime,
}
