use super::paper::PARTS;
use super::shape::{Entry, kinds_of_a_child};
use domain::kinds;
use serde_json::json;
use sync::record::{Alternative, Stamp};
use sync::{Kind, Micros, OperationId, PersonId, Record, RecordId};
use uuid::Uuid;

/// A record with everything that any record can have.
fn full() -> (RecordId, Record) {
    let stamp = |n| Stamp { op: OperationId(Uuid::from_u128(n)), by: PersonId(Uuid::from_u128(n + 1)), at: Micros(7) };
    let mut record = Record::new(stamp(1), Some(Uuid::from_u128(9)), Some(Uuid::from_u128(8)));
    record.set("vision", json!("She reads."), stamp(3));
    record.fields.insert("later".into(), json!({"a": [1, null, "two"]}));
    let version = |n, value| Alternative { stamp: stamp(n), value: json!(value), saw: Some(json!("It was.")) };
    record.open.insert("vision".into(), vec![version(4, "She reads."), version(5, "She writes.")]);
    record.unknown.insert("z".into(), json!(true));
    (RecordId(Uuid::from_u128(6)), record)
}

#[test]
fn a_record_of_any_kind_comes_out_of_a_copy_as_it_went_in() {
    let (id, record) = full();
    let student = RecordId(record.subject.expect("about a child"));
    let entry = Entry::of(id, Micros(11), record.clone());
    let read: Entry = serde_json::from_value(serde_json::to_value(&entry).expect("JSON")).expect("an entry");
    assert_eq!(read, entry);
    assert_eq!(read.record(student), record);
}

/// Whoever adds a kind of records says where the pages tell it.
#[test]
fn every_kind_of_records_is_in_the_copy_and_on_its_pages() {
    let told: Vec<&Kind> = PARTS.iter().flat_map(|(kinds, _)| kinds.iter()).collect();
    for kind in kinds_of_a_child() {
        assert!(told.contains(&&kind), "no part of the pages tells {kind}");
    }
    let left_out: Vec<Kind> =
        kinds::ALL.into_iter().filter(|kind| !kinds_of_a_child().any(|in_it| in_it == *kind)).collect();
    assert_eq!(left_out, [kinds::ORG], "schools are about no child");
}
