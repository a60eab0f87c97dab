//! An entry with values given by name: for docs and the command line, which have no value of the enum.

use std::borrow::Cow;

use crate::catalog::{Catalog, CloseCode, ClosingCode, Entry, Format, Message, Piece};
use crate::wire::{self, Argument, Close, Output, Parameter, Sample, Source, characters_of};

/// Values of fields and of a context, by name. One that is not there is nothing.
#[derive(Debug, Clone, Default)]
pub struct Values {
    fields: Vec<(String, Sample)>,
    context: Vec<(String, Sample)>,
}

impl Sample {
    fn new(json: String) -> Self {
        Self { text: characters_of(json.clone()), json }
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

    fn argument<'a>(&'a self, source: Source, display: &'a str) -> Argument<'a> {
        let (values, wanted) = match source {
            Source::Field(name) => (&self.fields, name),
            Source::Context(name) => (&self.context, name),
            Source::Display => return Argument::Text(display),
        };
        match values.iter().find(|(name, _)| name == wanted) {
            Some((_, sample)) if sample.json != "null" => Argument::Sample(sample),
            _ => Argument::Nothing,
        }
    }

    /// The text with the fields that it names.
    pub fn text(&self, pieces: &[Piece]) -> String {
        let mut out = String::new();
        for piece in pieces {
            match piece {
                Piece::Literal(text) => out.push_str(text),
                Piece::Field { name, .. } => self
                    .argument(Source::Field(name), "")
                    .push_characters(&mut out, wire::Within::Text, true),
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
        let delivery =
            catalog.contexts.get(context).map_or(entry.delivery, |context| context.delivery(entry));
        let format = entry
            .encoding(context)
            .and_then(|encoding| catalog.envelopes.get(encoding.envelope))
            .map_or(&Format::Json, |envelope| &envelope.format);
        Output {
            frame: self.written(entry, context).map(|text| wire::pack(format, text)),
            close: delivery.closing().and_then(|_| self.close(entry)),
        }
    }

    /// What the frame holds before it becomes one: JSON or text, whatever the format is.
    pub(crate) fn written(
        &self,
        entry: &'static Entry,
        context: usize,
    ) -> Option<Cow<'static, str>> {
        let encoding = entry.encoding(context)?;
        let display = match entry.message {
            Message::Display(text) => self.text(text.0),
            _ => String::new(),
        };
        let arguments: Vec<Argument<'_>> = encoding
            .parameters
            .iter()
            .map(|Parameter { source, .. }| self.argument(*source, &display))
            .collect();
        Some(wire::frame(encoding, &arguments))
    }

    /// The close frame that is sent for an entry with these values.
    pub fn close(&self, entry: &'static Entry) -> Option<Close> {
        let closing = entry.delivery.closing()?;
        let code = match closing.code {
            ClosingCode::Field(name) => self
                .fields
                .iter()
                .find(|(field, _)| field == name)
                .and_then(|(_, sample)| sample.json.parse().ok())
                .and_then(|code| CloseCode::new(code).ok()),
            _ => None,
        };
        let arguments: Vec<Argument<'_>> =
            closing.reason.fields().map(|name| self.argument(Source::Field(name), "")).collect();
        wire::close(entry, code, &arguments)
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
