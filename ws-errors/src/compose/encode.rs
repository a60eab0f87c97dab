//! An error to what is sent.

use ws_errors_core::encoding::{View, values as views};

use super::reader::Reader;
use super::unfold::SentClose;
use super::{Occurrence, Unfolded};
use crate::catalog::{Context, Entry, Format};
use crate::language::{Carrier, LocalizedText, Localizer};
use crate::wire::generated::{Buffer, Values};
use crate::wire::{self, Close, Frame, Output, TextPayload, Written};

/// What puts the values of a context that has none: a static, so that no crate with an enum compiles it.
pub static NO_VALUES: &(dyn Fn(&mut Values<'_>) + Sync) = &|_| {};

/// What is sent for an error in a context, in the language of the reader. `of_context` puts the values
/// of the context.
pub fn encode<'v>(
    unfolded: &'static Unfolded,
    occurrence: &'v dyn Occurrence,
    context: usize,
    of_context: &dyn Fn(&mut Values<'v>),
    reader: Option<Reader<'_>>,
    into: Buffer<'_>,
) -> Output {
    let index = occurrence.index();
    let Some(sent) = unfolded.sent(index, context) else { return Output::default() };
    if let (Some(constant), None, None) = (&sent.constant, reader, &into) {
        return constant.clone();
    }
    let values = &mut Values::default();
    occurrence.values(values);
    of_context(values);
    let translated =
        sent.message.as_ref().and(reader).and_then(|reader| {
            reader.translated(unfolded, index, Carrier::Message(context), values)
        });
    let mut unserialized = Vec::new();
    let frame = match (&sent.message, into) {
        (None, _) => None,
        (Some((writing, Format::Json | Format::Text)), Some(into)) if translated.is_none() => {
            unserialized = values.with(|all| writing.append(all, into));
            None
        }
        (Some((writing, format)), into) => {
            let text: TextPayload = match translated {
                Some(translated) => {
                    unserialized = translated.unserialized;
                    translated.text.text.into()
                }
                None => {
                    let written = values.with(|all| writing.text(all));
                    unserialized = written.unserialized;
                    written.text.into()
                }
            };
            match (wire::pack(format, text), into) {
                (Frame::Text(text), Some(into)) => {
                    into.push_str(&text);
                    None
                }
                (frame, _) => Some(frame),
            }
        }
    };
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
pub fn close(unfolded: &'static Unfolded, occurrence: &dyn Occurrence) -> Option<Close> {
    let entry = unfolded.entry(occurrence.index());
    entry.delivery.closing()?;
    wire::constant_close(entry).or_else(|| {
        let mut values = Values::default();
        occurrence.values(&mut values);
        wire::close(entry, &values, &mut Vec::new())
    })
}
