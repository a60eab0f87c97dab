//! Numbers and texts in a string.

#![allow(missing_docs)]

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
pub enum Inner {
    #[error("full")]
    #[ws_error(code = 4000)]
    Full,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "type": "errors/{code}" })]
pub enum Outer {
    #[error(transparent)]
    #[ws_error(transparent)]
    Inner(#[from] Inner),
    #[error("late")]
    Late,
}
