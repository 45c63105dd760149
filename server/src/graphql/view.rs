//! One agency as the caller may see it. Read where a document enters an agency, and carried
//! from object to object.

use std::collections::BTreeSet;
use std::sync::Arc;

use async_graphql::Context;
use sync::{AgencyId, Micros, PersonId, RecordId};

use super::app;
use super::load::facts;
use crate::access::{self, Action, Facts, Judgement, Part, Reach};
use crate::error::Result;

/// What is known of the caller in one agency.
#[derive(Clone)]
pub struct View {
    /// The agency.
    pub agency: AgencyId,
    /// Reads are judged at this moment.
    pub now: Micros,
    people: Arc<[Facts]>,
}

impl View {
    /// The caller's view of an agency. Strangers have one too; it shows nothing.
    pub async fn of(ctx: &Context<'_>, agency: AgencyId) -> Result<Self> {
        let people = facts(ctx, agency).await?;
        Ok(Self { agency, now: Micros(app(ctx)?.clock.now().timestamp_micros()), people })
    }

    /// As whom the caller may do that, to that student where there is one.
    pub fn may(&self, action: Action<'_>, student: Option<RecordId>) -> Option<PersonId> {
        let allowed = |facts: &&Facts| access::may(facts, action, student, self.now) == Judgement::Allowed;
        self.people.iter().find(allowed).map(|facts| facts.person)
    }

    /// Whether the caller may see that part of a student's record.
    pub fn sees(&self, part: Part<'_>, student: RecordId) -> bool {
        self.may(Action::See(part), Some(student)).is_some()
    }

    /// Whether the caller may see visits of any service that the student gets.
    pub fn sees_visits(&self, student: RecordId) -> bool {
        self.people.iter().any(|facts| access::sees_visits(facts, student, self.now))
    }

    /// Whether the caller works here.
    pub fn is_staff(&self) -> bool {
        self.may(Action::SeeStaff, None).is_some()
    }

    /// Whether the caller is that person.
    pub fn is(&self, person: PersonId) -> bool {
        self.people.iter().any(|facts| facts.person == person)
    }

    /// The students whose cards the caller may see.
    pub fn students(&self) -> Reach<RecordId> {
        let mut all = BTreeSet::new();
        for facts in self.people.iter() {
            match access::students(facts, self.now) {
                Reach::All => return Reach::All,
                Reach::Only(some) => all.extend(some),
            }
        }
        Reach::Only(all)
    }
}
