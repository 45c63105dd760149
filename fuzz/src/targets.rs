//! The targets.

use domain::{Intent, policy, scope::lies_in};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json, value::RawValue};
use std::collections::{BTreeMap, BTreeSet};
use sync::{
    AccountId, AgencyId, Base, Change, Kind, Micros, OperationId, PersonId, Record, RecordId, Scope,
    cursor::Cursor,
    merge::{Merged, Policy, merge as merge_values, merge_text},
    operation::Sent,
    page::{Body, PullReply, PullRequest, Row},
    push::{PushReply, PushRequest},
    reconcile::{Outcome, reconcile},
    record::Stamp,
    replica::round,
    value::ValueHash,
    wire as chunks,
};
use uuid::Uuid;

/// A chunk from anybody is opened or refused, and what was opened says the same when it is
/// closed and opened again.
pub fn wire(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    // Half of them as chunks, half as what stands in one: few mutations of deflated text are
    // deflated text.
    let chunk = match first % 2 {
        0 => String::from_utf8_lossy(rest).into_owned(),
        _ => chunks::close_json(rest),
    };
    opened::<PushRequest>(&chunk);
    opened::<PushReply>(&chunk);
    opened::<PullRequest>(&chunk);
    opened::<PullReply>(&chunk);
}

fn opened<T: DeserializeOwned + Serialize>(chunk: &str) {
    if let Ok(message) = chunks::open::<T>(chunk) {
        let said = serde_json::to_string(&message).expect("the wire's own types");
        let again: T = chunks::open(&chunks::close(&message)).expect("what we close opens");
        assert_eq!(serde_json::to_string(&again).expect("the wire's own types"), said);
    }
}

/// Nothing but what was sealed for an account opens for it.
pub fn cursor(bytes: &[u8]) {
    const KEY: &[u8] = b"a key of 32 bytes, or of any size";
    let account = AccountId(Uuid::from_u128(7));
    let text = String::from_utf8_lossy(bytes);
    assert!(Cursor::open(&text, KEY, account).is_err(), "nobody sealed this");

    let number = |at: usize| bytes.get(at).copied().map_or(0, i64::from);
    let scopes = bytes.chunks(9).enumerate().map(|(n, chunk)| {
        let path = String::from_utf8_lossy(chunk).replace(char::is_control, "");
        (Scope::new(AgencyId(Uuid::from_u128(n as u128 % 3)), path), number(n) << (n % 56))
    });
    let sealed = Cursor { epoch: Uuid::from_u128(3), layout: 1, scopes: scopes.collect(), filling: BTreeMap::new() };
    let text = sealed.seal(KEY, account);
    assert_eq!(Cursor::open(&text, KEY, account), Ok(sealed));
    let mut letters = text.into_bytes();
    let place = number(0) as usize * 31 % letters.len();
    let before = std::mem::replace(&mut letters[place], b"Aa0-"[number(1) as usize % 4]);
    if letters[place] != before {
        let altered = String::from_utf8(letters).expect("base64url is ASCII");
        // The last letter may hold bits that mean nothing: then it is the same cursor.
        let opened = Cursor::open(&altered, KEY, account);
        assert!(opened.is_err() || place + 1 == altered.len(), "altered at {place}");
    }
}

/// A page from anybody is planned or torn: every row is written once, to a scope that it names.
pub fn page(bytes: &[u8]) {
    let Ok(PullReply::Page(page)) = serde_json::from_slice::<PullReply>(bytes) else { return };
    let filling: BTreeSet<Scope> = page.scopes.iter().take(page.rows.len() % 3).cloned().collect();
    let (rows, scopes, complete) = (page.rows.len(), page.scopes.clone(), page.complete);
    let text = |body: &Body| if let Body::Here(text) = body { text.capacity() } else { 0 };
    let size = |row: &Row| size_of::<Row>() + row.kind.name().len() + text(&row.body);
    let opened: usize = page.rows.iter().map(size).sum();
    assert!(opened <= chunks::MAX_OPEN, "what little text says much fills the memory");
    let Ok(plan) = round::plan(page, &filling) else { return };
    let put = || plan.direct.iter().chain(&plan.staged);
    let bodies: BTreeMap<*const u8, usize> =
        put().filter_map(|put| put.body.as_deref()).map(|body| (body.as_ptr(), body.len())).collect();
    assert!(bodies.values().sum::<usize>() <= opened, "a record is there once, however often it is named");
    assert_eq!(plan.direct.len() + plan.staged.len(), rows);
    assert_eq!(plan.publish, complete);
    assert!(put().all(|put| put.scope < scopes.len()));
    assert!(!complete || plan.staged.is_empty(), "what completes a round is not kept aside");
    assert!(plan.fill.iter().all(|scope| scopes.contains(scope)));
}

