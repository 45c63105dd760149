//! One CSV file as rows with named, typed fields. Opening it checks the header against its shape;
//! reading a field that is not what it must be leaves a fault with line and column.

use std::borrow::Cow;
use std::iter::Enumerate;
use std::str::Lines;

use chrono::NaiveDate;

use super::fault::{Fault, Faults, Place};
use super::line;
use super::shape::{Order, Shape};

/// The longest value that is taken; longer ones are columns run together.
const LONGEST: usize = 1_000;

/// A file whose header is right.
pub(super) struct Table<'a> {
    shape: Shape,
    header: Vec<String>,
    lines: Enumerate<Lines<'a>>,
    whole: bool,
    faults: &'a Faults,
}

impl<'a> Table<'a> {
    /// The rows of `text`, or nothing (and faults) if its header is not the standard's.
    pub(super) fn open(shape: Shape, text: &'a str, faults: &'a Faults) -> Option<Self> {
        let mut lines = text.lines().enumerate();
        let top = Place { file: shape.file, line: 1 };
        let (_, first) = lines.next().unwrap_or((0, ""));
        let header: Vec<String> = match line::fields(first) {
            Ok(fields) => fields.into_iter().map(Cow::into_owned).collect(),
            Err(broken) => {
                faults.add(unreadable(top, &broken, &[]));
                return None;
            }
        };
        if let Some(fault) = mismatch(&shape, &header) {
            faults.add(fault);
            return None;
        }
        if lines.clone().all(|(_, line)| line.trim().is_empty()) {
            faults.add(Fault::at(
                top,
                "has a header and nothing under it",
                "Leave the file out, and say “absent” in the manifest, if there are no rows",
            ));
            return None;
        }
        Some(Self { shape, header, lines, whole: true, faults })
    }

    /// Columns that the standard does not know; they are left alone.
    pub(super) fn extensions(&self) -> Vec<String> {
        self.header.iter().filter(|name| !self.shape.columns.contains(&name.as_str())).cloned().collect()
    }

    /// Whether every line so far could be told into fields.
    pub(super) fn is_whole(&self) -> bool {
        self.whole
    }

    /// The next row that can be told into fields.
    pub(super) fn next_row(&mut self) -> Option<Row<'_>> {
        loop {
            let (index, text) = self.lines.next()?;
            if text.trim().is_empty() {
                continue;
            }
            let place = Place { file: self.shape.file, line: u32::try_from(index + 1).unwrap_or(u32::MAX) };
            match self.split(place, text) {
                Ok(fields) => {
                    return Some(Row { place, header: &self.header, fields, faults: self.faults });
                }
                Err(fault) => {
                    self.whole = false;
                    self.faults.add(fault);
                }
            }
        }
    }

    fn split(&self, place: Place, text: &'a str) -> Result<Vec<Cow<'a, str>>, Fault> {
        let fields = line::fields(text).map_err(|broken| unreadable(place, &broken, &self.header))?;
        let (found, expected) = (fields.len(), self.header.len());
        if found != expected {
            return Err(Fault::at(
                place,
                format!("has {found} fields where the header has {expected}"),
                "Put a value that contains a comma in double quotes",
            ));
        }
        let wrong = fields.iter().position(|field| field.len() > LONGEST || field.chars().any(char::is_control));
        match wrong {
            None => Ok(fields),
            Some(at) => Err(Fault::at(
                place,
                format!("holds a control character or more than {LONGEST} bytes"),
                "Look for quotes or line breaks in this value in the source system",
            )
            .in_column(at + 1, &self.header[at])),
        }
    }
}

fn unreadable(place: Place, broken: &line::Broken, header: &[String]) -> Fault {
    let name = header.get(broken.column - 1).map_or("", String::as_str);
    let mut fault = Fault::at(
        place,
        format!("{} (character {})", broken.why, broken.character),
        "Write a quote inside a quoted field twice, and no line break inside a field",
    )
    .in_column(broken.column, name);
    fault.name = fault.name.filter(|name| !name.is_empty());
    fault
}

