//! Two entries with one code, in one shape and in two.

#![allow(missing_docs)]

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "inner": code, "message"?: message })]
pub enum Inner {
    #[error("full")]
    #[ws_error(code = shared(1))]
    Full,
    #[error("gone")]
    #[ws_error(code = 2)]
    Gone,
}

/// The shapes differ, so that a client can tell the entries apart.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "outer": code })]
pub enum Apart {
    #[error(transparent)]
    #[ws_error(transparent, envelope = transparent)]
    Inner(#[from] Inner),
    #[error("late")]
    #[ws_error(code = shared(1))]
    Late,
}

/// One shape for both.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "outer": code })]
pub enum Alike {
    #[error(transparent)]
    #[ws_error(transparent)]
    Inner(#[from] Inner),
    #[error("late")]
    #[ws_error(code = shared(1))]
    Late,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "outer": "x-{code}" })]
pub enum Prefixing {
    #[error("gone")]
    #[ws_error(code = "gone")]
    Gone,
}

/// Codes that are the same behind the prefix of one of them.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "outer": code })]
pub enum Prefixed {
    #[error(transparent)]
    #[ws_error(transparent, envelope = transparent)]
    Prefixing(#[from] Prefixing),
    #[error("away")]
    #[ws_error(code = "x-gone")]
    Away,
}
