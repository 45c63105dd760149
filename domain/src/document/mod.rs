//! Signing: a signature and a consent are bound to the very bytes that the signer was shown.
//!
//! A document is frozen as renditions, one for each language. Their SHA-256 is stored once
//! and never computed again from rows. Who signed something else than what is current is
//! asked again, and what they did is kept as evidence (domain.md §8.4).

use sync::{Micros, PersonId, RecordId, verdict::Code};

/// How a rendition came to be in its language: a machine's words are no basis for consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Translation {
    /// The language it was written in.
    Original,
    /// Translated by a machine, nobody has read it.
    Machine,
    /// Read and approved by a translator.
    Approved,
}

/// One frozen rendition of one revision of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendition {
    /// The document.
    pub document: RecordId,
    /// Counts its revisions, from 1.
    pub revision: u32,
    /// BCP 47.
    pub language: String,
    /// How it came to be in that language.
    pub translation: Translation,
    /// Of the bytes that are shown.
    pub sha256: [u8; 32],
}

/// Somebody's signature or consent, as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// Whose.
    pub signer: PersonId,
    /// What they were shown.
    pub shown: Rendition,
    /// When it reached the server: the moment from which legal time runs (34 CFR
    /// 300.301(c)), whenever it was given.
    pub received: Micros,
}

/// Whether a signature is taken, given the renditions that are current and what was signed
/// before. A refusal keeps the attempt as evidence.
pub fn sign(current: &[Rendition], before: &[Signature], signature: &Signature) -> Result<(), Code> {
    if !current.contains(&signature.shown) {
        return Err(Code::DocumentChanged);
    }
    // Machine words inform; they are not what a person puts their name under.
    if signature.shown.translation == Translation::Machine {
        return Err(Code::Invalid);
    }
    let again = |other: &&Signature| {
        let (one, two) = (&other.shown, &signature.shown);
        other.signer == signature.signer && (one.document, one.revision) == (two.document, two.revision)
    };
    match before.iter().find(again) {
        Some(_) => Err(Code::Exists),
        None => Ok(()),
    }
}
