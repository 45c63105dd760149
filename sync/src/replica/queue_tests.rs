//! What travels, and what an answer means.

use super::*;
use crate::{Kind, push::Judged};
use serde_json::{Map, json};
use uuid::Uuid;

fn op(n: u128) -> OperationId {
    OperationId(Uuid::from_u128(n))
}

fn record(n: u128) -> RecordId {
    RecordId(Uuid::from_u128(n))
}

fn alone(n: u128, size: usize) -> Waiting {
    Waiting { id: op(n), size, group: None }
}

fn member(n: u128, index: u32, count: u32, size: usize) -> Waiting {
    Waiting { group: Some(Group { id: op(99), index, count }), ..alone(n, size) }
}

fn create(id: u128, parent: Option<u128>) -> Change {
    let parent = parent.map(Uuid::from_u128);
    Change::Create { kind: Kind::known("visit"), id: record(id), subject: None, parent, fields: Map::new() }
}

fn edit(id: u128, base: Base) -> Change {
    let field = "note".to_owned();
    Change::Edit { kind: Kind::known("visit"), id: record(id), subject: None, field, base, value: json!("") }
}

#[test]
fn a_push_is_bounded_and_never_tears_a_group() {
    assert_eq!(batch(&[]), 0);
    assert_eq!(batch(&[alone(1, 10), alone(2, 10)]), 2);
    assert_eq!(batch(&[alone(1, MAX_PUSH - 5), alone(2, 10), alone(3, 1)]), 1);
    assert_eq!(batch(&[alone(1, MAX_PUSH + 5), alone(2, 10)]), 1, "a large one travels alone");
    assert_eq!(batch(&[alone(1, MAX_PUSH - 15), member(2, 0, 2, 10), member(3, 1, 2, 10)]), 1);
    assert_eq!(batch(&[member(2, 0, 2, MAX_PUSH - 5), member(3, 1, 2, 10), alone(4, 1)]), 2);
    let many: Vec<_> = (0..2_000).map(|n| alone(n, 1)).collect();
    assert_eq!(batch(&many), MAX_OPERATIONS);
}

#[test]
fn verdicts_belong_to_what_was_sent_in_order() {
    let taken = |ids: &[u128], retry_after| PushAnswer::Taken {
        verdicts: ids.iter().map(|n| Judged { id: op(*n), verdict: Verdict::Applied }).collect(),
        retry_after,
    };
    let sent = [op(1), op(2)];
    assert_eq!(answered(&sent, taken(&[1, 2], None)).map(|a| (a.judged.len(), a.then)), Ok((2, Then::GoOn)));
    assert_eq!(answered(&sent, taken(&[1], Some(9))).map(|a| (a.judged.len(), a.then)), Ok((1, Then::Wait(9))));
    assert_eq!(answered(&sent, taken(&[1], None)), Err(Misfit));
    assert_eq!(answered(&sent, taken(&[2, 1], None)), Err(Misfit));
    assert_eq!(answered(&sent, taken(&[1, 2, 3], None)), Err(Misfit));
}

#[test]
fn what_stands_on_a_rejected_operation_is_parked_and_the_rest_goes_on() {
    let ties = |change| Ties::of(&[change], []);
    let rejected = ties(create(10, None));
    let later = [
        (op(2), ties(create(11, Some(10)))),
        (op(3), ties(create(12, None))),
        (op(4), ties(edit(11, Base::Unknown))),
        (op(5), ties(edit(12, Base::After { after: op(3) }))),
        (op(6), ties(edit(13, Base::After { after: op(4) }))),
    ];
    let parked = dependants((op(1), &rejected), Code::NotFound, &later);
    assert_eq!(parked.iter().map(|p| p.id).collect::<Vec<_>>(), [op(2), op(4), op(6)]);
    assert!(parked.iter().all(|p| p.because == Some(op(1))));
}

#[test]
fn edits_of_one_record_stand_side_by_side_and_what_refers_to_it_does_not() {
    let rejected = Ties::of(&[edit(10, Base::Unknown)], []);
    let later = [
        (op(2), Ties::of(&[edit(10, Base::Unknown)], [])),
        (op(3), Ties::of(&[edit(10, Base::Unknown)], [record(10)])),
    ];
    let parked = dependants((op(1), &rejected), Code::Invalid, &later);
    assert_eq!(parked.iter().map(|p| p.id).collect::<Vec<_>>(), [op(3)]);
}
