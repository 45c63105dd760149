//! What is wrong with an export, said so that the person who made it can mend it: the file, the
//! line, the column, what is wrong, and what to do. All faults of an export are collected (up to
//! a bound), so that one look at the list is enough for one round of mending.

use std::cell::{Cell, RefCell};
use std::fmt;

use serde::Serialize;

/// How many faults are told in full. An export broken in the same way on every line is mended
/// by its first lines; the rest are counted.
const TOLD: usize = 100;

/// A line of one of the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The file's name, without its folder.
    pub file: &'static str,
    /// Counted from 1 as editors and spreadsheets do; the header is line 1. 0 is the file itself.
    pub line: u32,
}

/// One thing wrong with the input. Any fault refuses the whole import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Where.
    #[serde(flatten)]
    pub place: Place,
    /// The column's number, counted from 1, where one column is to blame.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// The column's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What is wrong.
    pub problem: String,
    /// What to do.
    pub remedy: String,
}

impl Fault {
    /// A fault of a file as a whole.
    pub fn of_file(file: &'static str, problem: impl Into<String>, remedy: &str) -> Self {
        Self::at(Place { file, line: 0 }, problem, remedy)
    }

    /// A fault of a line as a whole.
    pub fn at(place: Place, problem: impl Into<String>, remedy: &str) -> Self {
        Self { place, column: None, name: None, problem: problem.into(), remedy: remedy.into() }
    }

    /// The same fault, laid at one column's door.
    pub fn in_column(mut self, number: usize, name: &str) -> Self {
        self.column = Some(number);
        self.name = Some(name.to_owned());
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.place.file)?;
        if self.place.line > 0 {
            write!(f, ", line {}", self.place.line)?;
        }
        if let Some(column) = self.column {
            write!(f, ", column {column}")?;
        }
        if let Some(name) = &self.name {
            write!(f, " ({name})")?;
        }
        write!(f, ": {}. {}.", self.problem, self.remedy)
    }
}

/// Where all readers of one import put what they find.
#[derive(Debug, Default)]
pub(super) struct Faults {
    told: RefCell<Vec<Fault>>,
    count: Cell<usize>,
}

impl Faults {
    /// Notes one more.
    pub(super) fn add(&self, fault: Fault) {
        self.count.set(self.count.get() + 1);
        let mut told = self.told.borrow_mut();
        if told.len() < TOLD {
            told.push(fault);
        }
    }

    /// Everything that was found, or nothing if nothing was.
    pub(super) fn into_result(self) -> Result<(), Faulty> {
        match self.count.get() {
            0 => Ok(()),
            count => Err(Faulty { faults: self.told.into_inner(), count }),
        }
    }
}

/// An export that was refused: nothing of it was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("the export has {count} fault{s}; nothing was changed", s = if *count == 1 { "" } else { "s" })]
pub struct Faulty {
    /// The first faults, in the order of reading.
    pub faults: Vec<Fault>,
    /// How many there are in all.
    pub count: usize,
}

impl From<Fault> for Faulty {
    fn from(fault: Fault) -> Self {
        Self { faults: vec![fault], count: 1 }
    }
}
