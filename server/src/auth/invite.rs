//! Handing out codes: who may, to whom, and what the code is.
//!
//! A code opens exactly one person. Whoever signs in as them already gets in again by it, with a
//! login and a password of their choice: nobody needs a telephone number for that, only somebody who
//! knows them.

use chrono::{DateTime, Utc};
use sync::id::derived;
use sync::{AccountId, AgencyId, Micros, OperationId, PersonId};

use super::code::{Code, LIFE};
use super::keys::{Keys, Use};
use super::rows::{self, Invitation};
use crate::access::{Action, Facts, Judgement, is_family, may};
use crate::db::Db;
use crate::db::types::{At, Id};
use crate::error::{Error, Result};
use crate::people;

/// The wish for a code.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wish {
    /// Where.
    pub(crate) agency: AgencyId,
    /// For whom.
    pub(crate) person: PersonId,
    /// Also for somebody who signs in already, who cannot any more.
    pub(crate) again: bool,
    /// Whoever is signed in as them until then is signed out.
    pub(crate) ends_sign_ins: bool,
    /// The same again is the same code.
    pub(crate) operation: OperationId,
}

/// What became of the wish for a code.
pub(crate) enum Invited {
    /// Here it is, to be told once.
    Made(Invitation, Code),
    /// The contact holds no rights: there would be nothing to see.
    WithoutRights,
    /// Somebody signs in as them already.
    HasAccount,
}

/// Makes a code for a person; earlier ones for the same person end. The same operation again
/// gets the same code, which is why it is derived and not drawn.
pub(crate) fn invite(db: &mut Db, keys: &Keys, account: AccountId, wish: &Wish, now: DateTime<Utc>) -> Result<Invited> {
    let Wish { agency, person, operation, .. } = *wish;
    let moment = Micros(now.timestamp_micros());
    let facts = people::facts_in(db, account, agency, moment)?;
    let whom = people::person(db, agency, person)?;
    let staff = whom.as_ref().is_some_and(|whom| whom.staff_role.is_some());
    let allowed = |facts: &&Facts| may(facts, Action::LetIn { staff }, None, moment) == Judgement::Allowed;
    let made_by = facts.iter().find(allowed).map(|facts| facts.person);
    let (Some(_), Some(made_by)) = (whom, made_by) else { return Err(Error::NotFound) };

    let code = code_of(keys, wish);
    if let Some(made) = rows::invitation_by_code(db, &code.hash(keys))? {
        return Ok(Invited::Made(made, code));
    }
    if !wish.again && people::account_of(db, agency, person)?.is_some() {
        return Ok(Invited::HasAccount);
    }
    let sees = people::facts_of_person(db, agency, person, moment)?;
    let of_a_family = |facts: &Facts| facts.links_at(moment).any(|link| is_family(facts, link.student, moment));
    if !sees.is_some_and(|facts| facts.staff_role.is_some() || of_a_family(&facts)) {
        return Ok(Invited::WithoutRights);
    }
    let invitation = Invitation {
        agency: Id(agency),
        id: Id(derived(operation.0, "invitation")),
        code_hash: code.hash(keys).to_vec(),
        person: Id(person),
        ends_sign_ins: wish.ends_sign_ins,
        made_by: Some(Id(made_by)),
        made_at: At(now),
        expires_at: At(now + LIFE),
        used_at: None,
        ended_at: None,
    };
    rows::insert_invitation(db, &invitation)?;
    Ok(Invited::Made(invitation, code))
}

fn code_of(keys: &Keys, wish: &Wish) -> Code {
    let about = [wish.agency.0, wish.person.0, wish.operation.0];
    let message: Vec<u8> = about.iter().flat_map(|id| id.as_bytes()).copied().collect();
    let drawn = keys.sign(Use::Code, &message);
    let mut ten = [0; 10];
    ten.copy_from_slice(&drawn[..10]);
    Code::new(ten)
}
