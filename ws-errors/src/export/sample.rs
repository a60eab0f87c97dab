//! An entry with values given by name: for docs and the command line, which have no value of the enum.

use ws_errors_core::encoding::{self, Encoding, View, Within};
use ws_errors_core::escape::characters_of;

#[cfg(any(feature = "cli", feature = "testing"))]
use crate::catalog::Frame;
use crate::catalog::{
    Catalog, CloseCode, ClosingCode, ContextField, Entry, HTTP_CONTEXT, Message, Piece,
};
#[cfg(feature = "cli")]
use crate::language::{Carrier, Localizer, Translatable};
use crate::wire::{self, Argument, Close, Output, Sample, generated};

/// Values of fields and of a context, by name. One that is not there is nothing.
#[derive(Debug, Clone, Default)]
pub struct Values {
    fields: Vec<(String, Sample)>,
    context: Vec<(String, Sample)>,
}

impl Sample {
    fn new(json: String) -> Self {
        Self { text: characters_of(&json).into_owned(), json }
    }
}

impl Values {
    /// No values.
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives a field of the variant, by its name in Rust (its index in a tuple variant).
    pub fn field(&mut self, ident: &str, value: &serde_json::Value) {
        self.field_json(ident, &value.to_string());
    }

    /// The same with a value that is compact JSON already, whose members keep their order.
    pub(crate) fn field_json(&mut self, ident: &str, json: &str) {
        self.fields.retain(|(name, _)| name != ident);
        self.fields.push((ident.to_owned(), Sample::new(json.to_owned())));
    }

    /// Gives a field of the context.
    pub fn context(&mut self, name: &str, value: &serde_json::Value) {
        self.context_json(name, &value.to_string());
    }

    /// The same with a value that is compact JSON already, whose members keep their order.
    pub(crate) fn context_json(&mut self, name: &str, json: &str) {
        self.context.retain(|(other, _)| other != name);
        self.context.push((name.to_owned(), Sample::new(json.to_owned())));
    }

