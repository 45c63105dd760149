//! The names of a district: which communities live there, how often, and how each gives names.
//! All people are made up.

use std::sync::LazyLock;

use serde::{Deserialize, Deserializer};

/// A community with its language and its way to give names.
#[derive(Debug, Deserialize)]
pub(super) struct Community {
    /// How many of a hundred families are of it.
    of100: u32,
    /// BCP 47.
    pub(super) language: String,
    pub(super) surnames: Surnames,
    #[serde(deserialize_with = "listed")]
    pub(super) women: Vec<String>,
    #[serde(deserialize_with = "listed")]
    pub(super) men: Vec<String>,
    #[serde(deserialize_with = "listed")]
    pub(super) families: Vec<String>,
}

/// How a child comes to its family name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(super) enum Surnames {
    /// One name for all, now and then two joined by a hyphen.
    Shared,
    /// The father's first and the mother's first.
    Both,
    /// The father's; the mother keeps her own.
    Fathers,
    /// The father's own name, then his father's.
    Chain,
}

/// Communities by how many of a hundred families are of each.
pub(super) static COMMUNITIES: LazyLock<Vec<(u32, Community)>> = LazyLock::new(|| {
    let all: Vec<Community> = serde_json::from_str(include_str!("names.json")).expect("names.json is read by a test");
    all.into_iter().map(|community| (community.of100, community)).collect()
});

fn listed<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    Ok(String::deserialize(from)?.split(", ").map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_community_has_names_and_together_they_are_a_hundred() {
        assert_eq!(COMMUNITIES.iter().map(|(of100, _)| of100).sum::<u32>(), 100);
        for (_, community) in COMMUNITIES.iter() {
            for names in [&community.women, &community.men, &community.families] {
                assert!(names.len() >= 5 && names.iter().all(|name| !name.trim().is_empty()), "{names:?}");
            }
        }
    }
}
