//! The log as a family and the director read it.

use std::collections::BTreeSet;

use async_graphql::{ComplexObject, Context, Object, SimpleObject};
use chrono::Days;

use super::Topic;
use super::rows::{self, Line};
use crate::access::Part;
use crate::error::{Error, Result};
use crate::graphql::Request;
use crate::graphql::answer::Author;
use crate::graphql::load::StudentRef;
use crate::graphql::scalars::Date;
use crate::graphql::view::View;
use crate::people::graphql::{StaffRole, services_of, staff_role};

/// The most days that one answer covers.
const MOST_DAYS: i32 = 100;

/// Who looked at a student's record.
#[derive(Clone, Copy)]
pub struct StudentAccessLog(pub StudentRef);

/// Who looked at a student's record.
#[Object]
impl StudentAccessLog {
    /// Who looked at what, the newest day first: the last `days` days (30, and at most 100) before
    /// a day on which anybody did of whom the caller may read; fewer only where there are no
    /// earlier ones. For the family, which does not read of other guardians, and for the
    /// director (34 CFR 99.32).
    #[graphql(complexity = "days.unwrap_or(30).max(0) as usize * child_complexity + 1")]
    async fn access_log(
        &self,
        ctx: &Context<'_>,
        before: Option<Date>,
        days: Option<i32>,
    ) -> Result<Vec<AccessLogEntry>> {
        let request = Request::of(ctx)?;
        let days = days.unwrap_or(30);
        if !(1..=MOST_DAYS).contains(&days) {
            return Err(Error::Invalid { field: "days", why: "ask for 1 to 100 days" });
        }
        let (student, view) = (self.0, View::of(ctx, self.0.agency).await?);
        // Wherever the agency is, today is before this.
        let end = request.app.clock.now().date_naive() + Days::new(2);
        let before = before.map_or(end, |before| before.0);
        let seen = move |line: &Line| view.sees(Part::Look { by: line.person, family: line.family }, student.id);
        let lines = request
            .read(move |db| rows::looks(db, (student.agency, student.id), before, i64::from(days), seen))
            .await?;
        let of_one =
            |one: &Line, next: &Line| (one.day, one.person, one.family) == (next.day, next.person, next.family);
        Ok(lines.chunk_by(of_one).filter_map(|lines| AccessLogEntry::of(student, lines)).collect())
    }
}

/// What somebody looked at on one day.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct AccessLogEntry {
    /// The day, where the agency is.
    on: Date,
    /// Who looked.
    by: Author,
    /// Whether as one of the family.
    as_family: bool,
    /// At what.
    topics: Vec<Topic>,
    #[graphql(skip)]
    student: StudentRef,
}

impl AccessLogEntry {
    fn of(student: StudentRef, lines: &[Line]) -> Option<Self> {
        let first = lines.first()?;
        Some(Self {
            on: Date(first.day),
            by: Author { agency: student.agency, person: first.person },
            as_family: first.family,
            topics: lines.iter().map(|line| line.topic).collect(),
            student,
        })
    }
}

/// Who they are to the student, so that a family knows more than a name.
#[ComplexObject]
impl AccessLogEntry {
    /// What the agency employs them as now; null of the family.
    async fn role(&self, ctx: &Context<'_>) -> Result<Option<StaffRole>> {
        if self.as_family {
            return Ok(None);
        }
        staff_role(ctx, self.by.agency, self.by.person).await
    }

    /// The services that they give the student, or gave.
    async fn services(&self, ctx: &Context<'_>) -> Result<BTreeSet<String>> {
        services_of(ctx, self.student, self.by.person).await
    }
}
