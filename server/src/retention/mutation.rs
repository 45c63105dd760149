//! Writing down how long records are kept, at the desk.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use domain::Intent;
use domain::retention::{LiftHold, MOST_YEARS, PlaceHold, TellNotNeeded};
use sync::id::derived;
use sync::{AgencyId, RecordId};
use uuid::Uuid;

use super::graphql::RetentionRule;
use super::rows;
use crate::access::Action;
use crate::db::types::{At, Id};
use crate::error::{Error, Result};
use crate::graphql::Request;
use crate::graphql::answer::{UserError, minted, user_errors};
use crate::graphql::node::{NodeId, NodeKind};
use crate::graphql::scalars::Date;
use crate::graphql::view::View;
use crate::people::graphql::{Student, student_node};

/// A schedule to write down.
#[derive(InputObject)]
pub struct RetentionRuleSetInput {
    /// Minted by the client: the same again is the same word.
    operation_id: ID,
    /// Where.
    agency: NodeId,
    /// For how many years after a student left; null: for ever.
    years: Option<i32>,
    /// Which law or policy says so.
    law: String,
}

/// A hold to place.
#[derive(InputObject)]
pub struct RetentionHoldPlaceInput {
    /// Minted by the client: the same again is the same hold.
    operation_id: ID,
    /// Whose record.
    student: NodeId,
    /// What for: a lawsuit, a complaint, an audit.
    reason: String,
}

/// A hold to lift.
#[derive(InputObject)]
pub struct RetentionHoldLiftInput {
    /// Minted by the client: the same again is the same.
    operation_id: ID,
    /// The hold.
    retention_hold: NodeId,
    /// Why it is over.
    why: String,
}

/// That a family was told.
#[derive(InputObject)]
pub struct RetentionNoticeRecordInput {
    /// Minted by the client: the same again is the same entry.
    operation_id: ID,
    /// Whose record.
    student: NodeId,
    /// On which day.
    on: Date,
    /// Who was told, and how.
    told: String,
}

/// What became of a schedule.
#[derive(SimpleObject)]
pub struct RetentionRulePayload {
    /// The schedule that the agency follows now.
    rule: Option<RetentionRule>,
    /// What to put right.
    user_errors: Vec<UserError>,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct RetentionPayload {
    /// Whose record, as it is kept now.
    student: Option<Student>,
    /// What to put right.
    user_errors: Vec<UserError>,
}

/// Writing down how long records are kept.
#[derive(Default)]
pub struct RetentionMutation;

/// Writing down how long records are kept.
#[Object]
impl RetentionMutation {
    /// Writes down for how many years after a student left the agency keeps a record. Nothing is
    /// destroyed by it.
    async fn retention_rule_set(
        &self,
        ctx: &Context<'_>,
        input: RetentionRuleSetInput,
    ) -> Result<RetentionRulePayload> {
        let request = Request::of(ctx)?;
        let (agency, _) = input.agency.expect::<AgencyId>(NodeKind::Agency)?;
        let by = View::of(ctx, agency).await?.may(Action::SetRetention, None).ok_or(Error::NotFound)?;
        let law = input.law.trim().to_owned();
        let fits = |years: i32| u32::try_from(years).is_ok_and(|years| years <= MOST_YEARS);
        let wrong = [("years", !input.years.is_none_or(fits)), ("law", domain::check::line("law", &law).is_err())];
        let user_errors: Vec<UserError> =
            wrong.into_iter().filter(|(_, wrong)| *wrong).map(|(field, _)| makes_no_sense(field)).collect();
        if !user_errors.is_empty() {
            return Ok(RetentionRulePayload { rule: None, user_errors });
        }
        let row = rows::Rule {
            agency: Id(agency),
            id: Id(derived(minted("operationId", &input.operation_id)?, "retention rule")),
            years: input.years,
            law,
            recorded_by: Id(by),
            recorded_at: At(request.app.clock.now()),
        };
        let work = move |db: &mut _| {
            rows::insert_rule(db, &row)?;
            super::rule(db, agency)
        };
        Ok(RetentionRulePayload { rule: request.write(work).await?.map(RetentionRule::of), user_errors })
    }

    /// Keeps a record from being destroyed until somebody lifts it.
    async fn retention_hold_place(
        &self,
        ctx: &Context<'_>,
        input: RetentionHoldPlaceInput,
    ) -> Result<RetentionPayload> {
        let (agency, student) = input.student.expect::<RecordId>(NodeKind::Student)?;
        let hold = derived(minted::<Uuid>("operationId", &input.operation_id)?, "hold");
        let intent = PlaceHold { hold, student, reason: input.reason };
        write(ctx, agency, student, &input.operation_id, intent.into()).await
    }

    /// Lifts a hold.
    async fn retention_hold_lift(&self, ctx: &Context<'_>, input: RetentionHoldLiftInput) -> Result<RetentionPayload> {
        let (agency, hold) = input.retention_hold.expect::<Uuid>(NodeKind::RetentionHold)?;
        let read = move |db: &mut _| Ok(rows::hold(db, agency, hold)?.map(|found| (found.student.0, ())));
        let (student, ()) = Request::of(ctx)?.find(agency, read, |()| Action::Retain).await?;
        let intent = LiftHold { hold, student, why: input.why };
        write(ctx, agency, student, &input.operation_id, intent.into()).await
    }

    /// Writes down that the family was told that the record is no longer needed, and that it is destroyed
    /// if they ask (34 CFR 300.624(a)).
    async fn retention_notice_record(
        &self,
        ctx: &Context<'_>,
        input: RetentionNoticeRecordInput,
    ) -> Result<RetentionPayload> {
        let (agency, student) = input.student.expect::<RecordId>(NodeKind::Student)?;
        let notice = derived(minted::<Uuid>("operationId", &input.operation_id)?, "retention notice");
        let intent = TellNotNeeded { notice, student, on: input.on.0, told: input.told };
        write(ctx, agency, student, &input.operation_id, intent.into()).await
    }
}

async fn write(
    ctx: &Context<'_>,
    agency: AgencyId,
    student: RecordId,
    operation: &ID,
    intent: Intent,
) -> Result<RetentionPayload> {
    let verdict = Request::of(ctx)?.apply(agency, minted("operationId", operation)?, intent).await?;
    let user_errors = user_errors(&verdict);
    if !user_errors.is_empty() {
        return Ok(RetentionPayload { student: None, user_errors });
    }
    Ok(RetentionPayload { student: student_node(ctx, agency, student).await?, user_errors })
}

fn makes_no_sense(field: &str) -> UserError {
    let message = "This is missing, too long, or makes no sense. Please correct it.";
    UserError { code: "INVALID".to_owned(), message: message.to_owned(), field: vec![field.to_owned()] }
}
