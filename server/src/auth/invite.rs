//! Handing out codes: who may, to whom, and what the code is.

use chrono::{DateTime, Utc};
use sync::id::derived;
use sync::{AccountId, AgencyId, Micros, OperationId};

use super::code::{Code, LIFE};
use super::keys::{Keys, Use};
use super::rows::{self, Invitation};
use crate::access::{Action, Judgement, is_family, may};
use crate::db::Db;
use crate::db::types::{At, Id};
use crate::error::{Error, Result};
use crate::people::{self, Relationship};

/// What became of the wish for a code.
pub(crate) enum Invited {
    /// Here it is, to be told once.
    Made(Invitation, Code),
    /// The contact holds no rights: there would be nothing to see.
    WithoutRights,
    /// Somebody signs in as the contact already.
    HasAccount,
}

/// Makes a code for a contact; earlier ones for the same person end. The same operation again
/// gets the same code, which is why it is derived and not drawn.
pub(crate) fn invite(
    db: &mut Db,
    keys: &Keys,
    account: AccountId,
    agency: AgencyId,
    contact: &Relationship,
    operation: OperationId,
    now: DateTime<Utc>,
) -> Result<Invited> {
    let moment = Micros(now.timestamp_micros());
    let facts = people::facts_in(db, account, agency, moment)?;
    let allowed = |facts: &&crate::access::Facts| {
        may(facts, Action::KeepRights, Some(contact.student.0), moment) == Judgement::Allowed
    };
    let made_by = facts.iter().find(allowed).ok_or(Error::NotFound("contact"))?.person;

    let code = code_of(keys, agency, contact, operation);
    if let Some(made) = rows::invitation_by_code(db, &code.hash(keys))? {
        return Ok(Invited::Made(made, code));
    }
    if people::account_of(db, agency, contact.person.0)?.is_some() {
        return Ok(Invited::HasAccount);
    }
    let theirs = people::facts_of_person(db, agency, contact.person.0, moment)?;
    if !theirs.is_some_and(|facts| is_family(&facts, contact.student.0, moment)) {
        return Ok(Invited::WithoutRights);
    }
    let invitation = Invitation {
        agency: Id(agency),
        id: Id(derived(operation.0, "invitation")),
        code_hash: code.hash(keys).to_vec(),
        person: contact.person,
        made_by: Some(Id(made_by)),
        made_at: At(now),
        expires_at: At(now + LIFE),
        used_at: None,
        ended_at: None,
    };
    rows::insert_invitation(db, &invitation)?;
    Ok(Invited::Made(invitation, code))
}

fn code_of(keys: &Keys, agency: AgencyId, contact: &Relationship, operation: OperationId) -> Code {
    let about = [agency.0, contact.id.0, operation.0];
    let message: Vec<u8> = about.iter().flat_map(|id| id.as_bytes()).copied().collect();
    let drawn = keys.sign(Use::Code, &message);
    let mut ten = [0; 10];
    ten.copy_from_slice(&drawn[..10]);
    Code::new(ten)
}
