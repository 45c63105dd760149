//! What a phone holds and what it must hold, brought together: after a restore, a loss of
//! commits, a long absence, or a copy that went wrong.

use super::*;
use crate::replication::{forget_old, settle};
use sync::page::{Held, MAX_HELD, Sum};

/// What this phone holds of a scope, or of all, by sums or row by row.
fn held(phone: &TestPhone, scope: Option<&Scope>, row_by_row: bool) -> Vec<Held> {
    let scopes: std::collections::BTreeSet<&Scope> = phone.versions.keys().map(|(scope, ..)| scope).collect();
    let wanted = scopes.into_iter().filter(|one| scope.is_none_or(|scope| *one == scope));
    wanted
        .map(|scope| {
            let rows: Vec<_> = phone
                .versions
                .iter()
                .filter(|((of, ..), _)| of == scope)
                .map(|((_, kind, id), version)| (Kind::from(kind.clone()), *id, *version))
                .collect();
            let sum = rows.iter().fold(Sum::default(), |sum, (kind, id, version)| sum.with(kind, *id, *version));
            Held { scope: scope.clone(), sum, rows: row_by_row.then_some(rows) }
        })
        .collect()
}

fn compare(db: &Fresh, phone: &mut TestPhone, compare: Vec<Held>, now: Micros) -> Page {
    let request = PullRequest { wire: 1, cursor: phone.cursor.clone(), compare };
    page_of(pulled(db, phone.phone, &request, now))
}

fn family() -> Scope {
    Scope::new(agency(), domain::scope::path::family(ana()))
}

#[test]
fn what_is_the_same_is_known_by_its_sum_and_nothing_of_it_comes_again() {
    for db in fresh_databases() {
        world(&db);
        let mut mother = TestPhone::of(MOTHER);
        mother.pull(&db, NOW);
        db.write(|db| Ok(db::begin_epoch(db, uuid(0xe), NOW)?)).expect("restored");
        mother.cursor = None;
        let all = held(&mother, None, false);
        let page = compare(&db, &mut mother, all, NOW);
        // Only scopes of which she holds nothing are new to the server.
        assert!(page.rows.is_empty() && page.differs.is_empty() && page.complete);
        mother.take(page);
        assert_eq!(mother.pull(&db, NOW), 0);
    }
}

#[test]
fn what_differs_is_named_and_then_only_that_comes() {
    for db in fresh_databases() {
        world(&db);
        let (mut mother, mut provider) = (TestPhone::of(MOTHER), TestPhone::of(PROVIDER));
        let visits: Vec<Sent> = (0..20).map(|n| visit(n + 1, NOW.plus_days(-3), &format!("{n:02}"))).collect();
        provider.push(&db, &visits, NOW);
        mother.pull(&db, NOW);
        let whole = mother.versions.clone();

        // Her copy lost a row, kept one that is gone, and holds one in an old version.
        let keys: Vec<_> =
            mother.versions.keys().filter(|(of, kind, _)| *of == family() && kind == "visit").cloned().collect();
        mother.versions.remove(&keys[0]);
        mother.versions.insert(keys[1].clone(), 1);
        mother.versions.insert((family(), "visit".into(), RecordId(uuid(0xdead))), 2);
        let by_sum = held(&mother, Some(&family()), false);
        let page = compare(&db, &mut mother, by_sum, NOW);
        assert_eq!((page.differs.clone(), page.rows.len(), page.complete), (vec![family()], 0, false));
        mother.take(page);
        let by_rows = held(&mother, Some(&family()), true);
        let page = compare(&db, &mut mother, by_rows, NOW);
        assert_eq!((page.rows.len(), page.complete), (3, true), "one back, one new, one gone");
        mother.take(page);
        assert_eq!(mother.versions, whole);
        assert_eq!(mother.pull(&db, NOW), 0);
    }
}

