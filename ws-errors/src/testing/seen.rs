//! What a client sees of a connection.

use crate::Frame;

/// What a client saw of one connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Seen {
    /// The messages, in their order.
    pub(super) frames: Vec<Frame>,
    /// How it ended.
    pub(super) end: End,
}

/// How a connection ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum End {
    /// It was open still when the client had waited for as long as it had to.
    Open,
    /// By a close frame of the server.
    Closed {
        /// The close code; 1005 where the frame had none.
        code: u16,
        /// The reason; empty where it had none.
        reason: String,
    },
    /// Without a close frame: a browser reports close code 1006. It says what the client noticed.
    Broken(String),
    /// The server sent without end: the client read no more of it.
    Flooded,
    /// Before it began: the handshake was answered over HTTP.
    Refused {
        /// The HTTP status.
        status: u16,
        /// The header `Retry-After`.
        retry_after: Option<String>,
        /// The body, as far as it came with the head.
        body: String,
        /// Whether that is all of it.
        is_whole: bool,
    },
}
