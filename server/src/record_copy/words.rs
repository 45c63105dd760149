//! The fixed words of the pages, in the languages that they have; and days and moments as people there
//! say them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use chrono_tz::Tz;
use sync::Micros;

type Catalogue = BTreeMap<String, String>;

static ENGLISH: LazyLock<Catalogue> = LazyLock::new(|| read(include_str!("words/en.json")));
static SPANISH: LazyLock<Catalogue> = LazyLock::new(|| read(include_str!("words/es.json")));

fn read(text: &str) -> Catalogue {
    serde_json::from_str(text).expect("a catalogue is an object of texts: a test reads both")
}

/// A language that the pages have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    /// The one that is taken where a person's is not there.
    English,
    /// Español.
    Spanish,
}

impl Language {
    /// The nearest to a language as BCP 47 names it.
    pub(super) fn nearest(tag: &str) -> Self {
        let first = tag.split('-').next().unwrap_or_default();
        if first.eq_ignore_ascii_case("es") { Self::Spanish } else { Self::English }
    }

    /// As PDF names it.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
        }
    }

    pub(super) fn catalogue(self) -> &'static Catalogue {
        match self {
            Self::English => &ENGLISH,
            Self::Spanish => &SPANISH,
        }
    }
}

/// How to speak to a reader of pages.
#[derive(Clone, Copy)]
pub(super) struct Words {
    /// In which language.
    pub(super) language: Language,
    /// By whose clocks.
    pub(super) zone: Tz,
}

impl Words {
    /// A word of the catalogue. What it does not have, such as a service of a newer version, is said by
    /// its own name.
    pub(super) fn say(self, key: &str) -> String {
        let word = self.language.catalogue().get(key);
        word.cloned().unwrap_or_else(|| key.rsplit('.').next().unwrap_or_default().to_owned())
    }

    /// A sentence of the catalogue with its gaps filled, each once: what stands in a gap is no gap.
    pub(super) fn tell(self, key: &str, gaps: &[(&str, &str)]) -> String {
        let sentence = self.say(key);
        let mut parts = sentence.split('{');
        let mut told = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (name, rest) = part.split_once('}').unwrap_or((part, ""));
            told.push_str(gaps.iter().find(|(gap, _)| *gap == name).map_or("", |(_, text)| text));
            told.push_str(rest);
        }
        told
    }

    /// November 23, 2026.
    pub(super) fn day(self, day: NaiveDate) -> String {
        let month = self.say(&format!("month.{}", day.month()));
        self.tell("day", &[("day", &day.day().to_string()), ("month", &month), ("year", &day.year().to_string())])
    }

    /// The day of a moment where the agency is.
    pub(super) fn day_of(self, at: Micros) -> String {
        self.day(self.there(at).date_naive())
    }

    /// Day and time of a moment.
    pub(super) fn moment(self, at: Micros) -> String {
        format!("{}, {}", self.day_of(at), self.time(at))
    }

    /// From when until when, on one day or more.
    pub(super) fn hour(self, from: Micros, until: Micros) -> String {
        let same = self.there(from).date_naive() == self.there(until).date_naive();
        let end = if same { self.time(until) } else { self.moment(until) };
        self.tell("hour", &[("day", &self.day_of(from)), ("from", &self.time(from)), ("until", &end)])
    }

    fn time(self, at: Micros) -> String {
        let there = self.there(at);
        match self.language {
            Language::English => there.format("%-I:%M %p").to_string(),
            Language::Spanish => format!("{}:{:02}", there.hour(), there.minute()),
        }
    }

    fn there(self, at: Micros) -> DateTime<Tz> {
        DateTime::<Utc>::from_timestamp_micros(at.0).unwrap_or_default().with_timezone(&self.zone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(language: Language) -> Words {
        Words { language, zone: chrono_tz::America::Chicago }
    }

    #[test]
    fn both_languages_have_the_same_words_with_the_same_gaps() {
        let gaps = |text: &str| {
            let mut gaps: Vec<_> = text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
            gaps.sort_unstable();
            gaps.join(" ")
        };
        let all = |language: Language| -> Vec<_> {
            language.catalogue().iter().map(|(key, text)| (key.clone(), gaps(text))).collect()
        };
        assert_eq!(all(Language::English), all(Language::Spanish));
    }

    #[test]
    fn days_and_moments_are_said_as_people_there_say_them() {
        // Three in the morning in London, and still the evening before at the school.
        let at = Micros(1_790_046_000_000_000);
        let said = [Language::English, Language::Spanish].map(|language| words(language).moment(at));
        assert_eq!(said, ["September 21, 2026, 10:00 PM", "21 de septiembre de 2026, 22:00"]);
        let hour = words(Language::English).hour(at, at.plus(45 * 60_000_000));
        assert_eq!(hour, "September 21, 2026, 10:00 PM to 10:45 PM");
    }

    #[test]
    fn what_stands_in_a_gap_is_no_gap() {
        let told = words(Language::English).tell("text.version", &[("field", "{name}"), ("name", "Mia")]);
        assert_eq!(told, "{name}: one of the versions, by Mia");
    }
}
