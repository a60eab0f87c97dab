//! What is looked at, and what does not hold.

use serde_json::Value;
use ws_errors::Frame;

use super::made::Occurrence;

/// What is looked at.
#[derive(Debug, Clone)]
pub(super) enum Check {
    /// An error that occurs.
    Occurrence(Occurrence),
    /// The same, with a code that the catalog does not declare.
    Stranger(Occurrence),
    /// The same, with a code that is a success.
    Success(Occurrence),
    /// Errors of one entry in one context: at least one of them is read as that entry.
    Apart(Vec<Occurrence>),
    /// Any frame.
    Frame(Sent),
    /// Any text that may hold several messages.
    Batch(String),
    /// Any close.
    Close(u16, String),
    /// The generated module as a whole.
    Module,
}

/// A frame, and what a client has unpacked of it.
#[derive(Debug, Clone)]
pub(super) struct Sent {
    /// The frame.
    pub frame: Frame,
    /// What is in it, where it is not text.
    pub data: Option<Value>,
}

/// Something that should be true, and is not.
#[derive(Debug, Clone)]
pub(super) struct Broken {
    /// Which property.
    pub property: &'static str,
    /// What was seen.
    pub seen: String,
}

pub(super) type Held = Result<(), Broken>;

pub(super) fn broken(property: &'static str, seen: impl Into<String>) -> Held {
    Err(Broken { property, seen: seen.into() })
}

impl Sent {
    /// A text frame.
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self { frame: Frame::Text(text.into().into()), data: None }
    }

    /// A frame that a subject sends, and the JSON that a client unpacks of it.
    pub(super) fn packed(frame: Frame, json: &str) -> Self {
        Self { frame, data: serde_json::from_str(json).ok() }
    }

    /// The bytes of a text.
    pub(super) fn bytes(text: String, is_json: bool) -> Self {
        let json = is_json.then(|| serde_json::from_str(&text).ok()).flatten();
        let data = Some(json.unwrap_or_else(|| text.clone().into()));
        Self { frame: Frame::Binary(text.into_bytes().into()), data }
    }

    /// The same frame with another text in it, where it holds text.
    pub(super) fn changed(&self, change: impl FnOnce(&str) -> String) -> Option<Self> {
        match (&self.frame, &self.data) {
            (Frame::Text(text), None) => Some(Self::text(change(text))),
            (Frame::Binary(bytes), Some(data)) => {
                let text = std::str::from_utf8(bytes).ok()?;
                Some(Self::bytes(change(text), !data.is_string()))
            }
            _ => None,
        }
    }

    /// What TypeScript is asked.
    pub(super) fn question(&self) -> Value {
        match (&self.frame, &self.data) {
            (_, Some(data)) => serde_json::json!({ "data": data }),
            (frame, None) => serde_json::json!({ "text": frame.as_text() }),
        }
    }
}
