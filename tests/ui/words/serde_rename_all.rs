//! serde's attributes mean nothing on the enum itself.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, serde::Serialize, WsError)]
#[serde(rename_all = "snake_case")]
#[ws_error(envelope = { "code": code })]
pub enum Failure {
    #[error("gone")]
    Gone { channel: String },
}
