//! A nested catalog whose texts are in another language.

#![allow(missing_docs)]

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(language = "de", envelope = { "code": code })]
pub enum Room {
    #[error("voll")]
    Full,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
pub enum Outer {
    #[error(transparent)]
    #[ws_error(transparent)]
    Room(#[from] Room),
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(language = "DE", envelope = { "code": code })]
pub enum Same {
    #[error(transparent)]
    #[ws_error(transparent)]
    Room(#[from] Room),
}
