//! OneRoster CSV 1.1 and 1.2 into a draft. The two differ in where a user's roles stand: in
//! users.csv or in roles.csv.

use super::draft::{ClassRow, Detail, Draft, EnrollmentRow, Link, OrgRow, Reference, Role, User};
use super::fault::{Fault, Faults};
use super::model::{Name, Plan};
use super::sessions::{course, session};
use super::shape::oneroster as shape;
use super::source::Files;
use super::table::Row;
use crate::access::StaffRole;

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    V1_1,
    V1_2,
}

/// Whoever helps in a class stands with those who teach there, and sees whom its classes give.
const AIDE: Role = Role::Staff(StaffRole::Teacher);

const ROLES_1_1: &[(&str, Role)] = &[
    ("student", Role::Student),
    ("parent", Role::Contact("parent")),
    ("guardian", Role::Contact("guardian")),
    ("relative", Role::Contact("relative")),
    ("teacher", Role::Staff(StaffRole::Teacher)),
    ("administrator", Role::Staff(StaffRole::Office)),
    ("aide", AIDE),
    ("proctor", AIDE),
];

const ROLES_1_2: &[(&str, Role)] = &[
    ("student", Role::Student),
    ("parent", Role::Contact("parent")),
    ("guardian", Role::Contact("guardian")),
    ("relative", Role::Contact("relative")),
    ("teacher", Role::Staff(StaffRole::Teacher)),
    ("administrator", Role::Staff(StaffRole::Office)),
    ("districtAdministrator", Role::Staff(StaffRole::Office)),
    ("siteAdministrator", Role::Staff(StaffRole::Office)),
    ("principal", Role::Staff(StaffRole::Office)),
    ("counselor", Role::Staff(StaffRole::Provider)),
    // Runs the computers; that is no reason to see a child.
    ("systemAdministrator", AIDE),
    ("aide", AIDE),
    ("proctor", AIDE),
];

const ORG_KINDS: &[(&str, &str)] = &[
    ("department", "department"),
    ("school", "school"),
    ("district", "district"),
    ("local", "local"),
    ("state", "state"),
    ("national", "national"),
];

const SESSION_KINDS: &[(&str, ())] = &[("gradingPeriod", ()), ("semester", ()), ("schoolYear", ()), ("term", ())];

const CLASS_KINDS: &[(&str, ())] = &[("homeroom", ()), ("scheduled", ())];

const SEATS: &[(&str, Option<bool>)] =
    &[("student", Some(false)), ("teacher", Some(true)), ("administrator", None), ("proctor", None)];

/// Reads every file of the export.
pub(super) fn read(files: &Files, version: Version, faults: &Faults) -> Draft {
    let mut draft = Draft::new();
    manifest(&mut draft, files, faults);
    let read = draft.each(files, shape::ORGS, faults, org);
    draft.orgs.complete = read;
    draft.sessions.complete = draft.each(files, shape::SESSIONS, faults, |draft, row| {
        if let Some(kind) = row.required("type") {
            row.one_of("type", kind, SESSION_KINDS);
        }
        session(draft, row, in_use(row));
    });
    draft.courses.complete = draft.each(files, shape::COURSES, faults, |draft, row| course(draft, row, in_use(row)));
    draft.users.complete = match version {
        Version::V1_1 => draft.each(files, shape::USERS_1_1, faults, user_1_1),
        Version::V1_2 => {
            let users = draft.each(files, shape::USERS_1_2, faults, user_1_2);
            draft.users.complete = users;
            draft.each(files, shape::ROLES, faults, role);
            users
        }
    };
    draft.classes.complete = draft.each(files, shape::CLASSES, faults, class);
    draft.enrollments.complete = draft.each(files, shape::ENROLLMENTS, faults, enrollment);
    draft.each(files, shape::DEMOGRAPHICS, faults, demographic);
    draft.each(files, shape::CONTACTS, faults, contact_detail);
    if draft.each(files, shape::SPECIAL_EDUCATION, faults, special_education) {
        draft.plans_are_told();
    }
    draft
}

