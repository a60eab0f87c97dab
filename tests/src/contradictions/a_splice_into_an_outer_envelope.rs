//! A splice into an outer envelope.

#![allow(missing_docs)]

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
pub enum Named {
    #[error("full")]
    Full { kind: u32 },
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
pub enum Unnamed {
    #[error("gone")]
    Gone(u32, u32),
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "kind": "app", ..details })]
pub enum Outer {
    #[error(transparent)]
    #[ws_error(transparent)]
    Named(#[from] Named),
    #[error(transparent)]
    #[ws_error(transparent)]
    Unnamed(#[from] Unnamed),
}
