//! Visits for the web.

use crate::{
    access::Part,
    error::Result,
    graphql::{
        answer::Author,
        load::StudentRef,
        node::{NodeId, NodeKind},
        page::{Page, Slice},
        scalars::DateTime,
    },
    people::graphql::{Student, student_of},
    progress::DataPoint,
    records::Stored,
    review::Review,
};
use async_graphql::{Context, Enum, Object};
use domain::{kinds, visit};
use std::collections::HashMap;
use sync::{AgencyId, Micros, RecordId};

/// A student's visits.
#[derive(Clone, Copy)]
pub struct StudentVisits(pub StudentRef);

/// A student's visits.
#[Object]
impl StudentVisits {
    /// Visits of the services that the caller may see, newest first.
    async fn visits(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<Page<(i64, RecordId), Visit>> {
        let slice = Slice::<(i64, RecordId)>::of(first, after)?;
        let mut rows: Vec<Visit> = Vec::new();
        if !self.0.sees_visits(ctx).await? {
            return Ok(slice.page(rows, Visit::key, |visit| visit));
        }
        let mut seen: HashMap<String, bool> = HashMap::new();
        for stored in self.0.records(ctx, kinds::VISIT).await?.iter() {
            let service = stored.record.text("service");
            let may = match seen.get(service) {
                Some(may) => *may,
                None => {
                    let may = self.0.sees(ctx, Part::Visits { service }).await?;
                    seen.insert(service.to_owned(), may);
                    may
                }
            };
            if may {
                rows.push(Visit { agency: self.0.agency, stored: stored.clone() });
            }
        }
        rows.sort_by_key(|visit| std::cmp::Reverse(visit.key()));
        let limit = usize::try_from(slice.limit()).unwrap_or(usize::MAX);
        let rows = rows.into_iter().filter(|visit| slice.after.is_none_or(|after| visit.key() < after)).take(limit);
        Ok(slice.page(rows.collect(), Visit::key, |visit| visit))
    }
}

/// Whether a visit took place, and if not, why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "visit::Attendance")]
pub enum Attendance {
    /// It took place.
    Present,
    /// The student was not there.
    AbsentStudent,
    /// The provider was not there.
    AbsentProvider,
    /// The school was closed.
    SchoolClosed,
    /// The student refused.
    Refused,
}

/// One delivery of a service.
pub struct Visit {
    pub(crate) agency: AgencyId,
    pub(crate) stored: Stored,
}

impl Visit {
    fn moment(&self, field: &str) -> Micros {
        self.stored.record.field(field).as_i64().map_or(self.stored.record.made.at, Micros)
    }

    /// The student's visits of the same service.
    async fn beside(&self, ctx: &Context<'_>) -> Result<Vec<Stored>> {
        let Some(student) = self.stored.record.subject else { return Ok(Vec::new()) };
        let student = StudentRef { agency: self.agency, id: RecordId(student) };
        let service = self.stored.record.text("service");
        let visits = student.records(ctx, kinds::VISIT).await?;
        Ok(visits.iter().filter(|other| other.record.text("service") == service).cloned().collect())
    }

    fn key(&self) -> (i64, RecordId) {
        (self.moment("startedAt").0, self.stored.id)
    }
}

/// One delivery of a service to one student.
#[Object]
impl Visit {
    /// Its global id.
    pub(crate) async fn id(&self) -> NodeId {
        NodeId::new(NodeKind::Visit, self.agency, self.stored.id)
    }

    /// Whose it is.
    async fn student(&self, ctx: &Context<'_>) -> Result<Student> {
        student_of(ctx, self.agency, self.stored.record.subject).await
    }

    /// Which service.
    async fn service(&self) -> &str {
        self.stored.record.text("service")
    }

    /// When it began.
    async fn started_at(&self) -> DateTime {
        self.moment("startedAt").into()
    }

    /// When it ended.
    async fn ended_at(&self) -> DateTime {
        self.moment("endedAt").into()
    }

    /// How long it was, in whole minutes.
    async fn minutes(&self) -> i32 {
        let micros = self.moment("endedAt").0 - self.moment("startedAt").0;
        i32::try_from(micros / 60_000_000).unwrap_or(0)
    }

    /// Whether it took place.
    async fn attendance(&self) -> Attendance {
        let attendance = serde_json::from_value(self.stored.record.field("attendance").clone());
        attendance.unwrap_or(visit::Attendance::Present).into()
    }

    /// What was done and seen.
    async fn note(&self) -> &str {
        self.stored.record.text("note")
    }

    /// Who gave it.
    async fn by(&self) -> Author {
        Author { agency: self.agency, person: self.stored.record.made.by }
    }

    /// When it was logged, by the phone's corrected clock.
    async fn occurred_at(&self) -> DateTime {
        self.stored.record.made.at.into()
    }

    /// When it reached the server.
    async fn received_at(&self) -> DateTime {
        self.stored.changed_at.into()
    }

    /// Data points taken in it.
    async fn points(&self, ctx: &Context<'_>) -> Result<Vec<DataPoint>> {
        let Some(student) = self.stored.record.subject else { return Ok(Vec::new()) };
        let student = StudentRef { agency: self.agency, id: RecordId(student) };
        let points = student.records(ctx, kinds::POINT).await?;
        let own = self.stored.id.to_string();
        let taken = points.iter().filter(|point| point.record.text("visit") == own);
        Ok(taken.map(|stored| DataPoint { agency: self.agency, stored: stored.clone() }).collect())
    }

    /// What somebody should look at: `late` (outside the assignment or long after it),
    /// `clock` (the phone's clock was off), `duplicate` (the same provider was with the child
    /// twice at once), `twinAmendment` (two visits correct the same one). None of them stops
    /// anything. The first two go when the case manager has said a word.
    async fn flags(&self, ctx: &Context<'_>) -> Result<Vec<&str>> {
        let mut flags: Vec<&str> = Review::flag(&self.stored.record).into_iter().collect();
        let beside = self.beside(ctx).await?;
        let all: Vec<_> = beside.iter().map(|stored| (stored.id, &stored.record)).collect();
        let mine = visit::pairs(&all).into_iter().filter(|pair| [pair.first, pair.second].contains(&self.stored.id));
        flags.extend(mine.map(|pair| pair.flag.as_str()));
        flags.dedup();
        Ok(flags)
    }

    /// The visit that was logged wrongly and reads like this instead.
    async fn amends(&self) -> Option<NodeId> {
        let amended = self.stored.record.field("amends").as_str()?.parse::<RecordId>().ok()?;
        Some(NodeId::new(NodeKind::Visit, self.agency, amended))
    }

    /// The visits that stand instead of this one: more than one, and a person looks.
    async fn amended_by(&self, ctx: &Context<'_>) -> Result<Vec<NodeId>> {
        let own = self.stored.id.to_string();
        let beside = self.beside(ctx).await?;
        let instead = beside.iter().filter(|other| other.record.text("amends") == own);
        Ok(instead.map(|other| NodeId::new(NodeKind::Visit, self.agency, other.id)).collect())
    }

    /// What the case manager said of a visit that waited for a look; null before.
    async fn review(&self) -> Option<Review> {
        Review::of(self.agency, &self.stored.record)
    }
}
