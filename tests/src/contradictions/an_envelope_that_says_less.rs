//! An envelope that says less.

#![allow(missing_docs)]

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "message": message })]
pub enum Inner {
    #[error("full")]
    #[ws_error(message = "full")]
    Full,
    #[error("gone")]
    #[ws_error(message = "gone")]
    Gone { since: u32 },
}

/// By their texts they can be told apart.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "message": message })]
pub enum ByText {
    #[error(transparent)]
    #[ws_error(transparent)]
    Inner(#[from] Inner),
}

/// By nothing.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "failed": true })]
pub enum ByNothing {
    #[error(transparent)]
    #[ws_error(transparent)]
    Inner(#[from] Inner),
}
