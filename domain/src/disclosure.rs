//! What of a student's record was given to a party outside the agency, and who asked for it: the record
//! of access that an agency keeps with the student's own, as long as that is kept (34 CFR 99.32(a),
//! 300.614; domain.md P05).
//!
//! Not in it are parents and the adult student, and the agency's own staff, whose looks stand in the
//! log of access (99.32(d)(1) and (2), 300.614), and directory information, which no part of a record of
//! special education is (99.3, 99.37). With consent it is: 99.32(d)(3) would let that go, 300.614 does
//! not. An entry is never changed: one that was wrong is followed by another that says so.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sync::RecordId;
use uuid::Uuid;

use crate::check::{self, Fault};

/// Why a party outside may be given something: consent, or what 34 CFR 99.31(a) allows without it. Left
/// out is what no school district does, and what is no disclosure at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Basis {
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

impl Basis {
    /// All of them, the commonest first.
    pub const ALL: [Self; 11] = [
        Self::OtherSchool,
        Self::Consent,
        Self::Evaluation,
        Self::Study,
        Self::ChildWelfare,
        Self::Court,
        Self::LegalAction,
        Self::Emergency,
        Self::JuvenileJustice,
        Self::FinancialAid,
        Self::Accreditation,
    ];

    /// Where the law says so.
    pub const fn rule(self) -> &'static str {
        match self {
            Self::Consent => "34 CFR 99.30, 300.622",
            Self::OtherSchool => "34 CFR 99.31(a)(2), 99.34",
            Self::Evaluation => "34 CFR 99.31(a)(3), 99.35",
            Self::FinancialAid => "34 CFR 99.31(a)(4)",
            Self::JuvenileJustice => "34 CFR 99.31(a)(5), 99.38",
            Self::Study => "34 CFR 99.31(a)(6)",
            Self::Accreditation => "34 CFR 99.31(a)(7)",
            Self::Court => "34 CFR 99.31(a)(9)(i), (ii)",
            Self::LegalAction => "34 CFR 99.31(a)(9)(iii)",
            Self::Emergency => "34 CFR 99.31(a)(10), 99.36",
            Self::ChildWelfare => "20 U.S.C. 1232g(b)(1)(L)",
        }
    }

    /// Whether it rests on a paper that has to be named: the consent with its date (99.30(b)), the
    /// agreement (99.31(a)(6)(iii)(C), 99.35(a)(3)), the order or subpoena (99.31(a)(9)).
    pub const fn names_a_paper(self) -> bool {
        matches!(self, Self::Consent | Self::Evaluation | Self::Study | Self::Court)
    }
}

/// What an entry says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Act {
    /// Something was given.
    Disclosed,
    /// Something was asked for, and has not been given: 34 CFR 99.32(a)(1) has each request recorded.
    Requested,
    /// The entry that it corrects was a mistake, and nothing stands instead of it.
    Mistaken,
}

/// Writes down that something was given to a party outside, that a party asked, or that an earlier
/// entry was wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RecordDisclosure {
    /// The new entry's id.
    pub disclosure: Uuid,
    /// Whose record.
    pub student: RecordId,
    /// What it says.
    pub act: Act,
    /// On which day, where the agency is.
    pub on: NaiveDate,
    /// Who received it, or asked; empty of a mistake.
    #[serde(default)]
    pub party: String,
    /// Their legitimate interest in it: what they need it for (34 CFR 99.32(a)(3)(ii)); empty of a
    /// mistake.
    #[serde(default)]
    pub interest: String,
    /// Why they may have it; nothing where nothing was given.
    #[serde(default)]
    pub basis: Option<Basis>,
    /// The paper on which that rests.
    #[serde(default)]
    pub paper: Option<String>,
    /// Of an emergency: the articulable and significant threat to somebody's health or safety
    /// (34 CFR 99.32(a)(5)(i)).
    #[serde(default)]
    pub threat: Option<String>,
    /// What was given or asked for, in words; of a mistake, what was wrong.
    pub what: String,
    /// This program made the copy that was given.
    #[serde(default)]
    pub copied: bool,
    /// The entry instead of which this one stands.
    #[serde(default)]
    pub corrects: Option<Uuid>,
}

