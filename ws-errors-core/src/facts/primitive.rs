//! Texts, numbers, lists: what all other facts consist of.

use std::time::Duration;

use super::{Fact, Reader, Writer};
use crate::catalog::Node;

impl Fact for &'static str {
    fn write(&self, out: &mut Writer<'_>) {
        out.text(self);
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        from.text()
    }
}

impl Fact for bool {
    fn write(&self, out: &mut Writer<'_>) {
        out.number(i64::from(*self));
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        Some(from.number()? != 0)
    }
}

macro_rules! numbers {
    ($($ty:ty),*) => { $(
        impl Fact for $ty {
            fn write(&self, out: &mut Writer<'_>) {
                // A number of a catalog is at most one that JavaScript can hold.
                out.number(i64::try_from(*self).unwrap_or(i64::MAX));
            }
            fn read(from: &mut Reader<'_>) -> Option<Self> {
                Self::try_from(from.number()?).ok()
            }
        }
    )* };
}
numbers!(u8, u16, u32, i64, usize);

impl Fact for Duration {
    fn write(&self, out: &mut Writer<'_>) {
        out.number(i64::try_from(self.as_millis()).unwrap_or(i64::MAX));
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        u64::try_from(from.number()?).ok().map(Self::from_millis)
    }
}

impl<T: Fact> Fact for Option<T> {
    fn write(&self, out: &mut Writer<'_>) {
        self.is_some().write(out);
        if let Some(value) = self {
            value.write(out);
        }
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        Some(if bool::read(from)? { Some(T::read(from)?) } else { None })
    }
}

impl<A: Fact, B: Fact> Fact for (A, B) {
    fn write(&self, out: &mut Writer<'_>) {
        self.0.write(out);
        self.1.write(out);
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        Some((A::read(from)?, B::read(from)?))
    }
}

/// A list lives as long as the program, as a catalog does.
impl<T: Fact> Fact for &'static [T] {
    fn write(&self, out: &mut Writer<'_>) {
        self.len().write(out);
        self.iter().for_each(|value| value.write(out));
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        let count = usize::read(from)?;
        let mut list = Vec::with_capacity(count.min(from.left()));
        for _ in 0..count {
            list.push(T::read(from)?);
        }
        Some(list.leak())
    }
}

impl Fact for &'static Node {
    fn write(&self, out: &mut Writer<'_>) {
        (**self).write(out);
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        Some(Box::leak(Box::new(Node::read(from)?)))
    }
}
