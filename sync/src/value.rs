//! Values of fields and the hash by which a person's edit says what they saw.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fmt;

/// The first 128 bits of the SHA-256 of a value's canonical JSON (keys sorted, no spaces).
/// An absent field has the hash of `null`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ValueHash([u8; 16]);

impl ValueHash {
    /// The hash of one value.
    pub fn of(value: &Value) -> Self {
        let mut canonical = String::new();
        write_canonical(value, &mut canonical);
        let mut short = [0; 16];
        short.copy_from_slice(&Sha256::digest(canonical.as_bytes())[..16]);
        Self(short)
    }

    /// The hash of a text.
    pub fn of_text(text: &str) -> Self {
        Self::of(&Value::String(text.to_owned()))
    }
}

/// Sorted whatever the map underneath does: a feature of serde_json switched on by some
/// other crate must not change a hash.
fn write_canonical(value: &Value, out: &mut String) {
    match value {
        Value::Array(items) => {
            out.push('[');
            for (n, item) in items.iter().enumerate() {
                if n > 0 {
                    out.push(',');
                }
                write_canonical(item, out);
            }
            out.push(']');
        }
        Value::Object(map) => {
            let mut keys: Vec<&String> = map.keys().collect();
            keys.sort_unstable();
            out.push('{');
            for (n, key) in keys.into_iter().enumerate() {
                if n > 0 {
                    out.push(',');
                }
                out.push_str(&Value::String(key.clone()).to_string());
                out.push(':');
                write_canonical(&map[key], out);
            }
            out.push('}');
        }
        plain => out.push_str(&plain.to_string()),
    }
}

impl fmt::Display for ValueHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ValueHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for ValueHash {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ValueHash {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let wrong = || serde::de::Error::custom("a value hash is 32 hexadecimal digits");
        if text.len() != 32 || !text.is_ascii() {
            return Err(wrong());
        }
        let mut bytes = [0; 16];
        for (n, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * n..2 * n + 2], 16).map_err(|_| wrong())?;
        }
        Ok(Self(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn key_order_does_not_matter_and_content_does() {
        let one = ValueHash::of(&json!({"a": 1, "b": [true, null]}));
        let two = ValueHash::of(&serde_json::from_str(r#"{"b":[true,null],"a":1}"#).expect("JSON"));
        assert_eq!(one, two);
        assert_ne!(one, ValueHash::of(&json!({"a": 1, "b": [true]})));
        assert_eq!(ValueHash::of_text("x").to_string().len(), 32);
    }
}
