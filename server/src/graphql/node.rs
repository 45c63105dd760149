//! Relay's global ids: the type, the agency and the id of a thing, in one word.
//!
//! `stu_<agency>_<id>`: `node(id)` knows from it whom to ask and in which agency, without a
//! look-up. Nothing in it is secret, and holding one gives no access.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use async_graphql::parser::types::Field;
use async_graphql::registry::Registry;
use async_graphql::{
    ContextSelectionSet, ID, InputType, InputValueError, InputValueResult, OutputType, Positioned, ServerResult, Value,
};
use sync::AgencyId;
use uuid::Uuid;

use crate::error::Error;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident $prefix:literal)+) => {
        /// What an id names.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum NodeKind {
            $($(#[$doc])* $name,)+
        }

        impl NodeKind {
            const ALL: &[Self] = &[$(Self::$name),+];

            const fn prefix(self) -> &'static str {
                match self { $(Self::$name => $prefix,)+ }
            }
        }
    };
}

kinds! {
    /// A tenant.
    Agency "agy"
    /// Somebody who can sign in; of no agency.
    Account "acc"
    /// A place where an account is signed in; of no agency.
    Device "dev"
    /// A key with which an account is signed in to; of no agency.
    Passkey "pky"
    /// An adult as one agency knows them.
    Person "per"
    /// A student in one agency.
    Student "stu"
    /// A goal of a plan.
    Goal "goa"
    /// A data point of a goal.
    DataPoint "pnt"
    /// One delivery of a service.
    Visit "vis"
    /// The shared statement of a family.
    FamilyStatement "sta"
    /// One guardian's input before a plan is drafted.
    ParentInput "inp"
    /// A meeting.
    Meeting "mtg"
    /// An answer to an invitation.
    MeetingAnswer "ans"
    /// A relationship between an adult and a student.
    Contact "con"
    /// A dated educational right.
    EducationalRight "rgt"
    /// What keeps a person from a student's record.
    Restriction "rst"
    /// When a student comes of age.
    Majority "maj"
    /// A single-use code for a guardian.
    Invitation "inv"
    /// A staff member's dated assignment.
    Assignment "asg"
    /// An attempt to reach the family.
    ContactAttempt "att"
    /// What a guardian asks of a student's record.
    RecordRequest "req"
    /// A family's own words beside what was not corrected.
    Disagreement "dis"
    /// That something of a record was given to a party outside, or asked for.
    Disclosure "dsc"
    /// What keeps a record from being destroyed.
    RetentionHold "hld"
    /// What one import did.
    RosterImport "imp"
}

/// The global id of one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NodeId {
    /// What it is.
    pub kind: NodeKind,
    /// In which agency; an agency lies in itself, what belongs to an account in none.
    pub agency: Option<AgencyId>,
    /// Which one.
    pub id: Uuid,
}

impl NodeId {
    /// Something in an agency.
    pub fn new(kind: NodeKind, agency: AgencyId, id: impl Into<Uuid>) -> Self {
        Self { kind, agency: Some(agency), id: id.into() }
    }

    /// An agency itself.
    pub fn agency(agency: AgencyId) -> Self {
        Self { kind: NodeKind::Agency, agency: Some(agency), id: agency.into() }
    }

    /// Something that belongs to no agency.
    pub fn bare(kind: NodeKind, id: impl Into<Uuid>) -> Self {
        Self { kind, agency: None, id: id.into() }
    }

    /// The agency and the id, if this names a `kind`; anything else is not there.
    pub fn expect<T: From<Uuid>>(self, kind: NodeKind) -> Result<(AgencyId, T), Error> {
        match self.agency {
            Some(agency) if self.kind == kind => Ok((agency, self.id.into())),
            _ => Err(Error::NotFound),
        }
    }
}

