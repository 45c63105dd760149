//! What phones and the server say to each other on ordinary days, and what each is told.

use super::*;

#[test]
fn a_visit_made_offline_reaches_the_family_and_a_replay_changes_nothing() {
    for db in fresh_databases() {
        world(&db);
        let (mut provider, mut mother) = (TestPhone::of(PROVIDER), TestPhone::of(MOTHER));
        let note = "👩‍👧‍👦 שלום \u{0007} worked on /r/";
        let sent = [visit(1, NOW.plus_days(-3), note)];
        assert_eq!(provider.push(&db, &sent, NOW), [Verdict::Applied]);
        let again = provider.answer(&db, &provider.request(1, &sent), NOW.plus_days(1));
        assert!(matches!(again, PushAnswer::Taken { verdicts, .. } if verdicts[0].verdict == Verdict::Applied));
        mother.pull(&db, NOW);
        assert_eq!(mother.texts("visit", "note"), [note]);
        assert_eq!(mother.texts("goal", "title"), ["Reads aloud"]);
        assert_eq!(mother.rows.keys().filter(|(_, kind, _)| kind == "point").count(), 1);
    }
}

#[test]
fn an_idle_pull_brings_nothing_and_leaves_the_cursor() {
    for db in fresh_databases() {
        world(&db);
        let mut mother = TestPhone::of(MOTHER);
        assert!(mother.pull(&db, NOW) > 0);
        let cursor = mother.cursor.clone();
        assert_eq!(mother.pull(&db, NOW), 0);
        assert_eq!(mother.cursor.is_some(), cursor.is_some());
    }
}

#[test]
fn gaps_forks_and_foreign_stores_store_nothing() {
    for db in fresh_databases() {
        world(&db);
        let mut provider = TestPhone::of(PROVIDER);
        let one = visit(1, NOW.plus_days(-3), "one");
        let gap = provider.answer(&db, &provider.request(2, std::slice::from_ref(&one)), NOW);
        assert_eq!(gap, PushAnswer::Expected { number: 1 });
        provider.push(&db, std::slice::from_ref(&one), NOW);
        let other = visit(2, NOW.plus_days(-2), "two");
        assert_eq!(provider.answer(&db, &provider.request(1, &[other]), NOW), PushAnswer::Forked);
        let same_id_other_bytes = visit(1, NOW.plus_days(-3), "one, changed");
        assert_eq!(provider.answer(&db, &provider.request(1, &[same_id_other_bytes]), NOW), PushAnswer::Forked);
        let mut foreign = provider.request(2, &[]);
        foreign.store = StoreId(uuid(0xbad));
        let refused = db.write(|db| push(db, provider.phone, &foreign, NOW)).expect_err("another phone's store");
        assert!(matches!(refused, Error::Invalid { field: "store", .. }));
        let mut mother = TestPhone::of(MOTHER);
        mother.pull(&db, NOW);
        assert_eq!(mother.texts("visit", "note"), ["one"]);
    }
}

#[test]
fn a_phone_that_forked_sends_what_is_pending_in_a_new_stream_without_doubling() {
    for db in fresh_databases() {
        world(&db);
        let mut provider = TestPhone::of(PROVIDER);
        let (one, two) = (visit(1, NOW.plus_days(-3), "one"), visit(2, NOW.plus_days(-2), "two"));
        provider.push(&db, std::slice::from_ref(&one), NOW);
        provider.store = StoreId(uuid(0x7ff));
        provider.phone.store = Some(provider.store);
        provider.next = 1;
        // The reply to `one` was lost with the old store: it is sent again under a new number.
        assert_eq!(provider.push(&db, &[two, one], NOW), [Verdict::Applied, Verdict::Applied]);
        let mut mother = TestPhone::of(MOTHER);
        mother.pull(&db, NOW);
        assert_eq!(mother.texts("visit", "note"), ["one", "two"]);
        assert_eq!(mother.rows.keys().filter(|(_, kind, _)| kind == "visit").count(), 2);
    }
}

#[test]
fn wire_versions_are_told_what_to_do() {
    for db in fresh_databases() {
        world(&db);
        let provider = TestPhone::of(PROVIDER);
        let mut request = provider.request(1, &[visit(1, NOW, "x")]);
        request.wire = 2;
        assert!(matches!(provider.answer(&db, &request, NOW), PushAnswer::Deferred { .. }));
        request.wire = 0;
        assert_eq!(provider.answer(&db, &request, NOW), PushAnswer::TooOld { oldest: 1 });
        let request = PullRequest { wire: 0, cursor: None, compare: Vec::new() };
        assert!(matches!(pulled(&db, provider.phone, &request, NOW), PullReply::TooOld { .. }));
    }
}

