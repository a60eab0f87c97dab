//! An integer of 64 bits.

#![allow(missing_docs)]

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
pub enum Inner {
    #[error("{size} bytes")]
    TooLarge { size: u64 },
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "details"?: details })]
pub enum Outer {
    #[error(transparent)]
    #[ws_error(transparent)]
    Inner(#[from] Inner),
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "size"?: self.size as string })]
pub enum AsString {
    #[error(transparent)]
    #[ws_error(transparent)]
    Inner(#[from] Inner),
}
