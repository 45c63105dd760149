//! The tables of people. Imports and the office fill them; the areas read them.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use sync::{AccountId, AgencyId, PersonId, RecordId};
use uuid::Uuid;

use crate::access::StaffRole;
use crate::db::Db;
use crate::db::types::{At, Id};
use crate::error::Result;
use crate::on;

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;
    agency (id) {
        id -> Uid,
        name -> Text,
        kind -> Text,
        parent -> Nullable<Uid>,
        time_zone -> Text,
        locale -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;
    org (agency, id) {
        agency -> Uid,
        id -> Uid,
        source_id -> Nullable<Text>,
        name -> Text,
        kind -> Text,
        parent -> Nullable<Uid>,
        ended_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;
    person (agency, id) {
        agency -> Uid,
        id -> Uid,
        account -> Nullable<Uid>,
        source_id -> Nullable<Text>,
        given_name -> Text,
        family_name -> Text,
        preferred_name -> Nullable<Text>,
        email -> Nullable<Text>,
        phone -> Nullable<Text>,
        language -> Nullable<Text>,
        staff_role -> Nullable<Text>,
        ended_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;
    student (agency, id) {
        agency -> Uid,
        id -> Uid,
        source_id -> Nullable<Text>,
        person -> Nullable<Uid>,
        given_name -> Text,
        family_name -> Text,
        preferred_name -> Nullable<Text>,
        birth_date -> Nullable<Date>,
        grade -> Nullable<Text>,
        school -> Nullable<Uid>,
        home_language -> Nullable<Text>,
        plan -> Nullable<Text>,
        ended_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;
    class (agency, id) {
        agency -> Uid,
        id -> Uid,
        source_id -> Nullable<Text>,
        title -> Text,
        school -> Nullable<Uid>,
        ended_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;
    enrollment (agency, id) {
        agency -> Uid,
        id -> Uid,
        source_id -> Nullable<Text>,
        class -> Uid,
        student -> Nullable<Uid>,
        teacher -> Nullable<Uid>,
        starts_at -> Nullable<Instant>,
        ends_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;
    relationship (agency, id) {
        agency -> Uid,
        id -> Uid,
        person -> Uid,
        student -> Uid,
        relation -> Text,
        lives_with -> Nullable<Bool>,
        source -> Text,
        verified_at -> Nullable<Instant>,
        verified_by -> Nullable<Uid>,
        ended_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;
    educational_right (agency, id) {
        agency -> Uid,
        id -> Uid,
        person -> Uid,
        student -> Uid,
        basis -> Text,
        evidence -> Text,
        starts_at -> Instant,
        ends_at -> Nullable<Instant>,
        granted_by -> Uid,
        granted_at -> Instant,
        ended_by -> Nullable<Uid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;
    assignment (agency, id) {
        agency -> Uid,
        id -> Uid,
        person -> Uid,
        role -> Text,
        service -> Nullable<Text>,
        student -> Nullable<Uid>,
        class -> Nullable<Uid>,
        org -> Nullable<Uid>,
        source -> Text,
        starts_at -> Instant,
        ends_at -> Nullable<Instant>,
        ended_by -> Nullable<Uid>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(agency, person);

/// How many rows one statement carries: far below what either engine takes.
pub(super) const BATCH: usize = 400;

/// A tenant.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = agency, treat_none_as_default_value = false)]
pub struct Agency {
    /// The agency.
    pub id: Id<AgencyId>,
    /// What it is called.
    pub name: String,
    /// `district`, `intermediate_unit`, `state`.
    pub kind: String,
    /// The agency above it.
    pub parent: Option<Id<AgencyId>>,
    /// IANA name; legal dates are computed in it.
    pub time_zone: String,
    /// The language that its mail and its new accounts begin with.
    pub locale: String,
}

/// A school or another organisation inside an agency.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = org, treat_none_as_default_value = false)]
pub struct Org {
    /// Where.
    pub agency: Id<AgencyId>,
    /// The organisation.
    pub id: Id<RecordId>,
    /// The roster's id.
    pub source_id: Option<String>,
    /// What it is called.
    pub name: String,
    /// `school`, `department`, …
    pub kind: String,
    /// The organisation above it.
    pub parent: Option<Id<RecordId>>,
    /// When it left the roster.
    pub ended_at: Option<At>,
}

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

/// A class section of the roster.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = class, treat_none_as_default_value = false)]
pub struct Class {
    /// Where.
    pub agency: Id<AgencyId>,
    /// The class.
    pub id: Id,
    /// The roster's id.
    pub source_id: Option<String>,
    /// What it is called.
    pub title: String,
    /// At which school.
    pub school: Option<Id<RecordId>>,
    /// When it left the roster.
    pub ended_at: Option<At>,
}

/// Who sits in a class, or who teaches it.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = enrollment, treat_none_as_default_value = false)]
pub struct Enrollment {
    /// Where.
    pub agency: Id<AgencyId>,
    /// The enrollment.
    pub id: Id,
    /// The roster's id.
    pub source_id: Option<String>,
    /// Which class.
    pub class: Id,
    /// Who sits in it, or
    pub student: Option<Id<RecordId>>,
    /// who teaches it.
    pub teacher: Option<Id<PersonId>>,
    /// From when; since ever if not said.
    pub starts_at: Option<At>,
    /// Up to when.
    pub ends_at: Option<At>,
}

/// A contact of a student, which is not a right.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = relationship, treat_none_as_default_value = false)]
pub struct Relationship {
    /// Where.
    pub agency: Id<AgencyId>,
    /// The contact.
    pub id: Id,
    /// Who.
    pub person: Id<PersonId>,
    /// Whose.
    pub student: Id<RecordId>,
    /// What they say they are: `mother`, `grandparent`, …
    pub relation: String,
    /// Whether they live together; says nothing about rights.
    pub lives_with: Option<bool>,
    /// Where it is known from.
    pub source: String,
    /// When somebody confirmed it.
    pub verified_at: Option<At>,
    /// Who.
    pub verified_by: Option<Id<PersonId>>,
    /// When it left the roster.
    pub ended_at: Option<At>,
}

/// Educational rights of one person for one student.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = educational_right, treat_none_as_default_value = false)]
pub struct EducationalRight {
    /// Where.
    pub agency: Id<AgencyId>,
    /// The right.
    pub id: Id,
    /// Who holds it.
    pub person: Id<PersonId>,
    /// For whom.
    pub student: Id<RecordId>,
    /// Why: a word of `domain::facts::RightsBasis`.
    pub basis: String,
    /// What was seen that shows it.
    pub evidence: String,
    /// From when.
    pub starts_at: At,
    /// Up to when.
    pub ends_at: Option<At>,
    /// Who granted it.
    pub granted_by: Id<PersonId>,
    /// When.
    pub granted_at: At,
    /// Who ended it.
    pub ended_by: Option<Id<PersonId>>,
}

/// Staff assigned to a student or a class.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = assignment, treat_none_as_default_value = false)]
pub struct Assignment {
    /// Where.
    pub agency: Id<AgencyId>,
    /// The assignment.
    pub id: Id,
    /// Who.
    pub person: Id<PersonId>,
    /// As what: a word of `domain::team::TeamRole`.
    pub role: String,
    /// For a provider: which service.
    pub service: Option<String>,
    /// To whom, or
    pub student: Option<Id<RecordId>>,
    /// to which class, or
    pub class: Option<Id>,
    /// to which organisation.
    pub org: Option<Id<RecordId>>,
    /// `office` or the roster's name.
    pub source: String,
    /// From when.
    pub starts_at: At,
    /// Up to when.
    pub ends_at: Option<At>,
    /// Who ended it.
    pub ended_by: Option<Id<PersonId>>,
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

/// Every agency that this database holds, by name.
pub(crate) fn agencies(db: &mut Db) -> Result<Vec<Agency>> {
    Ok(on!(db => agency::table.order((agency::name, agency::id)).select(Agency::as_select()).load(db))?)
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

macro_rules! inserts {
    ($($(#[$doc:meta])* $name:ident: $row:ty => $table:ident;)+) => {$(
        $(#[$doc])*
        #[cfg_attr(not(test), allow(dead_code, reason = "one function a table; not every writer needs each"))]
        pub(crate) fn $name(db: &mut Db, new: &[$row]) -> Result<()> {
            for some in new.chunks(BATCH) {
                on!(db => diesel::insert_into($table::table).values(some).execute(db))?;
            }
            Ok(())
        }
    )+};
}

inserts! {
    /// Adds agencies.
    insert_agencies: Agency => agency;
    /// Adds schools and other organisations.
    insert_orgs: Org => org;
    /// Adds people.
    insert_people: Person => person;
    /// Adds students.
    insert_students: Student => student;
    /// Adds class sections.
    insert_classes: Class => class;
    /// Puts students and teachers into classes.
    insert_enrollments: Enrollment => enrollment;
    /// Adds contacts, which are not rights.
    insert_relationships: Relationship => relationship;
    /// Grants rights.
    insert_rights: EducationalRight => educational_right;
    /// Assigns staff.
    insert_assignments: Assignment => assignment;
}

macro_rules! finds {
    ($($(#[$doc:meta])* $name:ident: $id:ty => $table:ident as $row:ty;)+) => {$(
        $(#[$doc])*
        pub(crate) fn $name(db: &mut Db, agency: AgencyId, id: $id) -> Result<Option<$row>> {
            Ok(on!(db => $table::table
                .find((Id(agency), Id(id)))
                .select(<$row>::as_select())
                .first(db)
                .optional())?)
        }
    )+};
}

finds! {
    /// One person.
    person: PersonId => person as Person;
    /// One student.
    student: RecordId => student as Student;
    /// One contact.
    relationship: Uuid => relationship as Relationship;
    /// One right.
    right: Uuid => educational_right as EducationalRight;
    /// One assignment.
    assignment: Uuid => assignment as Assignment;
}

macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident by $column:ident: $id:ty => $table:ident as $row:ty;)+) => {$(
        $(#[$doc])*
        pub(crate) fn $name(db: &mut Db, agency: AgencyId, ids: &[$id]) -> Result<Vec<$row>> {
            let mut found = Vec::new();
            for some in ids.chunks(BATCH) {
                let some: Vec<_> = some.iter().map(|id| Id(*id)).collect();
                let rows: Vec<$row> = on!(db => $table::table
                    .filter($table::agency.eq(Id(agency)))
                    .filter($table::$column.eq_any(&some))
                    .order($table::id)
                    .select(<$row>::as_select())
                    .load(db))?;
                found.extend(rows);
            }
            Ok(found)
        }
    )+};
}

lists! {
    /// Some people, by id.
    people by id: PersonId => person as Person;
    /// Some students, by id.
    students by id: RecordId => student as Student;
    /// Some organisations, by id.
    orgs by id: RecordId => org as Org;
    /// Contacts of some students, the ended ones too.
    relationships_of by student: RecordId => relationship as Relationship;
    /// Rights for some students, the ended ones too.
    rights_for by student: RecordId => educational_right as EducationalRight;
    /// Assignments to some students, the ended ones too.
    assignments_to by student: RecordId => assignment as Assignment;
}

/// One agency.
pub(crate) fn agency(db: &mut Db, id: AgencyId) -> Result<Option<Agency>> {
    Ok(on!(db => agency::table.find(Id(id)).select(Agency::as_select()).first(db).optional())?)
}

/// What a person is to a student, as far as it has not ended.
pub(crate) fn relationships_between(
    db: &mut Db,
    agency: AgencyId,
    student: RecordId,
    person: PersonId,
) -> Result<Vec<Relationship>> {
    Ok(on!(db => relationship::table
        .filter(relationship::agency.eq(Id(agency)))
        .filter(relationship::student.eq(Id(student)))
        .filter(relationship::person.eq(Id(person)))
        .filter(relationship::ended_at.is_null())
        .order(relationship::id)
        .select(Relationship::as_select())
        .load(db))?)
}

/// A person's rights for a student, ended ones too.
pub(crate) fn rights_between(
    db: &mut Db,
    agency: AgencyId,
    student: RecordId,
    person: PersonId,
) -> Result<Vec<EducationalRight>> {
    Ok(on!(db => educational_right::table
        .filter(educational_right::agency.eq(Id(agency)))
        .filter(educational_right::student.eq(Id(student)))
        .filter(educational_right::person.eq(Id(person)))
        .order(educational_right::id)
        .select(EducationalRight::as_select())
        .load(db))?)
}

/// A person's assignments to a student, ended ones too.
pub(crate) fn assignments_between(
    db: &mut Db,
    agency: AgencyId,
    student: RecordId,
    person: PersonId,
) -> Result<Vec<Assignment>> {
    Ok(on!(db => assignment::table
        .filter(assignment::agency.eq(Id(agency)))
        .filter(assignment::student.eq(Id(student)))
        .filter(assignment::person.eq(Id(person)))
        .order(assignment::id)
        .select(Assignment::as_select())
        .load(db))?)
}

/// Confirms a contact, or takes that back.
pub(crate) fn verify_relationship(
    db: &mut Db,
    agency: AgencyId,
    id: Uuid,
    verified: Option<(DateTime<Utc>, PersonId)>,
) -> Result<()> {
    let (at, by) = verified.map(|(at, by)| (At(at), Id(by))).unzip();
    on!(db => diesel::update(relationship::table.find((Id(agency), Id(id))))
        .set((relationship::verified_at.eq(at), relationship::verified_by.eq(by)))
        .execute(db))?;
    Ok(())
}

/// Ends a right.
pub(crate) fn end_right(db: &mut Db, agency: AgencyId, id: Uuid, at: DateTime<Utc>, by: PersonId) -> Result<()> {
    on!(db => diesel::update(educational_right::table.find((Id(agency), Id(id))))
        .set((educational_right::ends_at.eq(At(at)), educational_right::ended_by.eq(Id(by))))
        .execute(db))?;
    Ok(())
}

/// Ends an assignment.
pub(crate) fn end_assignment(db: &mut Db, agency: AgencyId, id: Uuid, at: DateTime<Utc>, by: PersonId) -> Result<()> {
    on!(db => diesel::update(assignment::table.find((Id(agency), Id(id))))
        .set((assignment::ends_at.eq(At(at)), assignment::ended_by.eq(Id(by))))
        .execute(db))?;
    Ok(())
}
