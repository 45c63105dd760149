//! What every typed object and every mutation answers with: authors, and errors that a person
//! can act on.

use super::{
    Request,
    load::name_of,
    node::{NodeId, NodeKind},
};
use crate::{
    apply::{Actor, Touched, apply, in_agency, sent_before},
    db::Db,
    error::{Error, Result},
    people,
};
use async_graphql::{Context, ID, Object, SimpleObject};
use domain::Intent;
use sync::{
    AccountId, AgencyId, Micros, Operation, OperationId, PersonId, Verdict, operation::Sent, time::Occurred,
    value::ValueHash, verdict::Code,
};

/// Who wrote something.
#[derive(Clone, Copy, Debug)]
pub struct Author {
    pub(crate) agency: AgencyId,
    pub(crate) person: PersonId,
}

/// Who wrote something.
#[Object]
impl Author {
    /// The person.
    async fn person(&self) -> NodeId {
        NodeId::new(NodeKind::Person, self.agency, self.person)
    }

    /// The name to show; empty when it was the agency itself.
    async fn name(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(name_of(ctx, self.agency, self.person).await?.to_string())
    }
}

/// Something that a person can put right.
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
pub struct UserError {
    /// For programs.
    pub code: String,
    /// For people, in English; clients have their own words for each code.
    pub message: String,
    /// The part of the input that it is about.
    pub field: Vec<String>,
}

/// What a verdict leaves to put right; nothing after a success.
pub(crate) fn user_errors(verdict: &Verdict) -> Vec<UserError> {
    let Verdict::Rejected { code, field } = verdict else { return Vec::new() };
    let (name, message) = match code {
        Code::NotFound => ("NOT_FOUND", "There is no such thing, or you may not see it."),
        Code::Invalid => ("INVALID", "This is missing, too long, or makes no sense. Please correct it."),
        Code::Frozen => ("FROZEN", "This is final. Write a correction instead."),
        Code::Exists => ("EXISTS", "This was sent before with another content. Reload the page and try again."),
        Code::UnknownOperation => ("UNKNOWN_OPERATION", "This server does not know how to do that yet."),
        Code::Group => ("GROUP", "A part of this could not be done, so nothing was."),
        Code::Unresolved => ("UNRESOLVED", "Two versions are waiting for a choice. Choose first."),
        Code::Dependency => ("DEPENDENCY", "What this builds on was not taken. Correct that first."),
        Code::DocumentChanged => ("DOCUMENT_CHANGED", "The document has changed since. Read it and sign again."),
    };
    let field = field.iter().flat_map(|path| path.split('.').map(str::to_owned)).collect();
    vec![UserError { code: name.to_owned(), message: message.to_owned(), field }]
}

/// Reads an id that a client minted.
pub(crate) fn minted<T: From<uuid::Uuid>>(field: &'static str, id: &ID) -> Result<T> {
    let id = id.parse::<uuid::Uuid>().map_err(|_| Error::Invalid { field, why: "a UUID, minted by the client" })?;
    Ok(id.into())
}

/// Reads what a page says that it showed, as the server named it to the page.
pub(crate) fn seen(field: &'static str, token: &ID) -> Result<ValueHash> {
    serde_json::from_value(token.to_string().into()).map_err(|_| Error::Invalid { field, why: "as it was read" })
}

impl Request<'_> {
    /// Brings an intention through the door, as an operation of the caller made now. The same
    /// operation again gets the same verdict.
    pub(crate) async fn apply(&self, agency: AgencyId, id: OperationId, intent: Intent) -> Result<Verdict> {
        let account = self.caller.account;
        let now = Micros(self.app.clock.now().timestamp_micros());
        let work = move |db: &mut Db| bring(db, account, agency, now, (id, &intent));
        or_not_found(self.write_and_tell(work).await?)
    }
}

/// The same in a unit of somebody else's, such as a file's route.
pub(crate) fn bring(
    db: &mut Db,
    account: AccountId,
    agency: AgencyId,
    now: Micros,
    (id, intent): (OperationId, &Intent),
) -> Result<(Verdict, Touched)> {
    let people = people::facts_in(db, account, agency, now)?;
    if people.is_empty() {
        return Err(Error::NotFound);
    }
    let actor = Actor::account(account, people, None);
    in_agency(db, agency, now, |tx| {
        // Inside the unit: of two clicks at once the second waits here for the first.
        let before = sent_before(tx.db(), agency, account, id)?;
        let at = before.map_or_else(|| moment(id, now), |before| before.at);
        apply(tx, &actor, written(id, intent, at)?.into(), None)
    })
}

/// What one may not touch reads like what was never there.
pub(crate) fn or_not_found(verdict: Verdict) -> Result<Verdict> {
    match verdict {
        Verdict::Rejected { code: Code::NotFound, field: None } => Err(Error::NotFound),
        verdict => Ok(verdict),
    }
}

/// When it was done: the time of the id, or of whatever came first.
fn moment(id: OperationId, now: Micros) -> Occurred {
    let minted = id.0.get_timestamp().map(|at| {
        let (seconds, nanos) = at.to_unix();
        Micros(seconds.cast_signed().saturating_mul(1_000_000).saturating_add(i64::from(nanos) / 1_000))
    });
    // A browser's clock may be off: what it says is kept only where it is close.
    let device = minted.filter(|at| (at.0 - now.0).abs() < sync::time::SKEW_LIMIT).unwrap_or(now);
    Occurred { device, offset: 0 }
}

/// The same click twice has the same bytes: nothing of the moment is in them.
fn written(id: OperationId, intent: &Intent, at: Occurred) -> Result<Sent> {
    let operation = Operation {
        id,
        name: intent.name().to_owned(),
        v: Intent::VERSION,
        at,
        replaces: None,
        group: None,
        body: intent.body(),
    };
    Sent::write(operation).map_err(|_| Error::Invalid { field: "input", why: "this is too long" })
}
