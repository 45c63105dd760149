//! Operations on facts about people: who is whose contact, who holds rights, who works
//! with whom. They are written by the server alone and enter by the same door as all else.
//!
//! A relationship is not a right (34 CFR 99.4, domain.md trap 6): rights are granted by a
//! person, with a basis, evidence and dates.

use crate::check::{self, Fault};
use crate::team::TeamRole;
use serde::{Deserialize, Serialize};
use sync::{Micros, PersonId, RecordId};
use uuid::Uuid;

/// Why somebody holds educational rights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RightsBasis {
    /// Birth or adoption.
    Parent,
    /// Guardianship.
    Guardian,
    /// Foster care, where the state allows it.
    Foster,
    /// Acts in the place of a parent.
    ActingParent,
    /// Appointed, 34 CFR 300.519.
    Surrogate,
    /// A court's order.
    Court,
    /// The student, of age.
    AdultStudent,
    /// A court has made them guardian of the student, who is of age: the rights did not pass
    /// (34 CFR 300.520(a)).
    AdultGuardian,
    /// Appointed to represent the interests of a student of age who cannot give informed consent
    /// (34 CFR 300.520(b)).
    Representative,
    /// The student, of age, has them decide as well.
    Delegate,
}

impl RightsBasis {
    /// Whether it holds once the student is of age, and not before. All others hold until then.
    pub const fn is_of_age(self) -> bool {
        matches!(self, Self::AdultStudent | Self::AdultGuardian | Self::Representative | Self::Delegate)
    }

    /// Whether who held rights on it is a parent in the law's sense (34 CFR 300.30), who is still sent
    /// notices when the rights have passed (34 CFR 300.520(a)(1)(i)).
    pub const fn is_parental(self) -> bool {
        matches!(self, Self::Parent | Self::Guardian | Self::Foster | Self::ActingParent | Self::Court)
    }

    /// Whether the student's own rights rest as long as somebody holds it.
    pub const fn stands_for_student(self) -> bool {
        matches!(self, Self::AdultGuardian | Self::Representative)
    }
}

/// Confirms that a contact is who the roster says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerifyContact {
    /// The relationship.
    pub contact: Uuid,
    /// The student it is about.
    pub student: RecordId,
    /// Whether it holds.
    pub verified: bool,
}

/// Grants educational rights for a student to a contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantRights {
    /// The new right's id.
    pub right: Uuid,
    /// The student.
    pub student: RecordId,
    /// Who gets them.
    pub person: PersonId,
    /// Why.
    pub basis: RightsBasis,
    /// What was seen that shows it.
    pub evidence: String,
    /// From when; now if not said.
    #[serde(default)]
    pub from: Option<Micros>,
}

impl GrantRights {
    /// Evidence must be named.
    pub fn check(&self) -> Result<(), Fault> {
        check::line("evidence", &self.evidence)
    }
}

/// Ends educational rights.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndRights {
    /// The right.
    pub right: Uuid,
    /// The student.
    pub student: RecordId,
}

/// Writes down that a court's order or a law keeps somebody from a student's record, whatever
/// rights or assignments they have (34 CFR 99.4, 300.613(c)).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restrict {
    /// The new restriction's id.
    pub restriction: Uuid,
    /// The student.
    pub student: RecordId,
    /// Who is kept away.
    pub person: PersonId,
    /// Which order or law, and who has seen it.
    pub order: String,
    /// From when; now if not said.
    #[serde(default)]
    pub from: Option<Micros>,
}

impl Restrict {
    /// The order must be named.
    pub fn check(&self) -> Result<(), Fault> {
        check::line("order", &self.order)
    }
}

/// Lifts a restriction. None ends by itself: somebody has looked at what ended the order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiftRestriction {
    /// The restriction.
    pub restriction: Uuid,
    /// The student.
    pub student: RecordId,
    /// What was seen that ends it.
    pub evidence: String,
}

impl LiftRestriction {
    /// Evidence must be named.
    pub fn check(&self) -> Result<(), Fault> {
        check::line("evidence", &self.evidence)
    }
}

/// Writes down when a student comes of age: from then on the rights of the parents are the student's
/// own (34 CFR 300.520), and that both were told (300.320(c): a year before).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RecordMajority {
    /// The new fact's id.
    pub majority: Uuid,
    /// The student.
    pub student: RecordId,
    /// The moment, as whoever writes it down was shown it.
    pub at: Micros,
    /// When the student and the parents were told.
    pub told_at: Micros,
    /// How they were told.
    pub told: String,
}

impl RecordMajority {
    /// How they were told must be named.
    pub fn check(&self) -> Result<(), Fault> {
        check::line("told", &self.told)
    }
}

/// Takes such a fact back: the birth date was wrong, or the law.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithdrawMajority {
    /// The fact.
    pub majority: Uuid,
    /// The student.
    pub student: RecordId,
    /// What was seen that shows it.
    pub evidence: String,
}

impl WithdrawMajority {
    /// Evidence must be named.
    pub fn check(&self) -> Result<(), Fault> {
        check::line("evidence", &self.evidence)
    }
}

/// Assigns a staff member to a student.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assign {
    /// The new assignment's id.
    pub assignment: Uuid,
    /// The student.
    pub student: RecordId,
    /// The staff member.
    pub person: PersonId,
    /// As what.
    pub role: TeamRole,
    /// For a provider: which service.
    #[serde(default)]
    pub service: Option<String>,
    /// From when; now if not said.
    #[serde(default)]
    pub from: Option<Micros>,
}

impl Assign {
    /// A provider gives a known service; nobody is assigned as one of the family.
    pub fn check(&self) -> Result<(), Fault> {
        let known = self.service.as_deref().is_some_and(|service| crate::visit::SERVICES.contains(&service));
        check::holds("service", known == (self.role == TeamRole::Provider))?;
        check::holds("role", !matches!(self.role, TeamRole::Guardian | TeamRole::Notified))
    }
}

/// Ends an assignment, now or at a given moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndAssignment {
    /// The assignment.
    pub assignment: Uuid,
    /// The student.
    pub student: RecordId,
    /// When; now if not said.
    #[serde(default)]
    pub at: Option<Micros>,
}
