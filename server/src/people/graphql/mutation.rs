//! Writing facts about people, each through the one door.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use domain::Intent;
use domain::facts::{Assign, EndAssignment, EndRights, GrantRights, LiftRestriction, Restrict, VerifyContact};
use sync::id::derived;
use sync::{AgencyId, OperationId, PersonId, RecordId};
use uuid::Uuid;

use super::{Assignment, AssignmentRole, Contact, Invitation, RightsBasis};
use crate::access::Action;
use crate::auth::invite::{self, Invited, Wish};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::graphql::Request;
use crate::graphql::answer::{UserError, minted, user_errors};
use crate::graphql::node::{NodeId, NodeKind};
use crate::graphql::scalars::DateTime;
use crate::people::{Relationship, rows};

/// A contact to confirm.
#[derive(InputObject)]
pub struct ContactVerifyInput {
    /// Minted by the client: the same again is the same confirmation.
    operation_id: ID,
    /// The contact.
    contact: NodeId,
    /// Whether they are who the roster says.
    verified: bool,
}

/// Rights to grant.
#[derive(InputObject)]
pub struct RightsGrantInput {
    /// Minted by the client: the same again is the same grant.
    operation_id: ID,
    /// The contact who gets them.
    contact: NodeId,
    /// Why.
    basis: RightsBasis,
    /// What was seen that shows it.
    evidence: String,
}

/// Rights to end.
#[derive(InputObject)]
pub struct RightsEndInput {
    /// Minted by the client: the same again is the same end.
    operation_id: ID,
    /// The right.
    right: NodeId,
}

/// An order to write down that keeps a contact away.
#[derive(InputObject)]
pub struct RestrictionRecordInput {
    /// Minted by the client: the same again is the same restriction.
    operation_id: ID,
    /// The contact who is kept from the student's record.
    contact: NodeId,
    /// Which order or law, and who has seen it.
    order: String,
    /// From when; now if not said.
    from: Option<DateTime>,
}

/// A restriction to lift.
#[derive(InputObject)]
pub struct RestrictionLiftInput {
    /// Minted by the client: the same again is the same lifting.
    operation_id: ID,
    /// The restriction.
    restriction: NodeId,
    /// What was seen that ends it.
    evidence: String,
}

/// A code to make.
#[derive(InputObject)]
pub struct InvitationCreateInput {
    /// Minted by the client: the same again is the same code.
    operation_id: ID,
    /// The contact whom it is for.
    contact: NodeId,
}

/// A code to make for somebody, whether they sign in already or not.
#[derive(InputObject)]
pub struct EntryCodeCreateInput {
    /// Minted by the client: the same again is the same code.
    operation_id: ID,
    /// The person whom it is for.
    person: NodeId,
    /// When it is used, whoever is signed in as them is signed out, and their passkeys end.
    ends_sign_ins: bool,
}

/// Staff to assign.
#[derive(InputObject)]
pub struct AssignmentCreateInput {
    /// Minted by the client: the same again is the same assignment.
    operation_id: ID,
    /// To whom.
    student: NodeId,
    /// Who.
    person: NodeId,
    /// As what.
    role: AssignmentRole,
    /// For a provider: which service.
    service: Option<String>,
}

/// An assignment to end.
#[derive(InputObject)]
pub struct AssignmentEndInput {
    /// Minted by the client: the same again is the same end.
    operation_id: ID,
    /// The assignment.
    assignment: NodeId,
    /// When; now if not said.
    at: Option<DateTime>,
}

/// What became of a contact.
#[derive(SimpleObject)]
pub struct ContactPayload {
    /// The contact as it is now.
    contact: Option<Contact>,
    /// What to put right.
    user_errors: Vec<UserError>,
}

/// What became of an invitation.
#[derive(SimpleObject)]
pub struct InvitationPayload {
    /// The invitation.
    invitation: Option<Invitation>,
    /// The code to hand out: told here alone.
    code: Option<String>,
    /// What to put right.
    user_errors: Vec<UserError>,
}

/// What became of an assignment.
#[derive(SimpleObject)]
pub struct AssignmentPayload {
    /// The assignment as it is now.
    assignment: Option<Assignment>,
    /// What to put right.
    user_errors: Vec<UserError>,
}

/// Writing facts about people.
#[derive(Default)]
pub struct PeopleMutation;

