//! Notes as the peers' bench has them (`lib/workload.mjs` there): made-up words, common ones more
//! often, so that they compress about as text does. Note `n` comes from `n` alone.

const CONSONANTS: [&str; 20] =
    ["b", "c", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "st", "tr", "ch", "pl"];
const VOWELS: [&str; 8] = ["a", "e", "i", "o", "u", "ai", "ea", "ou"];
const WORDS: usize = 2_000;

/// How many folders there are there, and students here.
pub(crate) const FOLDERS: u64 = 20;

/// One note.
pub(crate) struct Note {
    /// In which folder, from 0: whose visit it is.
    pub(crate) folder: u64,
    /// Title and body: what the visit says.
    pub(crate) text: String,
}

/// Note number `n`.
pub(crate) fn note(n: u64) -> Note {
    let mut chance = Chance::new(n + 1);
    // Two draws make its id there; ours are sortable by time.
    chance.next();
    chance.next();
    let folder = chance.next() % FOLDERS;
    let title = chance.text(40);
    Note { folder, text: format!("{title}\n{}", chance.text(200)) }
}

struct Chance(u64);

impl Chance {
    fn new(seed: u64) -> Self {
        let mut chance = Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).max(1));
        (0..4).for_each(|_| {
            chance.next();
        });
        chance
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn text(&mut self, length: usize) -> String {
        let mut text = String::new();
        while text.len() < length {
            let u = (self.next() % 65_536) as f64 / 65_536.0;
            text += &word((u * u * u * WORDS as f64) as usize);
            text.push(' ');
        }
        text.truncate(length);
        text
    }
}

fn word(i: usize) -> String {
    let start = [CONSONANTS[i % 20], VOWELS[(i / 20) % 8], CONSONANTS[(i * 7 + 3) % 20]].concat();
    if i < 160 { start } else { start + VOWELS[(i * 5 + 1) % 8] + CONSONANTS[(i * 11 + 5) % 20] }
}
