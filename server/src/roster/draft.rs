//! What both formats are read into before it is settled who is who: rows by their ids, with every
//! reference checked where it stands. Settling (`settle`) then knows only this.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::fault::{Fault, Faults, Place};
use super::model::{FileRead, Name, Plan, Remark, Weight};
use super::shape::Shape;
use super::source::Files;
use super::table::{Row, Table, shown};
use crate::access::StaffRole;

/// The rows of one file by their ids, in the order of the ids.
#[derive(Debug)]
pub(super) struct Ids<T> {
    file: &'static str,
    /// A row that is known but out of use (faulty, or ended by its own status) holds nothing.
    rows: BTreeMap<String, (Place, Option<T>)>,
    /// False while its file was not read to its last line, when nothing can be called dangling.
    pub(super) complete: bool,
}

/// An id that points into a file not yet read to its end; checked when it is.
#[derive(Clone, Debug)]
pub(super) struct Reference {
    pub(super) place: Place,
    column: (usize, &'static str),
    pub(super) id: String,
}

impl Reference {
    pub(super) fn new(row: &Row<'_>, column: &'static str, id: &str) -> Self {
        Self { place: row.place, column: (row.number(column), column), id: id.to_owned() }
    }
}

impl<T> Ids<T> {
    pub(super) fn of(file: &'static str) -> Self {
        Self { file, rows: BTreeMap::new(), complete: false }
    }

    /// Takes the row's id for this row alone.
    pub(super) fn claim(&mut self, row: &Row<'_>, column: &str) -> Option<String> {
        let id = row.required(column)?.to_owned();
        self.claim_as(row, column, &id).then_some(id)
    }

    /// Takes an id that was made of several columns, of which one answers for it.
    pub(super) fn claim_as(&mut self, row: &Row<'_>, column: &str, id: &str) -> bool {
        if let Some((earlier, _)) = self.rows.get(id) {
            row.fault(
                column,
                format!("“{}” is already on line {}", shown(id), earlier.line),
                "Keep one of the two rows",
            );
            return false;
        }
        self.rows.insert(id.to_owned(), (row.place, None));
        true
    }

    /// Puts a value under an id that was claimed.
    pub(super) fn fill(&mut self, id: &str, value: T) {
        if let Some((_, slot)) = self.rows.get_mut(id) {
            *slot = Some(value);
        }
    }

    /// The row, if it is in use.
    pub(super) fn get(&self, id: &str) -> Option<&T> {
        self.rows.get(id)?.1.as_ref()
    }

    pub(super) fn get_mut(&mut self, id: &str) -> Option<&mut T> {
        self.rows.get_mut(id)?.1.as_mut()
    }

    /// The rows in use.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.rows.iter().filter_map(|(id, (_, row))| Some((id.as_str(), row.as_ref()?)))
    }

    /// The rows in use, in the order of the file.
    pub(super) fn into_rows(self) -> Vec<(String, T)> {
        let mut rows: Vec<_> = self.rows.into_iter().filter_map(|(id, (place, row))| Some((place, id, row?))).collect();
        rows.sort_by_key(|(place, ..)| *place);
        rows.into_iter().map(|(_, id, row)| (id, row)).collect()
    }

    fn knows(&self, id: &str) -> bool {
        !self.complete || self.rows.contains_key(id)
    }

    fn dangling(&self, id: &str) -> (String, String) {
        (
            format!("“{}” is no row of {}", shown(id), self.file),
            format!("Correct the id, or add the row to {}", self.file),
        )
    }

    /// The id that a row must give, if it leads to a row here.
    pub(super) fn needed(&self, row: &Row<'_>, column: &str) -> Option<String> {
        let id = row.required(column)?;
        self.checked(row, column, id)
    }

    /// The id that a row may give, if it leads to a row here.
    pub(super) fn optional(&self, row: &Row<'_>, column: &str) -> Option<String> {
        self.checked(row, column, row.text(column)?)
    }

    /// All ids of a list, of which each must lead to a row here.
    pub(super) fn all(&self, row: &Row<'_>, column: &str) -> Vec<String> {
        row.list(column).filter_map(|id| self.checked(row, column, id)).collect()
    }

    /// Whether a reference taken earlier leads to a row here.
    pub(super) fn check(&self, reference: &Reference, faults: &Faults) -> bool {
        let known = self.knows(&reference.id);
        if !known {
            let (problem, remedy) = self.dangling(&reference.id);
            let (number, name) = reference.column;
            faults.add(Fault::at(reference.place, problem, &remedy).in_column(number, name));
        }
        known
    }

    fn checked(&self, row: &Row<'_>, column: &str, id: &str) -> Option<String> {
        if self.knows(id) {
            return Some(id.to_owned());
        }
        let (problem, remedy) = self.dangling(id);
        row.fault(column, problem, &remedy);
        None
    }
}