/// Writing facts about people.
#[Object]
impl PeopleMutation {
    /// Confirms that a contact is who the roster says, or takes that back.
    async fn contact_verify(&self, ctx: &Context<'_>, input: ContactVerifyInput) -> Result<ContactPayload> {
        let request = Request::of(ctx)?;
        let (agency, contact) = find_contact(&request, input.contact).await?;
        let intent = VerifyContact { contact: contact.id.0, student: contact.student.0, verified: input.verified };
        change_contact(&request, agency, &contact, &input.operation_id, intent.into()).await
    }

    /// Grants educational rights to a verified contact.
    async fn rights_grant(&self, ctx: &Context<'_>, input: RightsGrantInput) -> Result<ContactPayload> {
        let request = Request::of(ctx)?;
        let (agency, contact) = find_contact(&request, input.contact).await?;
        let intent = GrantRights {
            right: derived(minted::<Uuid>("operationId", &input.operation_id)?, "right"),
            student: contact.student.0,
            person: contact.person.0,
            basis: input.basis.into(),
            evidence: input.evidence,
            from: None,
        };
        change_contact(&request, agency, &contact, &input.operation_id, intent.into()).await
    }

    /// Ends educational rights: the child leaves that person's phone at its next contact.
    async fn rights_end(&self, ctx: &Context<'_>, input: RightsEndInput) -> Result<ContactPayload> {
        let request = Request::of(ctx)?;
        let (agency, id) = input.right.expect::<Uuid>(NodeKind::EducationalRight)?;
        let read = move |db: &mut _| Ok(rows::right(db, agency, id)?.map(|right| (right.student.0, right.person.0)));
        let contact = contact_of(&request, agency, read).await?;
        let intent = EndRights { right: id, student: contact.student.0 };
        change_contact(&request, agency, &contact, &input.operation_id, intent.into()).await
    }

    /// Writes down that an order or a law keeps a contact from the student's record: the child
    /// leaves that person's phone at its next contact, whatever rights they hold.
    async fn restriction_record(&self, ctx: &Context<'_>, input: RestrictionRecordInput) -> Result<ContactPayload> {
        let request = Request::of(ctx)?;
        let (agency, contact) = find_contact(&request, input.contact).await?;
        let intent = Restrict {
            restriction: derived(minted::<Uuid>("operationId", &input.operation_id)?, "restriction"),
            student: contact.student.0,
            person: contact.person.0,
            order: input.order,
            from: input.from.map(Into::into),
        };
        change_contact(&request, agency, &contact, &input.operation_id, intent.into()).await
    }

    /// Lifts a restriction: whatever rights the person holds count again.
    async fn restriction_lift(&self, ctx: &Context<'_>, input: RestrictionLiftInput) -> Result<ContactPayload> {
        let request = Request::of(ctx)?;
        let (agency, id) = input.restriction.expect::<Uuid>(NodeKind::Restriction)?;
        let read =
            move |db: &mut _| Ok(rows::restriction(db, agency, id)?.map(|order| (order.student.0, order.person.0)));
        let contact = contact_of(&request, agency, read).await?;
        let intent = LiftRestriction { restriction: id, student: contact.student.0, evidence: input.evidence };
        change_contact(&request, agency, &contact, &input.operation_id, intent.into()).await
    }

    /// Makes a single-use code with which a holder of rights makes an account.
    async fn invitation_create(&self, ctx: &Context<'_>, input: InvitationCreateInput) -> Result<InvitationPayload> {
        let request = Request::of(ctx)?;
        let (agency, contact) = find_contact(&request, input.contact).await?;
        let operation = minted("operationId", &input.operation_id)?;
        let wish = Wish { agency, person: contact.person.0, again: false, ends_sign_ins: false, operation };
        invited(&request, wish, "contact").await
    }

    /// Makes a single-use code with which a person signs in for the first time, or again with another
    /// login and password. It opens that one person and nothing else.
    async fn entry_code_create(&self, ctx: &Context<'_>, input: EntryCodeCreateInput) -> Result<InvitationPayload> {
        let request = Request::of(ctx)?;
        let (agency, person) = input.person.expect(NodeKind::Person)?;
        let operation = minted("operationId", &input.operation_id)?;
        let wish = Wish { agency, person, again: true, ends_sign_ins: input.ends_sign_ins, operation };
        invited(&request, wish, "person").await
    }

