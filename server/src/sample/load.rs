//! From values into the database: each district in one transaction, so that a start that is
//! interrupted leaves all of a district or nothing, and the next start makes what is missing.
//!
//! The roster goes the way of every import and each act through the door, as the person who did it
//! and week by week, so that what arrived in March says so.

use chrono::{DateTime, Utc};
use domain::Intent;
use sync::operation::Sent;
use sync::time::Occurred;
use sync::{AccountId, AgencyId, IdSource, Micros, Operation, id::derived};

use super::blueprint::{Blueprint, DISTRICTS, SIGN_INS, SignIn};
use super::chance::Chance;
use super::district::{Act, District, agency};
use crate::access_log::{self, Look};
use crate::apply::{Actor, Asked, Role, apply, in_agency};
use crate::auth::{self, password};
use crate::db::types::{At, Id};
use crate::db::{Database, Db};
use crate::error::{Error, Result};
use crate::people::{self, Agency, insert_agencies, link_account};
use crate::roster::{self, Setting};
use crate::stages::Stages;

/// The sample is the same everywhere.
const SEED: u64 = 1;

/// What a start found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seeded {
    /// Districts were missing and were made.
    Made,
    /// The sample was there.
    There,
    /// The database holds something else and was left alone.
    NotEmpty,
}

/// Makes the sample districts that are missing, unless the database holds other agencies alone.
pub fn seed(database: &Database, now: DateTime<Utc>, stages: &Stages) -> Result<Seeded> {
    let all = database.read(people::agencies)?;
    let all: Vec<AgencyId> = all.into_iter().map(|agency| agency.id.0).collect();
    let missing: Vec<_> = DISTRICTS.iter().filter(|blueprint| !all.contains(&agency(SEED, blueprint))).collect();
    if missing.is_empty() {
        return Ok(Seeded::There);
    }
    if missing.len() == DISTRICTS.len() && !all.is_empty() {
        return Ok(Seeded::NotEmpty);
    }
    let accounts = accounts(now, stages)?;
    for blueprint in missing {
        make(database, blueprint, &accounts, now, stages)?;
    }
    stages.end();
    Ok(Seeded::Made)
}

#[cfg(test)]
pub(super) fn make_for_tests(database: &Database, blueprint: &Blueprint, now: DateTime<Utc>) -> Result<()> {
    make(database, blueprint, &accounts(now, &Stages::Silent)?, now, &Stages::Silent)
}

/// One district, whole.
fn make(
    database: &Database,
    blueprint: &Blueprint,
    accounts: &[auth::Account],
    now: DateTime<Utc>,
    stages: &Stages,
) -> Result<()> {
    let district = District::draw(SEED, blueprint, Micros(now.timestamp_micros()));
    database.write(|db| {
        found(db, &district, now, stages)?;
        for (login, person) in &district.sign_ins {
            let account = accounts.iter().find(|account| account.login == *login);
            let account = account.ok_or_else(|| Error::internal(anyhow::anyhow!("nobody signs in as {login}")))?;
            auth::insert_account(db, account)?;
            link_account(db, district.agency, *person, account.id.0)?;
        }
        stages.begin(&format!("{}: what people did", district.name), district.acts.len());
        district
            .acts
            .chunk_by(|one, next| week(one) == week(next))
            .try_for_each(|acts| live(db, &district, acts, stages))?;
        let at_once = |one: &(Micros, Look), next: &(Micros, Look)| one.0 == next.0;
        district.looks.chunk_by(at_once).try_for_each(|looks| look(db, looks))
    })
}

/// The agency with its roster, on the day before anything happened.
fn found(db: &mut Db, district: &District, now: DateTime<Utc>, stages: &Stages) -> Result<()> {
    let row = Agency {
        id: Id(district.agency),
        name: district.name.to_owned(),
        kind: "district".to_owned(),
        parent: None,
        time_zone: district.zone.name().to_owned(),
        locale: "en".to_owned(),
    };
    let first = district.acts.first().map_or(Micros(now.timestamp_micros()), |act| act.at).plus_days(-1);
    let setting = Setting { agency: district.agency, zone: district.zone, now: moment(first), max_ended: 1.0 };
    in_agency(db, district.agency, first, |tx| {
        insert_agencies(tx.db(), &[row])?;
        let mut ids = IdSource::new(first, Chance::of(SEED, district.name).entropy());
        roster::load(tx, &district.roster, &setting, &mut ids, stages)?.map_err(Error::internal)?;
        Ok(())
    })?;
    Ok(())
}

fn week(act: &Act) -> i64 {
    act.at.0.div_euclid(7 * 86_400_000_000)
}

/// One week of a district, received when its last act was done.
fn live(db: &mut Db, district: &District, acts: &[Act], stages: &Stages) -> Result<()> {
    let Some(last) = acts.last() else { return Ok(()) };
    let asked: Vec<Asked> = acts.iter().map(|act| written(act).map(Asked::from)).collect::<Result<_>>()?;
    in_agency(db, district.agency, last.at, |tx| {
        tx.recall(&asked.iter().map(Asked::id).collect::<Vec<_>>())?;
        tx.look_ahead(asked.iter().flat_map(Asked::keys))?;
        for (act, asked) in acts.iter().zip(asked) {
            let facts = district.facts.get(&act.by).cloned().into_iter().collect();
            let actor = Actor { account: None, store: None, role: Role::People(facts) };
            let verdict = apply(tx, &actor, asked, None)?;
            if !verdict.is_success() {
                let name = act.intent.name();
                return Err(Error::internal(anyhow::anyhow!("the door refused a sample {name}: {verdict:?}")));
            }
            stages.step(1);
        }
        Ok(())
    })?;
    Ok(())
}

/// What was looked at in one moment.
fn look(db: &mut Db, looks: &[(Micros, Look)]) -> Result<()> {
    let Some((at, _)) = looks.first() else { return Ok(()) };
    let looks: Vec<Look> = looks.iter().map(|(_, look)| *look).collect();
    access_log::note(db, &looks, At(moment(*at)))
}

fn written(act: &Act) -> Result<Sent> {
    let operation = Operation {
        id: act.id,
        name: act.intent.name().to_owned(),
        v: Intent::VERSION,
        at: Occurred { device: act.at, offset: 0 },
        replaces: None,
        group: None,
        body: act.intent.body(),
    };
    Sent::write(operation).map_err(Error::internal)
}

/// An account for everybody who signs in. What protects them is that the sample holds nobody.
fn accounts(now: DateTime<Utc>, stages: &Stages) -> Result<Vec<auth::Account>> {
    stages.begin("sign-ins", SIGN_INS.len());
    let account = |known: &SignIn| {
        let salt = Chance::of(SEED, known.login).entropy();
        let account = auth::Account {
            id: Id(derived::<AccountId>(agency(SEED, &DISTRICTS[0]).0, &format!("account/{}", known.login))),
            login: known.login.to_owned(),
            password_hash: Some(password::hash(known.password, salt).map_err(Error::internal)?),
            locale: known.locale.to_owned(),
            created_at: At(now),
        };
        stages.step(1);
        Ok(account)
    };
    SIGN_INS.iter().map(account).collect()
}

fn moment(micros: Micros) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(micros.0).unwrap_or_default()
}
