//! The text for the client is the slot `message`.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "message": display })]
pub enum Failure {
    #[error("gone")]
    #[ws_error(message = "gone")]
    Gone { channel: String },
}
