//! A roster as Aimline understands it, whichever format it came in: who is a student, who works
//! here, who is a contact of whom, and who sits in which class. It grants nothing. Each part keeps
//! the place where it stood, so that a report can point there.

use chrono::NaiveDate;
use serde::Serialize;

use super::fault::Place;
use crate::access::StaffRole;

/// A whole export: what is not in it has left.
#[derive(Debug)]
pub(super) struct Roster {
    /// `oneroster-1.1`, `oneroster-1.2` or `sds-2.1`.
    pub(super) format: &'static str,
    /// What the district calls itself.
    pub(super) agency: String,
    pub(super) orgs: Vec<Org>,
    pub(super) students: Vec<Student>,
    pub(super) people: Vec<Person>,
    pub(super) contacts: Vec<Contact>,
    /// Nothing if the export has no such file: then it says nothing about classes.
    pub(super) classes: Option<Vec<Class>>,
    /// The same.
    pub(super) enrollments: Option<Vec<Enrollment>>,
    pub(super) remarks: Vec<Remark>,
    pub(super) read: Vec<FileRead>,
}

#[derive(Clone, Debug)]
pub(super) struct Org {
    pub(super) place: Place,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) kind: &'static str,
    pub(super) parent: Option<String>,
}

#[derive(Clone, Debug)]
pub(super) struct Student {
    pub(super) place: Place,
    pub(super) id: String,
    pub(super) name: Name,
    pub(super) birth_date: Option<NaiveDate>,
    pub(super) grade: Option<String>,
    pub(super) school: Option<String>,
    /// What the export says of a plan; nothing if it cannot say.
    pub(super) plan: Option<Plan>,
    /// No format carries it; what is known otherwise stays.
    pub(super) home_language: Option<String>,
}

/// A member of staff, a contact, or both.
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub(super) place: Place,
    pub(super) id: String,
    pub(super) name: Name,
    pub(super) email: Option<String>,
    pub(super) phone: Option<String>,
    /// A roster never makes a director or a case manager: a person does.
    pub(super) staff: Option<StaffRole>,
    /// No format carries it; what is known otherwise stays.
    pub(super) language: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) given: String,
    pub(super) family: String,
    pub(super) preferred: Option<String>,
}

/// Which plan a student has, as a roster can say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Plan {
    None,
    Iep,
    Section504,
}

impl Plan {
    pub(super) fn word(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Iep => Some("iep"),
            Self::Section504 => Some("504"),
        }
    }
}

/// An edge from a child to an adult. Not a right (34 CFR 99.4): a person verifies it and grants
/// rights, or does not.
#[derive(Clone, Debug)]
pub(super) struct Contact {
    pub(super) place: Place,
    pub(super) student: String,
    pub(super) person: String,
    pub(super) relation: String,
    pub(super) lives_with: Option<bool>,
}

#[derive(Clone, Debug)]
pub(super) struct Class {
    pub(super) place: Place,
    pub(super) id: String,
    pub(super) title: String,
    pub(super) school: String,
}

#[derive(Clone, Debug)]
pub(super) struct Enrollment {
    pub(super) place: Place,
    pub(super) id: String,
    pub(super) class: String,
    pub(super) seat: Seat,
    pub(super) begins: Option<NaiveDate>,
    /// The last day, inclusive.
    pub(super) ends: Option<NaiveDate>,
}

/// Who an enrolment puts into a class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Seat {
    Student(String),
    Teacher(String),
}

/// A row that is well-formed and still not taken, or taken and worth a look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Remark {
    #[serde(flatten)]
    pub(super) place: Place,
    /// The row's own id in the source system.
    pub(super) id: String,
    pub(super) weight: Weight,
    pub(super) why: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Weight {
    /// Not taken.
    Refused,
    /// Taken.
    Noted,
}

/// What was found in one file.
#[derive(Clone, Debug, Serialize)]
pub(super) struct FileRead {
    pub(super) file: &'static str,
    pub(super) rows: usize,
    /// Columns that the format does not know and that are left alone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) extensions: Vec<String>,
}
