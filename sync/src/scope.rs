//! A scope: what one kind of person may see of one thing in one agency. It is the unit of
//! replication, of filling and of purging. The domain holds the closed list of paths.

use crate::AgencyId;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// A path inside one agency, written `agency/path`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scope {
    /// Whose data it is.
    pub agency: AgencyId,
    /// What the domain calls it, such as `student/…/family`.
    pub path: String,
}

impl Scope {
    /// A path inside an agency.
    pub fn new(agency: AgencyId, path: impl Into<String>) -> Self {
        Self { agency, path: path.into() }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.agency.0.simple(), self.path)
    }
}

impl Serialize for Scope {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Scope {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let wrong = || serde::de::Error::custom("a scope is an agency's id, a slash and a path");
        let (agency, path) = text.split_once('/').ok_or_else(wrong)?;
        Ok(Self::new(agency.parse().map_err(|_| wrong())?, path))
    }
}
