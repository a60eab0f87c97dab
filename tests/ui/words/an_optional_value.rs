//! What may be left out is marked at its key.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "name": name? })]
pub enum Failure {
    #[error("gone")]
    #[ws_error(message = "gone")]
    Gone { channel: String },
}
