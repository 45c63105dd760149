//! The outbox: which operations travel in the next push, and what the answer means.
//!
//! A queue holds one agency's operations that have no verdict yet, oldest first. Numbers
//! are given when a push is made, so an operation that has one may be on the server
//! already and its bytes never change again.

use crate::{
    Change, OperationId, RecordId, Verdict,
    operation::{Base, Group},
    push::{MAX_OPERATIONS, PushAnswer},
    verdict::Code,
};
use std::collections::BTreeSet;

/// The most JSON in one push: small enough to get through on a poor line.
pub const MAX_PUSH: usize = 512 * 1024;

/// One operation that waits, as far as sending is concerned.
#[derive(Clone, Copy, Debug)]
pub struct Waiting {
    /// The operation.
    pub id: OperationId,
    /// How many bytes travel.
    pub size: usize,
    /// The group it travels with.
    pub group: Option<Group>,
}

/// How many operations from the head of the queue travel in the next push. A group is
/// never torn: it goes whole or waits for the next push.
pub fn batch(queue: &[Waiting]) -> usize {
    let mut bytes = 0;
    let mut whole = 0;
    for (n, waiting) in queue.iter().enumerate() {
        bytes += waiting.size;
        if n >= MAX_OPERATIONS || (bytes > MAX_PUSH && whole > 0) {
            break;
        }
        let ends = waiting.group.is_none_or(|group| group.index + 1 == group.count);
        let goes_on = queue.get(n + 1).is_some_and(|next| shared(waiting.group, next.group));
        if ends || !goes_on {
            whole = n + 1;
        }
    }
    whole
}

fn shared(one: Option<Group>, other: Option<Group>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if one.id == other.id)
}

/// What an answer means for what was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// Those that have a verdict now, in order.
    pub judged: Vec<(OperationId, Verdict)>,
    /// What to do next.
    pub then: Then,
}

/// What to do after an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// Send what is left, counting on from the last one judged.
    GoOn,
    /// Send the rest, counting on likewise, after so many milliseconds.
    Wait(u64),
    /// The stream goes on with this number: the server may have lost what came before the
    /// push, and what is still kept from there on is sent again.
    CountFrom(u64),
    /// The stream belongs to another store: take a new store id and number from 1.
    Fork,
    /// This build is too old for the server.
    Update,
}

/// The answer does not fit what was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the answer does not fit what was sent")]
pub struct Misfit;

/// Reads the answer to a push of `sent`.
pub fn answered(sent: &[OperationId], answer: PushAnswer) -> Result<Answered, Misfit> {
    let nothing = |then| Ok(Answered { judged: Vec::new(), then });
    match answer {
        PushAnswer::Taken { verdicts, retry_after } => {
            let in_order =
                verdicts.len() <= sent.len() && verdicts.iter().zip(sent).all(|(judged, id)| judged.id == *id);
            let then = match retry_after {
                Some(wait) => Then::Wait(wait),
                None if verdicts.len() == sent.len() => Then::GoOn,
                None => return Err(Misfit),
            };
            let judged = verdicts.into_iter().map(|judged| (judged.id, judged.verdict)).collect();
            if in_order { Ok(Answered { judged, then }) } else { Err(Misfit) }
        }
        PushAnswer::Expected { number } => nothing(Then::CountFrom(number)),
        PushAnswer::Forked => nothing(Then::Fork),
        PushAnswer::Deferred { retry_after } => nothing(Then::Wait(retry_after)),
        PushAnswer::TooOld { .. } => nothing(Then::Update),
    }
}

/// What an operation makes and what it stands on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ties {
    /// Records that are new with it.
    creates: BTreeSet<RecordId>,
    /// Records that it edits, and makes if nobody has.
    edits: BTreeSet<RecordId>,
    /// Records that must be there for it to make sense.
    refers: BTreeSet<RecordId>,
    /// Operations on whose effect it builds.
    after: BTreeSet<OperationId>,
}

impl Ties {
    /// Of an operation that does this and, says the domain, refers to these records.
    pub fn of(changes: &[Change], refers: impl IntoIterator<Item = RecordId>) -> Self {
        let mut ties = Self { refers: refers.into_iter().collect(), ..Self::default() };
        for change in changes {
            match change {
                Change::Create { id, parent, .. } => {
                    ties.creates.insert(*id);
                    ties.refers.extend(parent.map(RecordId));
                }
                Change::Edit { id, base, .. } => {
                    ties.edits.insert(*id);
                    if let Base::After { after } = base {
                        ties.after.insert(*after);
                    }
                }
                Change::Resolve { id, saw, .. } => {
                    ties.edits.insert(*id);
                    ties.after.extend(saw.iter().map(|shown| shown.op));
                }
            }
        }
        ties
    }

    /// Two edits of one record stand side by side; a reference stands on what may have
    /// made the record.
    fn stands_on(&self, earlier: OperationId, made: &Self) -> bool {
        let shares = |one: &BTreeSet<RecordId>, other: &BTreeSet<RecordId>| !one.is_disjoint(other);
        self.after.contains(&earlier)
            || shares(&self.refers, &made.creates)
            || shares(&self.refers, &made.edits)
            || shares(&self.edits, &made.creates)
    }
}

/// Why an operation is set aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parked {
    /// The operation.
    pub id: OperationId,
    /// What the server said, of it or of what it stands on.
    pub code: Code,
    /// The rejected operation that it stands on.
    pub because: Option<OperationId>,
}

/// Everything that stands on `first`, directly or through another. `later` are the waiting
/// operations that came after it, in order. The rest does not need it.
pub fn standing_on(first: (OperationId, &Ties), later: &[(OperationId, Ties)]) -> Vec<OperationId> {
    let mut needed = vec![first];
    for (id, ties) in later {
        if needed.iter().any(|(earlier, made)| ties.stands_on(*earlier, made)) {
            needed.push((*id, ties));
        }
    }
    needed.into_iter().skip(1).map(|(id, _)| id).collect()
}

/// What is set aside with `rejected`; the rest goes on.
pub fn dependants(rejected: (OperationId, &Ties), code: Code, later: &[(OperationId, Ties)]) -> Vec<Parked> {
    let parked = |id| Parked { id, code, because: Some(rejected.0) };
    standing_on(rejected, later).into_iter().map(parked).collect()
}

#[cfg(test)]
#[path = "queue_tests.rs"]
mod tests;
