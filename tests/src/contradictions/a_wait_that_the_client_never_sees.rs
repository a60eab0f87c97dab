//! A wait that the client never sees.

#![allow(missing_docs)]

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "wait"?: retry_after })]
pub enum Inner {
    #[error("slow down")]
    #[ws_error(retry = after(self.wait ?? 1s))]
    TooMany { wait: Option<u32> },
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
pub enum Outer {
    #[error(transparent)]
    #[ws_error(transparent)]
    Inner(#[from] Inner),
}
