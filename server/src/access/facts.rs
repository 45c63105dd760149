//! What is known of one person in one agency, as values.

use domain::team::TeamRole;
use sync::{AgencyId, Micros, PersonId, RecordId};

/// What an agency employs somebody as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StaffRole {
    /// Answers for special education in the whole agency.
    Director,
    /// Runs the process for some students.
    CaseManager,
    /// Teaches.
    Teacher,
    /// Gives a related service.
    Provider,
    /// Keeps people, contacts and rights.
    Office,
}

impl StaffRole {
    /// As it is kept.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Director => "director",
            Self::CaseManager => "case_manager",
            Self::Teacher => "teacher",
            Self::Provider => "provider",
            Self::Office => "office",
        }
    }

    /// Reads what was kept; an unknown word is no role, which gives no access.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Director, Self::CaseManager, Self::Teacher, Self::Provider, Self::Office]
            .into_iter()
            .find(|role| role.as_str() == word)
    }
}

/// A stretch of time: from a moment on, up to but without another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first moment of it.
    pub from: Micros,
    /// The first moment after it.
    pub until: Option<Micros>,
}

impl Span {
    /// All time; what a roster without dates says.
    pub const ALWAYS: Self = Self { from: Micros(i64::MIN), until: None };

    /// From a moment on, up to another.
    pub const fn new(from: Micros, until: Option<Micros>) -> Self {
        Self { from, until }
    }

    /// Whether a moment lies in it.
    pub fn contains(self, moment: Micros) -> bool {
        self.from <= moment && self.until.is_none_or(|until| moment < until)
    }

    /// What lies in both.
    pub fn and(self, other: Self) -> Option<Self> {
        let from = self.from.max(other.from);
        let until = match (self.until, other.until) {
            (Some(one), Some(two)) => Some(one.min(two)),
            (one, two) => one.or(two),
        };
        until.is_none_or(|until| from < until).then_some(Self { from, until })
    }

    /// What lies in it and not in another: nothing, or what is before and what is after. Another
    /// that ends before it begins takes nothing.
    pub fn without(self, other: Self) -> impl Iterator<Item = Self> {
        let parts = match self.and(other) {
            None => [Some(self), None],
            Some(taken) => {
                let before = Self { until: Some(taken.from), ..self };
                let after = taken.until.map(|from| Self { from, ..self });
                [Some(before), after]
            }
        };
        parts.into_iter().flatten().filter_map(|part| part.and(Self::ALWAYS))
    }

    /// The next moment at which it begins or ends.
    pub fn next_change(self, now: Micros) -> Option<Micros> {
        [Some(self.from), self.until].into_iter().flatten().find(|moment| *moment > now)
    }
}

/// What a person is to one student, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The student.
    pub student: RecordId,
    /// As what.
    pub role: TeamRole,
    /// For a provider: which service.
    pub service: Option<String>,
    /// When it holds.
    pub span: Span,
}

/// What keeps a person from one student, and when: a court's order or a law (34 CFR 99.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Restriction {
    /// The student.
    pub student: RecordId,
    /// When it holds.
    pub span: Span,
}

impl Link {
    /// What is left of it beside restrictions.
    pub fn beside(self, restrictions: &[Restriction]) -> Vec<Self> {
        let hold = restrictions.iter().filter(|restriction| restriction.student == self.student);
        let spans = hold.fold(vec![self.span], |left, restriction| {
            left.into_iter().flat_map(|span| span.without(restriction.span)).collect()
        });
        spans.into_iter().map(|span| Self { span, ..self.clone() }).collect()
    }
}

/// One person in one agency. Rights, assignments and taught classes are all links; what
/// ended stays, because evidence is judged at the time of the event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The agency.
    pub agency: AgencyId,
    /// The person.
    pub person: PersonId,
    /// What the agency employs them as, while it does.
    pub staff_role: Option<StaffRole>,
    /// What they are or were to students.
    pub links: Vec<Link>,
}

impl Facts {
    /// The links that hold at a moment.
    pub fn links_at(&self, moment: Micros) -> impl Iterator<Item = &Link> {
        self.links.iter().filter(move |link| link.span.contains(moment))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(from: i64, until: i64) -> Span {
        Span::new(Micros(from), Some(Micros(until)))
    }

    #[test]
    fn a_span_begins_with_its_first_moment_and_ends_before_its_last() {
        let spans = [9, 10, 19, 20].map(|moment| span(10, 20).contains(Micros(moment)));
        assert_eq!(spans, [false, true, true, false]);
    }

    #[test]
    fn two_spans_share_what_lies_in_both() {
        assert_eq!(span(10, 20).and(span(15, 30)), Some(span(15, 20)));
        assert_eq!(span(10, 20).and(Span::ALWAYS), Some(span(10, 20)));
        assert_eq!(span(10, 20).and(span(20, 30)), None);
    }

    #[test]
    fn a_span_without_another_is_what_comes_before_and_after() {
        let left = |other: Span| span(10, 20).without(other).collect::<Vec<_>>();
        #[rustfmt::skip]
        let table: [(Span, &[Span]); 7] = [
            (span(12, 15),                 &[span(10, 12), span(15, 20)]),
            (span(5, 15),                  &[span(15, 20)]),
            (span(15, 30),                 &[span(10, 15)]),
            (span(20, 30),                 &[span(10, 20)]),
            (span(10, 20),                 &[]),
            (Span::new(Micros(12), None),  &[span(10, 12)]),
            (span(15, 12),                 &[span(10, 20)]),
        ];
        for (other, expected) in table {
            assert_eq!(left(other), expected, "{other:?}");
        }
        assert_eq!(left(Span::ALWAYS), []);
    }

    #[test]
    fn a_span_changes_when_it_begins_and_when_it_ends() {
        let changes = [5, 10, 15, 20].map(|now| span(10, 20).next_change(Micros(now)).map(|moment| moment.0));
        assert_eq!(changes, [Some(10), Some(20), Some(20), None]);
    }

    #[test]
    fn an_unknown_role_is_no_role() {
        assert_eq!(StaffRole::parse("office"), Some(StaffRole::Office));
        assert_eq!(StaffRole::parse("superintendent"), None);
    }
}