#[test]
fn a_repair_that_does_not_fit_one_page_goes_on_and_brings_nothing_twice() {
    for db in fresh_databases() {
        world(&db);
        let (mut mother, mut provider) = (TestPhone::of(MOTHER), TestPhone::of(PROVIDER));
        let long = "A long note. ".repeat(500);
        for batch in 0..3 {
            let visits: Vec<Sent> = (0..50).map(|n| visit(1 + batch * 50 + n, NOW.plus_days(-3), &long)).collect();
            provider.push(&db, &visits, NOW);
        }
        mother.pull(&db, NOW);
        let whole = mother.versions.clone();
        mother.versions.retain(|(of, kind, _), _| *of != family() || kind != "visit");
        let (mut pages, mut rows) = (0, 0);
        loop {
            let say = held(&mother, Some(&family()), true);
            let page = compare(&db, &mut mother, say, NOW);
            (pages, rows) = (pages + 1, rows + page.rows.len());
            let complete = page.complete;
            mother.take(page);
            if complete {
                break;
            }
        }
        assert!(pages > 1);
        assert_eq!((rows, mother.versions), (150, whole));
    }
}

#[test]
fn a_scope_too_large_to_be_told_row_by_row_begins_anew_where_its_sum_is_wrong() {
    for db in fresh_databases() {
        world(&db);
        let (mut mother, mut provider) = (TestPhone::of(MOTHER), TestPhone::of(PROVIDER));
        let visits: Vec<Sent> = (0..20).map(|n| visit(n + 1, NOW.plus_days(-3), &format!("{n:02}"))).collect();
        provider.push(&db, &visits, NOW);
        mother.pull(&db, NOW);
        let whole = mother.versions.clone();

        // Level by her cursor, and full of what nobody ever wrote.
        for n in 0..=MAX_HELD as u128 {
            mother.versions.insert((family(), "visit".into(), RecordId(uuid(0xdead_0000 + n))), 2);
        }
        assert_eq!(mother.pull(&db, NOW), 0, "nothing changed that she does not know");
        let by_sum = held(&mother, Some(&family()), false);
        let page = compare(&db, &mut mother, by_sum, NOW);
        let fills: Vec<&Scope> = page.fill.iter().map(|index| &page.scopes[*index as usize]).collect();
        assert_eq!((fills, page.differs.len(), page.complete), (vec![&family()], 0, true));
        mother.take(page);
        assert_eq!(mother.versions, whole);
        assert_eq!(mother.pull(&db, NOW), 0);
    }
}

/// The family's scope takes more than a page, and all that ever went from it is forgotten.
fn long_and_forgetful(db: &Fresh) {
    let mut provider = TestPhone::of(PROVIDER);
    let long = "A long note. ".repeat(500);
    for batch in 0..3 {
        let visits: Vec<Sent> = (0..50).map(|n| visit(1 + batch * 50 + n, NOW.plus_days(-3), &long)).collect();
        provider.push(db, &visits, NOW);
    }
    forget(db);
}

/// What went from the family's scope until now is not known any more.
fn forget(db: &Fresh) {
    let of_family = format!("scope = '{}'", family().path);
    db.write(|db| Ok(db.batch(&format!("UPDATE scope_sum SET horizon = version WHERE {of_family}"))?)).expect("forgot");
}

#[test]
fn a_first_sync_of_many_pages_has_no_need_of_what_went_before_it_began() {
    for db in fresh_databases() {
        world(&db);
        long_and_forgetful(&db);
        let mut father = TestPhone::of(FATHER);
        let first = father.page(&db, NOW);
        assert!(!first.complete, "it takes more than a page");
        father.take(first);
        // Somebody writes in the middle of it.
        TestPhone { next: 151, ..TestPhone::of(PROVIDER) }.push(&db, &[visit(151, NOW.plus_days(-2), "late")], NOW);
        loop {
            let page = father.page(&db, NOW);
            assert!(page.differs.is_empty() && page.fill.is_empty(), "it goes on where it was");
            let complete = page.complete;
            father.take(page);
            if complete {
                break;
            }
        }
        let visits = father.versions.keys().filter(|(of, kind, _)| *of == family() && kind == "visit");
        assert_eq!(visits.count(), 151);
        assert_eq!(father.pull(&db, NOW), 0);
    }
}