/// The manifest says which files to expect, and that each is whole: only a whole file shows who is
/// missing from it.
fn manifest(draft: &mut Draft, files: &Files, faults: &Faults) {
    draft.each(files, shape::MANIFEST, faults, |_, row| {
        let Some(property) = row.required("propertyName") else {
            return;
        };
        let Some(file) = property.strip_prefix("file.").and_then(|name| super::shape::known(&format!("{name}.csv")))
        else {
            return;
        };
        match row.text("value") {
            Some("bulk") if files.get(file).is_none() => {
                row.fault(
                    "value",
                    format!("{file} is announced and not there"),
                    "Add the file, or write “absent” here",
                );
            }
            Some("bulk") => {}
            Some("absent") if files.get(file).is_some() => row.fault(
                "value",
                format!("{file} is there although it is called absent"),
                "Write “bulk” here, or take the file out",
            ),
            Some("absent") => {}
            Some("delta") => row.fault(
                "value",
                format!("{file} holds only changes"),
                "Export “bulk”: only a whole export shows who has left",
            ),
            _ => row.fault("value", "is none of bulk, delta and absent", "Write “bulk” or “absent”"),
        }
    });
}

/// Whether the row is in use; a row that is to be deleted is as good as not there.
fn in_use(row: &Row<'_>) -> bool {
    const STATES: &[(&str, bool)] = &[("active", true), ("tobedeleted", false), ("inactive", false)];
    row.text("status").is_none_or(|status| row.one_of("status", status, STATES) == Some(true))
}

fn org(draft: &mut Draft, row: &Row<'_>) {
    let id = draft.orgs.claim(row, "sourcedId");
    let name = row.required("name");
    let kind = row.required("type").and_then(|kind| row.one_of("type", kind, ORG_KINDS));
    let parent = row.text("parentSourcedId").map(|parent| Reference::new(row, "parentSourcedId", parent));
    if let (Some(id), Some(name), Some(kind), true) = (id, name, kind, in_use(row)) {
        let org = OrgRow { place: row.place, name: name.to_owned(), kind, parent };
        draft.orgs.fill(&id, org);
    }
}

fn user_1_1(draft: &mut Draft, row: &Row<'_>) {
    let role = row.required("role").and_then(|role| row.one_of("role", role, ROLES_1_1));
    row.required("enabledUser");
    row.required("orgSourcedIds");
    let orgs = draft.orgs.all(row, "orgSourcedIds");
    user(draft, row, role.into_iter().collect(), orgs, None);
}

fn user_1_2(draft: &mut Draft, row: &Row<'_>) {
    let orgs = draft.orgs.all(row, "primaryOrgSourcedId");
    let preferred = row.text("preferredGivenName").map(str::to_owned);
    user(draft, row, Vec::new(), orgs, preferred);
}

fn user(draft: &mut Draft, row: &Row<'_>, roles: Vec<Role>, orgs: Vec<String>, preferred: Option<String>) {
    let id = draft.users.claim(row, "sourcedId");
    let given = row.required("givenName");
    let family = row.required("familyName");
    let enabled = row.flag("enabledUser").unwrap_or(true);
    let (Some(id), Some(given), Some(family)) = (id, given, family) else {
        return;
    };
    for agent in row.list("agentSourcedIds") {
        draft.links.push(Link { from: id.clone(), to: Reference::new(row, "agentSourcedIds", agent), relation: None });
    }
    if !in_use(row) {
        return draft.refuse(row.place, &id, "its status says that it is to be deleted");
    }
    if !enabled {
        return draft.refuse(row.place, &id, "enabledUser is false");
    }
    let user = User {
        place: row.place,
        name: Name { given: given.to_owned(), family: family.to_owned(), preferred },
        email: row.text("email").map(str::to_owned),
        phone: row.text("sms").or(row.text("phone")).map(str::to_owned),
        roles,
        orgs,
        grade: row.list("grades").next().map(str::to_owned),
        birth_date: None,
        plan: None,
    };
    draft.users.fill(&id, user);
}

