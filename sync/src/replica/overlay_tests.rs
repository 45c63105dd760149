//! A person's own words over what others wrote meanwhile.

use super::*;
use crate::{Kind, Micros, PersonId, RecordId};
use serde_json::json;
use uuid::Uuid;

const ME: PersonId = PersonId(Uuid::from_u128(1));
const OTHER: PersonId = PersonId(Uuid::from_u128(2));

fn op(n: u128) -> OperationId {
    OperationId(Uuid::from_u128(n))
}

fn stamp(n: u128, by: PersonId) -> Stamp {
    Stamp { op: op(n), by, at: Micros(n as i64) }
}

fn edit(base: Base, value: &str) -> Change {
    Change::Edit {
        kind: Kind::known("statement"),
        id: RecordId(Uuid::from_u128(9)),
        subject: None,
        field: "vision".into(),
        base,
        value: json!(value),
    }
}

fn saw(text: &str) -> Base {
    Base::Seen { seen: ValueHash::of_text(text), text: Some(text.into()) }
}

fn row(text: &str, written: Stamp) -> Record {
    let mut record = Record::new(stamp(100, OTHER), None, None);
    record.set("vision", json!(text), written);
    record
}

fn pending(n: u128, change: Change) -> Pending {
    Pending { stamp: stamp(n, ME), changes: vec![change] }
}

fn shows(row: Record, work: &[Pending]) -> (String, usize, Outcome) {
    let own = |id: &OperationId, _: &str| {
        work.iter().filter(|p| p.stamp.op == *id).find_map(|p| match &p.changes[0] {
            Change::Edit { value, .. } => Some(value.clone()),
            _ => None,
        })
    };
    let (record, outcome) = rebase(Some(row), work, &|_, _| Policy::KeepBoth, &own);
    let record = record.expect("a record");
    (record.text("vision").to_owned(), record.open.get("vision").map_or(0, Vec::len), outcome)
}

#[test]
fn pending_work_is_laid_over_what_others_wrote_meanwhile() {
    let work = [pending(1, edit(saw("One. Two."), "One. Two!"))];
    assert_eq!(shows(row("One. Two.", stamp(100, OTHER)), &work), ("One. Two!".into(), 0, Outcome::Applied));
    assert_eq!(shows(row("ONE. Two.", stamp(101, OTHER)), &work), ("ONE. Two!".into(), 0, Outcome::Merged));
    assert_eq!(shows(row("One. 2.", stamp(101, OTHER)), &work), ("One. 2.".into(), 2, Outcome::Conflict));
}

#[test]
fn what_the_server_already_wrote_is_not_laid_on_twice() {
    let work = [pending(1, edit(saw("a"), "b"))];
    assert_eq!(shows(row("b and more", stamp(1, ME)), &work), ("b and more".into(), 0, Outcome::Applied));
}

#[test]
fn an_edit_after_a_judged_one_builds_on_its_own_words() {
    let work = [pending(1, edit(saw("a"), "b")), pending(2, edit(Base::After { after: op(1) }, "c"))];
    assert_eq!(shows(row("b", stamp(1, ME)), &work), ("c".into(), 0, Outcome::Applied));
    assert_eq!(shows(row("a", stamp(100, OTHER)), &work), ("c".into(), 0, Outcome::Applied));
}

#[test]
fn unsent_edits_of_a_field_become_one_and_sent_ones_are_built_on() {
    let shown = row("seen", stamp(100, OTHER));
    let own = |attempted| Some(OwnEdit { id: op(1), attempted, base: saw("before"), value: json!("seen") });
    let next = |own| next(Some(&shown), "vision", ME, own, None);
    assert_eq!(next(own(false)), Next::Instead { of: op(1), base: saw("before") });
    assert_eq!(next(own(true)), Next::New(Base::After { after: op(1) }));
    assert_eq!(next(None), Next::New(saw("seen")));
    // Other words came into it, and the author goes on from all that they see.
    let blended = |attempted| own(attempted).map(|edit| OwnEdit { value: json!("se"), ..edit });
    assert_eq!([next(blended(false)), next(blended(true))], [Next::New(saw("seen")), Next::New(saw("seen"))]);
    // Or from their own words, which a form shows alone.
    let own_words = json!("se");
    let next = |own| super::next(Some(&shown), "vision", ME, own, Some(&own_words));
    assert_eq!(next(blended(false)), Next::Instead { of: op(1), base: saw("before") });
    assert_eq!(next(blended(true)), Next::New(Base::After { after: op(1) }));
}

#[test]
fn among_several_versions_an_author_edits_their_own() {
    let mut shown = row("theirs", stamp(100, OTHER));
    let voice = |n, by, value: &str| Alternative { stamp: stamp(n, by), value: json!(value), saw: None };
    shown.open.insert("vision".into(), vec![voice(100, OTHER, "theirs"), voice(1, ME, "mine")]);
    assert_eq!(next(Some(&shown), "vision", ME, None, None), Next::New(saw("mine")));
    // Written on another phone, and then on this one.
    shown.open.insert("vision".into(), vec![voice(1, ME, "mine"), voice(100, OTHER, "theirs"), voice(2, ME, "later")]);
    assert_eq!(next(Some(&shown), "vision", ME, None, None), Next::New(saw("later")));
    // What waits here is continued only where it is that later one.
    let waits = |n| {
        let value = json!(if n == 1 { "mine" } else { "later" });
        Some(OwnEdit { id: stamp(n, ME).op, attempted: false, base: Base::Unknown, value })
    };
    assert_eq!(next(Some(&shown), "vision", ME, waits(1), None), Next::New(saw("later")));
    let instead = Next::Instead { of: stamp(2, ME).op, base: Base::Unknown };
    assert_eq!(next(Some(&shown), "vision", ME, waits(2), None), instead);
    let nothing = Base::Seen { seen: ValueHash::of(&Value::Null), text: None };
    assert_eq!(next(None, "vision", ME, None, None), Next::New(nothing));
}
