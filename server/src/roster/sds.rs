//! Microsoft School Data Sync 2.1 into a draft. Beside what OneRoster has it carries relationships
//! (who is a contact of whom) and flags (who has a plan), and it names therapists.

use super::draft::{ClassRow, Draft, EnrollmentRow, Link, OrgRow, Reference, Role, User};
use super::fault::{Fault, Faults};
use super::model::{Name, Plan};
use super::sessions::{course, session};
use super::shape::sds as shape;
use super::source::Files;
use super::table::Row;
use crate::access::StaffRole;

/// The default list of values for roles; what has no place in a school's team takes no part.
const ROLES: &[(&str, Option<Role>)] = &[
    ("student", Some(Role::Student)),
    ("teacher", TEACHER),
    ("professor", TEACHER),
    ("faculty", TEACHER),
    ("lecturer", TEACHER),
    ("instructor", TEACHER),
    ("adjunct", TEACHER),
    ("substitute", TEACHER),
    ("occupationalTherapist", PROVIDER),
    ("physicalTherapist", PROVIDER),
    ("speechTherapist", PROVIDER),
    ("visionTherapist", PROVIDER),
    ("specialServices", PROVIDER),
    ("nurse", PROVIDER),
    ("principal", OFFICE),
    ("administrator", OFFICE),
    ("officeStaff", OFFICE),
    ("paraprofessional", AIDE),
    ("teacherAssistant", AIDE),
    ("assistant", AIDE),
    ("aide", AIDE),
    ("coach", AIDE),
    ("advisor", AIDE),
    ("proctor", AIDE),
    ("staff", AIDE),
    ("itAdmin", AIDE),
    ("chair", AIDE),
    ("researcher", AIDE),
    ("affiliate", AIDE),
    ("alumni", None),
    ("other", None),
];

const TEACHER: Option<Role> = Some(Role::Staff(StaffRole::Teacher));
const PROVIDER: Option<Role> = Some(Role::Staff(StaffRole::Provider));
const OFFICE: Option<Role> = Some(Role::Staff(StaffRole::Office));
/// Whoever helps in a class stands with those who teach there, and sees whom its classes give.
const AIDE: Option<Role> = Some(Role::Staff(StaffRole::Teacher));

const ORG_KINDS: &[(&str, &str)] = &[
    ("school", "school"),
    ("department", "department"),
    ("district", "district"),
    ("local", "local"),
    ("state", "state"),
    ("national", "national"),
    ("departmentOfEducation", "departmentOfEducation"),
    ("ministryOfEducation", "ministryOfEducation"),
    ("localAuthority", "localAuthority"),
    ("university", "university"),
    ("college", "college"),
    ("campus", "campus"),
    ("adultEducation", "adultEducation"),
    ("municipality", "municipality"),
    ("academicTrust", "academicTrust"),
    ("region", "region"),
    ("division", "division"),
    ("province", "province"),
    ("researchCenter", "researchCenter"),
    ("program", "program"),
];

const RELATIONS: &[(&str, &str)] = &[
    ("parent", "parent"),
    ("guardian", "guardian"),
    ("relative", "relative"),
    ("aide", "aide"),
    ("doctor", "doctor"),
    ("child", "child"),
    ("other", "other"),
];

/// Reads every file of the export.
pub(super) fn read(files: &Files, faults: &Faults) -> Draft {
    let mut draft = Draft::new();
    draft.orgs.complete = draft.each(files, shape::ORGS, faults, org);
    draft.sessions.complete = draft.each(files, shape::SESSIONS, faults, |draft, row| session(draft, row, true));
    draft.courses.complete = draft.each(files, shape::COURSES, faults, |draft, row| course(draft, row, true));
    draft.users.complete = draft.each(files, shape::USERS, faults, user);
    draft.each(files, shape::ROLES, faults, role);
    draft.classes.complete = draft.each(files, shape::CLASSES, faults, class);
    draft.enrollments.complete = draft.each(files, shape::ENROLLMENTS, faults, enrollment);
    draft.each(files, shape::DEMOGRAPHICS, faults, demographic);
    draft.each(files, shape::RELATIONSHIPS, faults, relationship);
    if draft.each(files, shape::USER_FLAGS, faults, flag) {
        draft.plans_are_told();
    }
    draft
}

fn org(draft: &mut Draft, row: &Row<'_>) {
    let id = draft.orgs.claim(row, "sourcedId");
    let name = row.required("name");
    let kind = row.required("type").and_then(|kind| row.one_of("type", kind, ORG_KINDS));
    let parent = row.text("parentSourcedId").map(|parent| Reference::new(row, "parentSourcedId", parent));
    if let (Some(id), Some(name), Some(kind)) = (id, name, kind) {
        let org = OrgRow { place: row.place, name: name.to_owned(), kind, parent };
        draft.orgs.fill(&id, org);
    }
}

