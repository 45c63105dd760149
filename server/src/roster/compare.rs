//! One table as it is beside the same table as a roster wants it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::fault::Place;
use crate::access::StaffRole;
use crate::db::types::At;
use crate::people::{Class, Enrollment, Org, Person, Relationship, Student};

/// What happens to the rows of one table.
#[derive(Debug)]
pub(super) struct Changes<T> {
    pub(super) created: Vec<T>,
    pub(super) updated: Vec<T>,
    pub(super) ended: Vec<T>,
    /// Missing and not ended all the same.
    pub(super) kept: Vec<T>,
    /// Every row that the roster has, as it is to be.
    pub(super) current: Vec<T>,
    /// Where each of them stands, by what became of it.
    pub(super) places: BTreeMap<Became, Vec<Place>>,
}

/// What became of a row of the export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Became {
    Created,
    Updated,
    Unchanged,
}

impl<T> Default for Changes<T> {
    fn default() -> Self {
        Self {
            created: Vec::new(),
            updated: Vec::new(),
            ended: Vec::new(),
            kept: Vec::new(),
            current: Vec::new(),
            places: BTreeMap::new(),
        }
    }
}

impl<T> Changes<T> {
    /// How many rows have to be written.
    pub(super) fn len(&self) -> usize {
        self.created.len() + self.updated.len() + self.ended.len()
    }
}

/// A row that rosters write.
pub(super) trait Rostered: Clone + PartialEq {
    /// What makes two rows the same thing.
    fn key(&self) -> (Uuid, Uuid);

    /// Whether it came from a roster; what people made by hand is theirs.
    fn is_rostered(&self) -> bool;

    /// Takes over what a roster does not say from the row that is there.
    fn keep(&mut self, _there: &Self) {}

    /// When it ended.
    fn ended(&mut self) -> &mut Option<At>;

    /// Ends it, and says whether it had not ended yet.
    fn end(&mut self, now: DateTime<Utc>) -> bool {
        let at = self.ended();
        let lasts = at.is_none_or(|at| at.0 > now);
        if lasts {
            *at = Some(At(now));
        }
        lasts
    }
}

/// Compares the rows that are there with those wanted. `stays` spares a missing row.
pub(super) fn compare<T: Rostered>(
    there: Vec<T>,
    wanted: impl Iterator<Item = (Place, T)>,
    now: DateTime<Utc>,
    stays: impl Fn(&T) -> bool,
) -> Changes<T> {
    let mut changes = Changes::default();
    let mut by_key: BTreeMap<_, T> = BTreeMap::new();
    for row in there {
        let rostered = row.is_rostered();
        let one = by_key.entry(row.key()).or_insert_with(|| row.clone());
        if rostered {
            *one = row;
        }
    }
    let mut named = BTreeSet::new();
    for (place, mut row) in wanted {
        named.insert(row.key());
        let became = match by_key.get(&row.key()) {
            None => {
                changes.created.push(row.clone());
                Became::Created
            }
            Some(there) => {
                row.keep(there);
                if row == *there {
                    Became::Unchanged
                } else {
                    changes.updated.push(row.clone());
                    Became::Updated
                }
            }
        };
        changes.places.entry(became).or_default().push(place);
        changes.current.push(row);
    }
    for (key, mut row) in by_key {
        if named.contains(&key) || !row.is_rostered() {
            continue;
        }
        if stays(&row) {
            changes.kept.push(row);
        } else if row.end(now) {
            changes.ended.push(row);
        }
    }
    changes
}

fn or<T: Clone>(said: &mut Option<T>, known: &Option<T>) {
    if said.is_none() {
        said.clone_from(known);
    }
}

/// What the roster names by an id of its own.
macro_rules! named_by_the_roster {
    ($row:ident => $id:expr, $ended:ident) => {
        fn key(&self) -> (Uuid, Uuid) {
            let $row = self;
            ($id, Uuid::nil())
        }

        fn is_rostered(&self) -> bool {
            self.source_id.is_some()
        }

        fn ended(&mut self) -> &mut Option<At> {
            &mut self.$ended
        }
    };
}

impl Rostered for Org {
    named_by_the_roster!(org => org.id.0.0, ended_at);
}

impl Rostered for Class {
    named_by_the_roster!(class => class.id.0, ended_at);
}

impl Rostered for Enrollment {
    named_by_the_roster!(enrollment => enrollment.id.0, ends_at);
}

impl Rostered for Student {
    named_by_the_roster!(student => student.id.0.0, ended_at);

    fn keep(&mut self, there: &Self) {
        self.person = there.person;
        or(&mut self.preferred_name, &there.preferred_name);
        or(&mut self.birth_date, &there.birth_date);
        or(&mut self.grade, &there.grade);
        or(&mut self.home_language, &there.home_language);
    }
}

impl Rostered for Person {
    named_by_the_roster!(person => person.id.0.0, ended_at);

    fn keep(&mut self, there: &Self) {
        self.account = there.account;
        or(&mut self.preferred_name, &there.preferred_name);
        or(&mut self.email, &there.email);
        or(&mut self.phone, &there.phone);
        or(&mut self.language, &there.language);
        // Given by a person, for as long as the roster says that she works here at all.
        let given = [StaffRole::Director, StaffRole::CaseManager].map(StaffRole::as_str);
        let was_given = there.staff_role.as_deref().is_some_and(|role| given.contains(&role));
        if self.staff_role.is_some() && was_given {
            self.staff_role.clone_from(&there.staff_role);
        }
    }
}

impl Rostered for Relationship {
    /// One edge for each pair, whatever it is called.
    fn key(&self) -> (Uuid, Uuid) {
        (self.student.0.0, self.person.0.0)
    }

    fn is_rostered(&self) -> bool {
        self.source == super::wanted::SOURCE
    }

    fn keep(&mut self, there: &Self) {
        if !there.is_rostered() {
            self.clone_from(there);
            return;
        }
        self.id = there.id;
        self.verified_at = there.verified_at;
        self.verified_by = there.verified_by;
        or(&mut self.lives_with, &there.lives_with);
        // Somebody looked at it under that name.
        if there.verified_at.is_some() {
            self.relation.clone_from(&there.relation);
        }
    }

    fn ended(&mut self) -> &mut Option<At> {
        &mut self.ended_at
    }
}
