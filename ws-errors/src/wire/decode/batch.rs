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
}

fn ours(decoded: impl IntoIterator<Item = Decoded>) -> Vec<Decoded> {
    decoded.into_iter().filter(|decoded| !decoded.is_foreign()).collect()
}
