//! Documents for people: a template of ours, data as JSON and a language become a PDF that a screen
//! reader reads (PDF/UA-1: tagged, titled, in a language that is named).
//!
//! Typst sets the pages. A template is part of the program; what people wrote reaches it as data in a
//! file of its own and never as typst's source, so no text of anybody's is carried out. What no font
//! here has a sign for is shown by its number (`fonts`), since a document with a hole where
//! words stood would be worse than an ugly one.
//!
//! Setting pages is heavy work: [`Printer::print`] does it off the async threads, few at a time.

mod fonts;
mod printer;
pub mod sheet;
#[cfg(test)]
mod tests;
mod world;

use std::sync::Arc;

use anyhow::anyhow;
use chrono::{DateTime, Datelike, Timelike, Utc};
use serde_json::Value;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

pub use fonts::Fonts;
pub use printer::Printer;

use crate::error::{Error, Result};
use world::Desk;

/// What a document looks like. Each reads `/data.json` and what they share in `/common.typ`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Template {
    /// Parts with entries, to be read from end to end: a [`Sheet`](sheet::Sheet).
    Record,
}

impl Template {
    const fn source(self) -> &'static str {
        match self {
            Self::Record => include_str!("templates/record.typ"),
        }
    }
}

/// A document that is to be made.
#[derive(Clone, Debug)]
pub struct Document {
    /// How it looks.
    pub template: Template,
    /// What it says, in the shape that the template reads.
    pub data: Value,
    /// In which language its fixed words are: two or three letters.
    pub language: String,
    /// When it was made. The same document of the same moment is the same bytes.
    pub made_at: DateTime<Utc>,
}

/// The most that one document may say, in bytes of its data. It is about 6,000 pages.
pub const MOST_DATA: usize = 16 * 1024 * 1024;

/// Sets a document's pages. Takes the time that it takes: ask a [`Printer`].
pub fn render(document: &Document, fonts: &Arc<Fonts>) -> Result<Vec<u8>> {
    let mut data = document.data.clone();
    fonts.make_legible(&mut data);
    data["language"] = Value::String(document.language.clone());
    let bytes = serde_json::to_vec(&data).map_err(Error::internal)?;
    if bytes.len() > MOST_DATA {
        return Err(Error::TooComplex("this is more than one document can hold"));
    }
    let desk = Desk::new(fonts.clone(), document.template.source(), bytes);
    let made = set(&desk, document.made_at);
    // What it remembers for the next time is what people wrote about a child.
    typst::comemo::evict(0);
    made
}

fn set(desk: &Desk, made_at: DateTime<Utc>) -> Result<Vec<u8>> {
    let pages = typst::compile::<PagedDocument>(desk).output.map_err(|faults| failed(&faults))?;
    let standards = PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|_| Error::internal(anyhow!("no PDF/UA-1")))?;
    let options = PdfOptions {
        creator: Smart::Custom(Some("Aimline".to_owned())),
        timestamp: moment(made_at).map(Timestamp::new_utc),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&pages, &options).map_err(|faults| failed(&faults))
}

fn moment(at: DateTime<Utc>) -> Option<Datetime> {
    let small = |number: u32| u8::try_from(number).ok();
    let (month, day) = (small(at.month())?, small(at.day())?);
    let (hour, minute, second) = (small(at.hour())?, small(at.minute())?, small(at.second())?);
    Datetime::from_ymd_hms(at.year(), month, day, hour, minute, second)
}

/// Our fault, whatever was to be said: a template takes every text. A fault's message may repeat some
/// of it, so only where it stands in the template is kept.
fn failed(faults: &[SourceDiagnostic]) -> Error {
    let places: Vec<String> = faults.iter().map(|fault| format!("{:?}", fault.span)).collect();
    Error::internal(anyhow!("typst could not set the pages, at {}", places.join(", ")))
}
