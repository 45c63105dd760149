//! Pages of lists: Relay connections whose cursor is the place in the order.
//!
//! A cursor holds the sort key of the row it stands at (with an id, so that it is unique), so
//! a page costs the same wherever it is, and rows that come or go elsewhere do not shift it.
//! To clients it is opaque; its first number says how it is to be read.

use async_graphql::OutputType;
use async_graphql::connection::{Connection, CursorType, Edge, EmptyFields};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{Error, Result};

/// One page of a list of `N`, ordered by `K`.
pub type Page<K, N> = Connection<Keyset<K>, N, EmptyFields, EmptyFields>;

const USUAL: i32 = 50;
const MOST: i32 = 200;
const FORM: u8 = 1;

/// A place in an order.
pub struct Keyset<K>(pub K);

impl<K: Serialize + DeserializeOwned> CursorType for Keyset<K> {
    type Error = Error;

    fn decode_cursor(text: &str) -> Result<Self> {
        let wrong = Error::Invalid { field: "after", why: "not a cursor of this list" };
        let key = URL_SAFE_NO_PAD.decode(text).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        match key {
            Some((FORM, key)) => Ok(Self(key)),
            _ => Err(wrong),
        }
    }

    fn encode_cursor(&self) -> String {
        let bytes = serde_json::to_vec(&(FORM, &self.0)).expect("sort keys are numbers, text and ids");
        URL_SAFE_NO_PAD.encode(bytes)
    }
}

/// Which part of a list is asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Slice<K> {
    first: usize,
    /// The rows wanted come after this one.
    pub after: Option<K>,
}

impl<K: Serialize + DeserializeOwned + Send + Sync> Slice<K> {
    /// From the arguments of a list field. More than a page may hold is cut to that.
    pub fn of(first: Option<i32>, after: Option<String>) -> Result<Self> {
        let first = first.unwrap_or(USUAL);
        if first < 0 {
            return Err(Error::Invalid { field: "first", why: "not below zero" });
        }
        let after = after.map(|text| Keyset::decode_cursor(&text)).transpose()?;
        Ok(Self { first: first.min(MOST).unsigned_abs() as usize, after: after.map(|Keyset(key)| key) })
    }

    /// How many rows to read: one more than shown, which tells whether there is a next page.
    pub fn limit(&self) -> i64 {
        self.first as i64 + 1
    }

    /// The page, from rows read with [`limit`](Self::limit).
    pub fn page<R, N: OutputType>(&self, mut rows: Vec<R>, key: impl Fn(&R) -> K, node: impl Fn(R) -> N) -> Page<K, N> {
        let mut page = Connection::new(self.after.is_some(), rows.len() > self.first);
        rows.truncate(self.first);
        page.edges = rows.into_iter().map(|row| Edge::new(Keyset(key(&row)), node(row))).collect();
        page
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Names = Slice<(String, u32)>;

    #[test]
    fn a_page_knows_whether_there_is_another() {
        let rows = |names: &[&str]| names.iter().map(|name| (name.to_string(), 1)).collect::<Vec<_>>();
        let slice = Names::of(Some(2), None).unwrap();
        assert_eq!(slice.limit(), 3);

        let page = slice.page(rows(&["ana", "ben", "cleo"]), Clone::clone, |row| row.0);
        assert!(page.has_next_page && !page.has_previous_page);
        let after = page.edges[1].cursor.encode_cursor();

        let slice = Names::of(Some(2), Some(after)).unwrap();
        assert_eq!(slice.after, Some(("ben".into(), 1)));
        let page = slice.page(rows(&["cleo"]), Clone::clone, |row| row.0);
        assert!(!page.has_next_page && page.has_previous_page);
    }

    #[test]
    fn a_page_holds_so_much_and_no_more() {
        assert_eq!(Names::of(None, None).unwrap().limit(), 51);
        assert_eq!(Names::of(Some(i32::MAX), None).unwrap().limit(), 201);
        assert_eq!(Names::of(Some(0), None).unwrap().limit(), 1);
        assert!(Names::of(Some(-1), None).is_err());
    }

    #[test]
    fn a_cursor_of_another_list_is_told_so() {
        let other = Keyset(7_u8).encode_cursor();
        let newer = URL_SAFE_NO_PAD.encode(r#"[2,["ana",1]]"#);
        for text in [other, newer, "%%".into(), String::new()] {
            let refused = Names::of(None, Some(text)).unwrap_err();
            assert_eq!(refused.code(), "BAD_USER_INPUT");
        }
    }
}
