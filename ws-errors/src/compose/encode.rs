//! An error to what is sent.

use ws_errors_core::encoding::{View, values as views};

use super::reader::Reader;
use super::unfold::SentClose;
use super::{Declared, Unfolded};
use crate::WsError;
use crate::catalog::{Context, Entry};
use crate::language::{Carrier, LocalizedText, Localizer};
use crate::wire::generated::Values;
use crate::wire::{self, Close, Output, Written};

/// What is sent for an entry, with the values of the occurrence and of the context, in the language
/// of the reader.
pub fn encode(
    unfolded: &'static Unfolded,
    index: usize,
    context: usize,
    values: &Values<'_>,
    reader: Option<Reader<'_>>,
) -> Output {
    let Some(sent) = unfolded.sent(index, context) else { return Output::default() };
    let mut unserialized = Vec::new();
    let carrier = Carrier::Message(context);
    let frame = sent.message.as_ref().map(|(writing, format)| {
        let translated =
            reader.and_then(|reader| reader.translated(unfolded, index, carrier, values));
        let written = match translated {
            Some(Written { text, unserialized }) => {
                Written { text: text.text.into(), unserialized }
            }
            None => values.with(|all| writing.text(all)),
        };
        unserialized = written.unserialized;
        wire::pack(format, written.text)
    });
    let close = match &sent.close {
        None => None,
        Some(SentClose::Constant(close)) => Some(close.clone()),
        Some(SentClose::OfValues) => wire::close(unfolded.entry(index), values, &mut unserialized),
    };
    let unserialized = match unserialized.as_slice() {
        [] => Vec::new(),
        indices => {
            let of_context = unfolded.catalog().contexts.get(context);
            names(unfolded.entry(index), of_context, indices)
        }
    };
    Output { frame, close, unserialized }
}

/// The names of values, by their index: what the occurrence brings, and then the context's fields.
#[cold]
pub(super) fn names(
    entry: &Entry,
    context: Option<&Context>,
    indices: &[u16],
) -> Vec<&'static str> {
    let views = views(entry);
    let of_context = context.map_or(&[][..], |context| context.fields);
    let mut names = Vec::new();
    for index in indices {
        let index = usize::from(*index);
        let name = match views.get(index) {
            Some(View::Json(field)) => entry.fields.get(*field).map(|field| field.ident),
            Some(View::Text { field, .. }) => Some(*field),
            Some(View::Display) => Some("Display"),
            None => of_context.get(index - views.len()).map(|field| field.name),
        };
        names.extend(name.filter(|name| !names.contains(name)));
    }
    names
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
) -> Option<Written<LocalizedText>> {
    let catalog = unfolded.catalog();
    let entry = catalog.entries.get(index)?;
    let encoding = unfolded.translated(index, carrier)?;
    values.with(|all| wire::localized(encoding, catalog, entry, all, localizer))
}

/// The close frame of an error.
pub fn close<T: Declared + WsError>(error: &T) -> Option<Close> {
    let entry = error.entry();
    entry.delivery.closing()?;
    wire::constant_close(entry).or_else(|| {
        let mut values = Values::default();
        error.values(&mut values);
        wire::close(entry, &values, &mut Vec::new())
    })
}