impl RecordDisclosure {
    /// Party, interest and what was given are named, and what the basis asks for.
    pub fn check(&self) -> Result<(), Fault> {
        said("what", &self.what)?;
        if self.act == Act::Mistaken {
            check::holds("corrects", self.corrects.is_some())?;
            return check::holds("act", self.basis.is_none() && !self.copied);
        }
        check::line("party", &self.party)?;
        check::line("interest", &self.interest)?;
        check::holds("basis", self.basis.is_some() == (self.act == Act::Disclosed))?;
        if let Some(paper) = &self.paper {
            check::line("paper", paper)?;
        }
        check::holds("paper", self.paper.is_some() || !self.basis.is_some_and(Basis::names_a_paper))?;
        check::holds("threat", self.threat.is_some() == (self.basis == Some(Basis::Emergency)))?;
        self.threat.as_deref().map_or(Ok(()), |threat| said("threat", threat))
    }
}

/// A text that must say something.
fn said(field: &str, text: &str) -> Result<(), Fault> {
    check::holds(field, !text.trim().is_empty())?;
    check::text(field, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> RecordDisclosure {
        RecordDisclosure {
            disclosure: Uuid::from_u128(1),
            student: RecordId(Uuid::from_u128(2)),
            act: Act::Disclosed,
            on: NaiveDate::from_ymd_opt(2026, 9, 21).expect("a day"),
            party: "Lincoln Middle School, Springfield".into(),
            interest: "She enrolls there in January".into(),
            basis: Some(Basis::OtherSchool),
            paper: None,
            threat: None,
            what: "The whole record".into(),
            copied: false,
            corrects: None,
        }
    }

    #[test]
    fn every_basis_names_its_rule_and_stands_in_the_list_once() {
        let mut rules: Vec<&str> = Basis::ALL.iter().map(|basis| basis.rule()).collect();
        rules.sort_unstable();
        rules.dedup();
        assert_eq!(rules.len(), Basis::ALL.len());
    }

    #[test]
    fn an_entry_says_to_whom_what_for_and_by_what_right() {
        type Change = fn(&mut RecordDisclosure);
        #[rustfmt::skip]
        let table: [(&str, Change, Option<&str>); 14] = [
            ("another school",                |_| {},                                                     None),
            ("to nobody",                     |it| it.party = " ".into(),                                 Some("party")),
            ("for nothing",                   |it| it.interest = String::new(),                           Some("interest")),
            ("nothing said of what",          |it| it.what = "\n".into(),                                 Some("what")),
            ("by no right",                   |it| it.basis = None,                                       Some("basis")),
            ("consent without its date",      |it| it.basis = Some(Basis::Consent),                       Some("paper")),
            ("an emergency without a threat", |it| it.basis = Some(Basis::Emergency),                     Some("threat")),
            ("a threat without an emergency", |it| it.threat = Some("A threat".into()),                   Some("threat")),
            ("a court with its order",        |it| { it.basis = Some(Basis::Court); it.paper = Some("Order 26-118".into()); }, None),
            ("an emergency with its threat",  |it| { it.basis = Some(Basis::Emergency); it.threat = Some("A seizure on the bus".into()); }, None),
            ("asked for, with a right",       |it| it.act = Act::Requested,                               Some("basis")),
            ("asked for",                     |it| { it.act = Act::Requested; it.basis = None; },         None),
            ("a mistake of nothing",          |it| { it.act = Act::Mistaken; it.basis = None; },          Some("corrects")),
            ("a mistake",                     |it| { it.act = Act::Mistaken; it.basis = None; it.corrects = Some(Uuid::nil()); }, None),
        ];
        for (what, change, fault) in table {
            let mut one = entry();
            change(&mut one);
            assert_eq!(one.check().err().map(|fault| fault.field).as_deref(), fault, "{what}");
        }
    }
}