    /// The value with this name. Only an `Option` is nothing where it is `null`.
    fn argument<'a>(values: &'a [(String, Sample)], wanted: &str, optional: bool) -> Argument<'a> {
        match values.iter().find(|(name, _)| name == wanted) {
            Some((_, sample)) if !optional || sample.json != "null" => Argument::Sample(sample),
            _ => Argument::Nothing,
        }
    }

    /// The text with the fields that it names.
    pub fn text(&self, pieces: &[Piece]) -> String {
        self.characters(pieces, Within::Text)
    }

    fn characters(&self, pieces: &[Piece], within: Within) -> String {
        let mut out = String::new();
        for piece in pieces {
            match piece {
                Piece::Literal(text) => out.push_str(text),
                Piece::Field { name, .. } => {
                    Self::argument(&self.fields, name, true)
                        .push_characters(&mut out, within, true);
                }
            }
        }
        out
    }

    /// What is sent for an entry with these values in the context with this index in
    /// [`Catalog::contexts`].
    pub fn encode(
        &self,
        catalog: &'static Catalog,
        entry: &'static Entry,
        context: usize,
    ) -> Output {
        let envelope = entry.envelope(context).and_then(|index| catalog.envelopes.get(index));
        let frame = envelope.and_then(|envelope| {
            let text = self.written(catalog, entry, context)?;
            Some(wire::pack(&envelope.format, text.into()))
        });
        let delivery = catalog.delivery(entry, context);
        let closes = delivery.is_some_and(|delivery| delivery.closing().is_some());
        let close = if closes { self.close(entry) } else { None };
        Output { frame, close, ..Output::default() }
    }

    /// What the frame holds before it becomes one: JSON or text, whatever the format is.
    pub(crate) fn written(
        &self,
        catalog: &'static Catalog,
        entry: &'static Entry,
        context: usize,
    ) -> Option<String> {
        let encoding = encoding::compile(catalog, entry, context)?;
        Some(self.run(&encoding, entry, catalog.contexts.get(context)?.fields))
    }

    /// The body that answers a request with these values; `None` where the entry has none.
    pub(crate) fn body(&self, catalog: &'static Catalog, entry: &'static Entry) -> Option<String> {
        let encoding = encoding::compile_body(catalog, entry)?;
        Some(self.run(&encoding, entry, HTTP_CONTEXT.fields))
    }

    fn run(&self, encoding: &Encoding, entry: &Entry, context: &[ContextField]) -> String {
        let display = self.display(entry);
        let values = self.values(entry, &display, context);
        values.with(|all| wire::written(encoding, all)).text
    }

    /// The frame that is sent for an entry with these values to a reader of another language; `None`
    /// where its text for the client is in the source language.
    #[cfg(feature = "cli")]
    pub(crate) fn translated(
        &self,
        catalog: &'static Catalog,
        entry: &'static Entry,
        context: usize,
        localizer: &dyn Localizer,
    ) -> Option<Frame> {
        let carrier = Carrier::Message(context);
        let encoding = Translatable::of(catalog).encoding(catalog, entry, carrier)?;
        let envelope = catalog.envelopes.get(entry.envelope(context)?)?;
        let display = self.display(entry);
        let values = self.values(entry, &display, catalog.contexts.get(context)?.fields);
        let text = values
            .with(|all| wire::localized(&encoding, catalog, entry, all, localizer))?
            .text
            .text;
        Some(wire::pack(&envelope.format, text.into()))
    }

    /// The frame with another text for clients than the entry's own; `None` where its message shows
    /// none.
    #[cfg(feature = "testing")]
    pub(crate) fn with_text(
        &self,
        catalog: &'static Catalog,
        entry: &'static Entry,
        context: usize,
        text: &str,
    ) -> Option<Frame> {
        let encoding = encoding::compile_translated(catalog, entry, context)?;
        let envelope = catalog.envelopes.get(entry.envelope(context)?)?;
        let context = catalog.contexts.get(context)?.fields;
        Some(wire::pack(&envelope.format, self.run_with(&encoding, entry, context, text).into()))
    }

    /// The same for the body that answers a request.
    #[cfg(feature = "testing")]
    pub(crate) fn body_with_text(
        &self,
        catalog: &'static Catalog,
        entry: &'static Entry,
        text: &str,
    ) -> Option<String> {
        let encoding = encoding::compile_translated_body(catalog, entry)?;
        Some(self.run_with(&encoding, entry, HTTP_CONTEXT.fields, text))
    }

    #[cfg(feature = "testing")]
    fn run_with(
        &self,
        encoding: &Encoding,
        entry: &Entry,
        context: &[ContextField],
        text: &str,
    ) -> String {
        let mut values = self.values(entry, "", context);
        // Behind all others: there the encoding expects it.
        values.put(Argument::Text(text));
        values.with(|all| wire::written(encoding, all)).text
    }

    /// A field in a text.
    #[cfg(feature = "cli")]
    pub(crate) fn field_text(&self, ident: &str) -> String {
        let mut out = String::new();
        Self::argument(&self.fields, ident, true).push_characters(&mut out, Within::Raw, true);
        out
    }

    /// The close frame that is sent for an entry with these values.
    pub fn close(&self, entry: &'static Entry) -> Option<Close> {
        let display = self.display(entry);
        let mut values = self.values(entry, &display, &[]);
        if let ClosingCode::Field(name) = entry.delivery.closing()?.code {
            let given = self.fields.iter().find(|(field, _)| field == name);
            let code = given.and_then(|(_, sample)| sample.json.parse().ok());
            if let Some(Ok(code)) = code.map(CloseCode::new) {
                values.put_close_code(code);
            }
        }
        wire::close(entry, &values, &mut Vec::new())
    }

    /// The `Display` text, as far as it is known.
    fn display(&self, entry: &Entry) -> String {
        match entry.message {
            // What is done about its control characters depends on where it stands.
            Message::Display(text) => self.characters(text.0, Within::Raw),
            _ => String::new(),
        }
    }

    /// The values of an occurrence and of these fields of a context, in their order.
    fn values<'a>(
        &'a self,
        entry: &Entry,
        display: &'a str,
        context: &[ContextField],
    ) -> generated::Values<'a> {
        let mut values = generated::Values::default();
        for view in encoding::values(entry) {
            values.put(match view {
                View::Json(index) => entry.fields.get(index).map_or(Argument::Nothing, |field| {
                    let value = Self::argument(&self.fields, field.ident, field.ty.optional);
                    if entry.echoes(field) { value.echo() } else { value }
                }),
                View::Text { field, .. } => Self::argument(&self.fields, field, true),
                View::Display => Argument::Text(display),
            });
        }
        for field in context {
            values.put(Self::argument(&self.context, field.name, (field.ty)().optional));
        }
        values
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::METERED;

    #[test]
    fn an_entry_is_shown_with_values_by_name() {
        let mut values = Values::new();
        values.field("channel", &"other-app/room-1".into());
        let entry = &METERED.entries[0];
        assert_eq!(
            values.encode(&METERED, entry, 0).text(),
            Some(
                r#"{"type":"error","code":"channel_not_authorized","message":"not authorized: other-app/room-1"}"#
            )
        );
        values.context("request_id", &"pub-2".into());
        assert_eq!(
            values.encode(&METERED, entry, 0).text(),
            Some(
                r#"{"type":"error","requestId":"pub-2","code":"channel_not_authorized","message":"not authorized: other-app/room-1"}"#
            )
        );
        assert_eq!(
            values.encode(&METERED, entry, 1).text(),
            Some(
                r#"[4,null,"http://domain/exceptions#channel_not_authorized","not authorized: other-app/room-1",{"channel":"other-app/room-1"}]"#
            )
        );
        let close = values.encode(&METERED, &METERED.entries[2], 0).close.unwrap();
        assert_eq!((close.code().unwrap().get(), close.reason()), (4001, "invalid_token"));
    }
}
