//! Documents that are known by heart: those of our own pages and phones. They are asked for by
//! their hash, which saves sending and reading them; and an installation may carry out these and
//! no others, so that whoever steals a token has nothing but our own questions to ask with.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use async_graphql::parser::types::ExecutableDocument;
use sha2::{Digest, Sha256};

use crate::guard::{self, Limits, Refusal};

/// What the name of a document begins with.
const SCHEME: &str = "sha256:";

/// What phones ask, of every version that may still be in somebody's pocket. Tests hold the
/// phone core against a server that takes nothing else.
const PHONES: [&str; 3] = [
    "mutation($b:SyncChunk!){syncPush(batch:$b)}",
    "query($r:SyncChunk!){syncPull(request:$r)}",
    "subscription { syncPoke }",
];

/// The documents of one installation.
#[derive(Debug, Default)]
pub struct Documents {
    known: HashMap<[u8; 32], Arc<Known>>,
    only: bool,
}

/// A document that was read and checked once.
#[derive(Debug)]
pub struct Known {
    /// Its text.
    pub text: String,
    /// As it is carried out.
    pub document: ExecutableDocument,
}

impl Documents {
    /// Those of the phones, and of the pages in a folder; with `only`, no others are carried out.
    pub fn of(pages: &Path, only: bool) -> anyhow::Result<Self> {
        let file = pages.join("documents.json");
        let of_pages: BTreeMap<String, String> = match std::fs::read(&file) {
            Ok(bytes) => serde_json::from_slice(&bytes).with_context(|| format!("{} is damaged", file.display()))?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && !only => BTreeMap::new(),
            Err(error) => {
                return Err(error).with_context(|| format!("{} says what the pages ask; build them", file.display()));
            }
        };
        let texts = of_pages.into_values().chain(PHONES.map(str::to_owned));
        Self::known(texts, only)
    }

    fn known(texts: impl IntoIterator<Item = String>, only: bool) -> anyhow::Result<Self> {
        let read = |text: String| {
            let document = guard::read(&text, &Limits::default())
                .map_err(|refusal| anyhow::anyhow!("a document of the pages is refused: {refusal:?}"))?;
            Ok((Sha256::digest(&text).into(), Arc::new(Known { text, document })))
        };
        Ok(Self { known: texts.into_iter().map(read).collect::<anyhow::Result<_>>()?, only })
    }

    /// The document of that name.
    pub fn named(&self, name: &str) -> Result<Arc<Known>, Refusal> {
        let hash = name.strip_prefix(SCHEME).and_then(from_hex);
        hash.and_then(|hash| self.known.get(&hash)).cloned().ok_or(Refusal::Unknown)
    }

    /// Whether a document that was sent whole may be carried out.
    pub fn admit(&self, text: &str) -> Result<(), Refusal> {
        let hash = || -> [u8; 32] { Sha256::digest(text).into() };
        if self.only && !self.known.contains_key(&hash()) { Err(Refusal::Untrusted) } else { Ok(()) }
    }
}

fn from_hex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (byte, digits) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_found_by_its_hash_and_no_other() {
        let documents = Documents::known(["{ hello }".to_owned()], false).expect("it is sound");
        let hash: String = Sha256::digest("{ hello }").iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(documents.named(&format!("{SCHEME}{hash}")).expect("it is known").text, "{ hello }");
        for name in [
            &format!("{SCHEME}{}", "0".repeat(64)),
            &hash,
            "sha256:",
            "sha256:zz",
            "sha256:ééééééééééééééééééééééééééééééééé",
        ] {
            assert!(matches!(documents.named(name), Err(Refusal::Unknown)), "{name}");
        }
    }

    #[test]
    fn only_known_documents_are_carried_out_where_that_was_asked_for() {
        let documents = |only| Documents::known(["{ hello }".to_owned()], only).expect("it is sound");
        assert!(documents(false).admit("{ twice(number: 1) }").is_ok());
        assert!(documents(true).admit("{ hello }").is_ok());
        assert!(matches!(documents(true).admit("{ hello  }"), Err(Refusal::Untrusted)));
    }

    #[test]
    fn pages_without_their_documents_are_noticed_at_the_start() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(Documents::of(folder.path(), false).is_ok());
        let error = Documents::of(folder.path(), true).expect_err("nothing could be asked");
        assert!(format!("{error:#}").contains("documents.json"), "{error:#}");
        std::fs::write(folder.path().join("documents.json"), "{\"a\":\"{ broken\"}").expect("to write");
        assert!(Documents::of(folder.path(), false).is_err());
    }
}
