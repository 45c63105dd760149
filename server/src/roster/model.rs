//! A roster as Aimline understands it, whichever format it came in: who is a student, who works
//! here, who is a contact of whom, and who sits in which class. It grants nothing. Each part keeps
//! the place where it stood, so that a report can point there.

use chrono::NaiveDate;
use serde::Serialize;

use super::fault::Place;
use crate::access::StaffRole;

/// A whole export: what is not in it has left.
#[derive(Debug)]
pub(crate) struct Roster {
    /// `oneroster-1.1`, `oneroster-1.2` or `sds-2.1`.
    pub(crate) format: &'static str,
    /// What the district calls itself.
    pub(crate) agency: String,
    pub(crate) orgs: Vec<Org>,
    pub(crate) students: Vec<Student>,
    pub(crate) people: Vec<Person>,
    pub(crate) contacts: Vec<Contact>,
    /// Nothing if the export has no such file: then it says nothing about classes.
    pub(crate) classes: Option<Vec<Class>>,
    /// The same.
    pub(crate) enrollments: Option<Vec<Enrollment>>,
    pub(crate) remarks: Vec<Remark>,
    pub(crate) read: Vec<FileRead>,
}

#[derive(Clone, Debug)]
pub(crate) struct Org {
    pub(crate) place: Place,
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) kind: &'static str,
    pub(crate) parent: Option<String>,
}

#[derive(Clone, Debug)]
pub(crate) struct Student {
    pub(crate) place: Place,
    pub(crate) id: String,
    pub(crate) name: Name,
    pub(crate) birth_date: Option<NaiveDate>,
    pub(crate) grade: Option<String>,
    pub(crate) school: Option<String>,
    /// What the export says of a plan; nothing if it cannot say.
    pub(crate) plan: Option<Plan>,
    /// No format carries it; what is known otherwise stays.
    pub(crate) home_language: Option<String>,
}

/// A member of staff, a contact, or both.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) place: Place,
    pub(crate) id: String,
    pub(crate) name: Name,
    pub(crate) email: Option<String>,
    pub(crate) phone: Option<String>,
    /// A roster never makes a director or a case manager: a person does.
    pub(crate) staff: Option<StaffRole>,
    /// No format carries it; what is known otherwise stays.
    pub(crate) language: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    pub(crate) given: String,
    pub(crate) family: String,
    pub(crate) preferred: Option<String>,
}

/// Which plan a student has, as a roster can say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Plan {
    None,
    Iep,
    Section504,
}

impl Plan {
    pub(crate) fn word(self) -> Option<&'static str> {
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
pub(crate) struct Contact {
    pub(crate) place: Place,
    pub(crate) student: String,
    pub(crate) person: String,
    pub(crate) relation: String,
    pub(crate) lives_with: Option<bool>,
}

#[derive(Clone, Debug)]
pub(crate) struct Class {
    pub(crate) place: Place,
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) school: String,
}

#[derive(Clone, Debug)]
pub(crate) struct Enrollment {
    pub(crate) place: Place,
    pub(crate) id: String,
    pub(crate) class: String,
    pub(crate) seat: Seat,
    pub(crate) begins: Option<NaiveDate>,
    /// The last day, inclusive.
    pub(crate) ends: Option<NaiveDate>,
}

/// Who an enrolment puts into a class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Seat {
    Student(String),
    Teacher(String),
}

/// A row that is well-formed and still not taken, or taken and worth a look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Remark {
    /// Where it stands.
    #[serde(flatten)]
    pub place: Place,
    /// The row's own id in the source system.
    pub id: String,
    /// Whether it was taken.
    pub weight: Weight,
    /// Why.
    pub why: String,
}

/// What a remark means for its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Weight {
    /// Not taken.
    Refused,
    /// Taken.
    Noted,
}

/// What was found in one file.
#[derive(Clone, Debug, Serialize)]
pub struct FileRead {
    /// The file's name.
    pub file: &'static str,
    /// How many lines under its header.
    pub rows: usize,
    /// Columns that the format does not know and that are left alone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub extensions: Vec<String>,
}
