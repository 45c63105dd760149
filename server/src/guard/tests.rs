use std::fmt::Write;
use std::time::{Duration, Instant};

use super::{Limits, Refusal, asks_about_schema, read};

fn refusal(document: &str) -> String {
    match read(document, &Limits::default()) {
        Ok(_) => "accepted".into(),
        Err(Refusal::Syntax(_)) => "syntax".into(),
        Err(Refusal::TooComplex(what)) => what.into(),
        Err(refusal) => panic!("reading says nothing of {refusal:?}"),
    }
}

/// Fragments that each spread the next `times`; what they come to is `times` to the `levels`.
fn bomb(levels: usize, times: usize) -> String {
    let mut document = "query { ...F0 }".to_owned();
    for level in 0..levels {
        let spread = format!("...F{} ", level + 1).repeat(times);
        let _ = write!(document, " fragment F{level} on Query {{ {spread} }}");
    }
    let _ = write!(document, " fragment F{levels} on Query {{ hello }}");
    document
}

#[test]
fn what_people_ask_is_accepted() {
    let introspection = "query { __schema { types { name fields { name type { name ofType { name ofType { name ofType \
        { name ofType { name ofType { name ofType { name ofType { name } } } } } } } } } } } }";
    for document in ["{ hello }", "query a { x } query b { y }", &bomb(5, 2), introspection] {
        assert_eq!(refusal(document), "accepted", "{document}");
    }
}

#[test]
fn each_limit_has_its_sentence() {
    let many = |one: &str, times: usize| one.repeat(times);
    #[rustfmt::skip]
    let table = [
        (format!("{{ a {} }}", many(" ", 16 * 1024)),                                   "the document is too long"),
        (format!("{{ {} }}", many("a ", 21)),                                           "too many fields at the top"),
        (format!("{{ a {{ {} }} }}", many("b ", 501)),                                  "too many fields"),
        (format!("{{ a {{ {} }} }}", many("x: b ", 51)),                                "too many aliases"),
        (format!("{{ a {} }}", many("@skip(if: false) ", 51)),                          "too many directives"),
        (format!("{{ a {} b {} }}", many("{ c ", 16), many("}", 16)),                   "nested too deep"),
        (many("query { a } ", 21).replace("query", "query x"),                          "syntax"),
        ((0..21).map(|n| format!("query q{n} {{ a }} ")).collect(),                     "too many operations"),
        ("{ ...A } fragment A on Query { ...A }".into(),                                "a fragment spreads itself"),
        ("{ a } fragment A on Query { ...B } fragment B on Query { ...A }".into(),      "a fragment spreads itself"),
        (bomb(40, 1),                                                                   "fragments are nested too deep"),
        ("{ hello".into(),                                                              "syntax"),
    ];
    for (document, expected) in table {
        assert_eq!(refusal(&document), expected, "{}", &document[..document.len().min(60)]);
    }
}

#[test]
fn operations_do_not_share_one_allowance_twenty_times() {
    let body = "b ".repeat(30);
    let document: String = (0..20).map(|n| format!("query q{n} {{ a {{ {body} }} }} ")).collect();
    assert_eq!(refusal(&document), "too many fields");
}

#[test]
fn a_bomb_costs_no_more_than_its_text() {
    for document in
        [bomb(30, 2), bomb(31, 15), format!("{} query other {{ a }}", bomb(30, 2).replace("query {", "query bomb {"))]
    {
        let started = Instant::now();
        assert_eq!(refusal(&document), "the document expands too far");
        assert!(started.elapsed() < Duration::from_millis(500));
    }
}

#[test]
fn a_fragment_that_nobody_spreads_is_counted_all_the_same() {
    let document = bomb(30, 2).replace("query { ...F0 }", "query { hello }");
    assert_eq!(refusal(&document), "the document expands too far");
}

#[test]
fn a_mistake_is_shown_without_repeating_the_document() {
    let document = format!("{{ a(text: \"{}\" ", "secret ".repeat(1_000));
    let Err(Refusal::Syntax(message)) = read(&document, &Limits::default()) else {
        panic!("not refused");
    };
    assert!(message.len() < 310, "{}", message.len());
}

#[test]
fn questions_about_the_schema_are_found_wherever_they_hide() {
    let asks = |text: &str| asks_about_schema(&read(text, &Limits::default()).expect("it is sound"));
    for text in [
        "{ __schema { types { name } } }",
        "{ hello: __type(name: \"Student\") { name } }",
        "{ ... { ... on Query { __schema { types { name } } } } }",
        "query a { hello } query b { ...F } fragment F on Query { __schema { types { name } } }",
    ] {
        assert!(asks(text), "{text}");
    }
    assert!(!asks("{ __typename nested { __typename } }"));
}
