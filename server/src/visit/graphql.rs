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
    progress::DataPoint,
    records::Stored,
};
use async_graphql::{Context, Enum, Object};
use domain::kinds;
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
#[graphql(remote = "domain::visit::Attendance")]
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
        attendance.unwrap_or(domain::visit::Attendance::Present).into()
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
    /// `clock` (the phone's clock was off).
    async fn flags(&self) -> Vec<&str> {
        self.stored.record.field("review").as_str().into_iter().collect()
    }
}
