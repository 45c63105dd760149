//! From what an issuer calls somebody to the account that they sign in to.

use std::collections::BTreeSet;

use anyhow::anyhow;
use chrono::{DateTime, Utc};
use sync::{AccountId, AgencyId};

use super::Issuers;
use super::issuer::Who;
use super::rows;
use crate::auth::login::Login;
use crate::auth::rows::{Account, account_of, insert_account};
use crate::db::Db;
use crate::db::types::{At, Id};
use crate::error::{Error, Result};
use crate::people::directory::{self, Search};
use crate::people::{self, Person};

/// What became of somebody whom an issuer sent.
#[derive(Clone, Debug)]
pub(super) enum Recognised {
    /// This is who they are.
    Account(Account),
    /// Nobody who works where the issuer answers is known by that name or address.
    Nobody,
    /// Several are, or somebody who comes under another name: a person has to say which.
    Several,
    /// Their account opens what the issuer does not answer for.
    TooFar,
}

/// Who that is. `new` is the account of somebody who comes for the first time and has none.
pub(super) fn recognise(
    db: &mut Db,
    issuers: &Issuers,
    agency: AgencyId,
    who: &Who,
    new: AccountId,
    now: DateTime<Utc>,
) -> Result<Recognised> {
    let served = issuers.served(&people::agencies(db)?, agency);
    let id = match rows::account_called(db, who)? {
        Some(id) => id,
        None => match by_address(db, &served, who, now)? {
            Found::Account(id) => id,
            Found::NoAccount(people) => account_for(db, &people, who, new, now)?,
            Found::Nobody => return Ok(Recognised::Nobody),
            Found::Several => return Ok(Recognised::Several),
        },
    };
    let people = people::people_of(db, id)?;
    let is_staff_here = |person: &Person| person.staff_role.is_some() && served.contains(&person.agency.0);
    if !people.iter().any(|(person, _)| is_staff_here(person) && person.ended_at.is_none_or(|end| end > At(now))) {
        return Ok(Recognised::Nobody);
    }
    if !people.iter().all(|(person, _)| is_staff_here(person)) {
        return Ok(Recognised::TooFar);
    }
    if rows::account_called(db, who)?.is_none() && !rows::link(db, who, id, now)? {
        // The address went from one colleague to another, or somebody was faster just now.
        return Ok(Recognised::Several);
    }
    rows::used(db, who, now)?;
    let account = account_of(db, id)?.ok_or_else(|| Error::internal(anyhow!("a subject of no account")))?;
    Ok(Recognised::Account(account))
}

enum Found {
    Account(AccountId),
    NoAccount(Vec<Person>),
    Nobody,
    Several,
}

/// Whoever works there now and has that address in the agency's own records.
fn by_address(db: &mut Db, served: &BTreeSet<AgencyId>, who: &Who, now: DateTime<Utc>) -> Result<Found> {
    let Some(email) = &who.email else { return Ok(Found::Nobody) };
    let moment = sync::Micros(now.timestamp_micros());
    let mut found = Vec::new();
    for agency in served {
        let staff = directory::staff(db, *agency, &Search::default(), moment, None, i64::MAX)?;
        let has = |person: &Person| person.email.as_deref().is_some_and(|kept| kept.eq_ignore_ascii_case(email));
        let mut these: Vec<Person> = staff.into_iter().filter(has).collect();
        if these.len() > 1 {
            return Ok(Found::Several);
        }
        found.append(&mut these);
    }
    let accounts: BTreeSet<AccountId> = found.iter().filter_map(|person| person.account).map(|id| id.0).collect();
    Ok(match (accounts.first(), accounts.len()) {
        (Some(id), 1) => Found::Account(*id),
        (Some(_), _) => Found::Several,
        (None, _) if found.is_empty() => Found::Nobody,
        (None, _) => Found::NoAccount(found),
    })
}

/// An account for people who have none, of somebody who never chose a login or a password.
fn account_for(db: &mut Db, people: &[Person], who: &Who, new: AccountId, now: DateTime<Utc>) -> Result<AccountId> {
    let first = people.first().ok_or_else(|| Error::internal(anyhow!("an account for nobody")))?;
    let locale = people::locale_of(db, first.agency.0, first.id.0)?.unwrap_or_else(|| "en".to_owned());
    let address = who.email.as_deref().and_then(Login::parse);
    let mut account = Account {
        id: Id(new),
        login: address.map_or_else(|| new.to_string(), |login| login.as_str().to_owned()),
        password_hash: None,
        locale,
        created_at: At(now),
    };
    if !insert_account(db, &account)? {
        // Somebody else signs in by that name: it is shown, and nobody types this one.
        account.login = format!("{}#{new}", account.login);
        insert_account(db, &account)?;
    }
    for person in people {
        people::link_account(db, person.agency.0, person.id.0, new)?;
    }
    Ok(new)
}
