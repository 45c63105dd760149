//! Goals, points, the aim line and what the data say, for the web.

use crate::{
    access::Part,
    error::{Error, Result},
    graphql::{
        Request,
        answer::{Author, UserError, minted, user_errors},
        load::{StudentRef, under},
        node::{NodeId, NodeKind},
        scalars::{Date, DateTime},
    },
    people::graphql::{Student, student_of},
    records::{self, Stored},
};
use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use chrono::NaiveDate;
use domain::{
    kinds,
    progress::{Aim, Outlook, PointStatus as Status, Score, WriteGoal, amended_visits, outlook},
};
use serde_json::Value;
use std::sync::Arc;
use sync::{AgencyId, Micros, Record, RecordId};

/// A student's goals.
#[derive(Clone, Copy)]
pub struct StudentGoals(pub StudentRef);

/// A student's goals.
#[Object]
impl StudentGoals {
    /// Measurable annual goals, oldest first.
    async fn goals(&self, ctx: &Context<'_>) -> Result<Vec<Goal>> {
        if !self.0.sees(ctx, Part::Goals).await? {
            return Ok(Vec::new());
        }
        let goals = self.0.records(ctx, kinds::GOAL).await?;
        Ok(goals.iter().filter_map(|stored| Goal::of(self.0.agency, stored)).collect())
    }
}

/// Which way a goal goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::progress::Direction")]
pub enum Direction {
    /// More is better.
    Increase,
    /// Less is better.
    Decrease,
    /// Staying is the aim.
    Maintain,
}

/// What a data point is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::progress::PointStatus")]
pub enum PointStatus {
    /// A score was taken.
    Scored,
    /// The student was absent.
    Absent,
    /// There was no opportunity.
    NotOffered,
    /// It was taken wrongly.
    Invalid,
}

/// How much the data can carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::progress::Strength")]
pub enum EvidenceStrength {
    /// Fewer than 6 points, or less than 6 weeks.
    Weak,
    /// In between.
    Moderate,
    /// At least 10 points over at least 10 weeks.
    Strong,
}

/// Whether the child is on track, said with care.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::progress::OutlookStatus")]
pub enum OutlookStatus {
    /// The projection less its spread still reaches the target.
    OnTrack,
    /// The target lies within the spread.
    Close,
    /// Even with the spread it is missed.
    NotOnTrack,
    /// Fewer than 6 scored points.
    NotEnoughData,
}

/// A point of a line.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct AimPoint {
    /// The day.
    on: Date,
    /// The value on it.
    value: f64,
}

/// The robust trend through the scored points (Theil–Sen).
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct Trend {
    /// Gain a week.
    per_week: f64,
    /// Where it begins.
    start: AimPoint,
    /// Where it ends, at the last point.
    end: AimPoint,
    /// How much it can carry.
    strength: EvidenceStrength,
}

/// What the data say about a goal, for a sentence in the reader's language.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct GoalOutlook {
    /// The word.
    status: OutlookStatus,
    /// How much it can carry.
    strength: EvidenceStrength,
    /// The most recent value.
    latest: Option<f64>,
    /// Where the trend is on the target day.
    projected: Option<f64>,
    /// What has to be gained a week to arrive.
    needed_per_week: f64,
}

/// A measurable annual goal.
#[derive(Clone)]
pub struct Goal {
    agency: AgencyId,
    id: RecordId,
    aim: Aim,
    record: Arc<Record>,
}

impl Goal {
    /// From its record; `None` if it is not one that this version can read.
    pub(crate) fn of(agency: AgencyId, stored: &Stored) -> Option<Self> {
        let aim = Aim::of(&stored.record)?;
        Some(Self { agency, id: stored.id, aim, record: Arc::new(stored.record.clone()) })
    }

    async fn scored(&self, ctx: &Context<'_>) -> Result<Vec<(NaiveDate, f64)>> {
        let points = self.counting(ctx).await?;
        Ok(points
            .iter()
            .filter_map(|stored| Some((day_of(&stored.record)?, score_of(&stored.record)?.derived()?)))
            .collect())
    }

