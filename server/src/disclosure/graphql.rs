//! Disclosures as the family and the school read them.

use std::collections::HashMap;

use async_graphql::{Context, Enum, Object};
use domain::disclosure;

use super::rows;
use crate::access::Part;
use crate::error::Result;
use crate::graphql::Request;
use crate::graphql::answer::Author;
use crate::graphql::load::StudentRef;
use crate::graphql::node::{NodeId, NodeKind};
use crate::graphql::scalars::{Date, DateTime};
use crate::people::words;

/// What of a student's record was given to parties outside.
#[derive(Clone, Copy)]
pub struct StudentDisclosures(pub StudentRef);

/// What of a student's record was given to parties outside.
#[Object]
impl StudentDisclosures {
    /// To whom outside the agency anything of the record was given, and who asked for it, the newest day
    /// first; what was corrected too, beside what corrects it (34 CFR 99.32, 300.614).
    async fn disclosures(&self, ctx: &Context<'_>) -> Result<Vec<Disclosure>> {
        if !self.0.sees(ctx, Part::Disclosures).await? {
            return Ok(Vec::new());
        }
        let StudentRef { agency, id } = self.0;
        let all = Request::of(ctx)?.read(move |db| rows::about(db, agency, id)).await?;
        let instead: HashMap<_, _> = all.iter().filter_map(|one| Some((one.corrects?, one.id))).collect();
        let shown = |row: rows::Disclosure| Disclosure { corrected_by: instead.get(&row.id).map(|id| id.0), row };
        Ok(all.into_iter().map(shown).collect())
    }
}

/// Why a party outside may be given something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "disclosure::Basis")]
pub enum DisclosureBasis {
    /// A parent, or the adult student, has agreed in writing.
    Consent,
    /// Another school, where the student enrolls or means to.
    OtherSchool,
    /// An audit or evaluation of the program, by a state or federal authority or for it.
    Evaluation,
    /// A study for the agency.
    Study,
    /// Financial aid for which the student has applied.
    FinancialAid,
    /// An organization that accredits the school.
    Accreditation,
    /// Juvenile justice, before adjudication, by a state's statute.
    JuvenileJustice,
    /// The child welfare agency that is responsible for a child in foster care.
    ChildWelfare,
    /// A court's order, or a lawful subpoena.
    Court,
    /// A legal action between the agency and a parent or the student.
    LegalAction,
    /// An emergency, where somebody's health or safety depends on it.
    Emergency,
}

/// What an entry says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "disclosure::Act")]
pub enum DisclosureAct {
    /// Something was given.
    Disclosed,
    /// Something was asked for, and has not been given.
    Requested,
    /// The entry that it corrects was a mistake.
    Mistaken,
}

/// That something of a record was given to a party outside, or asked for.
pub struct Disclosure {
    row: rows::Disclosure,
    corrected_by: Option<uuid::Uuid>,
}

impl Disclosure {
    fn node(&self, id: uuid::Uuid) -> NodeId {
        NodeId::new(NodeKind::Disclosure, self.row.agency.0, id)
    }

    fn because(&self) -> Option<disclosure::Basis> {
        words::read(self.row.basis.as_ref()?)
    }
}

/// That something of a record was given to a party outside, or asked for.
#[Object]
impl Disclosure {
    /// Its global id.
    async fn id(&self) -> NodeId {
        self.node(self.row.id.0)
    }

    /// What it says.
    async fn act(&self) -> DisclosureAct {
        // A word of a newer version hides nothing: something was given.
        words::read(&self.row.act).unwrap_or(disclosure::Act::Disclosed).into()
    }

    /// The day, where the agency is.
    async fn on(&self) -> Date {
        Date(self.row.day)
    }

    /// Who received it, or asked; empty of a mistake.
    async fn party(&self) -> &str {
        &self.row.party
    }

    /// What they need it for; empty of a mistake.
    async fn interest(&self) -> &str {
        &self.row.interest
    }

    /// Why they may have it; null where nothing was given.
    async fn basis(&self) -> Option<DisclosureBasis> {
        self.because().map(Into::into)
    }

    /// Where the law says so.
    async fn rule(&self) -> Option<&'static str> {
        self.because().map(disclosure::Basis::rule)
    }

    /// The paper on which that rests: a consent, an agreement, an order.
    async fn paper(&self) -> Option<&str> {
        self.row.paper.as_deref()
    }

    /// Of an emergency: the threat (34 CFR 99.32(a)(5)).
    async fn threat(&self) -> Option<&str> {
        self.row.threat.as_deref()
    }

    /// What was given or asked for, in words; of a mistake, what was wrong.
    async fn what(&self) -> &str {
        &self.row.what
    }

    /// Whether this program made the copy that was given.
    async fn copied(&self) -> bool {
        self.row.copied
    }

    /// Who wrote it down.
    async fn recorded_by(&self) -> Author {
        Author { agency: self.row.agency.0, person: self.row.recorded_by.0 }
    }

    /// When.
    async fn recorded_at(&self) -> DateTime {
        self.row.recorded_at.0.into()
    }

    /// The entry instead of which this one stands.
    async fn corrects(&self) -> Option<NodeId> {
        self.row.corrects.map(|id| self.node(id.0))
    }

    /// The entry that stands instead of this one.
    async fn corrected_by(&self) -> Option<NodeId> {
        self.corrected_by.map(|id| self.node(id))
    }
}
