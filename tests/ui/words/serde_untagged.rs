//! serde's attributes mean nothing on the enum itself.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, serde::Serialize, WsError)]
#[serde(untagged)]
#[ws_error(envelope = { "code": code })]
pub enum Failure {
    #[error("gone")]
    Gone { channel: String },
}
