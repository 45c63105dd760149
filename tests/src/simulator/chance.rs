//! Luck that comes from a seed: SplitMix64, small and the same on every machine.

/// A run of luck.
#[derive(Clone, Debug)]
pub(super) struct Chance(u64);

impl Chance {
    /// The luck of a seed, or of one corner of it, such as one phone's.
    pub(super) fn of(seed: u64, corner: u64) -> Self {
        Self(mixed(seed ^ mixed(corner)))
    }

    /// The next number.
    pub(super) fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mixed(self.0)
    }

    /// A number below `limit`.
    pub(super) fn below(&mut self, limit: u64) -> u64 {
        self.draw() % limit.max(1)
    }

    /// Whether something happens that happens once in `times`.
    pub(super) fn one_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    /// One of these; `None` of nothing.
    pub(super) fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len() as u64) as usize)
    }

    /// 16 bytes, as an event of the phone core wants them.
    pub(super) fn bytes(&mut self) -> [u8; 16] {
        let (one, two) = (self.draw(), self.draw());
        ((u128::from(one) << 64) | u128::from(two)).to_be_bytes()
    }

    /// 32 bytes, as a token wants them.
    pub(super) fn token(&mut self) -> [u8; 32] {
        let mut token = [0; 32];
        token[..16].copy_from_slice(&self.bytes());
        token[16..].copy_from_slice(&self.bytes());
        token
    }
}

fn mixed(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
