//! The keeping of records as the director reads it.

use std::sync::Arc;

use async_graphql::{Context, Enum, Object, SimpleObject};

use super::{Keeping, Obstacle, rows};
use crate::access::{Action, Part};
use crate::db::types::At;
use crate::error::Result;
use crate::graphql::Request;
use crate::graphql::answer::Author;
use crate::graphql::load::{StudentRef, one};
use crate::graphql::node::{NodeId, NodeKind};
use crate::graphql::scalars::{Date, DateTime};
use crate::graphql::view::View;
use crate::people;
use crate::people::graphql::Student;
use crate::people::load::OneStudent;

/// The most students of whom one answer tells.
const MOST: usize = 100;

/// How long a student's record is kept.
#[derive(Clone, Copy)]
pub struct StudentRetention(pub StudentRef);

/// How long a student's record is kept.
#[Object]
impl StudentRetention {
    /// Until when the record is kept, and what stands in the way of its destruction; for those who
    /// answer for the records (34 CFR 300.624).
    async fn retention(&self, ctx: &Context<'_>) -> Result<Option<Retention>> {
        if !self.0.sees(ctx, Part::Retention).await? {
            return Ok(None);
        }
        let Some(student) = one(ctx, self.0.agency, OneStudent(self.0.id)).await? else { return Ok(None) };
        let request = Request::of(ctx)?;
        let now = At(request.app.clock.now());
        let work = move |db: &mut _| {
            let keeping = super::keeping(db, &student)?;
            let obstacles = keeping.obstacles(people::today(db, student.agency.0, now)?);
            Ok(Retention { keeping: Arc::new(keeping), obstacles })
        };
        request.read(work).await.map(Some)
    }
}

/// Those who left so long ago that their records are no longer needed, whoever left first on top: for
/// those who answer for the records. A hundred at most; what stands in the way is said of each.
pub(crate) async fn no_longer_needed(ctx: &Context<'_>, view: &View) -> Result<Vec<Student>> {
    if view.may(Action::SetRetention, None).is_none() {
        return Ok(Vec::new());
    }
    let request = Request::of(ctx)?;
    let (agency, now) = (view.agency, At(request.app.clock.now()));
    let rows = request.read(move |db| super::no_longer_needed_in(db, agency, now, MOST)).await?;
    Ok(rows.into_iter().map(|row| Student::new(row, view.clone())).collect())
}

/// What stands in the way of destroying a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Obstacle")]
pub enum RetentionObstacle {
    /// The student has not left.
    StillHere,
    /// Nobody has said for how long records are kept: it is kept for ever.
    NoSchedule,
    /// The schedule has it kept for longer.
    NotYet,
    /// Somebody has put a hold on it.
    Held,
    /// Somebody has asked to see it, and was not shown it yet (34 CFR 99.10(e)).
    AskedToSee,
    /// Somebody has asked to have it corrected, or for a hearing on that.
    AskedToCorrect,
    /// The family has not been told that it is no longer needed (34 CFR 300.624(a)).
    NotTold,
}

/// How long a record is kept.
pub struct Retention {
    keeping: Arc<Keeping>,
    obstacles: Vec<Obstacle>,
}

/// How long a record is kept.
#[Object]
impl Retention {
    /// The day on which the student left, as the roster says; null while they are here.
    async fn left_on(&self) -> Option<Date> {
        self.keeping.left.map(Date)
    }

    /// The first day on which the schedule does not need the record any more; null where there is none.
    async fn kept_until(&self) -> Option<Date> {
        self.keeping.until().map(Date)
    }

    /// What stands in the way of its destruction today.
    async fn obstacles(&self) -> Vec<RetentionObstacle> {
        self.obstacles.iter().map(|obstacle| (*obstacle).into()).collect()
    }

    /// Holds, lifted ones too, the oldest first.
    async fn holds(&self) -> Vec<RetentionHold> {
        self.keeping.holds.iter().cloned().map(RetentionHold::of).collect()
    }

    /// When the family was told that it is no longer needed, the oldest first.
    async fn notices(&self) -> Vec<RetentionNotice> {
        self.keeping.notices.iter().cloned().map(RetentionNotice::of).collect()
    }
}

/// What keeps a record from being destroyed.
#[derive(SimpleObject)]
pub struct RetentionHold {
    /// Its global id.
    id: NodeId,
    /// What for.
    reason: String,
    /// Who placed it.
    placed_by: Author,
    /// When.
    placed_at: DateTime,
    /// Who lifted it.
    lifted_by: Option<Author>,
    /// When.
    lifted_at: Option<DateTime>,
    /// Why it is over.
    lifted_why: Option<String>,
}

impl RetentionHold {
    fn of(row: rows::Hold) -> Self {
        let agency = row.agency.0;
        Self {
            id: NodeId::new(NodeKind::RetentionHold, agency, row.id.0),
            reason: row.reason,
            placed_by: Author { agency, person: row.placed_by.0 },
            placed_at: row.placed_at.0.into(),
            lifted_by: row.lifted_by.map(|person| Author { agency, person: person.0 }),
            lifted_at: row.lifted_at.map(|at| at.0.into()),
            lifted_why: row.lifted_why,
        }
    }
}

/// That a family was told that a record is no longer needed.
#[derive(SimpleObject)]
pub struct RetentionNotice {
    /// On which day.
    on: Date,
    /// Who was told, and how.
    told: String,
    /// Who wrote it down.
    recorded_by: Author,
}

impl RetentionNotice {
    fn of(row: rows::Notice) -> Self {
        let recorded_by = Author { agency: row.agency.0, person: row.recorded_by.0 };
        Self { on: Date(row.day), told: row.told, recorded_by }
    }
}

/// For how long records are kept where an agency is.
#[derive(SimpleObject)]
pub struct RetentionRule {
    /// For how many years after the student left; null: for ever.
    years: Option<i32>,
    /// Which law or policy says so.
    law: String,
    /// When it was written down.
    recorded_at: DateTime,
    /// Who wrote it down; the agency's own director, or that of one above it.
    recorded_by: Author,
}

impl RetentionRule {
    pub(super) fn of(row: rows::Rule) -> Self {
        let recorded_by = Author { agency: row.agency.0, person: row.recorded_by.0 };
        Self { years: row.years, law: row.law, recorded_at: row.recorded_at.0.into(), recorded_by }
    }

    /// The one that an agency follows, for those who answer for its records.
    pub(crate) async fn followed(ctx: &Context<'_>, view: &View) -> Result<Option<Self>> {
        if view.may(Action::SetRetention, None).is_none() {
            return Ok(None);
        }
        let agency = view.agency;
        Ok(Request::of(ctx)?.read(move |db| super::rule(db, agency)).await?.map(Self::of))
    }
}
