//! Merging of one value: the policy beside each field, and free text three ways.

use crate::faults::{self, Fault};
use serde_json::Value;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation as _;

/// The word beside a field that says what happens when two people wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// Written once, when the record is made. A correction is a new record.
    AppendOnly,
    /// A set: everybody's members stay.
    Union,
    /// Free text is merged; what overlaps is kept twice and a person chooses.
    KeepBoth,
    /// Final. Nothing changes it.
    Frozen,
    /// A number or date with legal weight: never merged, a named role chooses.
    Weighty,
    /// The last one counts. Only where losing a value harms nobody.
    Latest,
}

/// What two values of one field become.
#[derive(Clone, Debug, PartialEq)]
pub enum Merged {
    /// One value. `blended` when it holds more than what the author wrote.
    Clean {
        /// The value.
        value: Value,
        /// Whether somebody else's words are in it.
        blended: bool,
    },
    /// Two that a person chooses from.
    Both,
    /// The field is final.
    Refused,
}

impl Merged {
    fn clean(value: Value) -> Self {
        Self::Clean { value, blended: false }
    }
}

/// Merges what a person wrote (`ours`, over `base`) into what is there (`theirs`).
/// `base` is `None` when nobody knows what the person saw.
pub fn merge(policy: Policy, base: Option<&Value>, theirs: &Value, ours: &Value) -> Merged {
    match policy {
        _ if ours == theirs => Merged::clean(theirs.clone()),
        Policy::Frozen | Policy::AppendOnly => Merged::Refused,
        Policy::Latest => Merged::clean(ours.clone()),
        Policy::KeepBoth if faults::is(Fault::LatestWins) => Merged::clean(ours.clone()),
        Policy::Union => Merged::Clean { value: union(theirs, ours), blended: true },
        _ if base == Some(theirs) => Merged::clean(ours.clone()),
        // They put back what was there: what others wrote since stays.
        _ if base == Some(ours) => Merged::Clean { value: theirs.clone(), blended: true },
        Policy::Weighty => Merged::Both,
        Policy::KeepBoth => match (base.and_then(Value::as_str), theirs.as_str(), ours.as_str()) {
            (Some(base), Some(theirs), Some(ours)) => match merge_text(base, theirs, ours) {
                Some(text) => Merged::Clean { value: Value::String(text), blended: true },
                None => Merged::Both,
            },
            _ => Merged::Both,
        },
    }
}

fn union(theirs: &Value, ours: &Value) -> Value {
    let members = |value: &Value| match value {
        Value::Array(items) => items.clone(),
        Value::Null => Vec::new(),
        one => vec![one.clone()],
    };
    let mut all = members(theirs);
    for item in members(ours) {
        if !all.contains(&item) {
            all.push(item);
        }
    }
    Value::Array(all)
}

/// Three-way merge of free text, by line and then by sentence. `None` when both changed the
/// same sentence, or put something in the same place: then a person chooses. Words inside
/// one sentence are never blended: "30 minutes a day" and two careful edits of it would make
/// a promise that nobody wrote (docs/decisions/0003).
pub fn merge_text(base: &str, theirs: &str, ours: &str) -> Option<String> {
    three_way(&lines(base), &lines(theirs), &lines(ours))
        .or_else(|| three_way(&sentences(base), &sentences(theirs), &sentences(ours)))
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// Sentences, by Unicode's rules, and the blanks between them as pieces of their own, so
/// that nothing of the text is lost and a sentence at the end equals the same one elsewhere.
fn sentences(text: &str) -> Vec<&str> {
    text.split_sentence_bounds()
        .flat_map(|piece| {
            let words = piece.trim_end();
            [words, &piece[words.len()..]]
        })
        .filter(|piece| !piece.is_empty())
        .collect()
}

/// A stretch of the base, `from..to`, and what one side put there.
struct Hunk<'t> {
    from: usize,
    to: usize,
    new: Vec<&'t str>,
}

impl Hunk<'_> {
    /// Both changed the same piece, or both put something in the same place.
    fn collides_with(&self, other: &Self) -> bool {
        let overlap = self.from < other.to && other.from < self.to;
        let same_place = self.from == self.to && other.from == other.to && self.from == other.from;
        overlap || same_place
    }
}

fn hunks<'t>(base: &[&'t str], side: &[&'t str]) -> Vec<Hunk<'t>> {
    capture_diff_slices(Algorithm::Myers, base, side)
        .into_iter()
        .filter(|op| !matches!(op, DiffOp::Equal { .. }))
        .map(|op| Hunk { from: op.old_range().start, to: op.old_range().end, new: side[op.new_range()].to_vec() })
        .fold(Vec::new(), |mut joined: Vec<Hunk<'t>>, hunk| {
            match joined.last_mut() {
                // Neighbouring changes of one person are one thought.
                Some(last) if last.to == hunk.from => {
                    last.to = hunk.to;
                    last.new.extend(hunk.new);
                }
                _ => joined.push(hunk),
            }
            joined
        })
}

