//! Who looked at what of a child: the record of access that a family reads, kept as long as the
//! child's own (34 CFR 99.32; domain.md P05 and "who saw this").
//!
//! A look is noted where access is asked for, before the answer leaves: what cannot be noted is
//! not shown. However often somebody looks at one topic, a day has one line of it. What a phone
//! holds is no look: it follows from dated facts, and `replication::purge` notes what left it.

pub mod graphql;
mod rows;

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use async_graphql::Enum;
use serde::{Deserialize, Serialize};
use sync::{AgencyId, Micros, PersonId, RecordId};

use crate::access::Part;

pub(crate) use rows::{Line, all_looks, note};

/// What of a child's record somebody looked at.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[graphql(name = "AccessTopic")]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Goals and how they go.
    Goals,
    /// Visits.
    Visits,
    /// Meetings and answers to them.
    Meetings,
    /// What the family says together.
    Statement,
    /// What a guardian handed in.
    Input,
    /// Contacts, how to reach them, and their rights.
    Contacts,
    /// Attempts to reach the family.
    Attempts,
    /// What somebody wrote and the server did not take.
    NotReceived,
    /// What a guardian asks of the record, and what was answered.
    Requests,
    /// All of the record, of which they took a copy.
    Copy,
}

impl Topic {
    const ALL: [Self; 10] = [
        Self::Goals,
        Self::Visits,
        Self::Meetings,
        Self::Statement,
        Self::Input,
        Self::Contacts,
        Self::Attempts,
        Self::NotReceived,
        Self::Requests,
        Self::Copy,
    ];

    /// What a look at a part is noted as. A name in a list is none, nor is a look in this log or in the
    /// list of disclosures or the dates of keeping, which say of the record where it went and goes.
    pub(crate) fn of(part: Part<'_>) -> Option<Self> {
        match part {
            Part::Card | Part::Look { .. } | Part::Disclosures | Part::Retention => None,
            Part::Goals => Some(Self::Goals),
            Part::Visits { .. } => Some(Self::Visits),
            Part::Meetings | Part::Answer { .. } => Some(Self::Meetings),
            Part::Statement => Some(Self::Statement),
            Part::Input { .. } => Some(Self::Input),
            Part::Contacts => Some(Self::Contacts),
            Part::Attempts { .. } => Some(Self::Attempts),
            Part::NotReceived => Some(Self::NotReceived),
            Part::Request { .. } => Some(Self::Requests),
        }
    }

    /// As it stands in the table.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Goals => "goals",
            Self::Visits => "visits",
            Self::Meetings => "meetings",
            Self::Statement => "statement",
            Self::Input => "input",
            Self::Contacts => "contacts",
            Self::Attempts => "attempts",
            Self::NotReceived => "not_received",
            Self::Requests => "requests",
            Self::Copy => "copy",
        }
    }

    fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.word() == word)
    }
}

/// Somebody looks at a topic of a student's record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Look {
    /// Where.
    pub(crate) agency: AgencyId,
    /// Whose record.
    pub(crate) student: RecordId,
    /// Who.
    pub(crate) person: PersonId,
    /// As one of the student's family, not as staff.
    pub(crate) family: bool,
    /// What.
    pub(crate) topic: Topic,
}

/// How many looks this process remembers to have noted.
const MOST: usize = 100_000;
const AN_HOUR: i64 = 3_600_000_000;

/// What this process has noted in the running hour and need not note again. An hour lies within
/// one day wherever the agency is.
#[derive(Debug, Default)]
pub(crate) struct Noted(Mutex<(i64, HashSet<Look>)>);

impl Noted {
    /// Whether a look stands in the log already.
    pub(crate) fn has(&self, look: &Look, now: Micros) -> bool {
        let noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        noted.0 == now.0 / AN_HOUR && noted.1.contains(look)
    }

    /// A look stands in the log from now on.
    pub(crate) fn add(&self, look: Look, now: Micros) {
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let hour = now.0 / AN_HOUR;
        if noted.0 != hour || noted.1.len() >= MOST {
            *noted = (hour, HashSet::new());
        }
        noted.1.insert(look);
    }
}
