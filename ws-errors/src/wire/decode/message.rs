//! Whether a text is the one that an entry has for clients.

use super::decoder::Decoder;
use super::matching::Texts;
use crate::catalog::Entry;
use crate::wire::json::Json;
use ws_errors_core::reading::message_pattern;

impl Decoder {
    /// Whether the text is the entry's own, whatever stands in place of its fields. Of an entry whose
    /// text comes with the occurrence, or has nothing constant, each is.
    pub(crate) fn is_text_of(&self, entry: &Entry, text: &str) -> bool {
        let Some(pattern) = message_pattern(entry.message) else { return true };
        let (texts, json) = (Texts::default(), Json::String(text.into()));
        [false, true]
            .into_iter()
            .any(|again| self.matching(&texts, false, again, false).value(&pattern, &json))
    }
}
