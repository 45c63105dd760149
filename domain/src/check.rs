//! Checks of what comes in: each names the field and what is wrong, never the content.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use sync::verdict::{Code, Verdict};

/// The longest free text, in characters: some ten pages. A longer one is a mistake or an attack.
pub const MAX_TEXT: usize = 20_000;

/// What is wrong with an operation.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {code:?}")]
pub struct Fault {
    /// The kind of fault.
    pub code: Code,
    /// The field, as the caller named it; empty when it is the whole.
    pub field: String,
}

impl Fault {
    /// A field that is missing, too long or makes no sense.
    pub fn invalid(field: impl Into<String>) -> Self {
        Self { code: Code::Invalid, field: field.into() }
    }
}

impl From<Fault> for Verdict {
    fn from(fault: Fault) -> Self {
        let field = (!fault.field.is_empty()).then_some(fault.field);
        Self::Rejected { code: fault.code, field }
    }
}

/// Reads a body. A wrong or missing field is named.
pub fn read<T: DeserializeOwned>(body: &Map<String, Value>) -> Result<T, Fault> {
    serde_json::from_value(Value::Object(body.clone())).map_err(|error| Fault::invalid(field_in(&error.to_string())))
}

/// serde names a missing field between backticks; other faults carry no path.
fn field_in(message: &str) -> String {
    let name = message.strip_prefix("missing field `").and_then(|rest| rest.split('`').next());
    name.unwrap_or_default().to_owned()
}

/// Free text within [`MAX_TEXT`].
pub fn text(field: &str, text: &str) -> Result<(), Fault> {
    if text.chars().take(MAX_TEXT + 1).count() > MAX_TEXT {
        return Err(Fault::invalid(field));
    }
    Ok(())
}

/// A short text that must say something, such as a title.
pub fn line(field: &str, text: &str) -> Result<(), Fault> {
    let length = text.trim().chars().take(301).count();
    if length == 0 || length > 300 { Err(Fault::invalid(field)) } else { Ok(()) }
}

/// Something that must hold.
pub fn holds(field: &str, condition: bool) -> Result<(), Fault> {
    if condition { Ok(()) } else { Err(Fault::invalid(field)) }
}
