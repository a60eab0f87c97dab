//! How an error reaches the client.

use super::Text;

/// The way in which an error reaches the client.
#[derive(Debug, Clone, Copy)]
pub enum Delivery {
    /// A message; the connection stays.
    Soft,
    /// A close frame only.
    Close(Closing),
    /// A message, then a close frame.
    SoftThenClose(Closing),
    /// The server never sends it: the browser reports it, or the client itself closes with it.
    Observed {
        /// The close code that the client sees, where there is one.
        code: Option<u16>,
        /// The reason; empty where there is none.
        reason: Text,
    },
    /// Refused at the HTTP upgrade.
    Rejected {
        /// The HTTP status, where it is stated.
        status: Option<u16>,
        /// What to do once the connection has been accepted, where browsers are to see the error.
        close: Option<Closing>,
    },
}

/// The delivery that a context gives to what closes the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContextDelivery {
    /// A message only.
    Soft,
    /// A close frame only.
    Close,
    /// A message, then a close frame.
    SoftThenClose,
}

impl ContextDelivery {
    /// The delivery that the attribute uses this word for.
    pub fn named(word: &str) -> Option<Self> {
        [Self::Soft, Self::Close, Self::SoftThenClose].into_iter().find(|one| one.word() == word)
    }

    /// The word that the attribute uses for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Soft => "soft",
            Self::Close => "close",
            Self::SoftThenClose => "soft_then_close",
        }
    }
}

/// The close frame of an entry.
#[derive(Debug, Clone, Copy)]
pub struct Closing {
    /// The close code.
    pub code: ClosingCode,
    /// The reason.
    pub reason: Text,
}

/// The origin of a close code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClosingCode {
    /// The frame has no status: the peer sees 1005, and no reason.
    None,
    /// The same for each occurrence.
    Constant(u16),
    /// A field of the variant, of the type `CloseCode`.
    Field(&'static str),
}

impl Delivery {
    /// The word that the attribute uses for it.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Soft => "soft",
            Self::Close(_) => "close",
            Self::SoftThenClose(_) => "soft_then_close",
            Self::Observed { .. } => "observed",
            Self::Rejected { .. } => "rejected",
        }
    }

    /// Returns whether the server sends a message for it.
    pub const fn has_message(&self) -> bool {
        matches!(self, Self::Soft | Self::SoftThenClose(_))
    }

    /// What is said of a variant that sends no message.
    pub const fn without_message(&self) -> &'static str {
        match self {
            Self::Observed { .. } => "is observed by the client, and never sent",
            Self::Rejected { .. } => "is refused before there is a connection",
            _ => "is sent as a close frame only",
        }
    }

    /// The close frame that the server sends for it.
    pub const fn closing(&self) -> Option<&Closing> {
        match self {
            Self::Close(closing) | Self::SoftThenClose(closing) => Some(closing),
            Self::Rejected { close: Some(closing), .. } => Some(closing),
            _ => None,
        }
    }

    /// The same, to be changed.
    pub const fn closing_mut(&mut self) -> Option<&mut Closing> {
        match self {
            Self::Close(closing) | Self::SoftThenClose(closing) => Some(closing),
            Self::Rejected { close: Some(closing), .. } => Some(closing),
            _ => None,
        }
    }

    /// The reason of the close that a client sees; empty where there is none.
    pub const fn reason(&self) -> Text {
        match (self, self.closing()) {
            (Self::Observed { reason, .. }, _) => *reason,
            (_, Some(closing)) => closing.reason,
            (_, None) => Text::EMPTY,
        }
    }

    /// The close code that a client sees, where it is the same for each occurrence.
    pub const fn close_code(&self) -> Option<u16> {
        match self {
            Self::Observed { code, .. } => *code,
            _ => match self.closing() {
                Some(Closing { code: ClosingCode::Constant(code), .. }) => Some(*code),
                _ => None,
            },
        }
    }
}
