//! What the template [`Record`](super::Template::Record) reads: a title, facts, and parts with entries.

use serde::Serialize;

/// A document that is read from end to end.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Sheet {
    /// What it is.
    pub title: String,
    /// What the reader has to know first.
    pub lead: Vec<String>,
    /// Whom it is about, and the like.
    pub facts: Vec<Fact>,
    /// Over the list of parts.
    pub contents: String,
    /// At the foot of each page.
    pub foot: String,
    /// The parts.
    pub parts: Vec<Part>,
}

/// A part of it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Part {
    /// Its name.
    pub heading: String,
    /// What is said of all of it.
    pub lead: Vec<String>,
    /// What it holds.
    pub entries: Vec<Entry>,
}

/// One thing: what is known of it, what people wrote, what was counted.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Entry {
    /// Its name; none where it is all that its part holds.
    pub heading: String,
    /// In our words.
    pub facts: Vec<Fact>,
    /// In the words of people.
    pub words: Vec<Said>,
    /// In rows.
    pub table: Option<Table>,
}

/// `Grade: 3`.
#[derive(Clone, Debug, Serialize)]
pub struct Fact {
    /// What.
    pub label: String,
    /// Which.
    pub text: String,
}

/// A person's own words.
#[derive(Clone, Debug, Serialize)]
pub struct Said {
    /// What they are about, where that is not plain.
    pub label: Option<String>,
    /// As they were written.
    pub text: String,
    /// Two or three letters, where it is known.
    pub language: Option<String>,
    /// Whether they are read from the right.
    pub rtl: bool,
}

impl Said {
    /// Words in a language, named as BCP 47 does, where it is known.
    pub fn new(label: Option<String>, text: &str, language: Option<&str>) -> Self {
        let language = language.and_then(|tag| tag.split('-').next()).map(str::to_ascii_lowercase);
        let is_known = |code: &String| (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_lowercase());
        Self { label, text: text.to_owned(), language: language.filter(is_known), rtl: is_read_from_the_right(text) }
    }
}

/// By the first letter that has a direction: Hebrew, Arabic and their like do.
fn is_read_from_the_right(text: &str) -> bool {
    let right = |sign: char| matches!(sign, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
    text.chars().find(|sign| sign.is_alphabetic()).is_some_and(right)
}

/// Rows under a head. All have as many cells.
#[derive(Clone, Debug, Serialize)]
pub struct Table {
    /// What stands in each column.
    pub head: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}
