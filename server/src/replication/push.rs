//! Push: the next operations of one stream, judged in order in one transaction.

use super::{NEWER_WIRE_WAIT, Phone, purge};
use crate::{
    apply::{self, Actor, ApplyTx, Asked, Touched, apply_group, in_agency},
    db::Db,
    error::{Error, Result},
    people,
};
use serde_json::value::RawValue;
use sync::{
    Micros, Verdict,
    faults::{self, Fault},
    operation::{Group, MAX_GROUP, MAX_GROUP_BYTES, Malformed, Sent},
    push::{Judged, MAX_OPERATIONS, PushAnswer, PushReply, PushRequest, Step, step},
    verdict::Code,
    wire,
};

/// Judges a push. Nothing of it is stored on a gap, a fork, a foreign store or a wire that
/// is not understood; everything else is remembered, so that the same push again gets the
/// same answer.
pub fn push(db: &mut Db, phone: Phone, request: &PushRequest, now: Micros) -> Result<(PushReply, Touched)> {
    let reply = |answer| PushReply { server_time: now, answer };
    if request.wire > wire::VERSION {
        return Ok((reply(PushAnswer::Deferred { retry_after: NEWER_WIRE_WAIT }), Touched::default()));
    }
    if request.wire < wire::OLDEST {
        return Ok((reply(PushAnswer::TooOld { oldest: wire::OLDEST }), Touched::default()));
    }
    if phone.store != Some(request.store) {
        return Err(Error::Invalid { field: "store", why: "this sign-in belongs to another phone; sign in again" });
    }
    if request.operations.len() > MAX_OPERATIONS {
        return Err(Error::Invalid { field: "operations", why: "send at most 1000 at a time" });
    }
    if !request.forgotten.is_empty() {
        purge::acknowledged(db, phone.device, &request.forgotten, now)?;
    }
    let facts = people::facts_in(db, phone.account, request.agency, now)?;
    if facts.is_empty() {
        return Err(Error::NotFound);
    }
    if request.operations.is_empty() && request.skip.is_none() {
        let last = apply::last_number(db, phone.account, request.agency, request.store)?;
        return Ok((reply(count_of_nothing(last, request.first)), Touched::default()));
    }
    let actor = Actor::account(phone.account, facts, phone.store);
    let (answer, touched) = in_agency(db, request.agency, now, |tx| judge_all(tx, &actor, phone, request))?;
    Ok((reply(answer), touched))
}

fn taken(verdicts: Vec<Judged>) -> PushAnswer {
    PushAnswer::Taken { verdicts, retry_after: None }
}

/// An empty push asks how far the stream came: after a restore that may be less than the
/// phone was told.
fn count_of_nothing(last: u64, first: u64) -> PushAnswer {
    if first > last + 1 { PushAnswer::Expected { number: last + 1 } } else { taken(Vec::new()) }
}

fn judge_all(tx: &mut ApplyTx<'_>, actor: &Actor, phone: Phone, request: &PushRequest) -> Result<PushAnswer> {
    let asked = match read_all(&request.operations) {
        Ok(asked) => asked,
        Err(malformed) => {
            tracing::warn!(%malformed, "a phone pushed what is not an operation");
            return Err(Error::Invalid { field: "operations", why: "one of them is damaged or too large" });
        }
    };
    let agency = tx.agency();
    let mut last = apply::last_number(tx.db(), phone.account, agency, request.store)?;
    // So far out that counting on from there would leave the numbers.
    if request.first.checked_add(asked.len() as u64).is_none() {
        return Ok(PushAnswer::Expected { number: last + 1 });
    }
    let skipped = request.skip.filter(|from| (*from..request.first).contains(&(last + 1)));
    if let Some(from) = skipped {
        // Lost for good: sent once, lost with this database's newest commits, and not kept
        // on the phone that long.
        tracing::warn!(from, first = request.first, "a phone skips operations that it no longer has");
        last = request.first - 1;
    }
    let ids: Vec<_> = asked.iter().map(Asked::id).collect();
    tx.recall(&ids)?;

    // Decide for the whole push before anything is judged: a fork or a gap stores nothing.
    let mut replayed = 0;
    let mut expected = last;
    for (one, number) in asked.iter().zip(request.first..) {
        let known = tx.known.get(&one.id()).cloned().flatten();
        let mine = known.filter(|known| known.account == Some(phone.account)).map(|known| (known.id, known.digest));
        match step(expected, number, mine, one.id(), one.digest()) {
            Step::Judge => expected = number,
            Step::Replay => replayed += 1,
            Step::Gap { expected } => return Ok(PushAnswer::Expected { number: expected }),
            Step::Forked if faults::is(Fault::DropFence) => {
                let judged = |id| Judged { id, verdict: Verdict::Applied };
                return Ok(taken(ids.into_iter().map(judged).collect()));
            }
            Step::Forked => return Ok(PushAnswer::Forked),
        }
    }
    tx.look_ahead(asked[replayed..].iter().flat_map(Asked::keys))?;

    let mut verdicts = Vec::with_capacity(asked.len());
    for run in runs(asked.into_iter().zip(request.first..)) {
        verdicts.extend(judge_run(tx, actor, run)?);
    }
    let verdicts: Vec<Judged> = ids.into_iter().zip(verdicts).map(|(id, verdict)| Judged { id, verdict }).collect();
    if expected > last || skipped.is_some() {
        apply::set_last_number(tx, phone.account, request.store, expected)?;
    }
    Ok(taken(verdicts))
}

fn read_all(operations: &[Box<RawValue>]) -> Result<Vec<Asked>, Malformed> {
    operations.iter().cloned().map(|bytes| Sent::read(bytes).map(Asked::from)).collect()
}

/// An operation with its number in the stream.
type Numbered = (Asked, u64);

fn group_of((one, _): &Numbered) -> Option<Group> {
    one.sent().operation.group
}

/// Cuts a push into single operations and whole groups.
fn runs(numbered: impl Iterator<Item = Numbered>) -> impl Iterator<Item = Vec<Numbered>> {
    let mut rest = numbered.peekable();
    std::iter::from_fn(move || {
        let mut run = vec![rest.next()?];
        if let Some(group) = group_of(&run[0]) {
            let belongs = |next: &Numbered| group_of(next).is_some_and(|of| of.id == group.id);
            run.extend(std::iter::from_fn(|| rest.next_if(belongs)));
        }
        Some(run)
    })
}

fn judge_run(tx: &mut ApplyTx<'_>, actor: &Actor, run: Vec<Numbered>) -> Result<Vec<Verdict>> {
    if is_whole(&run) {
        return apply_group(tx, actor, run);
    }
    let judge = |one: Numbered| match (group_of(&one), one) {
        (None, (one, number)) => apply::apply(tx, actor, one, Some(number)),
        // Torn or too large: a group travels whole, so this is not one of ours.
        (Some(_), (one, number)) => apply::refuse(tx, actor, one, number, Code::Group),
    };
    run.into_iter().map(judge).collect()
}

/// Whether a run is all of its group, in order, and within bounds.
fn is_whole(run: &[Numbered]) -> bool {
    let bytes: usize = run.iter().map(|(one, _)| one.sent().bytes.get().len()).sum();
    let in_order = run.iter().zip(0..).all(|(one, index)| {
        group_of(one).is_some_and(|group| group.index == index && group.count as usize == run.len())
    });
    in_order && run.len() <= MAX_GROUP as usize && bytes <= MAX_GROUP_BYTES
}
