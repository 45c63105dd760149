//! Chance that can be repeated: the same seed and name give the same sequence, on every machine
//! and in every version. Each household and each child draws from a sequence of its own, so that
//! one more name in a list does not change the whole district.

use sha2::{Digest, Sha256};

/// A sequence of draws (SplitMix64).
#[derive(Clone, Debug)]
pub(super) struct Chance(u64);

impl Chance {
    /// The sequence of that name.
    pub(super) fn of(seed: u64, name: &str) -> Self {
        let digest = Sha256::new().chain_update(seed.to_be_bytes()).chain_update(name).finalize();
        let mut first = [0; 8];
        first.copy_from_slice(&digest[..8]);
        Self(u64::from_be_bytes(first))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 up to and without 1.
    pub(super) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// From 0 up to and without `end`.
    pub(super) fn below(&mut self, end: usize) -> usize {
        (self.unit() * end as f64) as usize
    }

    /// From `low` to `high`, both possible.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + (self.unit() * (high - low + 1) as f64) as i64
    }

    /// Whether something happens that happens so often, from 0 to 1.
    pub(super) fn happens(&mut self, often: f64) -> bool {
        self.unit() < often
    }

    /// One of them.
    pub(super) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// One of these names.
    pub(super) fn name<'a>(&mut self, from: &'a [String]) -> &'a str {
        &from[self.below(from.len())]
    }

    /// One of them, each as often as its weight says.
    pub(super) fn weighted<'a, T>(&mut self, from: &'a [(u32, T)]) -> &'a T {
        let all: u32 = from.iter().map(|(weight, _)| weight).sum();
        let mut drawn = self.below(all as usize) as u32;
        for (weight, one) in from {
            if drawn < *weight {
                return one;
            }
            drawn -= weight;
        }
        unreachable!("the draw is below the sum of the weights")
    }

    /// Round 0 as measurements lie round the truth: the standard normal distribution.
    pub(super) fn normal(&mut self) -> f64 {
        // The sum of twelve even draws is close enough and has no logarithm of zero.
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }

    /// Bytes for ids.
    pub(super) fn entropy(&mut self) -> [u8; 16] {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&self.next().to_be_bytes());
        bytes[8..].copy_from_slice(&self.next().to_be_bytes());
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sequence_repeats_and_another_name_is_another_sequence() {
        let draw = |seed, name| Chance::of(seed, name).entropy();
        assert_eq!(draw(1, "a"), draw(1, "a"));
        assert_ne!(draw(1, "a"), draw(1, "b"));
        assert_ne!(draw(1, "a"), draw(2, "a"));
    }

    #[test]
    fn draws_stay_in_their_bounds() {
        let mut chance = Chance::of(7, "bounds");
        for _ in 0..10_000 {
            assert!((3..=5).contains(&chance.between(3, 5)));
            assert!(chance.below(4) < 4);
            assert!(chance.normal().abs() <= 6.0);
            assert_ne!(*chance.weighted(&[(0, "never"), (5, "always")]), "never");
        }
    }
}
