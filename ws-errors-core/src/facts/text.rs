//! The text itself: numbers that end with a space, and texts behind their length.

use std::fmt::Write as _;

use crate::catalog::{Codec, FieldType};

/// Writes facts.
#[derive(Debug)]
pub struct Writer<'t> {
    text: String,
    types: std::slice::Iter<'t, usize>,
}

impl<'t> Writer<'t> {
    pub(super) fn new(types: &'t [usize]) -> Self {
        Self { text: String::new(), types: types.iter() }
    }

    pub(super) fn finish(self) -> String {
        self.text
    }

    /// Writes a number.
    pub fn number(&mut self, number: i64) {
        // Writing to a string can't fail.
        let _ = write!(self.text, "{number} ");
    }

    /// Writes a text.
    pub fn text(&mut self, text: &str) {
        let _ = write!(self.text, "{} {text}", text.len());
    }

    /// Writes what `write` writes behind its length in bytes.
    pub(super) fn measured(&mut self, write: impl FnOnce(&mut Self)) {
        let before = std::mem::take(&mut self.text);
        write(self);
        let inner = std::mem::replace(&mut self.text, before);
        self.text(&inner);
    }

    pub(super) fn next_type(&mut self) -> usize {
        self.types.next().copied().unwrap_or_default()
    }
}

/// What a text of facts refers to, because no text can hold it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tables<'t> {
    /// The distinct types of fields.
    pub types: &'t [FieldType],
    /// The types of the contexts' fields, in order.
    pub context_types: &'t [fn() -> FieldType],
    /// The codecs, in order.
    pub codecs: &'t [Codec],
}

impl Tables<'_> {
    /// No tables.
    pub(super) const NONE: Self = Self { types: &[], context_types: &[], codecs: &[] };
}

/// Reads facts.
#[derive(Debug)]
pub struct Reader<'t> {
    text: &'static str,
    /// How much of it has been read.
    at: usize,
    pub(super) tables: Tables<'t>,
}

impl<'t> Reader<'t> {
    pub(super) const fn new(text: &'static str, tables: Tables<'t>) -> Self {
        Self { text, at: 0, tables }
    }

    /// Reads a number.
    #[inline]
    pub const fn number(&mut self) -> Option<i64> {
        let bytes = self.text.as_bytes();
        let at = self.at;
        // Most have one digit.
        if at + 1 < bytes.len() && bytes[at + 1] == b' ' && bytes[at].is_ascii_digit() {
            self.at = at + 2;
            return Some((bytes[at] - b'0') as i64);
        }
        self.long_number()
    }

    #[inline(never)]
    const fn long_number(&mut self) -> Option<i64> {
        let bytes = self.text.as_bytes();
        let (mut at, mut number): (usize, i64) = (self.at, 0);
        let is_negative = at < bytes.len() && bytes[at] == b'-';
        if is_negative {
            at += 1;
        }
        while at < bytes.len() && bytes[at] != b' ' {
            let digit = bytes[at].wrapping_sub(b'0');
            if digit > 9 {
                return None;
            }
            // The writer writes nothing that overflows.
            number = number.wrapping_mul(10).wrapping_add(digit as i64);
            at += 1;
        }
        if at >= bytes.len() {
            return None;
        }
        self.at = at + 1;
        Some(if is_negative { -number } else { number })
    }

    /// Reads a text.
    pub const fn text(&mut self) -> Option<&'static str> {
        let Some(length) = self.number() else { return None };
        let Some((_, rest)) = self.text.split_at_checked(self.at) else { return None };
        match rest.split_at_checked(length as usize) {
            Some((text, _)) => {
                self.at += text.len();
                Some(text)
            }
            None => None,
        }
    }

    /// How many bytes are left.
    pub(super) fn left(&self) -> usize {
        self.text.len() - self.at
    }

    pub(super) fn next_context_type(&mut self) -> Option<fn() -> FieldType> {
        let (first, rest) = self.tables.context_types.split_first()?;
        self.tables.context_types = rest;
        Some(*first)
    }

    pub(super) fn next_codec(&mut self) -> Option<Codec> {
        let (first, rest) = self.tables.codecs.split_first()?;
        self.tables.codecs = rest;
        Some(*first)
    }
}
