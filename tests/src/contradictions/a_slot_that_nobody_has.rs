//! A slot that nobody has.

#![allow(missing_docs)]

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
pub enum Inner {
    #[error("full")]
    Full { room: u32 },
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "room"?: self.room, "rom"?: self.rom })]
pub enum Outer {
    #[error(transparent)]
    #[ws_error(transparent)]
    Inner(#[from] Inner),
}