fn three_way(base: &[&str], theirs: &[&str], ours: &[&str]) -> Option<String> {
    let (left, right) = (hunks(base, theirs), hunks(base, ours));
    let (mut left, mut right) = (left.iter().peekable(), right.iter().peekable());
    let mut out = String::new();
    let mut at = 0;
    loop {
        let next = match (left.peek(), right.peek()) {
            (None, None) => break,
            (Some(_), None) => left.next(),
            (None, Some(_)) => right.next(),
            (Some(l), Some(r)) if l.from == r.from && l.to == r.to && l.new == r.new => {
                right.next();
                left.next()
            }
            (Some(l), Some(r)) if l.collides_with(r) => return None,
            (Some(l), Some(r)) if (l.from, l.to) <= (r.from, r.to) => left.next(),
            _ => right.next(),
        };
        let hunk = next?;
        out.extend(base[at..hunk.from].iter().copied());
        out.extend(hunk.new.iter().copied());
        at = hunk.to;
    }
    out.extend(base[at..].iter().copied());
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each row is a decision that somebody can read and dispute.
    #[test]
    fn text_is_merged_as_people_would() {
        let table: &[(&str, &str, &str, &str, Option<&str>)] = &[
            ("both added nothing", "a b", "a b", "a b", Some("a b")),
            ("only they wrote", "reads well", "reads very well", "reads well", Some("reads very well")),
            ("only we wrote", "reads well", "reads well", "reads slowly", Some("reads slowly")),
            (
                "different sentences",
                "He reads well. He is shy.",
                "He reads very well. He is shy.",
                "He reads well. He is shy at school.",
                Some("He reads very well. He is shy at school."),
            ),
            (
                "different lines",
                "one\ntwo\nthree\n",
                "ONE\ntwo\nthree\n",
                "one\ntwo\nTHREE\n",
                Some("ONE\ntwo\nTHREE\n"),
            ),
            ("the same word twice", "He likes dogs.", "He likes cats.", "He likes birds.", None),
            ("the same change twice", "He likes dogs.", "He likes cats.", "He likes cats.", Some("He likes cats.")),
            ("one deletes what the other edits", "He likes dogs.", "", "He likes big dogs.", None),
            (
                "different words of one sentence",
                "He reads 30 minutes a day.",
                "He reads 45 minutes a day.",
                "He reads 30 minutes a week.",
                None,
            ),
            (
                "neighbouring sentences",
                "He reads. He sings.",
                "He reads well. He sings.",
                "He reads. He sings well.",
                Some("He reads well. He sings well."),
            ),
            (
                "one edits the last sentence, one goes on",
                "He reads.",
                "He reads well.",
                "He reads. He sings.",
                Some("He reads well. He sings."),
            ),
            ("both append", "He reads.", "He reads. He sings.", "He reads. He swims.", None),
            (
                "emoji and accents stay whole",
                "Está 👩‍👧 bien. Fin.",
                "Está 👩‍👧 muy bien. Fin.",
                "Está 👩‍👧 bien. Fin feliz.",
                Some("Está 👩‍👧 muy bien. Fin feliz."),
            ),
            (
                "right to left",
                "هو يقرأ. هو سعيد.",
                "هو يقرأ جيدا. هو سعيد.",
                "هو يقرأ. هو سعيد جدا.",
                Some("هو يقرأ جيدا. هو سعيد جدا."),
            ),
            ("both from nothing", "", "ours", "theirs", None),
        ];
        for (called, base, theirs, ours, expected) in table {
            let both = merge_text(base, theirs, ours);
            assert_eq!(both.as_deref(), *expected, "{called}");
            assert_eq!(merge_text(base, ours, theirs).is_some(), both.is_some(), "{called}, the other way round");
        }
    }

    #[test]
    fn pieces_lose_nothing() {
        for text in ["", " ", "a  b\n\nc.", "👩‍👧 é — «x»", "שלום, world"] {
            assert_eq!(sentences(text).concat(), text);
            assert_eq!(lines(text).concat(), text);
        }
    }

    #[test]
    fn a_policy_is_a_word_that_decides() {
        use serde_json::json;
        let (base, theirs, ours) = (json!(30), json!(45), json!(60));
        let of = |policy| merge(policy, Some(&base), &theirs, &ours);
        assert_eq!(of(Policy::Weighty), Merged::Both);
        assert_eq!(of(Policy::Frozen), Merged::Refused);
        assert_eq!(of(Policy::AppendOnly), Merged::Refused);
        assert_eq!(of(Policy::Latest), Merged::clean(json!(60)));
        assert_eq!(of(Policy::KeepBoth), Merged::Both);
        assert_eq!(merge(Policy::Weighty, Some(&theirs), &theirs, &ours), Merged::clean(json!(60)));
        assert_eq!(merge(Policy::KeepBoth, None, &json!("a"), &json!("b")), Merged::Both);
        assert_eq!(
            merge(Policy::Union, None, &json!(["a"]), &json!(["b", "a"])),
            Merged::Clean { value: json!(["a", "b"]), blended: true }
        );
    }
}
