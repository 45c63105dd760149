//! What resolvers of people ask for, read in batches.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use sync::{PersonId, RecordId};

use super::rows;
use crate::auth::{self, Invitation};
use crate::error::Error;
use crate::graphql::load::{In, Source};

macro_rules! keys {
    ($($(#[$doc:meta])* $name:ident($id:ty))+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(crate) struct $name(pub(crate) $id);

        impl From<$name> for $id {
            fn from(key: $name) -> Self {
                key.0
            }
        }
    )+};
}

keys! {
    /// One person.
    OnePerson(PersonId)
    /// One student.
    OneStudent(RecordId)
    /// One school or other organisation.
    OneOrg(RecordId)
    /// A student's contacts.
    ContactsOf(RecordId)
    /// Rights for a student.
    RightsFor(RecordId)
    /// Who is kept away from a student.
    RestrictionsFor(RecordId)
    /// When a student comes of age.
    MajoritiesOf(RecordId)
    /// A student's assignments.
    AssignmentsTo(RecordId)
    /// The newest invitation of a person.
    InvitationOf(PersonId)
}

/// The agency itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct TheAgency;

macro_rules! loads {
    ($($key:ty => $value:ty: $read:expr;)+) => {$(
        impl Loader<In<$key>> for Source {
            type Value = $value;
            type Error = Arc<Error>;

            async fn load(&self, keys: &[In<$key>]) -> Result<HashMap<In<$key>, $value>, Arc<Error>> {
                self.batch(keys, $read).await
            }
        }
    )+};
}

loads! {
    TheAgency => rows::Agency: |db, agency, _| {
        Ok(rows::agency(db, agency)?.into_iter().map(|row| (TheAgency, row)).collect())
    };
    OnePerson => rows::Person: |db, agency, keys| {
        Ok(rows::people(db, agency, &ids(keys))?.into_iter().map(|row| (OnePerson(row.id.0), row)).collect())
    };
    OneStudent => rows::Student: |db, agency, keys| {
        Ok(rows::students(db, agency, &ids(keys))?.into_iter().map(|row| (OneStudent(row.id.0), row)).collect())
    };
    OneOrg => rows::Org: |db, agency, keys| {
        Ok(rows::orgs(db, agency, &ids(keys))?.into_iter().map(|row| (OneOrg(row.id.0), row)).collect())
    };
    ContactsOf => Vec<rows::Relationship>: |db, agency, keys| {
        let rows = rows::relationships_of(db, agency, &ids(keys))?;
        Ok(grouped(rows, |row| Some(ContactsOf(row.student.0))))
    };
    RightsFor => Vec<rows::EducationalRight>: |db, agency, keys| {
        let rows = rows::rights_for(db, agency, &ids(keys))?;
        Ok(grouped(rows, |row| Some(RightsFor(row.student.0))))
    };
    RestrictionsFor => Vec<rows::Restriction>: |db, agency, keys| {
        let rows = rows::restrictions_for(db, agency, &ids(keys))?;
        Ok(grouped(rows, |row| Some(RestrictionsFor(row.student.0))))
    };
    MajoritiesOf => Vec<rows::Majority>: |db, agency, keys| {
        let rows = rows::majorities_of(db, agency, &ids(keys))?;
        Ok(grouped(rows, |row| Some(MajoritiesOf(row.student.0))))
    };
    AssignmentsTo => Vec<rows::Assignment>: |db, agency, keys| {
        let rows = rows::assignments_to(db, agency, &ids(keys))?;
        Ok(grouped(rows, |row| row.student.map(|student| AssignmentsTo(student.0))))
    };
    InvitationOf => Invitation: |db, agency, keys| {
        // Oldest first: the newest stays.
        let rows = auth::invitations_of(db, agency, &ids(keys))?;
        Ok(rows.into_iter().map(|row| (InvitationOf(row.person.0), row)).collect())
    };
}

fn ids<K: Copy + Into<I>, I>(keys: &[K]) -> Vec<I> {
    keys.iter().map(|key| (*key).into()).collect()
}

/// Rows by a key of theirs, each key with all its rows in order.
fn grouped<K: Hash + Eq, V>(rows: Vec<V>, key: impl Fn(&V) -> Option<K>) -> HashMap<K, Vec<V>> {
    let mut groups: HashMap<K, Vec<V>> = HashMap::new();
    for row in rows {
        if let Some(key) = key(&row) {
            groups.entry(key).or_default().push(row);
        }
    }
    groups
}
