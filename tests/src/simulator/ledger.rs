//! What people typed in a story, and what has to become of it. Each text ends in a sentence
//! that no other has, so that it can be found again wherever it went.

use super::phone::Phone;
use domain::visit::Attendance;
use mobile_shared::event::Intent;
use std::collections::{BTreeMap, BTreeSet};
use sync::{AgencyId, OperationId, RecordId};

/// The sentence that somebody typed as the `n`th in a story.
pub(super) fn sentence(name: &str, n: u64) -> String {
    let mut letters = name.chars();
    let capital: String = letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
    format!("{capital} said n{n}.")
}

/// The numbers of all sentences in a text.
pub(super) fn sentences_in(text: &str) -> Vec<u64> {
    let pieces = text.split(" said n").skip(1);
    pieces.filter_map(|piece| piece.split('.').next()?.parse().ok()).collect()
}

/// Something that somebody did, of which a phone said that it is kept.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// The number of its sentence.
    pub(super) n: u64,
    /// On which phone.
    pub(super) phone: usize,
    /// By whom.
    pub(super) author: &'static str,
    /// In which of its copies.
    pub(super) copy: u32,
    /// Where.
    pub(super) agency: AgencyId,
    /// About whom.
    pub(super) student: RecordId,
    /// What.
    pub(super) intent: Intent,
    /// The operation that carries it.
    pub(super) op: OperationId,
    /// Whether the phone said that it is kept; not, if it ended before.
    pub(super) certain: bool,
    /// A purge of its child reached the phone: from then on it keeps no more than it must.
    pub(super) purged: bool,
}

/// All of it.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    /// What was done.
    pub(super) entries: Vec<Entry>,
    /// Sentences that somebody saw and took away, or threw away themselves.
    pub(super) excused: BTreeSet<u64>,
    /// Operations on which the server gave a verdict, and whether they were taken.
    pub(super) judged: BTreeMap<OperationId, bool>,
    sentences: u64,
}

impl Ledger {
    /// A sentence that nobody typed before.
    pub(super) fn next_sentence(&mut self, name: &str) -> (u64, String) {
        self.sentences += 1;
        (self.sentences, sentence(name, self.sentences))
    }

    /// The last thing done on a phone that carries a sentence.
    pub(super) fn carrying(&self, op: OperationId) -> Option<&Entry> {
        self.entries.iter().rfind(|entry| entry.op == op)
    }

    /// Whoever saw this text put another in its place.
    pub(super) fn replaced(&mut self, seen: &str, by: &str) {
        let kept: BTreeSet<u64> = sentences_in(by).into_iter().collect();
        self.excused.extend(sentences_in(seen).into_iter().filter(|n| !kept.contains(n)));
    }

    /// One operation stands in the place of another now.
    pub(super) fn resent(&mut self, before: OperationId, now: OperationId) {
        for entry in self.entries.iter_mut().filter(|entry| entry.op == before) {
            entry.op = now;
        }
    }

    /// Their author threw them away.
    pub(super) fn thrown_away(&mut self, op: OperationId) {
        let thrown = self.entries.iter().filter(|entry| entry.op == op).map(|entry| entry.n);
        self.excused.extend(thrown);
    }

    /// Somebody was told to forget a child's data.
    pub(super) fn purged(&mut self, author: &str, agency: AgencyId, student: RecordId) {
        let about = |entry: &&mut Entry| (entry.author, entry.agency, entry.student) == (author, agency, student);
        self.entries.iter_mut().filter(about).for_each(|entry| entry.purged = true);
    }

    /// What a copy holds that the server never judged is destroyed, and its owner knows.
    pub(super) fn destroyed(&mut self, phone: &Phone, author: &str) {
        let (judged, this) = (&self.judged, (phone.index, author, phone.copy_of(author)));
        let of_copy = self.entries.iter().filter(|entry| (entry.phone, entry.author, entry.copy) == this);
        let lost = of_copy.filter(|entry| judged.get(&entry.op) != Some(&true)).map(|entry| entry.n);
        self.excused.extend(lost.collect::<Vec<_>>());
    }
}

/// The same thing with one more sentence.
pub(super) fn with_sentence(intent: &Intent, sentence: &str) -> Option<Intent> {
    let longer = |text: &str| format!("{text} {sentence}");
    Some(match intent.clone() {
        mut visit @ Intent::LogVisit { .. } => {
            if let Intent::LogVisit { note, .. } = &mut visit {
                *note = longer(note);
            }
            visit
        }
        mut attempt @ Intent::LogAttempt { .. } => {
            if let Intent::LogAttempt { note, .. } = &mut attempt {
                *note = longer(note);
            }
            attempt
        }
        // Sent again from the outbox, whose form shows nothing but the author's own words.
        Intent::EditInput { student, field, value, .. } => {
            Intent::EditInput { student, field, value: longer(&value), saw: None }
        }
        Intent::EditStatement { student, field, value, .. } => {
            Intent::EditStatement { student, field, value: longer(&value), saw: None }
        }
        Intent::AnswerMeeting { meeting, revision, answer, note } => {
            Intent::AnswerMeeting { meeting, revision, answer, note: longer(&note) }
        }
        _ => return None,
    })
}

/// A visit of half an hour that ended now.
pub(super) fn visit(student: RecordId, service: &str, ended_at: i64, note: String) -> Intent {
    Intent::LogVisit {
        visit: None,
        student,
        service: service.to_owned(),
        started_at: ended_at - 1_800_000,
        ended_at,
        attendance: Attendance::Present,
        note,
        points: Vec::new(),
        amends: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_found_again() {
        let text = format!("{} {} And on.", sentence("mia", 7), sentence("fred", 31));
        assert_eq!(text, "Mia said n7. Fred said n31. And on.");
        assert_eq!(sentences_in(&text), [7, 31]);
    }
}
