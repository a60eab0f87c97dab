//! What variants inherit stands in `default(…)`.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code }, retry = never)]
pub enum Failure {
    #[error("gone")]
    Gone { channel: String },
}
