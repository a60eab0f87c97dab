//! A tag is a member of the envelope.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(tag = "type", envelope = { "code": code })]
pub enum Failure {
    #[error("gone")]
    Gone { channel: String },
}
