//! The reader of a message, whose language a context may know.

use super::Unfolded;
use super::encode::translated;
use crate::language::{Carrier, Localized, LocalizedText, Localizer};
use crate::wire::Written;
use crate::wire::generated::{Probe, Values};

/// The localizer of a context, and the function that asks it: where no context of a program has one, its
/// code isn't linked.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    localizer: &'a dyn Localizer,
    translated: Translated,
}

type Translated = fn(
    &'static Unfolded,
    usize,
    Carrier,
    &Values<'_>,
    &dyn Localizer,
) -> Option<Written<LocalizedText>>;

impl Reader<'_> {
    /// What the frame holds in the language of the reader; `None` where there is no translation.
    pub(super) fn translated(
        self,
        unfolded: &'static Unfolded,
        index: usize,
        carrier: Carrier,
        values: &Values<'_>,
    ) -> Option<Written<LocalizedText>> {
        (self.translated)(unfolded, index, carrier, values, self.localizer)
    }
}

/// A context that knows the reader's language.
pub trait ReaderOfLocalized<'a> {
    /// The reader, where it is known who that is.
    fn __ws_reader(&self) -> Option<Reader<'a>>;
}

impl<'a, T: Localized> ReaderOfLocalized<'a> for &Probe<'a, T> {
    #[inline]
    fn __ws_reader(&self) -> Option<Reader<'a>> {
        Some(Reader { localizer: self.0.localizer()?, translated })
    }
}

/// A context that doesn't.
pub trait ReaderOfNothing<'a> {
    /// None.
    fn __ws_reader(&self) -> Option<Reader<'a>>;
}

impl<'a, T> ReaderOfNothing<'a> for Probe<'a, T> {
    #[inline]
    fn __ws_reader(&self) -> Option<Reader<'a>> {
        None
    }
}
