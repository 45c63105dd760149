//! What people type comes back byte for byte, or is refused by name.

use domain::check::MAX_TEXT;
use sync::Verdict;
use sync::push::PushAnswer;
use sync::verdict::Code;
use tests::World;
use tests::wire::{code_of, raw, visit};

/// A family of four joined into one sign, right-to-left text with its marks, control
/// characters, both spellings of é, what JSON and HTML escape, and the planes' last sign.
const HARD: &str = "👩‍👩‍👧‍👦 \u{202e}שלום עולם\u{202c} مرحبا \u{0001}\u{0007}\u{001f}\u{007f} é e\u{301} \\ \" </script> \u{2028}\r\n\t \u{10ffff}";

#[test]
fn any_text_comes_back_byte_for_byte() {
    for stage in World::of_ana().on_each_engine() {
        let (mut pat, mut mia) = (stage.phone_of("pat"), stage.phone_of("mia"));
        pat.log_visit("ana", HARD);
        mia.edit_statement("ana", "vision", HARD);
        mia.sync();
        assert_eq!(mia.notes("ana"), [HARD]);
        let mut tablet = stage.phone_of("mia");
        assert_eq!((tablet.statement("ana", "vision"), tablet.notes("ana")), (HARD.into(), vec![HARD.into()]));
        assert_eq!((stage.notes("ana"), stage.statement("ana", "vision")), (vec![HARD.into()], HARD.into()));
    }
}

#[test]
fn a_null_character_is_text_like_any_other() {
    for stage in World::of_ana().on_each_engine() {
        let (mut pat, mut mia) = (stage.phone_of("pat"), stage.phone_of("mia"));
        pat.log_visit("ana", "before\0after");
        mia.sync();
        assert_eq!((mia.notes("ana"), pat.unsent()), (vec!["before\0after".into()], 0));
    }
}

#[test]
fn a_note_of_two_megabytes_is_refused_on_the_phone_and_by_the_server() {
    for stage in World::of_ana().on_each_engine() {
        let mut pat = stage.phone_of("pat");
        let huge = "x".repeat(2 << 20);
        pat.log_visit("ana", &huge);
        assert_eq!((pat.refused.clone(), pat.unsent()), (vec!["INVALID".into()], 0));

        let mut wire = stage.wire_of("pat");
        let mut push = wire.request(1, &[]);
        push.operations = vec![raw(&format!("\"{huge}\""))];
        assert_eq!(wire.refused(&push), "BAD_USER_INPUT");
        let named = Verdict::Rejected { code: Code::Invalid, field: Some("note".into()) };
        let long = visit(1, stage.server.clock.now().plus_days(-1), &"x".repeat(MAX_TEXT + 1));
        assert_eq!(wire.verdicts(1, &[long]), [named]);
        let longest = visit(2, stage.server.clock.now().plus_days(-1), &"é".repeat(MAX_TEXT));
        assert_eq!(wire.verdicts(2, &[longest]), [Verdict::Applied]);
        assert_eq!(stage.notes("ana").len(), 1);
    }
}

#[test]
fn a_chunk_that_swells_beyond_measure_is_refused() {
    let stage = World::of_ana().on_sqlite();
    let mut pat = stage.wire_of("pat");
    // 64 MB of blanks pack into 64 kB.
    let bomb = sync::wire::close_json(&vec![b' '; 64 << 20]);
    let answer = pat.try_chunk(&bomb).expect("an answer");
    assert_eq!(code_of(&answer), "BAD_USER_INPUT");
}

#[test]
fn bytes_that_are_no_text_are_refused_and_the_line_lives_on() {
    for stage in World::of_ana().on_each_engine() {
        let mut pat = stage.wire_of("pat");
        for body in [&b"{\"query\":\"{version}\xff\"}"[..], b"\xff\xfe", b"", b"{", b"[]", b"null"] {
            let answer = pat.try_graphql(body).expect("an answer");
            assert!((400..500).contains(&answer.status), "{body:?}: {}", answer.status);
        }
        // Invalid inside the chunk: JSON that was packed by hand.
        let chunk = sync::wire::close_json(b"{\"wire\":1,\"note\":\"\xff\"}");
        let answer = pat.try_chunk(&chunk).expect("an answer");
        assert_eq!(code_of(&answer), "BAD_USER_INPUT");
        let empty = pat.request(1, &[]);
        assert!(matches!(pat.push(&empty), PushAnswer::Taken { .. }));
    }
}
