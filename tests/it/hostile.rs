//! Phones that say what no phone of ours would: numbers, cursors and versions that do not fit.

use serde_json::json;
use sync::page::{Held, PullReply, Sum};
use sync::push::PushAnswer;
use sync::verdict::Code;
use sync::{OperationId, Verdict};
use tests::wire::{operation, pull, raw, visit};
use tests::{Stage, World, names};
use uuid::Uuid;

fn stages() -> impl Iterator<Item = Stage> {
    World::of_ana().student("ben").goal("ties shoes").guardian("bea").on_each_engine()
}

#[test]
fn a_gap_stores_nothing_and_says_what_is_expected() {
    for stage in stages() {
        let mut pat = stage.wire_of("pat");
        let day_ago = stage.server.clock.now().plus_days(-1);
        for first in [2, 3, 1_000, u64::MAX, 0] {
            let push = pat.request(first, &[visit(1, day_ago, "too early")]);
            assert_eq!(pat.push(&push), PushAnswer::Expected { number: 1 }, "{first}");
        }
        assert!(stage.notes("ana").is_empty());
    }
}

#[test]
fn a_repeat_gets_the_same_verdicts_and_changes_nothing() {
    for stage in stages() {
        let mut pat = stage.wire_of("pat");
        let day_ago = stage.server.clock.now().plus_days(-1);
        let bad = operation(OperationId(Uuid::from_u128(9)), "LogVisit", day_ago, &json!({"student": "nobody"}));
        let sent = [visit(1, day_ago, "one"), bad, visit(2, day_ago, "two")];
        let first = pat.verdicts(1, &sent);
        assert!(matches!(
            first[..],
            [Verdict::Applied, Verdict::Rejected { code: Code::Invalid, .. }, Verdict::Applied]
        ));
        // Also when access has ended since, and together with what is new.
        stage.end_assignment("pat", "ana");
        let mut more = sent.to_vec();
        more.push(visit(3, day_ago, "three"));
        let again = pat.verdicts(1, &more);
        assert_eq!((&again[..3], again.len()), (&first[..], 4));
        assert_eq!(stage.notes("ana"), ["one", "three", "two"]);
    }
}

#[test]
fn a_known_number_with_other_content_forks_and_stores_nothing() {
    for stage in stages() {
        let mut pat = stage.wire_of("pat");
        let day_ago = stage.server.clock.now().plus_days(-1);
        pat.verdicts(1, &[visit(1, day_ago, "one")]);
        for other in [visit(2, day_ago, "two"), visit(1, day_ago, "one, changed")] {
            let push = pat.request(1, &[other, visit(3, day_ago, "three")]);
            assert_eq!(pat.push(&push), PushAnswer::Forked);
        }
        assert_eq!(stage.notes("ana"), ["one"]);
    }
}

#[test]
fn the_same_operation_from_another_phone_of_hers_is_the_same_operation() {
    for stage in stages() {
        let (mut phone, mut restored) = (stage.wire_of("pat"), stage.wire_of("pat"));
        let sent = [visit(1, stage.server.clock.now().plus_days(-1), "once")];
        assert_eq!(phone.verdicts(1, &sent), [Verdict::Applied]);
        assert_eq!(restored.verdicts(1, &sent), [Verdict::Applied]);
        assert_eq!(stage.notes("ana"), ["once"]);
    }
}

#[test]
fn an_id_that_somebody_else_used_is_no_way_to_their_words() {
    for stage in stages() {
        let (mut pat, mut mia) = (stage.wire_of("pat"), stage.wire_of("mia"));
        let sent = [visit(1, stage.server.clock.now().plus_days(-1), "his")];
        pat.verdicts(1, &sent);
        assert_eq!(mia.verdicts(1, &sent), [Verdict::rejected(Code::Exists)]);
    }
}

#[test]
fn a_child_out_of_reach_reads_like_one_that_is_not_there() {
    for stage in stages() {
        let mut pat = stage.wire_of("pat");
        let now = stage.server.clock.now();
        let edit = |n, student: Uuid| {
            let body = json!({"student": student, "field": "vision", "value": "mine"});
            operation(OperationId(Uuid::from_u128(n)), "EditStatement", now, &body)
        };
        let (ben, nobody) = (names::student("ben").0, Uuid::from_u128(404));
        let verdicts = pat.verdicts(1, &[edit(1, ben), edit(2, nobody)]);
        assert_eq!(verdicts[0], verdicts[1]);
        assert_eq!(verdicts[0], Verdict::rejected(Code::NotFound));
    }
}

