//! An agency: its students and its staff.

use async_graphql::connection::{Connection, EmptyFields};
use async_graphql::{Context, Object};

use super::{Person, Student};
use crate::access::{Action, Reach};
use crate::conflict::graphql::{Conflict, SettledConflict};
use crate::conflict::{settled_of, waiting_for};
use crate::error::Result;
use crate::graphql::Request;
use crate::graphql::node::NodeId;
use crate::graphql::page::{Keyset, Page, Slice};
use crate::graphql::view::View;
use crate::people;
use crate::people::directory::{self, Place, Search, Wanted, place_of_person, place_of_student};
use crate::record_request::{self, RecordRequest};
use crate::retention::{self, RetentionRule};
use crate::roster::{self, RosterImport};

/// An agency, as one caller may see it.
pub struct Agency {
    row: people::Agency,
    view: View,
}

impl Agency {
    /// An agency that the caller belongs to.
    pub fn new(row: people::Agency, view: View) -> Self {
        Self { row, view }
    }
}

/// A page of students, and how many there are of those asked for.
type Students = Connection<Keyset<Place>, Student, Total, EmptyFields>;

/// A tenant: a district, an intermediate unit, a state.
#[Object]
impl Agency {
    pub(crate) async fn id(&self) -> NodeId {
        NodeId::agency(self.row.id.0)
    }

    async fn name(&self) -> &str {
        &self.row.name
    }

    /// IANA name; legal dates are computed in it.
    async fn time_zone(&self) -> &str {
        &self.row.time_zone
    }

    /// Those whom the caller may see, by name: everybody for those who keep people, linked
    /// students for everybody else.
    #[graphql(complexity = "first.unwrap_or(50).max(0) as usize * child_complexity + 1")]
    async fn students(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        #[graphql(desc = "Words of a name, in any order, with or without accents.")] search: Option<String>,
        with_plan: Option<bool>,
    ) -> Result<Students> {
        let slice = Slice::<Place>::of(first, after)?;
        let wanted = Wanted {
            reach: self.view.students(),
            search: Search::of(search.as_deref()),
            with_plan,
            now: self.view.now,
        };
        let total = Total { agency: self.view.agency, wanted: wanted.clone() };
        let (agency, limit, from) = (self.view.agency, slice.limit(), slice.after.clone());
        let read = move |db: &mut _| directory::students(db, agency, &wanted, from.as_ref(), limit);
        let rows = Request::of(ctx)?.read(read).await?;
        let page = slice.page(rows, place_of_student, |row| Student::new(row, self.view.clone()));
        let mut students = Students::with_additional_fields(page.has_previous_page, page.has_next_page, total);
        students.edges = page.edges;
        Ok(students)
    }

    /// Disagreements that wait for the caller, the oldest first: a case manager's own, and
    /// for a director those of students who have no case manager.
    async fn conflict_queue(&self, ctx: &Context<'_>) -> Result<Vec<Conflict>> {
        waiting_for(ctx, &self.view).await
    }

    /// Choices of the last 90 days, the newest first, where the caller may choose: a hundred at
    /// most. What is older stands on each student.
    async fn settled_conflicts(&self, ctx: &Context<'_>) -> Result<Vec<SettledConflict>> {
        settled_of(ctx, &self.view).await
    }

    /// Those who work here, by name; for colleagues alone.
    #[graphql(complexity = "first.unwrap_or(50).max(0) as usize * child_complexity + 1")]
    async fn staff(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        search: Option<String>,
    ) -> Result<Page<Place, Person>> {
        let slice = Slice::<Place>::of(first, after)?;
        if !self.view.is_staff() {
            return Ok(slice.page(Vec::new(), place_of_person, Person::new));
        }
        let (agency, now, limit, from) = (self.view.agency, self.view.now, slice.limit(), slice.after.clone());
        let search = Search::of(search.as_deref());
        let read = move |db: &mut _| directory::staff(db, agency, &search, now, from.as_ref(), limit);
        let rows = Request::of(ctx)?.read(read).await?;
        Ok(slice.page(rows, place_of_person, Person::new))
    }

    /// What families ask of their children's records and nobody has answered yet, for those who
    /// may: what is due first on top.
    async fn record_requests(&self, ctx: &Context<'_>) -> Result<Vec<RecordRequest>> {
        record_request::waiting(ctx, &self.view).await
    }

    /// For how long records are kept here, by the agency's own word or that of one above it; for those who
    /// answer for them. Null: nobody has said, and they are kept for ever.
    async fn retention_rule(&self, ctx: &Context<'_>) -> Result<Option<RetentionRule>> {
        RetentionRule::followed(ctx, &self.view).await
    }

    /// Those who left so long ago that their records are no longer needed (34 CFR 300.624), whoever left
    /// first on top: a hundred at most, for those who answer for the records.
    async fn no_longer_needed(&self, ctx: &Context<'_>) -> Result<Vec<Student>> {
        retention::no_longer_needed(ctx, &self.view).await
    }

    /// Imports of rosters that changed something, the newest first; for those who may import.
    #[graphql(complexity = "first.unwrap_or(10).max(0) as usize * child_complexity + 1")]
    async fn imports(&self, ctx: &Context<'_>, first: Option<i32>) -> Result<Vec<RosterImport>> {
        if self.view.may(Action::Import, None).is_none() {
            return Ok(Vec::new());
        }
        let (agency, limit) = (self.view.agency, i64::from(first.unwrap_or(10).clamp(0, 50)));
        let rows = Request::of(ctx)?.read(move |db| roster::imports(db, agency, limit)).await?;
        Ok(rows.into_iter().filter_map(RosterImport::of).collect())
    }
}

/// What a page of students says besides.
pub struct Total {
    agency: sync::AgencyId,
    wanted: Wanted,
}

#[Object]
impl Total {
    /// How many there are on all pages.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i32> {
        let (agency, wanted) = (self.agency, self.wanted.clone());
        if wanted.reach == Reach::Only(Default::default()) {
            return Ok(0);
        }
        let count = Request::of(ctx)?.read(move |db| directory::count_students(db, agency, &wanted)).await?;
        Ok(i32::try_from(count).unwrap_or(i32::MAX))
    }
}