    /// The points of this goal without those that an amendment took back.
    async fn counting(&self, ctx: &Context<'_>) -> Result<Vec<Stored>> {
        let points = under(ctx, self.agency, kinds::POINT, self.id.0).await?;
        let gone = amended_visits(points.iter().map(|stored| &stored.record));
        Ok(points.iter().filter(|stored| !gone.contains(stored.record.text("visit"))).cloned().collect())
    }
}

/// A measurable annual goal (34 CFR 300.320(a)(2)).
#[Object]
impl Goal {
    /// Its global id.
    pub(crate) async fn id(&self) -> NodeId {
        NodeId::new(NodeKind::Goal, self.agency, self.id)
    }

    /// Whose it is.
    async fn student(&self, ctx: &Context<'_>) -> Result<Student> {
        student_of(ctx, self.agency, self.record.subject).await
    }

    /// What the student will do.
    async fn title(&self) -> &str {
        self.record.text("title")
    }

    /// Reading, speech and so on.
    async fn area(&self) -> &str {
        self.record.text("area")
    }

    /// `percent`, `wordsPerMinute`, `count`, …
    async fn unit(&self) -> &str {
        self.record.text("unit")
    }

    /// Which way is better.
    async fn direction(&self) -> Direction {
        self.aim.direction.into()
    }

    /// Where the child was.
    async fn baseline(&self) -> f64 {
        self.aim.baseline
    }

    /// When that was measured.
    async fn baseline_on(&self) -> Date {
        Date(self.aim.baseline_on)
    }

    /// Where the team aims.
    async fn target(&self) -> f64 {
        self.aim.target
    }

    /// By when.
    async fn target_on(&self) -> Date {
        Date(self.aim.target_on)
    }

    /// When work on it begins.
    async fn starts_on(&self) -> Date {
        Date(self.aim.baseline_on)
    }

    /// The observations, oldest first.
    async fn points(&self, ctx: &Context<'_>) -> Result<Vec<DataPoint>> {
        let points = self.counting(ctx).await?;
        let mut points: Vec<DataPoint> =
            points.into_iter().map(|stored| DataPoint { agency: self.agency, stored }).collect();
        points.sort_by_key(|point| (at_of(&point.stored.record), point.stored.id));
        Ok(points)
    }

    /// The line from the baseline to the target.
    async fn aim_line(&self) -> Vec<AimPoint> {
        let point = |on| AimPoint { on: Date(on), value: self.aim.at(on) };
        vec![point(self.aim.baseline_on), point(self.aim.target_on)]
    }

    /// The robust trend; none before there are enough points.
    async fn trend(&self, ctx: &Context<'_>) -> Result<Option<Trend>> {
        let points = self.scored(ctx).await?;
        let Outlook { trend, strength, .. } = outlook(&self.aim, &points);
        let last = points.iter().map(|(on, _)| *on).max();
        Ok(trend.zip(last).map(|(line, last)| {
            let at = |on: NaiveDate| AimPoint {
                on: Date(on),
                value: line.at((on - self.aim.baseline_on).num_days() as f64),
            };
            Trend {
                per_week: line.per_week(),
                start: at(self.aim.baseline_on),
                end: at(last),
                strength: strength.into(),
            }
        }))
    }

    /// What the data say.
    async fn outlook(&self, ctx: &Context<'_>) -> Result<GoalOutlook> {
        let outlook = outlook(&self.aim, &self.scored(ctx).await?);
        Ok(GoalOutlook {
            status: outlook.status.into(),
            strength: outlook.strength.into(),
            latest: outlook.latest,
            projected: outlook.projected,
            needed_per_week: self.aim.per_week(),
        })
    }
}

/// One observation of a goal.
pub struct DataPoint {
    pub(crate) agency: AgencyId,
    pub(crate) stored: Stored,
}

