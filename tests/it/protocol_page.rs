//! `docs/sync.md` against the code. Each example is read by the type that it is an example of and
//! written again alike; numbers and lists in the text are what the code has. Whether the page is
//! enough to write a client from is told by `second_client`.

use std::collections::BTreeMap;
use std::path::Path;

use domain::{intent, kinds};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use sync::operation::{self, Base, Group};
use sync::page::{PullReply, PullRequest};
use sync::push::{self, PushReply, PushRequest};
use sync::value::ValueHash;
use sync::{Record, Verdict, wire};

/// The page.
fn page() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/sync.md");
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Its fenced examples, by the word after `json`.
fn examples() -> BTreeMap<String, String> {
    let page = page();
    let fenced = page.split("```json ").skip(1).map(|rest| rest.split("```").next().unwrap_or_default());
    fenced.filter_map(|fenced| fenced.split_once('\n')).map(|(name, text)| (name.to_owned(), text.to_owned())).collect()
}

/// One of its examples, as it stands there.
pub(crate) fn example(name: &str) -> String {
    examples().remove(name).unwrap_or_else(|| panic!("docs/sync.md has no example {name}"))
}

/// The example reads as a `T` that says the same.
fn is<T: DeserializeOwned + Serialize>(name: &str, text: &str) {
    let read: T = serde_json::from_str(text).unwrap_or_else(|error| panic!("{name}: {error}\n{text}"));
    let meant: Value = serde_json::from_str(text).expect("JSON");
    assert_eq!(serde_json::to_value(&read).expect("JSON"), meant, "{name}");
}

/// The same of each in a list.
fn are<T: DeserializeOwned + Serialize>(name: &str, text: &str) {
    let list: Vec<Box<RawValue>> = serde_json::from_str(text).expect("a list");
    assert!(!list.is_empty(), "{name}");
    list.iter().for_each(|one| is::<T>(name, one.get()));
}

#[test]
fn every_example_is_what_the_code_says() {
    for (name, text) in examples() {
        match name.as_str() {
            "push" => is::<PushRequest>(&name, &text),
            "push-reply" => is::<PushReply>(&name, &text),
            "push-replies" => are::<PushReply>(&name, &text),
            "verdicts" => are::<Verdict>(&name, &text),
            "bases" => are::<Base>(&name, &text),
            "group" => is::<Group>(&name, &text),
            "hashes" => hashes(&text),
            "pull" | "pull-again" => is::<PullRequest>(&name, &text),
            "pull-replies" => are::<PullReply>(&name, &text),
            "page" => is::<PullReply>(&name, &text),
            "record" => is::<Record>(&name, &text),
            // Said and heard by the second client.
            "sign-in" | "push-document" | "pull-document" => is::<Value>(&name, &text),
            _ => panic!("nothing says what the example {name} is"),
        }
    }
}

fn hashes(text: &str) {
    let pairs: Vec<(Value, String)> = serde_json::from_str(text).expect("pairs");
    for (value, hash) in pairs {
        assert_eq!(ValueHash::of(&value).to_string(), hash, "{value}");
    }
}

#[test]
fn the_chunk_on_the_page_opens() {
    assert!(page().contains("`{\"wire\":1}` may become `q1YqzyxKVbIyrAUA`"));
    assert_eq!(wire::open::<Value>("q1YqzyxKVbIyrAUA"), Ok(json!({"wire": 1})));
}

#[test]
fn numbers_codes_and_names_on_the_page_are_the_codes() {
    let page = page();
    let says = |what: &str| assert!(page.contains(what), "docs/sync.md does not say: {what}");
    says(&format!("wire version {}", wire::VERSION));
    says(&format!("at most {} MiB", wire::MAX_OPEN >> 20));
    says(&format!("each of at most {} KiB", operation::MAX_BYTES >> 10));
    says(&format!("at most {}, in one push", operation::MAX_GROUP));
    assert_eq!(push::MAX_OPERATIONS, 1_000);
    says("At most 1,000 operations in a push");
    kinds::ALL.iter().for_each(|kind| assert!(word_in(&page, kind.name()), "no kind {kind}"));
    let samples = include_str!("wire/v1/push-replies.jsonl");
    samples.split("\"code\":\"").skip(1).filter_map(|rest| rest.split('"').next()).for_each(|code| {
        says(&format!("| `{code}` |"));
    });
    let sent = page.split("What a phone sends: `").nth(1).and_then(|rest| rest.split('`').next()).expect("the list");
    sent.split_whitespace().for_each(|name| assert!(intent::NAMES.contains(&name), "no operation {name}"));
}

fn word_in(text: &str, word: &str) -> bool {
    text.split(|letter: char| !letter.is_alphanumeric()).any(|other| other == word)
}
