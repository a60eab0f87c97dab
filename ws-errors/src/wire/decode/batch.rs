//! Several messages in one frame.

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
        if let Some(errors) = self.elements(text) {
            return errors;
        }
        match self.decode(text) {
            Decoded::Foreign => {}
            decoded => return vec![decoded],
        }
        let errors = self.one_behind_the_other(text);
        if errors.is_empty() { self.terminated(text) } else { errors }
    }

    /// The errors among the elements of an array; `None` where there is none.
    fn elements(&self, text: &str) -> Option<Vec<Decoded>> {
        if !text.trim_ascii_start().starts_with('[') {
            return None;
        }
        let Ok(Json::Array(elements)) = Json::parse(text) else { return None };
        if !elements.iter().all(|element| matches!(element, Json::Object(_) | Json::Array(_))) {
            return None;
        }
        let errors = ours(elements.iter().map(|element| self.decode_value(element)));
        (!errors.is_empty()).then_some(errors)
    }

    /// JSON behind JSON, with white space between them or without.
    fn one_behind_the_other(&self, mut text: &str) -> Vec<Decoded> {
        let mut values = Vec::new();
        while !text.trim_ascii_start().is_empty() {
            let Some((json, rest)) = split_json(text) else { return Vec::new() };
            values.push(self.decode_value(&json));
            text = rest;
        }
        ours(values)
    }

    /// Messages that end with the same text.
    fn terminated(&self, text: &str) -> Vec<Decoded> {
        let split = |terminator| text.split_inclusive(terminator).map(|part| self.decode(part));
        self.terminators()
            .filter(|terminator| !terminator.is_empty())
            .map(|terminator| ours(split(terminator)))
            .find(|errors| !errors.is_empty())
            .unwrap_or_default()
    }
}

fn ours(decoded: impl IntoIterator<Item = Decoded>) -> Vec<Decoded> {
    decoded.into_iter().filter(|decoded| !decoded.is_foreign()).collect()
}
