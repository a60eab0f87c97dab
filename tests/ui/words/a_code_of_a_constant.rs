//! What a constant is, is not known to a macro.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
pub enum Failure {
    #[error("gone")]
    #[ws_error(code = u16::MAX)]
    Gone { channel: String },
}
