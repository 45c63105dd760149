//! Who there is: adults and students, and who signs in as them.

use chrono::NaiveDate;
use diesel::prelude::*;
use sync::{AccountId, AgencyId, PersonId, RecordId};

use super::Agency;
use super::tables::{agency, person, student};
use crate::access::StaffRole;
use crate::db::Db;
use crate::db::types::{At, Id};
use crate::error::Result;
use crate::on;

/// One adult as one agency knows them.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = person, treat_none_as_default_value = false)]
pub struct Person {
    /// Where.
    pub agency: Id<AgencyId>,
    /// The person.
    pub id: Id<PersonId>,
    /// Who signs in as them.
    pub account: Option<Id<AccountId>>,
    /// The roster's id.
    pub source_id: Option<String>,
    /// First names.
    pub given_name: String,
    /// Last names.
    pub family_name: String,
    /// What they want to be called instead of the first names.
    pub preferred_name: Option<String>,
    /// How to reach them.
    pub email: Option<String>,
    /// How to reach them.
    pub phone: Option<String>,
    /// The language they read, as a BCP 47 tag.
    pub language: Option<String>,
    /// What the agency employs them as.
    pub staff_role: Option<String>,
    /// When they left.
    pub ended_at: Option<At>,
}

impl Person {
    /// The name to show.
    pub fn name(&self) -> String {
        shown(self.preferred_name.as_deref(), &self.given_name, &self.family_name)
    }
}

/// One student in one agency.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = student, treat_none_as_default_value = false)]
pub struct Student {
    /// Where.
    pub agency: Id<AgencyId>,
    /// The student; the replicated card has the same id.
    pub id: Id<RecordId>,
    /// The roster's id.
    pub source_id: Option<String>,
    /// The same human as an adult who signs in.
    pub person: Option<Id<PersonId>>,
    /// First names.
    pub given_name: String,
    /// Last names.
    pub family_name: String,
    /// What they want to be called instead of the first names.
    pub preferred_name: Option<String>,
    /// When they were born.
    pub birth_date: Option<NaiveDate>,
    /// As the roster writes it.
    pub grade: Option<String>,
    /// Where they go to school.
    pub school: Option<Id<RecordId>>,
    /// The language spoken at home.
    pub home_language: Option<String>,
    /// `iep` where there is a plan.
    pub plan: Option<String>,
    /// When they left.
    pub ended_at: Option<At>,
}

impl Student {
    /// The name to show.
    pub fn name(&self) -> String {
        shown(self.preferred_name.as_deref(), &self.given_name, &self.family_name)
    }
}

fn shown(preferred: Option<&str>, given: &str, family: &str) -> String {
    format!("{} {family}", preferred.unwrap_or(given)).trim().to_owned()
}

/// Who signs in as a person.
pub(crate) fn account_of(db: &mut Db, agency: AgencyId, id: PersonId) -> Result<Option<AccountId>> {
    let account: Option<Option<Id<AccountId>>> =
        on!(db => person::table.find((Id(agency), Id(id))).select(person::account).first(db).optional())?;
    Ok(account.flatten().map(|account| account.0))
}

/// The language a person reads: their own if it is known, else their agency's.
pub(crate) fn locale_of(db: &mut Db, agency: AgencyId, id: PersonId) -> Result<Option<String>> {
    let found: Option<(Option<String>, String)> = on!(db => person::table
        .inner_join(agency::table.on(agency::id.eq(person::agency)))
        .filter(person::agency.eq(Id(agency)))
        .filter(person::id.eq(Id(id)))
        .select((person::language, agency::locale))
        .first(db)
        .optional())?;
    Ok(found.map(|(own, agencys)| own.unwrap_or(agencys)))
}

/// Makes an account the one that signs in as a person.
pub(crate) fn link_account(db: &mut Db, agency: AgencyId, id: PersonId, account: AccountId) -> Result<()> {
    on!(db => diesel::update(person::table.find((Id(agency), Id(id)))).set(person::account.eq(Id(account))).execute(db))?;
    Ok(())
}

/// Gives somebody a role, as people do and rosters cannot.
pub(crate) fn give_role(db: &mut Db, agency: AgencyId, id: PersonId, role: StaffRole) -> Result<()> {
    on!(db => diesel::update(person::table.find((Id(agency), Id(id))))
        .set(person::staff_role.eq(role.as_str()))
        .execute(db))?;
    Ok(())
}

/// The people that an account is, each with its agency.
pub(crate) fn people_of(db: &mut Db, account: AccountId) -> Result<Vec<(Person, Agency)>> {
    Ok(on!(db => person::table
        .inner_join(agency::table.on(agency::id.eq(person::agency)))
        .filter(person::account.eq(Id(account)))
        .order((agency::name, person::id))
        .select((Person::as_select(), Agency::as_select()))
        .load(db))?)
}

/// Those who left before a moment, whoever left first on top.
pub(crate) fn students_who_left(db: &mut Db, agency: AgencyId, before: At, limit: i64) -> Result<Vec<Student>> {
    Ok(on!(db => student::table
        .filter(student::agency.eq(Id(agency)).and(student::ended_at.lt(before)))
        .order((student::ended_at, student::id))
        .limit(limit)
        .select(Student::as_select())
        .load(db))?)
}

/// A student leaves: for tests, where a roster would say so.
#[cfg(feature = "testing")]
pub(crate) fn student_leaves(
    db: &mut Db,
    agency: AgencyId,
    who: RecordId,
    at: chrono::DateTime<chrono::Utc>,
) -> Result<()> {
    on!(db => diesel::update(student::table.find((Id(agency), Id(who))))
        .set(student::ended_at.eq(At(at)))
        .execute(db))?;
    Ok(())
}
