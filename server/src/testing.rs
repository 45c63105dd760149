//! What tests of other crates write straight into a database: the facts that a roster or an
//! office would have brought, and the accounts of people who can sign in. Everything else
//! enters by the door, in tests as well.

use chrono::{DateTime, Utc};
use sync::{AccountId, AgencyId, DeviceId, PersonId, RecordId};
use uuid::Uuid;

use crate::auth::rows::{self as accounts, Account};
use crate::auth::{self, password};
use crate::db::Db;
use crate::db::types::{At, Id};
use crate::devices;
use crate::error::{Error, Result};
use crate::people::{Agency, Person, Relationship, Student, rows as people};

/// Adds an agency.
pub fn add_agency(db: &mut Db, agency: &Agency) -> Result<()> {
    people::insert_agencies(db, std::slice::from_ref(agency))
}

/// Adds a person.
pub fn add_person(db: &mut Db, person: &Person) -> Result<()> {
    people::insert_people(db, std::slice::from_ref(person))
}

/// Adds a student.
pub fn add_student(db: &mut Db, student: &Student) -> Result<()> {
    people::insert_students(db, std::slice::from_ref(student))
}

/// A student leaves, as a roster would say.
pub fn student_leaves(db: &mut Db, agency: AgencyId, student: RecordId, at: DateTime<Utc>) -> Result<()> {
    people::student_leaves(db, agency, student, at)
}

/// Adds a contact of a student.
pub fn add_contact(db: &mut Db, contact: &Relationship) -> Result<()> {
    people::insert_relationships(db, std::slice::from_ref(contact))
}

/// The kept form of a password.
pub fn password_hash(password: &str) -> anyhow::Result<String> {
    password::hash(password, [7; 16])
}

/// Adds an account and makes it the one that signs in as a person.
pub fn add_account(db: &mut Db, account: &Account, agency: AgencyId, person: PersonId) -> Result<()> {
    if !accounts::insert_account(db, account)? {
        return Err(Error::internal(anyhow::anyhow!("that login is taken")));
    }
    people::link_account(db, agency, person, account.id.0)
}

/// Makes an account somebody's in another agency too.
pub fn link_account(db: &mut Db, agency: AgencyId, person: PersonId, account: AccountId) -> Result<()> {
    people::link_account(db, agency, person, account)
}

/// An account as [`add_account`] takes it.
pub fn account(id: AccountId, login: &str, password_hash: &str, now: DateTime<Utc>) -> Account {
    Account {
        id: Id(id),
        login: login.to_owned(),
        password_hash: Some(password_hash.to_owned()),
        locale: "en".to_owned(),
        created_at: At(now),
    }
}

/// Adds a passkey that opens nothing, for who looks at it or removes it.
pub fn add_passkey(db: &mut Db, account: AccountId, id: Uuid, name: &str, now: DateTime<Utc>) -> Result<()> {
    auth::add_passkey(db, account, id, name, now)
}

/// The devices on which an account is signed in.
pub fn devices_of(db: &mut Db, account: AccountId) -> Result<Vec<DeviceId>> {
    let devices = devices::rows::devices_of(db, account)?;
    Ok(devices.into_iter().filter(|device| device.signed_out_at.is_none()).map(|device| device.id).collect())
}

/// Signs a device out from elsewhere.
pub fn revoke(db: &mut Db, account: AccountId, device: DeviceId, now: DateTime<Utc>) -> Result<()> {
    devices::rows::revoke(db, account, device, now)?;
    Ok(())
}
