//! Code and reason are separated by a comma.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
pub enum Failure {
    #[error("gone")]
    #[ws_error(observed(1006 "gone"))]
    Gone { channel: String },
}
