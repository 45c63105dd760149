//! The words of the domain as the tables keep them: those of its JSON.

use domain::facts::RightsBasis;
use domain::team::TeamRole;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The word of a value that is one word.
pub(crate) fn of(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        _ => unreachable!("a plain enum is one word"),
    }
}

/// A role on a team. An unknown word, of a newer version, is none.
pub(crate) fn role(word: &str) -> Option<TeamRole> {
    read(word)
}

/// Why somebody holds rights.
pub(crate) fn basis(word: &str) -> Option<RightsBasis> {
    read(word)
}

/// The value of a word. An unknown word, of a newer version, is none.
pub(crate) fn read<T: DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(Value::String(word.to_owned())).ok()
}