/// One observation of a goal. Absent is not zero.
#[Object]
impl DataPoint {
    /// Its global id.
    pub(crate) async fn id(&self) -> NodeId {
        NodeId::new(NodeKind::DataPoint, self.agency, self.stored.id)
    }

    /// When it was taken.
    async fn at(&self) -> DateTime {
        at_of(&self.stored.record).into()
    }

    /// What it is.
    async fn status(&self) -> PointStatus {
        score_of(&self.stored.record).map_or(Status::Invalid, |score| score.status).into()
    }

    /// The value that is drawn: percent for k of n. None unless scored.
    async fn value(&self) -> Option<f64> {
        score_of(&self.stored.record).and_then(|score| score.derived())
    }

    /// How many were right.
    async fn scored(&self) -> Option<f64> {
        score_of(&self.stored.record).and_then(|score| score.scored)
    }

    /// Out of how many.
    async fn possible(&self) -> Option<f64> {
        score_of(&self.stored.record).and_then(|score| score.possible)
    }

    /// Who took it.
    async fn by(&self) -> Author {
        Author { agency: self.agency, person: self.stored.record.made.by }
    }

    /// The visit in which it was taken.
    async fn visit(&self) -> Option<NodeId> {
        let visit = self.stored.record.field("visit").as_str()?.parse::<RecordId>().ok()?;
        Some(NodeId::new(NodeKind::Visit, self.agency, visit))
    }

    /// When it reached the server.
    async fn received_at(&self) -> DateTime {
        self.stored.changed_at.into()
    }
}

fn score_of(point: &Record) -> Option<Score> {
    serde_json::from_value(Value::Object(point.fields.clone())).ok()
}

fn at_of(point: &Record) -> Micros {
    point.field("at").as_i64().map_or(point.made.at, Micros)
}

fn day_of(point: &Record) -> Option<NaiveDate> {
    Some(chrono::DateTime::from_timestamp_micros(at_of(point).0)?.date_naive())
}

/// A new goal.
#[derive(InputObject)]
pub struct GoalCreateInput {
    /// Minted by the client: the same again is the same goal.
    operation_id: ID,
    /// Whose goal it is.
    student: NodeId,
    /// What the student will do.
    title: String,
    /// Reading, speech and so on.
    area: String,
    /// `percent`, `wordsPerMinute`, `count`, …
    unit: String,
    /// Which way is better.
    direction: Direction,
    /// Where the child is.
    baseline: f64,
    /// When that was measured.
    baseline_on: Date,
    /// Where the team aims.
    target: f64,
    /// By when.
    target_on: Date,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct GoalPayload {
    /// The goal, if it was written.
    goal: Option<Goal>,
    /// What to put right.
    user_errors: Vec<UserError>,
}

/// Writing goals.
#[derive(Default)]
pub struct GoalMutation;

/// Writing goals.
#[Object]
impl GoalMutation {
    /// Writes a measurable annual goal.
    async fn goal_create(&self, ctx: &Context<'_>, input: GoalCreateInput) -> Result<GoalPayload> {
        let request = Request::of(ctx)?;
        let (agency, student) = input.student.expect(NodeKind::Student)?;
        let operation = minted("operationId", &input.operation_id)?;
        let goal: RecordId = sync::id::derived(uuid::Uuid::from(operation), "goal");
        let intent = WriteGoal {
            goal,
            student,
            title: input.title,
            area: input.area,
            unit: input.unit,
            direction: input.direction.into(),
            baseline: input.baseline,
            baseline_on: input.baseline_on.0,
            target: input.target,
            target_on: input.target_on.0,
        };
        let verdict = request.apply(agency, operation, intent.into()).await?;
        let user_errors = user_errors(&verdict);
        if !user_errors.is_empty() {
            return Ok(GoalPayload { goal: None, user_errors });
        }
        let stored = request.read(move |db| records::find(db, agency, &kinds::GOAL, goal)).await?;
        let goal = stored.as_ref().and_then(|stored| Goal::of(agency, stored));
        Ok(GoalPayload { goal: Some(goal.ok_or(Error::NotFound)?), user_errors })
    }
}