fn mismatch(shape: &Shape, header: &[String]) -> Option<Fault> {
    let at = |column: usize, name: &str, problem: String, remedy: &str| {
        let place = Place { file: shape.file, line: 1 };
        Some(Fault::at(place, problem, remedy).in_column(column, name))
    };
    if let Some((index, name)) = header.iter().enumerate().find(|(index, name)| header[..*index].contains(name)) {
        let problem = "stands in the header twice".to_owned();
        return at(index + 1, name, problem, "Keep one of the two columns");
    }
    match shape.order {
        Order::Free => {
            let lacking = shape
                .columns
                .iter()
                .find(|column| !shape.may_lack.contains(column) && !header.iter().any(|name| name == *column))?;
            at(
                header.len() + 1,
                lacking,
                "is missing from the header".to_owned(),
                "Add the column; names are case-sensitive",
            )
        }
        Order::Fixed => {
            let mut found = header.iter().map(String::as_str).enumerate().peekable();
            for &column in shape.columns {
                match found.peek() {
                    Some(&(_, name)) if name == column => {
                        found.next();
                    }
                    _ if shape.may_lack.contains(&column) => {}
                    Some(&(index, name)) => {
                        let problem = format!("“{name}” stands where “{column}” belongs");
                        return at(index + 1, column, problem, &in_order(shape));
                    }
                    None => {
                        let problem = "is missing from the header".to_owned();
                        return at(header.len() + 1, column, problem, &in_order(shape));
                    }
                }
            }
            None
        }
    }
}

fn in_order(shape: &Shape) -> String {
    format!("Write the columns in this order and spelling, extensions last: {}", shape.columns.join(","))
}

/// One line, told into fields.
pub(super) struct Row<'t> {
    pub(super) place: Place,
    header: &'t [String],
    fields: Vec<Cow<'t, str>>,
    faults: &'t Faults,
}

impl Row<'_> {
    /// The value, or nothing if it is empty or the column is not there.
    pub(super) fn text(&self, column: &str) -> Option<&str> {
        let index = self.header.iter().position(|name| name == column)?;
        Some(&*self.fields[index]).filter(|value| !value.is_empty())
    }

    /// The value of a column that must have one.
    pub(super) fn required(&self, column: &str) -> Option<&str> {
        let value = self.text(column);
        if value.is_none() {
            self.fault(column, "is empty", "Give every row a value here");
        }
        value
    }

    /// The values of a column that lists them, comma by comma.
    pub(super) fn list(&self, column: &str) -> impl Iterator<Item = &str> {
        self.text(column).unwrap_or_default().split(',').map(str::trim).filter(|value| !value.is_empty())
    }

    /// A date, if there is one.
    pub(super) fn date(&self, column: &str) -> Option<NaiveDate> {
        let value = self.text(column)?;
        let date = day(value);
        if date.is_none() {
            self.fault(column, format!("“{}” is not a date", shown(value)), "Write dates as YYYY-MM-DD");
        }
        date
    }

    /// Whether one date does not come before the other.
    pub(super) fn in_order(&self, column: &str, begins: NaiveDate, ends: NaiveDate) -> bool {
        let ordered = begins <= ends;
        if !ordered {
            self.fault(column, format!("{ends} is before the beginning, {begins}"), "Correct one of the two dates");
        }
        ordered
    }

    /// `true` or `false`, if there is one.
    pub(super) fn flag(&self, column: &str) -> Option<bool> {
        self.one_of(
            column,
            self.text(column)?,
            &[("true", true), ("false", false), ("TRUE", true), ("FALSE", false), ("True", true), ("False", false)],
        )
    }

    /// What a word of a closed list stands for.
    pub(super) fn one_of<T: Copy>(&self, column: &str, value: &str, words: &[(&str, T)]) -> Option<T> {
        let found = words.iter().find(|(word, _)| *word == value);
        if found.is_none() {
            let known: Vec<_> = words.iter().map(|(word, _)| *word).collect();
            self.fault(
                column,
                format!("“{}” is not a word of the standard", shown(value)),
                &format!("Write one of: {}", known.join(", ")),
            );
        }
        found.map(|(_, meaning)| *meaning)
    }

    /// The column's number, counted from 1.
    pub(super) fn number(&self, column: &str) -> usize {
        1 + self.header.iter().take_while(|name| *name != column).count()
    }

    /// Lays a fault at one column of this row.
    pub(super) fn fault(&self, column: &str, problem: impl Into<String>, remedy: &str) {
        let fault = Fault::at(self.place, problem, remedy);
        self.faults.add(fault.in_column(self.number(column), column));
    }
}

/// Ten characters, year first; a time after it, which some exporters add, must be midnight.
fn day(value: &str) -> Option<NaiveDate> {
    let date = match value.split_once('T') {
        Some((date, time)) if time.starts_with("00:00:00") => date,
        Some(_) => return None,
        None => value,
    };
    (date.len() == 10).then(|| NaiveDate::parse_from_str(date, "%Y-%m-%d").ok()).flatten()
}

/// A value short enough to be told.
pub(super) fn shown(value: &str) -> String {
    match value.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.to_owned(),
    }
}
