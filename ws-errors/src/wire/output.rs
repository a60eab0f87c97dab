//! What is sent for an error.

use super::close::{CloseCode, Reason};
use super::payload::{BinaryPayload, TextPayload};
#[cfg(any(feature = "http", feature = "testing"))]
use crate::catalog::Entry;

/// The output of an error: perhaps a frame, and perhaps a close.
///
/// It names no WebSocket library: [`transport`](crate::transport) turns it into what each takes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[must_use = "an output does nothing until it is sent"]
pub struct Output {
    /// The message, which goes first.
    pub frame: Option<Frame>,
    /// The close frame, which goes last.
    pub close: Option<Close>,
    /// The values that could not be serialized, by the names of their fields, each once: where their
    /// `Serialize` failed, `null` stands in the message, and where their `Display` did, nothing stands
    /// in the text or in the close reason. [`log::report`](crate::log::report)
    /// logs and counts them.
    pub unserialized: Vec<&'static str>,
}

/// A data frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Frame {
    /// A text frame; a constant where nothing in it is dynamic.
    Text(TextPayload),
    /// A binary frame.
    Binary(BinaryPayload),
}

impl Frame {
    /// The same frame; its clones share what it carries.
    #[cfg(feature = "bytes")]
    #[must_use]
    pub fn shared(self) -> Self {
        match self {
            Self::Text(text) => Self::Text(text.shared()),
            Self::Binary(bytes) => Self::Binary(bytes.shared()),
        }
    }

    /// The text of a text frame.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Binary(_) => None,
        }
    }
}

impl From<&'static str> for Frame {
    fn from(text: &'static str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Frame {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<Vec<u8>> for Frame {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Binary(bytes.into())
    }
}

/// Its payload.
impl AsRef<[u8]> for Frame {
    fn as_ref(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Binary(bytes) => bytes,
        }
    }
}

/// A close frame.
///
/// It can't be invalid: the code is one that may be sent, the reason fits, and without a code there
/// is no reason.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Close(Option<(CloseCode, Reason)>);

impl Close {
    /// A close frame with a code and a reason.
    pub const fn new(code: CloseCode, reason: Reason) -> Self {
        Self(Some((code, reason)))
    }

    /// A close frame without a status: the peer sees 1005.
    pub const fn without_status() -> Self {
        Self(None)
    }

    /// The close that ends a handshake which an error refuses that doesn't close by itself: with 1013
    /// ("try again later") where the client can go on after it, and else with 1008 (RFC 6455, section
    /// 7.4, and its registry).
    #[cfg(any(feature = "http", feature = "testing"))]
    pub(crate) fn refusing(entry: &Entry) -> Self {
        let code = if entry.recoverable { 1013 } else { 1008 };
        Self::new(CloseCode::declared(code), Reason::new(entry.name))
    }

    /// The close code.
    pub fn code(&self) -> Option<CloseCode> {
        self.0.as_ref().map(|(code, _)| *code)
    }

    /// The reason; empty where there is none.
    pub fn reason(&self) -> &str {
        self.0.as_ref().map_or("", |(_, reason)| reason.as_str())
    }

    /// Code and reason, where the frame has a status.
    pub fn into_status(self) -> Option<(CloseCode, Reason)> {
        self.0
    }
}

impl Output {
    /// The same output; its clones share what the frame carries, so that one error goes to ten thousand
    /// sockets without a copy. It takes the feature of a transport, or `bytes`.
    ///
    /// ```
    /// use ws_errors::{Frame, Output};
    ///
    /// let frame = Frame::from("the server restarts".to_owned());
    /// let output = Output { frame: Some(frame), ..Output::default() };
    /// let output = output.shared();
    /// for socket in 0..10_000 {
    ///     let message = output.clone();
    /// #   let _ = (socket, message);
    /// }
    /// ```
    #[cfg(feature = "bytes")]
    pub fn shared(self) -> Self {
        Self { frame: self.frame.map(Frame::shared), ..self }
    }

    /// The text of its frame, where it is a text frame.
    pub fn text(&self) -> Option<&str> {
        self.frame.as_ref()?.as_text()
    }

    /// Returns whether there is nothing to send.
    pub fn is_empty(&self) -> bool {
        self.frame.is_none() && self.close.is_none()
    }
}
