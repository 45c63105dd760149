//! `aimline invite`: the first way in for staff, and the last one, from the server's own terminal. Whoever can run
//! it holds the database, so nobody is asked for permission; the code is told once.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use anyhow::bail;
use chrono::{DateTime, Utc};

use super::code::{Code, LIFE};
use super::keys::Keys;
use super::rows::{self, Invitation};
use crate::access::StaffRole;
use crate::clock::Clock;
use crate::config::{GivenRole, Invite};
use crate::data_dir;
use crate::db::types::{At, Id};
use crate::db::{Database, Db};
use crate::error::Result;
use crate::people::directory::{self, Search};
use crate::people::{self, Agency, Person};

/// Makes a code for one person, or lists whom one could be made for.
pub fn run(command: &Invite) -> anyhow::Result<()> {
    let database = Database::open(&data_dir::beside(&command.store)?, 2)?;
    let agencies = database.read(people::agencies)?;
    let agency = the_agency(agencies, command.agency.as_deref())?;
    let now = Clock::system().now();
    let staff = database.read(|db| staff_of(db, &agency, now))?;
    let Some(who) = &command.who else {
        return Ok(write!(io::stdout(), "{}", listed(&agency, &staff))?);
    };
    let mut person = the_person(staff, who, &agency)?;
    if let Some(role) = command.role {
        let role = StaffRole::from(role);
        database.write(|db| people::give_role(db, person.agency.0, person.id.0, role))?;
        person.staff_role = Some(role.as_str().to_owned());
    }
    let described = format!("{} ({})", person.name(), described(&person));
    if person.account.is_some() && !command.again {
        let again = "With --again they get a code for another password.";
        return Ok(writeln!(io::stdout(), "{described} signs in to {} already. {again}", agency.name)?);
    }
    let keys = Keys::new(match &command.secret {
        Some(text) => data_dir::secret_of(text)?,
        None => data_dir::secret_beside(&command.store.data_dir)?,
    });
    let code = Code::new(rand::random());
    let invitation = Invitation {
        agency: person.agency,
        id: Id(Clock::system().ids().mint()),
        code_hash: code.hash(&keys).to_vec(),
        person: person.id,
        ends_sign_ins: false,
        made_by: None,
        made_at: At(now),
        expires_at: At(now + LIFE),
        used_at: None,
        ended_at: None,
    };
    database.write(|db| rows::insert_invitation(db, &invitation))?;
    database.settle()?;
    let address = command.address.trim_end_matches('/');
    writeln!(
        io::stdout(),
        "{described} can sign in to {} with this code, once, within {} days:\n\n    {code}\n\n\
         Open {address}/staff/redeem, type it in, and choose a sign-in name and a password.\n\
         A code made earlier for the same person has stopped working.",
        agency.name,
        LIFE.num_days(),
    )?;
    Ok(())
}

/// What comes after an import into an agency to which nobody of the staff signs in yet.
pub(crate) fn next_step(db: &mut Db, agency: &Agency, now: DateTime<Utc>) -> Result<Option<String>> {
    let staff = staff_of(db, agency, now)?;
    if staff.is_empty() || staff.iter().any(|person| person.account.is_some()) {
        return Ok(None);
    }
    Ok(Some(format!(
        "Nobody signs in to {} yet. Next, with the same --data-dir or --database-url:\n\
         \x20 aimline invite <e-mail or id>    makes a code for a first sign-in\n\
         \x20 aimline invite                   lists whom to choose",
        agency.name
    )))
}

fn staff_of(db: &mut Db, agency: &Agency, now: DateTime<Utc>) -> Result<Vec<Person>> {
    let now = sync::Micros(now.timestamp_micros());
    directory::staff(db, agency.id.0, &Search::default(), now, None, i64::MAX)
}

fn the_agency(agencies: Vec<Agency>, name: Option<&str>) -> anyhow::Result<Agency> {
    let names: Vec<String> = agencies.iter().map(|agency| format!("“{}”", agency.name)).collect();
    let mut fitting = agencies.into_iter().filter(|agency| name.is_none_or(|name| agency.name == name));
    match (fitting.next(), fitting.next()) {
        (Some(agency), None) => Ok(agency),
        _ if names.is_empty() => bail!("there is no agency in this database yet: import a roster first"),
        _ => bail!("name one agency with --agency: {}", names.join(", ")),
    }
}

fn the_person(staff: Vec<Person>, who: &str, agency: &Agency) -> anyhow::Result<Person> {
    let is = |person: &Person| {
        person.source_id.as_deref() == Some(who)
            || person.email.as_deref().is_some_and(|email| email.eq_ignore_ascii_case(who))
    };
    let mut found: Vec<Person> = staff.into_iter().filter(is).collect();
    match (found.pop(), found.is_empty()) {
        (Some(person), true) => Ok(person),
        (None, _) => bail!(
            "nobody who works at {} has “{who}” as e-mail address or id: “aimline invite” alone lists whom to choose",
            agency.name
        ),
        (Some(_), false) => bail!("several people have the e-mail address {who}: name one by the roster's id"),
    }
}

/// Those who keep people and rights; everybody who works there if nobody does.
fn listed(agency: &Agency, staff: &[Person]) -> String {
    let keeps = |person: &&Person| {
        let role = person.staff_role.as_deref().and_then(StaffRole::parse);
        matches!(role, Some(StaffRole::Director | StaffRole::Office))
    };
    let keepers: Vec<&Person> = staff.iter().filter(keeps).collect();
    let mut text = if keepers.is_empty() {
        format!("Nobody at {} keeps people and rights yet. Make somebody a director: --as director\n", agency.name)
    } else {
        format!("At {} these keep people and rights, and let everybody else in:\n", agency.name)
    };
    for person in if keepers.is_empty() { staff.iter().collect() } else { keepers } {
        let signs_in = if person.account.is_some() { "signs in" } else { "" };
        let [id, email] = [&person.source_id, &person.email].map(|text| text.as_deref().unwrap_or("–"));
        let line = format!("  {id:<16} {:<28} {email:<36} {:<14} {signs_in}", person.name(), role_of(person));
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

fn described(person: &Person) -> String {
    let role = role_of(person);
    person.source_id.as_ref().map_or(role.clone(), |id| format!("{id}, {role}"))
}

fn role_of(person: &Person) -> String {
    person.staff_role.as_deref().unwrap_or_default().replace('_', " ")
}

impl From<GivenRole> for StaffRole {
    fn from(role: GivenRole) -> Self {
        match role {
            GivenRole::Director => Self::Director,
            GivenRole::CaseManager => Self::CaseManager,
        }
    }
}
