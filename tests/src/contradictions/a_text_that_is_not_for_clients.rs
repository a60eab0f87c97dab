//! A text that is not for clients.

#![allow(missing_docs)]

use ws_errors::WsError;

/// No envelope of its own reaches the message.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code }, default(message = display))]
pub enum Inner {
    #[error("full")]
    Full,
    #[error("disk: {0}")]
    Disk(#[from] std::io::Error),
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "message"?: message })]
pub enum Outer {
    #[error(transparent)]
    #[ws_error(transparent)]
    Inner(#[from] Inner),
}