#[derive(Clone, Debug)]
pub(super) struct OrgRow {
    pub(super) place: Place,
    pub(super) name: String,
    pub(super) kind: &'static str,
    pub(super) parent: Option<Reference>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Session {
    pub(super) begins: NaiveDate,
    pub(super) ends: NaiveDate,
}

/// What somebody is, by the word of the roster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Student,
    Contact(&'static str),
    Staff(StaffRole),
}

#[derive(Clone, Debug)]
pub(super) struct User {
    pub(super) place: Place,
    pub(super) name: Name,
    pub(super) email: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) roles: Vec<Role>,
    pub(super) orgs: Vec<String>,
    pub(super) grade: Option<String>,
    pub(super) birth_date: Option<NaiveDate>,
    pub(super) plan: Option<Plan>,
}

impl User {
    /// One role more, if it is a new one.
    pub(super) fn takes(&mut self, role: Role) {
        if !self.roles.contains(&role) {
            self.roles.push(role);
        }
    }

    pub(super) fn is_contact(&self) -> bool {
        self.roles.iter().any(|role| matches!(role, Role::Contact(_)))
    }
}

/// Two users of whom one may be the other's contact.
#[derive(Clone, Debug)]
pub(super) struct Link {
    pub(super) from: String,
    pub(super) to: Reference,
    /// Where the link itself says it.
    pub(super) relation: Option<String>,
}

#[derive(Clone, Debug)]
pub(super) struct ClassRow {
    pub(super) place: Place,
    pub(super) title: String,
    pub(super) school: String,
    pub(super) terms: Vec<String>,
}

#[derive(Clone, Debug)]
pub(super) struct EnrollmentRow {
    pub(super) place: Place,
    pub(super) class: String,
    pub(super) user: String,
    /// Nothing for a role that gives no seat (proctors, administrators).
    pub(super) teaches: Option<bool>,
    pub(super) begins: Option<NaiveDate>,
    pub(super) ends: Option<NaiveDate>,
}

/// What a converter's sidecar knows of one contact.
#[derive(Clone, Debug)]
pub(super) struct Detail {
    pub(super) relation: Option<String>,
    pub(super) lives_with: Option<bool>,
}

/// Everything that was read.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) orgs: Ids<OrgRow>,
    pub(super) sessions: Ids<Session>,
    pub(super) courses: Ids<()>,
    pub(super) users: Ids<User>,
    pub(super) links: Vec<Link>,
    pub(super) classes: Ids<ClassRow>,
    pub(super) enrollments: Ids<EnrollmentRow>,
    /// By student and contact.
    pub(super) details: BTreeMap<(String, String), Detail>,
    pub(super) remarks: Vec<Remark>,
    pub(super) read: Vec<FileRead>,
}

impl Draft {
    pub(super) fn new() -> Self {
        Self {
            orgs: Ids::of("orgs.csv"),
            sessions: Ids::of("academicSessions.csv"),
            courses: Ids::of("courses.csv"),
            users: Ids::of("users.csv"),
            links: Vec::new(),
            classes: Ids::of("classes.csv"),
            enrollments: Ids::of("enrollments.csv"),
            details: BTreeMap::new(),
            remarks: Vec::new(),
            read: Vec::new(),
        }
    }

    /// Reads every row of one file, and says whether the file was there and every line of it
    /// could be told into fields.
    pub(super) fn each(
        &mut self,
        files: &Files,
        shape: Shape,
        faults: &Faults,
        mut take: impl FnMut(&mut Self, &Row<'_>),
    ) -> bool {
        let Some(text) = files.get(shape.file) else {
            return false;
        };
        let Some(mut table) = Table::open(shape, text, faults) else {
            return false;
        };
        let mut rows = 0;
        let extensions = table.extensions();
        while let Some(row) = table.next_row() {
            rows += 1;
            take(self, &row);
        }
        self.read.push(FileRead { file: shape.file, rows, extensions });
        table.is_whole()
    }

    /// The export says who has a plan, so that whoever it does not name has none.
    pub(super) fn plans_are_told(&mut self) {
        for (_, user) in self.users.rows.values_mut() {
            if let Some(user) = user {
                user.plan.get_or_insert(Plan::None);
            }
        }
    }

    pub(super) fn refuse(&mut self, place: Place, id: &str, why: impl Into<String>) {
        self.remark(place, id, Weight::Refused, why.into());
    }

    pub(super) fn note(&mut self, place: Place, id: &str, why: impl Into<String>) {
        self.remark(place, id, Weight::Noted, why.into());
    }

    fn remark(&mut self, place: Place, id: &str, weight: Weight, why: String) {
        let id = id.to_owned();
        self.remarks.push(Remark { place, id, weight, why });
    }
}
