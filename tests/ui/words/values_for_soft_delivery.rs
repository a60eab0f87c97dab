//! `soft` stands alone; a close takes a code.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
pub enum Failure {
    #[error("gone")]
    #[ws_error(soft(4001))]
    Gone { channel: String },
}
