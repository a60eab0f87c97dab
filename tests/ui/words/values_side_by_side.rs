//! Text and JSON one after the other, without a sign between them.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = [code] [name])]
pub enum Failure {
    #[error("gone")]
    #[ws_error(message = "gone")]
    Gone { channel: String },
}
