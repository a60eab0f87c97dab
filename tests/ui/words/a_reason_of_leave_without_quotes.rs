//! A reason is a text.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
pub enum Failure {
    #[error("gone")]
    #[ws_error(close(4001), retry = leave(1000, BYE))]
    Gone { channel: String },
}
