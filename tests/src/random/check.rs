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

    /// A frame that a subject sends. What it packs, a client unpacks: that is the same catalog's
    /// message as JSON.
    pub(super) fn of(frame: Frame, as_json: Option<&str>, is_json: bool) -> Self {
        let data = match &frame {
            Frame::Text(_) => None,
            Frame::Binary(bytes) => {
                let text = as_json.map_or_else(|| String::from_utf8_lossy(bytes), Into::into);
                let json = is_json.then(|| serde_json::from_str(&text).ok()).flatten();
                Some(json.unwrap_or_else(|| text.into()))
            }
        };
        Self { frame, data }
    }

    /// What TypeScript is asked.
    pub(super) fn question(&self) -> Value {
        match (&self.frame, &self.data) {
            (_, Some(data)) => serde_json::json!({ "data": data }),
            (frame, None) => serde_json::json!({ "text": frame.as_text() }),
        }
    }
}