fn role(draft: &mut Draft, row: &Row<'_>) {
    let user = draft.users.needed(row, "userSourcedId");
    let org = draft.orgs.needed(row, "orgSourcedId");
    row.date("beginDate");
    row.date("endDate");
    let word = row.required("role");
    if let Some(kind) = row.required("roleType") {
        row.one_of("roleType", kind, &[("primary", ()), ("secondary", ())]);
    }
    let (Some(user), Some(org), Some(word), true) = (user, org, word, in_use(row)) else {
        return;
    };
    if word.starts_with("ext:") {
        return draft.refuse(row.place, &user, "the role is an extension of the standard");
    }
    let role = row.one_of("role", word, ROLES_1_2);
    if let (Some(role), Some(user)) = (role, draft.users.get_mut(&user)) {
        user.takes(role);
        user.orgs.push(org);
    }
}

fn class(draft: &mut Draft, row: &Row<'_>) {
    let id = draft.classes.claim(row, "sourcedId");
    let title = row.required("title");
    draft.courses.needed(row, "courseSourcedId");
    if let Some(kind) = row.required("classType") {
        row.one_of("classType", kind, CLASS_KINDS);
    }
    let school = draft.orgs.needed(row, "schoolSourcedId");
    row.required("termSourcedIds");
    let terms = draft.sessions.all(row, "termSourcedIds");
    if let (Some(id), Some(title), Some(school), true) = (id, title, school, in_use(row)) {
        let class = ClassRow { place: row.place, title: title.to_owned(), school, terms };
        draft.classes.fill(&id, class);
    }
}

fn enrollment(draft: &mut Draft, row: &Row<'_>) {
    let id = draft.enrollments.claim(row, "sourcedId");
    let class = draft.classes.needed(row, "classSourcedId");
    let user = draft.users.needed(row, "userSourcedId");
    draft.orgs.needed(row, "schoolSourcedId");
    let seat = row.required("role").and_then(|role| row.one_of("role", role, SEATS));
    row.flag("primary");
    let (begins, ends) = (row.date("beginDate"), row.date("endDate"));
    if let (Some(begins), Some(ends)) = (begins, ends) {
        row.in_order("endDate", begins, ends);
    }
    let (Some(id), Some(class), Some(user), Some(teaches)) = (id, class, user, seat) else {
        return;
    };
    if in_use(row) {
        let enrollment = EnrollmentRow { place: row.place, class, user, teaches, begins, ends };
        draft.enrollments.fill(&id, enrollment);
    }
}

fn demographic(draft: &mut Draft, row: &Row<'_>) {
    let birth_date = row.date("birthDate");
    let user = draft.users.needed(row, "sourcedId");
    if let (Some(user), true) = (user, in_use(row))
        && let Some(user) = draft.users.get_mut(&user)
    {
        user.birth_date = birth_date;
    }
}

fn contact_detail(draft: &mut Draft, row: &Row<'_>) {
    let student = draft.users.needed(row, "studentSourcedId");
    let contact = draft.users.needed(row, "contactSourcedId");
    let detail = Detail { relation: row.text("relation").map(str::to_lowercase), lives_with: row.flag("livesWith") };
    if let (Some(student), Some(contact)) = (student, contact) {
        draft.details.insert((student, contact), detail);
    }
}

fn special_education(draft: &mut Draft, row: &Row<'_>) {
    row.date("beginDate");
    let left = row.date("exitDate").or(row.date("endDate"));
    let student = draft.users.needed(row, "studentSourcedId");
    if let Some(user) = student.and_then(|id| draft.users.get_mut(&id)) {
        user.plan = Some(match left {
            None => Plan::Iep,
            Some(_) => Plan::None,
        });
    }
}

/// Files without which there is no roster.
pub(super) fn lacking(files: &Files, version: Version, faults: &Faults) {
    let needed: &[&'static str] = match version {
        Version::V1_1 => &["orgs.csv", "users.csv"],
        Version::V1_2 => &["orgs.csv", "users.csv", "roles.csv"],
    };
    for &file in needed {
        if files.get(file).is_none() {
            faults.add(Fault::of_file(file, "is missing", "Add it to the export"));
        }
    }
}