/// An operation from anybody is read or refused; one that is understood means the same when it
/// is written again, and its effect on nothing is a record that lies somewhere.
pub fn operation(bytes: &[u8]) {
    let Ok(raw) = serde_json::from_slice::<Box<RawValue>>(bytes) else { return };
    let Ok(sent) = Sent::read(raw) else { return };
    assert_eq!(sent.digest(), sent.digest());
    let Ok(intent) = Intent::read(&sent.operation) else { return };
    let again = sync::Operation { body: intent.body(), ..sent.operation.clone() };
    assert_eq!(Intent::read(&again).as_ref(), Ok(&intent), "written again it is understood alike");
    let stamp = Stamp { op: sent.operation.id, by: PersonId(Uuid::from_u128(1)), at: sent.operation.at.corrected() };
    let _ = intent.objection(&|_, _| None);
    for change in intent.changes(stamp.at) {
        let (kind, id) = change.key();
        let word = policy::of(kind, "", None);
        let (record, outcome) = reconcile(None, &change, stamp, word, &|_, _| None);
        match (record, outcome) {
            (Some(record), _) => assert!(!lies_in(kind, id, &record).is_empty(), "{kind} lies nowhere"),
            (None, Outcome::Refused(_)) => {}
            (None, outcome) => panic!("{outcome:?}, and nothing is there"),
        }
    }
}

/// Merging loses nothing silently, does not depend on who came first, and never panics.
pub fn merge(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut texts = text.split('\u{1}').map(str::to_owned).chain(std::iter::repeat(String::new()));
    let mut next = || texts.next().unwrap_or_default();
    let (base, theirs, ours) = (next(), next(), next());
    let merged = merge_text(&base, &theirs, &ours);
    assert_eq!(merged, merge_text(&base, &ours, &theirs), "the order of two does not matter");
    assert_eq!(merge_text(&base, &base, &ours).as_deref(), Some(&*ours), "only we wrote");
    assert_eq!(merge_text(&base, &theirs, &base).as_deref(), Some(&*theirs), "only they wrote");

    let word = [Policy::AppendOnly, Policy::Union, Policy::KeepBoth, Policy::Frozen, Policy::Weighty, Policy::Latest]
        [bytes.len() % 6];
    let (b, t, o) = (json!(base), json!(theirs), json!(ours));
    if let (Policy::Frozen | Policy::AppendOnly, Merged::Clean { value, .. }) =
        (word, merge_values(word, Some(&b), &t, &o))
    {
        assert_eq!(value, t, "what is final does not change");
    }
    agree(&base, &theirs, &ours, word);
}

/// Three people edit one field, one after the other, each over what the first saw.
fn agree(base: &str, theirs: &str, ours: &str, word: Policy) {
    let kind = Kind::known("statement");
    let id = RecordId(Uuid::from_u128(1));
    let stamp =
        |n: u128| Stamp { op: OperationId(Uuid::from_u128(n)), by: PersonId(Uuid::from_u128(n)), at: Micros(0) };
    let mut record = Record::new(stamp(1), None, None);
    record.fields.insert("vision".into(), json!(base));
    let edit = |value: &str| Change::Edit {
        kind: kind.clone(),
        id,
        subject: None,
        field: "vision".into(),
        base: Base::Seen { seen: ValueHash::of_text(base), text: Some(base.to_owned()) },
        value: json!(value),
    };
    for (n, value) in (2..).zip([theirs, ours, theirs]) {
        let before = record.clone();
        let (after, outcome) = reconcile(Some(record), &edit(value), stamp(n), word, &|_, _| None);
        record = after.unwrap_or_else(|| before.clone());
        assert!(record.open.values().all(|voices| voices.len() >= 2), "a conflict has two sides");
        if matches!(outcome, Outcome::Refused(_)) {
            assert_eq!(record, before, "what is refused leaves no trace");
        }
        if word == Policy::KeepBoth && matches!(outcome, Outcome::Conflict) {
            let voices: Vec<&Value> = record.open.values().flatten().map(|voice| &voice.value).collect();
            assert!(voices.contains(&&json!(value)), "a side of a conflict is kept as it was written");
        }
    }
}