#[test]
fn a_large_scope_that_begins_anew_beyond_the_horizon_comes_to_its_end() {
    for db in fresh_databases() {
        world(&db);
        let mut mother = TestPhone::of(MOTHER);
        mother.pull(&db, NOW);
        long_and_forgetful(&db);
        // She holds more than is told row by row.
        for n in 0..=MAX_HELD as u128 {
            mother.versions.insert((family(), "visit".into(), RecordId(uuid(0xdead_0000 + n))), 2);
        }
        let page = mother.page(&db, NOW);
        assert_eq!(page.differs, [family()]);
        mother.take(page);
        let by_sum = held(&mother, Some(&family()), false);
        let page = compare(&db, &mut mother, by_sum, NOW);
        assert_eq!((page.fill.len(), page.complete), (1, false), "it begins anew and takes more than a page");
        mother.take(page);
        for _ in 0..2 {
            let page = mother.page(&db, NOW);
            assert!(page.differs.is_empty(), "it is not asked about again");
            mother.take(page);
        }
        assert_eq!(mother.texts("visit", "note").len(), 1);
        assert_eq!(mother.versions.keys().filter(|(of, kind, _)| *of == family() && kind == "visit").count(), 150);
        assert_eq!(mother.pull(&db, NOW), 0);
    }
}

#[test]
fn what_goes_and_is_forgotten_while_a_scope_is_being_filled_is_compared() {
    for db in fresh_databases() {
        world(&db);
        long_and_forgetful(&db);
        let mut father = TestPhone::of(FATHER);
        let first = father.page(&db, NOW);
        father.take(first);
        // His phone lies in a drawer between two pages.
        TestPhone { next: 151, ..TestPhone::of(PROVIDER) }.push(&db, &[visit(151, NOW.plus_days(-2), "late")], NOW);
        forget(&db);
        let page = father.page(&db, NOW);
        assert_eq!((page.differs, page.complete), (vec![family()], false));
    }
}

#[test]
fn a_cursor_ahead_of_the_database_shows_that_commits_were_lost_and_a_new_timeline_begins() {
    for db in fresh_databases() {
        world(&db);
        let mut mother = TestPhone::of(MOTHER);
        mother.pull(&db, NOW);
        let cursor =
            Cursor::open(mother.cursor.as_deref().expect("a cursor"), KEY, mother.phone.account).expect("ours");
        let scopes = cursor.scopes.iter().map(|(scope, version)| (scope.clone(), version + 7)).collect();
        let cursor = Cursor { scopes, ..cursor }.seal(KEY, mother.phone.account);
        let request = PullRequest { wire: 1, cursor: Some(cursor), compare: Vec::new() };
        let reply = pulled(&db, mother.phone, &request, NOW);
        assert!(matches!(reply, PullReply::NewEpoch));
        db.write(|db| settle(db, mother.phone, (&request, &reply), KEY, (NOW, uuid(0xe)))).expect("written down");
        assert_eq!(db.read(|db| Ok(db::epoch(db)?)).expect("an epoch"), uuid(0xe));

        // Versions of the lost timeline are never given again.
        let before = mother.versions.values().max().copied();
        let mut provider = TestPhone::of(PROVIDER);
        provider.push(&db, &[visit(1, NOW.plus_days(-3), "after")], NOW);
        provider.pull(&db, NOW);
        assert!(provider.versions.values().max().copied() > before.map(|version| version + (1 << 32)));
    }
}

#[test]
fn a_phone_that_was_away_longer_than_tombstones_last_compares_and_loses_what_went() {
    for db in fresh_databases() {
        world(&db);
        let mut mother = TestPhone::of(MOTHER);
        let draft = family::input_of(ana(), PersonId(uuid(MOTHER)), 0);
        let write = |n, value: &str| {
            let edit = family::EditInput {
                input: draft,
                student: ana(),
                field: "hopes".into(),
                base: Base::Unknown,
                value: value.into(),
            };
            operation(n, NOW, &edit.into())
        };
        mother.push(&db, &[write(1, "a draft")], NOW);
        mother.pull(&db, NOW);
        // Something leaves one of her scopes while her phone lies in a drawer.
        let own = Scope::new(agency(), domain::scope::path::guardian(ana(), PersonId(uuid(MOTHER))));
        db.write(|db| bury(db, &own)).expect("it left");
        let later = NOW.plus_days(401);
        assert_eq!(forget_old(&db, later).expect("kept house"), 1);

        let page = mother.page(&db, later);
        assert_eq!((page.differs.clone(), page.complete), (vec![own.clone()], false));
        mother.take(page);
        let say = held(&mother, Some(&own), true);
        let page = compare(&db, &mut mother, say, later);
        assert!(page.complete && page.rows.iter().all(|row| matches!(row.body, Body::Gone)));
        mother.take(page);
        assert!(!mother.versions.keys().any(|(of, kind, _)| *of == own && kind == "input"));
    }
}