fn user(draft: &mut Draft, row: &Row<'_>) {
    let id = draft.users.claim(row, "sourcedId");
    row.required("username");
    let given = row.required("givenName");
    let family = row.required("familyName");
    if let (Some(id), Some(given), Some(family)) = (id, given, family) {
        let user = User {
            place: row.place,
            name: Name { given: given.to_owned(), family: family.to_owned(), preferred: None },
            email: row.text("email").map(str::to_owned),
            phone: row.text("sms").or(row.text("phone")).map(str::to_owned),
            roles: Vec::new(),
            orgs: Vec::new(),
            grade: None,
            birth_date: None,
            plan: None,
        };
        draft.users.fill(&id, user);
    }
}

fn role(draft: &mut Draft, row: &Row<'_>) {
    let user = draft.users.needed(row, "userSourcedId");
    let org = draft.orgs.needed(row, "orgSourcedId");
    draft.sessions.optional(row, "sessionSourcedId");
    row.flag("isPrimary");
    let (begins, ends) = (row.date("roleStartDate"), row.date("roleEndDate"));
    if let (Some(begins), Some(ends)) = (begins, ends) {
        row.in_order("roleEndDate", begins, ends);
    }
    let role = row.required("role").and_then(|role| row.one_of("role", role, ROLES));
    let (Some(id), Some(org), Some(role)) = (user, org, role) else {
        return;
    };
    let Some(role) = role else {
        return draft.refuse(row.place, &id, "the role takes no part in a team");
    };
    if let Some(user) = draft.users.get_mut(&id) {
        user.takes(role);
        user.orgs.push(org);
        if role == Role::Student {
            user.grade = row.text("grade").map(str::to_owned);
        }
    }
}

fn class(draft: &mut Draft, row: &Row<'_>) {
    let id = draft.classes.claim(row, "sourcedId");
    let title = row.required("title");
    let school = draft.orgs.needed(row, "orgSourcedId");
    draft.courses.optional(row, "courseSourcedId");
    let terms = draft.sessions.all(row, "sessionSourcedIds");
    if let (Some(id), Some(title), Some(school)) = (id, title, school) {
        let class = ClassRow { place: row.place, title: title.to_owned(), school, terms };
        draft.classes.fill(&id, class);
    }
}

fn enrollment(draft: &mut Draft, row: &Row<'_>) {
    let class = draft.classes.needed(row, "classSourcedId");
    let user = draft.users.needed(row, "userSourcedId");
    let role = row.required("role").and_then(|role| row.one_of("role", role, ROLES));
    let (Some(class), Some(user), Some(role)) = (class, user, role) else {
        return;
    };
    let teaches = match role {
        Some(Role::Student) => Some(false),
        Some(Role::Staff(StaffRole::Teacher)) => Some(true),
        _ => None,
    };
    // The format gives its enrolments no ids: a seat is who sits where as what.
    let kind = if teaches == Some(false) { "student" } else { "staff" };
    let id = format!("{class}/{user}/{kind}");
    let enrollment = EnrollmentRow { place: row.place, class, user, teaches, begins: None, ends: None };
    if draft.enrollments.claim_as(row, "userSourcedId", &id) {
        draft.enrollments.fill(&id, enrollment);
    }
}

fn demographic(draft: &mut Draft, row: &Row<'_>) {
    let birth_date = row.date("birthDate");
    if let Some(id) = draft.users.needed(row, "userSourcedId")
        && let Some(user) = draft.users.get_mut(&id)
    {
        user.birth_date = birth_date;
    }
}

/// Who stands in `relationships.csv` is a contact, whatever else she may be.
fn relationship(draft: &mut Draft, row: &Row<'_>) {
    let student = draft.users.needed(row, "userSourcedId");
    let contact = draft.users.needed(row, "relationshipUserSourcedId");
    let relation = row.required("relationshipRole").and_then(|role| row.one_of("relationshipRole", role, RELATIONS));
    let (Some(student), Some(contact), Some(relation)) = (student, contact, relation) else {
        return;
    };
    if let Some(user) = draft.users.get_mut(&contact) {
        user.takes(Role::Contact(relation));
    }
    draft.links.push(Link {
        from: student,
        to: Reference::new(row, "relationshipUserSourcedId", &contact),
        relation: Some(relation.to_owned()),
    });
}

/// Flags beside these two (free lunch, …) are none of a team's business and are passed over.
fn flag(draft: &mut Draft, row: &Row<'_>) {
    let user = draft.users.needed(row, "userSourcedId");
    let plan = match row.required("flag") {
        Some("iep") => Plan::Iep,
        Some("504") => Plan::Section504,
        _ => return,
    };
    if let Some(user) = user.and_then(|id| draft.users.get_mut(&id))
        // A student under IDEA is covered by section 504 as well: the plan is the IEP.
        && user.plan != Some(Plan::Iep)
    {
        user.plan = Some(plan);
    }
}

/// Files without which there is no roster.
pub(super) fn lacking(files: &Files, faults: &Faults) {
    for file in ["orgs.csv", "users.csv", "roles.csv"] {
        if files.get(file).is_none() {
            faults.add(Fault::of_file(file, "is missing", "Add it to the export"));
        }
    }
}
