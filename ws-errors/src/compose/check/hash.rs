//! Keys by their hash.

/// The hash of a sequence of bytes (after FNV-1a, 64 bits). Of a million keys no two have the same one but
/// by a chance of one in thirty million, and then an enum has to be spelt differently.
#[derive(Clone, Copy)]
pub(super) struct Hash(pub(super) u64);

impl Hash {
    const PRIME: u64 = 0x0000_0100_0000_01B3;

    pub(super) const fn new() -> Self {
        Self(0xCBF2_9CE4_8422_2325)
    }

    pub(super) const fn byte(self, byte: u8) -> Self {
        Self((self.0 ^ byte as u64).wrapping_mul(Self::PRIME))
    }

    /// Eight bytes at a time, since the compiler takes its time for each step. A text in two pieces
    /// has another hash than in one: such frames come of different templates, and it is no harm that
    /// they are taken for different.
    pub(super) const fn bytes(mut self, bytes: &[u8]) -> Self {
        let mut rest = bytes;
        while let Some((first, behind)) = rest.split_first_chunk::<8>() {
            self = self.number(u64::from_le_bytes(*first));
            rest = behind;
        }
        let (mut index, mut last) = (0, rest.len() as u64);
        while index < rest.len() {
            last = (last << 8) | rest[index] as u64;
            index += 1;
        }
        self.number(last)
    }

    pub(super) const fn number(self, number: u64) -> Self {
        Self((self.0 ^ number).wrapping_mul(Self::PRIME).rotate_left(29))
    }
}

/// What was found under a key, by index; open addressing, and never more than half full.
pub(super) struct Table<const SLOTS: usize>([(u64, usize); SLOTS]);

/// Nothing is found in a slot.
const FREE: usize = usize::MAX;

impl<const SLOTS: usize> Table<SLOTS> {
    pub(super) const fn new() -> Self {
        Self([(0, FREE); SLOTS])
    }

    /// What was put under this key, or `None`: then it is put there now.
    pub(super) const fn put(&mut self, key: Hash, value: usize) -> Option<usize> {
        let slot = self.slot(key);
        if self.0[slot].1 == FREE {
            self.0[slot] = (key.0, value);
            return None;
        }
        Some(self.0[slot].1)
    }

    /// What was put under this key.
    pub(super) const fn get(&self, key: Hash) -> Option<usize> {
        match self.0[self.slot(key)].1 {
            FREE => None,
            value => Some(value),
        }
    }

    const fn slot(&self, key: Hash) -> usize {
        // The low bits of a product are the worst, so the high ones are folded in.
        let mut slot = (key.0 ^ (key.0 >> 32)) as usize & (SLOTS - 1);
        while self.0[slot].1 != FREE && self.0[slot].0 != key.0 {
            slot = (slot + 1) & (SLOTS - 1);
        }
        slot
    }
}