/// Takes the draft out of its scope, as a record does that comes to lie elsewhere.
fn bury(db: &mut Db, scope: &Scope) -> crate::error::Result<()> {
    let id = scope.agency.0.simple();
    let (agency, gone) = match db {
        Db::Pg(_) => (format!("'{}'", scope.agency.0), "true"),
        Db::Lite(_) => (format!("x'{id}'"), "1"),
    };
    let of = format!("agency = {agency} AND scope = '{}'", scope.path);
    db.batch(&format!("UPDATE head SET version = version + 1 WHERE agency = {agency}"))?;
    let head = format!("(SELECT version FROM head WHERE agency = {agency})");
    db.batch(&format!("UPDATE visible SET deleted = {gone}, version = {head} WHERE {of} AND kind = 'input'"))?;
    db.batch(&format!("UPDATE scope_sum SET version = {head}, live = 0, sum = 0 WHERE {of}"))?;
    Ok(())
}

#[test]
fn an_edit_of_words_that_a_restore_lost_stands_beside_what_is_here() {
    for db in fresh_databases() {
        world(&db);
        let (mut mother, mut father) = (TestPhone::of(MOTHER), TestPhone::of(FATHER));
        let nothing = Base::Seen { seen: ValueHash::of(&Value::Null), text: None };
        assert_eq!(mother.push(&db, &[statement(1, nothing, "She reads.")], NOW), [Verdict::Applied]);
        assert_eq!(mother.push(&db, &[statement(2, saw("She reads."), "She reads well.")], NOW), [Verdict::Applied]);

        // What stood here once is a base, also when it does not stand any more.
        let merged = father.push(&db, &[statement(3, saw("She reads."), "She reads. She sings.")], NOW);
        assert!(matches!(merged[..], [Verdict::Merged { .. }]), "{merged:?}");
        // He saw her add a sentence, and it was lost.
        let lost = "She reads well. She sings. She dances.";
        let both = father.push(&db, &[statement(4, saw(lost), &format!("{lost} She draws."))], NOW);
        assert!(matches!(both[..], [Verdict::Conflict { .. }]), "{both:?}");
        mother.pull(&db, NOW);
        let records = mother.rows.iter().filter(|((_, kind, _), _)| kind == "statement");
        let voices: Vec<Value> =
            records.flat_map(|(_, record)| &record.open["vision"]).map(|voice| voice.value.clone()).collect();
        assert_eq!(voices, ["She reads well. She sings.", "She reads well. She sings. She dances. She draws."]);
    }
}

#[test]
fn after_a_restore_a_stream_skips_what_its_phone_no_longer_has() {
    for db in fresh_databases() {
        world(&db);
        let mut provider = TestPhone::of(PROVIDER);
        provider.push(&db, &[visit(1, NOW.plus_days(-3), "one")], NOW);
        let mut asks = provider.request(5, &[]);
        assert_eq!(provider.answer(&db, &asks, NOW), PushAnswer::Expected { number: 2 });
        asks.first = 2;
        assert!(matches!(provider.answer(&db, &asks, NOW), PushAnswer::Taken { .. }));

        let four = [visit(4, NOW.plus_days(-2), "four")];
        let mut skips = provider.request(4, &four);
        assert_eq!(provider.answer(&db, &skips, NOW), PushAnswer::Expected { number: 2 });
        skips.skip = Some(2);
        for _ in 0..2 {
            let taken = provider.answer(&db, &skips, NOW);
            assert!(matches!(taken, PushAnswer::Taken { verdicts, .. } if verdicts[0].verdict == Verdict::Applied));
        }
        let five = provider.request(5, &[visit(5, NOW.plus_days(-1), "five")]);
        assert!(matches!(provider.answer(&db, &five, NOW), PushAnswer::Taken { .. }));
    }
}

#[test]
fn names_and_cards_come_before_what_a_childs_page_shows() {
    for db in fresh_databases() {
        world(&db);
        let page = TestPhone::of(PROVIDER).page(&db, NOW);
        let ranks: Vec<u8> = page.scopes.iter().map(|scope| domain::scope::rank(&scope.path)).collect();
        assert!(ranks.is_sorted() && ranks.first() != ranks.last(), "{ranks:?}");
    }
}
