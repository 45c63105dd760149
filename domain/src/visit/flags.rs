//! What a person should look at, derived from visits as they stand: never stored, never
//! blocking, the same on every device. A flag belongs to an ordered pair of ids, so two
//! phones that find it find the same one.

use std::collections::BTreeSet;
use sync::{Record, RecordId};

/// Two visits of one student that do not fit together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    /// The smaller id.
    pub first: RecordId,
    /// The larger one.
    pub second: RecordId,
    /// What is the matter.
    pub flag: Flag,
}

/// What is the matter with a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flag {
    /// The same provider at the same time with the same child: logged twice, perhaps
    /// (domain.md §8.4).
    Duplicate,
    /// Both say what a third one should have been.
    TwinAmendment,
}

impl Flag {
    /// As screens name it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Duplicate => "duplicate",
            Self::TwinAmendment => "twinAmendment",
        }
    }
}

/// The pairs among one student's visits, in order.
pub fn pairs(visits: &[(RecordId, &Record)]) -> BTreeSet<Pair> {
    let gone = superseded(visits);
    let mut found = BTreeSet::new();
    for (n, (id, visit)) in visits.iter().enumerate() {
        for (other, beside) in &visits[n + 1..] {
            let flag = match (amends(visit), amends(beside)) {
                (Some(one), Some(two)) if one == two => Flag::TwinAmendment,
                _ if gone.contains(id) || gone.contains(other) => continue,
                _ if same_provider(visit, beside) && overlap(visit, beside) => Flag::Duplicate,
                _ => continue,
            };
            found.insert(Pair { first: *id.min(other), second: *id.max(other), flag });
        }
    }
    found
}

/// The visits instead of which another one stands.
pub fn superseded(visits: &[(RecordId, &Record)]) -> BTreeSet<RecordId> {
    visits.iter().filter_map(|(_, visit)| amends(visit)).collect()
}

fn amends(visit: &Record) -> Option<RecordId> {
    visit.field("amends").as_str()?.parse().ok()
}

fn same_provider(one: &Record, other: &Record) -> bool {
    one.made.by == other.made.by
}

fn overlap(one: &Record, other: &Record) -> bool {
    let at = |visit: &Record, field| visit.field(field).as_i64().unwrap_or_default();
    at(one, "startedAt") < at(other, "endedAt") && at(other, "startedAt") < at(one, "endedAt")
}
