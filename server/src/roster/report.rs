//! What became of an export, line by line: which lines were taken and how, which people ended,
//! which rows were refused. It names rows by file, line and the source system's id, never a person.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::compare::{Became, Changes, Rostered};
use super::fault::Place;
use super::model::{FileRead, Remark, Roster, Weight};
use super::plan::Plan;
use crate::people::{Class, Enrollment, Org, Person, Relationship, Student};

/// The report of one import; kept as JSON in `roster_import`.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The agency's name.
    pub agency: String,
    /// `oneroster-1.1`, `oneroster-1.2` or `sds-2.1`.
    pub format: &'static str,
    /// Rows that stand in the agency now because the export has them.
    pub taken: usize,
    /// Rows that ended because the export does not have them any more.
    pub ended: usize,
    /// Rows that were not taken.
    pub refused: usize,
    /// Enrollments of the export that had ended before it was taken, as those of last year.
    pub over: usize,
    /// Whether anything had to be written.
    pub changed: bool,
    /// Each kind of thing.
    pub sections: Vec<Section>,
    /// Rows refused, and rows taken that deserve a look.
    pub remarks: Vec<Remark>,
    /// The files and what was in them.
    pub files: Vec<FileRead>,
    /// Files that are not read.
    pub not_read: Vec<String>,
}

/// What became of one kind of thing.
#[derive(Clone, Debug, Serialize)]
pub struct Section {
    /// Which.
    pub what: &'static str,
    /// New here.
    pub created: Vec<Lines>,
    /// Here before, different now.
    pub updated: Vec<Lines>,
    /// Here before, as it was.
    pub unchanged: Vec<Lines>,
    /// The source ids of what ended.
    pub ended: Vec<String>,
}

/// A run of lines of one file, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Lines {
    file: &'static str,
    from: u32,
    to: u32,
    /// How many things; a line of users.csv can name several contacts.
    count: usize,
}

impl Report {
    pub(super) fn of(roster: &Roster, agency: &str, plan: &Plan, not_read: Vec<String>, now: DateTime<Utc>) -> Self {
        let over = |seat: &&Enrollment| seat.ends_at.is_some_and(|end| end.0 <= now);
        let (staff, contacts) = split(&plan.people, roster);
        let sections = vec![
            section("organisations", &plan.orgs, |org: &Org| org.source_id.clone()),
            section("students", &plan.students, |student: &Student| student.source_id.clone()),
            staff,
            contacts,
            section("contact links", &plan.contacts, |contact: &Relationship| Some(contact.id.0.to_string())),
            section("classes", &plan.classes, |class: &Class| class.source_id.clone()),
            section("enrollments", &plan.enrollments, |seat: &Enrollment| seat.source_id.clone()),
        ];
        let remarks: Vec<_> = roster.remarks.iter().chain(&plan.remarks).cloned().collect();
        Self {
            agency: agency.to_owned(),
            format: roster.format,
            taken: sections.iter().map(Section::taken).sum(),
            ended: sections.iter().map(|section| section.ended.len()).sum(),
            refused: remarks.iter().filter(|remark| remark.weight == Weight::Refused).count(),
            over: plan.enrollments.current.iter().filter(over).count(),
            changed: plan.len() > 0,
            sections,
            remarks,
            files: roster.read.clone(),
            not_read,
        }
    }
}

impl Section {
    fn taken(&self) -> usize {
        count(&self.created) + count(&self.updated) + count(&self.unchanged)
    }
}

fn count(lines: &[Lines]) -> usize {
    lines.iter().map(|lines| lines.count).sum()
}

fn section<T: Rostered>(what: &'static str, changes: &Changes<T>, id: impl Fn(&T) -> Option<String>) -> Section {
    let lines = |became| runs(changes.places.get(&became).into_iter().flatten().copied());
    Section {
        what,
        created: lines(Became::Created),
        updated: lines(Became::Updated),
        unchanged: lines(Became::Unchanged),
        ended: changes.ended.iter().filter_map(id).collect(),
    }
}

/// People are staff or contacts in a report, as they are for those who read it.
fn split(people: &Changes<Person>, roster: &Roster) -> (Section, Section) {
    let staff: BTreeMap<Place, bool> =
        roster.people.iter().map(|person| (person.place, person.staff.is_some())).collect();
    let of = |what, wanted: bool| {
        let lines = |became| {
            let places = people.places.get(&became).into_iter().flatten();
            runs(places.filter(|place| staff.get(place) == Some(&wanted)).copied())
        };
        let ended = people.ended.iter().filter(|person| person.staff_role.is_some() == wanted);
        Section {
            what,
            created: lines(Became::Created),
            updated: lines(Became::Updated),
            unchanged: lines(Became::Unchanged),
            ended: ended.filter_map(|person| person.source_id.clone()).collect(),
        }
    };
    (of("staff", true), of("contacts", false))
}

/// Lines that follow each other, as one run.
fn runs(places: impl Iterator<Item = Place>) -> Vec<Lines> {
    let mut runs: Vec<Lines> = Vec::new();
    for Place { file, line } in places {
        match runs.last_mut() {
            Some(run) if run.file == file && (run.to..=run.to + 1).contains(&line) => {
                run.to = line;
                run.count += 1;
            }
            _ => runs.push(Lines { file, from: line, to: line, count: 1 }),
        }
    }
    runs
}

/// How many remarks are printed; the report in JSON has all.
const PRINTED: usize = 200;

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} ({})", self.agency, self.format)?;
        writeln!(f, "{:16}{:>10}{:>10}{:>10}{:>10}", "", "new", "changed", "as before", "ended")?;
        for section in &self.sections {
            let [new, changed, same] =
                [&section.created, &section.updated, &section.unchanged].map(|lines| count(lines));
            writeln!(f, "{:16}{new:>10}{changed:>10}{same:>10}{:>10}", section.what, section.ended.len())?;
        }
        for file in self.files.iter().filter(|file| !file.extensions.is_empty()) {
            writeln!(f, "{}: columns not read: {}", file.file, file.extensions.join(", "))?;
        }
        if !self.not_read.is_empty() {
            writeln!(f, "files not read: {}", self.not_read.join(", "))?;
        }
        for section in self.sections.iter().filter(|section| !section.ended.is_empty()) {
            let told: Vec<_> = section.ended.iter().take(PRINTED).map(String::as_str).collect();
            writeln!(f, "ended {}: {}", section.what, told.join(", "))?;
        }
        let refused = self.remarks.iter().filter(|remark| remark.weight == Weight::Refused);
        let noted = self.remarks.iter().filter(|remark| remark.weight == Weight::Noted);
        for (word, remarks) in [("refused", refused.collect::<Vec<_>>()), ("noted", noted.collect())] {
            writeln!(f, "{word}: {}", remarks.len())?;
            for remark in remarks.iter().take(PRINTED) {
                writeln!(f, "  {remark}")?;
            }
        }
        if self.over > 0 {
            let all = self.sections.iter().find(|section| section.what == "enrollments").map_or(0, Section::taken);
            writeln!(f, "{} of {all} enrollments have ended: no teacher sees a student by them", self.over)?;
        }
        if !self.changed {
            writeln!(f, "nothing to do: everything is as the export says")?;
        }
        Ok(())
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.place.file)?;
        if self.place.line > 0 {
            write!(f, ", line {}", self.place.line)?;
        }
        write!(f, " ({}): {}", self.id, self.why)
    }
}
