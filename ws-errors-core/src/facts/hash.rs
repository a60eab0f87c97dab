//! Hashes that the compiler can make, and a table of them.

/// A hash of what has to be unique, by FNV-1a in 64 bits, and whether it ends with open text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hash(u64, bool);

impl Hash {
    /// Of nothing.
    pub const NEW: Self = Self(0xcbf2_9ce4_8422_2325, false);

    const fn byte(self, byte: u8) -> Self {
        Self((self.0 ^ byte as u64).wrapping_mul(0x0100_0000_01b3), false)
    }

    /// With these characters behind it.
    pub const fn text(mut self, text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut index = 0;
        while index < bytes.len() {
            self = self.byte(bytes[index]);
            index += 1;
        }
        self
    }

    /// With text that comes with the occurrence behind it: a byte that no UTF-8 has. Text behind text
    /// is text.
    pub const fn open(self) -> Self {
        if self.1 { self } else { Self(self.byte(0xFF).0, true) }
    }

    /// With a number behind it, which no text is taken for.
    pub const fn number(self, number: i64) -> Self {
        let mut hash = self.byte(0xFE);
        let bytes = number.to_le_bytes();
        let mut index = 0;
        while index < bytes.len() {
            hash = hash.byte(bytes[index]);
            index += 1;
        }
        hash
    }

    /// Where it belongs in a table of this size.
    const fn slot(self, size: usize) -> usize {
        ((self.0 ^ (self.0 >> 29)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20) as usize % size
    }
}

/// A table of hashes, each with the index of what it stands for.
#[derive(Debug)]
pub struct Table<'t>(pub &'t mut [Option<(Hash, usize)>]);

impl Table<'_> {
    /// Puts an index in; gives the one that has the hash already, if one has.
    pub const fn put(&mut self, hash: Hash, index: usize) -> Option<usize> {
        let size = self.0.len();
        let mut at = hash.slot(size);
        let mut tries = 0;
        while tries < size {
            match self.0[at] {
                None => {
                    self.0[at] = Some((hash, index));
                    return None;
                }
                Some((other, first)) if other.0 == hash.0 => return Some(first),
                Some(_) => at = (at + 1) % size,
            }
            tries += 1;
        }
        None
    }
}