    /// Assigns a colleague to a student.
    async fn assignment_create(&self, ctx: &Context<'_>, input: AssignmentCreateInput) -> Result<AssignmentPayload> {
        let request = Request::of(ctx)?;
        let (agency, student) = input.student.expect(NodeKind::Student)?;
        let (same_agency, person) = input.person.expect(NodeKind::Person)?;
        if same_agency != agency {
            return Err(Error::NotFound);
        }
        let operation: OperationId = minted("operationId", &input.operation_id)?;
        let assignment = derived(operation.0, "assignment");
        let role = input.role.into();
        let intent = Assign { assignment, student, person, role, service: input.service, from: None };
        change_assignment(&request, agency, assignment, operation, intent.into()).await
    }

    /// Ends an assignment: the child leaves that person's phone at its next contact.
    async fn assignment_end(&self, ctx: &Context<'_>, input: AssignmentEndInput) -> Result<AssignmentPayload> {
        let request = Request::of(ctx)?;
        let (agency, assignment) = input.assignment.expect::<Uuid>(NodeKind::Assignment)?;
        let read = move |db: &mut _| {
            let found = rows::assignment(db, agency, assignment)?;
            Ok(found.and_then(|found| Some((found.student?.0, ()))))
        };
        let (student, ()) = request.find(agency, read, |()| Action::Assign).await?;
        let intent = EndAssignment { assignment, student, at: input.at.map(Into::into) };
        let operation = minted("operationId", &input.operation_id)?;
        change_assignment(&request, agency, assignment, operation, intent.into()).await
    }
}

async fn invited(request: &Request<'_>, wish: Wish, field: &str) -> Result<InvitationPayload> {
    let (keys, account) = (request.app.auth.keys.clone(), request.caller.account);
    let now = request.app.clock.now();
    let work = move |db: &mut _| invite::invite(db, &keys, account, &wish, now);
    let refused = |code: &str, message: &str| InvitationPayload {
        invitation: None,
        code: None,
        user_errors: vec![UserError { code: code.into(), message: message.into(), field: vec![field.into()] }],
    };
    Ok(match request.write(work).await? {
        Invited::Made(row, code) => InvitationPayload {
            invitation: Some(Invitation::new(row)),
            code: Some(code.to_string()),
            user_errors: Vec::new(),
        },
        Invited::WithoutRights => {
            refused("WITHOUT_RIGHTS", "Grant rights first. Without them there is nothing to see.")
        }
        Invited::HasAccount => refused("HAS_ACCOUNT", "This person signs in already."),
    })
}

async fn find_contact(request: &Request<'_>, id: NodeId) -> Result<(AgencyId, Relationship)> {
    let (agency, contact) = id.expect::<Uuid>(NodeKind::Contact)?;
    let read = move |db: &mut _| Ok(rows::relationship(db, agency, contact)?.map(|found| (found.student.0, found)));
    let (_, contact) = request.find(agency, read, |_| Action::KeepRights).await?;
    Ok((agency, contact))
}

/// The contact whom a right or an order is about.
async fn contact_of(
    request: &Request<'_>,
    agency: AgencyId,
    read: impl FnOnce(&mut Db) -> Result<Option<(RecordId, PersonId)>> + Send + 'static,
) -> Result<Relationship> {
    let (student, person) = request.find(agency, read, |_| Action::KeepRights).await?;
    let contacts = request.read(move |db| rows::relationships_between(db, agency, student, person)).await?;
    contacts.into_iter().next().ok_or(Error::NotFound)
}

async fn change_contact(
    request: &Request<'_>,
    agency: AgencyId,
    contact: &Relationship,
    operation: &ID,
    intent: Intent,
) -> Result<ContactPayload> {
    let verdict = request.apply(agency, minted("operationId", operation)?, intent).await?;
    let user_errors = user_errors(&verdict);
    if !user_errors.is_empty() {
        return Ok(ContactPayload { contact: None, user_errors });
    }
    let id = contact.id.0;
    let row = request.read(move |db| rows::relationship(db, agency, id)).await?;
    Ok(ContactPayload { contact: row.map(|row| Contact::new(row, agency)), user_errors })
}

async fn change_assignment(
    request: &Request<'_>,
    agency: AgencyId,
    assignment: Uuid,
    operation: OperationId,
    intent: Intent,
) -> Result<AssignmentPayload> {
    let verdict = request.apply(agency, operation, intent).await?;
    let user_errors = user_errors(&verdict);
    if !user_errors.is_empty() {
        return Ok(AssignmentPayload { assignment: None, user_errors });
    }
    let row = request.read(move |db| rows::assignment(db, agency, assignment)).await?;
    Ok(AssignmentPayload { assignment: row.and_then(|row| Assignment::of(row, true)), user_errors })
}
