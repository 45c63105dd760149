//! The fonts that documents are set in, and which signs they have.

use std::fs;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use anyhow::Context as _;
use serde_json::Value;
use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// Fonts for Latin, Greek, Cyrillic, Hebrew and, plainly, Arabic are part of the program; an agency
/// whose families write in other scripts adds a folder of its own (`--fonts`).
pub struct Fonts {
    pub(super) book: LazyHash<FontBook>,
    pub(super) all: Vec<Font>,
    /// A bit for each sign that one of them has.
    signs: Vec<u64>,
}

static BUILT_IN: LazyLock<Arc<Fonts>> = LazyLock::new(|| Arc::new(Fonts::of(typst_assets::fonts().map(Bytes::new))));

impl Fonts {
    /// Those that are part of the program: read when the first document is set.
    pub fn built_in() -> Arc<Self> {
        BUILT_IN.clone()
    }

    /// Those, and all in a folder. A file that is no font is passed over; a folder that cannot be read
    /// is not.
    pub fn with_folder(folder: &Path) -> anyhow::Result<Self> {
        let entries = fs::read_dir(folder).with_context(|| format!("cannot read the fonts in {}", folder.display()))?;
        let mut files = entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
        files.sort();
        let is_font = |file: &Path| {
            let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
            ["ttf", "otf", "ttc", "otc"].contains(&ending.to_ascii_lowercase().as_str())
        };
        let mut own = Vec::new();
        for file in files.iter().filter(|file| is_font(file)) {
            own.push(Bytes::new(fs::read(file).with_context(|| format!("cannot read {}", file.display()))?));
        }
        Ok(Self::of(typst_assets::fonts().map(Bytes::new).chain(own)))
    }

    fn of(files: impl Iterator<Item = Bytes>) -> Self {
        // Fonts for formulas have signs for letters as well; nobody reads words in them.
        let all: Vec<Font> = files.flat_map(Font::iter).filter(|font| !font.info().family.contains("Math")).collect();
        let mut signs = vec![0_u64; (char::MAX as usize >> 6) + 1];
        for sign in all.iter().flat_map(|font| font.info().coverage.iter()) {
            if let Some(word) = signs.get_mut(sign as usize >> 6) {
                *word |= 1 << (sign & 63);
            }
        }
        Self { book: LazyHash::new(FontBook::from_fonts(&all)), all, signs }
    }

    fn has(&self, sign: char) -> bool {
        let sign = u32::from(sign);
        self.signs.get(sign as usize >> 6).is_some_and(|word| word >> (sign & 63) & 1 == 1)
    }

    /// Makes every text in a value one that can be set.
    pub(super) fn make_legible(&self, value: &mut Value) {
        match value {
            Value::String(text) => {
                if let Some(legible) = self.legible(text) {
                    *text = legible;
                }
            }
            Value::Array(all) => all.iter_mut().for_each(|one| self.make_legible(one)),
            Value::Object(all) => all.values_mut().for_each(|one| self.make_legible(one)),
            _ => {}
        }
    }

    /// A text in which each sign that cannot be set, or that would turn around the words beside it, is
    /// shown by its number; `None` where there is no such sign. Lines and what joins letters stay.
    fn legible(&self, text: &str) -> Option<String> {
        let stays = |sign: char| match sign {
            '\n' | '\u{200c}'..='\u{200f}' => true,
            _ if sign.is_ascii_graphic() || sign == ' ' => true,
            _ if sign.is_control() || turns_around(sign) => false,
            _ => self.has(sign),
        };
        if text.chars().all(stays) {
            return None;
        }
        let mut legible = String::with_capacity(text.len());
        for sign in text.chars() {
            match sign {
                _ if stays(sign) => legible.push(sign),
                '\t' => legible.push(' '),
                // A line ends with what follows it, or begins.
                '\r' => {}
                _ => legible.push_str(&format!("[U+{:04X}]", u32::from(sign))),
            }
        }
        Some(legible)
    }
}

/// Embeddings, overrides and isolates: what looks like one text could be read as another.
fn turns_around(sign: char) -> bool {
    matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_set_is_shown_by_its_number() {
        let fonts = Fonts::built_in();
        #[rustfmt::skip]
        let table = [
            ("¿Cómo está José? Ñandú", None),
            ("Tiếng Việt: đọc sách", None),
            ("Привет, Ελλάδα, שלום", None),
            ("عربي", None),
            ("# *_ #import \"x\"", None),
            ("one\r\ntwo\ttabs", Some("one\ntwo tabs")),
            ("bell\u{7}", Some("bell[U+0007]")),
            ("\u{202e}txet", Some("[U+202E]txet")),
            ("漢", Some("[U+6F22]")),
            ("😀", Some("[U+1F600]")),
        ];
        for (text, expected) in table {
            assert_eq!(fonts.legible(text).as_deref(), expected, "{text:?}");
        }
    }
}
