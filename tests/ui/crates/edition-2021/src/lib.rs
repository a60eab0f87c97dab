//! A user of the edition 2021, where `gen` is a name.
#![deny(warnings, missing_docs)]

use ws_errors::WsError;

/// A context.
#[derive(Debug)]
pub struct Reply<'a> {
    /// The request.
    pub id: Option<&'a str>,
    /// Not a keyword yet, or one already.
    pub gen: u8,
}

/// Failures.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    envelope(Reply<'_>) = { "id"?: cx.id, "gen": cx.gen, "code": code, "message": message },
    envelope = { "code": code, "details"?: details },
)]
pub enum Failure {
    /// Gone.
    #[error("gone")]
    #[ws_error(message = "{room:>4} is gone", alike = "They differ in the text.")]
    Gone {
        /// The room.
        room: u32,
        /// A name that became a keyword in 2024.
        #[ws_error(skip)]
        gen: u8,
    },
    /// Closed.
    #[error("closed")]
    #[ws_error(close(self.0, "{1:?}"))]
    Closed(ws_errors::CloseCode, String),
}

/// In a function.
pub fn local() -> usize {
    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(envelope = [4, code])]
    enum Local {
        #[error("gone")]
        Gone,
    }
    let error: &dyn ws_errors::Envelope = &Local::Gone;
    error.encode(&()).text().map_or(0, str::len)
}