#[test]
fn what_is_out_of_reach_reads_as_not_found() {
    for db in fresh_databases() {
        world(&db);
        let stranger = RecordId(uuid(0x99));
        let mut provider = TestPhone::of(PROVIDER);
        let of_another: Value = json!({"visit": uuid(0x2001), "student": stranger, "service": "speech",
            "startedAt": NOW, "endedAt": NOW, "attendance": "present"});
        let of_another: domain::visit::LogVisit = serde_json::from_value(of_another).expect("a visit");
        let unknown = Sent::write(Operation {
            name: "Teleport".into(),
            ..operation(3, NOW, &of_another.clone().into()).operation
        })
        .expect("small");
        let verdicts = provider.push(
            &db,
            &[operation(1, NOW, &of_another.into()), statement(2, Base::Unknown, "mine"), unknown],
            NOW,
        );
        assert_eq!(
            verdicts,
            [
                Verdict::rejected(Code::NotFound),
                Verdict::rejected(Code::NotFound),
                Verdict::rejected(Code::UnknownOperation)
            ]
        );
    }
}

#[test]
fn two_guardians_who_wrote_the_same_sentence_choose_and_the_choice_reaches_both() {
    for db in fresh_databases() {
        world(&db);
        let (mut mother, mut father) = (TestPhone::of(MOTHER), TestPhone::of(FATHER));
        let empty = Base::Seen { seen: ValueHash::of(&Value::Null), text: None };
        mother.push(&db, &[statement(1, empty, "She reads.")], NOW);
        mother.push(&db, &[statement(2, saw("She reads."), "She loves to read.")], NOW);
        let verdicts = father.push(
            &db,
            &[
                statement(3, saw("She reads."), "She learns to read."),
                // His own second edit of it, made offline too.
                statement(4, Base::After { after: OperationId(uuid(3)) }, "She learns to read well."),
            ],
            NOW,
        );
        assert!(verdicts.iter().all(|verdict| matches!(verdict, Verdict::Conflict { .. })));
        mother.pull(&db, NOW);
        let open = |phone: &TestPhone| -> Vec<Value> {
            let statement = phone.rows.iter().find(|((_, kind, _), _)| kind == "statement").expect("a statement").1;
            statement.open.get("vision").into_iter().flatten().map(|voice| voice.value.clone()).collect()
        };
        assert_eq!(open(&mother), [json!("She loves to read."), json!("She learns to read well.")]);

        let choice = family::Resolve {
            kind: "statement".into(),
            record: family::statement_of(ana()),
            student: ana(),
            field: "vision".into(),
            saw: vec![shown(2, "She loves to read."), shown(4, "She learns to read well.")],
            value: json!("She loves to read."),
        };
        assert_eq!(mother.push(&db, &[operation(5, NOW, &choice.into())], NOW), [Verdict::Applied]);
        for phone in [&mut mother, &mut father] {
            phone.pull(&db, NOW);
            assert!(open(phone).is_empty());
            assert_eq!(phone.texts("statement", "vision"), ["She loves to read."]);
        }
    }
}

#[test]
fn when_an_assignment_ends_the_data_leave_and_an_earlier_visit_still_arrives() {
    for db in fresh_databases() {
        world(&db);
        let mut provider = TestPhone::of(PROVIDER);
        provider.pull(&db, NOW);
        assert!(!provider.texts("goal", "title").is_empty());
        db.write(|db| end_assignment(db, NOW)).expect("it ends");
        let later = NOW.plus_days(2);
        let before = visit(1, NOW.plus(-DAY), "before the end");
        let after = visit(2, NOW.plus(DAY), "after the end");
        assert_eq!(provider.push(&db, &[before, after], later), [Verdict::Applied, Verdict::Applied]);
        provider.pull(&db, later);
        assert!(provider.texts("goal", "title").is_empty());
        assert_eq!(provider.purged.len(), 3);
        let mut mother = TestPhone::of(MOTHER);
        mother.pull(&db, later);
        // What does not fit the assignment arrives marked for a person to look at.
        assert_eq!(mother.texts("visit", "review"), ["", "late"]);
    }
}

#[test]
fn a_group_is_taken_whole_or_not_at_all() {
    for db in fresh_databases() {
        world(&db);
        let mut provider = TestPhone::of(PROVIDER);
        let grouped = |n: u128, index: u32, count: u32, started: Micros| {
            let single = visit(n, started, "one of two").operation;
            let group = Some(Group { id: OperationId(uuid(0x6)), index, count });
            Sent::write(Operation { group, ..single }).expect("small")
        };
        let mut bad = grouped(2, 1, 2, NOW.plus_days(-1)).operation;
        bad.body.insert("service".into(), json!("astrology"));
        let bad = Sent::write(bad).expect("small");
        let verdicts = provider.push(&db, &[grouped(1, 0, 2, NOW.plus_days(-1)), bad], NOW);
        assert_eq!(verdicts[0], Verdict::rejected(Code::Group));
        assert!(matches!(verdicts[1], Verdict::Rejected { code: Code::Invalid, .. }));
        let torn = provider.push(&db, &[grouped(3, 0, 2, NOW.plus_days(-1))], NOW);
        assert_eq!(torn, [Verdict::rejected(Code::Group)]);
        let mut mother = TestPhone::of(MOTHER);
        mother.pull(&db, NOW);
        assert!(mother.texts("visit", "note").is_empty());
    }
}