#[test]
fn a_goal_of_another_child_does_not_take_a_point() {
    for stage in stages() {
        let mut pat = stage.wire_of("pat");
        let mut sent = visit(1, stage.server.clock.now().plus_days(-1), "smuggled").operation;
        sent.body["points"][0]["goal"] = json!(names::goal("ties shoes"));
        let sent = sync::operation::Sent::write(sent).expect("small");
        assert_eq!(pat.verdicts(1, &[sent]), [Verdict::rejected(Code::NotFound)]);
        assert!(stage.notes("ana").is_empty());
    }
}

#[test]
fn an_unknown_operation_is_refused_and_the_rest_goes_on() {
    for stage in stages() {
        let mut pat = stage.wire_of("pat");
        let now = stage.server.clock.now();
        let unknown = operation(OperationId(Uuid::from_u128(1)), "Teleport", now, &json!({}));
        let mut newer = visit(2, now, "from the future").operation;
        newer.v = 2;
        let newer = sync::operation::Sent::write(newer).expect("small");
        let verdicts = pat.verdicts(1, &[unknown, newer, visit(3, now.plus_days(-1), "three")]);
        let refused = Verdict::rejected(Code::UnknownOperation);
        assert_eq!(verdicts, [refused.clone(), refused, Verdict::Applied]);
    }
}

#[test]
fn a_wire_that_is_too_new_waits_and_one_that_is_too_old_is_told() {
    for stage in stages() {
        let mut pat = stage.wire_of("pat");
        let mut push = pat.request(1, &[visit(1, stage.server.clock.now().plus_days(-1), "x")]);
        push.wire = sync::wire::VERSION + 1;
        assert!(matches!(pat.push(&push), PushAnswer::Deferred { .. }));
        push.wire = sync::wire::OLDEST - 1;
        assert_eq!(pat.push(&push), PushAnswer::TooOld { oldest: sync::wire::OLDEST });
        let mut request = pull(None);
        request.wire = sync::wire::OLDEST - 1;
        assert!(matches!(pat.pull(&request), PullReply::TooOld { .. }));
        assert!(stage.notes("ana").is_empty());
    }
}

#[test]
fn a_cursor_that_was_tampered_with_begins_from_nothing() {
    for stage in stages() {
        let (mut mia, mut fred) = (stage.wire_of("mia"), stage.wire_of("fred"));
        let cursor = mia.page(None).cursor;
        assert!(mia.page(Some(&cursor)).rows.is_empty());
        let flip = |at: usize| {
            let mut bytes = cursor.clone().into_bytes();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            String::from_utf8(bytes).expect("text")
        };
        let half = cursor[..cursor.len() / 2].to_owned();
        for text in [flip(0), flip(cursor.len() / 2), half, format!("{cursor}A"), String::new(), "é".into()] {
            assert!(matches!(mia.pull(&pull(Some(&text))), PullReply::UnknownCursor), "{text:.12}");
        }
        assert!(matches!(fred.pull(&pull(Some(&cursor))), PullReply::UnknownCursor), "it is hers");
    }
}

#[test]
fn comparing_what_one_may_not_see_brings_nothing_but_the_word_to_forget_it() {
    for stage in stages() {
        let mut pat = stage.wire_of("pat");
        let hers = sync::Scope::new(names::AGENCY, domain::scope::path::family(names::student("ben")));
        let mut request = pull(None);
        request.compare = vec![Held { scope: hers.clone(), sum: Sum::default(), rows: Some(Vec::new()) }];
        let PullReply::Page(page) = pat.pull(&request) else { panic!("no page") };
        assert!(!page.scopes.contains(&hers));
        assert_eq!(page.purge, [hers]);
    }
}

#[test]
fn a_push_that_is_no_push_stores_nothing() {
    for stage in stages() {
        let mut pat = stage.wire_of("pat");
        let good = visit(1, stage.server.clock.now().plus_days(-1), "in bad company");
        for broken in ["{}", "null", "7", "\"text\"", r#"{"id":"x"}"#, "[]"] {
            let mut push = pat.request(1, std::slice::from_ref(&good));
            push.operations.push(raw(broken));
            assert_eq!(pat.refused(&push), "BAD_USER_INPUT", "{broken}");
        }
        let many: Vec<_> = (0..1_001).map(|n| visit(n, stage.server.clock.now(), "x")).collect();
        let push = pat.request(1, &many);
        assert_eq!(pat.refused(&push), "BAD_USER_INPUT");
        assert!(stage.notes("ana").is_empty());
    }
}

#[test]
fn somebody_of_another_agency_finds_none() {
    for stage in stages() {
        let mut pat = stage.wire_of("pat");
        let mut push = pat.request(1, &[visit(1, stage.server.clock.now(), "x")]);
        push.agency = sync::AgencyId(Uuid::from_u128(0xf00));
        assert_eq!(pat.refused(&push), "NOT_FOUND");
    }
}
