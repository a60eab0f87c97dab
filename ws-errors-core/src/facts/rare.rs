//! Facts that are often not there, so that nothing is written for them, and little is read.

use super::{Fact, Reader, Writer};
use crate::catalog::TimeUnit;

/// A fact that is often not there.
pub(super) trait Rare: Sized {
    /// What it is then.
    const ABSENT: Self;
    /// Whether it is not there.
    fn is_absent(&self) -> bool;
    /// Writes one that is there.
    fn write_present(&self, out: &mut Writer<'_>);
    /// Reads one that is there.
    fn read_present(from: &mut Reader<'_>) -> Option<Self>;
}

impl Rare for bool {
    const ABSENT: Self = false;

    fn is_absent(&self) -> bool {
        !self
    }

    fn write_present(&self, _: &mut Writer<'_>) {}

    fn read_present(_: &mut Reader<'_>) -> Option<Self> {
        Some(true)
    }
}

impl Rare for TimeUnit {
    const ABSENT: Self = Self::Milliseconds;

    fn is_absent(&self) -> bool {
        *self == Self::ABSENT
    }

    fn write_present(&self, out: &mut Writer<'_>) {
        self.write(out);
    }

    fn read_present(from: &mut Reader<'_>) -> Option<Self> {
        Fact::read(from)
    }
}

impl<T: Fact> Rare for Option<T> {
    const ABSENT: Self = None;

    fn is_absent(&self) -> bool {
        self.is_none()
    }

    fn write_present(&self, out: &mut Writer<'_>) {
        if let Some(value) = self {
            value.write(out);
        }
    }

    fn read_present(from: &mut Reader<'_>) -> Option<Self> {
        T::read(from).map(Some)
    }
}

macro_rules! empty {
    ($([$($generics:tt)*] $ty:ty = $empty:expr;)*) => { $(
        impl<$($generics)*> Rare for $ty {
            const ABSENT: Self = $empty;

            fn is_absent(&self) -> bool {
                self.is_empty()
            }

            fn write_present(&self, out: &mut Writer<'_>) {
                self.write(out);
            }

            fn read_present(from: &mut Reader<'_>) -> Option<Self> {
                Fact::read(from)
            }
        }
    )* };
}
empty! {
    [] &'static str = "";
    [T: Fact] &'static [T] = &[];
}

impl Writer<'_> {
    /// Writes which of some facts are there.
    pub(super) fn flags(&mut self, are_there: &[bool]) {
        self.number(are_there.iter().rev().fold(0, |flags, is| flags << 1 | i64::from(*is)));
    }

    /// Writes one of these facts.
    pub(super) fn rare(&mut self, fact: &impl Rare) {
        if !fact.is_absent() {
            fact.write_present(self);
        }
    }
}

impl Reader<'_> {
    /// Reads the next one of some facts.
    #[inline]
    pub(super) fn rare<T: Rare>(&mut self, flags: &mut i64) -> Option<T> {
        let is_there = *flags & 1 != 0;
        *flags >>= 1;
        if is_there { T::read_present(self) } else { Some(T::ABSENT) }
    }
}
