//! A text names a field without `self`.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "message": message })]
pub enum Failure {
    #[error("gone")]
    #[ws_error(message = "{self.channel} is gone")]
    Gone { channel: String },
}
