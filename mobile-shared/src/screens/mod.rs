//! What screens read: plain read-models as JSON, made anew for each reading. Times are
//! epoch milliseconds, dates `YYYY-MM-DD`.
//!
//! Asked for as `{"screen":"session"}`, `{"screen":"home"}`,
//! `{"screen":"student","agency":"…","id":"…"}`, `{"screen":"outbox"}`,
//! `{"screen":"draft","agency":"…","student":"…","name":"LogVisit"}`; each file of this
//! folder says what one of them shows.
//!
//! A copy that had no contact for too long answers each of them but the session with
//! `{"locked":"contactNeeded"}`. It opens by itself with the next contact.

pub mod draft;
pub mod home;
pub mod meeting;
pub mod outbox;
pub mod progress;
pub mod record_request;
pub mod session;
pub mod student;

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use sync::{AgencyId, PersonId, RecordId};

/// A screen that is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "screen", rename_all = "camelCase")]
pub enum Ask {
    /// Who is signed in.
    Session,
    /// The students and invitations.
    Home,
    /// One student.
    Student {
        /// In which agency.
        agency: AgencyId,
        /// Which.
        id: RecordId,
    },
    /// What the server does not have yet.
    Outbox,
    /// What was begun.
    Draft {
        /// In which agency.
        agency: AgencyId,
        /// About whom.
        student: RecordId,
        /// What it will be: the name of an intent.
        name: String,
    },
}

/// What a screen shows.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Shown {
    /// Who is signed in.
    Session(session::Session),
    /// The students and invitations.
    Home(home::Home),
    /// One student; null when there is none.
    Student(Box<Option<student::Student>>),
    /// What the server does not have yet.
    Outbox(outbox::Outbox),
    /// What was begun; null when nothing was.
    Draft(Option<serde_json::Value>),
    /// None of this, for now.
    Withheld(Withheld),
}

/// A screen that is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Withheld {
    /// Until when.
    pub locked: Until,
}

/// What opens a screen that is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Until {
    /// A contact with the server.
    ContactNeeded,
}

pub(crate) const CONTACT_NEEDED: Withheld = Withheld { locked: Until::ContactNeeded };

/// Somebody, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Author {
    /// Who.
    pub person: PersonId,
    /// What they are called; empty when nobody here knows.
    pub name: String,
}

/// What somebody is to a student.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Role {
    /// `case_manager`, `provider`, `teacher` or `guardian`.
    pub role: String,
    /// The service that a provider gives.
    pub service: Option<String>,
}

/// The names of the people of one agency, as far as this phone knows them.
pub(crate) struct Names(BTreeMap<PersonId, String>);

impl Names {
    pub(crate) fn author(&self, person: PersonId) -> Author {
        Author { person, name: self.0.get(&person).cloned().unwrap_or_default() }
    }
}

impl FromIterator<(PersonId, String)> for Names {
    fn from_iter<I: IntoIterator<Item = (PersonId, String)>>(names: I) -> Self {
        Self(names.into_iter().collect())
    }
}
