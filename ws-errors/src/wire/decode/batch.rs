//! Several messages in one frame.

use std::fmt;

use serde::de::{Deserializer, Error, IgnoredAny, SeqAccess, Visitor};

use super::decoder::Decoder;
use super::received::Decoded;
use super::text::split_json;
use crate::wire::json::Json;

impl Decoder {
    /// The errors in a text frame that may hold several messages: as an array of objects or of
    /// arrays, one behind the other (on lines of their own, say), or each with the text behind it
    /// that this API ends its messages with. What is no error is left out; a frame without any gives
    /// none.
    ///
    /// An array whose elements are this API's errors is read as those, although an envelope may
    /// describe the array as a whole (`[..cx.before, { … }]`).
    ///
    /// ```
    /// # use ws_errors::{Decoder, WsError};
    /// #[derive(Debug, thiserror::Error, WsError)]
    /// #[ws_error(envelope = { "error": code })]
    /// enum ChatError {
    ///     #[error("full")]
    ///     Full,
    ///     #[error("gone")]
    ///     Gone,
    /// }
    ///
    /// let decoder = Decoder::of::<ChatError>();
    /// for frame in [
    ///     r#"[{"error":"Full"},{"joined":7},{"error":"Gone"}]"#,
    ///     "{\"error\":\"Full\"}\n{\"joined\":7}\n{\"error\":\"Gone\"}",
    /// ] {
    ///     let names: Vec<&str> =
    ///         decoder.decode_all(frame).iter().map(|one| one.entry().unwrap().name).collect();
    ///     assert_eq!(names, ["Full", "Gone"]);
    /// }
    /// ```
    pub fn decode_all(&self, text: &str) -> Vec<Decoded> {
        let errors = self.elements(text);
        if !errors.is_empty() {
            return errors;
        }
        // No value has a control character as it is, so one that ends messages ends each.
        let end =
            self.terminators().find(|end| end.contains(char::is_control) && text.contains(*end));
        match end {
            Some(end) => text.split_inclusive(end).flat_map(|part| self.part(part)).collect(),
            None => self.part(text),
        }
    }

    fn part(&self, text: &str) -> Vec<Decoded> {
        match self.decode(text) {
            Decoded::Foreign => self.one_behind_the_other(text),
            decoded => vec![decoded],
        }
    }

    /// The errors among the elements of an array, of which none is kept that is no error.
    fn elements(&self, text: &str) -> Vec<Decoded> {
        if !text.trim_ascii_start().starts_with('[') {
            return Vec::new();
        }
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let errors = deserializer.deserialize_seq(Elements(self));
        errors.and_then(|errors| deserializer.end().map(|()| errors)).unwrap_or_default()
    }

    /// JSON behind JSON, with white space between them or without. What can't be an error is passed
    /// over as it is.
    fn one_behind_the_other(&self, mut text: &str) -> Vec<Decoded> {
        let mut errors = Vec::new();
        loop {
            text = text.trim_ascii_start();
            if text.is_empty() {
                return errors;
            }
            let Some((IgnoredAny, rest)) = split_json(text) else { return Vec::new() };
            let value = &text[..text.len() - rest.len()];
            if self.can_be(value) {
                let Ok(json) = Json::parse(value) else { return Vec::new() };
                errors.extend(ours(self.decode_value(json)));
            }
            text = rest;
        }
    }
}

fn ours(decoded: Decoded) -> Option<Decoded> {
    (!decoded.is_foreign()).then_some(decoded)
}

/// The elements of an array, each of which is an object or an array.
struct Elements<'d>(&'d Decoder);

impl<'de> Visitor<'de> for Elements<'_> {
    type Value = Vec<Decoded>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of messages")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<Decoded>, A::Error> {
        let mut errors = Vec::new();
        while let Some(json) = list.next_element::<Json<'de>>()? {
            if !matches!(json, Json::Object(_) | Json::Array(_)) {
                return Err(A::Error::custom("an array of values"));
            }
            errors.extend(ours(self.0.decode_value(json)));
        }
        Ok(errors)
    }
}
