//! The word beside each field, in one match: what happens when two people write it.

use crate::{family::is_handed_in, kinds, plan};
use sync::{
    Kind, Record,
    faults::{self, Fault},
    merge::Policy,
};

/// The policy of a field in the record's present state.
pub fn of(kind: &Kind, field: &str, present: Option<&Record>) -> Policy {
    match (kind, field) {
        // A family's words are never merged away.
        (kind, "strengths" | "concerns" | "vision") if *kind == kinds::STATEMENT => Policy::KeepBoth,
        // Submitted input is final; a correction is a new input.
        (kind, _) if *kind == kinds::INPUT && present.is_some_and(is_handed_in) => {
            if faults::is(Fault::Thaw) {
                Policy::Latest
            } else {
                Policy::Frozen
            }
        }
        (kind, "strengths" | "concerns" | "hopes") if *kind == kinds::INPUT => Policy::KeepBoth,
        (kind, "submittedAt") if *kind == kinds::INPUT => Policy::Latest,
        // A meeting's time binds people: two different moves are for the case manager.
        (kind, "time") if *kind == kinds::MEETING => Policy::Weighty,
        // The school's answers to a family, and that a hearing was asked for: given once, then final.
        (kind, "answer" | "hearing" | "outcome") if *kind == kinds::REQUEST => {
            if present.is_some_and(|request| request.field(field).is_null()) { Policy::Latest } else { Policy::Frozen }
        }
        // The case manager's word on late evidence; two who differ settle it between them.
        (kind, "reviewed") if *kind == kinds::VISIT || *kind == kinds::ATTEMPT => Policy::Weighty,
        (kind, field) if *kind == kinds::PLAN => plan::policy(field, present),
        // What the roster and the team list say is a copy of facts: the newest copy counts.
        (kind, _) if *kind == kinds::STUDENT || *kind == kinds::MEMBER || *kind == kinds::ORG => Policy::Latest,
        // Visits, data points, contact attempts, answers and goals are written once; a correction is a new record.
        _ => Policy::AppendOnly,
    }
}
