//! The types that JSON has.

/// A set of the types that JSON has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Kinds(u8);

impl Kinds {
    /// No type.
    pub const NONE: Self = Self(0);
    /// `null`.
    pub const NULL: Self = Self(1);
    /// Booleans.
    pub const BOOL: Self = Self(1 << 1);
    /// Numbers.
    pub const NUMBER: Self = Self(1 << 2);
    /// Strings.
    pub const STRING: Self = Self(1 << 3);
    /// Arrays.
    pub const ARRAY: Self = Self(1 << 4);
    /// Objects.
    pub const OBJECT: Self = Self(1 << 5);
    /// All types.
    pub const ANY: Self = Self((1 << 6) - 1);
    /// The types that a code can have.
    pub const CODE: Self = Self::NUMBER.or(Self::STRING);

    /// Each type.
    pub const EACH: [Self; 6] =
        [Self::NULL, Self::BOOL, Self::NUMBER, Self::STRING, Self::ARRAY, Self::OBJECT];

    /// The types of both sets.
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The types that both sets have.
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The types of this set that the other has not.
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether it has all of these.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether it has no type.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}
