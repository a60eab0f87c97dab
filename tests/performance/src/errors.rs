//! The errors that are sent, beside those of the catalogs.

use std::collections::BTreeMap;

use catalog::MeteredError;
use serde::Serialize;
use ws_errors::WsError;

/// The channel of metered's example.
pub const CHANNEL: &str = "other-app/room-1";
/// The request of metered's example.
pub const REQUEST_ID: &str = "pub-2";

/// metered's example: one value from the error, one from the context.
pub fn metered() -> MeteredError {
    MeteredError::ChannelNotAuthorized { channel: CHANNEL.to_owned() }
}

/// Errors with values that cost something.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "text"?: self.text, "details"?: details })]
pub enum Sized {
    /// A text.
    #[error("text")]
    #[ws_error(details())]
    Text {
        /// The text.
        text: String,
    },
    /// An object.
    #[error("details")]
    Details {
        /// Its members.
        limits: Limits,
    },
}

/// An object of details.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct Limits {
    pub burst: u32,
    pub per_minute: u32,
    pub scope: String,
    pub by_channel: BTreeMap<String, u32>,
}

/// An object of details with some members.
pub fn limits() -> Limits {
    Limits {
        burst: 10,
        per_minute: 600,
        scope: "channel".to_owned(),
        by_channel: ["lobby", "room-1", "room-2"].map(|name| (name.to_owned(), 60)).into(),
    }
}

/// A KiB of text that stands in a JSON string as it is.
pub fn plain() -> String {
    "The quick brown fox jumps over the lazy dog. ".repeat(23)[..1024].to_owned()
}

/// The same with one quote in the middle.
pub fn with_one_escape() -> String {
    let mut text = plain();
    text.replace_range(512..513, "\"");
    text
}

/// The same with a quote at every eighth place.
pub fn with_many_escapes() -> String {
    plain().char_indices().map(|(at, c)| if at % 8 == 3 { '"' } else { c }).collect()
}