#[test]
fn a_tampered_or_foreign_cursor_begins_from_nothing_and_a_new_epoch_says_so() {
    for db in fresh_databases() {
        world(&db);
        let mut mother = TestPhone::of(MOTHER);
        mother.pull(&db, NOW);
        let cursor = mother.cursor.clone().expect("a cursor");
        let ask = |phone: Phone, cursor: String| {
            let request = PullRequest { wire: 1, cursor: Some(cursor), compare: Vec::new() };
            pulled(&db, phone, &request, NOW)
        };
        assert!(matches!(ask(mother.phone, format!("{cursor}A")), PullReply::UnknownCursor));
        assert!(matches!(ask(TestPhone::of(FATHER).phone, cursor.clone()), PullReply::UnknownCursor));
        db.write(|db| Ok(db::begin_epoch(db, uuid(0xe), NOW)?)).expect("restored");
        assert!(matches!(ask(mother.phone, cursor), PullReply::NewEpoch));
    }
}

#[test]
fn a_cursor_that_knows_other_scopes_by_these_names_is_worth_nothing() {
    for db in fresh_databases() {
        world(&db);
        let mut mother = TestPhone::of(MOTHER);
        mother.pull(&db, NOW);
        let account = mother.phone.account;
        let cursor = Cursor::open(mother.cursor.as_deref().expect("a cursor"), KEY, account).expect("ours");
        let ask = |layout: u16| {
            let cursor = Some(Cursor { layout, ..cursor.clone() }.seal(KEY, account));
            pulled(&db, mother.phone, &PullRequest { wire: 1, cursor, compare: Vec::new() }, NOW)
        };
        assert!(matches!(ask(domain::scope::LAYOUT), PullReply::Page(_)));
        assert!(matches!(ask(domain::scope::LAYOUT + 1), PullReply::UnknownCursor));
    }
}

#[test]
fn a_large_first_sync_comes_in_pages_whose_sums_add_up() {
    for db in fresh_databases() {
        world(&db);
        let mut provider = TestPhone::of(PROVIDER);
        let long = "A long note. ".repeat(500);
        for batch in 0..3 {
            let visits: Vec<Sent> = (0..50).map(|n| visit(1 + batch * 50 + n, NOW.plus_days(-3), &long)).collect();
            provider.push(&db, &visits, NOW);
        }
        let mut fresh = TestPhone::of(PROVIDER);
        let (mut pages, mut sums) = (0, BTreeMap::new());
        let mut versions: BTreeMap<Scope, sync::page::Sum> = BTreeMap::new();
        loop {
            let page = fresh.page(&db, NOW);
            pages += 1;
            for row in &page.rows {
                let sum = versions.entry(page.scopes[row.scope as usize].clone()).or_default();
                *sum = sum.with(&Kind::from(row.kind.name().to_owned()), row.id, row.version);
            }
            sums.extend(page.sums.iter().map(|sum| (page.scopes[sum.scope as usize].clone(), sum.sum)));
            let complete = page.complete;
            fresh.take(page);
            if complete {
                break;
            }
        }
        assert!(pages > 1, "150 notes of 6 kB do not fit one page");
        assert_eq!(versions, sums);
        assert_eq!(fresh.rows.keys().filter(|(_, kind, _)| kind == "visit").count(), 150);
    }
}

#[test]
fn a_note_that_is_too_long_is_rejected_by_name_and_one_of_two_megabytes_stores_nothing() {
    for db in fresh_databases() {
        world(&db);
        let mut provider = TestPhone::of(PROVIDER);
        let long = visit(1, NOW.plus_days(-1), &"x".repeat(20_001));
        let named = Verdict::Rejected { code: Code::Invalid, field: Some("note".into()) };
        assert_eq!(provider.push(&db, &[long], NOW), [named]);
        let mut huge = provider.request(2, &[]);
        let body = serde_json::to_string(&"x".repeat(2_000_000)).expect("JSON");
        huge.operations = vec![serde_json::value::RawValue::from_string(body).expect("JSON")];
        let refused = db.write(|db| push(db, provider.phone, &huge, NOW)).expect_err("too large");
        assert!(matches!(refused, Error::Invalid { field: "operations", .. }));
    }
}

#[test]
fn an_account_that_is_nobody_in_the_agency_finds_no_agency() {
    for db in fresh_databases() {
        world(&db);
        let stranger = TestPhone::of(0x123);
        let refused = db.write(|db| push(db, stranger.phone, &stranger.request(1, &[]), NOW)).expect_err("nobody");
        assert!(matches!(refused, Error::NotFound));
    }
}
