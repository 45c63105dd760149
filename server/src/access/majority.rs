//! What a right gives before and after its student came of age (34 CFR 300.520). The day itself is a
//! dated fact; what follows from it is said here and nowhere else.

use super::facts::{Link, Span};
use domain::facts::RightsBasis;
use domain::team::TeamRole;
use sync::{Micros, RecordId};

/// A right as it was granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Right {
    /// For whom.
    pub student: RecordId,
    /// Why.
    pub basis: RightsBasis,
    /// From when and up to when, by itself.
    pub span: Span,
}

impl Right {
    /// When it holds beside the day on which its student comes of age, where that is written down.
    pub fn holds(self, majority: Option<Micros>) -> Option<Span> {
        let span = self.span.and(Span::ALWAYS)?;
        match (self.basis.is_of_age(), majority) {
            (false, None) => Some(span),
            (false, Some(day)) => span.and(Span::new(Micros(i64::MIN), Some(day))),
            (true, Some(day)) => span.and(Span::new(day, None)),
            (true, None) => None,
        }
    }

    /// What it makes of its holder. `resting`: when somebody else stands for the student.
    pub fn links(self, majority: Option<Micros>, resting: &[Span]) -> Vec<Link> {
        let student = self.student;
        let link = |role, span| Link { student, role, service: None, span };
        let is_own = self.basis == RightsBasis::AdultStudent;
        let held = self.holds(majority).into_iter();
        let held: Vec<Span> = resting.iter().filter(|_| is_own).fold(held.collect(), |left: Vec<Span>, rest| {
            left.into_iter().flat_map(|span| span.without(*rest)).collect()
        });
        let after = majority.filter(|_| self.basis.is_parental()).map(|day| Span::new(day, None));
        let notified = after.and_then(|after| self.span.and(after)).map(|span| link(TeamRole::Notified, span));
        held.into_iter().map(|span| link(TeamRole::Guardian, span)).chain(notified).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const BORN: Micros = Micros(0);
    const DAY: Micros = Micros(100);

    fn links(basis: RightsBasis, span: Span, majority: Option<Micros>, resting: &[Span]) -> String {
        let right = Right { student: RecordId(Uuid::nil()), basis, span };
        let shown = right.links(majority, resting).into_iter().map(|link| {
            let until = link.span.until.map_or("…".to_owned(), |until| until.0.to_string());
            format!("{:?} {}-{until}", link.role, link.span.from.0)
        });
        shown.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn rights_pass_on_the_day_and_parents_are_still_sent_notices() {
        use RightsBasis::*;
        let ever = Span::new(BORN, None);
        #[rustfmt::skip]
        let table = [
            (Parent,         ever,                        None,      "Guardian 0-…"),
            (Parent,         ever,                        Some(DAY), "Guardian 0-100, Notified 100-…"),
            (Foster,         ever,                        Some(DAY), "Guardian 0-100, Notified 100-…"),
            (Court,          ever,                        Some(DAY), "Guardian 0-100, Notified 100-…"),
            (Surrogate,      ever,                        Some(DAY), "Guardian 0-100"),
            (Parent,         Span::new(BORN, Some(DAY)),  Some(DAY), "Guardian 0-100"),
            (Parent,         Span::new(BORN, Some(Micros(150))), Some(DAY), "Guardian 0-100, Notified 100-150"),
            (Parent,         Span::new(BORN, Some(Micros(50))),  Some(DAY), "Guardian 0-50"),
            (AdultStudent,   ever,                        Some(DAY), "Guardian 100-…"),
            (AdultGuardian,  ever,                        Some(DAY), "Guardian 100-…"),
            (Representative, Span::new(Micros(120), None), Some(DAY), "Guardian 120-…"),
            (Delegate,       Span::new(Micros(120), Some(Micros(130))), Some(DAY), "Guardian 120-130"),
            (Delegate,       ever,                        None,      ""),
            (AdultStudent,   ever,                        None,      ""),
        ];
        for (basis, span, majority, expected) in table {
            assert_eq!(links(basis, span, majority, &[]), expected, "{basis:?} {span:?}");
        }
    }

    #[test]
    fn a_students_own_rights_rest_while_somebody_stands_for_them() {
        let own = |resting: &[Span]| links(RightsBasis::AdultStudent, Span::new(DAY, None), Some(DAY), resting);
        let since = Span::new(Micros(120), Some(Micros(140)));
        assert_eq!(own(&[since]), "Guardian 100-120, Guardian 140-…");
        assert_eq!(own(&[Span::new(DAY, None)]), "", "from the day itself");
        assert_eq!(own(&[since, Span::new(Micros(130), None)]), "Guardian 100-120");
        let of_another = links(RightsBasis::Delegate, Span::new(DAY, None), Some(DAY), &[since]);
        assert_eq!(of_another, "Guardian 100-…", "who the student chose is not the student");
    }
}
