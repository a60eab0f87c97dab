//! A user of the edition 2015, where a path begins at the root of the crate.
#![deny(warnings, missing_docs)]
#![allow(bare_trait_objects)]

extern crate thiserror;
extern crate ws_errors;

use ws_errors::{Envelope, WsError};

/// A context.
#[derive(Debug)]
pub struct Reply<'a> {
    /// The request.
    pub id: Option<&'a str>,
    /// No keyword yet.
    pub async: u8,
}

/// Failures.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    envelope(Reply<'_>) = { "id"?: cx.id, "async": cx.async, "code": code, "message"?: message, "details"?: details },
    envelope = { "code": code, "details"?: details },
)]
pub enum Failure {
    /// Gone.
    #[error("gone")]
    #[ws_error(message = "{room:>4} is gone", alike = "They differ in the text.")]
    Gone {
        /// The room.
        room: u32,
        /// Another type.
        users: Vec<String>,
    },
    /// Told from another by what may be absent.
    #[error("lost")]
    #[ws_error(code = shared("LOST"))]
    Lost {
        /// The room.
        room: u32,
    },
    /// The same.
    #[error("left")]
    #[ws_error(code = shared("LOST"))]
    Left {
        /// A user.
        user: u32,
        /// Since then.
        since: Option<u8>,
    },
    /// Closed.
    #[error("closed")]
    #[ws_error(close(self.0, "{1:?}"))]
    Closed(ws_errors::CloseCode, String),
}

/// An object without `dyn`.
pub fn sent(error: &Envelope) -> usize {
    error.encode(&()).text().map_or(0, str::len)
}
