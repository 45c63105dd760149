//! Seeded mutations: what a fuzzer on stable Rust can do without knowing what is covered. The
//! same seed makes the same inputs in the same order on every machine.

/// Luck that comes from a seed: SplitMix64.
#[derive(Clone, Debug)]
struct Luck(u64);

impl Luck {
    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.draw() % limit.max(1) as u64) as usize
    }
}

/// What is put in, because it is on the edge of something.
const PIECES: [&[u8]; 20] = [
    b"null",
    b"true",
    b"{}",
    b"[]",
    b"\"\"",
    b"0",
    b"-1",
    b"9223372036854775807",
    b"-9223372036854775808",
    b"18446744073709551616",
    b"1e999",
    b"\\u0000",
    b"\\ud800",
    b"\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7",
    b"\xe2\x80\xae",
    b"\xff",
    b"\x01",
    b". ",
    b"\n",
    b"00000000-0000-0000-0000-000000000001",
];

/// The longest input that is made.
const LONGEST: usize = 64 * 1024;

/// Inputs without end, from a corpus.
#[derive(Clone, Debug)]
pub struct Mutations {
    corpus: Vec<Vec<u8>>,
    luck: Luck,
}

impl Mutations {
    /// Those of a seed.
    pub fn of(corpus: Vec<Vec<u8>>, seed: u64) -> Self {
        Self { corpus, luck: Luck(seed) }
    }

    /// The next input.
    pub fn next_input(&mut self) -> Vec<u8> {
        let at = self.luck.below(self.corpus.len());
        let mut input = self.corpus.get(at).cloned().unwrap_or_default();
        for _ in 0..=self.luck.below(6) {
            self.mutate(&mut input);
        }
        input.truncate(LONGEST);
        input
    }

    fn mutate(&mut self, input: &mut Vec<u8>) {
        let at = self.luck.below(input.len() + 1);
        let end = (at + self.luck.below(16)).min(input.len());
        match self.luck.below(8) {
            0 => {
                if let Some(byte) = input.get_mut(at) {
                    *byte ^= 1 << self.luck.below(8);
                }
            }
            1 => drop(input.drain(at..end)),
            2 => {
                let piece = PIECES[self.luck.below(PIECES.len())];
                drop(input.splice(at..end, piece.iter().copied()));
            }
            3 => {
                let piece = PIECES[self.luck.below(PIECES.len())];
                drop(input.splice(at..at, piece.iter().copied()));
            }
            4 => {
                let again = input[at..end].to_vec();
                drop(input.splice(at..at, again));
            }
            5 => {
                let other = self.luck.below(self.corpus.len());
                let Some(other) = self.corpus.get(other) else { return };
                let from = self.luck.below(other.len() + 1);
                let to = (from + self.luck.below(256)).min(other.len());
                drop(input.splice(at..end, other[from..to].iter().copied()));
            }
            6 => {
                if let Some(byte) = input.get_mut(at) {
                    *byte = b'0' + self.luck.below(10) as u8;
                }
            }
            _ => input.truncate(at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_makes_the_same_inputs_again() {
        let corpus = vec![b"{\"a\":1}".to_vec(), b"[1,2,3]".to_vec()];
        let inputs = |seed| {
            let mut mutations = Mutations::of(corpus.clone(), seed);
            (0..100).map(|_| mutations.next_input()).collect::<Vec<_>>()
        };
        assert_eq!(inputs(7), inputs(7));
        assert_ne!(inputs(7), inputs(8));
    }
}
