//! Writing disclosures down at the desk.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use domain::disclosure::{Act, RecordDisclosure};
use sync::{AgencyId, RecordId};
use uuid::Uuid;

use super::graphql::DisclosureBasis;
use super::rows;
use crate::access::Action;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::graphql::Request;
use crate::graphql::answer::{UserError, minted, user_errors};
use crate::graphql::node::{NodeId, NodeKind};
use crate::graphql::scalars::Date;
use crate::people::graphql::{Student, student_node};

/// Something that was given to a party outside.
#[derive(InputObject)]
pub struct DisclosureRecordInput {
    /// Minted by the client: the same again is the same entry.
    operation_id: ID,
    /// Whose record.
    student: NodeId,
    /// On which day.
    on: Date,
    /// Who received it.
    party: String,
    /// Their legitimate interest: what they need it for.
    interest: String,
    /// Why they may have it.
    basis: DisclosureBasis,
    /// The paper on which that rests: a consent with its date, an agreement, an order. Consent,
    /// evaluation, study and court ask for one.
    paper: Option<String>,
    /// Of an emergency: the articulable and significant threat to somebody's health or safety.
    threat: Option<String>,
    /// What was given, in words.
    what: String,
    /// The entry that was wrong, instead of which this one stands.
    corrects: Option<NodeId>,
}

/// Something that a party outside asked for and was not given.
#[derive(InputObject)]
pub struct DisclosureRequestRecordInput {
    /// Minted by the client: the same again is the same entry.
    operation_id: ID,
    /// Whose record.
    student: NodeId,
    /// On which day.
    on: Date,
    /// Who asked.
    party: String,
    /// What they said that they need it for.
    interest: String,
    /// What they asked for, in words.
    what: String,
    /// The entry that was wrong, instead of which this one stands.
    corrects: Option<NodeId>,
}

/// An entry that was a mistake.
#[derive(InputObject)]
pub struct DisclosureWithdrawInput {
    /// Minted by the client: the same again is the same entry.
    operation_id: ID,
    /// The entry that was wrong.
    disclosure: NodeId,
    /// What was wrong.
    why: String,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct DisclosurePayload {
    /// Whose record, with all entries.
    student: Option<Student>,
    /// What to put right.
    user_errors: Vec<UserError>,
}

/// Writing down what was given to parties outside.
#[derive(Default)]
pub struct DisclosureMutation;

/// Writing down what was given to parties outside.
#[Object]
impl DisclosureMutation {
    /// Writes down that something of a record was given to a party outside. It stays, and the family
    /// reads it (34 CFR 99.32, 300.614).
    async fn disclosure_record(&self, ctx: &Context<'_>, input: DisclosureRecordInput) -> Result<DisclosurePayload> {
        let (agency, student) = input.student.expect::<RecordId>(NodeKind::Student)?;
        let entry = RecordDisclosure {
            disclosure: entry_of(&input.operation_id)?,
            student,
            act: Act::Disclosed,
            on: input.on.0,
            party: input.party,
            interest: input.interest,
            basis: Some(input.basis.into()),
            paper: input.paper.filter(|paper| !paper.trim().is_empty()),
            threat: input.threat,
            what: input.what,
            copied: false,
            corrects: corrected(agency, input.corrects)?,
        };
        write(ctx, agency, &input.operation_id, entry).await
    }

    /// Writes down that a party outside asked for something and was not given it (34 CFR 99.32(a)(1)).
    async fn disclosure_request_record(
        &self,
        ctx: &Context<'_>,
        input: DisclosureRequestRecordInput,
    ) -> Result<DisclosurePayload> {
        let (agency, student) = input.student.expect::<RecordId>(NodeKind::Student)?;
        let entry = RecordDisclosure {
            disclosure: entry_of(&input.operation_id)?,
            student,
            act: Act::Requested,
            on: input.on.0,
            party: input.party,
            interest: input.interest,
            basis: None,
            paper: None,
            threat: None,
            what: input.what,
            copied: false,
            corrects: corrected(agency, input.corrects)?,
        };
        write(ctx, agency, &input.operation_id, entry).await
    }

    /// Says of an entry that it was a mistake. Both stay.
    async fn disclosure_withdraw(
        &self,
        ctx: &Context<'_>,
        input: DisclosureWithdrawInput,
    ) -> Result<DisclosurePayload> {
        let request = Request::of(ctx)?;
        let (agency, wrong) = input.disclosure.expect::<Uuid>(NodeKind::Disclosure)?;
        let read = move |db: &mut Db| Ok(rows::find(db, agency, wrong)?.map(|found| (found.student.0, found.day)));
        let (student, day) = request.find(agency, read, |_| Action::Disclose).await?;
        let entry = RecordDisclosure {
            disclosure: entry_of(&input.operation_id)?,
            student,
            act: Act::Mistaken,
            on: day,
            party: String::new(),
            interest: String::new(),
            basis: None,
            paper: None,
            threat: None,
            what: input.why,
            copied: false,
            corrects: Some(wrong),
        };
        write(ctx, agency, &input.operation_id, entry).await
    }
}

fn entry_of(operation: &ID) -> Result<Uuid> {
    minted("operationId", operation).map(super::entry_of)
}

fn corrected(agency: AgencyId, entry: Option<NodeId>) -> Result<Option<Uuid>> {
    let Some(entry) = entry else { return Ok(None) };
    let (of, id) = entry.expect::<Uuid>(NodeKind::Disclosure)?;
    if of == agency { Ok(Some(id)) } else { Err(Error::NotFound) }
}

async fn write(
    ctx: &Context<'_>,
    agency: AgencyId,
    operation: &ID,
    entry: RecordDisclosure,
) -> Result<DisclosurePayload> {
    let student = entry.student;
    let verdict = Request::of(ctx)?.apply(agency, minted("operationId", operation)?, entry.into()).await?;
    let user_errors = user_errors(&verdict);
    if !user_errors.is_empty() {
        return Ok(DisclosurePayload { student: None, user_errors });
    }
    Ok(DisclosurePayload { student: student_node(ctx, agency, student).await?, user_errors })
}
