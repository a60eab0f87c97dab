//! What variants inherit stands in parentheses.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code }, default = never)]
pub enum Failure {
    #[error("gone")]
    Gone { channel: String },
}
