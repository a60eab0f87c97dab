//! An error to what is sent.

use super::unfold::SentClose;
use super::{Declared, Unfolded};
use crate::language::{Carrier, LocalizedText, Localizer};
use crate::wire::generated::Values;
use crate::wire::{self, Close, Output};

/// What is sent for an entry, with the values of the occurrence and of the context, in the language
/// of the reader.
pub fn encode(
    unfolded: &'static Unfolded,
    index: usize,
    context: usize,
    values: &Values<'_>,
    localizer: Option<&dyn Localizer>,
) -> Output {
    let Some(sent) = unfolded.sent(index, context) else { return Output::default() };
    let carrier = Carrier::Message(context);
    let frame = sent.message.as_ref().map(|(writing, format)| {
        let translated =
            localizer.and_then(|localizer| translated(unfolded, index, carrier, values, localizer));
        let text = match translated {
            Some(translated) => translated.text.into(),
            None => values.with(|all| writing.text(all)),
        };
        wire::pack(format, text)
    });
    let close = match &sent.close {
        None => None,
        Some(SentClose::Constant(close)) => Some(close.clone()),
        Some(SentClose::OfValues) => wire::close(unfolded.entry(index), values),
    };
    Output { frame, close }
}

/// What the frame or the body holds in the language of the reader; `None` where there is no
/// translation.
#[inline(never)]
pub(super) fn translated(
    unfolded: &'static Unfolded,
    index: usize,
    carrier: Carrier,
    values: &Values<'_>,
    localizer: &dyn Localizer,
) -> Option<LocalizedText> {
    let catalog = unfolded.catalog();
    let entry = catalog.entries.get(index)?;
    let encoding = unfolded.translated(index, carrier)?;
    values.with(|all| wire::localized(encoding, catalog, entry, all, localizer))
}

/// The close frame of an error.
pub fn close<T: Declared>(error: &T) -> Option<Close> {
    let entry = error.entry();
    entry.delivery.closing()?;
    wire::constant_close(entry).or_else(|| {
        let mut values = Values::default();
        error.values(&mut values);
        wire::close(entry, &values)
    })
}