impl NodeId {
    /// The id, if this names a `kind` that belongs to no agency.
    pub fn bare_id<T: From<Uuid>>(self, kind: NodeKind) -> Result<T, Error> {
        if self.kind == kind && self.agency.is_none() { Ok(self.id.into()) } else { Err(Error::NotFound) }
    }
}

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (prefix, id) = (self.kind.prefix(), self.id.simple());
        match self.agency {
            Some(agency) if agency.0 != self.id => write!(f, "{prefix}_{}_{id}", agency.0.simple()),
            _ => write!(f, "{prefix}_{id}"),
        }
    }
}

impl FromStr for NodeId {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        parse(text).ok_or(Error::Invalid { field: "id", why: "not an id of this server" })
    }
}

fn parse(text: &str) -> Option<NodeId> {
    let mut parts = text.split('_');
    let prefix = parts.next()?;
    let kind = *NodeKind::ALL.iter().find(|kind| kind.prefix() == prefix)?;
    let first = simple(parts.next()?)?;
    let second = parts.next().map(simple);
    if parts.next().is_some() {
        return None;
    }
    match (kind, second) {
        (NodeKind::Agency, None) => Some(NodeId::agency(first.into())),
        (NodeKind::Account | NodeKind::Device | NodeKind::Passkey, None) => Some(NodeId::bare(kind, first)),
        (NodeKind::Agency | NodeKind::Account | NodeKind::Device | NodeKind::Passkey, Some(_)) | (_, None) => None,
        (_, Some(id)) => Some(NodeId::new(kind, first.into(), id?)),
    }
}

/// One spelling for each id, so that clients may compare them as text.
fn simple(text: &str) -> Option<Uuid> {
    let canonical = text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    canonical.then(|| Uuid::try_parse(text).ok()).flatten()
}

/// In the schema it is plainly `ID`.
impl InputType for NodeId {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        <ID as InputType>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <ID as InputType>::create_type_info(registry)
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        match value.unwrap_or_default() {
            Value::String(text) => text.parse().map_err(|_| InputValueError::custom("not an id of this server")),
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.to_string())
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}

impl OutputType for NodeId {
    fn type_name() -> Cow<'static, str> {
        <ID as OutputType>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <ID as OutputType>::create_type_info(registry)
    }

    async fn resolve(&self, _: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        Ok(Value::String(self.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_says_what_it_names_and_comes_back() {
        let agency = AgencyId(Uuid::from_u128(7));
        let id = Uuid::from_u128(0x018f_0000_0000_7000_8000_0000_0000_0001);
        let table = [
            (
                NodeId::new(NodeKind::Student, agency, id),
                "stu_00000000000000000000000000000007_018f0000000070008000000000000001",
            ),
            (NodeId::agency(agency), "agy_00000000000000000000000000000007"),
            (NodeId::bare(NodeKind::Device, id), "dev_018f0000000070008000000000000001"),
        ];
        for (node, text) in table {
            assert_eq!(node.to_string(), text);
            assert_eq!(text.parse::<NodeId>().unwrap(), node);
        }
    }

    #[test]
    fn what_is_no_id_of_ours_is_told_so() {
        let wrong = [
            "",
            "stu",
            "stu_00000000000000000000000000000007",
            "dev_00000000000000000000000000000007_00000000000000000000000000000008",
            "xyz_00000000000000000000000000000007_00000000000000000000000000000008",
            "stu_00000000000000000000000000000007_0000000000000000000000000000000A",
            "stu_00000000-0000-0000-0000-000000000007_00000000000000000000000000000008",
            "stu_00000000000000000000000000000007_00000000000000000000000000000008_9",
        ];
        for text in wrong {
            assert!(text.parse::<NodeId>().is_err(), "{text}");
        }
    }

    #[test]
    fn prefixes_name_one_kind_each() {
        let mut prefixes: Vec<_> = NodeKind::ALL.iter().map(|kind| kind.prefix()).collect();
        prefixes.sort_unstable();
        prefixes.dedup();
        assert_eq!(prefixes.len(), NodeKind::ALL.len());
    }
}
