//! A slot that a nested entry lacks.

#![allow(missing_docs)]

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
pub enum Inner {
    #[error("full")]
    #[ws_error(message = "full")]
    Full,
    #[error("gone")]
    Gone,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "message": message })]
pub enum Outer {
    #[error(transparent)]
    #[ws_error(transparent)]
    Inner(#[from] Inner),
    #[error("late")]
    #[ws_error(message = "late")]
    Late,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "room": self.room })]
pub enum ByField {
    #[error(transparent)]
    #[ws_error(transparent)]
    Inner(#[from] Inner),
}
