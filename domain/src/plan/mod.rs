//! The words beside the fields of a plan (34 CFR 300.320). The kind has no operation yet:
//! the process brings those; what two people's edits of it become is settled here.

use sync::{Record, merge::Policy};

/// The policy of a field of a plan as it is now.
pub fn policy(field: &str, plan: Option<&Record>) -> Policy {
    match field {
        // A finalised plan never changes; an amendment is a new record (300.324(a)(6)).
        _ if plan.is_some_and(|plan| !plan.field("finalisedAt").is_null()) => Policy::Frozen,
        // What a child is owed: minutes and frequency, where it is given, from when to when
        // (300.320(a)(4)–(7)), and by which criterion a goal counts as met (a)(2). Half of
        // one proposal and half of another is a promise that nobody made.
        "minutes" | "frequency" | "placement" | "startsOn" | "endsOn" | "criterion" => Policy::Weighty,
        // Narrative: present levels (a)(1), how progress is measured (a)(3), parents' concerns.
        "presentLevels" | "impact" | "progressMeasure" | "parentConcerns" | "transition" => Policy::KeepBoth,
        // Lists to which everybody adds; taking one away is a decision of the meeting.
        "accommodations" | "modifications" | "aids" => Policy::Union,
        "finalisedAt" => Policy::Latest,
        _ => Policy::AppendOnly,
    }
}
