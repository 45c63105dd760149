//! Push: the next operations of one stream, judged in order in one transaction.

use super::{Phone, purge};
use crate::{
    apply::{self, Actor, ApplyTx, Touched, apply_group, in_agency},
    db::Db,
    error::{Error, Result},
    people,
};
use serde_json::value::RawValue;
use sync::{
    Micros, Verdict,
    operation::{MAX_GROUP, Malformed, Sent},
    push::{Judged, MAX_OPERATIONS, PushAnswer, PushReply, PushRequest, Step, step},
    verdict::Code,
    wire,
};

/// How long a phone that speaks a newer wire than this node waits for the node's update.
const NEWER_WIRE_WAIT: u64 = 60_000;

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
        return Err(Error::NotFound("agency"));
    }
    if request.operations.is_empty() {
        return Ok((reply(taken(Vec::new())), Touched::default()));
    }
    let actor = Actor::account(phone.account, facts, phone.store);
    let (answer, touched) = in_agency(db, request.agency, now, |tx| judge_all(tx, &actor, phone, request))?;
    Ok((reply(answer), touched))
}

fn taken(verdicts: Vec<Judged>) -> PushAnswer {
    PushAnswer::Taken { verdicts, retry_after: None }
}

fn judge_all(tx: &mut ApplyTx<'_>, actor: &Actor, phone: Phone, request: &PushRequest) -> Result<PushAnswer> {
    let sent = match read_all(&request.operations) {
        Ok(sent) => sent,
        Err(malformed) => {
            tracing::warn!(%malformed, "a phone pushed what is not an operation");
            return Err(Error::Invalid { field: "operations", why: "one of them is damaged or too large" });
        }
    };
    let agency = tx.agency();
    let last = apply::last_number(tx.db(), phone.account, agency, request.store)?;
    // So far out that counting on from there would leave the numbers.
    if request.first.checked_add(sent.len() as u64).is_none() {
        return Ok(PushAnswer::Expected { number: last + 1 });
    }
    let ids: Vec<_> = sent.iter().map(|one| one.operation.id).collect();
    tx.recall(&ids)?;

    // Decide for the whole push before anything is judged: a fork or a gap stores nothing.
    let mut replayed = 0;
    let mut expected = last;
    for (one, number) in sent.iter().zip(request.first..) {
        let known = tx.known.get(&one.operation.id).cloned().flatten();
        let mine = known.filter(|known| known.account == Some(phone.account)).map(|known| (known.id, known.digest));
        match step(expected, number, mine, one.operation.id, one.digest()) {
            Step::Judge => expected = number,
            Step::Replay => replayed += 1,
            Step::Gap { expected } => return Ok(PushAnswer::Expected { number: expected }),
            Step::Forked => return Ok(PushAnswer::Forked),
        }
    }
    tx.look_ahead(sent[replayed..].iter().flat_map(apply::keys_of))?;

    let numbered: Vec<(Sent, u64)> = sent.into_iter().zip(request.first..).collect();
    let mut verdicts = Vec::with_capacity(numbered.len());
    for run in groups(&numbered) {
        let judged = judge_run(tx, actor, run)?;
        verdicts.extend(run.iter().zip(judged).map(|((one, _), verdict)| Judged { id: one.operation.id, verdict }));
    }
    if expected > last {
        apply::set_last_number(tx, phone.account, request.store, expected)?;
    }
    Ok(taken(verdicts))
}

fn read_all(operations: &[Box<RawValue>]) -> Result<Vec<Sent>, Malformed> {
    operations.iter().cloned().map(Sent::read).collect()
}

/// Cuts a push into single operations and whole groups.
fn groups(numbered: &[(Sent, u64)]) -> impl Iterator<Item = &[(Sent, u64)]> {
    numbered.chunk_by(|(one, _), (next, _)| {
        let group = |sent: &Sent| sent.operation.group.map(|group| group.id);
        group(one).is_some() && group(one) == group(next)
    })
}

fn judge_run(tx: &mut ApplyTx<'_>, actor: &Actor, run: &[(Sent, u64)]) -> Result<Vec<Verdict>> {
    let [(first, number), ..] = run else { return Ok(Vec::new()) };
    match first.operation.group {
        None => Ok(vec![apply::apply(tx, actor, first, Some(*number))?]),
        Some(group) if run.len() == group.count as usize && group.count <= MAX_GROUP => apply_group(tx, actor, run),
        // Torn or too large: a group travels whole, so this is not one of ours.
        Some(_) => Ok(vec![Verdict::rejected(Code::Group); run.len()]),
    }
}
