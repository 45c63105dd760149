//! The columns of every file that is read, in each of the three formats. OneRoster fixes the order
//! of its columns and lets extensions follow; School Data Sync finds columns by name and lets
//! optional ones be left out.

/// How a file's header is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// As the standard lists them; extensions come last.
    Fixed,
    /// By name, in any order.
    Free,
}

/// One file of one format.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    pub(super) file: &'static str,
    pub(super) order: Order,
    pub(super) columns: &'static [&'static str],
    /// Columns that may be missing altogether.
    pub(super) may_lack: &'static [&'static str],
}

const fn fixed(file: &'static str, columns: &'static [&'static str]) -> Shape {
    Shape { file, order: Order::Fixed, columns, may_lack: &[] }
}

const fn free(file: &'static str, columns: &'static [&'static str], may_lack: &'static [&'static str]) -> Shape {
    Shape { file, order: Order::Free, columns, may_lack }
}

/// Every name that is read, in the order in which references allow it.
const KNOWN: &[&str] = &[
    "manifest.csv",
    "orgs.csv",
    "academicSessions.csv",
    "courses.csv",
    "users.csv",
    "roles.csv",
    "classes.csv",
    "enrollments.csv",
    "demographics.csv",
    "relationships.csv",
    "userFlags.csv",
    "contacts.sidecar.csv",
    "special-education.sidecar.csv",
];

/// The file of that name, if it is one that is read.
pub(super) fn known(name: &str) -> Option<&'static str> {
    KNOWN.iter().find(|known| **known == name).copied()
}

/// OneRoster CSV. 1.1 and 1.2 differ in their users, and 1.2 adds roles.
pub(super) mod oneroster {
    use super::{Order, Shape, fixed, free};

    pub(crate) const MANIFEST: Shape = fixed("manifest.csv", &["propertyName", "value"]);
    pub(crate) const ORGS: Shape = fixed(
        "orgs.csv",
        &["sourcedId", "status", "dateLastModified", "name", "type", "identifier", "parentSourcedId"],
    );
    pub(crate) const SESSIONS: Shape = fixed(
        "academicSessions.csv",
        &[
            "sourcedId",
            "status",
            "dateLastModified",
            "title",
            "type",
            "startDate",
            "endDate",
            "parentSourcedId",
            "schoolYear",
        ],
    );
    pub(crate) const COURSES: Shape = fixed(
        "courses.csv",
        &[
            "sourcedId",
            "status",
            "dateLastModified",
            "schoolYearSourcedId",
            "title",
            "courseCode",
            "grades",
            "orgSourcedId",
            "subjects",
            "subjectCodes",
        ],
    );
    pub(crate) const USERS_1_1: Shape = fixed(
        "users.csv",
        &[
            "sourcedId",
            "status",
            "dateLastModified",
            "enabledUser",
            "orgSourcedIds",
            "role",
            "username",
            "userIds",
            "givenName",
            "familyName",
            "middleName",
            "identifier",
            "email",
            "sms",
            "phone",
            "agentSourcedIds",
            "grades",
            "password",
        ],
    );
    pub(crate) const USERS_1_2: Shape = Shape {
        file: "users.csv",
        order: Order::Fixed,
        columns: &[
            "sourcedId",
            "status",
            "dateLastModified",
            "enabledUser",
            "username",
            "userIds",
            "givenName",
            "familyName",
            "middleName",
            "identifier",
            "email",
            "sms",
            "phone",
            "agentSourcedIds",
            "grades",
            "password",
            "userMasterIdentifier",
            "resourceSourcedIds",
            "preferredGivenName",
            "preferredMiddleName",
            "preferredFamilyName",
            "primaryOrgSourcedId",
            "pronouns",
        ],
        // The first releases of 1.2 have it, exporters written after the last leave it out.
        may_lack: &["resourceSourcedIds"],
    };
    pub(crate) const ROLES: Shape = fixed(
        "roles.csv",
        &[
            "sourcedId",
            "status",
            "dateLastModified",
            "userSourcedId",
            "roleType",
            "role",
            "beginDate",
            "endDate",
            "orgSourcedId",
            "userProfileSourcedId",
        ],
    );
    pub(crate) const CLASSES: Shape = fixed(
        "classes.csv",
        &[
            "sourcedId",
            "status",
            "dateLastModified",
            "title",
            "grades",
            "courseSourcedId",
            "classCode",
            "classType",
            "location",
            "schoolSourcedId",
            "termSourcedIds",
            "subjects",
            "subjectCodes",
            "periods",
        ],
    );
    pub(crate) const ENROLLMENTS: Shape = fixed(
        "enrollments.csv",
        &[
            "sourcedId",
            "status",
            "dateLastModified",
            "classSourcedId",
            "schoolSourcedId",
            "userSourcedId",
            "role",
            "primary",
            "beginDate",
            "endDate",
        ],
    );
    pub(crate) const DEMOGRAPHICS: Shape = fixed(
        "demographics.csv",
        &[
            "sourcedId",
            "status",
            "dateLastModified",
            "birthDate",
            "sex",
            "americanIndianOrAlaskaNative",
            "asian",
            "blackOrAfricanAmerican",
            "nativeHawaiianOrOtherPacificIslander",
            "white",
            "demographicRaceTwoOrMoreRaces",
            "hispanicOrLatinoEthnicity",
            "countryOfBirthCode",
            "stateOfBirthAbbreviation",
            "cityOfBirth",
            "publicSchoolResidenceStatus",
        ],
    );

    /// Beside the standard: what it cannot carry, as converters from Ed-Fi lay it down.
    pub(crate) const CONTACTS: Shape = free(
        "contacts.sidecar.csv",
        &["studentSourcedId", "contactSourcedId", "relation", "livesWith"],
        &["relation", "livesWith"],
    );
    /// The same: who is served, and until when.
    pub(crate) const SPECIAL_EDUCATION: Shape = free(
        "special-education.sidecar.csv",
        &["studentSourcedId", "beginDate", "endDate", "exitDate"],
        &["beginDate", "endDate", "exitDate"],
    );
}

/// Microsoft School Data Sync 2.1.
pub(super) mod sds {
    use super::{Shape, free};

    pub(crate) const ORGS: Shape =
        free("orgs.csv", &["sourcedId", "name", "type", "parentSourcedId"], &["parentSourcedId"]);
    pub(crate) const SESSIONS: Shape =
        free("academicSessions.csv", &["sourcedId", "title", "type", "schoolYear", "startDate", "endDate"], &[]);
    pub(crate) const COURSES: Shape = free(
        "courses.csv",
        &["sourcedId", "orgSourcedId", "title", "code", "schoolYearSourcedId", "subject", "grade"],
        &["code", "schoolYearSourcedId", "subject", "grade"],
    );
    pub(crate) const USERS: Shape = free(
        "users.csv",
        &[
            "sourcedId",
            "username",
            "givenName",
            "familyName",
            "password",
            "activeDirectoryMatchId",
            "email",
            "phone",
            "sms",
        ],
        &["password", "activeDirectoryMatchId", "email", "phone", "sms"],
    );
    pub(crate) const ROLES: Shape = free(
        "roles.csv",
        &[
            "userSourcedId",
            "orgSourcedId",
            "role",
            "sessionSourcedId",
            "grade",
            "isPrimary",
            "roleStartDate",
            "roleEndDate",
        ],
        &["sessionSourcedId", "grade", "isPrimary", "roleStartDate", "roleEndDate"],
    );
    pub(crate) const CLASSES: Shape = free(
        "classes.csv",
        &["sourcedId", "orgSourcedId", "title", "sessionSourcedIds", "courseSourcedId", "code"],
        &["sessionSourcedIds", "courseSourcedId", "code"],
    );
    pub(crate) const ENROLLMENTS: Shape = free("enrollments.csv", &["classSourcedId", "userSourcedId", "role"], &[]);
    pub(crate) const DEMOGRAPHICS: Shape = free("demographics.csv", &["userSourcedId", "birthDate"], &["birthDate"]);
    pub(crate) const RELATIONSHIPS: Shape =
        free("relationships.csv", &["userSourcedId", "relationshipUserSourcedId", "relationshipRole"], &[]);
    pub(crate) const USER_FLAGS: Shape = free("userFlags.csv", &["userSourcedId", "flag"], &[]);
}
